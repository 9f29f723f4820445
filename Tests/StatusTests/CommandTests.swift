import Foundation
import Testing

/// The first minutes of a new user, and the commands that only look, as processes.
@Suite("First minutes", .enabled(if: Program.path != nil))
struct CommandTests {
    private let folder = FileManager.default.temporaryDirectory.appendingPathComponent("first-\(UUID().uuidString)")
        .path

    private func run(_ arguments: String..., language: String? = nil) throws -> Program.Result {
        try Program.run(arguments, language: language)
    }

    private func places() -> [String] {
        ["--inbox", folder + "/inbox", "--ledger", folder + "/ledger/z.sqlite", "--output", folder + "/output"]
    }

    private func inbox(_ files: [String: String]) throws {
        try FileManager.default.createDirectory(atPath: folder + "/inbox", withIntermediateDirectories: true)
        for (name, text) in files {
            try text.write(toFile: folder + "/inbox/" + name, atomically: true, encoding: .utf8)
        }
    }

    private func remove() { try? FileManager.default.removeItem(atPath: folder) }

    private static let roster = """
        驻村干部花名册
        姓名,身份证号,派出单位,驻村职务,县(区),乡镇,村,驻村开始日期
        样例甲,63020219850505900X,样例局,工作队员,乐都区,碾伯镇,东村,2018-10-01

        """

    @Test("without a command it says what to do first, in the asked language")
    func nothing() throws {
        let chinese = try run(language: "zh_CN.UTF-8")
        #expect(chinese.code == 0 && chinese.output.contains("第一次使用"))
        #expect(try run(language: "en_US.UTF-8").output.contains("The first time"))
        #expect(try run("--language", "zh", language: "C").output.contains("第一次使用"))
        #expect(chinese.output.contains("手册在 ") && chinese.output.contains("运维手册"))
    }

    @Test("a command that is none is named, beside those there are, and the one that may be meant")
    func noSuchCommand() throws {
        let far = try run("frob", language: "zh_CN.UTF-8")
        #expect(far.code == 64 && far.errors.contains("没有子命令 frob\n子命令：run、inspect、"))
        let near = try run("statsu", language: "en_US.UTF-8")
        #expect(near.code == 64 && near.errors.contains("no command statsu; did you mean status?"))
    }

    @Test("wrong usage ends with 64", arguments: [["rnu"], ["run", "--bogus"], ["status", "--format", "pdf"]])
    func usage(_ arguments: [String]) throws {
        #expect(try Program.run(arguments, language: nil).code == 64)
    }

    @Test("a wrong inbox is refused with what to do, and nothing is created")
    func wrongInbox() throws {
        defer { remove() }
        let result = try Program.run(["run", "--language", "zh"] + places(), language: nil)
        #expect(result.code == 2)
        #expect(result.errors.contains("找不到收件目录") && result.errors.contains("--inbox"))
        #expect(!FileManager.default.fileExists(atPath: folder))
    }

    @Test("an empty inbox is no error, and says what to put there", arguments: ["zh", "en"])
    func emptyInbox(_ language: String) throws {
        defer { remove() }
        try inbox([:])
        let result = try Program.run(["run", "--language", language] + places(), language: nil)
        #expect(result.code == 0, "\(result.errors)")
        #expect(result.output.contains("花名册") && result.output.contains(folder + "/inbox"))
        #expect(FileManager.default.fileExists(atPath: folder + "/output/index.html"))
        let metrics = try String(contentsOfFile: folder + "/output/metrics.prom", encoding: .utf8)
        #expect(try PrometheusText.samples(metrics)["zhucun_last_run_exit_code"] == 0)
    }

    @Test("a roster alone asks for attendance")
    func rosterOnly() throws {
        defer { remove() }
        try inbox(["花名册.csv": CommandTests.rosterWithValidID])
        let result = try Program.run(["run", "--language", "zh"] + places(), language: nil)
        #expect(result.output.contains("还没有考勤表"), "\(result.output) \(result.errors)")
    }

    @Test("attendance alone asks for the roster")
    func noRoster() throws {
        defer { remove() }
        try inbox([
            "考勤.csv": "乐都区碾伯镇东村2018年11月考勤表\n姓名,1,2,3,4,5\n样例甲,√,√,√,√,√\n"
        ])
        let result = try Program.run(
            ["run", "--language", "zh", "--as-of", "2018-12-05"] + places(), language: nil)
        #expect(result.output.contains("还没有花名册"), "\(result.output) \(result.errors)")
    }

    @Test("a second run leaves every file but the metrics as it was")
    func secondRun() throws {
        defer { remove() }
        try inbox(["花名册.csv": CommandTests.rosterWithValidID])
        _ = try Program.run(["run", "--as-of", "2018-12-05"] + places(), language: nil)
        let first = try modified()
        _ = try Program.run(["run", "--as-of", "2018-12-05"] + places(), language: nil)
        #expect(try modified() == first)
        #expect(first["index.html"] != nil)
    }

    private func modified() throws -> [String: Date] {
        let output = folder + "/output"
        var dates: [String: Date] = [:]
        for name in try FileManager.default.subpathsOfDirectory(atPath: output) where name != "metrics.prom" {
            let attributes = try FileManager.default.attributesOfItem(atPath: output + "/" + name)
            if attributes[.type] as? FileAttributeType == .typeRegular {
                dates[name] = attributes[.modificationDate] as? Date
            }
        }
        return dates
    }

    @Test("status without a ledger says to run first")
    func noLedger() throws {
        let result = try run("status", "--ledger", folder + "/none.sqlite", "--language", "zh")
        #expect(result.code == 2 && result.errors.contains("zhucun run"))
        #expect(!FileManager.default.fileExists(atPath: folder))
    }

    @Test("policy shows the parameters in force on a day with their clause, without a ledger")
    func policy() throws {
        let result = try run("policy", "--on", "2018-11-01", "--language", "zh")
        #expect(result.code == 0)
        #expect(result.output.contains("livingStipendPerDay") && result.output.contains("60.00"))
        #expect(result.output.contains("青组字〔2018〕231号"))
        // The text is of October 2018: the day before, the stipend has no value.
        let before = try run("policy", "--on", "2018-09-30", "--language", "zh")
        #expect(before.output.contains("这一天没有值：livingStipendPerDay"))
        let json = try run("policy", "--on", "2018-11-01", "--format", "json")
        #expect(try JSONSerialization.jsonObject(with: Data(json.output.utf8)) is [String: Any])
    }

    @Test("a policy file that is refused ends with 2 and names its line")
    func badPolicy() throws {
        defer { remove() }
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let file = folder + "/policy.yaml"
        try "policy: 样例\nparameters:\n  noSuchThing: {unit: 元, source: 样例, values: [{from: 2018-10-01, value: 1}]}\n"
            .write(toFile: file, atomically: true, encoding: .utf8)
        let result = try run("policy", "--check", "--policy", file)
        #expect(result.code == 2)
        #expect(result.errors.contains("policy.yaml:3"))
        #expect(result.errors.contains("livingStipendPerDay"), "the keys that there are: \(result.errors)")
        let shipped = try run("policy", "--check", "--language", "zh")
        #expect(shipped.code == 0 && shipped.output.contains("可用") && !shipped.output.contains("待填"))
        let starter = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "pipelines/policy/starter.yaml").path
        let unfilled = try run("policy", "--check", "--policy", starter, "--language", "zh").output
        #expect(unfilled.contains("依据还没有填（〔待填〕）：livingStipendPerDay、"), "\(unfilled)")
        #expect(unfilled.contains("金额是 0，按 0 元计发：livingStipendPerDay、rateTables."), "\(unfilled)")
    }

    /// The roster with the check character that its ID needs.
    private static let rosterWithValidID = {
        let body = "63020219850505900"
        let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
        let sum = zip(body, weights).reduce(0) { $0 + (Int(String($1.0)) ?? 0) * $1.1 }
        let check = Array("10X98765432")[sum % 11]
        return roster.replacingOccurrences(of: body + "X", with: body + String(check))
    }()
}

/// The built program beside the tests.
enum Program {
    struct Result {
        var code: Int32
        var output: String
        var errors: String
    }

    static let path: String? = {
        guard let own = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe") else { return nil }
        let program = (own as NSString).deletingLastPathComponent + "/zhucun"
        return FileManager.default.isExecutableFile(atPath: program) ? program : nil
    }()

    static func run(_ arguments: [String], language: String?) throws -> Result {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: try #require(path))
        process.arguments = arguments
        var environment = ProcessInfo.processInfo.environment
        environment["LC_ALL"] = language
        process.environment = environment
        let output = Pipe()
        let errors = Pipe()
        process.standardOutput = output
        process.standardError = errors
        try process.run()
        let outputData = output.fileHandleForReading.readDataToEndOfFile()
        let errorData = errors.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return Result(
            code: process.terminationStatus, output: String(decoding: outputData, as: UTF8.self),
            errors: String(decoding: errorData, as: UTF8.self))
    }
}
