import Domain

// 青组字〔2018〕231号 第四条 (spec §7 M4): «villages and cadres never checked».

/// M4, whom nobody checked in the year.
public enum Unchecked {
    public static let clause = LegalSource.measure(4)
    public static let forms: [FormID] = [.spotChecks]

    /// A village in which cadres are in post and that no check of the year concerned.
    public struct VillageRow: Hashable, Sendable, Codable {
        public var countyName: String
        public var township: String
        public var village: String
        /// 驻村干部数 in post there on as-of.
        public var cadres: Int
        public var evidence: [SourceCell]
    }

    /// A cadre in post whom no check of the year concerned.
    public struct CadreRow: Hashable, Sendable, Codable {
        public var person: PersonColumns
        /// Whether others of the village were checked.
        public var isVillageChecked: Bool
        public var evidence: [SourceCell]
    }

    /// By township, village. Nothing where no check was ever reported: nobody knows.
    public static func villages(_ input: YearInput) -> RuleResult<VillageRow> {
        let unreported = input.unreported(forms)
        guard unreported.isEmpty else { return RuleResult(rows: [], unreportedForms: unreported) }
        let checked = checkedVillages(input)
        var posted: [VillageKey: (posting: Posting, people: Set<ResidentID>)] = [:]
        for cadre in input.inPost {
            for posting in input.postings(cadre) where !checked.contains(posting.villageKey) {
                posted[posting.villageKey, default: (posting, [])].people.insert(cadre.id)
            }
        }
        let rows = posted.sorted { $0.key < $1.key }.map { _, entry in
            VillageRow(
                countyName: input.records.county.name, township: entry.posting.township,
                village: entry.posting.village, cadres: entry.people.count, evidence: [entry.posting.source])
        }
        return RuleResult(rows: rows, unreportedForms: unreported)
    }

    /// By township, village, name, ID. A person in post in two counties stands where he is counted.
    public static func cadres(_ input: YearInput) -> RuleResult<CadreRow> {
        let unreported = input.unreported(forms)
        guard unreported.isEmpty else { return RuleResult(rows: [], unreportedForms: unreported) }
        let people = Set(
            input.records.spotChecks.filter { input.hasElapsed($0.date) && input.wasInPost($0.person, on: $0.date) }
                .map(\.person))
        let villages = checkedVillages(input)
        let rows = input.counted.filter { !people.contains($0.id) }.compactMap { cadre -> CadreRow? in
            guard let posting = input.posting(cadre) else { return nil }
            return CadreRow(
                person: PersonColumns(cadre, in: posting), isVillageChecked: villages.contains(posting.villageKey),
                evidence: [posting.source])
        }
        return RuleResult(rows: rows.sorted { $0.person < $1.person }, unreportedForms: unreported)
    }

    private static func checkedVillages(_ input: YearInput) -> Set<VillageKey> {
        Set(
            input.records.spotChecks.filter {
                input.hasElapsed($0.date) && input.wasInPost($0.person, on: $0.date)
            }.compactMap {
                SpotCheckCounts.village(of: $0, input)
            })
    }
}
