import Codec
import Domain
import Foundation
import GRDB
import Matching

/// A closed month of a county: what was issued, with what, from what.
public struct BatchRecord: Hashable, Sendable {
    /// `ZC-630202-201811`.
    public var id: String
    public var month: CountyMonth
    public var asOf: CivilDate
    public var policyName: String
    public var policySHA256: String
    public var programVersion: String
    /// The manifest's bytes as text.
    public var manifest: String

    public init(
        id: String, month: CountyMonth, asOf: CivilDate, policyName: String, policySHA256: String,
        programVersion: String, manifest: String
    ) {
        self.id = id
        self.month = month
        self.asOf = asOf
        self.policyName = policyName
        self.policySHA256 = policySHA256
        self.programVersion = programVersion
        self.manifest = manifest
    }

    /// The batch number of a county's month.
    public static func id(_ month: CountyMonth) -> String { "ZC-\(month.county.text)-\(month.period.compact)" }
}

/// A final file of a batch.
public struct BatchFile: Hashable, Sendable {
    /// Name within the finance folder.
    public var name: String
    public var sha256: String
    /// Unit: bytes.
    public var size: Int

    public init(name: String, sha256: String, size: Int) {
        self.name = name
        self.sha256 = sha256
        self.size = size
    }
}

/// What a batch was computed from.
public struct BatchEvidence: Sendable {
    /// Every register and every attendance workbook of the county up to the month, as they stood at closing.
    public var sources: [BatchSource]
    /// The month as it was matched.
    public var month: MonthAttendance
    /// What other counties' sheets claimed of the month's people.
    public var foreignClaims: [PresenceClaim]
    /// SHA-256 of the export profiles, in their order.
    public var exports: [String]
    /// Version of the program's and the form data's understanding of workbooks.
    public var understanding: String
    /// Evidence of the decisions that its 裁定表 shows as settled.
    public var settled: [String]
    /// The county as it was called; nil for batches of the first version.
    public var county: CountyRecord?
    /// Which look its workbooks have; nil for batches of the first versions.
    public var papers: Int?
    /// Everything else that the batch rests on; nil for batches of earlier versions.
    public var kept: BatchKept?

    public init(
        sources: [BatchSource], month: MonthAttendance, foreignClaims: [PresenceClaim], exports: [String],
        understanding: String, settled: [String] = [], county: CountyRecord? = nil, papers: Int? = nil,
        kept: BatchKept? = nil
    ) {
        self.papers = papers
        self.kept = kept
        self.sources = sources
        self.month = month
        self.foreignClaims = foreignClaims
        self.exports = exports
        self.understanding = understanding
        self.settled = settled
        self.county = county
    }

    /// What is kept as JSON beside the month.
    struct Detail: Codable {
        var sources: [BatchSource]
        var foreignClaims: [PresenceClaim]
        var exports: [String]
        var understanding: String
        var settled: [String]?
        var county: CountyRecord?
        var papers: Int?
        var kept: BatchKept?
    }

    var detail: Detail {
        Detail(
            sources: sources, foreignClaims: foreignClaims, exports: exports, understanding: understanding,
            settled: settled, county: county, papers: papers, kept: kept)
    }
}

/// A kept original that a batch rests on.
public struct BatchSource: Hashable, Sendable, Codable {
    public var id: Int
    public var path: String
    public var sha256: String
    public var modified: Int
    /// Whether these were the path's present bytes when the batch was closed.
    public var isCurrent: Bool

    public init(id: Int, path: String, sha256: String, modified: Int, isCurrent: Bool) {
        self.id = id
        self.path = path
        self.sha256 = sha256
        self.modified = modified
        self.isCurrent = isCurrent
    }

    public var order: FileOrder { FileOrder(modified: modified, path: path, arrival: id) }
}

extension LedgerReader {
    /// Whether anything was closed.
    public func hasBatches() throws -> Bool {
        try Bool.fetchOne(db, sql: "SELECT EXISTS (SELECT 1 FROM batch)") ?? false
    }

    /// Every batch, by county and month.
    public func batches() throws -> [BatchRecord] {
        try Row.fetchAll(
            db,
            sql: """
                SELECT id, county, period, as_of, policy_name, policy_sha256, program_version, manifest
                FROM checked_batch
                ORDER BY county, period
                """
        ).map { row in
            guard let county = CountyCode(row[1] as String), let period = Period(row[2] as String),
                let asOf = CivilDate(iso: row[3] as String)
            else { throw PackingError(what: "batch") }
            return BatchRecord(
                id: row[0], month: CountyMonth(county: county, period: period), asOf: asOf, policyName: row[4],
                policySHA256: row[5], programVersion: row[6], manifest: row[7])
        }
    }

    /// The batch of a county's month; nil while it is open.
    public func batch(_ month: CountyMonth) throws -> BatchRecord? { try batches().first { $0.month == month } }

    /// The frozen lines of a batch, in statement order.
    public func lines(batch: String) throws -> [PaymentLine] {
        try Row.fetchAll(
            db, sql: "SELECT \(LineColumns.names) FROM checked_batch_line WHERE batch = ? ORDER BY id",
            arguments: [batch]
        ).map { try LineColumns.line($0, batch: batch) }
    }

    /// Everything ever issued by a county for a month worked, over all its batches; what only came again left out.
    public func issued(county: CountyCode, origin: Period) throws -> [PaymentLine] {
        try Row.fetchAll(
            db,
            sql: """
                SELECT \(LineColumns.names), batch FROM checked_batch_line
                WHERE county = ? AND origin_period = ? AND reissue IS NULL ORDER BY id
                """, arguments: [county.text, origin.description]
        ).map { try LineColumns.line($0, batch: $0[LineColumns.count]) }
    }

    /// What closed batches of a county paid again after a bank had returned it.
    public func reissued(county: CountyCode) throws -> [PaymentLine] {
        try Row.fetchAll(
            db,
            sql: """
                SELECT \(LineColumns.names), batch FROM checked_batch_line
                WHERE county = ? AND reissue IS NOT NULL ORDER BY id
                """, arguments: [county.text]
        ).map { try LineColumns.line($0, batch: $0[LineColumns.count]) }
    }

    /// Everything ever issued to a person, over all batches, by month worked, then batch.
    ///
    /// `IS`: the column has no index; see `RowSums`.
    public func issued(person: ResidentID) throws -> [PaymentLine] {
        try Row.fetchAll(
            db,
            sql: """
                SELECT \(LineColumns.names), batch FROM checked_batch_line
                WHERE person IS ? ORDER BY origin_period, batch, id
                """, arguments: [person.text]
        ).map { try LineColumns.line($0, batch: $0[LineColumns.count]) }
    }

    /// Everybody to whom a county ever issued, under every name that he was issued to.
    public func issuedPeople() throws -> [(county: CountyCode, person: ResidentID, name: String)] {
        try Row.fetchAll(db, sql: "SELECT DISTINCT county, person, name FROM batch_line ORDER BY county, person, name")
            .map { row in
                guard let county = CountyCode(row[0] as String), let person = ResidentID(row[1] as String) else {
                    throw PackingError(what: "batch line")
                }
                return (county, person, row[2])
            }
    }

    /// The final files of a batch, by name.
    public func files(batch: String) throws -> [BatchFile] {
        try Row.fetchAll(
            db, sql: "SELECT name, sha256, size FROM checked_batch_file WHERE batch = ? ORDER BY name",
            arguments: [batch]
        ).map { BatchFile(name: $0[0], sha256: $0[1], size: $0[2]) }
    }

    /// What a batch was computed from; nil where there is none.
    public func evidence(batch: String) throws -> BatchEvidence? {
        guard
            let row = try Row.fetchOne(
                db, sql: "SELECT detail, month FROM checked_batch_evidence WHERE batch = ?", arguments: [batch])
        else { return nil }
        let detail = try JSONDecoder().decode(BatchEvidence.Detail.self, from: Data((row[0] as String).utf8))
        return BatchEvidence(
            sources: detail.sources, month: try MonthAttendance(packed: [UInt8](row[1] as Data)),
            foreignClaims: detail.foreignClaims, exports: detail.exports, understanding: detail.understanding,
            settled: detail.settled ?? [], county: detail.county, papers: detail.papers, kept: detail.kept)
    }

    /// The county as it was called when a batch was closed; nil for batches of the first version.
    public func county(batch: String) throws -> CountyRecord? {
        try String.fetchOne(db, sql: "SELECT detail FROM batch_evidence WHERE batch = ?", arguments: [batch]).flatMap {
            try JSONDecoder().decode(BatchEvidence.Detail.self, from: Data($0.utf8)).county
        }
    }

    /// What the settlement files of a county's closed months say.
    ///
    /// - Parameter batch: only those of batches before it.
    public func settlementsAtClosing(county: CountyCode, before batch: String = "~") throws -> [SettlementLine] {
        struct Kept: Decodable {
            var kept: Part?
            struct Part: Decodable { var settlements: [SettlementLine] }
        }
        let decoder = JSONDecoder()
        return try String.fetchAll(
            db,
            sql: """
                SELECT json_object('kept', json_object('settlements', json_extract(detail, '$.kept.settlements')))
                FROM batch_evidence e JOIN batch b ON b.id = e.batch
                WHERE b.county = ? AND b.period < coalesce((SELECT period FROM batch WHERE id = ?), '~')
                    AND json_array_length(detail, '$.kept.settlements') > 0
                ORDER BY b.period
                """, arguments: [county.text, batch]
        ).flatMap { try decoder.decode(Kept.self, from: Data($0.utf8)).kept?.settlements ?? [] }
    }

    /// Evidence of decisions that the forms of a county's closed months show as settled.
    ///
    /// - Parameter batch: only those of batches before it.
    public func settledAtClosing(county: CountyCode, before batch: String = "~") throws -> Set<String> {
        // Out of the text: a batch's evidence names every source and claim, and a county has one a month.
        try String.fetchSet(
            db,
            sql: """
                SELECT settled.value
                FROM batch_evidence e JOIN batch b ON b.id = e.batch, json_each(e.detail, '$.settled') settled
                WHERE b.county = ? AND b.period < coalesce((SELECT period FROM batch WHERE id = ?), '~')
                """, arguments: [county.text, batch])
    }
}

extension LedgerWriter {
    /// Freezes a county's month. Nothing of it ever changes again.
    public func insert(
        _ batch: BatchRecord, lines: [PaymentLine], files: [BatchFile], evidence: BatchEvidence
    ) throws {
        try db.execute(
            sql: """
                INSERT INTO batch (id, county, period, as_of, policy_name, policy_sha256, program_version, manifest)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                batch.id, batch.month.county.text, batch.month.period.description, batch.asOf.iso, batch.policyName,
                batch.policySHA256, batch.programVersion, batch.manifest,
            ])
        let insert = try db.cachedStatement(
            sql: "INSERT INTO batch_line (batch, \(LineColumns.names)) VALUES (?, \(LineColumns.placeholders))")
        for line in lines {
            let values: [DatabaseValueConvertible?] = [batch.id] + LineColumns.values(line)
            try insert.execute(arguments: StatementArguments(values))
        }
        try PaidSums.add(db, from: "batch_line", where: "l.batch = ?", [batch.id])
        let name = try db.cachedStatement(
            sql: "INSERT INTO batch_file (batch, name, sha256, size) VALUES (?, ?, ?, ?)")
        for file in files { try name.execute(arguments: [batch.id, file.name, file.sha256, file.size]) }
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        try db.execute(
            sql: "INSERT INTO batch_evidence (batch, detail, month) VALUES (?, ?, ?)",
            arguments: [
                batch.id, String(decoding: try encoder.encode(evidence.detail), as: UTF8.self),
                evidence.month.packed.blob,
            ])
    }
}
