import Domain

// 青组字〔2018〕231号 第九条 (spec §7 M9): «cadres without a talk in the quarter».

/// M9, talks (谈心谈话) with every cadre in every quarter.
public enum CadreTalks {
    public static let clause = LegalSource.measure(9)
    public static let forms: [FormID] = [.meetings]

    /// 状态.
    public enum Status: String, Hashable, Sendable, Codable {
        case held
        /// The quarter is running.
        case due
        case missed

        public var chinese: String {
            switch self {
            case .held: "已谈话"
            case .due: "待谈话"
            case .missed: "未谈话"
            }
        }
    }

    /// A cadre in a quarter.
    public struct Row: Hashable, Sendable, Codable {
        public var countyName: String
        public var person: PersonColumns
        public var quarter: Quarter
        /// 次数.
        public var count: Int
        public var status: Status
        /// Cells of the talks; of the roster where there is none.
        public var evidence: [SourceCell]
    }

    /// Every cadre posted on a day of the quarter up to as-of, by quarter, township, village, name, ID.
    ///
    /// In two counties in one quarter, he stands where the quarter counts him last. Quarters that ended before the
    /// measures were in force are listed only where somebody was talked with; so is everybody where the form never came
    /// (talks filed in a county that the cadre left follow him).
    public static func compute(_ input: YearInput) -> RuleResult<Row> {
        let unreported = input.unreported(forms)
        let talks = Dictionary(
            grouping: input.records.cadreTalks.filter { input.hasElapsed($0.date) }, by: \.person)
        var rows: [Row] = []
        for quarter in input.begunQuarters {
            guard let range = input.elapsed(of: quarter.range) else { continue }
            for cadre in input.records.cadres where input.isCounted(cadre, on: range.end) {
                guard let posting = cadre.postings.last(where: { $0.days(within: range) != nil }) else { continue }
                let held = (talks[cadre.id] ?? []).filter { quarter.range.contains($0.date) }.map(\.source).sorted()
                if held.isEmpty, !unreported.isEmpty || !input.isDue(quarter) { continue }
                rows.append(
                    Row(
                        countyName: input.records.county.name, person: PersonColumns(cadre, in: posting),
                        quarter: quarter, count: held.count,
                        status: held.isEmpty ? (input.isOver(quarter) ? .missed : .due) : .held,
                        evidence: held.isEmpty ? [posting.source] : held))
            }
        }
        let future = input.records.cadreTalks.filter { talk in
            input.isFuture(talk.date) && input.cadre(talk.person).map { input.isCounted($0) } ?? true
        }
        let findings = future.map {
            input.finding(
                .recordInFuture, about: $0.person, at: $0.source, value: $0.date.iso,
                arguments: [$0.date.iso, input.runDate.iso])
        }
        return RuleResult(
            rows: rows.sorted { ($0.quarter, $0.person) < ($1.quarter, $1.person) },
            findings: findings.sorted(by: Finding.inReportOrder), unreportedForms: unreported)
    }
}
