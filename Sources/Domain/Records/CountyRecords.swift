/// Everything a county's rules read apart from a month's attendance: its registers and yearly records, matched.
public struct CountyRecords: Sendable, Codable {
    public var county: CountyRecord
    /// By township, village.
    public var villages: [VillageRecord]
    /// By name.
    public var units: [UnitRecord]
    /// By ID.
    public var cadres: [Cadre]
    public var trainings: [TrainingRecord] = []
    public var insurance: [InsuranceRecord] = []
    public var incidents: [IncidentRecord] = []
    public var spotChecks: [SpotCheckRecord] = []
    public var assessments: [AssessmentRecord] = []
    public var leaderVisits: [LeaderVisitRecord] = []
    public var careEvents: [CareEventRecord] = []
    public var workFunds: [WorkFundsRecord] = []
    public var honours: [HonourRecord] = []
    public var promotions: [PromotionRecord] = []
    public var promotionTotals: [PromotionTotalRecord] = []
    public var expertTours: [ExpertTourRecord] = []
    public var pairings: [PairingRecord] = []
    /// Names that places of the county had before, sorted.
    public var formerPlaces: [FormerPlace] = []
    /// People whose register rows leave open who they are or what they are due, by ID, then cell.
    public var registerHolds: [RegisterHold] = []
    /// Accounts of the county's people that another ID has too, here or elsewhere; sorted.
    public var sharedAccounts: [AccountStanding.PersonAccount] = []
    /// Of the units with a posting in the county, whichever folder the row came in.
    public var unitAssessments: [UnitAssessmentRecord] = []
    /// As `unitAssessments`.
    public var talks: [AccountabilityTalkRecord] = []
    public var meetings: [MeetingRecord] = []
    public var cadreTalks: [CadreTalkRecord] = []
    public var unitSupport: [UnitSupportRecord] = []
    public var commendations: [CommendationRecord] = []
    /// By person, county, start.
    public var postingsElsewhere: [PostingElsewhere] = []
    /// By unit, date, county, village.
    public var headVisitsElsewhere: [HeadVisitElsewhere] = []
    /// Keys of units with cadres in another county that sent no leader visits, sorted.
    public var unitsWithUntoldVisits: [String] = []
    /// Forms of which anything was received: a form that nobody sent is 未报送, never «no problems».
    public var receivedForms: ReceivedForms = []

    public init(county: CountyRecord, villages: [VillageRecord] = [], units: [UnitRecord] = [], cadres: [Cadre] = []) {
        self.county = county
        self.villages = villages
        self.units = units
        self.cadres = cadres
    }
}

extension CountyRecords {
    /// Reads what an earlier version kept, too: a form it did not know was not received.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        func list<Record: Decodable>(_ key: CodingKeys) throws -> [Record] {
            try values.decodeIfPresent([Record].self, forKey: key) ?? []
        }
        self.init(
            county: try values.decode(CountyRecord.self, forKey: .county), villages: try list(.villages),
            units: try list(.units), cadres: try list(.cadres))
        trainings = try list(.trainings)
        insurance = try list(.insurance)
        incidents = try list(.incidents)
        spotChecks = try list(.spotChecks)
        assessments = try list(.assessments)
        leaderVisits = try list(.leaderVisits)
        careEvents = try list(.careEvents)
        workFunds = try list(.workFunds)
        honours = try list(.honours)
        promotions = try list(.promotions)
        promotionTotals = try list(.promotionTotals)
        expertTours = try list(.expertTours)
        pairings = try list(.pairings)
        unitAssessments = try list(.unitAssessments)
        talks = try list(.talks)
        meetings = try list(.meetings)
        cadreTalks = try list(.cadreTalks)
        unitSupport = try list(.unitSupport)
        commendations = try list(.commendations)
        postingsElsewhere = try list(.postingsElsewhere)
        headVisitsElsewhere = try list(.headVisitsElsewhere)
        unitsWithUntoldVisits = try list(.unitsWithUntoldVisits)
        formerPlaces = try list(.formerPlaces)
        registerHolds = try list(.registerHolds)
        sharedAccounts = try list(.sharedAccounts)
        receivedForms = try values.decodeIfPresent(ReceivedForms.self, forKey: .receivedForms) ?? []
    }

    /// The years in which a posting begins or of which a record speaks.
    public var years: Set<Int> {
        var years = Set(cadres.flatMap { $0.postings.map(\.start.year) })
        years.formUnion(trainings.map(\.start.year))
        years.formUnion(incidents.map(\.date.year))
        years.formUnion(spotChecks.map(\.date.year))
        years.formUnion(assessments.map(\.year))
        years.formUnion(leaderVisits.map(\.date.year))
        years.formUnion(careEvents.map(\.date.year))
        years.formUnion(workFunds.map(\.year))
        years.formUnion(honours.map(\.date.year))
        years.formUnion(promotions.map(\.date.year))
        years.formUnion(promotionTotals.map(\.year))
        years.formUnion(expertTours.map(\.date.year))
        years.formUnion(unitAssessments.map(\.year))
        years.formUnion(talks.map(\.date.year))
        years.formUnion(meetings.map(\.date.year))
        years.formUnion(cadreTalks.map(\.date.year))
        years.formUnion(unitSupport.map(\.date.year))
        years.formUnion(commendations.map(\.year))
        return years
    }

    /// Which accounts no bank can pay to.
    public var accountStanding: AccountStanding {
        AccountStanding(
            rounded: Set(cadres.flatMap(\.postings).filter(\.isAccountRounded).compactMap(\.bankAccount)),
            shared: Set(sharedAccounts))
    }

    /// The files that any of the records was read from.
    public var sourceFiles: Set<String> {
        var files = Set(villages.map(\.source.file))
        files.formUnion(units.map(\.source.file))
        files.formUnion(cadres.flatMap { $0.postings.map(\.source.file) })
        files.formUnion(spotChecks.map(\.source.file))
        return files
    }
}

/// What attendance says of one person on one day; the year's rules (M4, M10) read these.
public struct AttendanceFact: Hashable, Sendable, Codable {
    public var person: ResidentID
    public var date: CivilDate
    public var morning: AttendanceStatus
    public var afternoon: AttendanceStatus
    /// Half-days that count as present for pay; 0…2, after every exclusion.
    public var presentHalfDays: HalfDays
    /// The cell of the mark (of the morning's, where each half has its own).
    public var source: SourceCell

    public init(
        person: ResidentID, date: CivilDate, morning: AttendanceStatus, afternoon: AttendanceStatus,
        presentHalfDays: HalfDays, source: SourceCell
    ) {
        self.person = person
        self.date = date
        self.morning = morning
        self.afternoon = afternoon
        self.presentHalfDays = presentHalfDays
        self.source = source
    }

    /// A day on which another county's sheet, of which nothing more is known, marks the person absent or withdrawn.
    public init(absent person: ResidentID, on date: CivilDate) {
        self.init(
            person: person, date: date, morning: .absent, afternoon: .absent, presentHalfDays: .zero,
            source: SourceCell(file: "", sheet: "", address: CellAddress(row: 0, column: 0)))
    }
}
