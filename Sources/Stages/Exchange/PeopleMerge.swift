import Domain
import Rules

/// Finds people on the rosters of several counties, a year after the other; kept are two numbers a person and county.
struct PeopleMerge {
    private struct Entry {
        let person: UInt64
        let county: Int
        /// Day number on which the posting began for which the county counts the person; nil where it counts nobody.
        let countedFrom: Int32?
    }

    private var entries: [Int: [Entry]] = [:]
    private var numbers: [CountyCode: Int] = [:]
    private var codes: [CountyCode] = []

    /// The first 64 bits of an HMAC.
    static func number(_ person: String) -> UInt64 { UInt64(person.prefix(16), radix: 16) ?? 0 }

    /// Those bits as 16 hexadecimal digits.
    static func text(_ number: UInt64) -> String {
        let digits = String(number, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }

    /// Takes in whom a county's year lists.
    mutating func note(_ people: [PersonYear], _ year: CountyYear) {
        let number = numbers[year.county] ?? codes.count
        if number == codes.count {
            numbers[year.county] = number
            codes.append(year.county)
        }
        entries[year.year, default: []] += people.map {
            Entry(
                person: PeopleMerge.number($0.person), county: number, countedFrom: $0.countedFrom?.dayNumber)
        }
    }

    /// People of a year whom several counties list, those counties, and how many each counts whom another one counts:
    /// who is posted in two counties is counted where the latest posting is, of two that began on one day in the county
    /// of the lower code. Source: spec §5.3.
    func shared(_ year: Int) -> (people: Set<UInt64>, counties: Set<CountyCode>, countedTwice: [CountyCode: Int]) {
        var people: Set<UInt64> = []
        var counties: Set<CountyCode> = []
        var twice: [CountyCode: Int] = [:]
        let sorted = (entries[year] ?? []).sorted { ($0.person, $0.county) < ($1.person, $1.county) }
        var start = 0
        while start < sorted.count {
            var end = start + 1
            while end < sorted.count, sorted[end].person == sorted[start].person { end += 1 }
            let group = sorted[start..<end]
            start = end
            guard group.count > 1 else { continue }
            people.insert(group[group.startIndex].person)
            counties.formUnion(group.map { codes[$0.county] })
            let counting = group.compactMap { entry in entry.countedFrom.map { (from: $0, county: codes[entry.county]) }
            }
            let winner = counting.max { ($0.from, $1.county) < ($1.from, $0.county) }?.county
            for entry in counting where entry.county != winner { twice[entry.county, default: 0] += 1 }
        }
        return (people, counties, twice)
    }
}
