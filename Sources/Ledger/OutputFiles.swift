import GRDB

/// A file that was written, as it was left.
public struct OutputFileRecord: Hashable, Sendable {
    /// Relative to the output folder, with `/`.
    public var path: String
    /// The report that wrote it.
    public var report: String
    /// Unit: bytes.
    public var size: Int
    /// Unit: nanoseconds since 1970.
    public var modified: Int
    public var sha256: String

    public init(path: String, report: String, size: Int, modified: Int, sha256: String) {
        self.path = path
        self.report = report
        self.size = size
        self.modified = modified
        self.sha256 = sha256
    }
}

extension LedgerReader {
    /// Every file written, by report.
    public func outputFiles() throws -> [String: [OutputFileRecord]] {
        var files: [String: [OutputFileRecord]] = [:]
        let rows = try Row.fetchCursor(
            db, sql: "SELECT path, report, size, modified, sha256 FROM output_file ORDER BY path")
        while let row = try rows.next() {
            let file = OutputFileRecord(path: row[0], report: row[1], size: row[2], modified: row[3], sha256: row[4])
            files[file.report, default: []].append(file)
        }
        return files
    }

    /// The paths of one report's files.
    public func outputFiles(of report: String) throws -> [String] {
        try String.fetchAll(
            db, sql: "SELECT path FROM output_file WHERE report = ? ORDER BY path", arguments: [report])
    }
}

extension LedgerWriter {
    /// Notes the files of a report.
    public func setReport(_ report: String, files: [OutputFileRecord]) throws {
        try db.cachedStatement(sql: "DELETE FROM output_file WHERE report = ?").execute(arguments: [report])
        let insert = try db.cachedStatement(
            sql: "INSERT OR REPLACE INTO output_file (path, report, size, modified, sha256) VALUES (?, ?, ?, ?, ?)")
        for file in files {
            try insert.execute(arguments: [file.path, report, file.size, file.modified, file.sha256])
        }
    }

    /// Forgets a report that is no longer made.
    public func deleteReport(_ report: String) throws {
        try db.execute(sql: "DELETE FROM output_file WHERE report = ?", arguments: [report])
    }
}
