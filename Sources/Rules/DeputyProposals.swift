import Domain

// 青组字〔2018〕231号 第一条 (spec §7 M1): «The graduates who could serve are matched to villages without a deputy, same
// county, weak villages first, as a proposal.» Who is appointed is decided by people.

/// M1, which selected graduate could serve as deputy secretary of which village: a proposal.
public enum DeputyProposals {
    public static let clause = LegalSource.measure(1)
    public static let forms: [FormID] = Staffing.forms

    /// How far the graduate would move.
    public enum Nearness: Int, Hashable, Comparable, Sendable, Codable {
        case sameVillage, sameTownship, sameCounty

        public var chinese: String {
            switch self {
            case .sameVillage: "本村在岗"
            case .sameTownship: "同乡镇"
            case .sameCounty: "同县区"
            }
        }
        public static func < (left: Nearness, right: Nearness) -> Bool { left.rawValue < right.rawValue }
    }

    /// Whom the proposal names.
    public struct Graduate: Hashable, Sendable, Codable {
        public var person: PersonColumns
        public var workStart: CivilDate
        public var nearness: Nearness
        /// A first secretary leaves a place behind: he is named only where nobody else is left.
        public var isFirstSecretary: Bool
        public var evidence: SourceCell
    }

    /// A village without a deputy among the selected graduates.
    public struct Row: Hashable, Sendable, Codable {
        public var countyName: String
        public var village: VillageRecord
        /// Nil where no graduate is left.
        public var graduate: Graduate?

        public var evidence: [SourceCell] { [village.source] + (graduate.map { [$0.evidence] } ?? []) }
    }

    /// Weak villages first, then those of deep poverty, then by township, village.
    ///
    /// A village of a group takes first who is posted in it, then who is in its township, then anybody; of several, who
    /// has worked longest, then by ID. Nobody is named twice.
    public static func compute(_ input: YearInput) -> RuleResult<Row> {
        let staffing = Staffing.compute(input).rows
        let villages = staffing.filter { $0.gap == .noDeputy }.map(\.village)
        var pool = staffing.filter { $0.gap == .candidate }.compactMap { row in
            row.person.flatMap(input.cadre)
        }.sorted { ($0.workStart ?? input.asOf, $0.id) < ($1.workStart ?? input.asOf, $1.id) }
        var chosen: [VillageKey: Graduate] = [:]
        for group in Dictionary(grouping: villages, by: priority).sorted(by: { $0.key < $1.key }).map(\.value) {
            for isSecretary in [false, true] {
                for nearness in [Nearness.sameVillage, .sameTownship, .sameCounty] {
                    for village in group.sorted(by: { $0.key < $1.key }) where chosen[village.key] == nil {
                        let fit = pool.firstIndex { cadre in
                            guard let posting = input.posting(cadre) else { return false }
                            return (posting.role == .firstSecretary) == isSecretary
                                && self.nearness(posting, village) == nearness
                        }
                        guard let fit else { continue }
                        chosen[village.key] = graduate(pool.remove(at: fit), village, input)
                    }
                }
            }
        }
        let rows = villages.sorted { (priority($0), $0.key) < (priority($1), $1.key) }.map {
            Row(countyName: input.records.county.name, village: $0, graduate: chosen[$0.key])
        }
        return RuleResult(
            rows: rows, unreportedForms: input.unreported(forms), parameters: input.used(.minimumWorkYears))
    }

    /// 0 for weak villages, 1 for those of deep poverty, 2 for the others.
    private static func priority(_ village: VillageRecord) -> Int {
        village.isWeak ? 0 : village.isDeepPoverty ? 1 : 2
    }

    private static func nearness(_ posting: Posting, _ village: VillageRecord) -> Nearness {
        if posting.villageKey == village.key { return .sameVillage }
        return posting.villageKey.township == village.key.township ? .sameTownship : .sameCounty
    }

    private static func graduate(_ cadre: Cadre, _ village: VillageRecord, _ input: YearInput) -> Graduate? {
        guard let posting = input.posting(cadre), let workStart = cadre.workStart else { return nil }
        return Graduate(
            person: input.person(cadre), workStart: workStart,
            nearness: nearness(posting, village), isFirstSecretary: posting.role == .firstSecretary,
            evidence: posting.source)
    }
}
