import Domain
import Rules
import Testing

@Suite("M5, insurance and gaps")
struct InsuranceCoverTests {
    func flags(
        _ covers: [(String, String, Int)], posted: [Posting] = [Fixture.posting("一村", "2019-02-01")], year: Int = 2019,
        asOf: String = "2019-06-30", minimum: Int? = nil
    ) -> [String] {
        var records = CountyRecords(county: Fixture.county())
        records.receivedForms = [.insurance]
        records.cadres = [Cadre(id: Fixture.id(1), name: PersonName("某一"), postings: posted)]
        records.insurance = covers.enumerated().map { index, cover in
            InsuranceRecord(
                person: Fixture.id(1), policyNumber: "P\(index)", sumInsured: .yuan(cover.2),
                cover: Fixture.range(cover.0, cover.1), source: Fixture.cell(index))
        }
        var parameters = [Fixture.parameter(.livingStipendPerDay, [("2018-10-01", .money(.yuan(60)))])]
        if let minimum {
            parameters.append(Fixture.parameter(.minimumSumInsured, [("2018-10-01", .money(.yuan(minimum)))]))
        }
        let input = YearInput(
            records: records, year: year, asOf: Fixture.day(asOf), policy: Fixture.policy(parameters: parameters))
        return InsuranceCover.compute(input).rows.map { "\($0.flag.rawValue) \($0.days.start.iso) \($0.days.end.iso)" }
    }

    @Test("Cover that ended the day before the posting is none; on its first day it covers that day")
    func edge() {
        #expect(flags([("2018-02-01", "2019-01-31", 1)]) == ["uninsured 2019-02-01 2019-06-30"])
        #expect(flags([]) == ["uninsured 2019-02-01 2019-06-30"])
        #expect(flags([("2018-02-01", "2019-02-01", 1)]) == ["gap 2019-02-02 2019-06-30"])
        #expect(flags([("2019-02-01", "2020-01-31", 1)]) == [])
        #expect(flags([("2019-02-02", "2020-01-31", 1)]) == ["gap 2019-02-01 2019-02-01"])
    }

    @Test("Back-to-back and overlapping policies join; a day between them is a gap")
    func joined() {
        #expect(flags([("2018-05-01", "2019-03-31", 1), ("2019-04-01", "2020-03-31", 2)]) == [])
        #expect(flags([("2018-05-01", "2019-03-31", 1), ("2019-03-01", "2020-03-31", 2)]) == [])
        #expect(
            flags([("2018-05-01", "2019-03-31", 1), ("2019-04-02", "2020-03-31", 2)]) == ["gap 2019-04-01 2019-04-01"])
    }

    @Test("29 February is a day like any other")
    func leapDay() {
        #expect(
            flags(
                [("2019-03-01", "2020-02-28", 1), ("2020-03-01", "2020-12-31", 2)], year: 2020, asOf: "2020-06-30")
                == ["gap 2020-02-29 2020-02-29"])
    }

    @Test("A move splits nothing; a pause between two postings needs no cover")
    func postings() {
        let moved = [Fixture.posting("一村", "2019-02-01", "2019-03-11"), Fixture.posting("二村", "2019-03-12")]
        #expect(flags([], posted: moved) == ["uninsured 2019-02-01 2019-06-30"])
        #expect(
            flags([("2018-05-01", "2019-03-01", 1), ("2020-01-01", "2020-12-31", 2)], posted: moved)
                == ["gap 2019-03-02 2019-06-30"])
        let paused = [Fixture.posting("一村", "2019-02-01", "2019-02-28"), Fixture.posting("二村", "2019-05-01")]
        #expect(flags([("2018-05-01", "2019-02-28", 1), ("2019-05-01", "2020-04-30", 2)], posted: paused) == [])
        #expect(
            flags([("2018-05-01", "2019-02-01", 1)], posted: paused)
                == ["gap 2019-02-02 2019-02-28", "gap 2019-05-01 2019-06-30"])
    }

    @Test("Expiring: 30 days after as-of and not 31, as long as the person is in post")
    func expiring() {
        #expect(flags([("2018-05-01", "2019-07-30", 1)]) == ["expiring 2019-06-30 2019-07-30"])
        #expect(flags([("2018-05-01", "2019-07-31", 1)]) == [])
        #expect(flags([("2018-05-01", "2019-06-30", 1)]) == ["expiring 2019-06-30 2019-06-30"])
        #expect(
            flags([("2018-05-01", "2019-07-30", 1)], posted: [Fixture.posting("一村", "2019-02-01", "2019-06-29")]) == [])
    }

    @Test("Below the minimum: the latest cover counts, and nothing is asked where the policy sets none")
    func minimum() {
        let covers = [("2018-05-01", "2019-12-31", 1), ("2019-03-01", "2020-02-29", 3)]
        #expect(flags(covers, minimum: 3) == [])
        #expect(flags(covers, minimum: 4) == ["below-minimum 2019-03-01 2020-02-29"])
        #expect(flags(covers) == [])
    }

    @Test("Not raised: the first policy from valid-from on, against the one before")
    func notRaised() {
        let before = ("2018-05-01", "2018-12-31", 3)
        #expect(flags([before, ("2019-01-01", "2019-12-31", 3)]) == ["not-raised 2019-01-01 2019-12-31"])
        #expect(flags([before, ("2019-01-01", "2019-12-31", 4), ("2020-01-01", "2020-12-31", 1)]) == [])
        #expect(flags([("2018-09-30", "2019-12-31", 3)]) == [])
        #expect(flags([("2018-10-01", "2019-12-31", 3)]) == [])
        #expect(flags([before, ("2018-10-01", "2019-12-31", 3)]) == ["not-raised 2018-10-01 2019-12-31"])
    }

    @Test("Gap of an incident: on the last day of a posting yes, the day after no; negative is a finding")
    func unreimbursed() {
        func rows(_ date: String, _ paid: Int, onDuty: Bool = true) -> ([Int], [FindingReason]) {
            var records = CountyRecords(county: Fixture.county())
            records.cadres = [Fixture.cadre(1, "某一", Fixture.posting("一村", "2019-02-01", "2019-05-06"))]
            records.incidents = [
                IncidentRecord(
                    person: Fixture.id(1), kind: "意外伤害", isOnDuty: onDuty, date: Fixture.day(date),
                    totalCost: .yuan(100), insurancePaid: .yuan(paid), otherPaid: .yuan(10), source: Fixture.cell())
            ]
            let result = UnreimbursedGap.compute(
                YearInput(records: records, year: 2019, asOf: Fixture.day("2019-06-30"), policy: Fixture.policy()))
            return (result.rows.map(\.gap.amount), result.findings.map(\.reason))
        }
        #expect(rows("2019-05-06", 30) == ([6000], []))
        #expect(rows("2019-05-07", 30) == ([], [.recordOutsidePosting]))
        #expect(rows("2019-05-06", 90) == ([0], []))
        #expect(rows("2019-05-06", 91) == ([], [.negativeGap]))
        #expect(rows("2019-05-06", 30, onDuty: false) == ([], []))
    }
}

@Suite("Sets of days")
struct DayIntervalsTests {
    @Test("Ranges that touch join, and taking away leaves both sides", arguments: 0..<40)
    func againstDays(seed: Int) throws {
        var dice = Dice(state: UInt64(seed))
        let origin = Fixture.day("2020-02-20")
        func ranges() -> [CivilDateRange] {
            (0..<Int.random(in: 0...5, using: &dice)).compactMap { _ in
                let start = Int.random(in: 0...25, using: &dice)
                return CivilDateRange(
                    origin.adding(days: start), origin.adding(days: start + Int.random(in: 0...6, using: &dice)))
            }
        }
        let (left, right) = (ranges(), ranges())
        let (leftDays, rightDays) = (Set(left.flatMap(\.dates)), Set(right.flatMap(\.dates)))
        let (leftSet, rightSet) = (DayIntervals(left), DayIntervals(right))
        #expect(leftSet.ranges.flatMap(\.dates) == leftDays.sorted())
        #expect(leftSet.subtracting(rightSet).ranges.flatMap(\.dates) == leftDays.subtracting(rightDays).sorted())
        #expect(leftSet.intersection(rightSet).ranges.flatMap(\.dates) == leftDays.intersection(rightDays).sorted())
        #expect(leftSet.dayCount == leftDays.count)
        for (before, after) in zip(leftSet.ranges, leftSet.ranges.dropFirst()) {
            #expect(before.end.adding(days: 1) < after.start)
        }
    }
}
