import Foundation
import Glibc
import Testing
import TestSupport

/// As root only: files are given to another user.
@Suite("A user who may not write is told before anything is touched", .enabled(if: geteuid() == 0))
struct WrongUserTests {
    private static let other = "nobody"
    private let folder: TemporaryFolder
    private let program = BuiltProgram("zhucun")

    init() throws {
        folder = try TemporaryFolder()
        chmod(folder.path, 0o755)
        for name in ["inbox", "state"] {
            try FileManager.default.createDirectory(atPath: folder.at(name), withIntermediateDirectories: true)
        }
    }

    private func places() -> [String] {
        ["--ledger", folder.at("state/ledger/z.sqlite"), "--output", folder.at("state/output"), "--language", "zh"]
    }

    private func give(_ name: String) throws {
        let user = try #require(getpwnam(Self.other))
        #expect(chown(folder.at(name), user.pointee.pw_uid, user.pointee.pw_gid) == 0)
        for path in try FileManager.default.subpathsOfDirectory(atPath: folder.at(name)) {
            chown(folder.at(name + "/" + path), user.pointee.pw_uid, user.pointee.pw_gid)
        }
    }

    private func files() throws -> [String] {
        try FileManager.default.subpathsOfDirectory(atPath: folder.path).sorted()
    }

    @Test(
        "root is not the ledger's owner",
        arguments: [["run"], ["close", "2018-11"], ["restore", "--from", "/nowhere"]])
    func ownedByAnother(_ command: [String]) throws {
        _ = try program.run(["run", "--inbox", folder.at("inbox")] + places())
        try give("state")
        let before = try files()
        let inbox = command == ["run"] ? ["--inbox", folder.at("inbox")] : []
        let result = try program.run(command + inbox + places())
        #expect(result.exit == 2)
        #expect(result.error.contains("sudo -u 'nobody'") && result.error.contains("什么都没有改动"), "\(result.error)")
        #expect(try files() == before)
    }

    @Test("root is not the owner of the folder that waits for the ledger, or of the output")
    func ownedFolders() throws {
        for name in ["state/ledger", "state/output"] {
            try FileManager.default.createDirectory(atPath: folder.at(name), withIntermediateDirectories: true)
            try give(name)
            let result = try program.run(["run", "--inbox", folder.at("inbox")] + places())
            #expect(result.exit == 2 && result.error.contains("sudo -u 'nobody'"), "\(name) \(result.error)")
            try FileManager.default.removeItem(atPath: folder.at(name))
        }
        #expect(try files() == ["inbox", "state"])
    }

    @Test("another user is told whose it is, looking and writing")
    func asAnother() throws {
        _ = try program.run(["run", "--inbox", folder.at("inbox")] + places())
        for command in [["run"], ["status"], ["verify"], ["close", "2018-11"], ["backup", "--to", "/tmp/none"]] {
            let result = try BuiltProgram(path: "/usr/sbin/runuser").run(
                ["-u", Self.other, "--", program.path] + command + places())
            #expect(result.exit == 2 && result.error.contains("sudo -u 'root'"), "\(command) \(result.error)")
        }
    }
}
