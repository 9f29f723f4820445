import Codec
import Domain
import Foundation
import GRDB

extension LedgerReader {
    /// What a bank can answer of a county's batches, by batch, person, account.
    public func bankLines(county: CountyCode) throws -> [BankLine] {
        try Data.fetchAll(
            db,
            sql: """
                SELECT l.payload FROM checked_batch_bank_line l JOIN batch b ON b.id = l.batch WHERE b.county = ?
                ORDER BY l.batch, l.person, l.account
                """, arguments: [county.text]
        ).map { try LedgerReader.record(BankLine.self, Array($0)) }
    }

    /// What became of a county's bank lines, as the last run read the answers.
    public func bankAnswers(county: CountyCode) throws -> [BankAnswer] {
        let payload = try Data.fetchOne(
            db, sql: "SELECT payload FROM bank_answer WHERE county = ?", arguments: [county.text])
        return try payload.map { try LedgerReader.record([BankAnswer].self, Array($0)) } ?? []
    }

    /// What became of each batch at the bank, by county, then batch; counties without a batch left out.
    ///
    /// - Parameter county: nil for all.
    public func bankStandings(_ county: CountyCode? = nil) throws -> [CountyCode: [BankStanding]] {
        var standings: [CountyCode: [BankStanding]] = [:]
        for row in try Row.fetchAll(
            db, sql: "SELECT county, standing FROM bank_answer WHERE ? IS NULL OR county = ? ORDER BY county",
            arguments: [county?.text, county?.text])
        {
            guard let code = CountyCode(row[0] as String) else { continue }
            // An earlier version kept the answers alone.
            standings[code] =
                try (row[1] as Data?).map { try LedgerReader.record([BankStanding].self, Array($0)) }
                ?? BankStanding.all(bankAnswers(county: code), again: reissued(county: code))
        }
        return standings
    }
}

extension LedgerWriter {
    /// Freezes what a bank can answer of a batch.
    public func insert(_ lines: [BankLine]) throws {
        let insert = try db.cachedStatement(
            sql: "INSERT INTO batch_bank_line (batch, person, account, payload) VALUES (?, ?, ?, ?)")
        for line in lines {
            let payload = try RecordCoder.bytes(of: line).blob
            try insert.execute(arguments: [line.batch, line.person.text, line.account, payload])
        }
    }

    /// Keeps what became of a county's bank lines.
    public func set(_ answers: [BankAnswer], county: CountyCode) throws {
        try db.execute(sql: "DELETE FROM bank_answer WHERE county = ?", arguments: [county.text])
        guard !answers.isEmpty else { return }
        try db.execute(
            sql: "INSERT INTO bank_answer (county, payload, standing) VALUES (?, ?, ?)",
            arguments: [
                county.text, try RecordCoder.bytes(of: answers).blob,
                try RecordCoder.bytes(of: BankStanding.all(answers, again: reader.reissued(county: county))).blob,
            ])
    }
}
