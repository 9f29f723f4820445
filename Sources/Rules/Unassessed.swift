import Domain

// 青组字〔2018〕231号 第六条 (spec §7 M6): «assessed against in post: who is not assessed».

/// M6, who is in post and has no assessment of the year.
public enum Unassessed {
    public static let clause = LegalSource.measure(6)
    public static let forms: [FormID] = [.roster, .assessment]

    /// One cadre.
    public struct Row: Hashable, Sendable, Codable {
        public var person: PersonColumns
        public var posted: CivilDate
        /// While the year runs the assessment is awaited, not missed.
        public var isAwaited: Bool
        public var evidence: [SourceCell]

        /// 状态.
        public var status: String { isAwaited ? "待考核" : "未考核" }
    }

    /// Of the cadres in post on as-of, by township, village, name, ID. Nothing where no assessment was ever reported.
    public static func compute(_ input: YearInput) -> RuleResult<Row> {
        let unreported = input.unreported(forms)
        guard !unreported.contains(.assessment) else { return RuleResult(rows: [], unreportedForms: unreported) }
        let assessed = Set(input.records.assessments.filter { $0.year == input.year }.map(\.person))
        let isAwaited = !input.isOver
        let rows = input.counted.filter { !assessed.contains($0.id) }.compactMap { cadre -> Row? in
            input.posting(cadre).map {
                Row(
                    person: PersonColumns(cadre, in: $0), posted: $0.start, isAwaited: isAwaited,
                    evidence: [$0.source])
            }
        }
        return RuleResult(rows: rows.sorted { $0.person < $1.person }, unreportedForms: unreported)
    }
}
