import ArgumentParser
import Commands
import Domain
import Foundation
import Reports
import Settings
import Sheets
import Stages

/// `zhucun rehearse`: past months under another policy file.
struct RehearseCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rehearse",
        abstract: "政策试算，不改账本 / past months under another policy file; the ledger stays as it is")

    @Option(help: "要试算的政策文件 / the policy file to try.", completion: .file())
    var policy: String

    @Option(help: "起始月，写作 年-月，如 2018-11 / first month (yyyy-mm).")
    var from: Period

    @Option(help: "截止月，写作 年-月 / last month (yyyy-mm).")
    var to: Period

    @Option(help: "只算一个县区 / one county only.")
    var county: CountyCode?

    @Flag(name: .customLong("json"), help: "JSON 格式 / as JSON.")
    var isJSON = false

    @Option(help: "text 或 json / text or json.")
    var format: ResultFormat = .text

    @Option(help: "同时写出 xlsx / also write the table as a workbook.", completion: .file())
    var xlsx: String?

    @Option(help: "账本 / the ledger.", completion: .file())
    var ledger: String?

    @Option(help: "输出目录 / the output folder.", completion: .directory)
    var output: String?

    @Option(name: .customLong("as-of"), help: "截止日期，写作 年-月-日，如 2018-12-05 / the as-of date (yyyy-mm-dd).")
    var asOf: CivilDate?

    @Option(help: "流程文件 / the pipeline file.", completion: .file())
    var pipeline: String?

    @Option(help: "消息语言 / zh or en.")
    var language: Language?

    @Flag(help: "只输出结果 / results only.")
    var quiet = false

    @Flag(help: "详细日志 / more log.")
    var verbose = false

    func validate() throws {
        if to < from { throw ValidationError("--to 早于 --from / --to lies before --from") }
    }

    func run() throws {
        let shown = RunFlags.messageLanguage(language)
        try CommandRunner.run(shown) {
            var given = RunOptions.Flags()
            given.pipeline = pipeline
            given.ledger = ledger
            given.output = output
            given.asOf = asOf
            given.language = shown
            let logger = Console.logger("zhucun-rehearse", isQuiet: quiet, isVerbose: verbose)
            let context = try RunContext.remembered(given, logger: logger)
            guard let text = try? String(contentsOfFile: policy, encoding: .utf8) else {
                throw RunFailure.noSuchFile(policy)
            }
            let rehearsal = try RehearseStage(context).rehearse(
                try PolicyFile.policy(from: text, file: policy), from: from, to: to, county: county)
            if isJSON || format == .json {
                Console.print(try rehearsal.json())
            } else {
                print(rehearsal, shown)
            }
            if let xlsx {
                let report = RehearsalReport(
                    title: "政策试算（\(from) 至 \(to)）", asOf: context.options.asOf,
                    rows: rehearsal.lines.map(\.reportRow))
                try XLSXWriter.write(report.workbook(), to: xlsx)
            }
        }
    }

    private func print(_ rehearsal: Rehearsal, _ language: Language) {
        for line in rehearsal.lines {
            let difference = line.new - line.current
            Console.print(
                "\(line.period) \(line.county) \(line.name) \(line.residentID) \(line.township)\(line.village) "
                    + "\(line.current.yuanText) → \(line.new.yuanText) (\(difference > .zero ? "+" : "")\(difference.yuanText))"
            )
        }
        let people = rehearsal.people
        let difference = rehearsal.newTotal - rehearsal.currentTotal
        Console.print(
            language == .zh
                ? "\(rehearsal.months) 个县区月份，\(people) 人有变化；现行合计 \(rehearsal.currentTotal.yuanText)，试算合计 \(rehearsal.newTotal.yuanText)，差额 \(difference.yuanText)"
                : "\(rehearsal.months) county months, \(Counted.people(people)) differ; now \(rehearsal.currentTotal.yuanText), then \(rehearsal.newTotal.yuanText), difference \(difference.yuanText)"
        )
    }
}

extension RehearsedLine {
    fileprivate var reportRow: RehearsalReport.Row {
        RehearsalReport.Row(
            county: county, period: period, name: name, residentID: residentID, sendingUnit: sendingUnit,
            place: township + village, currentDays: currentDays, newDays: newDays, current: current, new: new)
    }
}
