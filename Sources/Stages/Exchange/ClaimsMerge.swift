import Domain
import Rules

/// Finds whom the sheets of several counties claim, a month after the other: what is kept is a number a person and
/// county of one month, and the lines of those who are shared. Source: spec §11, «merging is streaming».
struct ClaimsMerge {
    /// By county: what the other counties say of its people.
    private(set) var given: [CountyCode: [(period: Period, line: ClaimLine)]] = [:]
    /// Presence of people of several counties, by year.
    private(set) var presence: [Int: [PresenceMask]] = [:]

    /// People on the rosters of counties: other counties' sheets may speak of them where their own are silent.
    private var posted: [Int: [CountyCode: [UInt64]]] = [:]

    private struct Entry {
        let person: UInt64
        let county: Int
    }

    /// Takes in whom a county's year lists.
    mutating func note(_ people: [PersonYear], _ year: CountyYear) {
        posted[year.year, default: [:]][year.county] = people.map { PeopleMerge.number($0.person) }
    }

    /// - Throws: `RunFailure.refused` for a file that is missing or not the one its extract names.
    mutating func merge(_ sources: [ClaimsSource]) throws {
        for (period, ofMonth) in Dictionary(grouping: sources, by: \.period).sorted(by: { $0.key < $1.key }) {
            try merge(period, ofMonth.sorted { $0.county < $1.county })
        }
    }

    private mutating func merge(_ period: Period, _ sources: [ClaimsSource]) throws {
        let codes = Set(sources.map(\.county)).union((posted[period.year] ?? [:]).keys).sorted()
        let numbers = Dictionary(uniqueKeysWithValues: codes.enumerated().map { ($0.element, $0.offset) })
        var entries: [Entry] = []
        for source in sources {
            let number = numbers[source.county] ?? 0
            ClaimsFile.eachPerson(try source.bytes()) { entries.append(Entry(person: $0, county: number)) }
        }
        for (county, people) in posted[period.year] ?? [:] {
            let number = numbers[county] ?? 0
            entries += people.map { Entry(person: $0, county: number) }
        }
        entries.sort { ($0.person, $0.county) < ($1.person, $1.county) }
        var shared: [UInt64: Set<CountyCode>] = [:]
        var counties: Set<CountyCode> = []
        for (left, right) in zip(entries, entries.dropFirst())
        where left.person == right.person && left.county != right.county {
            let pair = [codes[left.county], codes[right.county]]
            shared[left.person, default: []].formUnion(pair)
            counties.formUnion(pair)
        }
        guard !shared.isEmpty else { return }
        let people = Set(shared.keys)
        var lines: [String: [ClaimLine]] = [:]
        for source in sources where counties.contains(source.county) {
            ClaimsFile.each(try source.bytes(), of: people) { cells in
                if let line = ClaimLine(cells: cells) { lines[line.person, default: []].append(line) }
            }
        }
        for (person, ofPerson) in lines.sorted(by: { $0.key < $1.key }) {
            give(ofPerson, period, to: shared[PeopleMerge.number(person)] ?? [])
        }
    }

    private mutating func give(_ lines: [ClaimLine], _ period: Period, to counties: Set<CountyCode>) {
        for county in counties.sorted() where lines.contains(where: { $0.county != county }) {
            given[county, default: []] += lines.filter { $0.county != county }.map { (period, $0) }
        }
        guard Set(lines.compactMap(\.county)).count > 1 else { return }
        for line in lines where line.morning | line.afternoon != 0 {
            presence[period.year, default: []].append(
                PresenceMask(
                    person: line.person, period: period, mornings: line.morning, afternoons: line.afternoon,
                    place: line.place))
        }
    }
}
