import Domain

/// A quarter of a year.
public struct Quarter: Hashable, Comparable, Sendable, Codable {
    public var year: Int
    /// 1…4.
    public var number: Int

    /// 1…4 of a year.
    public init(year: Int, number: Int) {
        precondition((1...4).contains(number), "a year has four quarters")
        self.year = year
        self.number = number
    }

    /// The quarter of a day.
    public init(_ date: CivilDate) {
        let parts = date.parts
        self.init(year: parts.year, number: (parts.month - 1) / 3 + 1)
    }

    /// `2019Q1`.
    public var text: String { "\(year)Q\(number)" }
    /// `2019年第1季度`.
    public var chinese: String { "\(year)年第\(number)季度" }
    /// Its days.
    public var range: CivilDateRange {
        let first = Period(ordinal: year * 12 + (number - 1) * 3)
        let last = Period(ordinal: first.ordinal + 2)
        return CivilDateRange(first.firstDay, last.lastDay) ?? first.range
    }

    public static func < (left: Quarter, right: Quarter) -> Bool {
        (left.year, left.number) < (right.year, right.number)
    }
}

extension YearInput {
    /// The quarters of the year that have begun by as-of.
    var begunQuarters: [Quarter] {
        (1...4).map { Quarter(year: year, number: $0) }.filter { hasCome($0.range.start) }
    }

    /// Whether something was due in the quarter: none is before the measures were in force.
    func isDue(_ quarter: Quarter) -> Bool { inForceFrom.map { quarter.range.end >= $0 } ?? true }

    /// Whether the quarter is over on the run's date; on its last day it still runs.
    func isOver(_ quarter: Quarter) -> Bool { hasComeByRun(quarter.range.end.adding(days: 1)) }
}
