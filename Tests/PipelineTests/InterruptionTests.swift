import Foundation
import TestSupport
import Testing

@Suite("Killed, locked, and hindered")
struct InterruptionTests {
    @Test("killed anywhere and repeated, a run ends with the same outputs as an undisturbed one")
    func killed() throws {
        let whole = try Workplace.month()
        let started = Date()
        try whole.run()
        let seconds = Date().timeIntervalSince(started)
        let wanted = whole.outputs.contents
        var generator = SeededGenerator(20)
        for _ in 0..<3 {
            let place = try Workplace.month()
            // Each life is a random part of a whole run's time; the last one may finish.
            for _ in 0..<4 {
                let running = try Workplace.zhucun.start(place.runArguments, in: place.folder.path)
                usleep(UInt32(seconds * Double.random(in: 0.05...1.0, using: &generator) * 1_000_000))
                running.killHard()
                _ = running.wait()
            }
            #expect(try place.run().exit == 1)
            #expect(place.outputs.contents.keys.sorted() == wanted.keys.sorted())
            #expect(place.outputs.differences(whole.outputs) == [])
            let leftovers = FileTree(place.output).files.keys.filter { $0.contains(".part") }
            #expect(leftovers.isEmpty, "\(leftovers)")
        }
    }

    @Test("of two runs at once the second exits 75 and touches nothing")
    func locked() throws {
        let place = try Workplace.month()
        let first = try Workplace.zhucun.start(place.runArguments, in: place.folder.path)
        var second: BuiltProgram.Result?
        for _ in 0..<200 where second == nil {
            if FileManager.default.fileExists(atPath: place.ledger) { second = try place.run() }
            usleep(5000)
        }
        let result = try #require(second)
        #expect(result.exit == 75, "\(result.error)")
        #expect(!result.error.isEmpty)
        #expect(first.wait().exit == 1)
        #expect(try place.run().exit == 1)
    }

    @Test("an output that cannot be written is said, exit 2; mended, the next run is as if nothing had been")
    func unwritable() throws {
        let whole = try Workplace.month()
        try whole.run()
        let place = try Workplace.month()
        try Data("in the way".utf8).write(to: URL(fileURLWithPath: place.output))
        let hindered = try place.run()
        #expect(hindered.exit == 2)
        #expect(hindered.error.contains(place.output))
        try FileManager.default.removeItem(atPath: place.output)
        #expect(try place.run().exit == 1)
        #expect(place.outputs.differences(whole.outputs) == [])
    }

    @Test("wrong usage is 64, a missing inbox or policy 2, each with a word on stderr and none on stdout")
    func usage() throws {
        let place = try Workplace()
        for arguments in [
            ["run", "--no-such-flag"], ["run", "--as-of", "2018-02-30"], ["close"], ["close", "2018-13"],
            ["explain", "张三"], ["no-such-command"], ["run", "--jobs", "0"], ["run", "--county", "63020"],
        ] {
            let result = try Workplace.zhucun.run(arguments, in: place.folder.path)
            #expect(result.exit == 64, "\(arguments)")
            #expect(!result.error.isEmpty, "\(arguments)")
        }
        let missing = try Workplace.zhucun.run(["run", "--inbox", "nowhere"], in: place.folder.path)
        #expect(missing.exit == 2)
        #expect(missing.error.contains("nowhere"))
        let policy = try Workplace.zhucun.run(
            ["run", "--inbox", place.inbox, "--policy", "nowhere.yaml"], in: place.folder.path)
        #expect(policy.exit == 2)
        #expect(policy.error.contains("nowhere.yaml"))
        #expect(try Workplace.zhucun.run(["--version"]).exit == 0)
        #expect(try Workplace.zhucun.run(["run", "--help"]).exit == 0)
        try place.folder.write("notaledger", "this is no database, but it is long enough to be taken for a file of one")
        let ledger = try Workplace.zhucun.run(
            ["run", "--inbox", place.inbox, "--ledger", "notaledger", "--output", "o"], in: place.folder.path)
        #expect(ledger.exit == 2, "\(ledger.error)")
    }

    @Test("messages follow --language and LANG")
    func languages() throws {
        let place = try Workplace()
        let arguments = ["run", "--inbox", "nowhere"]
        let english = try Workplace.zhucun.run(arguments, in: place.folder.path, environment: ["LANG": "en_US.UTF-8"])
        let chinese = try Workplace.zhucun.run(arguments, in: place.folder.path, environment: ["LANG": "zh_CN.UTF-8"])
        #expect(english.error.unicodeScalars.allSatisfy { $0.value < 0x2000 })
        #expect(chinese.error.unicodeScalars.contains { $0.value >= 0x4E00 })
        let asked = try Workplace.zhucun.run(
            arguments + ["--language", "en"], in: place.folder.path, environment: ["LANG": "zh_CN.UTF-8"])
        #expect(asked.error == english.error)
    }

    @Test("an empty inbox is a run that did nothing: exit 0")
    func emptyInbox() throws {
        let place = try Workplace()
        let result = try place.run()
        #expect(result.exit == 0, "\(result.error)")
        let before = place.outputs
        #expect(try place.run().exit == 0)
        #expect(place.outputs == before)
    }
}
