import Codec
import Domain
import Foundation
import GRDB

/// Columns of `batch_day`, in one order.
private enum IssuedDayColumns {
    static let names = """
        batch, county, origin_period, person, name, township, village, account, mornings, afternoons, unnamed, posted,
        parts
        """

    static func days(_ row: Row) throws -> IssuedDays {
        guard let county = CountyCode(row[1] as String), let period = Period(row[2] as String),
            let person = ResidentID(row[3] as String)
        else { throw PackingError(what: "issued days") }
        return IssuedDays(
            batch: row[0], county: county, period: period, person: person, name: row[4], township: row[5],
            village: row[6], account: row[7],
            halves: IssuedHalves(
                mornings: UInt32(truncatingIfNeeded: row[8] as Int),
                afternoons: UInt32(truncatingIfNeeded: row[9] as Int),
                unnamed: UInt32(truncatingIfNeeded: row[10] as Int)),
            posted: UInt32(truncatingIfNeeded: row[11] as Int),
            parts: (row[12] as Int?).map { UInt32(truncatingIfNeeded: $0) })
    }
}

/// Somebody to whom a county issued.
public struct IssuedTo: Hashable, Comparable, Sendable {
    public let county: CountyCode
    public let person: ResidentID

    public init(county: CountyCode, person: ResidentID) {
        self.county = county
        self.person = person
    }

    public static func < (left: IssuedTo, right: IssuedTo) -> Bool {
        (left.county, left.person) < (right.county, right.person)
    }
}

extension LedgerReader {
    private func issuedDays(_ condition: String, _ arguments: StatementArguments) throws -> [IssuedDays] {
        // Asked for every account of a county's people.
        let statement = try db.cachedStatement(
            sql: """
                SELECT \(IssuedDayColumns.names) FROM checked_batch_day WHERE \(condition)
                ORDER BY county, batch, origin_period, person, township, village
                """)
        return try Row.fetchAll(statement, arguments: arguments).map(IssuedDayColumns.days)
    }

    /// Every state of what a county issued for a month worked, by batch.
    public func issuedDays(county: CountyCode, origin: Period) throws -> [IssuedDays] {
        try issuedDays("county = ? AND origin_period = ?", [county.text, origin.description])
    }

    /// Every state of what any county issued to a person for a month worked, by county, then batch.
    public func issuedDays(person: ResidentID, origin: Period) throws -> [IssuedDays] {
        try issuedDays("person = ? AND origin_period = ?", [person.text, origin.description])
    }

    /// The same of an account, whoever has it.
    public func issuedDays(account: String, origin: Period) throws -> [IssuedDays] {
        try issuedDays("account = ? AND origin_period = ?", [account, origin.description])
    }

    /// Whom other counties' batches issued to by a name and account that stand under another ID on a county's roster,
    /// by county and month worked, sorted.
    public func issuedToPayeesOfOthers() throws -> [CountyMonth: [IssuedTo]] {
        var found: [CountyMonth: Set<IssuedTo>] = [:]
        for row in try Row.fetchAll(
            db,
            sql: """
                SELECT DISTINCT a.county, d.origin_period, d.county, d.person, a.name, d.name
                FROM county_account a
                JOIN batch_day d ON d.account = a.account AND d.county <> a.county AND d.person <> a.person
                """)
        {
            guard let county = CountyCode(row[0] as String), let period = Period(row[1] as String),
                let issuer = CountyCode(row[2] as String), let person = ResidentID(row[3] as String),
                PersonName(row[4] as String).key == PersonName(row[5] as String).key
            else { continue }
            found[CountyMonth(county: county, period: period), default: []].insert(
                IssuedTo(county: issuer, person: person))
        }
        return found.mapValues { $0.sorted() }
    }

    /// What one batch left behind.
    public func issuedDays(batch: String) throws -> [IssuedDays] {
        try issuedDays("batch = ?", [batch])
    }

    /// People of each county's month for whose days in it another county's batch issued, sorted.
    public func issuedToPeopleOfOthers() throws -> [CountyMonth: [ResidentID]] {
        try issuedBeside("p.county, p.period, p.person") { ResidentID($0) }
    }

    /// Of each month for which a county issued: the other counties whose sheets name somebody it issued to, sorted.
    public func countiesBesideIssued() throws -> [CountyMonth: [CountyCode]] {
        try issuedBeside("d.county, d.origin_period, p.county") { CountyCode($0) }
    }

    /// Of people in several counties whose days a batch issued (`d`) and whom a sheet of another county names (`p`):
    /// a county, a month, and what is asked of them.
    private func issuedBeside<Value>(
        _ columns: String, _ value: (String) -> Value?
    ) throws -> [CountyMonth: [Value]] {
        var found: [CountyMonth: [Value]] = [:]
        for row in try Row.fetchAll(
            db,
            sql: """
                SELECT DISTINCT \(columns)
                FROM (SELECT person FROM person_county GROUP BY person HAVING count(*) > 1) c
                JOIN batch_day d ON d.person = c.person
                JOIN month_person p ON p.period = d.origin_period AND p.person = d.person AND p.county <> d.county
                ORDER BY 1, 2, 3
                """)
        {
            guard let county = CountyCode(row[0] as String), let period = Period(row[1] as String),
                let value = value(row[2])
            else { continue }
            found[CountyMonth(county: county, period: period), default: []].append(value)
        }
        return found
    }

    /// People of a county, by the month worked, to whom another county's batch issued allowances, sorted.
    public func allowancesOfOthers() throws -> [CountyMonth: [ResidentID]] {
        var found: [CountyMonth: [ResidentID]] = [:]
        for row in try Row.fetchAll(
            db,
            sql: """
                SELECT DISTINCT p.county, d.origin_period, d.person
                FROM (SELECT person FROM person_county GROUP BY person HAVING count(*) > 1) c
                JOIN batch_day d ON d.person = c.person AND d.posted <> 0
                JOIN person_county p ON p.person = d.person AND p.county <> d.county
                ORDER BY 1, 2, 3
                """)
        {
            guard let county = CountyCode(row[0] as String), let period = Period(row[1] as String),
                let person = ResidentID(row[2] as String)
            else { continue }
            found[CountyMonth(county: county, period: period), default: []].append(person)
        }
        return found
    }

    /// Months worked that a batch speaks of.
    public func origins(batch: String) throws -> Set<Period> {
        Set(
            try String.fetchAll(db, sql: "SELECT origin_period FROM batch_origin WHERE batch = ?", arguments: [batch])
                .compactMap { Period($0) })
    }

    /// The batches that issued something for each month worked, sorted.
    public func issuingBatches() throws -> [CountyMonth: [String]] {
        var batches: [CountyMonth: [String]] = [:]
        for row in try Row.fetchAll(
            db, sql: "SELECT county, origin_period, batch FROM batch_origin ORDER BY county, origin_period, batch")
        {
            guard let county = CountyCode(row[0] as String), let period = Period(row[1] as String) else { continue }
            batches[CountyMonth(county: county, period: period), default: []].append(row[2])
        }
        return batches
    }
}

extension LedgerWriter {
    /// Freezes what a batch issued, day by day.
    public func insert(_ days: [IssuedDays]) throws {
        let insert = try db.cachedStatement(
            sql: """
                INSERT INTO batch_day (\(IssuedDayColumns.names)) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """)
        for entry in days {
            try insert.execute(
                arguments: [
                    entry.batch, entry.county.text, entry.period.description, entry.person.text, entry.name,
                    entry.township, entry.village, entry.account, Int(entry.halves.mornings),
                    Int(entry.halves.afternoons), Int(entry.halves.unnamed), Int(entry.posted),
                    entry.parts.map { Int($0) },
                ])
            try db.cachedStatement(sql: "INSERT OR IGNORE INTO person_county (person, county) VALUES (?, ?)").execute(
                arguments: [entry.person.text, entry.county.text])
        }
    }

    /// Notes which months worked a batch speaks of.
    public func setOrigins(_ origins: [Period], batch: String, county: CountyCode) throws {
        for origin in origins {
            try db.cachedStatement(
                sql: "INSERT OR IGNORE INTO batch_origin (batch, county, origin_period) VALUES (?, ?, ?)"
            ).execute(arguments: [batch, county.text, origin.description])
        }
    }
}
