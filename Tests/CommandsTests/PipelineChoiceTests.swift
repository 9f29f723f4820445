import Domain
import Foundation
import Testing
import TestSupport

@testable import Stages

@Suite("One pipeline file for every command")
struct PipelineChoiceTests {
    private func choice(_ flag: String?, _ environment: [String: String], _ files: Set<String>) throws -> String {
        try PipelineChoice.path(flag, environment: environment, exists: files.contains)
    }

    @Test("flag, environment, this folder, this machine, shipped: in that order")
    func order() throws {
        let all: Set = ["zhucun.yaml", "/etc/zhucun/zhucun.yaml"]
        #expect(try choice("a.yaml", ["ZHUCUN_PIPELINE": "b.yaml"], all) == "a.yaml")
        #expect(try choice(nil, ["ZHUCUN_PIPELINE": "b.yaml"], all) == "b.yaml")
        #expect(try choice(nil, ["ZHUCUN_PIPELINE": ""], all) == "zhucun.yaml")
        #expect(try choice(nil, [:], ["/etc/zhucun/zhucun.yaml"]) == "/etc/zhucun/zhucun.yaml")
        #expect(try choice(nil, [:], []).hasSuffix("/pipelines/nightly.yaml"))
    }

    private static let commands = [
        ["run"], ["inspect", "none.xlsx"], ["explain", "样例甲", "--period", "2018-11"], ["close", "2018-11"], ["status"],
        ["verify"], ["policy"], ["template", "roster", "--to", "made"], ["backup", "--to", "copy"],
        ["restore", "--from", "copy"], ["province", "none.json"], ["settings"],
        ["rehearse", "--policy", "none.yaml", "--from", "2018-11", "--to", "2018-11"],
    ]

    @Test("every command reads zhucun.yaml of its folder and says so with --verbose", arguments: commands)
    func everyCommand(_ arguments: [String]) throws {
        let folder = try TemporaryFolder()
        let pipelines = PackageRoot.at("pipelines")
        try folder.write(
            "zhucun.yaml",
            """
            inbox: here/inbox
            ledger: here/ledger.sqlite
            output: here/output
            policy: \(pipelines)/policy/qinghai-2018-231.yaml
            forms: \(pipelines)/forms
            regions: \(pipelines)/regions/qinghai.yaml
            exportFolder: \(pipelines)/exports
            """)
        try FileManager.default.createDirectory(
            atPath: folder.at("here/inbox"), withIntermediateDirectories: true)
        let program = BuiltProgram("zhucun")
        if arguments[0] != "run", arguments[0] != "restore" {
            _ = try program.run(["run", "--quiet"], in: folder.path)
        }
        let result = try program.run(arguments + ["--verbose"], in: folder.path)
        #expect(result.error.contains("pipeline file: zhucun.yaml"), "\(result.exit) \(result.error)")
        if arguments[0] == "run" {
            #expect(result.exit == 0, "\(result.error)")
            #expect(FileManager.default.fileExists(atPath: folder.at("here/output/index.html")))
        }
    }

    @Test("every command takes run's flags", arguments: commands)
    func flags(_ arguments: [String]) throws {
        let flags = ["--ledger", "--output", "--as-of", "--pipeline", "--policy"]
        let help = try BuiltProgram("zhucun").run([arguments[0], "--help"]).output
        for flag in flags { #expect(help.contains("\n  \(flag) <"), "\(arguments[0]) \(flag)") }
    }

    @Test("shipped data are found from every folder, and not in it")
    func anywhere() throws {
        let folder = try TemporaryFolder()
        try folder.write("pipelines/nightly.yaml", "inbox: wrong\n")
        let result = try BuiltProgram("zhucun").run(["policy", "--on", "2018-11-01"], in: folder.path)
        #expect(result.exit == 0 && result.output.contains("60.00"), "\(result.error)")
    }

    @Test("settings names the files and folders, whole")
    func settings() throws {
        let folder = try TemporaryFolder()
        let result = try BuiltProgram("zhucun").run(["settings", "--inbox", "in"], in: folder.path)
        #expect(result.output.contains("inbox: \(folder.path)/in\n"), "\(result.output)")
        #expect(result.output.contains("ledger: \(folder.path)/ledger/zhucun.sqlite\n"))
        #expect(result.output.contains("/pipelines/nightly.yaml\n"))
        let json = try BuiltProgram("zhucun").run(["settings", "--json"], in: folder.path).output
        #expect(try JSONSerialization.jsonObject(with: Data(json.utf8)) is [String: Any])
    }
}
