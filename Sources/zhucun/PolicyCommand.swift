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

    @Option(help: "日期 / the date (yyyy-mm-dd; default: as-of, else today).")
    var on: CivilDate?

    @Option(help: "格式 / format: text or json.")
    var format: Format = .text

    @OptionGroup var flags: RunFlags

    func run() throws {
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
                Console.print(format == .json ? try report.json() : report.text(options.language))
            }
        }
    }
}
