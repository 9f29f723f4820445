import ArgumentParser
import Domain
import Foundation
import Stages

/// A stage as an executable of its own: reads what the stage before it committed, commits its own work.
public protocol StageCommand: ParsableCommand {
    /// `zhucun-ingest`
    static var stageName: String { get }
    var flags: RunFlags { get }
    var inbox: InboxFlags { get }
    /// Does the work; the text is a summary for `--verbose`.
    func perform(_ context: RunContext, _ progress: ProgressBar) throws -> String
}

extension StageCommand {
    public static func main() async {
        await CommandEntry.start(Self.self, Array(CommandLine.arguments.dropFirst()))
    }

    public func run() throws {
        // The zip library asks the system for the zone with every part it opens unless it is told once.
        setenv("TZ", "Asia/Shanghai", 0)
        try CommandRunner.run(flags.messageLanguage) {
            var given = flags.flags()
            inbox.add(to: &given)
            let options = try RunOptions(given)
            try LedgerAccess.checkWriting(options)
            let runLock = try RunLock(ledger: options.ledger, kind: .run)
            let stageLock = try RunLock(ledger: options.ledger, kind: .stage)
            try withExtendedLifetime((runLock, stageLock)) {
                let logger = Console.logger(Self.stageName, isQuiet: options.isQuiet, isVerbose: options.isVerbose)
                let context = try RunContext(options, logger: logger)
                let started = Date()
                let summary = try perform(context, ProgressBar(Self.stageName, isQuiet: options.isQuiet))
                let seconds = Date().timeIntervalSince(started)
                logger.debug("\(summary)", metadata: ["seconds": "\(seconds)"])
            }
        }
    }
}
