import CStorage
import GRDB

/// Checksums of the rows that pay somebody or prove it. Source: spec §10.
///
/// A page of SQLite has none of its own: a bit that flips in a row is read as what it became. Each row of these tables
/// has a sum over all its other columns. It is written by triggers and compared by views, both made anew on every
/// connection from the columns that the tables have now: no statement that writes can forget it, and what reads
/// `checked_<table>` cannot pass over it. Reading a row whose sum is another one fails as `LedgerError.damagedRow`.
///
/// Where a query says `column = ?`, SQLite works out the sum with that value in the column's place. It is the row's own
/// where an index finds the rows; where every row is looked at, sound rows of others would seem damaged. A column
/// without an index is therefore compared by `IS`, which SQLite leaves where it stands.
enum RowSums {
    /// What is guarded, with what is lost if it is wrong.
    static let tables = [
        "submission", "block", "county_record", "county_month", "month_pay", "payment_line", "held_line",
        "batch", "batch_line", "batch_day", "batch_bank_line", "batch_file", "batch_evidence", "policy_adoption",
        "batch_set",
    ]

    /// The view of a table through which rows are read that pay somebody.
    static func checked(_ table: String) -> String { "checked_\(table)" }

    /// Gives a connection the functions.
    static func register(_ db: Database) throws {
        guard let connection = db.sqliteConnection else { return }
        let code = row_sum_register(UnsafeMutableRawPointer(connection))
        guard code == 0 else { throw DatabaseError(resultCode: ResultCode(rawValue: code)) }
    }

    /// Makes views, and triggers where the connection writes.
    static func prepare(_ db: Database, writes: Bool) throws {
        for table in tables {
            let columns = try Columns(db, table)
            guard columns.hasSum else { continue }
            let list = columns.summed.joined(separator: ", ")
            try db.execute(
                sql: """
                    CREATE TEMP VIEW \(checked(table)) AS SELECT * FROM main.\(table)
                    WHERE row_holds('\(table)', sum, \(list))
                    """)
            guard writes else { continue }
            let key = columns.key.map { "\($0) = NEW.\($0)" }.joined(separator: " AND ")
            let new = columns.summed.map { "NEW.\($0)" }.joined(separator: ", ")
            try db.execute(
                sql: """
                    CREATE TEMP TRIGGER sum_new_\(table) AFTER INSERT ON main.\(table) WHEN NEW.sum IS NULL
                    BEGIN UPDATE \(table) SET sum = row_sum(\(new)) WHERE \(key); END;
                    CREATE TEMP TRIGGER sum_changed_\(table) AFTER UPDATE OF \(list) ON main.\(table)
                    BEGIN UPDATE \(table) SET sum = row_sum(\(new)) WHERE \(key); END;
                    """)
        }
    }

    private static let setting = "sums.columns"

    /// Whether a migration changed the columns that sums are over, so that they must be written anew.
    static func areOutdated(_ db: Database) throws -> Bool {
        guard try db.tableExists("setting") else { return false }
        return try stored(db) != layout(db)
    }

    /// Compares every row with its sum over the columns it was written with, then writes the sums over today's.
    ///
    /// - Throws: `DatabaseError` of the first row that is damaged; nothing is changed then.
    static func renew(_ db: Database) throws {
        if let old = try stored(db) {
            for line in old.split(separator: "\n") {
                let parts = line.split(separator: ":", maxSplits: 1).map(String.init)
                guard parts.count == 2, try db.tableExists(parts[0]) else { continue }
                let present = Set(try db.columns(in: parts[0]).map(\.name))
                // Where a migration dropped a column, the old sum can no longer be worked out.
                guard parts[1].split(separator: ",").allSatisfy({ present.contains(String($0)) }) else { continue }
                _ = try Int.fetchOne(
                    db, sql: "SELECT count(*) FROM \(parts[0]) WHERE row_holds('\(parts[0])', sum, \(parts[1]))")
            }
        }
        let sets = try BatchSets.whole(db)
        for table in tables {
            let columns = try Columns(db, table)
            guard columns.hasSum else { continue }
            try db.execute(sql: "UPDATE \(table) SET sum = row_sum(\(columns.summed.joined(separator: ", ")))")
        }
        for batch in sets { try BatchSets.write(db, batch: batch) }
        try db.execute(
            sql: "INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)", arguments: [setting, try layout(db)])
    }

    private static func stored(_ db: Database) throws -> String? {
        try String.fetchOne(db, sql: "SELECT value FROM setting WHERE name = ?", arguments: [setting])
    }

    private static func layout(_ db: Database) throws -> String {
        try tables.map { table in "\(table):" + (try Columns(db, table).summed.joined(separator: ",")) }
            .joined(separator: "\n")
    }

    /// Columns of a table.
    private struct Columns {
        /// All but the sum, in their order.
        let summed: [String]
        let key: [String]
        let hasSum: Bool

        init(_ db: Database, _ table: String) throws {
            let all = try Row.fetchAll(db, sql: "SELECT name, pk FROM pragma_table_info(?)", arguments: [table])
            summed = all.map { $0[0] as String }.filter { $0 != "sum" }
            key = all.filter { ($0[1] as Int) > 0 }.map { $0[0] as String }
            hasSum = summed.count < all.count
        }
    }
}

extension LedgerReader {
    /// Compares every guarded row with its sum. Returns how many there are, by table.
    ///
    /// - Throws: `DatabaseError` with SQLITE_CORRUPT at the first damaged one.
    func checkSums() throws -> Int {
        try RowSums.tables.reduce(0) { count, table in
            count + (try Int.fetchOne(db, sql: "SELECT count(*) FROM \(RowSums.checked(table))") ?? 0)
        }
    }
}

extension LedgerDatabase {
    /// Compares every row that pays somebody or proves it with its sum, and what belongs to each batch with its set.
    ///
    /// - Returns: how many rows there are.
    /// - Throws: `LedgerError.damagedRow` at the first damaged one, `missingRows`.
    public func checkSums() throws -> Int {
        let count = try read { try $0.checkSums() }
        try checkBatches()
        return count
    }
}
