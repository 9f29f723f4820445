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

    /// Somebody on a county's roster with a name and account.
    private struct Owner {
        let payee: UInt64
        let person: UInt64
        let county: CountyCode
    }

    /// By name and account.
    private var owners: [Owner] = []
    private var isInOrder = true

    /// Takes in whom a county's year lists.
    mutating func note(_ people: [PersonYear], _ year: CountyYear) {
        posted[year.year, default: [:]][year.county] = people.map { PeopleMerge.number($0.person) }
    }

    /// Takes in by which names and accounts a county's roster knows whom.
    mutating func note(payees: [ExchangedRegisters.Owner], _ county: CountyCode) {
        owners += payees.map {
            Owner(payee: PeopleMerge.number($0.account), person: PeopleMerge.number($0.person), county: county)
        }
        isInOrder = false
    }

    /// Counties whose rosters have a name and account under another ID than a batch of that county issued to.
    private func asking(_ payee: UInt64, than person: UInt64, of county: CountyCode) -> Set<CountyCode> {
        var low = 0
        var high = owners.count
        while low < high {
            let middle = (low + high) / 2
            if owners[middle].payee < payee { low = middle + 1 } else { high = middle }
        }
        return Set(
            owners[low...].prefix { $0.payee == payee }.filter { $0.person != person && $0.county != county }
                .map(\.county))
    }

    /// - Throws: `RunFailure.refused` for a file that is missing or not the one its extract names.
    mutating func merge(_ sources: [ClaimsSource]) throws {
        if !isInOrder { owners.sort { ($0.payee, $0.county) < ($1.payee, $1.county) } }
        isInOrder = true
        for (period, ofMonth) in Dictionary(grouping: sources, by: \.period).sorted(by: { $0.key < $1.key }) {
            try merge(period, ofMonth.sorted { $0.county < $1.county })
        }
    }

    private mutating func merge(_ period: Period, _ sources: [ClaimsSource]) throws {
        let codes = Set(sources.map(\.county)).union((posted[period.year] ?? [:]).keys).sorted()
        let numbers = Dictionary(uniqueKeysWithValues: codes.enumerated().map { ($0.element, $0.offset) })
        var entries: [Entry] = []
        // People to whom a batch issued by a name and account that another county has under another ID.
        var otherIDs: [UInt64: Set<CountyCode>] = [:]
        var issuers: Set<CountyCode> = []
        for source in sources {
            let number = numbers[source.county] ?? 0
            ClaimsFile.eachPerson(try source.bytes()) { person, payee in
                entries.append(Entry(person: person, county: number))
                guard let payee else { return }
                let asking = asking(payee, than: person, of: source.county)
                if !asking.isEmpty {
                    otherIDs[person, default: []].formUnion(asking)
                    issuers.insert(source.county)
                }
            }
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
        guard !shared.isEmpty || !otherIDs.isEmpty else { return }
        let people = Set(shared.keys).union(otherIDs.keys)
        var lines: [String: [ClaimLine]] = [:]
        for source in sources where counties.contains(source.county) || issuers.contains(source.county) {
            for line in try source.lines(of: people) { lines[line.person, default: []].append(line) }
        }
        for (person, ofPerson) in lines.sorted(by: { $0.key < $1.key }) {
            let number = PeopleMerge.number(person)
            // Who is only named there has said whom it asks about, and says nothing to anybody else.
            give(ofPerson.filter { $0.kind != .paid && !$0.isMention }, period, to: shared[number] ?? [])
            for line in ofPerson where line.kind == .paid {
                guard let issuer = line.county, otherIDs[number] != nil else { continue }
                for county in asking(PeopleMerge.number(line.payee), than: number, of: issuer).sorted() {
                    given[county, default: []].append((period, line))
                }
            }
        }
    }

    private mutating func give(_ lines: [ClaimLine], _ period: Period, to counties: Set<CountyCode>) {
        for county in counties.sorted() where lines.contains(where: { $0.county != county }) {
            given[county, default: []] += lines.filter { $0.county != county }.map { (period, $0) }
        }
        guard Set(lines.compactMap(\.county)).count > 1 else { return }
        for line in lines where line.kind == .claim && line.morning | line.afternoon != 0 {
            presence[period.year, default: []].append(
                PresenceMask(
                    person: line.person, period: period, mornings: line.morning, afternoons: line.afternoon,
                    place: line.place))
        }
    }
}
