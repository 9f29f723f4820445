import Domain
import Rules
import Testing

@Suite("M5, renewals and relief")
struct RenewalTests {
    private let posted = Fixture.posting("一村", "2018-05-01")

    @Test("Every renewal is compared with the policy before it, person by person")
    func renewals() {
        var county = County(Fixture.cadre(1, nil, posted), Fixture.cadre(2, nil, posted))
        county.parameters = [Fixture.parameter(.livingStipendPerDay, [("2018-10-01", .money(.yuan(60)))])]
        county.insure(Fixture.id(1), "2017-10-01", "2018-09-30", 100_000)
        county.insure(Fixture.id(1), "2018-09-30", "2019-09-29", 100_000)
        county.insure(Fixture.id(1), "2018-10-01", "2019-09-30", 200_000)
        county.insure(Fixture.id(1), "2019-06-30", "2020-06-29", 150_000)
        county.insure(Fixture.id(1), "2019-07-01", "2020-06-30", 900_000)
        county.insure(Fixture.id(2), "2018-10-01", "2019-09-30", 200_000)
        let rows = InsuranceRenewals.compute(county.input()).rows
        #expect(rows.map(\.person.name) == ["某1", "某1", "某1", "某1", "某2"])
        #expect(rows.map(\.change) == [nil, .same, .raised, .lowered, nil])
        #expect(rows.map(\.isUnderMeasures) == [false, false, true, true, true])
        #expect(rows.map { $0.evidence.count } == [1, 2, 2, 2, 1])
        #expect(InsuranceRenewals.compute(county.input()).unreportedForms == [.insurance])
    }

    @Test("Who was not posted in the year is not listed")
    func posted1() {
        var county = County(Fixture.cadre(1, nil, Fixture.posting("一村", "2018-05-01", "2018-12-31")))
        county.insure(Fixture.id(1), "2018-10-01", "2019-09-30", 200_000)
        #expect(InsuranceRenewals.compute(county.input()).rows.isEmpty)
        #expect(InsuranceRenewals.compute(county.input(year: 2018)).rows.count == 1)
    }

    @Test("Relief: a fen short of the gap is part of it, the gap itself is all, 0 is a refusal, empty is not recorded")
    func relief() throws {
        func status(_ relief: Fen?, paid: Int = 300) throws -> UnreimbursedGap.ReliefStatus {
            var county = County(Fixture.cadre(1, nil, posted))
            county.records.incidents = [
                IncidentRecord(
                    person: Fixture.id(1), kind: "意外伤害", isOnDuty: true, date: Fixture.day("2019-03-01"),
                    totalCost: .yuan(1000), insurancePaid: .yuan(700), otherPaid: .yuan(paid - 300), relief: relief,
                    source: Fixture.cell())
            ]
            return try #require(UnreimbursedGap.compute(county.input()).rows.first).reliefStatus
        }
        #expect(try status(nil) == .notRecorded)
        #expect(try status(.zero) == .refused)
        #expect(try status(Fen(29_999)) == .part)
        #expect(try status(.yuan(300)) == .whole)
        #expect(try status(.yuan(301)) == .whole)
        #expect(try status(nil, paid: 600) == .notNeeded)
        #expect(UnreimbursedGap.ReliefStatus.notRecorded.isOpen && !UnreimbursedGap.ReliefStatus.whole.isOpen)
    }
}
