import Domain

// 青组字〔2018〕231号 第六条、第八条、第十条 (spec §7 M6, M8, M10): what is summed per sending unit over every county.

/// How a sending unit stands in a county's year: counts, and nobody's name.
public struct UnitStanding: Hashable, Sendable, Codable {
    /// Full name.
    public var unit: String
    public var level: AdministrativeLevel?
    /// Cadres in post on as-of whom the county counts.
    public var cadres: Int
    /// M4: person-dates.
    public var absences: Int
    public var withdrawals: Int
    /// M6: people.
    public var recalls: Int
    public var excellent: Int
    /// M5: people without cover; nil where no insurance was sent.
    public var uninsured: Int?
    /// M5: cadres whose insurance is not in order; nil where none was sent.
    public var insuranceOpen: Int?
    /// M5: villages of its cadres whose work funds are short or unpaid; nil where no disbursement was sent.
    public var fundsOpen: Int?
    /// M8: visits of the head to villages of its cadres in this county; nil where no visits were sent.
    public var headVisits: Int?
    /// M8: talks with the unit, in whichever county they are on file: equal in all of them.
    public var talks: Int

    public init(
        unit: String, level: AdministrativeLevel? = nil, cadres: Int = 0, absences: Int = 0, withdrawals: Int = 0,
        recalls: Int = 0, excellent: Int = 0, uninsured: Int? = 0, insuranceOpen: Int? = 0, fundsOpen: Int? = 0,
        headVisits: Int? = 0, talks: Int = 0
    ) {
        self.unit = unit
        self.level = level
        self.cadres = cadres
        self.absences = absences
        self.withdrawals = withdrawals
        self.recalls = recalls
        self.excellent = excellent
        self.uninsured = uninsured
        self.insuranceOpen = insuranceOpen
        self.fundsOpen = fundsOpen
        self.headVisits = headVisits
        self.talks = talks
    }

    /// Whether any of its cadres calls for a talk.
    public var callsForTalk: Bool { absences + withdrawals + recalls + (uninsured ?? 0) > 0 }

    /// Both together; the name is the first's. What one of both was not told is that of the other.
    public static func + (left: UnitStanding, right: UnitStanding) -> UnitStanding {
        func sum(_ left: Int?, _ right: Int?) -> Int? {
            guard let left, let right else { return left ?? right }
            return left + right
        }
        return UnitStanding(
            unit: left.unit, level: left.level ?? right.level, cadres: left.cadres + right.cadres,
            absences: left.absences + right.absences, withdrawals: left.withdrawals + right.withdrawals,
            recalls: left.recalls + right.recalls, excellent: left.excellent + right.excellent,
            uninsured: sum(left.uninsured, right.uninsured),
            insuranceOpen: sum(left.insuranceOpen, right.insuranceOpen),
            fundsOpen: sum(left.fundsOpen, right.fundsOpen), headVisits: sum(left.headVisits, right.headVisits),
            talks: max(left.talks, right.talks))
    }

    /// One county's standing of a unit.
    public typealias Place = (county: CountyCode, standing: UnitStanding)

    /// How a unit stands in all other counties together, for each county that has cadres of it; empty where only one
    /// has.
    ///
    /// - Parameter places: in the order of the counties.
    /// - Complexity: O(places): a unit of the country has cadres in every county, so the others are not added up anew.
    public static func elsewhere(_ places: [Place]) -> [CountyCode: UnitStanding] {
        func joined(_ left: UnitStanding?, _ right: UnitStanding?) -> UnitStanding? {
            guard let left, let right else { return left ?? right }
            return left + right
        }
        var counties: [Place] = []
        for place in places {
            if let last = counties.last, last.county == place.county {
                counties[counties.count - 1].standing = last.standing + place.standing
            } else {
                counties.append(place)
            }
        }
        var after: [UnitStanding?] = [nil]
        for place in counties.reversed() { after.append(joined(place.standing, after.last ?? nil)) }
        var before: UnitStanding?
        var elsewhere: [CountyCode: UnitStanding] = [:]
        for (index, place) in counties.enumerated() {
            elsewhere[place.county] = joined(before, after[counties.count - 1 - index])
            before = joined(before, place.standing)
        }
        return elsewhere
    }

    /// Every unit with a posting in the year up to as-of, by name.
    public static func compute(_ input: YearInput) -> [UnitStanding] { input.once { made(input) } }

    private static func made(_ input: YearInput) -> [UnitStanding] {
        let accountability = Dictionary(grouping: Accountability.compute(input).rows) {
            TextFolding.key($0.sendingUnit)
        }
        let excellence = Dictionary(
            UnitExcellence.compute(input).rows.map { (TextFolding.key($0.sendingUnit), $0.excellent) },
            uniquingKeysWith: +)
        let insurance = Dictionary(grouping: UnitStanding.insuranceOpen(input)) { TextFolding.key($0.sendingUnit) }
        let funds = UnitStanding.fundsOpen(input)
        let counted = input.countedByUnit
        let heads = HeadVisits(input)
        let talks = Dictionary(grouping: input.records.talks.filter { input.hasElapsed($0.date) }) {
            TextFolding.key($0.unit)
        }
        var names: [String: String] = [:]
        for posting in input.records.cadres.flatMap(\.postings)
        where input.wasPosted(posting) && !posting.sendingUnit.isEmpty {
            let key = TextFolding.key(posting.sendingUnit)
            names[key] = min(names[key] ?? posting.sendingUnit, posting.sendingUnit)
        }
        return names.sorted { $0.value < $1.value }.map { key, name in
            func count(_ reason: Accountability.Reason) -> Int {
                (accountability[key] ?? []).reduce(0) { $1.reason == reason ? $0 + $1.count : $0 }
            }
            return UnitStanding(
                unit: name, level: input.unit(named: name)?.level, cadres: counted[key]?.count ?? 0,
                absences: count(.absence), withdrawals: count(.withdrawal), recalls: count(.recall),
                excellent: excellence[key] ?? 0, uninsured: input.isSent(.insurance) ? count(.uninsured) : nil,
                insuranceOpen: input.isSent(.insurance) ? Set((insurance[key] ?? []).map(\.id)).count : nil,
                fundsOpen: input.isSent(.workFunds) ? funds[key]?.count ?? 0 : nil,
                headVisits: input.isSent(.leaderVisits)
                    ? heads.visits(of: name).count { $0.countyName.isEmpty } : nil,
                talks: talks[key]?.count ?? 0)
        }
    }

    /// The counties' units together, by level from the province down (those without one last), then name.
    public static func joined(_ counties: [[UnitStanding]]) -> [UnitStanding] {
        var units: [String: UnitStanding] = [:]
        for standing in counties.flatMap({ $0 }) {
            let key = TextFolding.key(standing.unit)
            units[key] = units[key].map { $0 + standing } ?? standing
        }
        return units.values.sorted { left, right in
            if left.level != right.level {
                guard let leftLevel = left.level else { return false }
                guard let rightLevel = right.level else { return true }
                return leftLevel < rightLevel
            }
            return left.unit < right.unit
        }
    }

    /// Cadres whose insurance is not in order; cover that will end soon is.
    static func insuranceOpen(_ input: YearInput) -> [PersonColumns] {
        InsuranceCover.compute(input).rows.filter { $0.flag != .expiring }.map(\.person)
    }

    /// Villages with work funds short or unpaid, by the key of a unit with a cadre there in the year.
    static func fundsOpen(_ input: YearInput) -> [String: Set<VillageKey>] {
        let open = Set(
            WorkFunds.compute(input).rows.filter { $0.status == .short || $0.status == .unpaid }.map {
                VillageKey(township: $0.township, village: $0.village)
            })
        var villages: [String: Set<VillageKey>] = [:]
        for posting in input.records.cadres.flatMap(\.postings) where open.contains(posting.villageKey) {
            guard input.wasPosted(posting) else { continue }
            villages[TextFolding.key(posting.sendingUnit), default: []].insert(posting.villageKey)
        }
        return villages
    }
}
