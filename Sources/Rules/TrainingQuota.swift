import Domain

// 青组字〔2018〕231号 第二条 (spec §7 M2): «Headcount N = cadres in post on as-of. Tiers 10/30/60 %
// province/prefecture/county. Integers q(county, tier) with: each county's tiers add up to its headcount (full
// coverage); at every node (province, prefecture, county) each tier is the floor or ceiling of its exact share;
// parts add up to wholes at every level. Solve top-down: province by largest remainder; then prefectures, then
// counties, each a controlled rounding that keeps row and column sums and minimises the sum of squared deviations
// from exact shares; ties by region code, then tier order.»

/// M2, training quota (培训计划) of a province by county and tier.
public enum TrainingQuota {
    public static let clause = LegalSource.measure(2)

    /// The tiers in their order, as columns of every quota.
    public static let tiers: [AdministrativeLevel] = [.province, .prefecture, .county]

    /// How many of a node's cadres each tier trains: province, prefecture, county.
    public typealias Quota = [Int]

    /// Quotas together, tier by tier.
    static func sum(_ quotas: [Quota]) -> Quota {
        quotas.reduce(tiers.map { _ in 0 }) { sum, quota in zip(sum, quota).map { $0 + $1 } }
    }

    /// The quotas of a province.
    public struct Plan: Hashable, Sendable {
        public let province: Quota
        /// By prefecture code (`630200`).
        public let prefectures: [String: Quota]
        public let counties: [CountyCode: Quota]
    }

    /// The plan for these headcounts. `shares`: percent by tier, adding up to 100 (policy `trainingTierShares`).
    ///
    /// - Complexity: cubic in prefectures, and in counties of one prefecture.
    public static func plan(headcounts: [CountyCode: Int], shares: [Int]) -> Plan {
        precondition(shares.count == tiers.count && shares.reduce(0, +) == 100, "shares are percentages of a whole")
        precondition(headcounts.values.allSatisfy { $0 >= 0 }, "a headcount is not negative")
        let byPrefecture = Dictionary(grouping: headcounts.keys.sorted(), by: \.prefectureCode)
        let codes = byPrefecture.keys.sorted()
        func exact(_ headcount: Int) -> [Int] { shares.map { headcount * $0 } }
        func count(_ prefecture: String) -> Int {
            (byPrefecture[prefecture] ?? []).reduce(0) { $0 + (headcounts[$1] ?? 0) }
        }
        let total = headcounts.values.reduce(0, +)
        let province = Rounding.largestRemainder(exact(total), 100, total: total)
        let ofPrefectures = ControlledRounding.round(codes.map { exact(count($0)) }, columns: province)
        var prefectures: [String: Quota] = [:]
        var counties: [CountyCode: Quota] = [:]
        for (code, quota) in zip(codes, ofPrefectures) {
            prefectures[code] = quota
            let members = byPrefecture[code] ?? []
            let ofCounties = ControlledRounding.round(members.map { exact(headcounts[$0] ?? 0) }, columns: quota)
            for (county, quota) in zip(members, ofCounties) { counties[county] = quota }
        }
        return Plan(province: province, prefectures: prefectures, counties: counties)
    }
}
