/// A calendar month (所属期), `2018-11`.
public struct Period: Hashable, Comparable, Sendable, Codable, CustomStringConvertible {
    /// The calendar year.
    public let year: Int
    /// 1…12.
    public let month: Int

    /// Nil for a month outside 1…12 or a year outside 1900…2999 (a typing error, in an attendance sheet).
    public init?(year: Int, month: Int) {
        guard (1900...2999).contains(year), (1...12).contains(month) else { return nil }
        self.year = year
        self.month = month
    }

    /// Reads `yyyy-mm`; nil otherwise.
    public init?(_ text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0].utf8.count == 4, parts[1].utf8.count == 2,
            parts.allSatisfy({ $0.utf8.allSatisfy { (48...57).contains($0) } }),
            let year = Int(parts[0]), let month = Int(parts[1])
        else { return nil }
        self.init(year: year, month: month)
    }

    /// `2018-11`.
    public var description: String { pad(year, 4) + "-" + pad(month, 2) }
    /// `201811`, the form inside a batch number.
    public var compact: String { pad(year, 4) + pad(month, 2) }
    /// `2018年11月`.
    public var chinese: String { "\(year)年\(month)月" }

    /// 28…31.
    public var dayCount: Int { CivilDate.dayCount(year: year, month: month) }
    /// First day.
    public var firstDay: CivilDate { CivilDate(year, month, 1)! }
    /// Last day.
    public var lastDay: CivilDate { CivilDate(year, month, dayCount)! }
    /// All its days.
    public var range: CivilDateRange { CivilDateRange(firstDay, lastDay)! }
    /// The month after.
    public var next: Period { Period(ordinal: ordinal + 1) }
    /// The month before.
    public var previous: Period { Period(ordinal: ordinal - 1) }
    /// Months since year 0: consecutive months differ by one.
    public var ordinal: Int { year * 12 + month - 1 }

    /// The month with that `ordinal`.
    public init(ordinal: Int) {
        year = ordinal / 12
        month = ordinal % 12 + 1
    }

    /// A day of this month, nil where it has none of that number.
    public func date(day: Int) -> CivilDate? { CivilDate(year, month, day) }

    public static func < (left: Period, right: Period) -> Bool { left.ordinal < right.ordinal }
}
