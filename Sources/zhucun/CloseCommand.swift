import ArgumentParser
import Commands
import Domain
import Glibc
import Stages

/// `zhucun close`: freezes a month as a batch.
struct CloseCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "close", abstract: "关账：冻结一个月 / freeze a month as a batch and write its final files")

    @Argument(help: "所属期，写作 年-月，如 2018-11 / the month as yyyy-mm, such as 2018-11.")
    var period: Period

    @Option(help: "只关一个县区（六位代码）/ one county only (six-digit code).")
    var county: CountyCode?

    @Flag(name: .customLong("dry-run"), help: "只列出将要冻结的内容 / only show what would be frozen.")
    var isDryRun = false

    @Flag(name: .customLong("yes"), help: "不再询问 / do not ask.")
    var isAgreed = false

    @Flag(name: .customLong("json"), help: "JSON 格式 / as JSON.")
    var isJSON = false

    @Option(help: "text 或 json / text or json.")
    var format: ResultFormat = .text

    @OptionGroup var flags: RunFlags

    func run() throws {
        try CommandRunner.run(flags.messageLanguage) {
            let logger = Console.logger("zhucun-close", isQuiet: flags.quiet, isVerbose: flags.verbose)
            let options = try RunOptions(flags.flags())
            try LedgerAccess.checkWriting(options)
            let locks = (
                try RunLock(ledger: options.ledger, kind: .run), try RunLock(ledger: options.ledger, kind: .stage)
            )
            let context = try RunContext.remembered(flags.flags(), logger: logger, isExact: true)
            let stage = CloseStage(context)
            let language = flags.messageLanguage
            let previews = try stage.preview(period, county: county)
            let asJSON = isJSON || format == .json
            if !asJSON { for preview in previews { Console.print(preview.text(language)) } }
            let told = asJSON ? previews.map { $0.text(language) } : []
            guard !isDryRun, try isAgreed || Question.isAnswered(language, about: told) else {
                if asJSON { Console.print(try ClosePreview.json(previews, closed: [])) }
                return
            }
            let batches = try stage.close(period, county: county)
            if asJSON {
                Console.print(try ClosePreview.json(previews, closed: batches.map(\.id)))
            } else {
                for batch in batches { Console.print(batch.id) }
            }
            withExtendedLifetime(locks) {}
        }
    }
}

/// How a command tells its results.
enum ResultFormat: String, ExpressibleByArgument, CaseIterable { case text, json }

/// The question before something that cannot be taken back.
enum Question {
    /// Asks where stdin is a terminal; elsewhere the command was meant.
    ///
    /// - Parameter told: what it is about, where that does not stand on the screen: stdout is for JSON then.
    /// - Throws: `RunFailure.refused` for any answer but yes.
    static func isAnswered(
        _ language: Language, about told: [String] = [], zh: String = "关账后不能更改。确认请输入“是”或 yes：",
        en: String = "A closed month cannot be changed. Type yes to close it:"
    ) throws -> Bool {
        guard isatty(STDIN_FILENO) == 1 else { return true }
        for text in told { Console.error(text) }
        Console.error(language == .zh ? zh : en)
        let answer = TextFolding.key(readLine() ?? "").lowercased()
        guard ["是", "yes", "y"].contains(answer) else {
            throw RunFailure.refused(BilingualText(zh: "没有执行。", en: "nothing was done."))
        }
        return true
    }
}
