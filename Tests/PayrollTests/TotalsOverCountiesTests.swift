import Domain
import Matching
import Rules
import TestSupport
import Testing

@testable import Payroll

/// Stated totals that two counties count. Source: spec §5.8 (last sentence), §8.
@Suite("Totals of several counties are no more than the posted days")
struct TotalsOverCountiesTests {
    private let ledu = MonthFixture.county
    private let pingan = CountyRecord(
        code: CountyCode("630203")!, name: "平安区", prefecture: "海东市", isDeepPoverty: false)

    private func input(
        _ county: CountyRecord, _ village: String, total: Int? = nil, present: [Int] = [],
        from start: CivilDate = CivilDate(2018, 1, 1)!, to end: CivilDate? = nil, accepts: Bool = true
    ) -> MonthInput {
        var posting = MonthFixture.posting("碾伯镇", village, from: start, to: end)
        posting.county = county.code
        let cadre = MonthFixture.cadre("张世安", 1, posting)
        var row = MonthFixture.row(
            "张世安", id: cadre.id.text, present: present,
            total: total.map { MonthFixture.total("\($0)", halfDays: 2 * $0) })
        if total != nil { row.days = [] }
        let block = MonthFixture.block([row], layout: total == nil ? .grid : .totalsOnly)
        var input = MonthFixture.input([cadre], [MonthFixture.file("\(village).xlsx", block)])
        input.records.county = county
        input.acceptsTotalsOnly = accepts
        return input
    }

    /// Days paid in each county once each knows what the other claims, and what is told.
    private func days(_ inputs: MonthInput...) -> (days: [String], reasons: [FindingReason]) {
        var reasons: [FindingReason] = []
        let days = inputs.map { input -> String in
            var input = input
            input.foreignClaims = inputs.filter { $0.records.county.code != input.records.county.code }
                .flatMap(MonthBuilder.claims)
            let month = MonthBuilder.build(input)
            reasons += month.reasons.filter { $0 != .decisionUsed }
            let paid = EntitlementBuilder.build(
                month, records: input.records, policy: PayrollFixture.ordinary, asOf: input.asOf)
            return paid.lines.reduce(HalfDays.zero) { $0 + $1.halfDays }.daysText
        }
        return (days, reasons)
    }

    @Test("two totals share the month; the second county is told that it pays the rest")
    func totals() {
        let both = days(input(ledu, "大庄村", total: 25), input(pingan, "新庄村", total: 20))
        #expect(both.days == ["25", "5"])
        #expect(both.reasons == [.totalClaimedElsewhere])
        let fitting = days(input(ledu, "大庄村", total: 10), input(pingan, "新庄村", total: 20))
        #expect(fitting.days == ["10", "20"] && fitting.reasons.isEmpty)
    }

    @Test("marks of the other county come first, whichever code is the smaller")
    func marks() {
        let later = days(input(ledu, "大庄村", total: 25), input(pingan, "新庄村", present: Array(1...30)))
        #expect(later.days == ["0", "30"] && later.reasons == [.totalClaimedElsewhere])
        let some = days(input(ledu, "大庄村", present: Array(1...12)), input(pingan, "新庄村", total: 25))
        #expect(some.days == ["12", "18"])
    }

    @Test("postings that follow each other share nothing")
    func moved() {
        let both = days(
            input(ledu, "大庄村", total: 10, to: MonthFixture.day(10)),
            input(pingan, "新庄村", total: 20, from: MonthFixture.day(11)))
        #expect(both.days == ["10", "20"] && both.reasons.isEmpty)
    }

    @Test("totals that a decision accepts are as those that policy accepts; undecided ones claim nothing")
    func decided() throws {
        func decide(_ input: MonthInput) throws -> MonthInput {
            var input = input
            let question = try #require(MonthBuilder.build(input).decisions.open.first)
            input.decisions = [
                Decision(
                    evidence: question.evidence, code: question.finding.code, period: input.period, action: .accept,
                    decider: "周书记", date: CivilDate(2018, 12, 4)!, ground: "纪要",
                    source: SourceCell(file: "d.xlsx", sheet: "裁定表", address: CellAddress(row: 2, column: 10)))
            ]
            return input
        }
        let first = input(ledu, "大庄村", total: 25, accepts: false)
        let second = input(pingan, "新庄村", total: 20, accepts: false)
        #expect(days(first, try decide(second)).days == ["0", "20"])
        #expect(days(try decide(first), try decide(second)).days == ["25", "5"])
    }
}
