import ArgumentParser
import Commands
import Domain
import Foundation
import Stages

/// `zhucun explain`: why a person is paid what they are paid.
struct ExplainCommand: ParsableCommand {
    enum Format: String, ExpressibleByArgument, CaseIterable { case text, json }

    static let configuration = CommandConfiguration(
        commandName: "explain", abstract: "说明一个人一个月为什么发这么多 / why a person is paid what they are paid")

    @Argument(help: "身份证号，或唯一的姓名 / ID number, or a name if it is unique.")
    var person: String

    @Option(help: "所属期，写作 年-月，如 2018-11 / the month as yyyy-mm, such as 2018-11.")
    var period: Period

    @Option(help: "输出格式 / text or json.")
    var format: Format = .text

    @Flag(name: .customLong("json"), help: "JSON 格式 / as JSON.")
    var isJSON = false

    @OptionGroup var flags: RunFlags

    func run() throws {
        try CommandRunner.run(flags.messageLanguage) {
            let logger = Console.logger("zhucun-explain", isQuiet: flags.quiet, isVerbose: flags.verbose)
            let stage = ExplainStage(try RunContext.remembered(flags.flags(), logger: logger))
            let explanations = try stage.explain(person, period: period)
            switch isJSON ? .json : format {
            case .text: for explanation in explanations { Console.print(explanation.text(flags.messageLanguage)) }
            case .json: Console.print(try ExplainStage.json(explanations))
            }
        }
    }
}
