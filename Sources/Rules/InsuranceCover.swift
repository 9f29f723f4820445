import Domain

// 青组字〔2018〕231号 第五条 (spec §7 M5): «Per cadre over the days of posting in the year up to as-of: `uninsured`, `gap`
// (each uncovered date range), `expiring` (≤ 30 days after as-of), `below-minimum` (policy `minimumSumInsured`,
// not set by the text; the latest cover counts), `not-raised` (compares the first policy that starts on or after
// valid-from with the one before: not above it), uninsured (起/止 the first and last posted day) excludes gap; a
// move between villages splits nothing. Overlapping and back-to-back policies join.»

/// M5, insurance flags.
public enum InsuranceCover {
    public static let clause = LegalSource.measure(5)
    public static let forms: [FormID] = [.insurance]

    /// What is wrong with a cadre's cover.
    public enum Flag: String, Hashable, Sendable, Codable, CaseIterable {
        case uninsured
        case gap
        case expiring
        case belowMinimum = "below-minimum"
        case notRaised = "not-raised"

        /// For the sheet that people read.
        public var chinese: String {
            switch self {
            case .uninsured: "未参保"
            case .gap: "保障中断"
            case .expiring: "即将到期"
            case .belowMinimum: "低于最低保额"
            case .notRaised: "保额未提高"
            }
        }
    }

    /// One flag of one cadre.
    public struct Row: Hashable, Sendable, Codable {
        public var countyName: String
        public var person: PersonColumns
        public var flag: Flag
        /// 起/止: the days without cover; as-of and the cover's last day; the days of the policy compared.
        public var days: CivilDateRange
        /// Only where the sum is what is wrong.
        public var sumInsured: Fen?
        /// What it is compared with: the minimum, or the policy before.
        public var comparedSum: Fen?
        /// Cells of the policies concerned.
        public var evidence: [SourceCell]
    }

    /// By township, village, name, ID; then flag, date.
    public static func compute(_ input: YearInput) -> RuleResult<Row> { input.once { made(input) } }

    private static func made(_ input: YearInput) -> RuleResult<Row> {
        var rows: [Row] = []
        var findings: [Finding] = []
        let policies = Dictionary(grouping: input.records.insurance, by: \.person).mapValues { records in
            records.sorted {
                ($0.cover.start, $0.cover.end, $0.policyNumber) < ($1.cover.start, $1.cover.end, $1.policyNumber)
            }
        }
        let minimum = input.policy.money(.minimumSumInsured, on: input.policyDay)?.value
        if minimum == nil, input.policy.has(.minimumSumInsured) {
            findings.append(input.parameterMissing(.minimumSumInsured, on: input.asOf))
        }
        let expiringDays = input.policy.count(.insuranceExpiringDays, on: input.policyDay)?.value
        if expiringDays == nil { findings.append(input.parameterMissing(.insuranceExpiringDays, on: input.asOf)) }
        let validFrom = input.inForceFrom

        for cadre in forms.allSatisfy(input.isSent) ? input.records.cadres : [] where input.isCounted(cadre) {
            let posted = input.postedDays(cadre)
            guard let hull = posted.hull else { continue }
            let person = input.person(cadre)
            let own = policies[cadre.id] ?? []
            func add(
                _ flag: Flag, _ days: CivilDateRange, _ sum: Fen? = nil, than other: Fen? = nil,
                _ evidence: [InsuranceRecord] = []
            ) {
                rows.append(
                    Row(
                        countyName: input.records.county.name, person: person, flag: flag, days: days,
                        sumInsured: sum, comparedSum: other, evidence: evidence.map(\.source)))
            }
            let covered = DayIntervals(own.map(\.cover))
            let concerned = own.filter { !posted.intersection(DayIntervals([$0.cover])).isEmpty }
            if concerned.isEmpty {
                add(.uninsured, hull, nil, own)
                continue
            }
            for gap in posted.subtracting(covered).ranges { add(.gap, gap, nil, own) }
            if !input.postings(cadre).isEmpty, let cover = covered.range(holding: input.asOf),
                let expiringDays, cover.end.days(since: input.asOf) <= expiringDays,
                let days = CivilDateRange(input.asOf, cover.end)
            {
                add(.expiring, days, nil, own.filter { $0.cover.end == cover.end })
            }
            if let minimum, let latest = concerned.last, latest.sumInsured < minimum {
                add(.belowMinimum, latest.cover, latest.sumInsured, than: minimum, [latest])
            }
            if let validFrom, let index = own.firstIndex(where: { $0.cover.start >= validFrom }), index > 0,
                concerned.contains(own[index]), own[index].sumInsured <= own[index - 1].sumInsured
            {
                add(
                    .notRaised, own[index].cover, own[index].sumInsured, than: own[index - 1].sumInsured,
                    [own[index - 1], own[index]])
            }
        }
        let order = Dictionary(uniqueKeysWithValues: Flag.allCases.enumerated().map { ($0.element, $0.offset) })
        rows.sort {
            $0.person == $1.person
                ? (order[$0.flag] ?? 0, $0.days.start) < (order[$1.flag] ?? 0, $1.days.start) : $0.person < $1.person
        }
        return input.result(
            rows, findings: findings, of: forms, needs: forms,
            parameters: input.used(.insuranceExpiringDays, .minimumSumInsured))
    }
}
