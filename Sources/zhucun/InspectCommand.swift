import ArgumentParser
import Commands
import Domain
import Foundation
import Stages

/// `zhucun inspect FILE`: what the program understands of one workbook. Source: spec §4.
struct InspectCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inspect",
        abstract: "看懂一个工作簿 / what the program understands of one workbook",
        discussion: """
            不需要账本和花名册；退出码：0 没有暂缓或不计，1 有，2 没有这个文件。
            Needs neither ledger nor roster. Exit: 0 nothing would be held, 1 something would, 2 no such file.
            """)

    enum Colour: String, ExpressibleByArgument, CaseIterable { case auto, always, never }

    @Argument(help: "工作簿文件 / the workbook.", completion: .file())
    var file: String

    @Flag(help: "以 JSON 输出 / as JSON.")
    var json = false

    @Option(help: "text 或 json / text or json.")
    var format: ResultFormat = .text

    @Flag(help: "以 CSV 列出每个非空单元格（不脱敏）/ every non-empty cell as CSV (nothing is masked).")
    var cells = false

    @Flag(help: "以 CSV 列出每个非空单元格被读作什么（不脱敏）/ what every non-empty cell was read as (nothing is masked).")
    var roles = false

    @Option(help: "着色：auto、always、never / colours.")
    var color = Colour.auto

    @Option(help: "收件目录，文件在其中时按相对路径看 / the inbox.", completion: .directory)
    var inbox: String?

    @OptionGroup var flags: RunFlags

    func validate() throws {
        if [isJSON, cells, roles].filter({ $0 }).count > 1 {
            throw ValidationError(
                "--json、--cells 和 --roles 只能用一个 / --json, --cells and --roles cannot be given together")
        }
    }

    func run() throws {
        try CommandRunner.run(flags.messageLanguage) {
            var given = flags.flags()
            given.inbox = inbox
            let inspection = try WorkbookInspection(file: file, options: try RunFlags.options(given))
            if cells || roles {
                if let workbook = inspection.workbook {
                    let listing = cells ? CellListing.csv(workbook) : RoleListing.csv(inspection)
                    Console.write(listing)
                } else {
                    // stdout is for cells alone; why there are none is said beside it.
                    let text = InspectionText.lines(
                        of: inspection, language: flags.messageLanguage, isColoured: false, width: 80)
                    Console.error(text.joined(separator: "\n"))
                }
            } else if isJSON {
                let document = InspectionJSON.document(of: inspection, language: flags.messageLanguage)
                Console.write(document)
            } else {
                let text = InspectionText.lines(
                    of: inspection, language: flags.messageLanguage, isColoured: isColoured, width: Terminal.width)
                Console.print(text.joined(separator: "\n"))
            }
            if inspection.holdsSomething { throw ExitCode(1) }
        }
    }

    private var isJSON: Bool { json || format == .json }

    private var isColoured: Bool {
        switch color {
        case .always: true
        case .never: false
        case .auto: Terminal.isColourful
        }
    }
}
