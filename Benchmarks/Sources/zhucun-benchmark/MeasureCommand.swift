import ArgumentParser
import Domain
import Foundation

/// `zhucun-benchmark measure`: the table of times and memory.
struct MeasureCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "measure", abstract: "Runs zhucun over a county month and a province year, prints a table.")

    @OptionGroup var size: ProvinceSize

    @Option(help: "The folder of the programs to measure.")
    var programs: String

    @Option(help: "A folder for inboxes, ledgers and outputs; it is emptied first.")
    var work: String

    @Option(help: "The project's folder.")
    var project = "."

    @Option(help: "How often each figure is taken; the table shows the median.")
    var repeats = 5

    @Flag(help: "The county month only.")
    var countyOnly = false

    func run() throws {
        try? FileManager.default.removeItem(atPath: work)
        try FileManager.default.createDirectory(atPath: work, withIntermediateDirectories: true)
        print("| case | wall | peak memory | ingest | normalize | compute | report |")
        print("|---|---:|---:|---:|---:|---:|---:|")
        try countyMonth()
        if !countyOnly { try provinceYear() }
    }

    private func runner(_ name: String, asOf: String) -> BenchmarkRun {
        BenchmarkRun(
            program: programs + "/zhucun", pipeline: project + "/pipelines/nightly.yaml", folder: work + "/" + name,
            asOf: asOf)
    }

    private func countyMonth() throws {
        var run = runner("county", asOf: "2018-12-05")
        try FileManager.default.createDirectory(atPath: run.folder, withIntermediateDirectories: true)
        try FileManager.default.copyItem(atPath: project + "/fixtures/inbox", toPath: run.inbox)
        try report("county month, cold", repeats) { _ in
            run.begin()
            return try run.measure()
        }
        try report("county month, nothing new", repeats) { _ in try run.measure() }
        let late = ["高店镇个人考勤.xlsx", "瞿昙镇考勤.xls", "马营乡考勤表.xlsx"]
        for name in late {
            try FileManager.default.moveItem(atPath: run.inbox + "/考勤/" + name, toPath: run.folder + "/" + name)
        }
        run.begin()
        _ = try run.measure()
        try report("county month, one new workbook", late.count) { index in
            try FileManager.default.moveItem(
                atPath: run.folder + "/" + late[index], toPath: run.inbox + "/考勤/" + late[index])
            return try run.measure()
        }
    }

    private func provinceYear() throws {
        let province = try Province(size, regionFile: project + "/pipelines/regions/qinghai.yaml")
        var run = runner("province", asOf: "2020-01-05")
        let files = try province.write(to: run.inbox)
        let name = "province, \(files) workbooks"
        try report("\(name), cold", max(1, repeats / 2)) { _ in
            run.begin()
            return try run.measure()
        }
        try report("\(name), nothing new", repeats) { _ in try run.measure() }
        try report("\(name), one new workbook", repeats) { index in
            try province.writeCorrection(index + 1, to: run.inbox)
            return try run.measure()
        }
    }

    /// A line of the table: the median of wall time, the largest memory.
    private func report(_ name: String, _ times: Int, _ body: (Int) throws -> Measurement) throws {
        var all: [Measurement] = []
        for index in 0..<times { all.append(try body(index)) }
        all.sort { $0.seconds < $1.seconds }
        let median = all[all.count / 2]
        let memory = all.map(\.peakBytes).max() ?? 0
        func seconds(_ value: Double?) -> String { value.map { String(format: "%.3f", $0) } ?? "–" }
        let stages = BenchmarkRun.stages.map { seconds(median.stages[$0]) }.joined(separator: " | ")
        print("| \(name) | \(seconds(median.seconds)) s | \(memory / 1_048_576) MiB | \(stages) |")
    }
}

/// What a run cost.
struct Measurement {
    /// From start to exit.
    var seconds: Double
    /// Of the largest process among driver and stages. Unit: bytes.
    var peakBytes: Int
    /// What each stage says it took, without its start. Unit: seconds.
    var stages: [String: Double]
}

/// Runs of one inbox.
struct BenchmarkRun {
    static let stages = ["ingest", "normalize", "compute", "report"]

    let program: String
    let pipeline: String
    let folder: String
    let asOf: String

    init(program: String, pipeline: String, folder: String, asOf: String) {
        self.program = program
        self.pipeline = pipeline
        self.folder = folder
        self.asOf = asOf
    }

    var inbox: String { folder + "/inbox" }

    private var attempt = 0

    /// A new ledger and output. The old ones stay until the end: a file system is slow just after it deleted thousands.
    mutating func begin() { attempt += 1 }

    /// Runs once. Throws where the run could not be done.
    func measure() throws -> Measurement {
        let log = folder + "/log"
        let arguments = [
            program, "run", pipeline, "--inbox", inbox, "--ledger", "\(folder)/ledger-\(attempt)/zhucun.sqlite",
            "--output",
            "\(folder)/output-\(attempt)", "--as-of", asOf, "--verbose", "--language", "en",
        ]
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 1, log, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        posix_spawn_file_actions_adddup2(&actions, 1, 2)
        var pointers: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
        defer { for pointer in pointers { free(pointer) } }
        var child = pid_t()
        let clock = ContinuousClock()
        let started = clock.now
        let failure = posix_spawn(&child, program, &actions, nil, &pointers, environ)
        guard failure == 0 else {
            throw ValidationError("cannot start \(program): \(String(cString: strerror(failure)))")
        }
        var status: Int32 = 0
        var usage = rusage()
        // Of the child and of the processes that it waited for.
        wait4(child, &status, 0, &usage)
        let took = started.duration(to: clock.now).components
        let code = status >> 8 & 0xFF
        guard status & 0x7F == 0, code == 0 || code == 1 else {
            throw ValidationError("zhucun exited with \(code), see \(log)")
        }
        let text = try String(contentsOfFile: log, encoding: .utf8)
        return Measurement(
            seconds: Double(took.seconds) + Double(took.attoseconds) / 1e18, peakBytes: usage.ru_maxrss * 1024,
            stages: BenchmarkRun.stageSeconds(text))
    }

    /// `… debug zhucun-ingest: seconds=0.038 …`
    private static func stageSeconds(_ log: String) -> [String: Double] {
        var seconds: [String: Double] = [:]
        for line in log.split(separator: "\n") {
            guard let mark = line.range(of: "seconds=") else { continue }
            for stage in stages where line.contains("zhucun-\(stage):") {
                seconds[stage] = Double(line[mark.upperBound...].prefix { $0 != " " })
            }
        }
        return seconds
    }
}
