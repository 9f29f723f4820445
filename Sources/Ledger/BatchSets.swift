import GRDB

/// What belongs together: of every batch how many rows each table has of it, and the sum of their sums. Source: spec
/// §10.
///
/// A row has a sum of its own (`RowSums`): it tells that a row was changed, never that one is gone, and what is gone
/// would be paid again. Batches of programs that kept no such set go on without.
enum BatchSets {
    static let table = """
        CREATE TABLE batch_set (
            batch TEXT PRIMARY KEY REFERENCES batch(id), content TEXT NOT NULL, sum INTEGER
        ) WITHOUT ROWID;
        CREATE TRIGGER batch_set_is_final BEFORE UPDATE OF batch ON batch_set
            BEGIN SELECT RAISE(ABORT, 'a batch is final'); END;
        CREATE TRIGGER batch_set_stays BEFORE DELETE ON batch_set
            BEGIN SELECT RAISE(ABORT, 'a batch is final'); END;
        -- The rows of a batch are counted without being read.
        CREATE INDEX batch_line_set ON batch_line(batch, sum);
        """

    /// Tables of a batch's rows, with the column that names it.
    private static let parts = [
        ("batch", "id"), ("batch_line", "batch"), ("batch_day", "batch"), ("batch_bank_line", "batch"),
        ("batch_file", "batch"), ("batch_evidence", "batch"),
    ]

    /// `batch_line 4 8123456789`, a line a table, by batch.
    ///
    /// - Parameter batch: nil for all.
    static func contents(_ db: Database, of batch: String? = nil) throws -> [String: String] {
        var contents: [String: String] = [:]
        for (table, key) in parts {
            let rows = try Row.fetchAll(
                db,
                sql: """
                    SELECT \(key), count(*), total(sum & 1099511627775) FROM \(table)
                    WHERE ?1 IS NULL OR \(key) = ?1 GROUP BY \(key)
                    """, arguments: [batch])
            for row in rows {
                contents[row[0], default: ""] += "\(table) \(row[1] as Int) \(Int64(row[2] as Double))\n"
            }
        }
        for row in try Row.fetchAll(
            db,
            sql: """
                SELECT batch, count(*), total(CAST(replace(origin_period, '-', '') AS INTEGER)) FROM batch_origin
                WHERE ?1 IS NULL OR batch = ?1 GROUP BY batch
                """, arguments: [batch])
        {
            contents[row[0], default: ""] += "batch_origin \(row[1] as Int) \(Int64(row[2] as Double))\n"
        }
        return contents
    }

    /// Batches whose rows are not those that they were closed with, sorted; those that should have a set and lost it.
    static func damaged(_ db: Database) throws -> [String] {
        let stored = try Row.fetchAll(db, sql: "SELECT batch, content FROM checked_batch_set")
        let present = try contents(db)
        let known = Set(stored.map { $0[0] as String })
        let lost = try String.fetchAll(
            db,
            sql: """
                SELECT e.batch FROM batch_evidence e
                WHERE json_extract(e.detail, '$.kept.hasSet') AND NOT EXISTS
                    (SELECT 1 FROM batch_set s WHERE s.batch = e.batch)
                """)
        let changed = stored.filter { present[$0[0]] != ($0[1] as String) }.map { $0[0] as String }
        return Set(changed + lost.filter { !known.contains($0) }).sorted()
    }

    /// Writes what belongs to a batch, or anew where the sums of rows are over other columns by now.
    static func write(_ db: Database, batch: String) throws {
        guard let content = try contents(db, of: batch)[batch] else { return }
        try db.execute(
            sql: """
                INSERT INTO batch_set (batch, content) VALUES (?, ?)
                ON CONFLICT (batch) DO UPDATE SET content = excluded.content
                """, arguments: [batch, content])
    }

    /// Before sums are worked out over other columns: which sets are whole, so that they are written anew after it.
    static func whole(_ db: Database) throws -> [String] {
        guard try db.tableExists("batch_set") else { return [] }
        let present = try contents(db)
        return try Row.fetchAll(db, sql: "SELECT batch, content FROM batch_set ORDER BY batch").filter {
            present[$0[0]] == ($0[1] as String)
        }.map { $0[0] }
    }
}

extension LedgerDatabase {
    /// Refuses where rows of a closed batch are gone: they would be paid again. Counted once: what this process writes
    /// takes no row away.
    ///
    /// - Throws: `LedgerError.missingRows`.
    public func checkBatches() throws {
        guard !isCounted.withLock({ $0 }) else { return }
        let damaged = try read { try BatchSets.damaged($0.db) }
        if let batch = damaged.first { throw LedgerError.missingRows(path, batch: batch) }
        trustBatches()
    }

    /// Takes the rows of closed batches for counted.
    public func trustBatches() { isCounted.withLock { $0 = true } }
}

extension LedgerWriter {
    /// Freezes what belongs to a batch, once all of it was inserted.
    public func seal(batch: String) throws { try BatchSets.write(db, batch: batch) }
}
