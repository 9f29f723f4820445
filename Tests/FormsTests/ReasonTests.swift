import Domain
import Tables
import Testing

@testable import Forms

@Suite("Reasons that are rare in real sheets")
struct ReasonTests {
    private let days = (1...30).map { String($0) }.joined(separator: "|")

    private func findings(_ picture: Picture) -> [Finding] {
        let workbook = Workbook(format: .xlsx, sheets: [picture.grid])
        return TestForms.findings(TestForms.reader.read(workbook, path: "a.xlsx"))
    }

    @Test("a legend word without a meaning is told at its cell, its mark is unknown; known words beside it are not")
    func legend() {
        let found = findings(Picture("2018年11月考勤表\n姓名|\(days)\n潘映雪|√|※\n注：√出勤 ※神游 △请假"))
        #expect(found.map(\.reason).contains(.legendUnknown))
        #expect(found.filter { $0.reason == .legendUnknown }.count == 1)
        #expect(found.contains { $0.reason == .unknownMark })
        let clear = findings(Picture("2018年11月考勤表\n姓名|\(days)\n潘映雪|√|△\n注：√出勤 △请假"))
        #expect(clear.isEmpty)
    }

    @Test("a total beside daily marks that is a formula without a value is not checked, and said")
    func total() {
        let found = findings(Picture("2018年11月考勤表\n姓名|\(days)|出勤天数\n潘映雪|√|\(String(repeating: "|", count: 28))|="))
        #expect(found.map(\.reason) == [.uncachedTotal])
        let stored = findings(Picture("2018年11月考勤表\n姓名|\(days)|出勤天数\n潘映雪|√|\(String(repeating: "|", count: 28))|1"))
        #expect(stored.isEmpty)
    }

    @Test("an optional value that is not understood is left out, the row is used")
    func optional() {
        func roster(_ flag: String) -> [FindingReason] {
            findings(
                Picture(
                    """
                    驻村干部花名册
                    姓名|身份证号|派出单位|驻村职务|县(区)|乡镇|村|驻村开始日期|选调生
                    潘映雪|632126197105059050|区财政局|队员|乐都区|碾伯镇|大庄村|2018-01-01|\(flag)
                    """)
            ).map(\.reason)
        }
        #expect(roster("也许") == [.valueUnreadableOptional])
        #expect(roster("是") == [])
    }
}
