import GRDB

extension LedgerReader {
    /// What the last run was told; nil before the first.
    public func setting(_ name: String) throws -> String? {
        try String.fetchOne(db, sql: "SELECT value FROM setting WHERE name = ?", arguments: [name])
    }
}

extension LedgerWriter {
    /// Forgets a setting.
    public func removeSetting(_ name: String) throws {
        try db.execute(sql: "DELETE FROM setting WHERE name = ?", arguments: [name])
    }
}

extension LedgerReader {
    /// How often the ledger was changed: equal revisions of one ledger hold the same.
    public func revision() throws -> Int {
        try Int.fetchOne(db, sql: "SELECT value FROM setting WHERE name = 'revision'") ?? 0
    }
}

extension LedgerWriter {
    func countRevision() throws {
        try db.execute(
            sql: """
                INSERT INTO setting (name, value) VALUES ('revision', '1')
                ON CONFLICT (name) DO UPDATE SET value = CAST(CAST(value AS INTEGER) + 1 AS TEXT)
                """)
    }

    /// Remembers what a run was told.
    public func setSetting(_ name: String, _ value: String) throws {
        try db.execute(
            sql: """
                INSERT INTO setting (name, value) VALUES (?, ?)
                ON CONFLICT (name) DO UPDATE SET value = excluded.value WHERE value <> excluded.value
                """, arguments: [name, value])
    }
}
