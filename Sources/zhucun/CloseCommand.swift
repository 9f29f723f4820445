import ArgumentParser
import Commands
import Domain
import Stages

/// `zhucun close`: freezes a month as a batch.
struct CloseCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "close", abstract: "关账：冻结一个月 / freeze a month as a batch and write its final files")

    @Argument(help: "所属期 / the month (yyyy-mm).")
    var period: Period

    @Option(help: "只关一个县区（六位代码）/ one county only (six-digit code).")
    var county: CountyCode?

    @OptionGroup var flags: RunFlags

    func run() throws {
        try CommandRunner.run(flags.messageLanguage) {
            let logger = Console.logger("zhucun-close", isQuiet: flags.quiet, isVerbose: flags.verbose)
            let options = try RunOptions(flags.flags())
            try LedgerAccess.checkWriting(options)
            let locks = (
                try RunLock(ledger: options.ledger, kind: .run), try RunLock(ledger: options.ledger, kind: .stage)
            )
            let context = try RunContext.remembered(flags.flags(), logger: logger)
            let batches = try CloseStage(context).close(period, county: county)
            for batch in batches { Console.print(batch.id) }
            withExtendedLifetime(locks) {}
        }
    }
}
