import Domain

/// Which statuses are paid on which day of a month: a parameter holds day by day. Source: spec §7.
public struct PayableStatuses: Hashable, Sendable, ExpressibleByArrayLiteral {
    /// Statuses from a day of the month on, by day.
    private var spans: [(from: Int, statuses: Set<AttendanceStatus>)]

    /// The same statuses all the month.
    public init(_ statuses: Set<AttendanceStatus>) { spans = [(1, statuses)] }

    public init(arrayLiteral elements: AttendanceStatus...) { self.init(Set(elements)) }

    /// - Parameter statuses: those paid on a date.
    public init(in period: Period, _ statuses: (CivilDate) -> Set<AttendanceStatus>) {
        spans = []
        for date in period.range.dates {
            let paid = statuses(date)
            if spans.last?.statuses != paid { spans.append((date.day, paid)) }
        }
    }

    /// Whether a status is paid on a date.
    public func contains(_ status: AttendanceStatus, on date: CivilDate) -> Bool {
        // Nearly every month has one list: its day need not be worked out then.
        if spans.count == 1 { return spans[0].statuses.contains(status) }
        let day = date.day
        return spans.last { $0.from <= day }?.statuses.contains(status) ?? false
    }

    /// `1:present,official;16:present`: the same text for the same meaning.
    public var text: String {
        spans.map { "\($0.from):" + $0.statuses.map(\.rawValue).sorted().joined(separator: ",") }.joined(separator: ";")
    }

    public static func == (left: PayableStatuses, right: PayableStatuses) -> Bool { left.text == right.text }
    public func hash(into hasher: inout Hasher) { hasher.combine(text) }
}
