import Foundation
import TestSupport
import Testing

/// A command on a place, what was there before it, and what a quiet run of it leaves.
private struct Scenario {
    let name: String
    let place: Workplace
    let arguments: [String]
    let before: PlaceState
    let beforeOutputs: FileTree
    let quiet: FileTree
    let exit: Int32
    let calls: Int

    private static let common = ["--language", "en"]

    static func start(
        _ name: String, _ place: Workplace, _ arguments: [String], _ harness: FaultHarness
    ) throws -> Scenario {
        let before = PlaceState(place)
        let outputs = place.outputs
        let full = arguments + (arguments[0] == "run" ? [] : Workplace.options(place))
        let outcome = try harness.run(place, full)
        #expect(outcome.result.exit <= 1, "\(name): \(outcome.result.error)")
        return Scenario(
            name: name, place: place, arguments: full, before: before, beforeOutputs: outputs, quiet: place.outputs,
            exit: outcome.result.exit, calls: outcome.calls)
    }

    /// Runs it with one call failing, and looks at what is left at once.
    func fail(_ call: Int, _ kind: FaultHarness.Kind, _ harness: FaultHarness) throws -> BuiltProgram.Result? {
        try before.restore()
        let outcome = try harness.run(place, arguments, failing: call, kind)
        if outcome.faults == 0 { return nil }
        let what = "\(name), \(kind) at call \(call)"
        let result = outcome.result
        if kind != .kill {
            #expect(result.exit == exit || result.exit == 2, "\(what): \(result.exit) \(result.error)")
            if result.exit == 2 { #expect(!result.error.isEmpty, "\(what)") }
            for word in ["SQLite error", "Fatal error", "NSPOSIXErrorDomain", "Error Domain"] {
                #expect(!result.error.contains(word), "\(what): \(result.error)")
            }
        }
        let now = place.outputs
        for (path, entry) in now.files {
            let isWhole =
                entry.bytes == quiet.files[path]?.bytes || entry.bytes == beforeOutputs.files[path]?.bytes
                || path.hasSuffix(".part") && kind == .kill || path.hasSuffix(".was")
                // What differs since the last finished report; a report that did not finish told of nothing yet.
                || path.hasSuffix("index.html") || path.hasSuffix("changes.csv") || path == "datapackage.json"
            #expect(isWhole, "\(what): \(path) is neither as before nor as after")
        }
        // What a merge kept of an old file and could not forget is hidden, and gone after the next one.
        let different = now.differences(quiet).filter { !$0.hasSuffix(".was") }
        if result.exit == exit { #expect(different == [], "\(what): said to be done") }
        return result
    }
}

extension Workplace {
    /// Flags that name ledger and output.
    static func options(_ place: Workplace) -> [String] {
        ["--ledger", place.ledger, "--output", place.output, "--as-of", place.asOf, "--language", "en"]
    }

    func copyOfState() -> PlaceState { PlaceState(self) }
}

@Suite("Every write that can fail", .serialized)
struct FaultTests {
    private static let kinds = FaultHarness.Kind.allCases

    /// Fails calls of a scenario; `recover` repeats it and looks at the end.
    private func sweep(
        _ scenario: Scenario, _ harness: FaultHarness, sample: Int,
        recover: (BuiltProgram.Result, String) throws -> Void
    ) throws {
        var faults = 0
        for (index, call) in FaultHarness.calls(scenario.calls, sample: sample).enumerated() {
            let kinds = FaultHarness.isThorough ? Self.kinds : [Self.kinds[index % Self.kinds.count]]
            for kind in kinds {
                guard let result = try scenario.fail(call, kind, harness) else { continue }
                faults += 1
                try recover(result, "\(scenario.name), \(kind) at call \(call)")
            }
        }
        #expect(
            faults >= min(sample, scenario.calls) - 1, "\(scenario.name): \(faults) faults of \(scenario.calls) calls")
        if FaultHarness.isThorough { print("faults: \(scenario.name): \(scenario.calls) calls, \(faults) faults") }
    }

    private func rerun(_ scenario: Scenario) -> (BuiltProgram.Result, String) throws -> Void {
        { _, what in
            let again = try scenario.place.run()
            #expect(again.exit == scenario.exit, "\(what), repeated: \(again.exit) \(again.error)")
            #expect(scenario.place.outputs.differences(scenario.quiet) == [], "\(what), repeated")
            let leftovers = FileTree(scenario.place.folder.path).files.keys.filter { $0.hasSuffix(".part") }
            #expect(leftovers.isEmpty, "\(what): \(leftovers)")
        }
    }

    @Test("of a first run: exit 2 and a sentence or nothing amiss; repeated, it ends as a quiet one")
    func firstRun() throws {
        let harness = try FaultHarness()
        let place = try SmallCounty().place()
        let scenario = try Scenario.start("first run", place, place.runArguments, harness)
        #expect(scenario.calls > 50)
        try sweep(scenario, harness, sample: 3, recover: rerun(scenario))
    }

    @Test("of a run with a closed month behind it and news: the same")
    func laterRun() throws {
        let harness = try FaultHarness()
        let place = try SmallCounty().closedWithNews()
        let scenario = try Scenario.start("later run", place, place.runArguments, harness)
        try sweep(scenario, harness, sample: 3, recover: rerun(scenario))
    }

    @Test("of a close: the month is open or closed, never between, and once it is told closed it is proven")
    func closing() throws {
        let harness = try FaultHarness()
        let place = try SmallCounty().place()
        try place.run()
        let scenario = try Scenario.start("close", place, ["close", "2018-10"], harness)
        try sweep(scenario, harness, sample: 3) { (result: BuiltProgram.Result, what: String) throws in
            let again = try Workplace.zhucun.run(scenario.arguments, in: place.folder.path)
            #expect(again.exit == 0 || again.error.contains("closed"), "\(what): \(again.error)")
            #expect(try place.run().exit == 0, "\(what)")
            #expect(
                place.outputs.contents.filter { $0.key.contains("/finance/") }
                    == scenario.quiet.contents.filter { $0.key.contains("/finance/") }, "\(what)")
            let verify = try place.command("verify")
            #expect(verify.exit == 0 && verify.output.contains("proven"), "\(what): \(verify.output)\(verify.error)")
        }
    }

    @Test("of a backup: the folder holds the older or the newer backup, whole")
    func backingUp() throws {
        let harness = try FaultHarness()
        let county = SmallCounty()
        let place = try county.place()
        try place.run()
        let folder = place.folder.at("backup")
        #expect(try place.command("backup", "--to", folder).exit == 0)
        #expect(try place.command("close", "2018-10", "--as-of", place.asOf).exit == 0)
        let scenario = try Scenario.start("backup", place, ["backup", "--to", folder], harness)
        let other = place.folder.at("other/z.sqlite")
        try sweep(scenario, harness, sample: 3) { (_: BuiltProgram.Result, what: String) throws in
            defer { _ = Result { try FileManager.default.removeItem(atPath: place.folder.at("other")) } }
            let restored = try Workplace.zhucun.run(
                ["restore", "--from", folder, "--ledger", other, "--output", place.folder.at("none")],
                in: place.folder.path)
            #expect(restored.exit == 0, "\(what): \(restored.error)")
            let checked = try Workplace.zhucun.run(
                ["verify", "--ledger", other, "--output", place.output, "--as-of", place.asOf],
                in: place.folder.path)
            // The older backup does not know the batch of the output, and says so.
            #expect(
                checked.exit == 0 || checked.error.contains("older than the output"),
                "\(what): \(checked.output)\(checked.error)")
        }
    }

    @Test("of a restore: there is no ledger, or a whole one")
    func restoring() throws {
        let harness = try FaultHarness()
        let place = try SmallCounty().place()
        try place.run()
        #expect(try place.command("close", "2018-10", "--as-of", place.asOf).exit == 0)
        let folder = place.folder.at("backup")
        #expect(try place.command("backup", "--to", folder).exit == 0)
        try FileManager.default.removeItem(atPath: place.folder.at("ledger"))
        let scenario = try Scenario.start("restore", place, ["restore", "--from", folder], harness)
        try sweep(scenario, harness, sample: 3) { (result: BuiltProgram.Result, what: String) throws in
            if result.exit != 0, FileManager.default.fileExists(atPath: place.ledger) {
                // Killed or failed behind the rename: it stands, and it is whole.
                #expect(try place.command("verify").exit == 0, "\(what)")
                return
            }
            if result.exit != 0 { #expect(try place.command("restore", "--from", folder).exit == 0, "\(what)") }
            #expect(try place.command("verify").exit == 0, "\(what)")
            #expect(try place.run().exit == 0, "\(what)")
        }
    }

    @Test("of a province by county: a merge is that of before or this one, whole; a second pass ends as a quiet one")
    func province() throws {
        let harness = try FaultHarness()
        var province = SmallProvince(seed: 4, counties: 2)
        let runs = try ApartRuns(province.counties) { try province.write(to: $0) }
        for county in runs.counties { #expect(try runs.run(county).exit <= 1) }
        let merge = try Workplace()
        let flags = ["--policy", merge.policy]
        let one = ["province"] + runs.extracts.filter { $0.contains("/\(runs.counties[0].code)/") } + flags
        #expect(try Workplace.zhucun.run(one + Workplace.options(merge), in: merge.folder.path).exit == 0)
        let scenario = try Scenario.start("merge", merge, ["province"] + runs.extracts + flags, harness)
        // A disk that is full from any of the first calls on: nothing has its name yet.
        for call in [1, scenario.calls / 4] {
            let result = try scenario.fail(call, .full, harness)
            #expect(result?.exit == 2, "full at call \(call): \(result?.error ?? "")")
            #expect(merge.outputs == scenario.beforeOutputs, "full at call \(call)")
        }
        try sweep(scenario, harness, sample: 3) { (_: BuiltProgram.Result, what: String) throws in
            let again = try Workplace.zhucun.run(scenario.arguments, in: merge.folder.path)
            #expect(again.exit == 0 && merge.outputs.differences(scenario.quiet) == [], "\(what): \(again.error)")
        }
        try runs.merge()
        let place = try Workplace()
        let county = runs.counties[0]
        let first =
            ["run", "--inbox", runs.whole.inbox, "--policy", place.policy, "--quiet", "--county", county.code]
            + ["--key", runs.key] + Workplace.options(place)
        #expect(try Workplace.zhucun.run(first, in: place.folder.path).exit <= 1)
        let second = try Scenario.start("second pass", place, first + runs.back(county), harness)
        try sweep(second, harness, sample: 3) { (_: BuiltProgram.Result, what: String) throws in
            let again = try Workplace.zhucun.run(second.arguments, in: place.folder.path)
            #expect(again.exit == second.exit, "\(what), repeated: \(again.error)")
            #expect(place.outputs.differences(second.quiet) == [], "\(what), repeated")
        }
    }

    @Test("memory that runs out, wherever, ends with a code and leaves what was there")
    func outOfMemory() throws {
        let place = try SmallCounty().place()
        let quiet = try SmallCounty().place()
        try quiet.run()
        let wanted = quiet.outputs.contents.keys.sorted()
        let steps = FaultHarness.isThorough ? Array(stride(from: 40, through: 600, by: 4)) : [120]
        var failed = 0
        for megabytes in steps {
            let command = "ulimit -v \(megabytes * 1024); exec \"$@\""
            let result = try BuiltProgram(path: "/bin/bash").run(
                ["-c", command, "bash", Workplace.zhucun.path] + place.runArguments, in: place.folder.path)
            if result.exit != 0 { failed += 1 }
            // A process that cannot even be loaded is killed by the system; what was there must stand all the same.
            let again = try place.run()
            #expect(again.exit == 0, "\(megabytes) MB: \(again.error)")
            #expect(place.outputs.contents.keys.sorted() == wanted, "\(megabytes) MB")
            #expect(try place.command("verify", "--all").exit == 0, "\(megabytes) MB")
        }
        #expect(failed > 0, "memory never ran out")
        if FaultHarness.isThorough { print("memory: \(steps.count) limits, \(failed) runs failed") }
    }
}

@Suite("A power cut at every point", .serialized)
struct PowerTests {
    private func cuts(_ count: Int, sample: Int) -> [Int] {
        if FaultHarness.isThorough { return Array(0...count) }
        return (0..<sample).map { count * $0 / max(1, sample - 1) }
    }

    /// Runs a command undisturbed; its calls, over what was there before.
    private func recorded(_ place: Workplace, _ arguments: [String]) throws -> PowerReplay {
        let watched = FaultHarness.watched(place)
        let before = Dictionary(uniqueKeysWithValues: watched.map { ($0, FileTree($0)) })
        let (outcome, log) = try FaultHarness().record(place, arguments)
        #expect(outcome.result.exit == 0)
        return PowerReplay(log: log, roots: watched, before: before)
    }

    @Test("of a run: the next one ends as a quiet one")
    func run() throws {
        let place = try SmallCounty().closedWithNews()
        let replay = try recorded(place, place.runArguments)
        let quiet = place.outputs
        try play(replay, sample: 2) { (what: String) throws in
            let again = try place.run()
            #expect(again.exit == 0, "\(what): \(again.error)")
            #expect(
                place.outputs.contents.filter { $0.key.contains("/finance/") }
                    == quiet.contents.filter { $0.key.contains("/finance/") }, "\(what)")
            let verify = try place.command("verify")
            #expect(verify.exit == 0, "\(what): \(verify.output)\(verify.error)")
        }
    }

    @Test("of a first run: the next one ends as a quiet one")
    func firstRun() throws {
        let place = try SmallCounty().place()
        let replay = try recorded(place, place.runArguments)
        let quiet = place.outputs
        try play(replay, sample: 2) { (what: String) throws in
            let again = try place.run()
            #expect(again.exit == 0, "\(what): \(again.error)")
            #expect(place.outputs.differences(quiet) == [], "\(what)")
        }
    }

    @Test("of a close: open or closed, and closed for good once it was told")
    func closing() throws {
        let place = try SmallCounty().place()
        try place.run()
        let arguments = ["close", "2018-10"] + Workplace.options(place)
        let replay = try recorded(place, arguments)
        let quiet = place.outputs
        try play(replay, sample: 2) { (what: String) throws in
            let again = try Workplace.zhucun.run(arguments, in: place.folder.path)
            #expect(again.exit == 0 || again.error.contains("closed"), "\(what): \(again.error)")
            #expect(try place.run().exit == 0, "\(what)")
            #expect(
                place.outputs.contents.filter { $0.key.contains("/finance/") }
                    == quiet.contents.filter { $0.key.contains("/finance/") }, "\(what)")
            let verify = try place.command("verify")
            #expect(verify.exit == 0 && verify.output.contains("proven"), "\(what): \(verify.output)\(verify.error)")
        }
        // Told: the batch and its files are there without any other run.
        for model in PowerReplay.Model.allCases {
            try replay.materialise(cut: replay.count, model)
            let verify = try place.command("verify")
            #expect(verify.exit == 0 && verify.output.contains("proven"), "\(model): \(verify.output)\(verify.error)")
            let october = FileTree(place.folder("2018-10") + "/finance").contents
            #expect(october.count >= 4, "\(model)")
            for (path, bytes) in october {
                #expect(bytes == quiet.contents["2018-10/630202-乐都区/finance/" + path], "\(model): \(path)")
            }
        }
    }

    private func play(_ replay: PowerReplay, sample: Int, _ check: (String) throws -> Void) throws {
        #expect(replay.count > 30)
        var seen: Set<Int> = []
        for cut in cuts(replay.count, sample: sample) {
            for model in PowerReplay.Model.allCases {
                guard seen.insert(replay.fingerprint(cut: cut, model)).inserted else { continue }
                try replay.materialise(cut: cut, model)
                try check("\(model), cut behind call \(cut) of \(replay.count)")
            }
        }
        if FaultHarness.isThorough { print("power: \(replay.count) calls, \(seen.count) states") }
    }
}
