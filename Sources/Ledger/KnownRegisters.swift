import Codec
import Domain
import Foundation
import GRDB
import Synchronization

/// Counties' registers as they were last read or kept: the stages of a run ask for each a dozen times, and unpacking
/// them costs more than what is done with them.
///
/// Small ones only: what is known stays in memory as long as the ledger is open.
final class KnownRegisters: Sendable {
    private struct Known {
        var sum: Int
        var entry: CountyRecordEntry
    }
    private struct State {
        var entries: [CountyCode: Known] = [:]
        var sizeBytes = 0
    }

    private let state = Mutex(State())
    private static let sizeBytesMax = 8 << 20

    /// The entry whose row has that sum; nil where it is not known.
    func entry(_ county: CountyCode, sum: Int) -> CountyRecordEntry? {
        state.withLock { $0.entries[county] }.flatMap { $0.sum == sum ? $0.entry : nil }
    }

    /// - Parameter sizeBytes: of what the ledger keeps of it.
    func note(_ entry: CountyRecordEntry, _ county: CountyCode, sum: Int, sizeBytes: Int) {
        state.withLock { state in
            guard sizeBytes <= KnownRegisters.sizeBytesMax / 8 else { return }
            if state.sizeBytes + sizeBytes > KnownRegisters.sizeBytesMax { state = State() }
            state.entries[county] = Known(sum: sum, entry: entry)
            state.sizeBytes += sizeBytes
        }
    }
}

extension LedgerReader {
    /// A county's registers; nil where nothing was received.
    public func countyRecord(_ county: CountyCode) throws -> CountyRecordEntry? {
        let statement = try db.cachedStatement(sql: "SELECT coalesce(sum, 0) FROM county_record WHERE county = ?")
        let sum = try Int.fetchOne(statement, arguments: [county.text])
        guard let sum else { return nil }
        if let known = registers.entry(county, sum: sum) { return known }
        let bytes = try [UInt8].fetchBlob(
            db, "SELECT payload FROM checked_county_record WHERE county = ?", [county.text])
        guard let bytes else { return nil }
        let entry = try LedgerReader.record(CountyRecordEntry.self, bytes)
        registers.note(entry, county, sum: sum, sizeBytes: bytes.count)
        return entry
    }

    /// A record as this version keeps it, or as JSON of an earlier one.
    static func record<Record: Decodable>(_ type: Record.Type, _ bytes: [UInt8]) throws -> Record {
        try RecordCoder.record(type, of: bytes) ?? JSONDecoder().decode(type, from: Data(bytes))
    }
}

extension LedgerWriter {
    /// Keeps a county's registers.
    ///
    /// - Parameter payload: the entry as the ledger keeps it.
    public func upsert(_ entry: CountyRecordEntry, county: CountyCode, payload: [UInt8]) throws {
        try db.execute(
            sql: "INSERT OR REPLACE INTO county_record (county, payload, summary) VALUES (?, ?, ?)",
            arguments: [county.text, payload.blob, try JSONEncoder().encode(entry.records.county)])
        // Of whom a roster speaks, other counties' batches may have issued allowances, whatever sheets say.
        for cadre in entry.records.cadres {
            try db.cachedStatement(sql: "INSERT OR IGNORE INTO person_county (person, county) VALUES (?, ?)").execute(
                arguments: [cadre.id.text, county.text])
        }
    }

    /// Keeps which accounts a county's roster names, and under which IDs.
    public func setAccounts(of cadres: [Cadre], county: CountyCode) throws {
        try db.execute(sql: "DELETE FROM county_account WHERE county = ?", arguments: [county.text])
        let insert = try db.cachedStatement(
            sql: "INSERT OR IGNORE INTO county_account (account, county, person, name) VALUES (?, ?, ?, ?)")
        for cadre in cadres {
            for account in Set(cadre.postings.compactMap(\.bankAccount)).subtracting([""]).sorted() {
                try insert.execute(arguments: [account, county.text, cadre.id.text, cadre.name.asSent])
            }
        }
    }
}
