import Domain
import Rules
import Testing

/// A repeatable source of random numbers (SplitMix64).
struct Dice: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

/// Independent ways to the least sum of squared deviations of one level, in (1/100)² people.
enum SlowRounding {
    static func deviation(_ exact: [[Int]], _ rounded: [[Int]]) -> Int {
        zip(exact, rounded).reduce(0) { sum, pair in
            sum + zip(pair.0, pair.1).reduce(0) { $0 + ($1.0 - 100 * $1.1) * ($1.0 - 100 * $1.1) }
        }
    }

    /// Every table of floors and ceilings with the right sums is tried; the first of the best in the order of ties
    /// (earlier rows, then earlier columns, get the extra unit) is returned.
    static func bruteForce(_ exact: [[Int]], columns: [Int]) -> [[Int]]? {
        var best: (deviation: Int, table: [[Int]])?
        func extend(_ table: [[Int]], _ left: [Int]) {
            guard table.count < exact.count else {
                let found = deviation(exact, table)
                if left.allSatisfy({ $0 == 0 }), found < best?.deviation ?? Int.max { best = (found, table) }
                return
            }
            let row = exact[table.count]
            for first in [ceiling(row[0]), row[0] / 100] {
                for second in [ceiling(row[1]), row[1] / 100] {
                    for third in [ceiling(row[2]), row[2] / 100]
                    where (first + second + third) * 100 == row.reduce(0, +) {
                        let rest = [left[0] - first, left[1] - second, left[2] - third]
                        if rest.allSatisfy({ $0 >= 0 }) { extend(table + [[first, second, third]], rest) }
                    }
                }
            }
        }
        extend([], columns)
        return best?.table
    }

    /// One row whose columns are free: the first of the best in the order of the tiers.
    static func bruteForceOfOneRow(_ exact: [Int]) -> [Int]? {
        var best: (deviation: Int, row: [Int])?
        for choice in [7, 6, 5, 4, 3, 2, 1, 0] {
            let row = exact.enumerated().map { column, share in
                choice & (4 >> column) == 0 ? share / 100 : ceiling(share)
            }
            let found = deviation([exact], [row])
            if row.reduce(0, +) * 100 == exact.reduce(0, +), found < best?.deviation ?? Int.max { best = (found, row) }
        }
        return best?.row
    }

    /// Minimum-cost flow: units from rows to columns, one augmenting path at a time, found by Bellman and Ford.
    static func flow(_ exact: [[Int]], columns: [Int]) -> Int? {
        var table = exact.map { $0.map { $0 / 100 } }
        var rowLeft = zip(exact, table).map { $0.reduce(0, +) / 100 - $1.reduce(0, +) }
        var columnLeft = (0..<3).map { column in columns[column] - table.reduce(0) { $0 + $1[column] } }
        let rows = exact.count
        func cost(_ row: Int, _ column: Int) -> Int { 10_000 - 200 * (exact[row][column] % 100) }
        while let source = rowLeft.firstIndex(where: { $0 > 0 }) {
            var distance = [Int?](repeating: nil, count: rows + 3)
            var parent = [Int](repeating: -1, count: rows + 3)
            distance[source] = 0
            var changed = true
            while changed {
                changed = false
                for row in 0..<rows {
                    for column in 0..<3 where exact[row][column] % 100 > 0 {
                        let isUp = table[row][column] > exact[row][column] / 100
                        let (from, to) = isUp ? (rows + column, row) : (row, rows + column)
                        guard let start = distance[from] else { continue }
                        let length = start + (isUp ? -cost(row, column) : cost(row, column))
                        if length < distance[to] ?? Int.max {
                            distance[to] = length
                            parent[to] = from
                            changed = true
                        }
                    }
                }
            }
            let ends = (0..<3).filter { columnLeft[$0] > 0 && distance[rows + $0] != nil }
            guard let end = ends.min(by: { (distance[rows + $0] ?? 0) < (distance[rows + $1] ?? 0) }) else {
                return nil
            }
            var node = rows + end
            while node != source {
                let from = parent[node]
                if node >= rows { table[from][node - rows] += 1 } else { table[node][from - rows] -= 1 }
                node = from
            }
            rowLeft[source] -= 1
            columnLeft[end] -= 1
        }
        return deviation(exact, table)
    }

    static func ceiling(_ share: Int) -> Int { (share + 99) / 100 }
}

@Suite("M2, training quota")
struct TrainingQuotaTests {
    func county(_ prefecture: Int, _ number: Int) -> CountyCode {
        CountyCode("63" + String(10 + prefecture) + String(10 + number))!
    }

    func tree(_ dice: inout Dice, prefectures: ClosedRange<Int>, counties: ClosedRange<Int>, people: ClosedRange<Int>)
        -> [CountyCode: Int]
    {
        var headcounts: [CountyCode: Int] = [:]
        for prefecture in 1...Int.random(in: prefectures, using: &dice) {
            for number in 0..<Int.random(in: counties, using: &dice) {
                headcounts[county(prefecture, number)] = Int.random(in: people, using: &dice)
            }
        }
        return headcounts
    }

    /// Every constraint at every node; the levels below the province as (exact shares, rounded, columns).
    func check(_ headcounts: [CountyCode: Int], _ shares: [Int]) -> [(exact: [[Int]], rounded: [[Int]], columns: [Int])]
    {
        let plan = TrainingQuota.plan(headcounts: headcounts, shares: shares)
        func isRounded(_ quota: [Int], _ headcount: Int) -> Bool {
            quota.reduce(0, +) == headcount
                && zip(quota, shares).allSatisfy { [headcount * $1 / 100, (headcount * $1 + 99) / 100].contains($0) }
        }
        func sum(_ quotas: [[Int]]) -> [Int] { quotas.reduce([0, 0, 0]) { zip($0, $1).map { $0 + $1 } } }
        var levels: [(exact: [[Int]], rounded: [[Int]], columns: [Int])] = []
        let total = headcounts.values.reduce(0, +)
        #expect(isRounded(plan.province, total))
        #expect(SlowRounding.bruteForceOfOneRow(shares.map { total * $0 }) == plan.province)
        #expect(sum(Array(plan.prefectures.values)) == plan.province)
        #expect(plan.counties.count == headcounts.count)
        let byPrefecture = Dictionary(grouping: headcounts.keys.sorted(), by: \.prefectureCode)
        var prefectures: [[Int]] = []
        for (code, counties) in byPrefecture.sorted(by: { $0.key < $1.key }) {
            let headcount = counties.reduce(0) { $0 + (headcounts[$1] ?? 0) }
            let quota = plan.prefectures[code] ?? []
            prefectures.append(shares.map { headcount * $0 })
            #expect(isRounded(quota, headcount))
            let quotas = counties.map { plan.counties[$0] ?? [] }
            #expect(sum(quotas) == quota)
            for (county, quota) in zip(counties, quotas) { #expect(isRounded(quota, headcounts[county] ?? 0)) }
            levels.append((counties.map { county in shares.map { (headcounts[county] ?? 0) * $0 } }, quotas, quota))
        }
        levels.append((prefectures, byPrefecture.keys.sorted().map { plan.prefectures[$0] ?? [] }, plan.province))
        return levels
    }

    @Test("Small trees: every constraint, and the very table that trying them all finds", arguments: 0..<60)
    func small(seed: Int) {
        var dice = Dice(state: UInt64(seed))
        let shares = seed % 4 == 3 ? [7, 21, 72] : [10, 30, 60]
        let headcounts = tree(&dice, prefectures: 1...5, counties: 0...5, people: 0...(seed % 2 == 0 ? 12 : 3000))
        for level in check(headcounts, shares) {
            #expect(SlowRounding.bruteForce(level.exact, columns: level.columns) == level.rounded)
        }
    }

    @Test("Large trees: every constraint, and the sum of squares of a minimum-cost flow", arguments: 0..<60)
    func large(seed: Int) {
        var dice = Dice(state: UInt64(1000 + seed))
        let headcounts = tree(&dice, prefectures: 1...10, counties: 0...15, people: 0...3000)
        for level in check(headcounts, [10, 30, 60]) {
            #expect(
                SlowRounding.flow(level.exact, columns: level.columns)
                    == SlowRounding.deviation(level.exact, level.rounded))
        }
    }

    @Test("Twelve people are 1, 4 and 7; nobody is 0, 0, 0")
    func twelve() {
        #expect(TrainingQuota.plan(headcounts: [county(1, 1): 12], shares: [10, 30, 60]).province == [1, 4, 7])
        #expect(TrainingQuota.plan(headcounts: [county(1, 1): 0], shares: [10, 30, 60]).province == [0, 0, 0])
        #expect(TrainingQuota.plan(headcounts: [:], shares: [10, 30, 60]).counties.isEmpty)
    }

    @Test("Ties go to the lower region code, then to the earlier tier")
    func ties() {
        let plan = TrainingQuota.plan(headcounts: [county(1, 1): 5, county(1, 2): 5], shares: [10, 30, 60])
        #expect(plan.province == [1, 3, 6])
        #expect(plan.counties[county(1, 1)] == [1, 1, 3])
        #expect(plan.counties[county(1, 2)] == [0, 2, 3])
        #expect(TrainingQuota.plan(headcounts: [county(1, 1): 5], shares: [10, 30, 60]).province == [1, 1, 3])
    }
}

@Suite("M2, training coverage and nominations")
struct TrainingCoverageTests {
    func training(
        _ person: Int, _ tier: AdministrativeLevel, _ start: String, _ kind: TrainingKind = .rotation,
        failed: Bool = false
    )
        -> TrainingRecord
    {
        TrainingRecord(
            person: Fixture.id(person), trainingClass: "\(tier)\(start)", tier: tier, kind: kind,
            start: Fixture.day(start), isFailed: failed, source: Fixture.cell())
    }

    func input(_ trainings: [TrainingRecord], _ parameters: [Parameter] = [], asOf: String = "2019-06-30") -> YearInput
    {
        var records = CountyRecords(county: Fixture.county())
        records.villages = [Fixture.village("一村"), Fixture.village("二村", weak: true)]
        records.cadres = [
            Fixture.cadre(1, "甲一", Fixture.posting("一村", "2018-05-01")),
            Fixture.cadre(2, "甲二", Fixture.posting("二村", "2018-06-01")),
            Fixture.cadre(3, "甲三", Fixture.posting("一村", "2018-05-01", "2019-06-29")),
            Fixture.cadre(4, "甲四", Fixture.posting("一村", "2018-05-01", "2019-06-30")),
        ]
        records.cadres[3].prePostingTraining = Fixture.day("2019-01-01")
        records.trainings = trainings
        records.receivedForms = [.roster, .training]
        return YearInput(
            records: records, year: 2019, asOf: Fixture.day(asOf), policy: Fixture.policy(parameters: parameters))
    }

    @Test("Two tiers count once overall; the same class twice once; failed, out-of-year and departed not at all")
    func counts() throws {
        let counts = try #require(
            TrainingCoverage.extract(
                input([
                    training(1, .county, "2019-04-01"), training(1, .prefecture, "2019-05-01"),
                    training(1, .county, "2019-04-01"), training(2, .county, "2019-04-01", failed: true),
                    training(2, .county, "2018-12-31"), training(3, .province, "2019-02-01"),
                    training(4, .county, "2019-07-01"),
                ]))
        ).counts
        #expect(counts.headcount == 3)
        #expect(counts.trained == [0, 1, 1])
        #expect(counts.trainedOverall == 1)
        #expect(counts.untrained == 2)
        #expect(counts.weakVillageHeadcount == 1)
        #expect(counts.weakVillageTrained == 0)
    }

    @Test("Pre-posting training stands apart, unless the policy counts it")
    func prePosting() throws {
        let trainings = [training(1, .county, "2019-01-01", .prePosting)]
        let apart = try #require(TrainingCoverage.extract(input(trainings))).counts
        #expect(apart.prePosting == 2)
        #expect(apart.trained == [0, 0, 0])
        let counted = try #require(
            TrainingCoverage.extract(
                input(trainings, [Fixture.parameter(.prePostingCountsForTier, [("2018-01-01", .flag(true))])]))
        ).counts
        #expect(counted.trained == [0, 0, 1])
        #expect(counted.prePosting == 2)
    }

    @Test("A county without data is 未报, never 0, and the others' parts still add up")
    func unreported() throws {
        let silent = CountyRecord(
            code: try #require(CountyCode("630203")), name: "平安区", prefecture: "海东市", isDeepPoverty: false)
        let far = CountyRecord(
            code: try #require(CountyCode("632721")), name: "远县", prefecture: "远州", isDeepPoverty: false)
        let extract = try #require(TrainingCoverage.extract(input([training(1, .county, "2019-04-01")])))
        let rows = TrainingCoverage.rows(
            year: 2019, counties: [far, silent, Fixture.county()], extracts: [extract], shares: [10, 30, 60],
            provinceNames: ["630000": "青海省"])
        #expect(rows.map(\.code) == ["630000", "630200", "630202", "630203", "632700", "632721"])
        #expect(rows.map { $0.counts?.headcount } == [3, 3, 3, nil, nil, nil])
        #expect(rows.map(\.status) == ["2个县(区)未报", "1个县(区)未报", "", "未报", "未报", "未报"])
        #expect(rows[0].coverage?.percentText == "33.33%")
        #expect(rows[0].left == [0, 1, 1])
        #expect(rows[3].coverage == nil)
    }

    @Test("Nominations: untrained, weak, longest in post, ID; never more than is left, nobody twice")
    func nominations() {
        let input = input([training(4, .county, "2019-04-01")])
        let rows = Nominations.compute(input, quota: [1, 1, 2]).rows
        #expect(rows.map(\.person.name) == ["甲二", "甲一"])
        #expect(rows.map(\.tier) == [.province, .prefecture])
        #expect(rows.map(\.reason) == ["未训、薄弱村", "未训"])
        #expect(Nominations.compute(input, quota: [0, 0, 1]).rows.isEmpty)
        #expect(Nominations.compute(input, quota: [0, 3, 0]).rows.map(\.person.name) == ["甲二", "甲一", "甲四"])
    }
}
