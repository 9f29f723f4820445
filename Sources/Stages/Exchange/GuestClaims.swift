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
    /// By month, then by the HMAC of name and account: what other counties issued to somebody who goes by these.
    private let paid: [Period: [String: [ClaimLine]]]
    /// Changes with what was given back.
    let mark: String

    /// What the ledger keeps.
    ///
    /// - Throws: `RunFailure` where something was given back and the key is not at hand.
    init(_ context: RunContext, _ ledger: LedgerReader) throws {
        guard let file = try ledger.handedBack(HandBackHeader.Kind.claims.rawValue) else {
            (county, key, lines, paid, mark) = (nil, nil, [:], [:], "")
            return
        }
        county = file.county
        key = try context.provinceKey(ledger)
        mark = file.sha256
        var lines: [Period: [String: [ClaimLine]]] = [:]
        var paid: [Period: [String: [ClaimLine]]] = [:]
        for (period, line) in try HandBackClaims.lines(file.payload, "handed_back") {
            if line.kind == .paid {
                paid[period, default: [:]][line.payee, default: []].append(line)
            } else {
                lines[period, default: [:]][line.person, default: []].append(line)
            }
        }
        self.lines = lines
        self.paid = paid
    }

    /// Names of counties of which something was given back, as they call themselves.
    static func countyNames(_ ledger: LedgerReader) throws -> [CountyCode: String] {
        guard let file = try ledger.handedBack(HandBackHeader.Kind.claims.rawValue) else { return [:] }
        var names: [CountyCode: String] = [:]
        for (_, line) in try HandBackClaims.lines(file.payload, "handed_back") {
            if let county = line.county { names[county] = line.countyName }
        }
        return names
    }

    var isEmpty: Bool { lines.isEmpty }

    /// Whether other counties issued to a name and account of this one under another ID.
    var issuesToPayees: Bool { !paid.isEmpty }

    /// Months of the county of which other counties say something.
    var months: [CountyMonth] {
        guard let county else { return [] }
        return Set(lines.keys).union(paid.keys).sorted().map { CountyMonth(county: county, period: $0) }
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

    /// What other counties' batches issued to a name and account of these people under another ID.
    ///
    /// - Throws: `RunFailure.refused` for what cannot be opened.
    func others(_ month: CountyMonth, _ payees: [Payee: Set<ResidentID>]) throws -> [IssuedDays] {
        guard month.county == county, let key, let known = paid[month.period] else { return [] }
        return try payees.sorted { $0.key < $1.key }.flatMap { payee, owners in
            try (known[key.payee(payee)] ?? []).compactMap { line in
                guard let person = key.paidTo(line.paidTo, payee) else {
                    throw RunFailure.refused(HandBackClaims.damaged("handed_back"))
                }
                return owners.contains { $0 != person } ? line.paid(month.period, person: person, payee) : nil
            }
        }
    }

    /// Days that other counties' readings claim and leave to what this one issued to these people.
    func unpaid(_ month: CountyMonth, _ people: [ResidentID]) -> [SettledElsewhere] {
        guard unpaidMark(month) != nil else { return [] }
        return lines(month, people.map(\.text)).sorted { $0.line.place < $1.line.place }.flatMap { person, line in
            ResidentID(person).map { line.unpaid(month.period, person: $0) } ?? []
        }
    }

    /// Changes with those days; nil where there are none.
    func unpaidMark(_ month: CountyMonth) -> String? { mark(month) { $0.kind == .unpaid } }

    /// Allowances that other counties' batches issued to these people.
    func allowances(_ month: CountyMonth, _ people: [ResidentID]) -> [AllowancesElsewhere] {
        guard allowanceMark(month) != nil else { return [] }
        return lines(month, people.map(\.text)).compactMap { person, line in
            guard line.issuedPosted != 0, let id = ResidentID(person), let county = line.county else { return nil }
            return AllowancesElsewhere(
                person: id, county: county, batch: line.batch, days: line.issuedPosted, parts: line.issuedParts)
        }
    }

    /// Changes with what the months' lines say of allowances; nil where they say nothing of them.
    func allowanceMark(_ month: CountyMonth) -> String? { mark(month) { $0.issuedPosted != 0 } }

    private func mark(_ month: CountyMonth, of isWanted: (ClaimLine) -> Bool) -> String? {
        guard month.county == county, let known = lines[month.period] else { return nil }
        let told = known.values.flatMap { $0 }.filter(isWanted).map { $0.cells.joined(separator: ",") }
        return told.isEmpty ? nil : Fingerprint.of(told.sorted().joined(separator: "\n"))
    }
}
