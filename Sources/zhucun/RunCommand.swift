import ArgumentParser
import Commands
import Domain
import Foundation
import Ledger
import Stages

/// `zhucun run`: every stage in turn, each committing its own work before the next one begins.
struct RunCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "运行全部步骤 / run all stages")

    @Argument(help: "流程文件 / the pipeline file.", completion: .file())
    var pipelineFile: String?

    @OptionGroup var flags: RunFlags
    @OptionGroup var inbox: InboxFlags

    @Option(help: "省级交回的外县区出勤 / what other counties claim, as the province gave it back.", completion: .file())
    var claims: String?

    @Option(
        help: "省级交回的外县区登记 / what other counties' registers know, as the province gave it back.", completion: .file())
    var records: String?

    @Option(help: "省级交回的名额 / seats and sums, as the province gave them back.", completion: .file())
    var quotas: String?

    func validate() throws {
        if (claims ?? records ?? quotas) != nil, inbox.county == nil {
            throw ValidationError("--claims --records --quotas 需要 --county / need --county")
        }
    }

    func run() throws {
        // The zip library asks the system for the zone with every part it opens unless it is told once.
        setenv("TZ", "Asia/Shanghai", 0)
        try CommandRunner.run(flags.messageLanguage) {
            var given = flags.flags()
            given.pipeline = pipelineFile ?? given.pipeline
            inbox.add(to: &given)
            given.claims = claims
            given.records = records
            given.quotas = quotas
            let options = try RunFlags.options(given)
            try LedgerAccess.checkWriting(options)
            let started = Date()
            var files: [String: Int]?
            func metrics(_ exitCode: Int32) throws {
                let now = Date()
                let outcome = RunMetrics.Outcome(
                    exitCode: exitCode, seconds: now.timeIntervalSince(started),
                    endedAt: Int(now.timeIntervalSince1970), files: files)
                try writeMetrics(outcome, options)
            }
            do {
                try checkInbox(options)
                let lock = try RunLock(ledger: options.ledger, kind: .run)
                // Nobody may run a stage by hand meanwhile.
                let stageLock = try RunLock(ledger: options.ledger, kind: .stage)
                let logger = Console.logger("zhucun", isQuiet: options.isQuiet, isVerbose: options.isVerbose)
                let context = try RunContext(options, logger: logger)
                let restored = try WholeRun(context).run { came in
                    files = ["seen": came.seen, "read": came.read, "refused": came.refused]
                } progress: { stage in
                    ProgressBar(stage.rawValue, isQuiet: options.isQuiet)
                }
                let summary = try RunSummary(options, seconds: Date().timeIntervalSince(started))
                let isQuietlyDone = summary.standing == 0 && restored.isEmpty
                try metrics(isQuietlyDone ? 0 : 1)
                for entry in restored { Console.error(text(entry, options.language)) }
                if !options.isQuiet {
                    Console.print(summary.text(options.language))
                    if let step = try NextStep.of(options) { Console.print(step.message(options.language)) }
                }
                withExtendedLifetime((lock, stageLock)) {}
                if !isQuietlyDone { throw ExitCode(1) }
            } catch let exit as ExitCode {
                if exit.rawValue != 1, exit.rawValue != 75 { try? metrics(exit.rawValue) }
                throw exit
            } catch {
                // What went wrong is said in any case; the metrics of a failed run are written where that is possible.
                // Those of a run that holds the lock are its own.
                let exitCode = (error as? RunFailure)?.exitCode ?? 2
                if exitCode != 75 { try? metrics(exitCode) }
                throw error
            }
        }
    }

    private func text(_ restored: ReportStage.Restored, _ language: Language) -> String {
        if restored.count > 1 {
            return language == .zh
                ? "已关账月份的 \(restored.count) 个文件都不在输出目录，已全部放回：\(restored.path)"
                : "none of the \(restored.count) files of a closed month was in the output; all were put back: "
                    + restored.path
        }
        return language == .zh
            ? "已关账的文件缺失或被改动，已放回：\(restored.path)"
            : "a file of a closed month was missing or changed and was put back: \(restored.path)"
    }

    private func checkInbox(_ options: RunOptions) throws {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: options.inbox, isDirectory: &isFolder), isFolder.boolValue else {
            throw RunFailure.noInbox(options.inbox)
        }
    }

    private func writeMetrics(_ outcome: RunMetrics.Outcome, _ options: RunOptions) throws {
        // A run that failed before it wrote anything makes no output folder.
        guard outcome.exitCode < 2 || FileManager.default.fileExists(atPath: options.output) else { return }
        // An empty file is a ledger that was lost: it must not be made one again.
        let attributes = Result { try FileManager.default.attributesOfItem(atPath: options.ledger) }
        guard case .success(let found) = attributes, (found[.size] as? Int ?? 0) > 0 else {
            return try RunMetrics(outcome, ledger: nil).write(output: options.output)
        }
        let ledger = try LedgerDatabase(path: options.ledger)
        try ledger.read { try RunMetrics(outcome, ledger: $0) }.write(output: options.output)
    }
}
