/// A dated value that a figure rests on, as it was read.
public struct PayBasis: Hashable, Sendable {
    /// 生活补助标准.
    public var title: String
    /// As people write it: `60.00`; several statuses joined by `, `.
    public var value: String
    /// 元/人·天; empty where the policy file gives none.
    public var unit: String
    public var from: CivilDate
    /// Inclusive; nil while it holds.
    public var to: CivilDate?
    /// Document and clause.
    public var source: String

    public init(title: String, value: String, unit: String, from: CivilDate, to: CivilDate?, source: String) {
        self.title = title
        self.value = value
        self.unit = unit
        self.from = from
        self.to = to
        self.source = source
    }
}

/// What a county's month was worked out from beside its marks: dated values, and the standards behind allowances.
///
/// Kept with what was computed, so that whoever asks later reads it. Source: spec §7 «the trace is stored with the
/// result, so `explain` reads what was computed and does not compute it again».
public struct PayTrace: Hashable, Sendable {
    /// Values in force from a day of the month on, until the next span begins.
    public struct Span: Hashable, Sendable {
        public var firstDay: Int
        /// Places in `bases`.
        public var bases: [Int]

        public init(firstDay: Int, bases: [Int]) {
            self.firstDay = firstDay
            self.bases = bases
        }
    }

    /// An allowance of a posting, or the stretch of one that has its own standard.
    public struct Allowance: Hashable, Sendable {
        public var person: ResidentID
        public var title: String
        public var township: String
        public var village: String
        public var days: CivilDateRange
        /// What was looked up: `四类 × 科员`.
        public var key: String
        /// Places in `bases`; nil where there is no standard.
        public var standard: Int?
        public var unitStandard: Int?
        /// Nil where the unit has no standard of its own.
        public var topUp: Fen?
        /// What goes into the line: the posting's, with its first stretch; nil where nothing does.
        public var amount: Fen?

        public init(
            person: ResidentID, title: String, township: String, village: String, days: CivilDateRange, key: String,
            standard: Int?, unitStandard: Int?, topUp: Fen?, amount: Fen?
        ) {
            self.person = person
            self.title = title
            self.township = township
            self.village = village
            self.days = days
            self.key = key
            self.standard = standard
            self.unitStandard = unitStandard
            self.topUp = topUp
            self.amount = amount
        }
    }

    /// Each once.
    public var bases: [PayBasis]
    /// By first day.
    public var spans: [Span]
    /// By person, in the order of his postings.
    public var allowances: [Allowance]

    public init(bases: [PayBasis] = [], spans: [Span] = [], allowances: [Allowance] = []) {
        self.bases = bases
        self.spans = spans
        self.allowances = allowances
    }

    /// Values in force on some days of the month, each once.
    ///
    /// - Parameter days: of the month, ascending.
    public func bases(on days: [Int]) -> [PayBasis] {
        var places: [Int] = []
        for day in days {
            for place in spans.last(where: { $0.firstDay <= day })?.bases ?? [] where !places.contains(place) {
                places.append(place)
            }
        }
        return places.compactMap(basis)
    }

    /// The value in a place; nil for none.
    public func basis(_ place: Int?) -> PayBasis? {
        place.flatMap { bases.indices.contains($0) ? bases[$0] : nil }
    }

    /// What concerns some people alone.
    public func of(_ people: Set<ResidentID>) -> PayTrace {
        PayTrace(bases: bases, spans: spans, allowances: allowances.filter { people.contains($0.person) })
    }
}
