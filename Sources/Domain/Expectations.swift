/// Who is expected to send attendance, from which month on, and by which day: the operator's own calendar.
/// Source: spec §10.
public struct Expectations: Hashable, Sendable {
    /// The first month expected.
    public var from: Period
    /// The day of the next month by which a township sends, 1…28.
    public var day: Int
    /// Counties that take part, ascending, each once.
    public var counties: [CountyCode]

    public init(from: Period, day: Int, counties: [CountyCode]) {
        self.from = from
        self.day = day
        self.counties = Set(counties).sorted()
    }

    /// The last day on which a month's attendance is in time.
    public func due(_ period: Period) -> CivilDate { period.next.date(day: day) ?? period.next.lastDay }

    /// Months whose attendance should have come by then, ascending.
    public func overdue(asOf: CivilDate) -> [Period] {
        var periods: [Period] = []
        var period = from
        while due(period) < asOf {
            periods.append(period)
            period = period.next
        }
        return periods
    }
}
