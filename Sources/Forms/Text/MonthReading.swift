import Domain

/// A month, and its year where one is named.
struct NamedMonth: Hashable, Sendable {
    var year: Int?
    var month: Int

    var period: Period? { year.flatMap { Period(year: $0, month: month) } }

    func with(year other: Int?) -> NamedMonth { NamedMonth(year: year ?? other, month: month) }

    /// Months from the one through the other, at most two years; empty where the end lies before the start.
    static func from(_ start: NamedMonth, through end: NamedMonth) -> [NamedMonth] {
        var months: [NamedMonth] = []
        var next = start
        while months.count < 24 {
            months.append(next)
            if next.month == end.month, end.year == nil || next.year == nil || next.year == end.year { return months }
            next = NamedMonth(
                year: next.year.map { next.month == 12 ? $0 + 1 : $0 }, month: next.month == 12 ? 1 : next.month + 1)
        }
        return []
    }
}

/// Days from the one to the other, as a title or name says it: 10月26日—11月25日, 1日—15日, 下半月.
struct NamedSpan: Hashable, Sendable {
    /// Nil where the span names no month of its own.
    var firstMonth: NamedMonth?
    var first: Int
    var lastMonth: NamedMonth?
    /// 31 where the month's end is meant.
    var last: Int
    /// The span begins in the month before the one that the title names: 上月26日至本月25日.
    var beginsInMonthBefore = false
}

/// What a title, name or label says of the month.
struct MonthReading: Equatable, Sendable {
    /// The year, where one is named.
    var year: Int?
    /// Months named, in order, none twice; those of a span only where no month is named beside it.
    var months: [NamedMonth] = []
    var span: NamedSpan?

    static let nothing = MonthReading()

    init(year: Int? = nil, month: Int? = nil) {
        self.year = year
        months = month.map { [NamedMonth(year: year, month: $0)] } ?? []
    }

    /// The month, where exactly one is named.
    var month: Int? { months.count == 1 ? months[0].month : nil }

    /// Several months are named: a quarter, a range.
    var isSeveral: Bool { months.count > 1 }

    var period: Period? {
        guard let year, let month else { return nil }
        return Period(year: year, month: month)
    }

    /// `2018年11月`, or as much of it as is known.
    var chinese: String {
        let first = months.first
        let from = ((first?.year ?? year).map { "\($0)年" } ?? "") + (first.map { "\($0.month)月" } ?? "")
        guard months.count > 1, let last = months.last else { return from }
        return from + "至" + (last.year == first?.year ? "" : last.year.map { "\($0)年" } ?? "") + "\(last.month)月"
    }
}
