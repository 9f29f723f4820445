import Domain
import Matching
import Rules
import TestSupport
import Testing

@testable import Payroll

/// 认可将付 and 不认可将付 are what the answers pay. Source: spec §5.8.
@Suite("What each answer pays, allowances with it")
struct DecisionAmountTests {
    private let zhang = MonthFixture.cadre("张世安", 1, MonthFixture.posting("碾伯镇", "大庄村"))
    private let wang = MonthFixture.cadre("王永福", 2, MonthFixture.posting("碾伯镇", "新庄村"))
    private let policy = PayrollFixture.withAllowances

    private func decide(_ input: MonthInput, _ question: DecidableFinding, _ action: DecisionAction) -> MonthInput {
        var decided = input
        decided.decisions = [
            Decision(
                evidence: question.evidence, code: question.finding.code, period: input.period, action: action,
                decider: "周书记", date: CivilDate(2018, 12, 4)!, ground: "纪要",
                source: SourceCell(file: "d", sheet: "s", address: CellAddress(row: 2, column: 10)))
        ]
        return decided
    }

    /// Compares what the form says of each open question with what the month pays after each answer to it alone.
    private func check(
        _ rows: [AttendanceRow], layout: AttendanceLayoutID = .grid, issued: [IssuedDays] = [],
        acceptsTotals: Bool = false, _ comment: Comment
    ) throws -> Int {
        var input = MonthFixture.input(
            [zhang, wang],
            [MonthFixture.file("a.xlsx", MonthFixture.block(rows, layout: layout))])
        input.issued = issued
        input.acceptsTotalsOnly = acceptsTotals
        func total(_ input: MonthInput) -> Fen {
            EntitlementBuilder.build(
                MonthBuilder.build(input), records: input.records, policy: policy, asOf: input.asOf
            ).lines.reduce(.zero) { $0 + $1.total }
        }
        let month = MonthBuilder.build(input)
        for question in month.decisions.open {
            let allowances = DecisionAmounts.beside(
                question, in: month, records: input.records, policy: policy, asOf: input.asOf)
            let said = [
                (
                    DecisionAction.accept, DecisionAmounts.ifAccepted(question, in: month.period, policy: policy),
                    allowances.ifAccepted
                ),
                (.refuse, DecisionAmounts.ifRefused(question), allowances.ifRefused),
            ]
            // What only warns is paid already: there the answers differ from what is paid if it is refused.
            let isPaid = question.finding.effect == .used
            let before = isPaid ? total(decide(input, question, .refuse)) : total(input)
            for (action, stipend, allowance) in said {
                guard let stipend else { continue }
                #expect(total(decide(input, question, action)) - before == stipend + allowance, comment)
            }
        }
        return month.decisions.open.count
    }

    @Test("of a held row both answers pay the allowances that waited for it")
    func held() throws {
        let total = MonthFixture.total("7", halfDays: 14)
        let mismatch = MonthFixture.row("张世安", id: zhang.id.text, present: 1...5, total: total)
        #expect(try check([mismatch], "total-mismatch") == 1)
        #expect(try check([MonthFixture.row("李云山", id: zhang.id.text, present: 1...5)], "name-mismatch") == 1)
        var figure = mismatch
        figure.days = []
        #expect(try check([figure], layout: .totalsOnly, "no-daily-evidence") == 1)
    }

    @Test("of days issued under another ID the rest of the row is paid with either answer")
    func otherID() throws {
        let days = UInt32(0b111)
        let issued = IssuedDays(
            batch: "ZC-630202-201811", county: MonthFixture.county.code, period: MonthFixture.november,
            person: MonthFixture.id(3), name: "张世安", township: "碾伯镇", village: "大庄村", account: "",
            halves: IssuedHalves(mornings: days, afternoons: days), posted: 0)
        let row = MonthFixture.row("张世安", id: zhang.id.text, present: 1...5)
        #expect(try check([row], issued: [issued], "marks") == 1)
        var total = MonthFixture.row("张世安", id: zhang.id.text, total: MonthFixture.total("7", halfDays: 14))
        total.days = []
        #expect(try check([total], layout: .totalsOnly, issued: [issued], acceptsTotals: true, "a total") == 1)
    }

    @Test("of rows that contradict each other one alone frees them; a row whose allowances do not wait adds none")
    func others() throws {
        let first = MonthFixture.row("张世安", id: zhang.id.text, present: 1...5, at: 4)
        let second = MonthFixture.row("张世安", id: zhang.id.text, present: 1...9, at: 7)
        #expect(try check([first, second], "duplicate-row") == 2)
        var unknown = MonthFixture.row("王永福", id: wang.id.text, present: 1...5, marks: [6: .unknown])
        unknown.days[5].text = "☆"
        unknown.findings = [Finding(.unknownMark, cell: unknown.days[5].cell, value: "☆", arguments: ["☆"])]
        #expect(try check([unknown], "unknown-mark") == 1)
        let mismatch = MonthFixture.row("张世安", id: zhang.id.text, village: "新庄村", present: 1...5)
        #expect(try check([mismatch], "village-mismatch") == 1)
    }
}
