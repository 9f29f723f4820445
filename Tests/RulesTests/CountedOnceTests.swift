import Domain
import Rules
import Testing

@Suite("Who is posted in two counties is counted once")
struct CountedOnceTests {
    private func isCounted(
        _ own: [(String, String?)], _ others: [(String, String?)], on day: String, other: String = "630203"
    ) -> Bool {
        var county = County()
        let cadre = Cadre(
            id: Fixture.id(1), name: PersonName("某一"),
            postings: own.map { Fixture.posting("一村", $0.0, $0.1) })
        county.records.cadres = [cadre]
        for (start, end) in others { county.elsewhere(1, start, end, county: other) }
        return county.input().isCounted(cadre, on: Fixture.day(day))
    }

    @Test(
        "Of two postings in force the later one counts, from its first day; of two that began together, the lower code")
    func latest() {
        let own = [("2018-05-01", nil as String?)]
        #expect(isCounted(own, [], on: "2019-06-30"))
        #expect(!isCounted(own, [("2019-01-01", nil)], on: "2019-01-01"))
        #expect(isCounted(own, [("2019-01-01", nil)], on: "2018-12-31"))
        #expect(isCounted(own, [("2018-04-30", nil)], on: "2019-01-01"))
        #expect(isCounted(own, [("2018-05-01", nil)], on: "2019-01-01"))
        #expect(!isCounted(own, [("2018-05-01", nil)], on: "2019-01-01", other: "630201"))
    }

    @Test("A posting in force goes before one that has ended, however late it began")
    func ended() {
        let own = [("2018-05-01", nil as String?)]
        #expect(!isCounted(own, [("2019-01-01", "2019-03-31")], on: "2019-03-31"))
        #expect(isCounted(own, [("2019-01-01", "2019-03-31")], on: "2019-04-01"))
        #expect(!isCounted([("2018-05-01", "2018-12-31")], [("2019-01-01", "2019-03-31")], on: "2019-06-30"))
        #expect(isCounted([("2018-05-01", "2018-12-31")], [("2018-01-01", "2018-03-31")], on: "2019-06-30"))
        #expect(!isCounted([("2019-08-01", nil)], [("2019-01-01", nil)], on: "2019-06-30"))
        #expect(isCounted([("2019-08-01", nil)], [("2019-09-01", nil)], on: "2019-06-30"))
    }

    @Test("Insurance follows the person over all postings, and stands in the county that counts him")
    func insurance() throws {
        var county = County(Fixture.cadre(1, "某一", Fixture.posting("一村", "2019-03-01")))
        county.elsewhere(1, "2019-01-01", "2019-02-28")
        county.receive(.insurance)
        let row = try #require(InsuranceCover.compute(county.input()).rows.first)
        #expect(row.days == Fixture.range("2019-01-01", "2019-06-30"))
        county.records.postingsElsewhere[0].start = Fixture.day("2019-03-02")
        county.records.postingsElsewhere[0].end = nil
        #expect(InsuranceCover.compute(county.input()).rows.isEmpty)
    }

    @Test("An absence in another county bars from an award here; attendance counts over all counties")
    func awards() throws {
        var county = County(Fixture.cadre(1, "某一", Fixture.posting("一村", "2019-06-01")))
        county.elsewhere(1, "2019-05-01", "2019-05-31")
        county.assess(1, .excellent)
        county.receive(.assessment)
        county.attendance.isReported = true
        county.attendance.presentHalfDays[Fixture.id(1)] = HalfDays(30)
        var elsewhere = YearElsewhere(presentHalfDays: [Fixture.id(1): HalfDays(31)])
        let row = try #require(AwardCandidates.compute(county.input(elsewhere: elsewhere)).rows.first)
        #expect(row.attendance == Ratio(61, of: 122))
        elsewhere.absences = [
            AttendanceFact(
                person: Fixture.id(1), date: Fixture.day("2019-05-31"), morning: .present, afternoon: .absent,
                presentHalfDays: .zero, source: Fixture.cell())
        ]
        #expect(AwardCandidates.compute(county.input(elsewhere: elsewhere)).rows.isEmpty)
        elsewhere.absences[0].date = Fixture.day("2019-06-01")
        #expect(AwardCandidates.compute(county.input(elsewhere: elsewhere)).rows.count == 1)
    }

    /// A small province of made-up registers: every county's records as they are, every figure worked out a second time
    /// from the list of all postings.
    private struct Province {
        struct Post {
            let person, county, unit: Int
            let start, end: Int
        }
        var posts: [Post] = []
        let counties = 4
        let people = 30

        init(seed: UInt64) {
            var state = seed
            func next(_ bound: Int) -> Int {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                return Int((state >> 33) % UInt64(bound))
            }
            for person in 0..<people {
                for _ in 0...next(3) {
                    let start = next(700)
                    posts.append(
                        Post(
                            person: person, county: next(counties), unit: next(5), start: start,
                            end: start + next(400)))
                }
            }
        }

        static let first = Fixture.day("2018-01-01")

        func records(_ county: Int) -> CountyRecords {
            var records = CountyRecords(
                county: CountyRecord(
                    code: CountyCode("63020\(county + 1)")!, name: "县\(county)", prefecture: "市",
                    isDeepPoverty: false))
            for person in 0..<people {
                let own = posts.filter { $0.person == person && $0.county == county }
                guard !own.isEmpty else { continue }
                records.cadres.append(
                    Cadre(
                        id: Fixture.id(person), name: PersonName("某\(person)"),
                        postings: own.sorted { $0.start < $1.start }.map(posting)))
                records.postingsElsewhere += posts.filter { $0.person == person && $0.county != county }.map {
                    PostingElsewhere(
                        person: Fixture.id(person), county: CountyCode("63020\($0.county + 1)")!,
                        start: Province.first.adding(days: $0.start), end: Province.first.adding(days: $0.end))
                }
            }
            records.receivedForms = [.roster]
            return records
        }

        private func posting(_ post: Post) -> Posting {
            Posting(
                county: CountyCode("63020\(post.county + 1)")!, township: "乡", village: "村\(post.unit)",
                role: .teamMember, roleText: "队员", sendingUnit: "单位\(post.unit)",
                start: Province.first.adding(days: post.start), end: Province.first.adding(days: post.end),
                source: Fixture.cell(post.person))
        }

        /// The county of the person's latest posting in force, slowly: by looking at every posting.
        func home(_ person: Int, on day: Int) -> Int? {
            posts.filter { $0.person == person && $0.start <= day && day <= $0.end }
                .sorted { $0.start != $1.start ? $0.start > $1.start : $0.county < $1.county }.first?.county
        }
    }

    @Test("Over made-up provinces: headcounts add up to the people in post, each in the county of his latest posting")
    func slowly() {
        for seed in 1...40 {
            let province = Province(seed: UInt64(seed) &* 7919)
            for day in [0, 180, 364, 365, 540, 729] {
                let date = Province.first.adding(days: day)
                var total = 0
                for county in 0..<province.counties {
                    let input = YearInput(
                        records: province.records(county), year: date.year, asOf: date, policy: Fixture.policy())
                    let wanted = (0..<province.people).filter { province.home($0, on: day) == county }
                    #expect(input.counted.map(\.id) == wanted.map(Fixture.id).sorted(), "seed \(seed) day \(day)")
                    #expect(TrainingCoverage.extract(input)?.counts.headcount == wanted.count)
                    #expect(UnitStanding.compute(input).reduce(0) { $0 + $1.cadres } == wanted.count)
                    total += wanted.count
                }
                #expect(total == (0..<province.people).count { province.home($0, on: day) != nil })
            }
        }
    }
}
