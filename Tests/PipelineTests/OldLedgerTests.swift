import Foundation
import TestSupport
import Testing

@Suite("Ledgers of shipped versions")
struct OldLedgerTests {
    static let versions = ["1.0.0"]

    @Test("open, migrate, verify; what they closed stays as it was, and goes on being paid once", arguments: versions)
    func opens(_ version: String) throws {
        let place = try Workplace()
        let archive = PackageRoot.at("fixtures/ledgers/\(version).tar.gz")
        let unpacked = try BuiltProgram(path: "/usr/bin/env").run(["tar", "xzf", archive, "-C", place.folder.path])
        #expect(unpacked.exit == 0, "\(unpacked.error)")
        let closed = FileTree(place.folder("2018-10") + "/finance").contents
        #expect(closed.count >= 4)
        let run = try place.run()
        #expect(run.exit <= 1, "\(run.error)")
        #expect(FileTree(place.folder("2018-10") + "/finance").contents == closed)
        let kept = try place.command("verify", "--all")
        #expect(kept.exit == 0, "\(kept.output)\(kept.error)")
        let batch = try place.command("verify", "ZC-630202-201810", "--as-of", place.asOf)
        #expect(!batch.output.contains("computed again"), "every line is what its originals say: \(batch.output)")
        let november = try place.finance("payments").filter { $0["所属期"] == "2018-11" }
        #expect(november.map { $0["合计"] } == ["1200.00", "900.00"], "nothing of October is paid again")
        #expect(try place.command("close", "2018-11", "--as-of", place.asOf).exit == 0)
        #expect(try place.command("verify", "--all").exit == 0)
    }
}
