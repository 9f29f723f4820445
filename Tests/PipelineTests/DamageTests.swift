import Foundation
import GRDB
import TestSupport
import Testing

@Suite("A flipped bit in the ledger pays nobody")
struct DamageTests {
    /// Changes the ledger as a disk or a hand would: past the program, its sums left as they were.
    private func damage(_ place: Workplace, _ sql: String) throws {
        let queue = try DatabaseQueue(path: place.ledger)
        try queue.writeWithoutTransaction { db in
            try db.execute(sql: sql)
            #expect(db.changesCount > 0, "\(sql) changed nothing")
        }
        try queue.close()
    }

    private func refuses(_ place: Workplace, _ arguments: [String], table: String) throws {
        let result = try Workplace.zhucun.run(arguments, in: place.folder.path)
        #expect(result.exit == 2, "\(arguments[0]): \(result.exit) \(result.output)")
        #expect(result.error.contains("(table \(table))") && result.error.contains("restore"), "\(result.error)")
    }

    private func options(_ place: Workplace) -> [String] {
        ["--ledger", place.ledger, "--output", place.output, "--as-of", place.asOf, "--language", "en"]
    }

    @Test("a payment of an open month that was changed is not closed, explained, nor told to be in order")
    func openMonth() throws {
        let place = try SmallCounty().place()
        #expect(try place.run().exit == 0)
        let before = place.outputs
        let whole = try Data(contentsOf: URL(fileURLWithPath: place.ledger))
        try damage(place, "UPDATE payment_line SET stipend = stipend + 1 WHERE period = '2018-10'")
        try refuses(place, ["close", "2018-10"] + options(place), table: "payment_line")
        try refuses(place, ["verify", "--all"] + options(place), table: "payment_line")
        try refuses(place, ["backup", "--to", place.folder.at("backup")] + options(place), table: "payment_line")
        #expect(place.outputs == before)
        #expect(try place.command("verify").output.contains("no batch"))
        try whole.write(to: URL(fileURLWithPath: place.ledger))
        #expect(try place.command("close", "2018-10").exit == 0)
    }

    @Test(
        "a block, a register, a month or a batch that was changed stops the run that reads it",
        arguments: [
            ("block", "UPDATE block SET payload = substr(payload, 1, 40) || x'00' || substr(payload, 42)"),
            (
                "submission",
                "UPDATE submission SET form_rows = substr(form_rows, 1, 40) || x'00' || substr(form_rows, 42) WHERE form_rows IS NOT NULL"
            ),
            ("batch_line", "UPDATE batch_line SET stipend = stipend - 6000"),
        ])
    func derived(_ table: String, _ sql: String) throws {
        let county = SmallCounty()
        let place = try county.place()
        #expect(try place.run().exit == 0)
        #expect(try place.command("close", "2018-10").exit == 0)
        let finance = place.outputs.contents.filter { $0.key.contains("/finance/") }
        let triggers = "DROP TRIGGER batch_line_is_final; "
        try damage(place, (table == "batch_line" ? triggers : "") + sql)
        // Something new of both months and of the registers, so that all is read.
        try county.write(place, "2018-10", present: 1...19)
        try county.write(place, "2018-11", present: 1...7)
        let more = TestPosting("赵成林", TestID.make(9), township: "碾伯镇", village: "上村")
        try TestCounty(postings: [county.paid, county.silent, more]).writeRegisters(to: place.inbox + "/补")
        try refuses(place, place.runArguments + ["--language", "en"], table: table)
        #expect(place.outputs.contents.filter { $0.key.contains("/finance/") } == finance)
        try refuses(place, ["verify", "--all"] + options(place), table: table)
    }

    @Test("a ledger of before the sums gets them, and a later column is followed")
    func older() throws {
        let place = try SmallCounty().place()
        #expect(try place.run().exit == 0)
        let queue = try DatabaseQueue(path: place.ledger)
        try queue.write { db in
            try db.execute(sql: "ALTER TABLE payment_line ADD COLUMN remark TEXT")
            try db.execute(sql: "DELETE FROM setting WHERE name = 'sums.columns'")
        }
        try queue.close()
        #expect(try place.command("verify", "--all").exit == 0, "sums are written anew over today's columns")
        #expect(try place.run().exit == 0)
    }
}
