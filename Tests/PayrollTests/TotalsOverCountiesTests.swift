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

    // MARK: On which days

    /// What other counties' batches issued: a whole day each, or the morning alone.
    private func issued(
        _ input: MonthInput, by county: CountyRecord, days: [Int], mornings: [Int] = []
    ) -> [IssuedElsewhere] {
        (days + mornings).map { day in
            IssuedElsewhere(
                person: input.records.cadres[0].id, county: county.code, batch: "ZC-\(county.code.text)-201811",
                date: MonthFixture.day(day),
                halves: .day(day, morning: true, afternoon: days.contains(day)))
        }
    }

    /// Accepted by somebody: where a batch of another county issued, policy alone accepts no total.
    private func accepted(_ input: MonthInput) throws -> MonthInput {
        guard let question = MonthBuilder.build(input).decisions.open.first else { return input }
        var input = input
        input.decisions = [
            Decision(
                evidence: question.evidence, code: question.finding.code, period: input.period, action: .accept,
                decider: "周书记", date: CivilDate(2018, 12, 4)!, ground: "纪要",
                source: SourceCell(file: "d.xlsx", sheet: "裁定表", address: CellAddress(row: 2, column: 10)))
        ]
        return input
    }

    /// The halves that a closing keeps as issued.
    private func halves(_ input: MonthInput) throws -> IssuedHalves {
        let month = MonthBuilder.build(input)
        let entitlement = EntitlementBuilder.build(
            month, records: input.records, policy: PayrollFixture.ordinary, asOf: input.asOf)
        let states = IssuedStates.own(
            month, entitlement, records: input.records, policy: PayrollFixture.ordinary, batch: "ZC-630203-201811")
        return try #require(states.first).halves
    }

    @Test("an accepted total stands on the first days that nobody was issued, whatever sheets say of them by now")
    func besideIssued() throws {
        for isStillClaimed in [true, false] {
            var second = input(pingan, "新庄村", total: 5)
            second.issuedElsewhere = issued(second, by: ledu, days: Array(1...10))
            if isStillClaimed {
                second.foreignClaims = MonthBuilder.claims(input(ledu, "大庄村", present: Array(1...10)))
            }
            #expect(try halves(accepted(second)).days == Array(11...15), "\(isStillClaimed)")
        }
    }

    @Test("of a day of which the morning was issued elsewhere half is left to a total")
    func besideMorning() throws {
        var second = input(pingan, "新庄村", total: 2)
        second.issuedElsewhere = issued(second, by: ledu, days: [2], mornings: [1])
        let halves = try halves(accepted(second))
        #expect(halves.days == [1, 3, 4] && halves.total == HalfDays(4))
        #expect(halves.unnamed == IssuedHalves.bit(1) | IssuedHalves.bit(4))
    }

    @Test("marks of the other county and totals of a smaller code stand on days of their own")
    func besideClaims() throws {
        var second = input(pingan, "新庄村", total: 5)
        second.foreignClaims = MonthBuilder.claims(input(ledu, "大庄村", present: Array(1...10)))
        #expect(try halves(second).days == Array(11...15))
        second.foreignClaims = MonthBuilder.claims(input(ledu, "大庄村", total: 20))
        #expect(try halves(second).days == Array(21...25))
        var first = input(ledu, "大庄村", total: 20)
        first.foreignClaims = MonthBuilder.claims(input(pingan, "新庄村", total: 5))
        #expect(try halves(first).days == Array(1...20))
    }

    @Test("who was issued first keeps the days: a total of a smaller code that comes later goes beside them")
    func issuedFirst() throws {
        var first = input(ledu, "大庄村", total: 10)
        var second = input(pingan, "新庄村", total: 5)
        first.issuedElsewhere = issued(first, by: pingan, days: Array(1...5))
        first.foreignClaims = MonthBuilder.claims(second)
        #expect(try halves(accepted(first)).days == Array(6...15))
        second.foreignClaims = MonthBuilder.claims(input(ledu, "大庄村", total: 10))
        second.issued = [
            IssuedDays(
                batch: "ZC-630203-201811", county: pingan.code, period: second.period,
                person: second.records.cadres[0].id, name: "张世安", township: "碾伯镇", village: "新庄村", account: "",
                halves: IssuedHalves(mornings: 0b11111, afternoons: 0b11111), posted: 0)
        ]
        #expect(try halves(second).days == Array(1...5))
    }

    @Test("a batch of a program that laid totals on the first posted days is proven by that way")
    func laidBefore() throws {
        var second = input(pingan, "新庄村", total: 5)
        second.laysTotals = false
        second.foreignClaims = MonthBuilder.claims(input(ledu, "大庄村", present: Array(1...10)))
        #expect(try halves(second).days == Array(1...5))
        #expect(MonthBuilder.build(second).rows[0].acceptedHalves == nil)
    }
}
