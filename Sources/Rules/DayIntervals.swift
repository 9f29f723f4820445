import Domain

/// A set of days as ranges that ascend and neither overlap nor touch.
public struct DayIntervals: Hashable, Sendable {
    public let ranges: [CivilDateRange]

    /// The days of all `ranges`; overlapping and back-to-back ones are joined.
    public init(_ ranges: [CivilDateRange]) {
        var joined: [CivilDateRange] = []
        for range in ranges.sorted(by: { ($0.start, $0.end) < ($1.start, $1.end) }) {
            if let last = joined.last, range.start <= last.end.adding(days: 1),
                let union = CivilDateRange(last.start, max(last.end, range.end))
            {
                joined[joined.count - 1] = union
            } else {
                joined.append(range)
            }
        }
        self.ranges = joined
    }

    public var isEmpty: Bool { ranges.isEmpty }
    /// Number of days.
    public var dayCount: Int { ranges.reduce(0) { $0 + $1.dayCount } }
    /// First to last day, holes included; nil where empty.
    public var hull: CivilDateRange? {
        guard let first = ranges.first, let last = ranges.last else { return nil }
        return CivilDateRange(first.start, last.end)
    }

    /// The range that holds a day.
    public func range(holding date: CivilDate) -> CivilDateRange? { ranges.first { $0.contains(date) } }

    /// Days of both.
    public func intersection(_ other: DayIntervals) -> DayIntervals {
        DayIntervals(ranges.flatMap { range in other.ranges.compactMap { range.intersection($0) } })
    }

    /// Days of this set that `other` does not have.
    public func subtracting(_ other: DayIntervals) -> DayIntervals {
        var left: [CivilDateRange] = []
        for range in ranges {
            var start = range.start
            for hole in other.ranges where hole.end >= range.start && hole.start <= range.end {
                if let before = CivilDateRange(start, hole.start.adding(days: -1)) { left.append(before) }
                start = max(start, hole.end.adding(days: 1))
            }
            if let rest = CivilDateRange(start, range.end) { left.append(rest) }
        }
        return DayIntervals(left)
    }
}
