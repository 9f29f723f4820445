import Domain
import Foundation
import GRDB

/// What a county hands to its province and what comes back. Derived, or kept as it was given.
enum ExchangeRows {
    static let tables = """
        -- What the sheets of a county's month claim, before anything is excluded; kept where a key is at hand. Derived.
        CREATE TABLE county_claims (
            county TEXT NOT NULL, period TEXT NOT NULL, payload BLOB NOT NULL, PRIMARY KEY (county, period)
        ) WITHOUT ROWID;
        -- What the province gave back to the county, as it was given: claims, records, quotas.
        CREATE TABLE handed_back (
            kind TEXT PRIMARY KEY, county TEXT NOT NULL, sha256 TEXT NOT NULL, payload BLOB NOT NULL
        ) WITHOUT ROWID;
        """
}

/// A file that the province gave back.
public struct HandedBackFile: Sendable {
    public var county: CountyCode
    public var sha256: String
    public var payload: [UInt8]

    public init(county: CountyCode, sha256: String, payload: [UInt8]) {
        self.county = county
        self.sha256 = sha256
        self.payload = payload
    }
}

extension LedgerReader {
    /// What a month's sheets claim, packed; nil where it was built without a key.
    public func claims(_ month: CountyMonth) throws -> [UInt8]? {
        try [UInt8].fetchBlob(
            db, "SELECT payload FROM county_claims WHERE county = ? AND period = ?",
            [month.county.text, month.period.description])
    }

    /// A file that the province gave back; nil where it gave none.
    public func handedBack(_ kind: String) throws -> HandedBackFile? {
        let row = try Row.fetchOne(
            db, sql: "SELECT county, sha256, payload FROM handed_back WHERE kind = ?", arguments: [kind])
        return row.flatMap { row in
            CountyCode(row[0] as String).map {
                HandedBackFile(county: $0, sha256: row[1], payload: [UInt8](row[2] as Data))
            }
        }
    }

    /// Digest of a file that the province gave back; empty for none.
    public func handedBackDigest(_ kind: String) throws -> String {
        try String.fetchOne(db, sql: "SELECT sha256 FROM handed_back WHERE kind = ?", arguments: [kind]) ?? ""
    }

    /// Whom the sheets of a month name, sorted.
    public func people(_ month: CountyMonth) throws -> [String] {
        try String.fetchAll(
            db, sql: "SELECT person FROM month_person WHERE period = ? AND county = ? ORDER BY person",
            arguments: [month.period.description, month.county.text])
    }
}

extension LedgerWriter {
    /// Keeps what a month's sheets claim; forgets it where there is nothing.
    public func setClaims(_ payload: [UInt8]?, _ month: CountyMonth) throws {
        guard let payload else {
            try db.execute(
                sql: "DELETE FROM county_claims WHERE county = ? AND period = ?",
                arguments: [month.county.text, month.period.description])
            return
        }
        try db.cachedStatement(
            sql: "INSERT OR REPLACE INTO county_claims (county, period, payload) VALUES (?, ?, ?)"
        ).execute(arguments: [month.county.text, month.period.description, payload.blob])
    }

    /// Keeps a file that the province gave back.
    public func setHandedBack(_ kind: String, _ file: HandedBackFile) throws {
        try db.execute(
            sql: "INSERT OR REPLACE INTO handed_back (kind, county, sha256, payload) VALUES (?, ?, ?, ?)",
            arguments: [kind, file.county.text, file.sha256, file.payload.blob])
    }
}
