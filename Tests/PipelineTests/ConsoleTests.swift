import Foundation
import TestSupport
import Testing

@Suite("Streams that are closed, full, or not read")
struct ConsoleTests {
    /// Runs through a shell, which does with the streams what a person or cron would.
    private func shell(_ place: Workplace, _ command: String) throws -> BuiltProgram.Result {
        try BuiltProgram(path: "/bin/bash").run(
            ["-c", "set -o pipefail; \(command)", Workplace.zhucun.path], in: place.folder.path)
    }

    @Test("a closed, a full and an unread stream end with a code, never with a signal, and what was done stands")
    func streams() throws {
        let county = SmallCounty()
        let place = try county.place()
        let run = "$0 " + place.runArguments.dropLast().joined(separator: " ")
        let common = "--ledger \(place.ledger) --output \(place.output)"
        #expect(try shell(place, "\(run) >&- 2>&- <&-").exit == 0)
        let ledger = try Data(contentsOf: URL(fileURLWithPath: place.ledger))
        #expect(ledger.starts(with: Data("SQLite format 3".utf8)), "nothing was printed into the ledger")
        let before = place.outputs
        #expect(try shell(place, "\(run) >&-").exit == 0)
        let full = try shell(place, "\(run) >/dev/full")
        #expect(full.exit == 2)
        #expect(full.error.contains("done"), "\(full.error)")
        #expect(try shell(place, "\(run) --verbose 2>/dev/full").exit == 0)
        #expect(place.outputs == before)
        for command in ["status", "status --format csv", "inspect \(place.inbox)/registers/花名册.xlsx --cells", "--help"]
        {
            let options = command.hasPrefix("status") ? common : ""
            #expect(try shell(place, "$0 \(command) \(options) | true").exit <= 2, "\(command)")
            #expect(try shell(place, "$0 \(command) \(options) >/dev/full").exit == 2, "\(command)")
            #expect(try shell(place, "$0 \(command) \(options) >&-").exit <= 2, "\(command)")
        }
        #expect(try shell(place, "$0 no-such-command 2>/dev/full").exit == 64)
        #expect(try shell(place, "$0 close 2018-10 \(common) >/dev/full").exit == 2)
        #expect(try shell(place, "$0 verify ZC-630202-201810 \(common)").exit == 0, "it was closed all the same")
    }
}
