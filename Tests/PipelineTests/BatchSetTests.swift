import Domain
import Foundation
import TestSupport
import Testing

/// Source: spec §8 («a missing or changed file, an original, a row … is said by name»), §10.
@Suite("What belongs to a closed batch")
struct BatchSetTests {
    /// October closed, and rows deleted past the triggers.
    private func closed(_ statements: String) throws -> Workplace {
        let place = try SmallCounty().place()
        #expect(try place.run().exit == 0)
        #expect(try place.command("close", "2018-10").exit == 0)
        try TestLedger.execute(place.ledger, statements)
        return place
    }

    private static let batch = "ZC-630202-201810"

    @Test(
        "rows that are gone stop run, close and verify --all, which name the batch; nobody is paid again",
        arguments: [
            "DROP TRIGGER batch_line_stays; DELETE FROM batch_line WHERE id = (SELECT min(id) FROM batch_line)",
            "DROP TRIGGER batch_day_stays; DELETE FROM batch_day",
            "DROP TRIGGER batch_bank_line_stays; DELETE FROM batch_bank_line",
            "DELETE FROM batch_file WHERE name LIKE 'held%'",
            "DELETE FROM batch_origin",
            "DROP TRIGGER batch_set_stays; DELETE FROM batch_set",
        ])
    func gone(_ statements: String) throws {
        let place = try closed(statements)
        let finance = place.outputs.contents.filter { $0.key.contains("/finance/") }
        let run = try place.run("--language", "en")
        #expect(run.exit == 2, "\(run.error)")
        #expect(run.error.contains("rows of the batch \(Self.batch) are gone"), "\(run.error)")
        #expect(try place.command("close", "2018-11").exit == 2)
        let all = try place.command("verify", "--all")
        #expect(all.exit == 2)
        #expect(all.error.contains(Self.batch), "\(all.output)\(all.error)")
        #expect(place.outputs.contents.filter { $0.key.contains("/finance/") } == finance)
    }

    @Test(
        "verify of the batch names what is gone",
        arguments: [
            ("DROP TRIGGER batch_bank_line_stays; DELETE FROM batch_bank_line", "bank line"),
            ("DELETE FROM batch_origin", "does not say that it issued for 2018-10"),
            ("DELETE FROM bank_answer", "what banks answered of it is not whole"),
            ("DELETE FROM batch_evidence", "a row of batch_evidence"),
        ])
    func named(_ statements: String, _ says: String) throws {
        let place = try closed(statements)
        let verify = try place.command("verify", Self.batch)
        #expect(verify.exit == 2)
        #expect(verify.output.contains(says), "\(verify.output)\(verify.error)")
    }

    @Test("a ledger of a program that kept no sets goes on; a file beside the closed ones is named")
    func olderAndStrangers() throws {
        let place = try closed(
            """
            DROP TRIGGER batch_set_stays; DELETE FROM batch_set; DROP TRIGGER IF EXISTS batch_evidence_is_final;
            UPDATE batch_evidence SET detail = json_remove(detail, '$.kept.hasSet');
            DELETE FROM setting WHERE name = 'sums.columns';
            """)
        let run = try place.run()
        #expect(run.exit <= 1, "\(run.error)")
        #expect(try place.command("verify", "--all").exit == 0)
        try "x".write(
            toFile: place.folder("2018-10") + "/finance/bank-2018-10-2.csv", atomically: true, encoding: .utf8)
        for arguments in ["--all", Self.batch] {
            let verify = try place.command("verify", arguments)
            #expect(verify.exit == 2 && verify.output.contains("bank-2018-10-2.csv"), "\(verify.output)")
        }
    }

    @Test("rows are counted where somebody else wrote to the ledger, and not where nobody did")
    func counted() throws {
        let place = try closed("")
        func run() throws -> BuiltProgram.Result {
            try Workplace.zhucun.run(
                place.runArguments.filter { $0 != "--quiet" } + ["--verbose", "--language", "en"],
                in: place.folder.path)
        }
        let untouched = "rows of batches: as the last run left them"
        #expect(try !run().error.contains(untouched), "a closing was the last to write")
        for _ in 0..<2 { #expect(try run().error.contains(untouched)) }
        try TestLedger.execute(place.ledger, "DROP TRIGGER batch_day_stays; DELETE FROM batch_day")
        let found = try run()
        #expect(found.exit == 2 && found.error.contains("rows of the batch \(Self.batch) are gone"), "\(found.error)")
    }
}
