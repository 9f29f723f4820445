import ArgumentParser
import Commands
import Domain
import Foundation
import Ledger
import Stages

/// `zhucun status`: what is submitted, missing, held, closed.
struct StatusCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "各乡镇逐月报送、暂缓、关账情况 / what is submitted, missing, held and closed, per township and month")

    /// How it is written.
    enum Format: String, ExpressibleByArgument, CaseIterable { case text, json, csv }

    @Option(help: "只看一个县区（六位代码）/ one county only (six-digit code).")
    var county: CountyCode?

    @Option(help: "只看一个月，写作 年-月，如 2018-11 / one month only (yyyy-mm).")
    var period: Period?

    @Option(help: "格式 / format: text, json or csv.")
    var format: Format = .text

    @Flag(name: .customLong("json"), help: "JSON 格式 / as JSON.")
    var isJSON = false

    @Flag(help: "只列未报和有暂缓、不计的乡镇 / only townships that sent nothing or have something held.")
    var brief = false

    @OptionGroup var flags: RunFlags

    func run() throws {
        try CommandRunner.run(flags.messageLanguage) {
            let options = try flags.options()
            try LedgerAccess.checkReading(options)
            let ledger = try LedgerDatabase.open(options)
            let report = try ledger.read { try StatusReport($0, county: county, period: period) }
            switch isJSON ? .json : format {
            case .text: Console.print(report.text(options.language, isBrief: brief))
            case .json: Console.print(try report.json())
            case .csv: Console.write(String(decoding: try report.csv(), as: UTF8.self))
            }
        }
    }
}
