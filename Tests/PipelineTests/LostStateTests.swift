import Foundation
import GRDB
import TestSupport
import Testing

@Suite("A ledger that was lost is no first run")
struct LostStateTests {
    /// A place with October closed.
    private func closed() throws -> Workplace {
        let place = try SmallCounty().place()
        #expect(try place.run().exit == 0)
        let close = try place.command("close", "2018-10")
        #expect(close.exit == 0, "\(close.error)")
        return place
    }

    /// The run refuses, says what to do, and touches nothing.
    private func refuses(_ place: Workplace, _ what: String, says: String) throws {
        let before = place.outputs
        for arguments in [place.runArguments, ["close", "2018-11"], ["status"], ["verify"]] {
            let common =
                arguments.first == "run"
                ? [] : ["--ledger", place.ledger, "--output", place.output, "--as-of", "2018-12-05"]
            let result = try Workplace.zhucun.run(arguments + common, in: place.folder.path)
            #expect(result.exit == 2, "\(what), \(arguments[0]): \(result.exit) \(result.output)")
            #expect(result.error.contains(says) && result.error.contains("restore"), "\(what): \(result.error)")
        }
        #expect(place.outputs == before, "\(what)")
    }

    private func remove(_ path: String) throws { try FileManager.default.removeItem(atPath: path) }

    private func write(_ data: Data, _ path: String) throws { try data.write(to: URL(fileURLWithPath: path)) }

    @Test("missing or emptied beside originals or closed files, it stops everything; put back, all goes on")
    func missing() throws {
        let place = try closed()
        let whole = try Data(contentsOf: URL(fileURLWithPath: place.ledger))
        try remove(place.ledger)
        try refuses(place, "missing", says: "missing")
        try write(Data(), place.ledger)
        try refuses(place, "empty", says: "empty")
        try remove(place.ledger)
        try FileManager.default.moveItem(atPath: place.ledger + ".originals", toPath: place.folder.at("kept"))
        try refuses(place, "missing with its originals", says: "ZC-630202-201810")
        try FileManager.default.moveItem(atPath: place.folder.at("kept"), toPath: place.ledger + ".originals")
        try write(whole, place.ledger)
        #expect(try place.run().exit == 0)
        #expect(try place.command("verify").exit == 0)
    }

    @Test("another county's, or one of before the closing, it stops everything, whichever trace is left")
    func foreignOrOld() throws {
        let place = try SmallCounty().place()
        #expect(try place.run().exit == 0)
        #expect(try place.command("backup", "--to", place.folder.at("old")).exit == 0)
        #expect(try place.command("close", "2018-10").exit == 0)
        let newest = try Data(contentsOf: URL(fileURLWithPath: place.ledger))
        try write(Data(contentsOf: URL(fileURLWithPath: place.folder.at("old/zhucun.sqlite"))), place.ledger)
        try refuses(place, "older than its originals", says: "older")
        try remove(place.ledger + ".originals/ledger")
        try refuses(place, "older than its output", says: "ZC-630202-201810")
        try remove(place.output + "/.batches")
        try refuses(place, "older than a closed manifest", says: "ZC-630202-201810")
        try remove(place.ledger)
        try write(newest, place.ledger)
        #expect(try place.run().exit == 0)

        let other = try SmallCounty().place()
        #expect(try other.run().exit == 0)
        try remove(place.ledger)
        try write(Data(contentsOf: URL(fileURLWithPath: other.ledger)), place.ledger)
        try refuses(place, "foreign", says: "not the one")
    }

    @Test("what a first run left that was killed before it wrote anything is a first run")
    func killedAtBirth() throws {
        let place = try SmallCounty().place()
        try FileManager.default.createDirectory(
            atPath: place.folder.at("ledger"), withIntermediateDirectories: true)
        try write(Data(), place.ledger)
        #expect(try place.run().exit == 0)
        #expect(try place.finance("payments").count == 2)
    }
}

@Suite("Backups that prove themselves")
struct BackupProofTests {
    private func closed() throws -> Workplace {
        let place = try SmallCounty().place()
        #expect(try place.run().exit == 0)
        #expect(try place.command("close", "2018-10").exit == 0)
        return place
    }

    @Test("a leftover write-ahead log is not played into a restored ledger")
    func leftovers() throws {
        let place = try closed()
        #expect(try place.command("backup", "--to", place.folder.at("backup")).exit == 0)
        // A log of a later state, as a crash leaves it: copied while another connection keeps it from being folded in.
        let queue = try DatabaseQueue(path: place.ledger)
        try queue.writeWithoutTransaction { db in
            try db.execute(sql: "PRAGMA wal_autocheckpoint = 0")
            try db.execute(sql: "INSERT INTO setting (name, value) VALUES ('planted', 'x')")
            try db.execute(sql: "DROP TRIGGER batch_line_stays")
            try db.execute(sql: "DELETE FROM batch_line")
        }
        let log = try Data(contentsOf: URL(fileURLWithPath: place.ledger + "-wal"))
        #expect(log.count > 1000)
        try queue.close()
        try FileManager.default.removeItem(atPath: place.ledger)
        try log.write(to: URL(fileURLWithPath: place.ledger + "-wal"))
        try Data(repeating: 0, count: 32768).write(to: URL(fileURLWithPath: place.ledger + "-shm"))
        let restored = try place.command("restore", "--from", place.folder.at("backup"))
        #expect(restored.exit == 0, "\(restored.error)")
        let verify = try place.command("verify")
        #expect(verify.exit == 0, "\(verify.output)\(verify.error)")
        #expect(try place.run().exit == 0)
    }

    @Test("a damaged ledger or a full folder leaves the older backup as it was")
    func neverWorse() throws {
        let place = try closed()
        let folder = place.folder.at("backup")
        #expect(try place.command("backup", "--to", folder).exit == 0)
        let good = FileTree(folder)
        #expect(good.files.values.allSatisfy { $0.mode == 0o600 })
        #expect(good.folders.values.allSatisfy { $0 == 0o700 })
        var bytes = try Data(contentsOf: URL(fileURLWithPath: place.ledger))
        let pages = bytes.count / 4096
        for page in pages / 2..<pages { bytes.replaceSubrange(page * 4096..<page * 4096 + 64, with: Data(count: 64)) }
        let whole = try Data(contentsOf: URL(fileURLWithPath: place.ledger))
        try bytes.write(to: URL(fileURLWithPath: place.ledger))
        let refused = try place.command("backup", "--to", folder)
        #expect(refused.exit == 2, "\(refused.output)")
        #expect(!refused.error.contains("SQLite error"), "\(refused.error)")
        #expect(FileTree(folder).contents == good.contents)
        try whole.write(to: URL(fileURLWithPath: place.ledger))
        #expect(try place.command("backup", "--to", folder).exit == 0)
        // A backup that was damaged since is not restored.
        try FileManager.default.moveItem(atPath: place.folder.at("ledger"), toPath: place.folder.at("lost"))
        try bytes.write(to: URL(fileURLWithPath: folder + "/zhucun.sqlite"))
        let damaged = try place.command("restore", "--from", folder)
        #expect(damaged.exit == 2, "\(damaged.output)")
        #expect(!FileManager.default.fileExists(atPath: place.ledger))
        try whole.write(to: URL(fileURLWithPath: folder + "/zhucun.sqlite"))
        #expect(try place.command("restore", "--from", folder).exit == 0)
        #expect(try place.command("verify").exit == 0)
    }

    @Test("originals that are empty, damaged or gone are healed by the next run, or named")
    func originals() throws {
        let place = try closed()
        let folder = place.ledger + ".originals"
        let kept = FileTree(folder)
        let names = kept.files.keys.filter { $0.contains("/") }.sorted()
        let inbox = Set(FileTree(place.inbox).files.values.map(\.bytes))
        let ofInbox = names.filter { kept.files[$0].map { inbox.contains($0.bytes) } ?? false }
        #expect(ofInbox.count >= 4)
        try Data().write(to: URL(fileURLWithPath: "\(folder)/\(ofInbox[0])"))
        try FileManager.default.removeItem(atPath: "\(folder)/\(ofInbox[1])")
        let check = try place.command("verify", "--all")
        #expect(check.exit == 2)
        #expect(check.output.contains(String(ofInbox[0].suffix(64).prefix(12))), "\(check.output)")
        let named = try place.command("backup", "--to", place.folder.at("backup"))
        #expect(named.exit == 2, "a backup without an original is none")
        #expect(named.error.contains(String(ofInbox[1].suffix(64).prefix(12))), "\(named.error)")
        let healed = try place.run()
        #expect(healed.exit == 0, "\(healed.error)")
        // Beside the originals a run leaves how the ledger's file was when it ended.
        func originals(_ tree: FileTree) -> [String: Data] { tree.contents.filter { $0.key != "counted" } }
        #expect(originals(FileTree(folder)) == originals(kept))
        #expect(try place.command("verify", "--all").exit == 0)
        #expect(try place.command("backup", "--to", place.folder.at("backup")).exit == 0)
        // Kept bytes of a closed file, which no inbox has, are named.
        let closedFile = try #require(names.first { !ofInbox.contains($0) })
        try Data([1]).write(to: URL(fileURLWithPath: "\(folder)/\(closedFile)"))
        let lost = try place.command("verify", "--all")
        #expect(lost.exit == 2 && lost.output.contains(String(closedFile.suffix(64).prefix(12))))
    }
}
