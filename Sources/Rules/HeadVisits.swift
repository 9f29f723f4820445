import Domain

// 青组字〔2018〕231号 第八条 (spec §7 M8): «the head's visits in every county counted together».

/// M8, visits of sending units' heads (主要负责人) to the villages of their cadres, in whichever county.
public struct HeadVisits: Sendable {
    public static let clause = LegalSource.measure(8)

    /// A visit of the year up to as-of.
    public struct Visit: Hashable, Comparable, Sendable, Codable {
        public var date: CivilDate
        /// Empty in the county itself.
        public var countyName: String
        public var township: String
        public var village: String
        /// The cell, in the county itself; what another county has on file is named, not shown.
        public var source: SourceCell?

        public static func < (left: Visit, right: Visit) -> Bool {
            (left.date, left.countyName, left.township, left.village)
                < (right.date, right.countyName, right.township, right.village)
        }
    }

    private var byUnit: [String: [Visit]] = [:]

    /// Visits to a village with a cadre of the unit in post that day.
    public init(_ input: YearInput) {
        var units: [String: [String]] = [:]
        for unit in input.records.units {
            for head in unit.heads { units[head.key, default: []].append(TextFolding.key(unit.name)) }
        }
        let visits = units.isEmpty ? [] : input.records.leaderVisits.filter { input.hasElapsed($0.date) }
        let postings = visits.isEmpty ? [] : input.records.cadres.flatMap(\.postings)
        for visit in visits {
            guard let headed = units[visit.leader.key] else { continue }
            for unit in headed {
                let isOwn = postings.contains {
                    $0.villageKey == visit.villageKey && $0.isInForce(on: visit.date)
                        && TextFolding.key($0.sendingUnit) == unit
                }
                guard isOwn else { continue }
                byUnit[unit, default: []].append(
                    Visit(
                        date: visit.date, countyName: "", township: visit.township, village: visit.village,
                        source: visit.source))
            }
        }
        for visit in input.records.headVisitsElsewhere where input.hasElapsed(visit.date) {
            byUnit[TextFolding.key(visit.unit), default: []].append(
                Visit(
                    date: visit.date, countyName: visit.countyName, township: visit.township, village: visit.village))
        }
    }

    /// Whether every county with cadres of the unit sent its visits: only then is no visit none.
    public func isTold(_ unit: String, _ input: YearInput) -> Bool {
        input.isSent(.leaderVisits) && !input.records.unitsWithUntoldVisits.contains(TextFolding.key(unit))
    }

    /// How often the head came, over all counties; nil where he is not known, or where nothing is on file and a county
    /// sent no visits.
    public func count(of unit: String, _ input: YearInput) -> Int? {
        guard let known = input.unit(named: unit), !known.heads.isEmpty else { return nil }
        let count = visits(of: unit).count
        return count > 0 || isTold(unit, input) ? count : nil
    }

    /// By date; those of one unit.
    public func visits(of unit: String) -> [Visit] { (byUnit[TextFolding.key(unit)] ?? []).sorted() }

    /// Those to one village of the county.
    public func visits(of unit: String, to village: VillageKey) -> [Visit] {
        visits(of: unit).filter {
            $0.source != nil && VillageKey(township: $0.township, village: $0.village) == village
        }
    }
}
