import Domain
import Foundation
import GRDB

extension LedgerReader {
    /// What a bank can answer of a county's batches, by batch, person, account.
    public func bankLines(county: CountyCode) throws -> [BankLine] {
        let decoder = JSONDecoder()
        return try Data.fetchAll(
            db,
            sql: """
                SELECT l.payload FROM checked_batch_bank_line l JOIN batch b ON b.id = l.batch WHERE b.county = ?
                ORDER BY l.batch, l.person, l.account
                """, arguments: [county.text]
        ).map { try decoder.decode(BankLine.self, from: $0) }
    }

    /// What became of a county's bank lines, as the last run read the answers.
    public func bankAnswers(county: CountyCode) throws -> [BankAnswer] {
        let payload = try Data.fetchOne(
            db, sql: "SELECT payload FROM bank_answer WHERE county = ?", arguments: [county.text])
        return try payload.map { try JSONDecoder().decode([BankAnswer].self, from: $0) } ?? []
    }
}

extension LedgerWriter {
    /// Freezes what a bank can answer of a batch.
    public func insert(_ lines: [BankLine]) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let insert = try db.cachedStatement(
            sql: "INSERT INTO batch_bank_line (batch, person, account, payload) VALUES (?, ?, ?, ?)")
        for line in lines {
            try insert.execute(arguments: [line.batch, line.person.text, line.account, try encoder.encode(line)])
        }
    }

    /// Keeps what became of a county's bank lines.
    public func set(_ answers: [BankAnswer], county: CountyCode) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        try db.execute(sql: "DELETE FROM bank_answer WHERE county = ?", arguments: [county.text])
        guard !answers.isEmpty else { return }
        try db.execute(
            sql: "INSERT INTO bank_answer (county, payload) VALUES (?, ?)",
            arguments: [county.text, try encoder.encode(answers)])
    }
}
