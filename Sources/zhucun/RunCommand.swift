import ArgumentParser
import Commands
import Domain
import Foundation
import Ledger
import Stages
import Subprocess
import SystemPackage

/// `zhucun run`: every stage in turn, each as a process of its own.
struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "运行全部步骤 / run all stages")

    @Argument(help: "流程文件 / the pipeline file.")
    var pipelineFile: String?

    @OptionGroup var flags: RunFlags
    @OptionGroup var inbox: InboxFlags

    func run() async throws {
        try await CommandRunner.run(flags.messageLanguage) {
            var given = flags.flags()
            given.pipeline = pipelineFile ?? given.pipeline
            given.inbox = inbox.inbox
            given.county = inbox.county
            given.jobs = inbox.jobs
            let options = try RunOptions(given)
            try checkInbox(options)
            let lock = try RunLock(ledger: options.ledger, kind: .run)
            // Nobody else may still be finishing a stage of a killed run.
            _ = try RunLock(ledger: options.ledger, kind: .stage)
            let started = Date()
            for stage in ["zhucun-ingest", "zhucun-normalize", "zhucun-compute", "zhucun-report"] {
                try await start(stage, options, pipeline: given.pipeline)
            }
            let summary = try RunSummary(options, seconds: Date().timeIntervalSince(started))
            if !options.isQuiet { Console.print(summary.text(options.language)) }
            withExtendedLifetime(lock) {}
            if summary.standing > 0 { throw ExitCode(1) }
        }
    }

    private func checkInbox(_ options: RunOptions) throws {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: options.inbox, isDirectory: &isFolder), isFolder.boolValue else {
            throw RunFailure.noInbox(options.inbox)
        }
    }

    private func start(_ stage: String, _ options: RunOptions, pipeline: String?) async throws {
        var arguments = [
            "--inbox", options.inbox, "--ledger", options.ledger, "--output", options.output, "--policy",
            options.policy, "--as-of", options.asOf.iso, "--jobs", String(options.jobs), "--language",
            options.language.rawValue,
        ]
        if let pipeline { arguments += ["--pipeline", pipeline] }
        if let county = options.county { arguments += ["--county", county.text] }
        if options.isQuiet { arguments.append("--quiet") }
        if options.isVerbose { arguments.append("--verbose") }
        let path = InstalledFiles.executableFolder + "/" + stage
        let result = try await Subprocess.run(
            .path(FilePath(path)), arguments: Arguments(arguments),
            environment: .inherit.updating(["ZHUCUN_DRIVER": String(getpid())]),
            output: .currentStandardOutput, error: .currentStandardError)
        switch result.terminationStatus {
        case .exited(0): return
        case .exited(75): throw ExitCode(75)
        // The stage has said why.
        case .exited(let code) where code == 2: throw ExitCode(2)
        case .exited(let code): throw RunFailure.stage(stage, Int32(code))
        default: throw RunFailure.stage(stage, 2)
        }
    }
}
