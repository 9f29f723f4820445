import Domain

// 青组字〔2018〕231号 第八条 (spec §7 M8): «Per unit its level and the organisation department of that level; talks due, held
// (talk records), open.»

/// M8, talks with sending units: held, and still open.
public enum UnitTalks {
    public static let clause = LegalSource.measure(8)
    public static let forms: [FormID] = Accountability.forms + [.accountabilityTalks]

    /// A talk that was held, or that is due.
    public struct Row: Hashable, Sendable, Codable {
        public var year: Int
        public var sendingUnit: String
        /// Nil where the unit register does not say.
        public var level: AdministrativeLevel?
        /// 约谈单位: the organisation department that has to talk; empty where the level is not known.
        public var department: String
        /// 约谈人 of the record; empty where open.
        public var talker: String
        /// 事由: what the talk answered (else as its record says), or what is open.
        public var causes: [String]
        /// 约谈日期; nil where open.
        public var date: CivilDate?
        /// Cells of the reasons, then of the record.
        public var evidence: [SourceCell]

        public var isHeld: Bool { date != nil }
        /// 状态.
        public var status: String { isHeld ? "已约谈" : "未约谈" }
    }

    /// By unit, date; the open one last.
    ///
    /// A talk answers what had happened by its day: a later absence calls for another one. What has no day (somebody
    /// uninsured, a head who came to no village) is answered by any talk of the year. Talks dated later than the run's
    /// date are findings and count for nothing.
    public static func compute(_ input: YearInput) -> RuleResult<Row> {
        let unreported = input.unreported(forms)
        let reasons = Dictionary(grouping: Accountability.compute(input).rows) { TextFolding.key($0.sendingUnit) }
        let talks = Dictionary(
            grouping: input.records.talks.filter { input.hasElapsed($0.date) }.sorted {
                ($0.date, $0.source) < ($1.date, $1.source)
            }, by: { TextFolding.key($0.unit) })
        var rows: [Row] = []
        for unit in Set(reasons.keys).union(talks.keys) {
            rows += self.rows(reasons[unit] ?? [], talks[unit] ?? [], input)
        }
        rows.sort(by: inOrder)
        let findings = input.records.talks.filter { input.isFuture($0.date) }.map {
            input.finding(
                .recordInFuture, at: $0.source, value: $0.date.iso, arguments: [$0.date.iso, input.runDate.iso])
        }
        return RuleResult(
            rows: rows, findings: findings.sorted(by: Finding.inReportOrder), unreportedForms: unreported)
    }

    private static func inOrder(_ left: Row, _ right: Row) -> Bool {
        if left.sendingUnit != right.sendingUnit { return left.sendingUnit < right.sendingUnit }
        guard let leftDate = left.date, let rightDate = right.date else { return left.isHeld && !right.isHeld }
        let (leftCell, rightCell) = (left.evidence.last?.text ?? "", right.evidence.last?.text ?? "")
        return (leftDate, left.talker, leftCell) < (rightDate, right.talker, rightCell)
    }

    private static func rows(
        _ reasons: [Accountability.Row], _ talks: [AccountabilityTalkRecord], _ input: YearInput
    ) -> [Row] {
        let name = reasons.first?.sendingUnit ?? talks.first?.unit ?? ""
        let level = input.unit(named: name)?.level
        func row(_ causes: [String], _ evidence: [SourceCell], _ talk: AccountabilityTalkRecord?) -> Row {
            Row(
                year: input.year, sendingUnit: name, level: level, department: department(of: name, level, input),
                talker: talk?.talker ?? "", causes: causes, date: talk?.date,
                evidence: evidence + (talk.map { [$0.source] } ?? []))
        }
        var open = reasons
        var rows: [Row] = []
        for talk in talks {
            let answered = open.filter { $0.latest.map { $0 <= talk.date } ?? true }
            open.removeAll { $0.latest.map { $0 <= talk.date } ?? true }
            let causes = answered.isEmpty ? [talk.cause ?? ""] : answered.map(\.reason.chinese)
            rows.append(row(causes.filter { !$0.isEmpty }, answered.flatMap(\.evidence), talk))
        }
        if !open.isEmpty { rows.append(row(open.map(\.reason.chinese), open.flatMap(\.evidence), nil)) }
        return rows
    }

    /// The organisation department that has to talk with a unit of that level.
    ///
    /// A county's or prefecture's unit is that of the place its name begins with (平安区教育局), else of this county.
    static func department(of unit: String, _ level: AdministrativeLevel?, _ input: YearInput) -> String {
        let county = input.records.county
        switch level {
        case nil: return ""
        case .national, .province: return "省委组织部"
        case .prefecture:
            let own = county.prefecture.isEmpty ? "市(州)" : county.prefecture
            return place(of: unit, endings: ["自治州", "市", "州"], own: own) + "委组织部"
        case .county, .township:
            return place(of: unit, endings: ["自治县", "县", "区", "市"], own: county.name) + "委组织部"
        }
    }

    /// The place a unit's name begins with, `own` where it is that one in short or there is none.
    private static func place(of unit: String, endings: [String], own: String) -> String {
        for ending in endings {
            guard let range = unit.firstRange(of: ending) else { continue }
            let stem = unit[..<range.lowerBound]
            // A district of a town, a branch of a company: too long to be a place.
            guard (2...(ending.count > 1 ? 8 : 4)).contains(stem.count) else { continue }
            return own.hasPrefix(stem) ? own : String(unit[..<range.upperBound])
        }
        return own
    }
}
