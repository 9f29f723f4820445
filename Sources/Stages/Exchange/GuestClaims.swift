import Domain
import Ledger
import Matching
import Work

/// What other counties claim of the county's people, as the province gave it back.
struct GuestClaims: Sendable {
    private let county: CountyCode?
    private let key: ProvinceKey?
    /// By month, then by the HMAC of the person.
    private let lines: [Period: [String: [ClaimLine]]]
    /// Changes with what was given back.
    let mark: String

    /// What the ledger keeps.
    ///
    /// - Throws: `RunFailure` where something was given back and the key is not at hand.
    init(_ context: RunContext, _ ledger: LedgerReader) throws {
        guard let file = try ledger.handedBack(HandBackHeader.Kind.claims.rawValue) else {
            (county, key, lines, mark) = (nil, nil, [:], "")
            return
        }
        county = file.county
        key = try context.provinceKey(ledger)
        mark = file.sha256
        var lines: [Period: [String: [ClaimLine]]] = [:]
        ClaimsFile.each(file.payload) { cells in
            guard let period = Period(cells[0]), let line = ClaimLine(cells: Array(cells.dropFirst())) else { return }
            lines[period, default: [:]][line.person, default: []].append(line)
        }
        self.lines = lines
    }

    var isEmpty: Bool { lines.isEmpty }

    /// Months of the county of which other counties say something.
    var months: [CountyMonth] {
        guard let county else { return [] }
        return lines.keys.sorted().map { CountyMonth(county: county, period: $0) }
    }

    /// The lines about people of a month, with their IDs.
    private func lines(_ month: CountyMonth, _ people: [String]) -> [(person: String, line: ClaimLine)] {
        guard month.county == county, let key, let known = lines[month.period] else { return [] }
        return people.flatMap { person in
            (known[key.person(person)] ?? []).map { (person, $0) }
        }
    }

    /// What other counties' sheets claim of these people.
    func claims(_ month: CountyMonth, _ people: [String]) -> [PresenceClaim] {
        lines(month, people).flatMap { $0.line.claims(month.period, person: $0.person) }
    }

    /// What other counties' batches issued to these people.
    func issued(_ month: CountyMonth, _ people: [String]) -> [IssuedElsewhere] {
        lines(month, people).flatMap { person, line in
            ResidentID(person).map { line.issued(month.period, person: $0) } ?? []
        }
    }

    /// Allowances that other counties' batches issued to these people.
    func allowances(_ month: CountyMonth, _ people: [ResidentID]) -> [AllowancesElsewhere] {
        guard allowanceMark(month) != nil else { return [] }
        return lines(month, people.map(\.text)).compactMap { person, line in
            guard line.issuedPosted != 0, let id = ResidentID(person), let county = line.county else { return nil }
            return AllowancesElsewhere(person: id, county: county, batch: line.batch, days: line.issuedPosted)
        }
    }

    /// Changes with what the months' lines say of allowances; nil where they say nothing of them.
    func allowanceMark(_ month: CountyMonth) -> String? {
        guard month.county == county, let known = lines[month.period] else { return nil }
        let told = known.values.flatMap { $0 }.filter { $0.issuedPosted != 0 }.map { $0.cells.joined(separator: ",") }
        return told.isEmpty ? nil : Fingerprint.of(told.sorted().joined(separator: "\n"))
    }
}
