/// Halves of the days of one month for which something was issued: a bit a day, day 1 the lowest.
public struct IssuedHalves: Hashable, Sendable, Codable {
    public var mornings: UInt32
    public var afternoons: UInt32
    /// A half of which nobody said which.
    public var unnamed: UInt32

    public init(mornings: UInt32 = 0, afternoons: UInt32 = 0, unnamed: UInt32 = 0) {
        self.mornings = mornings
        self.afternoons = afternoons
        self.unnamed = unnamed
    }

    public var isEmpty: Bool { mornings | afternoons | unnamed == 0 }

    /// Days of the month with any half: a bit a day.
    public var mask: UInt32 { mornings | afternoons | unnamed }

    /// Days of the month with any half, ascending.
    public var days: [Int] { mask.days }

    /// The bit of a day.
    public static func bit(_ day: Int) -> UInt32 { UInt32(1) << UInt32(day - 1) }

    /// Halves of a day, 0…2.
    public func count(on day: Int) -> Int {
        let bit = IssuedHalves.bit(day)
        return (mornings & bit == 0 ? 0 : 1) + (afternoons & bit == 0 ? 0 : 1) + (unnamed & bit == 0 ? 0 : 1)
    }

    /// All halves of the month.
    public var total: HalfDays {
        HalfDays(mornings.nonzeroBitCount + afternoons.nonzeroBitCount + unnamed.nonzeroBitCount)
    }

    /// One day alone.
    public subscript(day: Int) -> IssuedHalves {
        get {
            let bit = IssuedHalves.bit(day)
            return IssuedHalves(
                mornings: mornings & bit, afternoons: afternoons & bit, unnamed: unnamed & bit)
        }
        set {
            let bit = IssuedHalves.bit(day)
            mornings = mornings & ~bit | newValue.mornings & bit
            afternoons = afternoons & ~bit | newValue.afternoons & bit
            unnamed = unnamed & ~bit | newValue.unnamed & bit
        }
    }

    /// A whole day, the half that is named, or one of which nobody said which.
    public static func day(_ day: Int, morning: Bool, afternoon: Bool, isUnnamed: Bool = false) -> IssuedHalves {
        let bit = IssuedHalves.bit(day)
        if isUnnamed, morning != afternoon { return IssuedHalves(unnamed: bit) }
        return IssuedHalves(mornings: morning ? bit : 0, afternoons: afternoon ? bit : 0)
    }

    /// Adds halves of a day; a half that stands twice is a half of which nobody said which, and a day has two.
    public mutating func add(_ more: IssuedHalves, on day: Int) {
        let bit = IssuedHalves.bit(day)
        for half in [\IssuedHalves.mornings, \IssuedHalves.afternoons, \IssuedHalves.unnamed] {
            guard more[keyPath: half] & bit != 0, count(on: day) < 2 else { continue }
            if self[keyPath: half] & bit == 0 {
                self[keyPath: half] |= bit
            } else if mornings & bit == 0 {
                mornings |= bit
            } else if afternoons & bit == 0 {
                afternoons |= bit
            } else {
                unnamed |= bit
            }
        }
    }

    /// Both together.
    public func adding(_ more: IssuedHalves) -> IssuedHalves {
        var sum = self
        for day in more.days { sum.add(more, on: day) }
        return sum
    }

    /// Halves of a day that are not among `others`; a half of which nobody said which is any of them.
    public func beside(_ others: IssuedHalves, on day: Int) -> IssuedHalves {
        var rest = self[day]
        var more = others[day]
        for half in [\IssuedHalves.mornings, \IssuedHalves.afternoons, \IssuedHalves.unnamed] {
            let same = rest[keyPath: half] & more[keyPath: half]
            rest[keyPath: half] &= ~same
            more[keyPath: half] &= ~same
        }
        // What is left on both sides has no name in common: an unnamed half stands for one of the other's.
        for _ in 0..<more.count(on: day) where !rest.isEmpty {
            if more.unnamed != 0 {
                rest = rest.first(1, of: nil, on: day).removed(from: rest)
                more.unnamed = 0
            } else if rest.unnamed != 0 {
                rest.unnamed = 0
            }
        }
        return rest
    }

    private func removed(from all: IssuedHalves) -> IssuedHalves {
        IssuedHalves(
            mornings: all.mornings & ~mornings, afternoons: all.afternoons & ~afternoons,
            unnamed: all.unnamed & ~unnamed)
    }

    /// The halves of a day one by one, the afternoon first.
    public func latestFirst(on day: Int) -> [IssuedHalves] {
        let own = self[day]
        return [
            IssuedHalves(afternoons: own.afternoons), IssuedHalves(unnamed: own.unnamed),
            IssuedHalves(mornings: own.mornings),
        ].filter { !$0.isEmpty }
    }

    /// At most so many halves of a day, those of a claim before others.
    public func first(_ count: Int, of claim: IssuedHalves?, on day: Int) -> IssuedHalves {
        let bit = IssuedHalves.bit(day)
        let halves = [\IssuedHalves.mornings, \IssuedHalves.afternoons, \IssuedHalves.unnamed]
        let claimed = halves.filter { half in claim.map { $0[keyPath: half] & bit != 0 } ?? false }
        var taken = IssuedHalves()
        for half in claimed + halves where taken.count(on: day) < count {
            taken[keyPath: half] |= self[keyPath: half] & bit
        }
        return taken
    }

    /// What is left of a claim to a day where these halves were issued: no half twice, and a day has two.
    public func left(of claim: IssuedHalves, on day: Int) -> IssuedHalves {
        let bit = IssuedHalves.bit(day)
        var left = IssuedHalves()
        var free = 2 - count(on: day)
        if free > 0, claim.mornings & bit != 0, mornings & bit == 0 {
            left.mornings = bit
            free -= 1
        }
        if free > 0, claim.afternoons & bit != 0, afternoons & bit == 0 {
            left.afternoons = bit
            free -= 1
        }
        if free > 0, claim.unnamed & bit != 0 { left.unnamed = bit }
        return left
    }
}

/// For which halves of a month something was issued to a person in a village, after a batch. Source: spec §8.
public struct IssuedDays: Hashable, Sendable, Codable {
    /// The batch after which it stands so.
    public var batch: String
    public var county: CountyCode
    /// The month worked.
    public var period: Period
    public var person: ResidentID
    public var name: String
    public var township: String
    public var village: String
    /// Empty where none was known.
    public var account: String
    public var halves: IssuedHalves
    /// Calendar days for which allowances of the place were issued: a bit a day.
    public var posted: UInt32
    /// Of these the days of which a part was issued, because other counties' postings share them; nil in what an
    /// earlier version kept: every day that is shared.
    public var parts: UInt32?

    public init(
        batch: String, county: CountyCode, period: Period, person: ResidentID, name: String, township: String,
        village: String, account: String, halves: IssuedHalves, posted: UInt32, parts: UInt32? = nil
    ) {
        self.batch = batch
        self.county = county
        self.period = period
        self.person = person
        self.name = name
        self.township = township
        self.village = village
        self.account = account
        self.halves = halves
        self.posted = posted
        self.parts = parts
    }
}

/// What other counties' batches issued for a person's day and did not take back. Source: spec §8, `already-issued`.
public struct IssuedElsewhere: Hashable, Sendable, Codable {
    public var person: ResidentID
    public var county: CountyCode
    /// `ZC-630202-201811`: the batch that issued it first.
    public var batch: String
    public var date: CivilDate
    public var halves: IssuedHalves

    public init(person: ResidentID, county: CountyCode, batch: String, date: CivilDate, halves: IssuedHalves) {
        self.person = person
        self.county = county
        self.batch = batch
        self.date = date
        self.halves = halves
    }
}

/// Calendar days of a month for which another county's batches issued the allowances of a place to a person, and did
/// not take them back. Source: spec §8, «the allowances of that calendar day with it».
public struct AllowancesElsewhere: Hashable, Sendable, Codable {
    public var person: ResidentID
    public var county: CountyCode
    /// The batch after which it stands so.
    public var batch: String
    /// A bit a day, day 1 the lowest.
    public var days: UInt32
    /// Of these the days of which a part was issued, because postings of several counties share them; nil in what an
    /// earlier version kept: every day that is shared.
    public var parts: UInt32?

    public init(person: ResidentID, county: CountyCode, batch: String, days: UInt32, parts: UInt32? = nil) {
        self.person = person
        self.county = county
        self.batch = batch
        self.days = days
        self.parts = parts
    }
}

/// A day that this county issued and another county's reading in force claims alone: nothing is taken back for it.
public struct SettledElsewhere: Hashable, Sendable, Codable {
    public var person: ResidentID
    /// The county whose reading claims it.
    public var county: CountyCode
    public var date: CivilDate
    /// Half-days that the other county leaves unpaid for it.
    public var halfDays: HalfDays
    /// The halves that it claims; nil in what an earlier version kept.
    public var claim: IssuedHalves?

    public init(
        person: ResidentID, county: CountyCode, date: CivilDate, halfDays: HalfDays, claim: IssuedHalves? = nil
    ) {
        self.claim = claim
        self.person = person
        self.county = county
        self.date = date
        self.halfDays = halfDays
    }
}

/// A row of `县际结算-<yyyy-mm>.csv`: what a county would owe for days that another county's batch issued. Source: §8.
public struct SettlementLine: Hashable, Sendable, Codable {
    /// The month worked.
    public var period: Period
    public var person: ResidentID
    public var name: String
    /// The county and the batch that issued.
    public var issuer: CountyCode
    public var batch: String
    public var township: String
    public var village: String
    public var halfDays: HalfDays
    public var amount: Fen

    public init(
        period: Period, person: ResidentID, name: String, issuer: CountyCode, batch: String, township: String,
        village: String, halfDays: HalfDays, amount: Fen
    ) {
        self.period = period
        self.person = person
        self.name = name
        self.issuer = issuer
        self.batch = batch
        self.township = township
        self.village = village
        self.halfDays = halfDays
        self.amount = amount
    }

    /// Month, name, ID, batch, place.
    public static func inReportOrder(_ left: SettlementLine, _ right: SettlementLine) -> Bool {
        let a = (left.name, left.person.text, left.batch, left.township, left.village)
        let b = (right.name, right.person.text, right.batch, right.township, right.village)
        return left.period == right.period ? a < b : left.period < right.period
    }
}

extension UInt32 {
    /// Days of a mask of a month (a bit a day, day 1 the lowest), ascending.
    public var days: [Int] { (1...31).filter { self & IssuedHalves.bit($0) != 0 } }
}

extension CivilDateRange {
    /// The days of a range within one month: a bit a day, day 1 the lowest.
    public var dayMask: UInt32 { (start.day...end.day).reduce(0) { $0 | IssuedHalves.bit($1) } }
}

extension Sequence<Posting> {
    /// The days of a month on which any of them is in force: a bit a day, day 1 the lowest.
    public func dayMask(in period: Period) -> UInt32 {
        reduce(0) { $0 | ($1.days(within: period.range)?.dayMask ?? 0) }
    }
}
