import Codec
import Domain
import Foundation
import GRDB
import Matching
import Registers

/// Which block, and which of its rows, belong to a county's month.
public struct BlockAssignment: Hashable, Sendable {
    public var block: Int
    /// Nil for all rows.
    public var rows: [Int]?
    /// The month that the same file, mended in place, names instead; nil where the block stands.
    public var mendedTo: Period?

    public init(block: Int, rows: [Int]?, mendedTo: Period? = nil) {
        self.block = block
        self.rows = rows
        self.mendedTo = mendedTo
    }
}

/// Registers of a county as matched, with the roster rows that could not be used.
public struct CountyRecordEntry: Sendable, Codable {
    public var records: CountyRecords
    public var heldRosterRows: [HeldRosterRow]
    /// Decisions of people that may be about a month of the county, by evidence.
    public var decisions: [Decision]
    /// What banks answered about the county's batches, in the order of receipt.
    public var bankReturns: [BankReturn]

    public init(
        records: CountyRecords, heldRosterRows: [HeldRosterRow] = [], decisions: [Decision] = [],
        bankReturns: [BankReturn] = []
    ) {
        self.records = records
        self.heldRosterRows = heldRosterRows
        self.decisions = decisions
        self.bankReturns = bankReturns
    }

    /// Reads what an earlier version kept, too: it knew no decisions.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        records = try values.decode(CountyRecords.self, forKey: .records)
        heldRosterRows = try values.decode([HeldRosterRow].self, forKey: .heldRosterRows)
        decisions = try values.decodeIfPresent([Decision].self, forKey: .decisions) ?? []
        bankReturns = try values.decodeIfPresent([BankReturn].self, forKey: .bankReturns) ?? []
    }
}

extension LedgerReader {
    /// Counties of which registers were received, sorted.
    public func recordedCounties() throws -> [CountyCode] {
        try String.fetchAll(db, sql: "SELECT county FROM county_record ORDER BY county").compactMap { CountyCode($0) }
    }

    /// Every unit of the unit registers, by name.
    public func units() throws -> [UnitRecord] {
        guard let text = try setting("units") else { return [] }
        return try JSONDecoder().decode([UnitRecord].self, from: Data(text.utf8))
    }

    /// The counties of which anything was received, as their registers call them.
    public func countyNames() throws -> [CountyCode: CountyRecord] {
        var names: [CountyCode: CountyRecord] = [:]
        let decoder = JSONDecoder()
        let rows = try Row.fetchAll(db, sql: "SELECT county, summary FROM county_record")
        for row in rows {
            if let code = CountyCode(row[0] as String) {
                names[code] = try decoder.decode(CountyRecord.self, from: row[1] as Data)
            }
        }
        return names
    }

    /// Blocks already assigned, by county and month.
    public func assignments() throws -> [CountyMonth: [BlockAssignment]] {
        var result: [CountyMonth: [BlockAssignment]] = [:]
        let mended = try mendedBlocks()
        let rows = try Row.fetchCursor(db, sql: "SELECT county, period, block, rows FROM block_county ORDER BY block")
        while let row = try rows.next() {
            guard let county = CountyCode(row[0] as String), let period = Period(row[1] as String) else { continue }
            result[CountyMonth(county: county, period: period), default: []].append(
                BlockAssignment(
                    block: row[2], rows: (row[3] as String?).map(Self.indexes), mendedTo: mended[row[2] as Int]))
        }
        return result
    }

    private static func indexes(_ text: String) -> [Int] { text.split(separator: ",").compactMap { Int($0) } }

    /// Blocks whose county their own words do not tell: only registers do, or nothing does.
    public func untoldBlocks() throws -> [BlockHeader] {
        try headers("NOT EXISTS (SELECT 1 FROM block_county WHERE block = block.id AND told)")
    }

    /// Blocks not assigned to any county yet, or not assignable.
    public func unassignedBlocks() throws -> [BlockHeader] {
        try headers("NOT EXISTS (SELECT 1 FROM block_county WHERE block = block.id)")
    }

    private func headers(_ condition: String) throws -> [BlockHeader] {
        try Row.fetchAll(db, sql: "SELECT id, submission, period FROM block WHERE \(condition) ORDER BY id").compactMap
        {
            row in Period(row[2] as String).map { BlockHeader(id: row[0], submission: row[1], period: $0) }
        }
    }

    /// Months that were matched.
    public func matchedMonths() throws -> Set<CountyMonth> { try months("SELECT county, period FROM county_month") }

    /// Months that were computed.
    public func computedMonths() throws -> Set<CountyMonth> { try months("SELECT county, period FROM month_pay") }

    private func months(_ sql: String) throws -> Set<CountyMonth> {
        Set(
            try Row.fetchAll(db, sql: sql).compactMap { row in
                guard let county = CountyCode(row[0] as String), let period = Period(row[1] as String) else {
                    return nil
                }
                return CountyMonth(county: county, period: period)
            })
    }

    /// A county's month as matched; nil where there is none.
    public func month(_ month: CountyMonth) throws -> MonthAttendance? {
        guard
            let bytes = try [UInt8].fetchBlob(
                db, "SELECT payload FROM checked_county_month WHERE county = ? AND period = ?",
                [month.county.text, month.period.description])
        else { return nil }
        var attendance = try MonthAttendance(packed: bytes)
        attendance.decisions = try decisions(month)
        return attendance
    }

    /// What each entry of a county's registers says, and which cell said it; none where an earlier version made them.
    public func registerEntries(_ county: CountyCode) throws -> [RegisterEntry] {
        guard
            let bytes = try [UInt8].fetchBlob(
                db, "SELECT payload FROM county_entries WHERE county = ?", [county.text])
        else { return [] }
        return try [RegisterEntry](packed: bytes)
    }

    /// What was kept of a county's month for its year; nil where an earlier version matched it, or nobody did.
    public func monthForYear(_ month: CountyMonth) throws -> [UInt8]? {
        try [UInt8].fetchBlob(
            db, "SELECT for_year FROM county_month WHERE county = ? AND period = ? AND for_year IS NOT NULL",
            [month.county.text, month.period.description])
    }

    /// The findings of a county's month as matched.
    public func monthFindings(_ month: CountyMonth) throws -> [Finding] {
        guard
            let bytes = try [UInt8].fetchBlob(
                db, "SELECT payload FROM checked_county_month WHERE county = ? AND period = ?",
                [month.county.text, month.period.description])
        else { return [] }
        return try MonthAttendance.findings(packed: bytes)
    }

    /// People who claim presence in more than one county in one of those months, with those counties.
    public func sharedPeople(in periods: Set<Period>) throws -> [Period: [String: [CountyCode]]] {
        var result: [Period: [String: [CountyCode]]] = [:]
        let statement = try db.cachedStatement(
            sql: """
                SELECT person, county FROM month_person WHERE period = ?1 AND person IN
                    (SELECT person FROM month_person WHERE period = ?1 GROUP BY person HAVING count(*) > 1)
                ORDER BY person, county
                """)
        for period in periods {
            for row in try Row.fetchAll(statement, arguments: [period.description]) {
                guard let county = CountyCode(row[1] as String) else { continue }
                result[period, default: [:]][row[0], default: []].append(county)
            }
        }
        return result
    }

    /// Findings that hold or exclude something now, over files, registers and months. Unit: findings.
    public func standingFindings(county: CountyCode?) throws -> Int {
        var sum =
            try Int.fetchOne(
                db,
                sql: """
                    SELECT coalesce(sum(standing), 0) FROM submission
                    WHERE id IN (SELECT submission FROM inbox_file WHERE present)
                    """) ?? 0
        sum += try Int.fetchOne(db, sql: "SELECT coalesce(sum(standing), 0) FROM general_finding") ?? 0
        for table in ["county_month", "month_pay"] {
            sum +=
                try Int.fetchOne(
                    db, sql: "SELECT coalesce(sum(standing), 0) FROM \(table) WHERE county = coalesce(?, county)",
                    arguments: [county?.text]) ?? 0
        }
        return sum
    }

    /// Every scope of findings that belong to no month.
    public func generalFindingScopes() throws -> [String] {
        try String.fetchAll(db, sql: "SELECT scope FROM general_finding ORDER BY scope")
    }

    /// Findings of one scope that belong to no month.
    public func generalFindings(_ scope: String) throws -> [Finding] {
        guard
            let bytes = try [UInt8].fetchBlob(
                db, "SELECT payload FROM general_finding WHERE scope = ?", [scope])
        else { return [] }
        return try [Finding](packed: bytes)
    }
}

extension LedgerWriter {
    /// Keeps which cells a county's registers come from.
    public func setRegisterEntries(_ entries: [UInt8], county: CountyCode) throws {
        try db.execute(
            sql: "INSERT OR REPLACE INTO county_entries (county, payload) VALUES (?, ?)",
            arguments: [county.text, entries.blob])
    }

    /// Forgets the registers of a county that no longer has any.
    public func deleteCountyRecord(_ county: CountyCode) throws {
        for table in ["county_record", "county_entries", "county_account"] {
            try db.execute(sql: "DELETE FROM \(table) WHERE county = ?", arguments: [county.text])
        }
    }

    /// Keeps every unit of the unit registers.
    public func setUnits(_ units: [UnitRecord]) throws { try setSetting("units", try units.json()) }

    /// Assigns a block, or some of its rows, to a county.
    ///
    /// - Parameter isTold: whether the block's own words tell it, whatever registers say.
    public func assign(block: Int, county: CountyCode, period: Period, rows: [Int]?, isTold: Bool = false) throws {
        let statement = try db.cachedStatement(
            sql: "INSERT OR REPLACE INTO block_county (block, county, period, rows, told) VALUES (?, ?, ?, ?, ?)")
        try statement.execute(
            arguments: [
                block, county.text, period.description, rows.map { $0.map(String.init).joined(separator: ",") },
                isTold,
            ])
    }

    /// Withdraws every assignment of a block, before it is assigned anew.
    public func unassign(block: Int) throws {
        try db.cachedStatement(sql: "DELETE FROM block_county WHERE block = ?").execute(arguments: [block])
    }

    /// Keeps a county's month as matched.
    ///
    /// - Parameter standing: findings of the month that hold or exclude something.
    public func upsert(
        _ month: CountyMonth, payload: [UInt8], standing: Int, summary: MonthSummary, forYear: [UInt8]? = nil
    ) throws {
        let statement = try db.cachedStatement(
            sql: """
                INSERT OR REPLACE INTO county_month (county, period, payload, standing, summary, for_year)
                VALUES (?, ?, ?, ?, ?, ?)
                """)
        try statement.execute(
            arguments: [
                month.county.text, month.period.description, payload.blob, standing, try summary.json(),
                forYear?.blob,
            ])
    }

    /// Removes months of which no block is left (an understanding changed).
    public func deleteMonth(_ month: CountyMonth) throws {
        try PaidSums.forget(db, month)
        for table in ["county_month", "county_claims", "month_decision", "month_pay", "payment_line", "held_line"] {
            try db.execute(
                sql: "DELETE FROM \(table) WHERE county = ? AND period = ?",
                arguments: [month.county.text, month.period.description])
        }
    }

    /// Who claims presence in a county's month.
    public func setPeople(_ people: [String], _ month: CountyMonth) throws {
        try db.cachedStatement(sql: "DELETE FROM month_person WHERE county = ? AND period = ?")
            .execute(arguments: [month.county.text, month.period.description])
        let statement = try db.cachedStatement(
            sql: "INSERT OR IGNORE INTO month_person (period, person, county) VALUES (?, ?, ?)")
        let known = try db.cachedStatement(
            sql: "INSERT OR IGNORE INTO person_county (person, county) VALUES (?, ?)")
        for person in people {
            try statement.execute(arguments: [month.period.description, person, month.county.text])
            try known.execute(arguments: [person, month.county.text])
        }
    }

    /// Forgets a scope.
    public func deleteGeneralFindings(_ scope: String) throws {
        try db.execute(sql: "DELETE FROM general_finding WHERE scope = ?", arguments: [scope])
    }

    /// Keeps findings that belong to no month.
    public func setGeneralFindings(_ scope: String, _ findings: [Finding]) throws {
        try db.execute(
            sql: "INSERT OR REPLACE INTO general_finding (scope, payload, standing) VALUES (?, ?, ?)",
            arguments: [scope, findings.packed.blob, findings.count(where: \.stands)])
    }
}
