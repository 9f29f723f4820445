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
}
