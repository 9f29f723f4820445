import Domain

/// What the counties' registers say of each other's people and units. Source: spec §5.3, §7 M8.
public enum Elsewhere {
    /// Completes each county's records with its cadres' postings in other counties, and with the visits that heads of
    /// its sending units made there.
    ///
    /// - Complexity: O(postings + visits).
    static func add(to records: inout [CountyCode: CountyRecords]) {
        let codes = records.keys.sorted()
        var homes: [ResidentID: [CountyCode]] = [:]
        for code in codes {
            for cadre in records[code]?.cadres ?? [] { homes[cadre.id, default: []].append(code) }
        }
        let shared = homes.filter { $0.value.count > 1 }
        var postings: [ResidentID: [PostingElsewhere]] = [:]
        for code in codes where !shared.isEmpty {
            guard let entry = records[code] else { continue }
            for cadre in entry.cadres where shared[cadre.id] != nil {
                postings[cadre.id, default: []] += cadre.postings.map { posting in
                    PostingElsewhere(
                        person: cadre.id, county: code, start: posting.start, end: posting.end,
                        place: .init(
                            countyName: entry.county.name, posting: posting,
                            village: entry.villages.first { $0.key == posting.villageKey }))
                }
            }
        }
        let visits = headVisits(records, codes)
        let untold = codes.filter { !(records[$0]?.receivedForms.contains(.leaderVisits) ?? false) }.map { code in
            (county: code, units: unitKeys(records[code]))
        }
        for code in codes {
            guard let entry = records[code] else { continue }
            records[code]?.postingsElsewhere = entry.cadres.map(\.id).sorted().flatMap { id in
                (postings[id] ?? []).filter { $0.county != code }.sorted {
                    ($0.county, $0.start) < ($1.county, $1.start)
                }
            }
            let units = unitKeys(entry)
            records[code]?.unitsWithUntoldVisits = untold.filter { $0.county != code }.reduce(into: Set<String>()) {
                $0.formUnion($1.units.intersection(units))
            }.sorted()
            records[code]?.headVisitsElsewhere = visits.filter {
                $0.county != code && units.contains(TextFolding.key($0.unit))
            }
        }
    }

    private static func unitKeys(_ records: CountyRecords?) -> Set<String> {
        Set((records?.cadres ?? []).flatMap { $0.postings.map { TextFolding.key($0.sendingUnit) } })
    }

    /// Every visit of a unit's head to a village with a cadre of that unit in post, by unit, date, county, village.
    private static func headVisits(
        _ records: [CountyCode: CountyRecords], _ codes: [CountyCode]
    ) -> [HeadVisitElsewhere] {
        codes.flatMap { records[$0].map(headVisits) ?? [] }.sorted(by: inOrder)
    }

    private static func inOrder(_ left: HeadVisitElsewhere, _ right: HeadVisitElsewhere) -> Bool {
        (left.unit, left.date, left.county, left.township, left.village)
            < (right.unit, right.date, right.county, right.township, right.village)
    }

    /// Visits of heads of a county's units to its villages with a cadre of that unit, in that order.
    public static func headVisits(_ entry: CountyRecords) -> [HeadVisitElsewhere] {
        var units: [String: Set<String>] = [:]
        for unit in entry.units {
            for head in unit.heads { units[head.key, default: []].insert(TextFolding.key(unit.name)) }
        }
        guard !units.isEmpty, !entry.leaderVisits.isEmpty else { return [] }
        let posted = Dictionary(grouping: entry.cadres.flatMap(\.postings), by: \.villageKey)
        return entry.leaderVisits.flatMap { visit -> [HeadVisitElsewhere] in
            guard let headed = units[visit.leader.key] else { return [] }
            let names = (posted[visit.villageKey] ?? []).filter {
                $0.isInForce(on: visit.date) && headed.contains(TextFolding.key($0.sendingUnit))
            }.map(\.sendingUnit)
            return Set(names).map {
                HeadVisitElsewhere(
                    unit: $0, date: visit.date, county: entry.county.code, countyName: entry.county.name,
                    township: visit.township, village: visit.village)
            }
        }.sorted(by: inOrder)
    }
}
