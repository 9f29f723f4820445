import Domain

// 青组字〔2018〕231号 第二条 (spec §7 M2): «Per organiser (组织部门 / 扶贫部门, from 主办单位) what each tier held.»

/// M2, what each tier's organisers held.
public enum TrainingOrganisers {
    public static let clause = LegalSource.measure(2)
    public static let forms: [FormID] = [.training]

    /// Who held a class, by the words of 主办单位.
    public enum Organiser: Int, Hashable, Comparable, Sendable, Codable, CaseIterable {
        case organisation, povertyRelief
        /// Both are named.
        case joint
        case other
        /// The sheet does not say.
        case unnamed

        /// Reads 主办单位: 县委组织部, 扶贫开发局, 组织部和扶贫局.
        public init(_ text: String?) {
            let key = TextFolding.key(text ?? "")
            let organises = key.contains("组织部") || key.contains("组织人事") || key.contains("党校")
            let relieves = key.contains("扶贫")
            switch (organises, relieves) {
            case (true, true): self = .joint
            case (true, false): self = .organisation
            case (false, true): self = .povertyRelief
            case (false, false): self = key.isEmpty ? .unnamed : .other
            }
        }

        public var chinese: String {
            switch self {
            case .organisation: "组织部门"
            case .povertyRelief: "扶贫部门"
            case .joint: "组织、扶贫部门联合"
            case .other: "其他"
            case .unnamed: "未注明"
            }
        }
        public static func < (left: Organiser, right: Organiser) -> Bool { left.rawValue < right.rawValue }
    }

    /// A class that cadres of a county went to. It holds no person.
    public struct HeldClass: Hashable, Comparable, Sendable, Codable {
        public var tier: AdministrativeLevel
        public var organiser: Organiser
        public var name: String
        public var start: CivilDate

        public static func < (left: HeldClass, right: HeldClass) -> Bool {
            (left.tier, left.organiser, left.start, left.name) < (right.tier, right.organiser, right.start, right.name)
        }
    }

    /// What a tier's organiser held.
    public struct Row: Hashable, Sendable, Codable {
        /// 任前 classes stand apart: they are nothing of the tier's share.
        public var isPrePosting: Bool
        public var tier: AdministrativeLevel
        public var organiser: Organiser
        /// By start, name.
        public var classes: [HeldClass]
        /// 人次.
        public var attendances: Int
        /// Distinct cadres.
        public var people: Int
        public var evidence: [SourceCell]
    }

    /// By tier from the province down, then organiser; 任前 classes after them, unless they count for the tiers. Every
    /// class of the year up to as-of that a cadre whom this county counts went to, whatever its kind; who failed has
    /// been there too.
    public static func compute(_ input: YearInput) -> RuleResult<Row> {
        let trainings = input.records.trainings.filter { training in
            input.hasElapsed(training.start)
                && input.cadre(training.person).map { input.isCounted($0) } ?? false
        }
        let prePostingCounts = input.policy.flag(.prePostingCountsForTier, on: input.policyDay)?.value ?? false
        let groups = Dictionary(grouping: trainings) {
            Key($0, isPrePosting: $0.kind == .prePosting && !prePostingCounts)
        }
        let rows = groups.keys.sorted().map { row($0, groups[$0] ?? []) }
        return RuleResult(rows: rows, unreportedForms: input.unreported(forms))
    }

    private struct Key: Hashable, Comparable {
        let isPrePosting: Bool
        let tier: AdministrativeLevel
        let organiser: Organiser

        init(_ training: TrainingRecord, isPrePosting: Bool) {
            self.isPrePosting = isPrePosting
            tier = training.tier
            organiser = Organiser(training.organiser)
        }

        static func < (left: Key, right: Key) -> Bool {
            (left.isPrePosting ? 1 : 0, left.tier, left.organiser)
                < (right.isPrePosting ? 1 : 0, right.tier, right.organiser)
        }
    }

    private static func row(_ key: Key, _ trainings: [TrainingRecord]) -> Row {
        let classes = trainings.map {
            HeldClass(
                tier: key.tier, organiser: key.organiser, name: TextFolding.key($0.trainingClass), start: $0.start)
        }
        return Row(
            isPrePosting: key.isPrePosting, tier: key.tier, organiser: key.organiser, classes: Set(classes).sorted(),
            attendances: trainings.count,
            people: Set(trainings.map(\.person)).count, evidence: trainings.map(\.source).sorted())
    }

    /// Rows of several counties together: a class that people of two counties went to was held once, and a person is
    /// counted by one county.
    public static func joined(_ counties: [[Row]]) -> [Row] {
        var rows: [Row] = []
        for row in counties.flatMap({ $0 }) {
            if let index = rows.firstIndex(where: {
                $0.isPrePosting == row.isPrePosting && $0.tier == row.tier && $0.organiser == row.organiser
            }) {
                rows[index].classes = Set(rows[index].classes).union(row.classes).sorted()
                rows[index].attendances += row.attendances
                rows[index].people += row.people
            } else {
                var row = row
                row.evidence = []
                rows.append(row)
            }
        }
        return rows.sorted {
            ($0.isPrePosting ? 1 : 0, $0.tier, $0.organiser) < ($1.isPrePosting ? 1 : 0, $1.tier, $1.organiser)
        }
    }
}
