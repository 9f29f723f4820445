import Codec
import Domain
import Foundation
import GRDB

extension LedgerReader {
    /// What a person may settle of a county's month, and what was settled.
    public func decisions(_ month: CountyMonth) throws -> MonthDecisions {
        let payload = try [UInt8].fetchBlob(
            db, "SELECT payload FROM month_decision WHERE county = ? AND period = ?",
            [month.county.text, month.period.description])
        return try payload.map { try LedgerReader.record(MonthDecisions.self, $0) } ?? MonthDecisions()
    }

    /// The evidence of decisions that any month knows.
    public func decidedEvidence() throws -> Set<String> {
        try Set(
            Data.fetchAll(db, sql: "SELECT payload FROM month_decision WHERE decided").flatMap {
                try LedgerReader.record(MonthDecisions.self, Array($0)).evidence
            })
    }
}

extension LedgerWriter {
    /// Keeps a month's questions and answers; nothing where there are none.
    public func set(_ decisions: MonthDecisions, _ month: CountyMonth) throws {
        let key: StatementArguments = [month.county.text, month.period.description]
        try db.cachedStatement(sql: "DELETE FROM month_decision WHERE county = ? AND period = ?").execute(
            arguments: key)
        guard !decisions.isEmpty else { return }
        try db.cachedStatement(
            sql: "INSERT INTO month_decision (county, period, decided, payload) VALUES (?, ?, ?, ?)"
        ).execute(arguments: key + [!decisions.evidence.isEmpty, try RecordCoder.bytes(of: decisions).blob])
    }
}
