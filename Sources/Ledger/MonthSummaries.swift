import Domain
import Foundation
import GRDB
import Matching

/// How often a reason was found in a township of a county's month.
public struct FindingTally: Hashable, Sendable, Codable {
    public var reason: FindingReason
    /// Empty where the finding names none.
    public var township: String
    /// Unit: findings.
    public var count: Int
    /// As people read them: findings of one cause are one. Source: spec §5.7.
    public var problems: Int

    /// Counts findings, by reason, then township.
    static func of(_ findings: [Finding]) -> [FindingTally] {
        var counts: [FindingReason: [String: (count: Int, problems: Int)]] = [:]
        for finding in findings { counts[finding.reason, default: [:]][finding.township, default: (0, 0)].count += 1 }
        for problem in Problem.grouped(findings) {
            counts[problem.first.reason, default: [:]][problem.first.township, default: (0, 0)].problems += 1
        }
        return FindingReason.allCases.flatMap { reason in
            (counts[reason] ?? [:]).sorted { $0.key < $1.key }.map {
                FindingTally(reason: reason, township: $0.key, count: $0.value.count, problems: $0.value.problems)
            }
        }
    }
}

/// What a county's month received, counted: enough for status and run page without decoding any row.
public struct MonthSummary: Hashable, Sendable, Codable {
    /// Townships that sent anything, sorted.
    public var sentTownships: [String]
    /// Townships with a posting in the month, sorted: from these a sheet is due.
    public var dueTownships: [String]
    public var findings: [FindingTally]

    /// Counts a month as matched, against the county's roster.
    public init(_ month: MonthAttendance, cadres: [Cadre]) {
        sentTownships = month.sentTownships
        var due: Set<String> = []
        for posting in cadres.lazy.flatMap(\.postings) where posting.days(within: month.period.range) != nil {
            due.insert(posting.township)
        }
        dueTownships = due.sorted()
        findings = FindingTally.of(month.findings)
    }
}

/// Held rows of one sending unit in one township.
public struct HeldTally: Hashable, Sendable, Codable {
    public var unit: String
    public var township: String
    public var rows: Int
    /// What the marks would pay if confirmed, as far as it can be said.
    public var pending: Fen
}

/// What computing a county's month held and found, counted.
public struct PaySummary: Hashable, Sendable, Codable {
    public var held: [HeldTally]
    public var findings: [FindingTally]
    /// Still to be taken back after this month.
    public var outstanding: Fen

    init(_ pay: MonthPay) {
        var tallies: [String: [String: (rows: Int, pending: Fen)]] = [:]
        for line in pay.held {
            var sum = tallies[line.sendingUnit]?[line.township] ?? (0, .zero)
            sum.rows += 1
            sum.pending += line.pendingAmount ?? .zero
            tallies[line.sendingUnit, default: [:]][line.township] = sum
        }
        held = tallies.sorted { $0.key < $1.key }.flatMap { unit, townships in
            townships.sorted { $0.key < $1.key }.map {
                HeldTally(unit: unit, township: $0.key, rows: $0.value.rows, pending: $0.value.pending)
            }
        }
        findings = FindingTally.of(pay.findings)
        outstanding = pay.outstanding.reduce(.zero) { $0 + $1.amount }
    }
}

extension Encodable {
    /// As sorted JSON text for a column.
    func json() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return String(decoding: try encoder.encode(self), as: UTF8.self)
    }
}

extension LedgerReader {
    /// What every month received, counted.
    public func monthSummaries(_ county: CountyCode? = nil) throws -> [CountyMonth: MonthSummary] {
        try summaries("county_month", county)
    }

    /// What computing every month held and found, counted.
    public func paySummaries(_ county: CountyCode? = nil) throws -> [CountyMonth: PaySummary] {
        try summaries("month_pay", county)
    }

    private func summaries<Summary: Decodable>(_ table: String, _ only: CountyCode?) throws -> [CountyMonth: Summary] {
        var result: [CountyMonth: Summary] = [:]
        let decoder = JSONDecoder()
        let rows = try Row.fetchCursor(
            db, sql: "SELECT county, period, summary FROM \(table) WHERE county = coalesce(?, county)",
            arguments: [only?.text])
        while let row = try rows.next() {
            guard let county = CountyCode(row[0] as String), let period = Period(row[1] as String) else { continue }
            result[CountyMonth(county: county, period: period)] = try decoder.decode(
                Summary.self, from: Data((row[2] as String).utf8))
        }
        return result
    }

    /// Whether anybody was ever paid.
    public func hasPayments() throws -> Bool {
        try Bool.fetchOne(
            db, sql: "SELECT EXISTS (SELECT 1 FROM payment_line) OR EXISTS (SELECT 1 FROM batch)") ?? false
    }

    /// Files of the inbox as they lie there now, and how many of them could not be read.
    public func inboxCounts() throws -> (present: Int, refused: Int) {
        let row = try Row.fetchOne(
            db,
            sql: """
                SELECT count(*), coalesce(sum(s.is_refused), 0) FROM inbox_file f
                LEFT JOIN submission s ON s.id = f.submission WHERE f.present
                """)
        return (row?[0] ?? 0, row?[1] ?? 0)
    }

    /// Findings of files, registers and places that belong to no month, counted.
    public func generalTally() throws -> [FindingTally] {
        var findings: [Finding] = []
        for (_, submission) in try currentSubmissionsWithFindings() {
            findings += try fileFindings(submission: submission)
        }
        for scope in try generalFindingScopes() { findings += try generalFindings(scope) }
        return FindingTally.of(findings)
    }
}
