import Domain

/// What the counties' registers say of each other's people and units. Source: spec §5.3, §7 M8.
enum Elsewhere {
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
            for cadre in records[code]?.cadres ?? [] where shared[cadre.id] != nil {
                postings[cadre.id, default: []] += cadre.postings.map {
                    PostingElsewhere(person: cadre.id, county: code, start: $0.start, end: $0.end)
                }
            }
        }
        shareRecords(of: shared, in: &records)
        let visits = headVisits(records, codes)
        for code in codes {
            guard let entry = records[code] else { continue }
            records[code]?.postingsElsewhere = entry.cadres.map(\.id).sorted().flatMap { id in
                (postings[id] ?? []).filter { $0.county != code }.sorted {
                    ($0.county, $0.start) < ($1.county, $1.start)
                }
            }
            let units = Set(entry.cadres.flatMap { $0.postings.map { TextFolding.key($0.sendingUnit) } })
            records[code]?.headVisitsElsewhere = visits.filter {
                $0.county != code && units.contains(TextFolding.key($0.unit))
            }
        }
    }

    /// Gives every county in which a person is posted what is on record of him in the others, once in each.
    ///
    /// Source: spec §5.3, «records follow the person».
    private static func shareRecords(
        of shared: [ResidentID: [CountyCode]], in records: inout [CountyCode: CountyRecords]
    ) {
        guard !shared.isEmpty else { return }
        func share<Record>(
            _ list: WritableKeyPath<CountyRecords, [Record]>, _ person: (Record) -> ResidentID?,
            _ source: (Record) -> SourceCell
        ) {
            var found: [ResidentID: [Record]] = [:]
            for code in records.keys.sorted() {
                for record in records[code]?[keyPath: list] ?? [] {
                    guard let person = person(record), shared[person] != nil else { continue }
                    found[person, default: []].append(record)
                }
            }
            for code in records.keys.sorted() where !found.isEmpty {
                var seen = Set((records[code]?[keyPath: list] ?? []).map(source))
                let others = found.filter { shared[$0.key]?.contains(code) ?? false }
                for record in others.sorted(by: { $0.key < $1.key }).flatMap(\.value)
                where seen.insert(source(record)).inserted {
                    records[code]?[keyPath: list].append(record)
                }
            }
        }
        share(\.trainings, { $0.person }, { $0.source })
        share(\.insurance, { $0.person }, { $0.source })
        share(\.incidents, { $0.person }, { $0.source })
        share(\.spotChecks, { $0.person }, { $0.source })
        share(\.assessments, { $0.person }, { $0.source })
        share(\.careEvents, { $0.person }, { $0.source })
        share(\.honours, { $0.person }, { $0.source })
        share(\.promotions, { $0.person }, { $0.source })
        share(\.cadreTalks, { $0.person }, { $0.source })
        share(\.commendations, { $0.person }, { $0.source })
    }

    /// Every visit of a unit's head to a village with a cadre of that unit in post, by unit, date, county, village.
    private static func headVisits(
        _ records: [CountyCode: CountyRecords], _ codes: [CountyCode]
    ) -> [HeadVisitElsewhere] {
        var visits: [HeadVisitElsewhere] = []
        for code in codes {
            guard let entry = records[code] else { continue }
            var units: [String: Set<String>] = [:]
            for unit in entry.units {
                guard let head = unit.head.map({ PersonName($0) }), !head.isBlank else { continue }
                units[head.key, default: []].insert(TextFolding.key(unit.name))
            }
            guard !units.isEmpty, !entry.leaderVisits.isEmpty else { continue }
            let posted = Dictionary(grouping: entry.cadres.flatMap(\.postings), by: \.villageKey)
            for visit in entry.leaderVisits {
                guard let headed = units[visit.leader.key] else { continue }
                let names = (posted[visit.villageKey] ?? []).filter {
                    $0.isInForce(on: visit.date) && headed.contains(TextFolding.key($0.sendingUnit))
                }.map(\.sendingUnit)
                visits += Set(names).map {
                    HeadVisitElsewhere(
                        unit: $0, date: visit.date, county: code, countyName: entry.county.name,
                        township: visit.township, village: visit.village)
                }
            }
        }
        return visits.sorted {
            ($0.unit, $0.date, $0.county, $0.township, $0.village)
                < ($1.unit, $1.date, $1.county, $1.township, $1.village)
        }
    }
}
