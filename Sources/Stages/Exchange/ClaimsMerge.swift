import Domain
import Rules

/// Finds whom the sheets of several counties claim, a month after the other: what is kept is a number a person and
/// county of one month, and the lines of those who are shared. Source: spec §11, «merging is streaming».
struct ClaimsMerge {
    /// By county: what the other counties say of its people.
    private(set) var given: [CountyCode: [(period: Period, line: ClaimLine)]] = [:]
    /// Presence of people of several counties, by year.
    private(set) var presence: [Int: [PresenceMask]] = [:]

    private struct Entry {
        let person: UInt64
        let county: Int
    }

    /// - Throws: `RunFailure.refused` for a file that is missing or not the one its extract names.
    mutating func merge(_ sources: [ClaimsSource]) throws {
        for (period, ofMonth) in Dictionary(grouping: sources, by: \.period).sorted(by: { $0.key < $1.key }) {
            try merge(period, ofMonth.sorted { $0.county < $1.county })
        }
    }

    private mutating func merge(_ period: Period, _ sources: [ClaimsSource]) throws {
        var entries: [Entry] = []
        for (number, source) in sources.enumerated() {
            ClaimsFile.eachPerson(try source.bytes()) { entries.append(Entry(person: $0, county: number)) }
        }
        entries.sort { ($0.person, $0.county) < ($1.person, $1.county) }
        var shared: Set<UInt64> = []
        var counties: Set<Int> = []
        for (left, right) in zip(entries, entries.dropFirst())
        where left.person == right.person && left.county != right.county {
            shared.insert(left.person)
            counties.formUnion([left.county, right.county])
        }
        guard !shared.isEmpty else { return }
        var lines: [String: [ClaimLine]] = [:]
        for number in counties.sorted() {
            ClaimsFile.each(try sources[number].bytes(), of: shared) { cells in
                if let line = ClaimLine(cells: cells) { lines[line.person, default: []].append(line) }
            }
        }
        for (_, ofPerson) in lines.sorted(by: { $0.key < $1.key }) { give(ofPerson, period) }
    }

    private mutating func give(_ lines: [ClaimLine], _ period: Period) {
        let counties = Set(lines.compactMap(\.county)).sorted()
        guard counties.count > 1 else { return }
        for county in counties {
            given[county, default: []] += lines.filter { $0.county != county }.map { (period, $0) }
        }
        for line in lines where line.morning | line.afternoon != 0 {
            presence[period.year, default: []].append(
                PresenceMask(
                    person: line.person, period: period, mornings: line.morning, afternoons: line.afternoon,
                    place: line.place))
        }
    }
}
