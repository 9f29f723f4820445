// What the registers of other counties say of a county's own people and units. Source: spec §5.3 («who is posted in
// two counties is counted once, where the latest posting is»), §7 M8 («the head's visits in every county»).

/// A posting of one of the county's cadres in another county.
public struct PostingElsewhere: Hashable, Sendable, Codable {
    public var person: ResidentID
    public var county: CountyCode
    public var start: CivilDate
    /// Last day; nil while open.
    public var end: CivilDate?
    /// Nil in what an earlier version kept.
    public var place: Place?

    /// What the allowances of the posting hang on: a month's are shared over postings in all counties.
    public struct Place: Hashable, Sendable, Codable {
        public var countyName: String
        /// Without bank and account.
        public var posting: Posting
        /// What the other county's register says of the village.
        public var village: VillageRecord?

        public init(countyName: String, posting: Posting, village: VillageRecord?) {
            self.countyName = countyName
            self.posting = posting
            self.posting.bank = nil
            self.posting.bankAccount = nil
            self.posting.accountSource = nil
            self.village = village
        }
    }

    public init(
        person: ResidentID, county: CountyCode, start: CivilDate, end: CivilDate? = nil, place: Place? = nil
    ) {
        self.person = person
        self.county = county
        self.start = start
        self.end = end
        self.place = place
    }

    /// Whether the posting is in force on that day.
    public func isInForce(on date: CivilDate) -> Bool { start <= date && (end.map { date <= $0 } ?? true) }

    /// Its days within `range`, nil for none.
    public func days(within range: CivilDateRange) -> CivilDateRange? {
        CivilDateRange(max(start, range.start), min(end ?? range.end, range.end))
    }
}

/// A visit by the head of one of the county's sending units to a village of another county with a cadre of the unit.
public struct HeadVisitElsewhere: Hashable, Sendable, Codable {
    public var unit: String
    public var date: CivilDate
    public var county: CountyCode
    public var countyName: String
    public var township: String
    public var village: String

    public init(
        unit: String, date: CivilDate, county: CountyCode, countyName: String, township: String, village: String
    ) {
        self.unit = unit
        self.date = date
        self.county = county
        self.countyName = countyName
        self.township = township
        self.village = village
    }
}
