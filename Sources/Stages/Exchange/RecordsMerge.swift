import Domain
import Foundation
import Rules

/// Finds whom, which units and which places the registers of several counties know; kept are numbers and names, until
/// the rows of those that are shared are read once more.
struct RecordsMerge {
    private struct Mention {
        let name: UInt64
        let county: Int
    }

    private var codes: [CountyCode] = []
    private var paths: [String] = []
    private var people: [Mention] = []
    private var accounts: [(account: UInt64, person: UInt64, county: Int)] = []
    private var texts: [[String]] = []
    private var unitKeys: [[String]] = []
    private var sendsVisits: [Bool] = []
    /// Sealed county registers, by county.
    private var countyRegisters: [Int: String] = [:]
    /// Counties that hand over rows of a unit.
    private var holders: [String: [Int]] = [:]
    private var registered: Set<String> = []
    /// Counties of which another one's rows speak.
    private var strays: [CountyCode: [Int]] = [:]
    /// Counties of which files in another one's folder speak.
    private var misfiled: [CountyCode: [Int]] = [:]

    // MARK: Taking in

    mutating func note(_ registers: ExchangedRegisters, _ county: CountyCode, _ path: String) {
        let number = codes.count
        codes.append(county)
        paths.append(path)
        people += registers.people.map { Mention(name: PeopleMerge.number($0.name), county: number) }
        accounts += registers.accounts.map {
            (PeopleMerge.number($0.account), PeopleMerge.number($0.person), number)
        }
        texts.append(registers.unitTexts)
        unitKeys.append(registers.unitKeys)
        sendsVisits.append(registers.isVisitsSent)
        countyRegisters[number] = registers.countyRegisters
        for sealed in registers.units { holders[sealed.name, default: []].append(number) }
        registered.formUnion(registers.registeredUnits)
        for sealed in registers.counties {
            if let code = CountyCode(sealed.name) { strays[code, default: []].append(number) }
        }
        for sealed in registers.workbooks ?? [] {
            if let code = CountyCode(sealed.name) { misfiled[code, default: []].append(number) }
        }
    }

    /// Counties of which nothing was handed over and files in other counties' folders speak, with those.
    var absent: [(county: CountyCode, folders: [CountyCode])] {
        let known = Set(codes)
        return misfiled.filter { !known.contains($0.key) }.sorted { $0.key < $1.key }.map { county, numbers in
            (county, numbers.map { codes[$0] }.sorted())
        }
    }

    /// Files in other counties' folders that speak of a county, read when they are given: none is kept in memory.
    ///
    /// - Throws: `RunFailure` where an extract can no longer be read.
    func workbooks(for county: CountyCode) throws -> [String] {
        try (misfiled[county] ?? []).flatMap { number in
            (try ExtractFile(path: paths[number]).extract.registers?.workbooks ?? []).filter {
                $0.name == county.text
            }.map(\.rows)
        }.sorted()
    }

    // MARK: What is shared

    /// What is given back, by county.
    ///
    /// - Throws: `RunFailure` where an extract can no longer be read.
    mutating func give(_ header: (CountyCode) throws -> HandBackHeader) throws -> [CountyCode: CountyGuests] {
        let (shared, asking) = sharedPeople()
        let wanted = wantedUnits()
        let accounts = sharedAccounts()
        var rows: [UInt64: [(county: Int, sealed: ExchangedRegisters.Sealed)]] = [:]
        var units: [String: [(county: Int, sealed: ExchangedRegisters.Sealed)]] = [:]
        var visits: [HeadVisitElsewhere] = []
        var places: [CountyCode: [String]] = [:]
        let readers = Set(asking.values.flatMap { $0 })
            .union(wanted.flatMap { unit, _ in holders[unit] ?? [] }).union(strays.values.flatMap { $0 })
            .union(codes.indices.filter { sendsVisits[$0] && isUnitShared($0) })
        for number in readers.sorted() {
            guard let registers = try ExtractFile(path: paths[number]).extract.registers else { continue }
            for sealed in registers.people where shared.contains(PeopleMerge.number(sealed.name)) {
                rows[PeopleMerge.number(sealed.name), default: []].append((number, sealed))
            }
            for sealed in registers.units where wanted[sealed.name] != nil {
                units[sealed.name, default: []].append((number, sealed))
            }
            visits += registers.headVisits
            for sealed in registers.counties {
                if let code = CountyCode(sealed.name) { places[code, default: []].append(sealed.rows) }
            }
        }
        var given: [CountyCode: CountyGuests] = [:]
        for (number, code) in codes.enumerated() {
            given[code] = CountyGuests(
                header: try header(code), people: [], units: [], places: places[code] ?? [],
                headVisits: seen(by: number, visits), untoldUnits: untold(number),
                sharedAccounts: accounts[number] ?? [],
                countyRegisters: countyRegisters.sorted { $0.key < $1.key }.filter {
                    $0.key != number && codes[$0.key].provinceCode == code.provinceCode
                }.map(\.value).sorted())
        }
        for entries in rows.values {
            for own in Set(entries.map(\.county)) {
                given[codes[own]]?.people += entries.filter { $0.county != own }.map(\.sealed)
            }
        }
        for (unit, entries) in units {
            for asking in wanted[unit] ?? [] {
                given[codes[asking]]?.units += entries.filter {
                    $0.county != asking && codes[$0.county].provinceCode == codes[asking].provinceCode
                }.map(\.sealed)
            }
        }
        return given.mapValues { guests in
            var guests = guests
            guests.people.sort { ($0.name, $0.rows) < ($1.name, $1.rows) }
            guests.units.sort { ($0.name, $0.rows) < ($1.name, $1.rows) }
            guests.places.sort()
            return guests
        }
    }

    /// People that several counties' rows name, with those counties.
    private mutating func sharedPeople() -> (people: Set<UInt64>, counties: [UInt64: [Int]]) {
        people.sort { ($0.name, $0.county) < ($1.name, $1.county) }
        var counties: [UInt64: [Int]] = [:]
        for (left, right) in zip(people, people.dropFirst()) where left.name == right.name {
            counties[left.name, default: [left.county]].append(right.county)
        }
        return (Set(counties.keys), counties)
    }

    /// Accounts that several people of several counties have, by county.
    private func sharedAccounts() -> [Int: [String]] {
        var owners: [UInt64: [(person: UInt64, county: Int)]] = [:]
        for entry in accounts { owners[entry.account, default: []].append((entry.person, entry.county)) }
        let shared = owners.filter { _, owners in
            Set(owners.map(\.person)).count > 1 && Set(owners.map(\.county)).count > 1
        }
        var numbers: [Int: Set<UInt64>] = [:]
        for (account, owners) in shared { for owner in owners { numbers[owner.county, default: []].insert(account) } }
        return numbers.mapValues { $0.map { PeopleMerge.text($0) }.sorted() }
    }

    // MARK: Units

    /// Units among which the names that counties use are looked for, with the counties that ask. Source: spec §5.6.
    private func wantedUnits() -> [String: [Int]] {
        var wanted: [String: Set<Int>] = [:]
        let index = UnitSuffixes(registered)
        for (number, texts) in texts.enumerated() {
            for text in texts {
                for unit in registered.contains(text) ? [text] : index.candidates(text) + [text]
                where holders[unit] != nil { wanted[unit, default: []].insert(number) }
            }
        }
        return wanted.mapValues { $0.sorted() }
    }

    private func isUnitShared(_ number: Int) -> Bool {
        let own = Set(unitKeys[number])
        return unitKeys.enumerated().contains { $0.offset != number && !own.isDisjoint(with: $0.element) }
    }

    private func seen(by number: Int, _ visits: [HeadVisitElsewhere]) -> [HeadVisitElsewhere] {
        let own = Set(unitKeys[number])
        return visits.filter { $0.county != codes[number] && own.contains(TextFolding.key($0.unit)) }.sorted {
            ($0.unit, $0.date, $0.county, $0.township, $0.village)
                < ($1.unit, $1.date, $1.county, $1.township, $1.village)
        }
    }

    private func untold(_ number: Int) -> [String] {
        let own = Set(unitKeys[number])
        var untold: Set<String> = []
        for other in codes.indices where other != number && !sendsVisits[other] {
            untold.formUnion(own.intersection(unitKeys[other]))
        }
        return untold.sorted()
    }
}

/// Units by the ends of their names.
private struct UnitSuffixes {
    /// Names written backwards, sorted.
    private let backwards: [String]
    private let names: Set<String>

    init(_ names: Set<String>) {
        self.names = names
        backwards = names.map { String($0.reversed()) }.sorted()
    }

    /// Units that end with the text, and units that it begins with.
    func candidates(_ text: String) -> [String] {
        guard !text.isEmpty else { return [] }
        let end = String(text.reversed())
        var found: [String] = []
        var low = 0
        var high = backwards.count
        while low < high {
            let middle = (low + high) / 2
            if backwards[middle] < end { low = middle + 1 } else { high = middle }
        }
        while low < backwards.count, backwards[low].hasPrefix(end) {
            found.append(String(backwards[low].reversed()))
            low += 1
        }
        var head = ""
        for character in text {
            head.append(character)
            if names.contains(head) { found.append(head) }
        }
        return found
    }
}
