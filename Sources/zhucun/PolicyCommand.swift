import ArgumentParser
import Commands
import Domain
import Foundation
import Settings
import Stages

/// `zhucun policy`: the parameters in force on a date; works without a ledger.
struct PolicyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "policy", abstract: "某日有效的政策参数 / the policy parameters in force on a date")

    /// How it is written.
    enum Format: String, ExpressibleByArgument, CaseIterable { case text, json }

    @Flag(help: "只检查政策文件 / only check the policy file.")
    var check = false

    @Option(help: "日期，写作 年-月-日，如 2018-11-05 / the date (yyyy-mm-dd; default: as-of, else today).")
    var on: CivilDate?

    @Option(help: "格式 / format: text or json.")
    var format: Format = .text

    @Option(help: "已关账的月份今后按此政策文件计算 / from now on closed months are read with this policy file.", completion: .file())
    var adopt: String?

    @Option(help: "采用的理由 / why it is adopted.")
    var reason: String?

    @Flag(name: .customLong("dry-run"), help: "只列出涉及的人数和金额 / only show people and net.")
    var isDryRun = false

    @Flag(name: .customLong("yes"), help: "不再询问 / do not ask.")
    var isAgreed = false

    @Flag(name: .customLong("json"), help: "JSON 格式 / as JSON.")
    var isJSON = false

    @OptionGroup var flags: RunFlags

    func validate() throws {
        guard adopt != nil, !isDryRun, (reason ?? "").allSatisfy(\.isWhitespace) else { return }
        throw ValidationError("请用 --reason 写明采用的理由 / say why with --reason")
    }

    func run() throws {
        if let adopt { return try adoption(adopt) }
        try CommandRunner.run(flags.messageLanguage) {
            let options = try flags.options()
            guard let text = try? String(contentsOfFile: options.policy, encoding: .utf8) else {
                throw RunFailure.noSuchFile(options.policy)
            }
            let policy = try PolicyFile.policy(from: text, file: options.policy)
            let report = PolicyReport(policy, on: on ?? options.asOf)
            if check {
                Console.print(report.checked(options.language, file: options.policy))
            } else {
                Console.print(isJSON || format == .json ? try report.json() : report.text(options.language))
            }
        }
    }

    /// Shows people and net, asks where somebody can answer, records.
    private func adoption(_ file: String) throws {
        let language = flags.messageLanguage
        try CommandRunner.run(language) {
            let logger = Console.logger("zhucun-policy", isQuiet: flags.quiet, isVerbose: flags.verbose)
            let options = try RunOptions(flags.flags())
            try LedgerAccess.checkWriting(options)
            let locks = (
                try RunLock(ledger: options.ledger, kind: .run), try RunLock(ledger: options.ledger, kind: .stage)
            )
            let stage = AdoptStage(try RunContext.remembered(flags.flags(), adopting: file, logger: logger))
            let preview = try stage.preview()
            let asJSON = isJSON || format == .json
            if !asJSON { Console.print(preview.text(language)) }
            guard !isDryRun,
                try isAgreed
                    || Question.isAnswered(
                        language, about: asJSON ? [preview.text(language)] : [], zh: "采用后已关账的月份将按此文件更正。确认请输入“是”或 yes：",
                        en: "Closed months will be corrected by this file. Type yes to adopt it:")
            else {
                if asJSON { Console.print(try preview.json(isAdopted: false)) }
                return
            }
            let adoption = try stage.adopt(reason: reason ?? "", who: SystemUser.name)
            if asJSON {
                Console.print(try preview.json(isAdopted: true))
            } else {
                Console.print(
                    language == .zh
                        ? "已记录：\(adoption.who)，\(adoption.asOf.iso)，\(adoption.reason)。请运行 zhucun run。"
                        : "on record: \(adoption.who), \(adoption.asOf.iso), \(adoption.reason). Run `zhucun run`.")
            }
            withExtendedLifetime(locks) {}
        }
    }
}
