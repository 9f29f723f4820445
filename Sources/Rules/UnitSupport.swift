import Domain

// 青组字〔2018〕231号 第八条 (spec §7 M8): «party-branch pairing, household ties and service teams per unit and village», with
// «the head's visits in every county counted together».

/// M8, what a sending unit does for each village of its cadres.
public enum UnitSupport {
    public static let clause = LegalSource.measure(8)
    public static let forms: [FormID] = [.unitSupport]

    /// One unit and village.
    public struct Row: Hashable, Sendable, Codable {
        public var countyName: String
        public var sendingUnit: String
        public var level: AdministrativeLevel?
        public var township: String
        public var village: String
        /// Whether a cadre of the unit was posted in the village in the year.
        public var hasCadre: Bool
        /// 党组织共建; nil where nothing shows one and no support was sent.
        public var isPaired: Bool?
        /// 认亲户数; nil where no support was sent, or where a tie is on record without its number.
        public var households: Int?
        /// How many ties are on record, with a number or without.
        public var ties: Int
        /// 服务队: how often one came; nil where no support was sent.
        public var serviceTeams: Int?
        /// 负责人走访次数 to this village; nil where no visits were sent.
        public var headVisits: Int?
        /// 负责人走访次数 to villages of the unit's cadres in every county; nil where no head is known, or nothing was
        /// sent.
        public var headVisitsEverywhere: Int?
        /// Whether the head of the unit is known.
        public var hasHead: Bool
        public var evidence: [SourceCell]

        /// Nothing at all is on record.
        public var isBare: Bool {
            isPaired == false && ties == 0 && serviceTeams == 0 && (headVisits ?? 0) == 0
        }
    }

    /// Every unit and village with a cadre in the year, and those with support on record, by unit, township, village.
    ///
    /// Pairings of party branches last: one of an earlier year counts. Household ties and service teams are those of
    /// the year up to as-of.
    public static func compute(_ input: YearInput) -> RuleResult<Row> {
        var places = postedPlaces(input)
        var support: [Key: [UnitSupportRecord]] = [:]
        for record in input.records.unitSupport where input.hasCome(record.date) {
            guard record.kind == .branchPairing || input.hasElapsed(record.date) else { continue }
            let key = Key(unit: TextFolding.key(record.unit), village: record.villageKey)
            support[key, default: []].append(record)
            if places[key] == nil {
                places[key] = Place(
                    unit: record.unit, township: record.township, village: record.village, posting: nil)
            }
        }
        let heads = HeadVisits(input)
        let pairings = branchPairings(input)
        let rows = places.sorted { $0.key < $1.key }.map {
            row($0.key, $0.value, support[$0.key] ?? [], pairings[$0.key] ?? [], heads, input)
        }
        let findings = input.records.unitSupport.filter { input.isFuture($0.date) }.map {
            input.finding(
                .recordInFuture, township: $0.township, at: $0.source, value: $0.date.iso,
                arguments: [$0.date.iso, input.runDate.iso])
        }
        return RuleResult(
            rows: rows, findings: findings.sorted(by: Finding.inReportOrder),
            unreportedForms: input.unreported(forms))
    }
    private struct Key: Hashable, Comparable {
        let unit: String
        let village: VillageKey
        static func < (left: Key, right: Key) -> Bool { (left.unit, left.village) < (right.unit, right.village) }
    }

    /// A unit and village as they are written.
    private struct Place {
        let unit, township, village: String
        /// Of a posting in the year; nil where the unit has no cadre there.
        let posting: SourceCell?
    }

    private static func postedPlaces(_ input: YearInput) -> [Key: Place] {
        var places: [Key: Place] = [:]
        for posting in input.records.cadres.flatMap(\.postings) where input.wasPosted(posting) {
            let key = Key(unit: TextFolding.key(posting.sendingUnit), village: posting.villageKey)
            guard !key.unit.isEmpty, places[key] == nil else { continue }
            places[key] = Place(
                unit: posting.sendingUnit, township: posting.township, village: posting.village,
                posting: posting.source)
        }
        return places
    }

    /// Pairings of party branches that the pairing form has, as far as they have begun.
    private static func branchPairings(_ input: YearInput) -> [Key: [SourceCell]] {
        var cells: [Key: [SourceCell]] = [:]
        for pairing in input.records.pairings where pairing.kind == UnitSupportKind.branchPairing.chinese {
            guard pairing.start.map({ input.hasCome($0) }) ?? true else { continue }
            cells[Key(unit: TextFolding.key(pairing.helper), village: pairing.villageKey), default: []].append(
                pairing.source)
        }
        return cells
    }

    private static func row(
        _ key: Key, _ place: Place, _ support: [UnitSupportRecord], _ pairings: [SourceCell], _ heads: HeadVisits,
        _ input: YearInput
    ) -> Row {
        let own = support.sorted { ($0.date, $0.source) < ($1.date, $1.source) }
        let visits = heads.visits(of: place.unit, to: key.village)
        let unit = input.unit(named: place.unit)
        let cells = own.map(\.source) + pairings + visits.compactMap(\.source)
        let isSent = input.isSent(.unitSupport)
        let ties = own.filter { $0.kind == .householdTies }
        let isPaired = !pairings.isEmpty || own.contains { $0.kind == .branchPairing }
        let hasNumbers = ties.isEmpty || ties.contains { $0.households != nil }
        return Row(
            countyName: input.records.county.name, sendingUnit: place.unit, level: unit?.level,
            township: place.township, village: place.village, hasCadre: place.posting != nil,
            isPaired: isPaired || isSent ? isPaired : nil,
            households: hasNumbers && (isSent || !ties.isEmpty) ? ties.reduce(0) { $0 + ($1.households ?? 0) } : nil,
            ties: ties.count, serviceTeams: isSent || !own.isEmpty ? own.count { $0.kind == .serviceTeam } : nil,
            headVisits: input.isSent(.leaderVisits) || !visits.isEmpty ? visits.count : nil,
            headVisitsEverywhere: heads.count(of: place.unit, input), hasHead: !(unit?.heads ?? []).isEmpty,
            evidence: cells.isEmpty ? place.posting.map { [$0] } ?? [] : cells)
    }
}
