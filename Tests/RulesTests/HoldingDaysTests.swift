import Domain
import Rules
import Testing

/// On which days the results of a year stay as they are: what a run of another day does not compute again.
struct HoldingDaysTests {
    @Test("a year's results are the same on every day on which they say that they hold")
    func holds() {
        for seed in 0..<80 as Range<UInt64> {
            var random = Random(seed)
            let county = random.county()
            let day = random.day()
            let input = county.input(day.iso)
            let said = words(input)
            let holds = input.holds
            #expect(holds.contains(day))
            var others = [holds.start, holds.end]
            others.append(holds.start.adding(days: random.below(holds.dayCount)))
            for other in others {
                let again = county.input(other.iso)
                #expect(words(again) == said, "seed \(seed), \(day.iso) and \(other.iso)")
                #expect(again.holds == holds, "seed \(seed), \(day.iso) and \(other.iso)")
            }
        }
    }

    @Test("a roster alone says the same from one quarter to the next, a vacancy another number of days every day")
    func spans() {
        var county = County(Fixture.cadre(1, nil, Fixture.posting("一村", "2018-05-01")))
        county.records.villages = [Fixture.village("一村", leader: "韩某")]
        var input = county.input("2019-05-15")
        _ = words(input)
        #expect(input.holds == Fixture.range("2019-04-01", "2019-06-30"))
        #expect(input.stateOf == Fixture.day("2019-04-01"))

        county = County(Fixture.cadre(1, nil, Fixture.posting("一村", "2018-05-01", "2019-05-10")))
        input = county.input("2019-05-15")
        _ = words(input)
        #expect(input.holds == Fixture.range("2019-05-15", "2019-05-15"))
    }

    /// Everything that is reported of the year, in words.
    private func words(_ input: YearInput) -> String {
        let all = YearResults(input)
        var words = ["\(all.findings)", "\(all.standings(input))", "\(String(describing: all.training))"]
        words += ["\(all.staffing.rows)", "\(all.deputies.rows)", "\(all.organisers.rows)", "\(all.weakVillages.rows)"]
        words += ["\(all.replacements.rows)", "\(all.recalls.rows)", "\(all.visits.rows)", "\(all.discipline.rows)"]
        words += ["\(all.unitDiscipline.rows)", "\(all.checks.rows)", "\(all.uncheckedVillages.rows)"]
        words += ["\(all.uncheckedCadres.rows)", "\(all.workFunds.rows)", "\(all.insurance.rows)"]
        words += [
            "\(all.renewals.rows)", "\(all.medicalGaps.rows)", "\(all.assessment.rows)", "\(all.unassessed.rows)",
        ]
        words += ["\(all.excellence.rows)", "\(all.promotion.rows)", "\(all.eligible.rows)"]
        words += ["\(all.accountability.rows)", "\(all.unitTalks.rows)", "\(all.unitSupport.rows)"]
        words += ["\(all.careVisits.rows)", "\(all.meetings.rows)", "\(all.workingMeetings.rows)"]
        words += ["\(all.cadreTalks.rows)", "\(all.commendations.rows)", "\(all.unitCandidates.rows)"]
        words += ["\(all.awards.rows)", "\(UnitStanding.compute(input))", "\(input.counted.map(\.id.text))"]
        return words.joined(separator: "\n")
    }

    /// The same numbers on every machine.
    private struct Random {
        private var state: UInt64

        init(_ seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 0x1234_5678_9ABC_DEF1 }

        mutating func below(_ count: Int) -> Int {
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return Int(state >> 33) % count
        }

        mutating func day() -> CivilDate { Fixture.day("2019-01-01").adding(days: below(365)) }

        /// A county of which some forms were sent and some not, with records of all the year.
        mutating func county() -> County {
            var county = County(cadre(1), cadre(2), cadre(3))
            county.records.villages = [Fixture.village("一村", leader: "宋某"), Fixture.village("二村", weak: true)]
            county.receive(.roster)
            for form in FormID.allCases where below(2) == 0 { county.receive(form) }
            for _ in 0..<below(3) { county.mark(1 + below(3), day().iso, .absent, .present) }
            for _ in 0..<below(3) { county.check(1 + below(3), day().iso, .absent) }
            if below(2) == 0 { county.assess(1 + below(3), .excellent) }
            if below(3) == 0 { county.assess(1 + below(3), .incompetent, recalled: day().iso) }
            for _ in 0..<below(2) { county.honour(1 + below(3), day().iso) }
            for _ in 0..<below(2) { county.promote(1 + below(3), day().iso, .promotion) }
            for _ in 0..<below(3) { county.visit("宋某", day().iso) }
            for _ in 0..<below(2) { county.talk(with: "甲局", day().iso) }
            for _ in 0..<below(3) { county.talk(to: 1 + below(3), day().iso) }
            for _ in 0..<below(3) { county.meet(.working, day().iso, of: 5, cadres: 1) }
            for _ in 0..<below(2) { county.support("甲局", .branchPairing, day().iso) }
            for _ in 0..<below(3) { county.train(1 + below(3), "班", day().iso) }
            if below(2) == 0 { county.insureAll() }
            for person in 1...3 where below(4) == 0 { county.elsewhere(person, day().iso) }
            return county
        }

        private mutating func cadre(_ number: Int) -> Cadre {
            let start = Fixture.day("2018-06-01").adding(days: below(400))
            let end = below(3) == 0 ? start.adding(days: below(300)).iso : nil
            return Fixture.cadre(number, nil, Fixture.posting("一村", start.iso, end))
        }
    }
}
