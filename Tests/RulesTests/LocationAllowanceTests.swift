import Domain
import Rules
import Testing

@Suite("M5, location allowances")
struct LocationAllowanceTests {
    let table = Fixture.table(
        .hardshipAllowance, keys: [.villageHardshipCategory, .cadreRank],
        [
            (["一类", "科员"], "2018-10-01", 9500), (["二类", "科员"], "2018-10-01", 20500),
            (["二类", "科员"], "2019-03-01", 21550), (["三类", "科员"], "2018-10-01", 34500),
            (["五类", "科员"], "2019-03-15", 31000),
        ])
    let villages = [
        Fixture.village("一村", hardship: "一类"), Fixture.village("二村", hardship: "二类"),
        Fixture.village("三村", hardship: "三类"), Fixture.village("三村", township: "乙乡", hardship: "三类"),
        Fixture.village("四村", hardship: "四类"), Fixture.village("五村", hardship: "五类"),
    ]

    func amounts(
        _ postings: [Posting], _ period: String, basis: LocationAllowanceBasis = .full, unit: String? = nil
    ) -> [LocationAllowanceAmount] {
        let policy = Fixture.policy(
            parameters: [Fixture.parameter(.locationAllowanceBasis, [("2018-10-01", .basis(basis))])], tables: [table])
        let units = [UnitRecord(name: "甲局", hardshipCategory: unit, source: Fixture.cell())]
        return LocationAllowance.compute(
            postings, in: Period(period)!, villages: villages, units: units, countyName: "乐都区", policy: policy
        ).flatMap(\.amounts)
    }

    @Test("A whole month is the whole rate; a table that the policy lacks gives no column and no finding")
    func whole() {
        let result = amounts([Fixture.posting("三村", "2018-05-01")], "2018-11")
        #expect(result.map(\.amount) == [Fen(34500)])
        #expect(result.map(\.isRateMissing) == [false])
    }

    @Test("From the 15th of November: 16 of 30 days; until the 20th of February: 20 of 28")
    func proRata() {
        #expect(amounts([Fixture.posting("三村", "2018-11-15")], "2018-11")[0].amount == Fen(18400))
        #expect(amounts([Fixture.posting("二村", "2018-05-01", "2019-02-20")], "2019-02")[0].amount == Fen(14643))
    }

    @Test("Two postings in a month add up to the month's rate to the fen")
    func move() {
        let parts = amounts(
            [Fixture.posting("三村", "2018-05-01", "2019-03-11"), Fixture.posting("三村", township: "乙乡", "2019-03-12")],
            "2019-03")
        #expect(parts.map(\.amount) == [Fen(12242), Fen(22258)])
    }

    @Test("A rate that changes within the month counts by days; days before the first rate are missing")
    func change() {
        #expect(amounts([Fixture.posting("二村", "2018-05-01")], "2019-03")[0].amount == Fen(21550))
        let late = amounts([Fixture.posting("五村", "2018-05-01")], "2019-03")[0]
        #expect(late.amount == Fen(17000))
        #expect(late.missingSegment?.days == Fixture.range("2019-03-01", "2019-03-14"))
        #expect(late.segments.count == 2)
    }

    @Test("No rate for the keys: an empty column and rate-missing, never 0")
    func missing() {
        for posting in [Fixture.posting("四村", "2018-05-01"), Fixture.posting("三村", rank: nil, "2018-05-01")] {
            let result = amounts([posting], "2018-11")[0]
            #expect(result.amount == nil)
            #expect(result.isRateMissing)
        }
        #expect(amounts([Fixture.posting("四村", "2018-05-01")], "2018-11")[0].missingSegment?.keyText == "四类 × 科员")
        let early = amounts([Fixture.posting("三村", "2018-05-01")], "2018-09")[0]
        #expect(early.rateMissingArguments == ["艰苦边远地区津贴", "三类 × 科员", "2018-09-01 至 2018-09-30"])
    }

    @Test("Top-up is the posting's standard less the unit's, never below 0, and full without a unit category")
    func topUp() {
        let third = [Fixture.posting("三村", "2018-05-01")]
        #expect(amounts(third, "2018-11", basis: .topUp, unit: "二类")[0].amount == Fen(14000))
        #expect(amounts(third, "2018-11", basis: .topUp)[0].amount == Fen(34500))
        #expect(amounts([Fixture.posting("一村", "2018-05-01")], "2018-11", basis: .topUp, unit: "二类")[0].amount == .zero)
        let stated = amounts(third, "2018-11", basis: .statementOnly, unit: "二类")[0]
        #expect(stated.amount == nil)
        #expect(stated.isRateMissing == false)
        #expect(stated.segments[0].postingStandard?.value == Fen(34500))
        #expect(stated.segments[0].unitStandard?.value == Fen(20500))
        #expect(stated.segments[0].topUp == Fen(14000))
    }

    @Test("Top-up of a table without the village's category is its full rate")
    func topUpWithoutCategory() {
        let policy = Fixture.policy(
            parameters: [Fixture.parameter(.locationAllowanceBasis, [("2018-10-01", .basis(.topUp))])],
            tables: [Fixture.table(.townshipSubsidy, keys: [.villageSubsidyClass], [(["一档"], "2018-10-01", 20000)])])
        let result = LocationAllowance.compute(
            [Fixture.posting("一村", "2018-05-01")], in: Period("2018-11")!,
            villages: [Fixture.village("一村", subsidy: "一档")],
            units: [UnitRecord(name: "甲局", hardshipCategory: "二类", source: Fixture.cell())], countyName: "乐都区",
            policy: policy)
        #expect(result[0][.townshipSubsidy] == Fen(20000))
        #expect(result[0][.hardshipAllowance] == nil)
    }

    @Test("Two postings in force at once share the day: together never more than a month")
    func overlap() {
        let parts = amounts(
            [Fixture.posting("三村", "2018-05-01"), Fixture.posting("三村", township: "乙乡", "2018-11-16")], "2018-11")
        #expect(parts.map { $0.amount?.amount ?? 0 } == [25875, 8625])
    }

    /// A posting as the county of `code` has it, or as other counties hear of it.
    private func elsewhere(_ posting: Posting, _ code: CountyCode) -> PostingElsewhere {
        PostingElsewhere(
            person: Fixture.id(1), county: code, start: posting.start, end: posting.end,
            place: .init(
                countyName: "县\(code.text)", posting: posting,
                village: villages.first { $0.village == posting.village }))
    }

    @Test("Postings in several counties: their parts add up to what one county would pay, to the fen")
    func overCounties() throws {
        let policy = Fixture.policy(
            parameters: [Fixture.parameter(.locationAllowanceBasis, [("2018-10-01", .basis(.full))])], tables: [table])
        let places = AllowancePlaces(villages: villages, units: [], countyName: "县")
        var shared = 0
        for seed in 1...200 {
            var random = Dice(state: UInt64(seed))
            let postings = try (0..<Int.random(in: 2...4, using: &random)).map { number in
                var posting = Fixture.posting(
                    ["一村", "二村", "三村"].randomElement(using: &random) ?? "一村", township: "甲乡",
                    "2018-10-\(10 + number)", nil)
                posting.start = Fixture.day("2018-11-01").adding(days: Int.random(in: -9...29, using: &random))
                posting.end = Bool.random(using: &random) ? nil : posting.start.adding(days: 6)
                posting.county = try #require(CountyCode("63020\(number % 3 + 1)"))
                return posting
            }
            var over: [Fen] = []
            for code in Set(postings.map(\.county)).sorted() {
                let own = postings.filter { $0.county == code }
                let others = postings.filter { $0.county != code }.map { elsewhere($0, $0.county) }
                over += LocationAllowance.compute(
                    own, elsewhere: others, in: Period("2018-11")!, places: places, policy: policy
                ).compactMap { $0[.hardshipAllowance] }
            }
            let one = LocationAllowance.compute(postings, in: Period("2018-11")!, places: places, policy: policy)
                .compactMap { $0[.hardshipAllowance] }
            #expect(over.reduce(Fen.zero, +) == one.reduce(Fen.zero, +), "seed \(seed)")
            #expect(over.reduce(Fen.zero, +) <= Fen(34500), "never more than a month at the highest standard")
            if over.count > 1 { shared += 1 }
        }
        #expect(shared > 100)
    }

    @Test("Whole years of the posting turn on the anniversary")
    func wholeYears() {
        let policy = Fixture.policy(tables: [
            Fixture.table(
                .townshipSubsidy, keys: [.postingWholeYears],
                [(["0"], "2018-10-01", 3000), (["1"], "2018-10-01", 6000)])
        ])
        let result = LocationAllowance.compute(
            [Fixture.posting("一村", "2018-11-11")], in: Period("2019-11")!, villages: villages, units: [],
            countyName: "乐都区", policy: policy)
        #expect(result[0][.townshipSubsidy] == Fen(1000 + 4000))
        #expect(result[0].amounts[0].segments.map(\.days.start.day) == [1, 11])
    }
}
