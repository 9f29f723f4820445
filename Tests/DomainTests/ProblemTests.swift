import Domain
import Testing

@Suite("Problems: findings of one cause")
struct ProblemTests {
    private func finding(
        _ reason: FindingReason, _ cell: String, _ person: String = "", _ arguments: [String] = [], sheet: String = "考勤"
    ) -> Finding {
        Finding(
            reason, file: "a.xlsx", sheet: sheet, cell: CellAddress(a1: cell), person: person, arguments: arguments)
    }

    @Test("marks that are explained nowhere are one problem of their sheet: one legend is missing")
    func marks() {
        let problems = Problem.grouped([
            finding(.unknownMark, "C4", "潘映雪", ["△"]), finding(.unknownMark, "D4", "潘映雪", ["△"]),
            finding(.unknownMark, "E4", "潘映雪", ["☆"]), finding(.unknownMark, "C5", "乔木森", ["△"]),
            finding(.unknownMark, "D5", "乔木森", ["△"]), finding(.unknownMark, "D5", "乔木森", ["△"], sheet: "二"),
        ])
        #expect(problems.map(\.count) == [5, 1])
        #expect(problems.map(\.cellText) == ["C4:E4、C5:D5", "D5"])
        #expect(problems[0].people == ["潘映雪", "乔木森"])
        #expect(problems.map(\.first.arguments) == [["△、☆"], ["△"]])
    }

    @Test("a column that stores IDs as numbers is one problem, the first of them named")
    func column() throws {
        let problems = Problem.grouped(
            (1...5).map { row in
                finding(.idPrecisionLostUsed, "C\(row)", "样例\(row)", ["6.3E+17", "6302**\(row)"])
            } + [finding(.idPrecisionLostUsed, "C9", "样例九", ["6.3E+17", "6302**9"], sheet: "二")])
        #expect(problems.map(\.count) == [5, 1] && problems[0].cellText == "C1:C5")
        #expect(problems[0].first.arguments == ["6.3E+17", "6302**1、6302**2、6302**3等 5 个"])
        #expect(problems[1].first.arguments == ["6.3E+17", "6302**9"])
    }

    @Test("cells are ranges: rectangles, lines, single cells, and of many the first")
    func ranges() {
        let heading = (5...33).map { CellAddress(row: 1, column: $0) }
        let problems = Problem.grouped(heading.reversed().map { finding(.uncachedFormula, $0.a1) })
        #expect(problems.map(\.cellText) == ["F2:AH2"])
        let loose = Problem.grouped((0..<10).map { finding(.uncachedFormula, CellAddress(row: $0 * 2, column: 0).a1) })
        #expect(loose[0].cellText == "A1、A3、A5、A7、A9、A11、A13、A15 … +2")
        #expect(Problem.grouped([]).isEmpty)
        #expect(Problem.grouped([Finding(.formUnknown, file: "a")])[0].cellText == "")
    }
}
