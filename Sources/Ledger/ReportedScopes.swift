import GRDB

extension LedgerReader {
    /// The scopes that the last finished report told of, sorted.
    public func reportedScopes() throws -> [String] {
        try String.fetchAll(db, sql: "SELECT scope FROM reported_scope ORDER BY scope")
    }

    /// What the last finished report told of a scope, as it was packed; nil where it told nothing.
    public func reported(_ scope: String) throws -> String? {
        try String.fetchOne(db, sql: "SELECT told FROM reported_scope WHERE scope = ?", arguments: [scope])
    }
}

extension LedgerWriter {
    /// Keeps what a report told of a scope.
    public func setReported(_ scope: String, told: String) throws {
        try db.cachedStatement(sql: "INSERT OR REPLACE INTO reported_scope (scope, told) VALUES (?, ?)")
            .execute(arguments: [scope, told])
    }

    /// Forgets a scope of which nothing is told any more.
    public func deleteReported(_ scope: String) throws {
        try db.execute(sql: "DELETE FROM reported_scope WHERE scope = ?", arguments: [scope])
    }
}
