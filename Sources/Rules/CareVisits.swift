import Domain

// 青组字〔2018〕231号 第九条 (spec §7 M9): «Care events without a visit, with age in days; visited within the policy's
// `careVisitDays` (7) or late.»

/// M9, care visits (五必访).
public enum CareVisits {
    public static let clause = LegalSource.measure(9)
    public static let forms: [FormID] = [.careEvents]

    /// 状态.
    public enum Status: String, Hashable, Sendable, Codable {
        /// 已走访
        case visited
        /// 逾期走访
        case late
        /// 未走访
        case open

        public var chinese: String {
            switch self {
            case .visited: "已走访"
            case .late: "逾期走访"
            case .open: "未走访"
            }
        }
    }

    /// One event.
    public struct Row: Hashable, Sendable, Codable {
        public var countyName: String
        public var person: PersonColumns
        public var date: CivilDate
        public var situation: String
        /// 走访日期 as recorded; nil where none, or where it cannot be (before the event, in the future).
        public var visitDate: CivilDate?
        /// 天数 to the visit, else to as-of.
        public var days: Int
        public var status: Status
        public var evidence: [SourceCell]
    }

    /// Events of the year up to as-of, by date, township, village, name, ID, situation.
    ///
    /// A visit after the run's date or before its event is a finding and does not count.
    public static func compute(_ input: YearInput) -> RuleResult<Row> {
        var rows: [Row] = []
        var findings: [Finding] = []
        for event in input.records.careEvents where input.hasElapsed(event.date) {
            guard let cadre = input.cadre(event.person), input.isCounted(cadre, on: event.date) else { continue }
            let visitDate = event.visitDate.flatMap { input.hasComeByRun($0) && $0 >= event.date ? $0 : nil }
            if let date = event.visitDate, visitDate == nil {
                let isFuture = date > input.runDate
                findings.append(
                    input.finding(
                        isFuture ? .visitInFuture : .visitBeforeEvent, about: event.person, at: event.source,
                        value: date.iso, arguments: [date.iso, isFuture ? input.runDate.iso : event.date.iso]))
            }
            let limit = input.policy.count(.careVisitDays, on: event.date)?.value
            if limit == nil { findings.append(input.parameterMissing(.careVisitDays, on: event.date)) }
            let days = (visitDate ?? input.asOf).days(since: event.date)
            let isLate = limit.map { days > $0 } ?? false
            rows.append(
                Row(
                    countyName: input.records.county.name, person: PersonColumns(cadre, on: event.date),
                    date: event.date, situation: event.situation, visitDate: visitDate, days: days,
                    status: visitDate == nil ? .open : isLate ? .late : .visited, evidence: [event.source]))
        }
        rows.sort {
            ($0.date, $0.person, $0.situation, $0.evidence[0]) < ($1.date, $1.person, $1.situation, $1.evidence[0])
        }
        return RuleResult(
            rows: rows, findings: findings.sorted(by: Finding.inReportOrder),
            unreportedForms: input.unreported(forms), parameters: input.used(.careVisitDays))
    }
}
