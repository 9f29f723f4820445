import Domain
import Foundation
import GRDB

/// A county and a calendar year.
public struct CountyYear: Hashable, Comparable, Sendable {
    public let county: CountyCode
    public let year: Int

    public init(county: CountyCode, year: Int) {
        self.county = county
        self.year = year
    }

    public static func < (left: CountyYear, right: CountyYear) -> Bool {
        (left.county, left.year) < (right.county, right.year)
    }
}

extension LedgerReader {
    /// Fingerprints of the years computed.
    public func yearFingerprints() throws -> [CountyYear: String] {
        var result: [CountyYear: String] = [:]
        for row in try Row.fetchAll(db, sql: "SELECT county, year, fingerprint FROM county_year") {
            guard let county = CountyCode(row[0] as String) else { continue }
            result[CountyYear(county: county, year: row[1])] = row[2]
        }
        return result
    }

    /// What was kept of a county's year; nil where it was not computed.
    public func yearPayload(_ year: CountyYear) throws -> Data? {
        try Data.fetchOne(
            db, sql: "SELECT payload FROM county_year WHERE county = ? AND year = ?",
            arguments: [year.county.text, year.year])
    }
}

extension LedgerReader {
    /// What the province counts of every county's year, by county and year.
    public func yearsForProvince() throws -> [(year: CountyYear, payload: Data)] {
        try Row.fetchAll(db, sql: "SELECT county, year, province FROM county_year ORDER BY county, year")
            .compactMap { row in
                CountyCode(row[0] as String).map { (CountyYear(county: $0, year: row[1]), row[2]) }
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
        _ year: CountyYear, fingerprint: String, payload: Data, province: Data, extract: Data
    ) throws {
        try db.execute(
            sql: """
                INSERT OR REPLACE INTO county_year (county, year, fingerprint, payload, province, extract)
                VALUES (?, ?, ?, ?, ?, ?)
                """, arguments: [year.county.text, year.year, fingerprint, payload, province, extract])
    }
}
