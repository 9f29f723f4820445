import Domain
import Foundation
import Logging
import Reports
import Sheets
import Stages
import Tables
import Testing

/// A county of fictional people in a folder of its own: an inbox, and runs over it.
final class TestCounty {
    let folder: String
    private let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().path
    private var clock = 1_543_600_000

    static let header = ["姓名", "身份证号", "派出单位", "驻村职务", "县(区)", "乡镇", "村", "驻村开始日期", "银行账号"]

    /// `people`: name, ID, township, village; posted since May 2018.
    init(people: [[String]]) throws {
        folder = NSTemporaryDirectory() + "/county-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder + "/inbox", withIntermediateDirectories: true)
        let rows = people.map { person -> [ReportValue] in
            let texts = [person[0], person[1], "审计局", "工作队员", "乐都区", person[2], person[3], "2018-05-01"]
            return (texts + ["6228480000000000000"]).map(ReportValue.text)
        }
        try send("名录/花名册.xlsx", [("花名册", [[.text("驻村干部花名册")], TestCounty.header.map(ReportValue.text)] + rows)])
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    /// Sends a workbook of plain rows, later than everything before.
    func send(_ path: String, _ sheets: [(name: String, rows: [[ReportValue]])], merges: [CellRange] = []) throws {
        let workbook = ReportWorkbook(
            title: "", created: CivilDate(dayNumber: 17_000),
            sheets: sheets.map { sheet in
                var made = ReportSheet(name: sheet.name)
                made.merges = merges
                for (row, values) in sheet.rows.enumerated() {
                    for (column, value) in values.enumerated() where value != .empty {
                        made.put(row, column, value, style(value))
                    }
                }
                return made
            })
        try XLSXWriter.write(workbook, to: folder + "/inbox/" + path)
        try arrive(path)
    }

    func send(_ path: String, text: String) throws {
        try AtomicFile.write(Array(text.utf8), to: folder + "/inbox/" + path)
        try arrive(path)
    }

    /// Sends a workbook as it was read, some of its cells changed.
    func send(_ path: String, _ workbook: Workbook, changes: [String: ReportValue]) throws {
        var left = changes
        let copy = ReportWorkbook(
            title: "", created: CivilDate(dayNumber: 17_000),
            sheets: workbook.sheets.map { sheet in
                var made = ReportSheet(name: sheet.name)
                made.merges = sheet.merges
                made.isHidden = sheet.isHidden
                var cells: [CellAddress: ReportValue] = [:]
                for row in sheet.rows {
                    for cell in row.cells {
                        cells[CellAddress(row: row.index, column: cell.column)] = value(cell.value)
                    }
                }
                for (place, value) in changes where place.hasPrefix(sheet.name + "!") {
                    guard let address = CellAddress(a1: String(place.dropFirst(sheet.name.count + 1))) else { continue }
                    cells[address] = value
                    left[place] = nil
                }
                for (address, value) in cells.sorted(by: { $0.key < $1.key }) {
                    made.put(address.row, address.column, value, style(value))
                }
                return made
            })
        #expect(left.isEmpty, "no such sheets: \(left.keys.sorted())")
        try XLSXWriter.write(copy, to: folder + "/inbox/" + path)
        try arrive(path)
    }

    private func value(_ value: CellValue) -> ReportValue {
        switch value {
        case .empty: .empty
        case .text(let text): .text(text)
        case .number(let number): .double(number)
        case .date(let date): .date(date)
        case .dateTime(let date, let seconds): .dateTime(date, seconds: seconds)
        case .time(let seconds): .double(Double(seconds) / 86_400)
        case .boolean(let flag): .boolean(flag)
        case .error(let text): .text(text)
        }
    }

    private func style(_ value: ReportValue) -> ReportStyle {
        if case .date = value { return ReportStyle(numberFormat: .date) }
        return ReportStyle()
    }

    private func arrive(_ path: String) throws {
        clock += 3_600
        try FileManager.default.setAttributes(
            [.modificationDate: Date(timeIntervalSince1970: Double(clock))], ofItemAtPath: folder + "/inbox/" + path)
    }

    /// A run of all stages.
    func run() throws {
        var flags = RunOptions.Flags()
        flags.pipeline = root + "/pipelines/nightly.yaml"
        flags.inbox = folder + "/inbox"
        flags.ledger = folder + "/ledger/zhucun.sqlite"
        flags.output = folder + "/output"
        flags.asOf = CivilDate(iso: "2018-12-05")
        let context = try RunContext(
            try RunOptions(flags), logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        let progress = ProgressBar("test", isQuiet: true)
        _ = try IngestStage(context).run(progress: progress)
        _ = try NormalizeStage(context).run(progress: progress)
        _ = try ComputeStage(context).run(progress: progress)
        _ = try ReportStage(context).run(progress: progress)
    }

    private var month: String { folder + "/output/2018-11/630202-乐都区" }

    /// Names of the return workbooks.
    var returns: [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: month + "/townships")) ?? [])
            .filter { $0.hasSuffix(".xlsx") }.sorted()
    }

    func returned(_ township: String) throws -> Workbook {
        try WorkbookOpener.open(path: returnPath(township))
    }

    func returnPath(_ township: String) -> String { month + "/townships/\(township)-问题反馈-2018-11.xlsx" }

    /// The digest of a township.
    func notice(_ township: String) throws -> String {
        try String(contentsOfFile: month + "/townships/\(township)-通知-2018-11.txt", encoding: .utf8)
    }

    /// Drop-downs of a sheet of a return workbook, counted from 1, in their order: range and list.
    func validations(_ township: String, sheet: Int) throws -> [(range: String, list: String)] {
        let script = """
            import re, sys, zipfile
            xml = zipfile.ZipFile(sys.argv[1]).read('xl/worksheets/sheet%s.xml' % sys.argv[2]).decode()
            for rule in re.findall('<dataValidation .*?</dataValidation>', xml):
                print(re.search('sqref="(.*?)"', rule)[1] + '\\t' + re.search('<formula1>(.*?)</formula1>', rule)[1])
            """
        return try python(script, returnPath(township), String(sheet)).map { line in
            let parts = line.split(separator: "\t").map(String.init)
            return (parts[0], parts[1].replacingOccurrences(of: "&quot;", with: "\""))
        }
    }

    /// Cells with a border below them, of a sheet of a return workbook, counted from 1.
    func bordered(_ township: String, sheet: Int) throws -> Set<String> {
        let script = """
            import re, sys, zipfile
            book = zipfile.ZipFile(sys.argv[1])
            styles = book.read('xl/styles.xml').decode()
            borders = re.findall('<border>.*?</border>', styles.split('<borders')[1].split('</borders>')[0])
            looks = re.findall('<xf [^>]*borderId="([0-9]+)"', styles.split('<cellXfs')[1].split('</cellXfs>')[0])
            xml = book.read('xl/worksheets/sheet%s.xml' % sys.argv[2]).decode()
            for cell, look in re.findall('<c r="([A-Z]+[0-9]+)" s="([0-9]+)"', xml):
                if '<bottom style' in borders[int(looks[int(look)])]: print(cell)
            """
        return Set(try python(script, returnPath(township), String(sheet)))
    }

    /// Lines that a script prints.
    private func python(_ script: String, _ arguments: String...) throws -> [String] {
        let tool = Process()
        tool.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        tool.arguments = ["python3", "-c", script] + arguments
        let pipe = Pipe()
        tool.standardOutput = pipe
        try tool.run()
        let text = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        tool.waitUntilExit()
        return text.split(separator: "\n").map(String.init)
    }

    /// `code place person` of the month's findings, sorted; the place without the file.
    func findings() throws -> [String] {
        let workbook = try WorkbookOpener.open(path: month + "/findings.csv")
        return workbook.sheets[0].rows.dropFirst().map { row in
            func text(_ column: Int) -> String { row.cell(column)?.value.display ?? "" }
            return "\(text(0)) \(text(5)) \(text(8)) \(text(9))"
        }.sorted()
    }

    /// `sheet cell` of the month's findings of a code, sorted.
    func places(_ code: String) throws -> [String] {
        let workbook = try WorkbookOpener.open(path: month + "/findings.csv")
        return workbook.sheets[0].rows.dropFirst().compactMap { row in
            func text(_ column: Int) -> String { row.cell(column)?.value.display ?? "" }
            return text(0) == code ? "\(text(7)) \(text(8))" : nil
        }.sorted()
    }

    /// `name village days` of the month's payments.
    func payments() throws -> [String] {
        let workbook = try WorkbookOpener.open(path: month + "/finance/payments-2018-11.csv")
        return workbook.sheets[0].rows.dropFirst().map { row in
            func text(_ column: Int) -> String { row.cell(column)?.value.display ?? "" }
            return "\(text(7)) \(text(10)) \(text(13))"
        }.sorted()
    }
}
