import Domain
import Foundation
import Rules
import Settings

/// What each county's year gets to know of all the others: seats, how its units stand elsewhere, its people elsewhere.
struct QuotasBack {
    private let province: ProvinceYears
    private let years: [CountyCode: [CountyYear]]
    private let seats: [Int: [CountyCode: TrainingQuota.Quota]]
    /// What other counties say of people who are on several rosters.
    private var people: [CountyYear: [PersonYear]] = [:]

    /// - Throws: `RunFailure` where an extract can no longer be read.
    init(
        _ extracts: [CountyYear: CountyExtract], _ people: PeopleMerge, paths: [CountyYear: String], region: Region,
        policy: Policy
    ) throws {
        years = Dictionary(grouping: extracts.keys.sorted(), by: \.county)
        var counted = extracts
        let shared = Set(extracts.keys.map(\.year)).sorted().map { (year: $0, people: people.shared($0)) }
        for (year, people) in shared {
            for (county, number) in people.countedTwice {
                counted[CountyYear(county: county, year: year)]?.training?.counts.headcount -= number
            }
        }
        let province = ProvinceYears(
            extracts: Array(counted.values), region: region, policy: policy,
            asOf: extracts.values.map(\.asOf).max() ?? CivilDate(dayNumber: 0))
        self.province = province
        seats = province.quotas
        for (year, people) in shared { try tell(people.people, people.counties, year, paths) }
    }

    /// Reads the extracts of those counties once more, for what they say of people whom several list.
    private mutating func tell(
        _ people: Set<UInt64>, _ counties: Set<CountyCode>, _ year: Int, _ paths: [CountyYear: String]
    ) throws {
        var told: [String: [(county: CountyCode, entry: PersonYear)]] = [:]
        for county in counties.sorted() {
            guard let path = paths[CountyYear(county: county, year: year)] else { continue }
            for entry in try ExtractFile(path: path).extract.people ?? []
            where people.contains(PeopleMerge.number(entry.person)) {
                told[entry.person, default: []].append((county, entry))
            }
        }
        for (_, entries) in told.sorted(by: { $0.key < $1.key }) where entries.count > 1 {
            for own in entries {
                self.people[CountyYear(county: own.county, year: year), default: []] += entries.filter {
                    $0.county != own.county
                }.map(\.entry)
            }
        }
    }

    /// What a county is given.
    func quotas(_ header: HandBackHeader) -> CountyQuotas {
        CountyQuotas(
            header: header,
            years: (years[header.county] ?? []).map { year in
                CountyQuotas.Year(
                    year: year.year, seats: seats[year.year]?[year.county],
                    units: province.unitsElsewhere(year).sorted { $0.key < $1.key }.map(\.value),
                    people: people[year] ?? [])
            })
    }
}
