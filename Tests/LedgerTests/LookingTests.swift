import Foundation
import Ledger
import Testing

@Suite("Looking at a ledger")
struct LookingTests {
    @Test("Opening and reading changes no byte; a ledger without a write-ahead log gets one")
    func readingWritesNothing() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("looking-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appendingPathComponent("zhucun.sqlite").path
        func bytes() throws -> Data { try Data(contentsOf: URL(fileURLWithPath: path)) }
        func open() throws -> LedgerDatabase { try LedgerDatabase(path: path) }

        try open().write { try $0.setSetting("asOf", "2018-12-05") }
        let before = try bytes()
        #expect(try open().read { try $0.setting("asOf") } == "2018-12-05")
        #expect(try bytes() == before)

        let copy = folder.appendingPathComponent("copy.sqlite").path
        try open().backup(to: copy)
        #expect(try bytes() == before, "a backup only reads as well")
        try LedgerDatabase(path: copy).write { try $0.setSetting("asOf", "2018-12-06") }
        let header = try #require(FileManager.default.contents(atPath: copy)?.prefix(20))
        #expect(Array(header.suffix(2)) == [2, 2])
    }

    @Test("Reading does not wait for a stage that is writing")
    func readingWhileWriting() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("looking-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appendingPathComponent("zhucun.sqlite").path
        let ledger = try LedgerDatabase(path: path)
        try ledger.write { try $0.setSetting("asOf", "2018-12-05") }
        try ledger.write { writer in
            try writer.setSetting("asOf", "2018-12-06")
            #expect(try LedgerDatabase(path: path).read { try $0.setting("asOf") } == "2018-12-05")
        }
    }
}
