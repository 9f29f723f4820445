import GRDB

/// A path of the inbox as it was last seen.
public struct InboxFileRecord: Hashable, Sendable {
    /// Relative to the inbox, with `/`.
    public var path: String
    /// Unit: bytes.
    public var size: Int
    /// Unit: nanoseconds since 1970.
    public var modified: Int
    public var sha256: String
    /// The submission its bytes stand for; nil where the same bytes were sent under another path.
    public var submission: Int?
    public var isPresent: Bool

    public init(path: String, size: Int, modified: Int, sha256: String, submission: Int?, isPresent: Bool = true) {
        self.path = path
        self.size = size
        self.modified = modified
        self.sha256 = sha256
        self.submission = submission
        self.isPresent = isPresent
    }
}

extension LedgerReader {
    /// Every path ever seen.
    public func inboxFiles() throws -> [String: InboxFileRecord] {
        var files: [String: InboxFileRecord] = [:]
        let rows = try Row.fetchCursor(
            db, sql: "SELECT path, size, modified, sha256, submission, present FROM inbox_file")
        while let row = try rows.next() {
            let file = InboxFileRecord(
                path: row[0], size: row[1], modified: row[2], sha256: row[3], submission: row[4], isPresent: row[5])
            files[file.path] = file
        }
        return files
    }
}

extension LedgerWriter {
    /// Notes how a path was seen.
    public func upsert(_ file: InboxFileRecord) throws {
        let statement = try db.cachedStatement(
            sql: """
                INSERT INTO inbox_file (path, size, modified, sha256, submission, present) VALUES (?, ?, ?, ?, ?, ?)
                ON CONFLICT (path) DO UPDATE SET size = excluded.size, modified = excluded.modified,
                    sha256 = excluded.sha256, submission = excluded.submission, present = excluded.present
                """)
        try statement.execute(
            arguments: [file.path, file.size, file.modified, file.sha256, file.submission, file.isPresent])
    }
}
