import Codec
import Domain
import Foundation
import GRDB
import Matching

/// A content under a path, as it was understood.
public struct SubmissionRecord: Sendable {
    public var id: Int
    public var path: String
    public var sha256: String
    public var size: Int
    /// Unit: nanoseconds since 1970.
    public var modified: Int
    public var isRefused: Bool

    public init(id: Int, path: String, sha256: String, size: Int, modified: Int, isRefused: Bool) {
        self.id = id
        self.path = path
        self.sha256 = sha256
        self.size = size
        self.modified = modified
        self.isRefused = isRefused
    }

    public var order: FileOrder { FileOrder(modified: modified, path: path, arrival: id) }
}

/// A content that stood under a path, and whether it stands in the inbox now.
public struct FileVersion: Sendable {
    public var record: SubmissionRecord
    public var isCurrent: Bool
}

/// A block's place in the ledger, without its rows.
public struct BlockHeader: Sendable {
    public var id: Int
    public var submission: Int
    public var period: Period
}

extension LedgerReader {
    /// Every submission, by id.
    public func submissions() throws -> [Int: SubmissionRecord] {
        var records: [Int: SubmissionRecord] = [:]
        for record in try submissions(where: "1") { records[record.id] = record }
        return records
    }

    private func submissions(
        where condition: String, _ arguments: StatementArguments = []
    ) throws -> [SubmissionRecord] {
        let statement = try db.cachedStatement(
            sql: "SELECT id, path, sha256, size, modified, is_refused FROM submission WHERE \(condition)")
        var records: [SubmissionRecord] = []
        let rows = try Row.fetchCursor(statement, arguments: arguments)
        while let row = try rows.next() {
            records.append(
                SubmissionRecord(
                    id: row[0], path: row[1], sha256: row[2], size: row[3], modified: row[4], isRefused: row[5]))
        }
        return records
    }

    /// The newest submission with those bytes under that path; nil for none.
    public func submission(path: String, sha256: String) throws -> SubmissionRecord? {
        try submissions(where: "path = ? AND sha256 = ? ORDER BY id DESC LIMIT 1", [path, sha256]).first
    }

    /// When the newest content under a path was received, in nanoseconds since 1970; nil for none.
    public func lastReceived(path: String) throws -> Int? {
        try Int.fetchOne(db, sql: "SELECT max(modified) FROM submission WHERE path = ?", arguments: [path])
    }

    /// Submissions with those bytes whatever their path, oldest first.
    public func submissions(sha256: String) throws -> [SubmissionRecord] {
        try submissions(where: "sha256 = ? ORDER BY id", [sha256])
    }

    /// What stood under a path and could be read, oldest first.
    public func versions(of path: String) throws -> [FileVersion] {
        try submissions(where: "path = ? AND NOT is_refused ORDER BY id", [path]).map { record in
            let isCurrent = try Bool.fetchOne(
                db, sql: "SELECT EXISTS (SELECT 1 FROM inbox_file WHERE submission = ? AND present)",
                arguments: [record.id])
            return FileVersion(record: record, isCurrent: isCurrent ?? false)
        }
    }

    /// Paths of attendance with the counties that its rows were given to, by path, then county.
    public func attendancePaths() throws -> [(path: String, county: CountyCode)] {
        try Row.fetchAll(
            db,
            sql: """
                SELECT DISTINCT s.path, c.county FROM block_county c JOIN block b ON b.id = c.block
                    JOIN submission s ON s.id = b.submission WHERE NOT s.is_refused ORDER BY 1, 2
                """
        ).compactMap { row in CountyCode(row[1] as String).map { (row[0], $0) } }
    }

    /// Submissions that another program version or other form data understood.
    public func submissions(notUnderstoodBy version: String) throws -> [SubmissionRecord] {
        try submissions(where: "understood_by <> ? ORDER BY id", [version])
    }

    /// File findings of a submission.
    public func fileFindings(submission: Int) throws -> [Finding] {
        guard let bytes = try [UInt8].fetchBlob(db, "SELECT findings FROM submission WHERE id = ?", [submission]) else {
            return []
        }
        return try [Finding](packed: bytes)
    }

    /// File findings of a submission as stored, for comparing.
    public func packedFindings(_ submission: Int) throws -> [UInt8] {
        try [UInt8].fetchBlob(db, "SELECT findings FROM submission WHERE id = ?", [submission]) ?? []
    }

    /// Submissions with rows of registers or yearly forms, by id.
    public func registerSubmissionIDs() throws -> [Int] {
        try Int.fetchAll(db, sql: "SELECT id FROM submission WHERE form_rows IS NOT NULL ORDER BY id")
    }

    /// The form rows of a submission.
    public func formRows(submission: Int) throws -> [FormRow] {
        guard
            let bytes = try [UInt8].fetchBlob(db, "SELECT form_rows FROM checked_submission WHERE id = ?", [submission])
        else {
            return []
        }
        return try [FormRow](packed: bytes)
    }

    /// Every block, by id, without rows.
    public func blockHeaders() throws -> [BlockHeader] {
        try Row.fetchAll(db, sql: "SELECT id, submission, period FROM block ORDER BY id").map { row in
            let text: String = row[2]
            guard let period = Period(text) else { throw PackingError(what: "period \(text)") }
            return BlockHeader(id: row[0], submission: row[1], period: period)
        }
    }

    /// Files of the inbox, as they lie there now, with findings of their own: path and submission, by path.
    ///
    /// - Parameter isStanding: only those of which a finding holds or excludes something.
    public func currentSubmissionsWithFindings(
        isStanding: Bool = false
    ) throws -> [(path: String, submission: Int)] {
        try Row.fetchAll(
            db,
            sql: """
                SELECT f.path, s.id FROM inbox_file f JOIN submission s ON s.id = f.submission
                WHERE f.present AND \(isStanding ? "s.standing > 0" : "length(s.findings) > 2") ORDER BY f.path
                """
        ).map { ($0[0], $0[1]) }
    }

    /// Attendance workbooks of a county's month and the files its registers were read from, by path, then age.
    public func sources(of month: CountyMonth, registers: [SubmissionRecord]) throws -> [SubmissionRecord] {
        var found = Dictionary(uniqueKeysWithValues: try attendanceSubmissions(of: month).map { ($0.id, $0) })
        for record in registers { found[record.id] = record }
        return found.values.sorted { $0.order < $1.order }
    }

    /// Every file with rows of registers or yearly forms. Complexity: O(files), so that nobody asks for each month.
    public func registerSubmissions() throws -> [SubmissionRecord] { try submissions(where: "form_rows IS NOT NULL") }

    /// Attendance workbooks with rows of a county's month, the newest first.
    public func attendanceSubmissions(of month: CountyMonth) throws -> [SubmissionRecord] {
        try submissions(
            where: """
                id IN (SELECT b.submission FROM block_county c JOIN block b ON b.id = c.block
                       WHERE c.county = ? AND c.period = ?)
                """, [month.county.text, month.period.description]
        ).sorted { $1.order < $0.order }
    }

    /// The headers of those blocks.
    public func blockHeaders(of blocks: [Int]) throws -> [BlockHeader] {
        let statement = try db.cachedStatement(sql: "SELECT submission, period FROM block WHERE id = ?")
        return try blocks.compactMap { id in
            try Row.fetchOne(statement, arguments: [id]).flatMap { row in
                Period(row[1] as String).map { BlockHeader(id: id, submission: row[0], period: $0) }
            }
        }
    }

    /// One block with its rows, as bytes for a worker.
    public func blockPayload(_ id: Int) throws -> [UInt8] {
        guard let bytes = try [UInt8].fetchBlob(db, "SELECT payload FROM checked_block WHERE id = ?", [id]) else {
            throw PackingError(what: "block \(id)")
        }
        return bytes
    }

    /// One block with its rows.
    public func block(_ id: Int) throws -> AttendanceBlock {
        try AttendanceBlock(packed: blockPayload(id))
    }

    /// The blocks of a submission, in reading order.
    public func blocks(submission: Int) throws -> [AttendanceBlock] {
        try Row.fetchAll(
            db, sql: "SELECT payload FROM checked_block WHERE submission = ? ORDER BY id", arguments: [submission]
        )
        .map { try AttendanceBlock(packed: [UInt8]($0.dataNoCopy(atIndex: 0)!)) }
    }
}

/// What a file says, packed by a worker so that the writer only stores bytes.
public struct PackedSubmission: Sendable {
    /// A block's header beside its bytes.
    public struct Block: Sendable {
        public let period: Period
        public let rowCount: Int
        public let payload: [UInt8]
    }

    public let findings: [UInt8]
    /// Findings of the file that hold something.
    public let standing: Int
    /// Nil where the file has no row of a register or yearly form.
    public let formRows: [UInt8]?
    public let blocks: [Block]

    public init(_ workbook: SubmittedWorkbook) {
        findings = workbook.findings.packed
        standing = workbook.findings.count(where: \.stands)
        formRows = workbook.formRows.isEmpty ? nil : workbook.formRows.packed
        blocks = workbook.blocks.map { Block(period: $0.period, rowCount: $0.rows.count, payload: $0.packed) }
    }
}

extension Finding {
    /// Whether it holds or excludes something: the run then ends with exit code 1.
    public var stands: Bool { effect == .held || effect == .excluded }
}

extension LedgerWriter {
    /// Keeps what a file says. Returns the submission's id.
    @discardableResult
    public func insert(
        path: String, sha256: String, size: Int, modified: Int, understoodBy: String, isRefused: Bool,
        content: PackedSubmission
    ) throws -> Int {
        let statement = try db.cachedStatement(
            sql: """
                INSERT INTO submission
                    (path, sha256, size, modified, understood_by, is_refused, findings, standing, form_rows)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                """)
        try statement.execute(
            arguments: [
                path, sha256, size, modified, understoodBy, isRefused, content.findings.blob, content.standing,
                content.formRows?.blob,
            ])
        let id = Int(db.lastInsertedRowID)
        try insertBlocks(content.blocks, submission: id)
        return id
    }

    /// Replaces what is known of a kept file after forms or marks changed: same bytes, new understanding.
    public func replaceUnderstanding(
        submission: Int, understoodBy: String, isRefused: Bool, content: PackedSubmission
    ) throws {
        try db.execute(
            sql: "DELETE FROM block_county WHERE block IN (SELECT id FROM block WHERE submission = ?)",
            arguments: [submission])
        try db.execute(
            sql: "DELETE FROM mended_block WHERE block IN (SELECT id FROM block WHERE submission = ?)",
            arguments: [submission])
        try db.execute(sql: "DELETE FROM block WHERE submission = ?", arguments: [submission])
        try db.execute(
            sql: """
                UPDATE submission SET understood_by = ?, is_refused = ?, findings = ?, standing = ?, form_rows = ?
                WHERE id = ?
                """,
            arguments: [
                understoodBy, isRefused, content.findings.blob, content.standing, content.formRows?.blob, submission,
            ])
        try insertBlocks(content.blocks, submission: submission)
    }

    /// Notes that a submission whose bytes are gone was looked at by this version.
    public func setUnderstoodBy(_ version: String, submission: Int) throws {
        try db.execute(
            sql: "UPDATE submission SET understood_by = ? WHERE id = ?", arguments: [version, submission])
    }

    private func insertBlocks(_ blocks: [PackedSubmission.Block], submission: Int) throws {
        let statement = try db.cachedStatement(
            sql: "INSERT INTO block (submission, period, row_count, payload) VALUES (?, ?, ?, ?)")
        for block in blocks {
            try statement.execute(
                arguments: [submission, block.period.description, block.rowCount, block.payload.blob])
        }
    }
}
