import Foundation
import Testing
import TestSupport

@Suite("What a newcomer types")
struct FirstMinutesTests {
    private let program = BuiltProgram("zhucun")

    @Test(
        "a form goes by its identifier, its Chinese name or a part that fits no other",
        arguments: ["roster", "驻村干部花名册", "花名册"])
    func templateByName(_ name: String) throws {
        let folder = try TemporaryFolder()
        let result = try program.run(["template", name, "--to", folder.at("made"), "--language", "zh"])
        #expect(result.exit == 0, "\(result.error)")
        #expect(result.output.contains("花名册"), "\(result.output)")
    }

    @Test("a name that fits several forms is refused, and so is one that fits none", arguments: ["名录", "没有这种表"])
    func ambiguousName(_ name: String) throws {
        let result = try program.run(["template", name, "--to", "nowhere", "--language", "zh"])
        #expect(result.exit == 64 && result.error.contains("\(name) 不能作为 <form> 的值"), "\(result.error)")
        #expect(result.error.contains("- roster 驻村干部花名册"), "in words that are taken: \(result.error)")
    }

    @Test("a folder in the place of the pipeline file, and a program without its data, are told what to do")
    func misplaced() throws {
        let folder = try TemporaryFolder()
        let inbox = folder.at("inbox")
        try FileManager.default.createDirectory(atPath: inbox, withIntermediateDirectories: true)
        let result = try program.run(["run", inbox, "--language", "zh"])
        #expect(result.exit == 2 && result.error.contains("收件目录请用 --inbox \(inbox) 指定"), "\(result.error)")
        let copy = folder.at("zhucun")
        // By a process of its own: a program that a test beside this one starts would hold the copy open for writing.
        #expect(try BuiltProgram(path: "/bin/cp").run([program.path, copy]).exit == 0)
        let alone = try BuiltProgram(path: copy).run(["policy", "--language", "en"], in: folder.path)
        #expect(alone.exit == 2 && alone.error.contains("do not copy the program alone"), "\(alone.error)")
    }

    @Test(
        "wrong usage is told in the reader's language, with 64",
        arguments: [["zh_CN.UTF-8", "缺少参数"], ["C.UTF-8", "Missing expected"]])
    func usageLanguage(_ pair: [String]) throws {
        let result = try program.run(["close"], environment: ["LANG": pair[0]])
        #expect(result.exit == 64 && result.error.contains(pair[1]), "\(result.error)")
        #expect(result.output.isEmpty)
    }

    @Test("help goes to stdout, in the asked language, with 0", arguments: ["zhucun", "zhucun-ingest"])
    func help(_ name: String) throws {
        let result = try BuiltProgram(name).run(["--help", "--language", "zh"])
        #expect(result.exit == 0 && result.error.isEmpty)
        #expect(result.output.contains("选项：") && !result.output.contains("OPTIONS"))
    }
}
