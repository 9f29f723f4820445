import Domain
import Tables
import Testing

@testable import Forms

@Suite("Every candidate that lost is told with the reason")
struct WeighedTests: NovemberSuite {
    private func weighed(_ sheets: [Picture], _ subject: WeighedCandidate.Subject) -> [WeighedCandidate] {
        let workbook = Workbook(format: .xlsx, sheets: sheets.map(\.grid))
        return TestForms.reader.read(workbook, path: "2018年10月/表.xlsx").sheets.flatMap(\.sections).flatMap(\.weighed)
            .filter { $0.subject == subject && $0.reason != nil }
    }

    @Test("Legends: another table's, the workbook's, a sentence with one mark in it")
    func legends() {
        let sheet = Picture(
            """
            碾伯镇2018年11月考勤表
            姓名|\(days)
            王守成|\(ticks)
            △请假须提前三天报乡镇党委书记批准
            注：√出勤 △请假
            碾伯镇2018年11月青禾湾村考勤表
            姓名|\(days)
            李延禄|\(ticks)
            注：√出勤 △病假
            """, name: "甲")
        let legend = Picture("符号说明\n√出勤 ○公差", name: "说明")
        let lost = weighed([sheet, legend], .legend)
        #expect(
            lost.map { "\($0.what.zh) \($0.reason?.zh ?? "")" } == [
                "√ 出勤 本表自己有图例", "△ 病假 本表自己有图例", "√ 出勤 本表自己有图例", "○ 公差 本表自己有图例",
                "△请假须提前三天报乡镇党委书记批准 只说到一个符号，又没有写明是图例", "√ 出勤 本表自己有图例", "△ 请假 本表自己有图例", "√ 出勤 本表自己有图例",
                "○ 公差 本表自己有图例",
            ])
    }

    @Test("Months: every source behind the one that decides, whether it agrees or not")
    func months() {
        let lost = weighed([Picture("碾伯镇2018年11月考勤表\n姓名|\(days)\n王守成|\(ticks)", name: "11月")], .month)
        #expect(lost.map { $0.what.zh } == ["11月", "2018年10月"])
        #expect(lost.map { $0.reason?.zh } == ["工作表名说法一致，以标题为准", "标题优先于文件夹"])
    }

    @Test("Columns of names: those that hold none or say it less surely, and the one nobody headed")
    func names() {
        let two = weighed([Picture("碾伯镇2018年11月考勤表\n姓名|队员姓名|\(days)\n王守成||\(ticks)")], .names)
        #expect(two.map { $0.cell?.a1 } == ["B2"])
        let none = weighed([Picture("碾伯镇2018年11月考勤表\n序号|某某|\(days)\n1|王守成|\(ticks)\n2|李延禄|\(ticks)")], .names)
        #expect(none.map { $0.cell?.a1 } == ["B2"])
    }
}
