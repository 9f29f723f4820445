import Domain

/// What the province needs of a county's year: sums, work funds, sending units, nobody's name. Source: spec §11.
public struct CountyExtract: Hashable, Sendable, Codable {
    /// Counts up when the shape changes; another version is refused.
    public static let version = 2

    public var version = CountyExtract.version
    public var county: CountyRecord
    public var year: Int
    public var asOf: CivilDate
    /// Nil for a county without a roster.
    public var training: CountyTrainingExtract?
    public var workFunds: [WorkFunds.Row]
    /// M2: what each tier's organisers held.
    public var organisers: [TrainingOrganisers.Row]
    /// M7: nil where the county reported nothing of it.
    public var promotion: PromotionShare.Extract?
    /// M6, M8, M10: how its sending units stand.
    public var units: [UnitStanding]
    /// Presence by month, for double presence across counties.
    public var presence: [PresenceMask]

    public init(
        county: CountyRecord, year: Int, asOf: CivilDate, training: CountyTrainingExtract?,
        workFunds: [WorkFunds.Row], organisers: [TrainingOrganisers.Row] = [],
        promotion: PromotionShare.Extract? = nil, units: [UnitStanding] = [], presence: [PresenceMask] = []
    ) {
        self.county = county
        self.year = year
        self.asOf = asOf
        self.training = training
        self.workFunds = workFunds
        self.organisers = organisers
        self.promotion = promotion
        self.units = units
        self.presence = presence
    }
}

/// On which halves of which days of a month somebody was marked present at a place.
public struct PresenceMask: Hashable, Sendable, Codable {
    /// A digest of the ID number: equal for equal numbers, and says nothing else.
    public var person: String
    public var period: Period
    /// Bit 0 is the first of the month.
    public var mornings: UInt32
    public var afternoons: UInt32
    /// County, township, village.
    public var place: String

    public init(person: String, period: Period, mornings: UInt32, afternoons: UInt32, place: String) {
        self.person = person
        self.period = period
        self.mornings = mornings
        self.afternoons = afternoons
        self.place = place
    }
}
