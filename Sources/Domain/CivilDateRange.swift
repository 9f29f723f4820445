/// Days from `start` to `end`, both included; never empty.
public struct CivilDateRange: Hashable, Sendable, Codable {
    /// First day.
    public let start: CivilDate
    /// Last day.
    public let end: CivilDate

    /// Nil where `end` lies before `start`.
    public init?(_ start: CivilDate, _ end: CivilDate) {
        guard start <= end else { return nil }
        self.start = start
        self.end = end
    }

    /// `2019-01-01/2019-03-31`; nil for anything else.
    public init?(iso: String) {
        let days = iso.split(separator: "/").map { CivilDate(iso: String($0)) }
        guard days.count == 2, let start = days[0], let end = days[1] else { return nil }
        self.init(start, end)
    }

    /// `2019-01-01/2019-03-31`.
    public var iso: String { start.iso + "/" + end.iso }

    /// Number of days, at least 1.
    public var dayCount: Int { end.days(since: start) + 1 }

    /// Whether the day lies in the range.
    public func contains(_ date: CivilDate) -> Bool { start <= date && date <= end }

    /// The days common to both, nil for none.
    public func intersection(_ other: CivilDateRange) -> CivilDateRange? {
        CivilDateRange(max(start, other.start), min(end, other.end))
    }

    /// Every day, in order.
    public var dates: [CivilDate] { (start.dayNumber...end.dayNumber).map(CivilDate.init(dayNumber:)) }
}
