import GRDB

extension LedgerReader {
    /// Fingerprint of each scope as the last finished report told it.
    public func reportedFingerprints() throws -> [String: String] {
        var fingerprints: [String: String] = [:]
        for row in try Row.fetchAll(db, sql: "SELECT scope, fingerprint FROM reported_scope") {
            fingerprints[row[0]] = row[1]
        }
        return fingerprints
    }

    /// What the last finished report told of a scope, as it was packed; nil where it told nothing.
    public func reported(_ scope: String) throws -> String? {
        try String.fetchOne(db, sql: "SELECT told FROM reported_scope WHERE scope = ?", arguments: [scope])
    }
}

extension LedgerWriter {
    /// Keeps what a report told of a scope.
    public func setReported(_ scope: String, fingerprint: String, told: String) throws {
        try db.cachedStatement(sql: "INSERT OR REPLACE INTO reported_scope (scope, fingerprint, told) VALUES (?, ?, ?)")
            .execute(arguments: [scope, fingerprint, told])
    }

    /// Forgets a scope of which nothing is told any more.
    public func deleteReported(_ scope: String) throws {
        try db.execute(sql: "DELETE FROM reported_scope WHERE scope = ?", arguments: [scope])
    }
}
