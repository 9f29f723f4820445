import Domain

// 青组字〔2018〕231号 第二条 (spec §7 M2): «Coverage: distinct cadres in post with a training in the calendar year that was
// not failed (only 不合格 fails), by tier and overall (a person counts once overall, once per tier), pre-posting
// training (任前; from training records, else the roster's date in the year) shown apart and not counted in tiers
// unless `prePostingCountsForTier`, weak-village cadres shown apart; plan, done, left per tier and node; counties
// without data are shown as 未报, not as 0.»

/// What a county contributes to the province's coverage: counts only, no personal data.
public struct CountyTrainingExtract: Hashable, Sendable, Codable {
    public var county: CountyRecord
    public var year: Int
    public var counts: TrainingCounts
    /// Whether any training form was received.
    public var isTrainingReported: Bool
}

/// Who of a node's cadres was trained.
public struct TrainingCounts: Hashable, Sendable, Codable {
    /// 驻村干部数: in post on as-of.
    public var headcount = 0
    /// By tier: province, prefecture, county.
    public var trained = [0, 0, 0]
    /// 已训人数: once a person.
    public var trainedOverall = 0
    /// 薄弱村干部数.
    public var weakVillageHeadcount = 0
    /// 薄弱村已训.
    public var weakVillageTrained = 0
    /// 任前培训人数.
    public var prePosting = 0
    /// Weak-village cadres with 业务 training.
    public var weakVillageProfessional = 0

    public init() {}

    /// Reads what an earlier version counted, too.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        headcount = try values.decode(Int.self, forKey: .headcount)
        trained = try values.decode([Int].self, forKey: .trained)
        trainedOverall = try values.decode(Int.self, forKey: .trainedOverall)
        weakVillageHeadcount = try values.decode(Int.self, forKey: .weakVillageHeadcount)
        weakVillageTrained = try values.decode(Int.self, forKey: .weakVillageTrained)
        prePosting = try values.decode(Int.self, forKey: .prePosting)
        weakVillageProfessional = try values.decodeIfPresent(Int.self, forKey: .weakVillageProfessional) ?? 0
    }

    /// 未训人数.
    public var untrained: Int { headcount - trainedOverall }

    static func + (left: TrainingCounts, right: TrainingCounts) -> TrainingCounts {
        var sum = left
        sum.headcount += right.headcount
        sum.trained = zip(left.trained, right.trained).map { $0 + $1 }
        sum.trainedOverall += right.trainedOverall
        sum.weakVillageHeadcount += right.weakVillageHeadcount
        sum.weakVillageTrained += right.weakVillageTrained
        sum.prePosting += right.prePosting
        sum.weakVillageProfessional += right.weakVillageProfessional
        return sum
    }
}

/// M2, training coverage (培训覆盖).
public enum TrainingCoverage {
    public static let clause = LegalSource.measure(2)
    public static let forms: [FormID] = [.roster, .training]

    /// What one person has been trained in.
    public struct Person: Hashable, Sendable {
        /// Tiers with a training of the year that was not failed.
        public var tiers: Set<AdministrativeLevel> = []
        public var hasPrePosting = false
        public var hasProfessional = false
        /// Counts overall.
        public var isTrained: Bool { !tiers.isEmpty }
    }

    /// A province, a prefecture or a county.
    public struct Row: Hashable, Sendable, Codable {
        public var year: Int
        /// Province, prefecture or county.
        public var level: AdministrativeLevel
        /// Six digits.
        public var code: String
        public var name: String
        /// Nil where no roster was sent: 未报, not 0.
        public var counts: TrainingCounts?
        /// Of the counties that sent a training form too; nil where none did. Who was not trained is known of them
        /// alone.
        public var told: TrainingCounts?
        /// Plan by tier; nil where nothing was reported.
        public var plan: [Int]?
        /// Counties of this node without data.
        public var countiesMissing: Int
        /// Counties with a roster that sent no training form.
        public var countiesWithoutTraining: Int

        /// 省, 市(州), 县(区).
        public var levelText: String {
            switch level {
            case .prefecture: "市(州)"
            case .county: "县(区)"
            default: level.chinese
            }
        }
        /// Left by tier, not below 0.
        public var left: [Int]? {
            guard let plan, let counts, told != nil else { return nil }
            return zip(plan, counts.trained).map { max(0, $0 - $1) }
        }
        /// 覆盖率 of the counties that sent a training form; nil without data or without cadres.
        public var coverage: Ratio? { told.flatMap { Ratio($0.trainedOverall, of: $0.headcount) } }
        /// 未训人数 of the counties that sent a training form.
        public var untrained: Int? { told?.untrained }
        /// Trained people of a kind; where no training form came, those that other counties' lists show, and no 0.
        public func known(_ number: (TrainingCounts) -> Int) -> Int? {
            guard let number = counts.map(number) else { return nil }
            return told != nil || number > 0 ? number : nil
        }
        /// 状态; empty where all is reported.
        public var status: String {
            guard counts != nil else { return "未报" }
            var parts: [String] = []
            if countiesMissing > 0 { parts.append("\(countiesMissing)个县(区)未报") }
            if countiesWithoutTraining > 0 {
                parts.append(level == .county ? "培训未报" : "\(countiesWithoutTraining)个县(区)培训未报")
            }
            return parts.joined(separator: "；")
        }
    }

    /// The trainings of every cadre of the county in the year up to as-of, by person.
    ///
    /// A class counts in the year in which it begins.
    public static func people(_ input: YearInput) -> [ResidentID: Person] {
        let prePostingCounts = input.policy.flag(.prePostingCountsForTier, on: input.policyDay)?.value ?? false
        var people: [ResidentID: Person] = [:]
        var hasPrePostingRecord: Set<ResidentID> = []
        for training in input.records.trainings where input.hasElapsed(training.start) {
            let isPrePosting = training.kind == .prePosting
            if isPrePosting { hasPrePostingRecord.insert(training.person) }
            guard !training.isFailed else { continue }
            if isPrePosting { people[training.person, default: Person()].hasPrePosting = true }
            if training.kind == .professional { people[training.person, default: Person()].hasProfessional = true }
            if TrainingQuota.tiers.contains(training.tier), !isPrePosting || prePostingCounts {
                people[training.person, default: Person()].tiers.insert(training.tier)
            }
        }
        for cadre in input.records.cadres where !hasPrePostingRecord.contains(cadre.id) {
            if let date = cadre.prePostingTraining, input.hasElapsed(date) {
                people[cadre.id, default: Person()].hasPrePosting = true
            }
        }
        return people
    }

    /// The parameters of the measure that have no value on as-of: without them nothing is planned, and pre-posting
    /// training stays apart.
    public static func missingParameters(_ input: YearInput) -> [Finding] {
        [ParameterID.trainingTierShares, .prePostingCountsForTier]
            .filter { input.policy.value($0, on: input.policyDay) == nil }
            .map { input.parameterMissing($0, on: input.asOf) }
    }

    /// The county's contribution; nil for a county without a roster.
    public static func extract(_ input: YearInput) -> CountyTrainingExtract? {
        guard input.isSent(.roster) else { return nil }
        let people = people(input)
        let weak = Set(input.records.villages.filter(\.isWeak).map(\.key))
        var counts = TrainingCounts()
        for cadre in input.counted {
            let person = people[cadre.id] ?? Person()
            let isWeak = input.postings(cadre).contains { weak.contains($0.villageKey) }
            counts.headcount += 1
            for (index, tier) in TrainingQuota.tiers.enumerated() where person.tiers.contains(tier) {
                counts.trained[index] += 1
            }
            if person.isTrained { counts.trainedOverall += 1 }
            if isWeak { counts.weakVillageHeadcount += 1 }
            if isWeak && person.isTrained { counts.weakVillageTrained += 1 }
            if isWeak && person.hasProfessional { counts.weakVillageProfessional += 1 }
            if person.hasPrePosting { counts.prePosting += 1 }
        }
        return CountyTrainingExtract(
            county: input.records.county, year: input.year, counts: counts,
            isTrainingReported: input.isSent(.training))
    }

    /// The plan of each province for the extracts' headcounts, by province code.
    public static func plans(_ extracts: [CountyTrainingExtract], shares: [Int]) -> [String: TrainingQuota.Plan] {
        Dictionary(grouping: extracts, by: \.county.code.provinceCode).mapValues { extracts in
            TrainingQuota.plan(
                headcounts: Dictionary(
                    extracts.map { ($0.county.code, $0.counts.headcount) }, uniquingKeysWith: { _, last in last }),
                shares: shares)
        }
    }

    /// Of a country its sums; then each province, each of its prefectures followed by its counties, by code.
    ///
    /// `counties` are all that should report; `provinceNames` the provinces' names by code (`630000`).
    public static func rows(
        year: Int, counties: [CountyRecord], extracts: [CountyTrainingExtract], shares: [Int],
        provinceNames: [String: String]
    ) -> [Row] {
        let extracts = extracts.filter { $0.year == year }
        let plans = plans(extracts, shares: shares)
        let reported = Dictionary(extracts.map { ($0.county.code, $0) }, uniquingKeysWith: { _, last in last })
        let all = Dictionary(
            (counties + extracts.map(\.county)).map { ($0.code, $0) }, uniquingKeysWith: { _, last in last }
        )
        .values.sorted { $0.code < $1.code }

        func node(_ level: AdministrativeLevel, _ code: String, _ name: String, _ members: [CountyRecord]) -> Row {
            let sent = members.compactMap { reported[$0.code] }
            let told = sent.filter(\.isTrainingReported)
            let plan = members.first.flatMap { plans[$0.code.provinceCode] }
            let quota: [Int]? =
                switch level {
                case .national: TrainingQuota.sum(plans.values.map(\.province))
                case .county: members.first.flatMap { plan?.counties[$0.code] }
                case .prefecture: plan?.prefectures[code]
                default: plan?.province
                }
            return Row(
                year: year, level: level, code: code, name: name,
                counts: sent.isEmpty ? nil : sent.map(\.counts).reduce(TrainingCounts(), +),
                told: told.isEmpty ? nil : told.map(\.counts).reduce(TrainingCounts(), +),
                plan: sent.isEmpty ? nil : quota, countiesMissing: members.count - sent.count,
                countiesWithoutTraining: sent.count { !$0.isTrainingReported })
        }
        var rows: [Row] = []
        if Set(all.map(\.code.provinceCode)).count > 1 { rows.append(node(.national, "000000", "全国", all)) }
        for (province, members) in grouped(all, by: \.code.provinceCode) {
            rows.append(node(.province, province, provinceNames[province] ?? province, members))
            for (prefecture, members) in grouped(members, by: \.code.prefectureCode) {
                rows.append(node(.prefecture, prefecture, members.first?.prefecture ?? prefecture, members))
                for county in members { rows.append(node(.county, county.code.text, county.name, [county])) }
            }
        }
        return rows
    }

    private static func grouped(
        _ counties: [CountyRecord], by code: (CountyRecord) -> String
    ) -> [(key: String, value: [CountyRecord])] {
        Dictionary(grouping: counties, by: code).sorted { $0.key < $1.key }
    }
}
