import Domain

/// What the province needs of a county's year: sums, work funds, sending units, nobody's name. Source: spec §11.
public struct CountyExtract: Hashable, Sendable, Codable {
    /// Counts up when the shape changes; another version is refused.
    public static let version = 5

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
    /// Counties that a county register names, whether anything came of them or not.
    public var registered: [CountyRecord]
    /// The last day on which all of it is so; as-of is the first. Nil in what an earlier version kept.
    public var until: CivilDate?
    /// By what it was made; nil in what an earlier version kept.
    public var stamp: ExchangeStamp?
    /// The files of claims of the year's months, by month; nil without a key.
    public var claims: [ClaimsDigest]?
    /// Everybody on the county's roster; nil without a key.
    public var people: [PersonYear]?
    /// What another county may need of the registers; of the year of as-of alone, nil without a key.
    public var registers: ExchangedRegisters?
    /// Every year of which the county hands over an extract; nil in what an earlier version kept.
    public var years: [Int]?

    public init(
        county: CountyRecord, year: Int, asOf: CivilDate, training: CountyTrainingExtract?,
        workFunds: [WorkFunds.Row], organisers: [TrainingOrganisers.Row] = [],
        promotion: PromotionShare.Extract? = nil, units: [UnitStanding] = [], registered: [CountyRecord] = []
    ) {
        self.county = county
        self.year = year
        self.asOf = asOf
        self.training = training
        self.workFunds = workFunds
        self.organisers = organisers
        self.promotion = promotion
        self.units = units
        self.registered = registered
    }
}

extension CountyExtract {
    /// Reads another version's extract as far as it goes, so that its version can be told.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            county: try values.decode(CountyRecord.self, forKey: .county),
            year: try values.decode(Int.self, forKey: .year), asOf: try values.decode(CivilDate.self, forKey: .asOf),
            training: try values.decodeIfPresent(CountyTrainingExtract.self, forKey: .training),
            workFunds: try values.decode([WorkFunds.Row].self, forKey: .workFunds),
            organisers: try values.decodeIfPresent([TrainingOrganisers.Row].self, forKey: .organisers) ?? [],
            promotion: try values.decodeIfPresent(PromotionShare.Extract.self, forKey: .promotion),
            units: try values.decodeIfPresent([UnitStanding].self, forKey: .units) ?? [],
            registered: try values.decodeIfPresent([CountyRecord].self, forKey: .registered) ?? [])
        until = try values.decodeIfPresent(CivilDate.self, forKey: .until)
        stamp = try values.decodeIfPresent(ExchangeStamp.self, forKey: .stamp)
        claims = try values.decodeIfPresent([ClaimsDigest].self, forKey: .claims)
        people = try values.decodeIfPresent([PersonYear].self, forKey: .people)
        registers = try values.decodeIfPresent(ExchangedRegisters.self, forKey: .registers)
        years = try values.decodeIfPresent([Int].self, forKey: .years)
        version = try values.decode(Int.self, forKey: .version)
    }
}
