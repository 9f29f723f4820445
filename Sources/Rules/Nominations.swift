import Domain

// 青组字〔2018〕231号 第二条 (spec §7 M2): «Nominations: who goes to which tier's class for what is left: untrained first,
// weak villages first, then longest in post (since the first posting), then ID; never more than the quota; nobody
// twice.»

/// M2, nominations (调训名单) for what is left of a county's quota.
public enum Nominations {
    public static let clause = LegalSource.measure(2)
    public static let forms: [FormID] = [.roster, .training]

    /// One nomination.
    public struct Row: Hashable, Sendable, Codable {
        public var year: Int
        public var countyName: String
        public var tier: AdministrativeLevel
        /// 序号 within the tier, from 1.
        public var number: Int
        public var person: PersonColumns
        /// Nil where no training form was sent and nothing shows it: nobody is called untrained for that.
        public var isTrained: Bool?
        public var isWeakVillage: Bool
        public var firstPosted: CivilDate
        /// Cell of the roster.
        public var evidence: [SourceCell]

        /// 理由.
        public var reason: String {
            let training = isTrained.map { $0 ? "已参加其他级别培训" : "未训" } ?? "培训情况未报送"
            let parts = [training, isWeakVillage ? "薄弱村" : nil]
            return parts.compactMap { $0 }.joined(separator: "、")
        }
    }

    /// By tier (province, prefecture, county), then the order in which people go. `quota`: the county's, by tier.
    ///
    /// Before the first class of a county is on file its people go by village and time in post, but for who is known
    /// from another county's list to be trained.
    public static func compute(_ input: YearInput, quota: TrainingQuota.Quota) -> RuleResult<Row> {
        let trainings = TrainingCoverage.people(input)
        let weak = Set(input.records.villages.filter(\.isWeak).map(\.key))
        let inPost = input.counted
        let isReported = input.isSent(.training)
        let candidates = inPost.compactMap { cadre -> (row: Row, tiers: Set<AdministrativeLevel>)? in
            guard let first = input.firstPosted(cadre) else { return nil }
            let training = trainings[cadre.id] ?? TrainingCoverage.Person()
            let row = Row(
                year: input.year, countyName: input.records.county.name, tier: .province, number: 0,
                person: input.person(cadre),
                isTrained: training.isTrained ? true : isReported ? false : nil,
                isWeakVillage: input.postings(cadre).contains { weak.contains($0.villageKey) },
                firstPosted: first, evidence: input.posting(cadre).map { [$0.source] } ?? [])
            return (row, training.tiers)
        }.sorted { left, right in
            let (left, right) = (left.row, right.row)
            if left.isTrained != right.isTrained { return right.isTrained == true }
            if left.isWeakVillage != right.isWeakVillage { return left.isWeakVillage }
            return (left.firstPosted, left.person.id) < (right.firstPosted, right.person.id)
        }
        var rows: [Row] = []
        var nominated: Set<ResidentID> = []
        for (index, tier) in TrainingQuota.tiers.enumerated() {
            let done = inPost.count { trainings[$0.id]?.tiers.contains(tier) ?? false }
            let left = max(0, quota[index] - done)
            let chosen = candidates.filter { !$0.tiers.contains(tier) && !nominated.contains($0.row.person.id) }
            for (number, candidate) in chosen.prefix(left).enumerated() {
                var row = candidate.row
                row.tier = tier
                row.number = number + 1
                nominated.insert(row.person.id)
                rows.append(row)
            }
        }
        return RuleResult(
            rows: rows, unreportedForms: input.unreported(forms),
            parameters: input.used(.trainingTierShares, .prePostingCountsForTier))
    }
}
