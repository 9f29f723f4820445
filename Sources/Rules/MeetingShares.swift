import Domain

// 青组字〔2018〕231号 第九条 (spec §7 M9): «Share of village cadres among those at county and township meetings». What share is
// enough is left to people.

/// M9, who was at the meetings.
public enum MeetingShares {
    public static let clause = LegalSource.measure(9)
    public static let forms: [FormID] = [.meetings]

    /// One meeting; of working meetings and talks without a name only that they were.
    public struct Row: Hashable, Sendable, Codable {
        public var countyName: String
        /// Empty for a county's meeting.
        public var township: String
        public var date: CivilDate
        public var kind: MeetingKind
        public var meeting: String
        /// 参会人数; nil where not given.
        public var attendees: Int?
        /// 驻村干部人数: as given, else how many the rows name; nil where neither.
        public var cadres: Int?
        public var evidence: [SourceCell]

        /// 占比 of a county's or a township's meeting; nil without both numbers, or where they contradict each other.
        public var share: Ratio? {
            guard kind == .county || kind == .township, let attendees, let cadres, cadres <= attendees else {
                return nil
            }
            return Ratio(cadres, of: attendees)
        }
    }

    /// Meetings of the year up to as-of, by date, kind, township, name. Rows that name one meeting are one.
    public static func compute(_ input: YearInput) -> RuleResult<Row> { input.once { made(input) } }

    private static func made(_ input: YearInput) -> RuleResult<Row> {
        var findings: [Finding] = []
        let meetings = input.records.meetings.filter { input.hasElapsed($0.date) }
        let rows = Dictionary(grouping: meetings, by: Key.init).values.compactMap { row($0, input) }
        for row in rows {
            guard let attendees = row.attendees, let cadres = row.cadres, cadres > attendees else { continue }
            findings.append(
                input.finding(
                    .meetingCountsConflict, township: row.township, at: row.evidence[0], value: String(cadres),
                    arguments: [row.meeting, String(cadres), String(attendees)]))
        }
        for record in input.records.meetings where input.isFuture(record.date) {
            findings.append(
                input.finding(
                    .recordInFuture, township: record.township, at: record.source, value: record.date.iso,
                    arguments: [record.date.iso, input.runDate.iso]))
        }
        return RuleResult(
            rows: rows.sorted { order($0) < order($1) }, findings: findings.sorted(by: Finding.inReportOrder),
            unreportedForms: input.unreported(forms))
    }

    private struct Key: Hashable {
        let date: CivilDate
        let kind: MeetingKind
        let township, meeting: String

        init(_ record: MeetingRecord) {
            date = record.date
            kind = record.kind
            township = PlaceKey.township(record.township)
            meeting = TextFolding.key(record.meeting)
        }
    }

    private static func row(_ records: [MeetingRecord], _ input: YearInput) -> Row? {
        let records = records.sorted { $0.source < $1.source }
        guard let first = records.first else { return nil }
        let people = Set(records.compactMap(\.person)).count
        return Row(
            countyName: input.records.county.name, township: first.township, date: first.date, kind: first.kind,
            meeting: first.meeting, attendees: records.compactMap(\.attendees).max(),
            cadres: records.compactMap(\.cadres).max() ?? (people > 0 ? people : nil),
            evidence: records.map(\.source))
    }

    private static func order(_ row: Row) -> (CivilDate, Int, String, String) {
        (row.date, row.kind.rawValue, row.township, row.meeting)
    }

    /// Village cadres among all at the meetings of a kind that give both numbers; nil where none does.
    public static func total(_ kind: MeetingKind, _ rows: [Row]) -> Ratio? {
        let counted = rows.filter { $0.kind == kind && $0.share != nil }
        return Ratio(
            counted.reduce(0) { $0 + ($1.cadres ?? 0) }, of: counted.reduce(0) { $0 + ($1.attendees ?? 0) })
    }
}
