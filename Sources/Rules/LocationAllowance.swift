import Domain

/// A standard in force over some days of a posting.
public struct AllowanceSegment: Hashable, Sendable, Codable {
    /// Consecutive days of the posting with the same standards.
    public var days: CivilDateRange
    /// Monthly standard at the posting; nil where the table has none for the keys (`rate-missing`).
    public var postingStandard: DatedValue<Fen>?
    /// Monthly standard with the unit's own category; nil where there is none.
    public var unitStandard: DatedValue<Fen>?
    /// The monthly amount by the policy's basis; nil where a standard it needs is missing.
    public var payable: Fen?
    /// A standard that the payment needs is missing: `rate-missing`.
    public var isRateMissing: Bool
    /// The key that was looked up, `四类 × 科员`, for the finding and the trace; `—` where a key is not given.
    public var keyText: String

    /// Standard at the posting less the unit's, never below 0; the full standard without a unit's.
    public var topUp: Fen? {
        postingStandard.map { posting in
            unitStandard.map { Fen(max(0, posting.value.amount - $0.value.amount)) } ?? posting.value
        }
    }
}

/// One allowance of one posting in one month.
public struct LocationAllowanceAmount: Hashable, Sendable, Codable {
    public var table: RateTableID
    /// What goes into the payment; nil: an empty column, never 0.
    public var amount: Fen?
    /// By date.
    public var segments: [AllowanceSegment]
    /// The first days without a rate, nil where none is missing: one `rate-missing` finding.
    public var missingSegment: AllowanceSegment? { segments.first { $0.isRateMissing } }
    /// Whether any posted day lacks a rate.
    public var isRateMissing: Bool { missingSegment != nil }
    /// The arguments of the `rate-missing` finding: allowance, key, days without a rate; nil where none is missing.
    public var rateMissingArguments: [String]? {
        missingSegment.map {
            let days = $0.days
            let text = days.start == days.end ? days.start.iso : "\(days.start.iso) 至 \(days.end.iso)"
            return [table.chinese, $0.keyText, text]
        }
    }
}

/// The allowances of one posting in one month.
public struct LocationAllowanceResult: Hashable, Sendable, Codable {
    public var posting: Posting
    /// Calendar days of the posting in the month, both ends included.
    public var days: CivilDateRange
    /// One for each table that the policy has, in the order of `RateTableID`.
    public var amounts: [LocationAllowanceAmount]

    /// What goes into a payment's column; nil leaves it empty.
    public subscript(table: RateTableID) -> Fen? { amounts.first { $0.table == table }?.amount }
}

// 青组字〔2018〕231号 第五条 (spec §7 M5): «Hardship, Qinghai, township: monthly rate tables with free key columns and
// validity; amount pro rata by posted calendar days ÷ days of the month, half up to the fen, largest remainder
// over several postings so that the month's parts add up; where the unit register gives the unit's own category,
// also the standard there and the top-up. `locationAllowanceBasis: full | topUp | statementOnly` says what goes
// into the payment. `topUp` without a unit category, or of a table without that key, is the full rate, and never
// below 0. They do not hang on attendance.»

/// M5, location allowances (艰苦边远地区津贴, 青海津贴, 乡镇工作补贴).
public enum LocationAllowance {
    /// The measure it comes from.
    public static let clause = LegalSource.measure(5)

    /// The allowances of every posting of one person in one month, in the order of `postings`.
    ///
    /// A day on which several postings are in force is shared evenly among them, so that nobody has more than a month.
    public static func compute(
        _ postings: [Posting], in period: Period, villages: [VillageRecord], units: [UnitRecord],
        countyName: String, policy: Policy
    ) -> [LocationAllowanceResult] {
        let places = AllowancePlaces(villages: villages, units: units, countyName: countyName)
        return compute(postings, in: period, places: places, policy: policy)
    }

    /// The same with the registers indexed once for a whole county.
    ///
    /// - Parameter elsewhere: the person's postings in other counties: their days and parts are counted, not told.
    /// - Parameter unpaid: days of the month that count for nothing: another county's batch issued for them.
    public static func compute(
        _ postings: [Posting], elsewhere: [PostingElsewhere] = [], in period: Period, places: AllowancePlaces,
        policy: Policy, unpaid: Set<Int> = []
    ) -> [LocationAllowanceResult] {
        let posted = shared(postings, elsewhere, period, places)
        // How many postings share each day of the month; 1 but where rosters overlap.
        let sharers =
            posted.count < 2
            ? [Int](repeating: 1, count: period.dayCount)
            : period.range.dates.map { date in max(1, posted.count { $0.days.contains(date) }) }
        let denominator = sharers.reduce(1, leastCommonMultiple)
        var results = posted.map { LocationAllowanceResult(posting: $0.place.posting, days: $0.days, amounts: []) }
        for id in RateTableID.allCases {
            guard let table = policy.rateTables[id] else { continue }
            let segments = posted.map { $0.place.segments(of: table, days: $0.days, policy: policy) }
            let numerators = segments.map { segments in
                segments.reduce(0) { sum, segment in
                    let weight = (segment.days.start.day...segment.days.end.day).reduce(0) {
                        $0 + (unpaid.contains($1) ? 0 : denominator / sharers[$1 - 1])
                    }
                    return sum + (segment.payable?.amount ?? 0) * weight
                }
            }
            let parts = Rounding.largestRemainder(numerators, period.dayCount * denominator)
            for index in posted.indices {
                let isPaid = segments[index].contains { $0.payable != nil }
                results[index].amounts.append(
                    LocationAllowanceAmount(
                        table: id, amount: isPaid ? Fen(parts[index]) : nil, segments: segments[index]))
            }
        }
        return zip(posted, results).filter(\.0.isOwn).map(\.1)
    }

    private struct Posted {
        var place: AllowancePlace
        var days: CivilDateRange
        var isOwn: Bool
    }

    /// The postings of a month over all counties, in an order that is the same whichever county asks.
    private static func shared(
        _ postings: [Posting], _ elsewhere: [PostingElsewhere], _ period: Period, _ places: AllowancePlaces
    ) -> [Posted] {
        let own = postings.compactMap { posting in
            posting.days(within: period.range).map { Posted(place: places.place(of: posting), days: $0, isOwn: true) }
        }
        let others = elsewhere.compactMap { other -> Posted? in
            guard let place = other.place, let days = other.days(within: period.range) else { return nil }
            return Posted(place: places.place(of: place), days: days, isOwn: false)
        }
        guard !others.isEmpty else { return own }
        func key(_ posted: Posted) -> (CivilDate, CountyCode, String, String) {
            let posting = posted.place.posting
            return (posting.start, posting.county, posting.township, posting.village)
        }
        return (own + others).sorted { key($0) < key($1) }
    }

    private static func leastCommonMultiple(_ left: Int, _ right: Int) -> Int {
        var (divisor, rest) = (left, right)
        while rest != 0 { (divisor, rest) = (rest, divisor % rest) }
        return left / divisor * right
    }
}

/// The registers of a county, indexed for allowance keys.
public struct AllowancePlaces: Sendable {
    private let villages: [VillageKey: VillageRecord]
    /// By the register's own spelling, which postings mostly have.
    private let villagesAsNamed: [[String]: VillageRecord]
    private let units: [String: UnitRecord]
    private let countyName: String

    public init(villages: [VillageRecord], units: [UnitRecord], countyName: String) {
        self.villages = Dictionary(villages.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
        villagesAsNamed = Dictionary(
            villages.map { ([$0.township, $0.village], $0) }, uniquingKeysWith: { first, _ in first })
        self.units = Dictionary(units.map { (TextFolding.key($0.name), $0) }, uniquingKeysWith: { first, _ in first })
        self.countyName = countyName
    }

    /// The registers of these records.
    public init(_ records: CountyRecords) {
        self.init(villages: records.villages, units: records.units, countyName: records.county.name)
    }

    /// What the registers say of a posting's village and unit.
    func place(of posting: Posting) -> AllowancePlace {
        AllowancePlace(
            posting: posting,
            village: villagesAsNamed[[posting.township, posting.village]] ?? villages[posting.villageKey],
            unit: units[TextFolding.key(posting.sendingUnit)], countyName: countyName)
    }

    /// What another county's registers say of a posting there.
    func place(of other: PostingElsewhere.Place) -> AllowancePlace {
        AllowancePlace(
            posting: other.posting, village: other.village, unit: units[TextFolding.key(other.posting.sendingUnit)],
            countyName: other.countyName)
    }
}

/// A posting with its village and unit, for the keys of a rate table.
struct AllowancePlace {
    let posting: Posting
    let village: VillageRecord?
    let unit: UnitRecord?
    let countyName: String

    /// The posting's days, cut where a standard, the basis or the years of posting change.
    func segments(of table: RateTable, days: CivilDateRange, policy: Policy) -> [AllowanceSegment] {
        var pieces = [days]
        if table.keys.contains(.postingWholeYears) {
            let years = days.start.year...days.end.year
            pieces = cut(days, at: years.map { posting.start.anniversary(years: $0 - posting.start.year) })
        }
        var segments: [AllowanceSegment] = []
        for piece in pieces {
            let names = names(of: table, village?.hardshipCategory, on: piece.start)
            let rates = table.rates(names)
            let hasUnitStandard = table.keys.contains(.villageHardshipCategory) && unit?.hardshipCategory != nil
            let unitRates =
                hasUnitStandard ? table.rates(self.names(of: table, unit?.hardshipCategory, on: piece.start)) : []
            let changes = (rates + unitRates).flatMap(\.changes)
            let basisChanges = policy.parameters[.locationAllowanceBasis]?.values.flatMap(\.changes) ?? []
            for days in cut(piece, at: changes + basisChanges) {
                var segment = AllowanceSegment(
                    days: days, postingStandard: rates.last { $0.covers(days.start) },
                    unitStandard: unitRates.last { $0.covers(days.start) }, payable: nil, isRateMissing: false,
                    keyText: names.map { $0.first ?? "—" }.joined(separator: " × "))
                let basis = policy.basis(on: days.start)?.value
                switch basis {
                case .full: segment.payable = segment.postingStandard?.value
                case .topUp:
                    segment.payable = hasUnitStandard && segment.unitStandard == nil ? nil : segment.topUp
                case .statementOnly, nil: break
                }
                segment.isRateMissing =
                    basis == .statementOnly ? segment.postingStandard == nil : segment.payable == nil
                segments.append(segment)
            }
        }
        return segments
    }

    /// `days` in pieces that begin on their first day and on each of `dates` among them.
    private func cut(_ days: CivilDateRange, at dates: [CivilDate]) -> [CivilDateRange] {
        let starts = dates.filter { $0 > days.start && $0 <= days.end }
        guard !starts.isEmpty else { return [days] }
        let all = [days.start] + Set(starts).sorted()
        return all.enumerated().compactMap { index, start in
            CivilDateRange(start, index + 1 < all.count ? all[index + 1].adding(days: -1) : days.end)
        }
    }

    /// Every name by which each key column may go, the most particular first; none where the register gives nothing.
    private func names(of table: RateTable, _ hardshipCategory: String?, on date: CivilDate) -> [[String]] {
        table.keys.map { key in
            let names: [String?] =
                switch key {
                case .villageHardshipCategory: [hardshipCategory]
                case .villageSubsidyClass: [village?.subsidyClass]
                case .villageTownship: [posting.township]
                case .villageCounty: [countyName, posting.county.text]
                case .cadreRank: [posting.rank]
                case .cadreRole: [posting.roleText, posting.role.chinese]
                case .unitLevel: [unit?.level?.chinese, unit?.level.map { $0.chinese + "级" }]
                case .postingWholeYears: [String(wholeYears(on: date))]
                }
            return names.compactMap { $0 }.filter { !$0.isEmpty }
        }
    }

    /// Anniversaries of the posting's first day that have come, that day included.
    private func wholeYears(on date: CivilDate) -> Int {
        var years = max(0, date.year - posting.start.year)
        while years > 0, posting.start.anniversary(years: years) > date { years -= 1 }
        return years
    }
}

extension PostingRole {
    /// The role's usual name; empty for another.
    var chinese: String {
        switch self {
        case .firstSecretary: "第一书记"
        case .teamLeader: "工作队长"
        case .teamMember: "工作队员"
        case .deputyVillageSecretary: "村党组织副书记"
        case .other: ""
        }
    }
}
