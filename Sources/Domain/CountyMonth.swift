/// A county and month.
public struct CountyMonth: Hashable, Comparable, Sendable {
    public let county: CountyCode
    public let period: Period

    public init(county: CountyCode, period: Period) {
        self.county = county
        self.period = period
    }

    public static func < (left: CountyMonth, right: CountyMonth) -> Bool {
        (left.county, left.period) < (right.county, right.period)
    }
}

/// A county and a calendar year.
public struct CountyYear: Hashable, Comparable, Sendable {
    public let county: CountyCode
    public let year: Int

    public init(county: CountyCode, year: Int) {
        self.county = county
        self.year = year
    }

    public static func < (left: CountyYear, right: CountyYear) -> Bool {
        (left.county, left.year) < (right.county, right.year)
    }
}
