import ArgumentParser
import Commands
import Domain
import Stages

/// `zhucun template FORM --to DIR`: workbooks to be filled in. Source: spec §4.
struct TemplateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "template",
        abstract: "生成待填写的表 / workbooks to fill in",
        discussion: """
            attendance 按账本中的花名册为每个乡镇预填；其余为空白表。写中文名也可以。
            attendance is pre-filled for each township from the ledger's roster; the others are empty forms:
            \(FormID.allCases.map { "  \($0.rawValue) \($0.chinese)" }.joined(separator: "\n"))
            """)

    @Argument(
        help: "表名，如 考勤表、花名册 / the form: attendance, roster, training …",
        completion: .list(FormID.allCases.map(\.chinese) + FormID.allCases.map(\.rawValue)))
    var form: FormID?

    @Flag(help: "列出所有表 / list all forms.")
    var list = false

    @Option(help: "县区代码（六位，考勤表必需）/ county (six digits, needed for attendance).")
    var county: CountyCode?

    @Option(help: "所属期，写作 年-月，如 2018-11（考勤表必需）/ month, yyyy-mm (needed for attendance).")
    var period: Period?

    @Option(help: "只要一个乡镇 / one township only.")
    var township: String?

    @Option(name: .customLong("to"), help: "写到哪个目录 / the folder to write to.", completion: .directory)
    var folder: String?

    @Flag(help: "覆盖已有文件 / replace files that exist.")
    var force = false

    @OptionGroup var flags: RunFlags

    func validate() throws {
        if list { return }
        guard let form else { throw ValidationError("请写表名，或用 --list 列出 / name a form, or --list") }
        guard folder != nil else { throw ValidationError("请用 --to 指定目录 / --to DIR is needed") }
        if form == .attendance {
            if county == nil || period == nil {
                throw ValidationError(
                    "考勤表需要 --county 代码 和 --period 年-月 / template attendance needs --county CODE and --period yyyy-mm")
            }
        } else if county != nil || period != nil || township != nil {
            throw ValidationError(
                "--county、--period、--township 只用于考勤表 / --county, --period and --township go with attendance only")
        }
    }

    func run() throws {
        let language = flags.messageLanguage
        try CommandRunner.run(language) {
            if list {
                for id in FormID.allCases { Console.print("\(id.rawValue) \(id.chinese)") }
                return
            }
            guard let form, let folder else { return }
            let maker = TemplateMaker(language: language)
            var files: [TemplateMaker.File] = []
            if form == .attendance, let county, let period {
                let logger = Console.logger("zhucun-template", isQuiet: flags.quiet, isVerbose: flags.verbose)
                let context = try RunContext.remembered(flags.flags(), logger: logger)
                files = try maker.attendance(context, county: county, period: period, township: township)
            } else {
                files = [try maker.form(form, options: try flags.options())]
            }
            for path in try maker.write(files, to: folder, replaces: force) { Console.print(path) }
        }
    }
}
