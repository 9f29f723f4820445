import Domain

// 青组字〔2018〕231号 第五条 (spec §7 M5): «`not-raised` (cover in force after valid-from not above the cover before it)».
// The flag compares one pair; here every renewal of every person is shown, so that the raise can be followed.

/// M5, whether the sum insured was raised, person by person over every renewal.
public enum InsuranceRenewals {
    public static let clause = LegalSource.measure(5)
    public static let forms: [FormID] = [.insurance]

    /// One policy and the one before it.
    public struct Row: Hashable, Sendable, Codable {
        public var person: PersonColumns
        public var insurer: String
        public var policyNumber: String
        public var cover: CivilDateRange
        public var sumInsured: Fen
        /// Of the policy before; nil for the first on record.
        public var previousSum: Fen?
        /// Whether it began on or after the day from which the measures are in force.
        public var isUnderMeasures: Bool
        /// The policy before, then the policy.
        public var evidence: [SourceCell]

        /// Above, equal or below the policy before; nil for the first.
        public var change: Change? {
            previousSum.map { sumInsured > $0 ? .raised : sumInsured == $0 ? .same : .lowered }
        }
    }

    public enum Change: Int, Hashable, Comparable, Sendable, Codable {
        case raised, same, lowered

        public var chinese: String {
            switch self {
            case .raised: "提高"
            case .same: "未提高"
            case .lowered: "降低"
            }
        }
        public static func < (left: Change, right: Change) -> Bool { left.rawValue < right.rawValue }
    }

    /// Policies of who was posted in the year up to as-of, as far as they begin by then; by township, village, name,
    /// ID, then start of cover. A policy is compared with the one that began before it, as the flag does.
    public static func compute(_ input: YearInput) -> RuleResult<Row> {
        let policies = Dictionary(
            grouping: input.records.insurance.filter { input.hasCome($0.cover.start) }, by: \.person)
        let rows = input.records.cadres.flatMap { cadre -> [Row] in
            guard input.isCounted(cadre), input.wasPosted(cadre) else { return [] }
            let own = (policies[cadre.id] ?? []).sorted {
                ($0.cover.start, $0.cover.end, $0.policyNumber) < ($1.cover.start, $1.cover.end, $1.policyNumber)
            }
            return own.enumerated().map { index, policy in
                let previous = index > 0 ? own[index - 1] : nil
                return Row(
                    person: input.person(cadre), insurer: policy.insurer ?? "",
                    policyNumber: policy.policyNumber, cover: policy.cover, sumInsured: policy.sumInsured,
                    previousSum: previous?.sumInsured,
                    isUnderMeasures: input.inForceFrom.map { policy.cover.start >= $0 } ?? true,
                    evidence: (previous.map { [$0.source] } ?? []) + [policy.source])
            }
        }
        return RuleResult(
            rows: rows.sorted {
                ($0.person, $0.cover.start, $0.policyNumber) < ($1.person, $1.cover.start, $1.policyNumber)
            },
            unreportedForms: input.unreported(forms))
    }
}
