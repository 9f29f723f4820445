import ArgumentParser
import Commands
import Domain
import Stages

/// `zhucun verify`: computes closed batches again from what was kept.
struct VerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "核验批次 / recompute closed batches from kept originals and compare line by line, byte by byte")

    @Argument(help: "批次号，如 ZC-630202-201811；不写则核验全部 / batch numbers; all when none is given.")
    var batches: [String] = []

    @Flag(
        help:
            "检查账本、原件和已关账文件是否完好（不重算，适合每晚）/ whether ledger, originals and closed files are as they were; computes nothing, for every night."
    )
    var all = false

    @Flag(name: .customLong("json"), help: "JSON 格式 / as JSON.")
    var isJSON = false

    @Option(help: "text 或 json / text or json.")
    var format: ResultFormat = .text

    @OptionGroup var flags: RunFlags

    private var asJSON: Bool { isJSON || format == .json }

    func run() throws {
        let language = flags.messageLanguage
        try CommandRunner.run(language) {
            let logger = Console.logger("zhucun-verify", isQuiet: flags.quiet, isVerbose: flags.verbose)
            let context = try RunContext.remembered(flags.flags(), logger: logger, readsBatchesAlone: true)
            if all { return try checkKept(context, language) }
            let stage = VerifyStage(context)
            let ids = batches.isEmpty ? try stage.batches().map(\.id) : batches
            let unknown = batches.isEmpty ? try stage.unknownBatches() : []
            if asJSON {
                let results = try ids.map(stage.verify)
                Console.print(try VerifyStage.json(results, unknown: unknown, language))
                if !unknown.isEmpty || !results.allSatisfy(\.isProven) { throw ExitCode(2) }
                return
            }
            if ids.isEmpty { Console.print(language == .zh ? "还没有关账的批次。" : "no batch is closed yet.") }
            var isProven = true
            for id in unknown {
                isProven = false
                Console.print(
                    language == .zh
                        ? "\(id)：无法核验，账本不知道输出目录中的这个批次（账本比输出旧）"
                        : "\(id): could not be looked at, the ledger does not know this batch of the output (it is older)"
                )
            }
            for id in ids {
                let result = try stage.verify(id)
                isProven = isProven && result.isProven
                Console.print(text(result, language))
            }
            if !isProven { throw ExitCode(2) }
        }
    }

    private func checkKept(_ context: RunContext, _ language: Language) throws {
        let result = try KeptState(context).check()
        if asJSON {
            Console.print(try result.json(language))
            if !result.problems.isEmpty { throw ExitCode(2) }
            return
        }
        for problem in result.problems { Console.print(problem.text(language)) }
        guard result.problems.isEmpty else { throw ExitCode(2) }
        if flags.quiet { return }
        Console.print(
            language == .zh
                ? "完好：账本 \(result.rows) 行，原件 \(result.originals) 份，已关账文件 \(result.files) 个"
                : "as it was: \(result.rows) rows of the ledger, \(result.originals) originals, \(result.files) closed files"
        )
    }

    private func text(_ result: VerifyStage.Result, _ language: Language) -> String {
        let zh = language == .zh
        if result.isProven {
            return zh
                ? "\(result.batch)：相符（原件 \(result.originals) 份，\(result.lines) 行，\(result.files) 个文件）"
                : "\(result.batch): proven (\(result.originals) originals, \(result.lines) lines, \(result.files) files)"
        }
        var lines: [String] = []
        if !result.problems.isEmpty {
            lines.append(zh ? "\(result.batch)：不相符" : "\(result.batch): NOT proven")
            lines += result.problems.map { "  " + $0.text(language) }
        }
        if !result.obstacles.isEmpty {
            lines.append(zh ? "\(result.batch)：无法核验" : "\(result.batch): could not be looked at")
            lines += result.obstacles.map { "  " + $0.text(language) }
        }
        if result.programChanged {
            lines.append(
                zh
                    ? "  注意：关账后程序有更新，上面的差异可能由此而来"
                    : "  note: the program changed since closing; the differences may come from that")
        }
        return lines.joined(separator: "\n")
    }
}
