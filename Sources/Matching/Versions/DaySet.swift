import Domain

/// Days of one month, a bit each.
struct DaySet: Hashable, Sendable {
    private var bits: UInt32 = 0

    init() {}

    /// The days from `first` to `last`; bounds outside 1…31 are cut.
    init(from first: Int, to last: Int) {
        for day in max(1, first)...max(max(1, first), min(31, last)) where day <= last { insert(day) }
    }

    /// What a block speaks of. Source: spec §5.2: «a span that begins by the 3rd and ends on or after the 26th is the
    /// month».
    init(_ scope: BlockScope) {
        let isMonth = scope.firstDay <= 3 && scope.lastDay >= 26
        self.init(from: isMonth ? 1 : scope.firstDay, to: isMonth ? 31 : scope.lastDay)
    }

    var isEmpty: Bool { bits == 0 }
    mutating func insert(_ day: Int) { bits |= 1 << UInt32(day) }
    func contains(_ day: Int) -> Bool { bits & (1 << UInt32(day)) != 0 }
    mutating func formUnion(_ other: DaySet) { bits |= other.bits }
    /// Whether every day of `other` is in it; of days that the month does not have nothing is asked.
    func covers(_ other: DaySet, in period: Period) -> Bool {
        let month = DaySet(from: 1, to: period.dayCount).bits
        return (other.bits & month) & ~bits == 0
    }
}
