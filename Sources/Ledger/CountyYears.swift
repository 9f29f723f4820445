import Domain
import Foundation
import GRDB
import Work

extension LedgerReader {
    /// Years that were computed, by county and year.
    public func computedYears() throws -> [CountyYear] {
        try Row.fetchAll(db, sql: "SELECT county, year FROM county_year ORDER BY county, year").compactMap { row in
            CountyCode(row[0] as String).map { CountyYear(county: $0, year: row[1]) }
        }
    }

    /// What was kept of a county's year; nil where it was not computed.
    public func yearPayload(_ year: CountyYear) throws -> [UInt8]? {
        try [UInt8].fetchBlob(
            db, "SELECT payload FROM county_year WHERE county = ? AND year = ?", [year.county.text, year.year])
    }
}

extension LedgerReader {
    /// What the province counts of every county's year, by county and year.
    ///
    /// - Parameter type: what compute kept; as JSON by an earlier version.
    /// - Returns: with the digest of what was kept.
    public func yearsForProvince<Record: Decodable>(
        _ type: Record.Type
    ) throws -> [(year: CountyYear, record: Record, digest: String)] {
        try Row.fetchAll(db, sql: "SELECT county, year, province FROM county_year ORDER BY county, year")
            .compactMap { row in
                guard let county = CountyCode(row[0] as String) else { return nil }
                let bytes = [UInt8](row[2] as Data)
                return (
                    CountyYear(county: county, year: row[1]), try LedgerReader.record(type, bytes),
                    Fingerprint.sha256(bytes)
                )
            }
    }

    /// The bytes of a county's extract of a year; nil where it was not computed.
    public func yearExtract(_ year: CountyYear) throws -> Data? {
        try Data.fetchOne(
            db, sql: "SELECT extract FROM county_year WHERE county = ? AND year = ?",
            arguments: [year.county.text, year.year])
    }
}

extension LedgerWriter {
    /// Keeps a county's year.
    ///
    /// - Parameters:
    ///   - province: what the province counts of it.
    ///   - extract: the bytes of its extract file.
    public func upsert(
        _ year: CountyYear, payload: [UInt8], province: [UInt8], extract: Data
    ) throws {
        try db.execute(
            sql: """
                INSERT OR REPLACE INTO county_year (county, year, payload, province, extract)
                VALUES (?, ?, ?, ?, ?)
                """, arguments: [year.county.text, year.year, payload.blob, province.blob, extract])
    }
}
