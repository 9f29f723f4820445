import Domain

// 青组字〔2018〕231号 第九条 (spec §7 M9): «working meetings per quarter». How many there should be, the text does not say.

/// M9, working meetings (工作例会) per quarter.
public enum WorkingMeetings {
    public static let clause = LegalSource.measure(9)
    public static let forms: [FormID] = [.meetings]

    /// A township (empty: the county) in a quarter.
    public struct Row: Hashable, Sendable, Codable {
        public var township: String
        public var quarter: Quarter
        /// 次数.
        public var count: Int
        public var isRunning: Bool
        public var evidence: [SourceCell]
    }

    /// The county itself, then every township with a cadre in the quarter or with a meeting; by quarter, township.
    ///
    /// Quarters that ended before the measures were in force are listed only where one was held. Nothing where the form
    /// never came.
    public static func compute(_ input: YearInput) -> RuleResult<Row> {
        let unreported = input.unreported(forms)
        guard unreported.isEmpty else { return RuleResult(rows: [], unreportedForms: unreported) }
        let meetings = MeetingShares.compute(input).rows.filter { $0.kind == .working }
        var rows: [Row] = []
        for quarter in input.begunQuarters {
            let held = Dictionary(grouping: meetings.filter { quarter.range.contains($0.date) }, by: \.township)
            var townships = Set(held.keys)
            if input.isDue(quarter), let range = input.elapsed(of: quarter.range) {
                townships.insert("")
                townships.formUnion(
                    input.records.cadres.flatMap(\.postings).filter { $0.days(within: range) != nil }.map(\.township))
            }
            rows += townships.sorted().map { township in
                Row(
                    township: township, quarter: quarter, count: held[township]?.count ?? 0,
                    isRunning: !input.isOver(quarter), evidence: (held[township] ?? []).flatMap(\.evidence))
            }
        }
        return RuleResult(rows: rows, unreportedForms: unreported)
    }
}
