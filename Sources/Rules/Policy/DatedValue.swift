import Domain

/// A value of the policy with the days on which it holds and where it stands: what a trace quotes.
public struct DatedValue<Value: Hashable & Sendable>: Hashable, Sendable {
    public let value: Value
    /// First day.
    public let from: CivilDate
    /// Last day (the day before the next value where the file names none); nil while open.
    public let to: CivilDate?
    /// Title of the parameter or rate table: 生活补助标准.
    public let title: String
    /// 元/人·天 …; empty where the file gives none.
    public let unit: String
    public let source: LegalSource

    public init(
        value: Value, from: CivilDate, to: CivilDate? = nil, title: String, unit: String, source: LegalSource
    ) {
        self.value = value
        self.from = from
        self.to = to
        self.title = title
        self.unit = unit
        self.source = source
    }

    /// Whether the value holds on that day.
    public func covers(_ date: CivilDate) -> Bool { from <= date && (to.map { date <= $0 } ?? true) }

    /// The day on which it begins, and the day after its last.
    var changes: [CivilDate] { [from] + (to.map { [$0.adding(days: 1)] } ?? []) }

    /// The same validity with another value.
    public func with<Other>(_ other: Other) -> DatedValue<Other> {
        DatedValue<Other>(value: other, from: from, to: to, title: title, unit: unit, source: source)
    }
}

extension DatedValue: Codable where Value: Codable {}
