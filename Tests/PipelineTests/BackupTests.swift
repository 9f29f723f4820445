import Foundation
import TestSupport
import Testing

@Suite("Backup and restore")
struct BackupTests {
    @Test("a backup made while a run is going on restores to a ledger that proves its batches and has nothing to do")
    func roundTrip() throws {
        let county = SmallCounty()
        let place = try county.place()
        try place.run()
        #expect(try place.command("close", "2018-10").exit == 0)
        try county.write(place, "2018-11", present: 1...7)
        let running = try Workplace.zhucun.start(place.runArguments, in: place.folder.path)
        let backup = try place.command("backup", "--to", place.folder.at("backup"))
        #expect(backup.exit == 0, "\(backup.error)")
        #expect(running.wait().exit <= 1)
        let before = place.outputs.contents

        let kept = FileTree(place.folder.at("backup"))
        #expect(kept.files.values.allSatisfy { $0.mode == 0o600 })
        let refused = try place.command("restore", "--from", place.folder.at("backup"))
        #expect(refused.exit == 2, "a ledger that stands is not overwritten")
        try FileManager.default.removeItem(atPath: place.folder.at("ledger"))
        let restored = try place.command("restore", "--from", place.folder.at("backup"))
        #expect(restored.exit == 0, "\(restored.error)")
        #expect(try place.command("verify").exit == 0)
        try place.run()
        #expect(place.outputs.contents == before)
    }

    @Test("restored where another output is, verify looks there: no file of the batch; the next run puts all back")
    func elsewhere() throws {
        let county = SmallCounty()
        let place = try county.place()
        try place.run()
        #expect(try place.command("close", "2018-10").exit == 0)
        try place.run()
        #expect(try place.command("backup", "--to", place.folder.at("backup")).exit == 0)
        // The old machine's output is still there: of it nothing is said.
        let (ledger, output) = (place.folder.at("new/z.sqlite"), place.folder.at("new/output"))
        func command(_ arguments: String...) throws -> BuiltProgram.Result {
            try Workplace.zhucun.run(
                arguments + ["--ledger", ledger, "--language", "en"], in: place.folder.path)
        }
        #expect(
            try command("restore", "--from", place.folder.at("backup"), "--output", output).exit == 0)
        for arguments in [["verify"], ["verify", "--all"]] {
            let found = try Workplace.zhucun.run(
                arguments + ["--ledger", ledger, "--language", "en"], in: place.folder.path)
            #expect(found.exit == 2)
            let lines = found.output.split(separator: "\n").filter { $0.contains("finance") }
            #expect(lines.count == 1, "\(found.output)")
            #expect(lines.first?.contains("holds none of the") == true && lines.first?.contains(output) == true)
        }
        let run = try Workplace.zhucun.run(
            [
                "run", "--inbox", place.inbox, "--ledger", ledger, "--output", output, "--policy", place.policy,
                "--as-of", place.asOf, "--quiet", "--language", "en",
            ], in: place.folder.path)
        #expect(run.exit == 1)
        let told = run.error.split(separator: "\n").filter { $0.contains("put back") }
        #expect(told.count == 1 && told.first?.hasSuffix("/finance/") == true, "\(run.error)")
        #expect(try command("verify").exit == 0)
        #expect(
            FileTree(output, without: ["metrics.prom"]).contents.filter { $0.key.contains("/finance/") }
                == place.outputs.contents.filter { $0.key.contains("/finance/") })
    }
}
