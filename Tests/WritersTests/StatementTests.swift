import Domain
import Foundation
import Reports
import Sheets
import Tables
import Testing

@Suite("Payment statement")
struct StatementTests {
    @Test("Totals first, a sheet a unit, then adjustments, held rows and what is still to be taken back")
    func sheets() throws {
        let workbook = try #require(SampleStatement.statement()).workbook()
        #expect(
            workbook.sheets.map(\.name) == [
                "汇总", "乐都区教育局", "乐都区水利局", "海东市农牧和科技局", "青海省人民代表大会常务委员会办公厅机关服务中心", "补发扣回",
                "暂缓发放", "待扣回",
            ])
        for sheet in workbook.sheets {
            #expect(sheet.page.isLandscape && sheet.page.numbersPages && sheet.page.repeatedRows == 0...2)
            #expect(sheet.frozenAt?.row == 3)
        }
    }

    @Test("The grand total is the payments' total, in figures and in capitals")
    func total() throws {
        let statement = try #require(SampleStatement.statement())
        let total = statement.lines.reduce(Fen.zero) { $0 + $1.total }
        let sheet = try #require(statement.workbook().sheets.first)
        let texts = sheet.cells.compactMap { if case .text(let text) = $0.value { text } else { nil } }
        #expect(texts.contains("人民币" + ChineseCapitals.text(total)))
        let stored = sheet.cells.compactMap { cell -> ReportDecimal? in
            if case .formula(_, .number(let number)) = cell.value, cell.column == 9 { number } else { nil }
        }
        #expect(stored.last == ReportDecimal(total))
    }

    @Test("Every sheet that uses a sample rate says so, others do not")
    func samples() throws {
        let workbook = try #require(SampleStatement.statement()).workbook()
        let marked = workbook.sheets.filter { sheet in
            sheet.cells.contains { if case .text(let text) = $0.value { text.hasPrefix("样例标准") } else { false } }
        }
        #expect(marked.map(\.name) == Array(workbook.sheets.map(\.name).prefix(5)))
    }

    @Test("A month without payments is a statement all the same")
    func empty() throws {
        let county = try #require(CountyCode("630202"))
        let period = try #require(Period("2018-11"))
        let statement = PaymentStatement(
            county: county, countyName: "乐都区", period: period, batch: "ZC-630202-201811", lines: [])
        try withFolder { folder in
            let outcome = try XLSXWriter.write(statement.workbook(), to: folder + "/s.xlsx")
            #expect(outcome == .written)
        }
    }

    @Test("No cell stands twice in any sheet of the statement")
    func cells() throws {
        for sheet in try #require(SampleStatement.statement()).workbook().sheets {
            let places = sheet.cells.map { CellAddress(row: $0.row, column: $0.column) }
            #expect(Set(places).count == places.count, "\(sheet.name)")
        }
    }

    static let hasOffice = ["/usr/bin/soffice", "/usr/bin/libreoffice"].contains {
        FileManager.default.isExecutableFile(atPath: $0)
    }

    @Test(
        "A spreadsheet program that recalculates every formula gets the stored values",
        .enabled(if: StatementTests.hasOffice, "LibreOffice is not installed"))
    func recalculated() throws {
        let workbook = try #require(SampleStatement.statement(units: 5, people: 60)).workbook()
        try withFolder { folder in
            let shown = try Office.recalculatedTables(of: workbook, in: folder)
            #expect(shown.count == workbook.sheets.count)
            for (sheet, rows) in zip(workbook.sheets, shown) {
                for cell in sheet.cells {
                    guard case .formula(let formula, .number(let stored)) = cell.value else { continue }
                    let text =
                        rows.indices.contains(cell.row) && rows[cell.row].indices.contains(cell.column)
                        ? rows[cell.row][cell.column] : ""
                    let number = Double(text.replacingOccurrences(of: ",", with: "").filter { $0 != " " })
                    #expect(number == stored.double, "\(sheet.name) row \(cell.row + 1): \(formula) shows \(text)")
                }
            }
        }
    }
}

/// LibreOffice as an independent eye.
enum Office {
    /// Every sheet's cells as they are shown after all formulas were calculated anew.
    static func recalculatedTables(of workbook: ReportWorkbook, in folder: String) throws -> [[[String]]] {
        // Wrong stored values, so that a program that trusts them is found out.
        let spoiled = ReportWorkbook(
            title: workbook.title, created: workbook.created,
            sheets: workbook.sheets.map { sheet in
                var sheet = sheet
                sheet.cells = sheet.cells.map { cell in
                    guard case .formula(let formula, .number) = cell.value else { return cell }
                    return ReportCell(
                        row: cell.row, column: cell.column,
                        value: .formula(formula, stored: .number(ReportDecimal(digits: -1))), style: cell.style)
                }
                return sheet
            })
        try XLSXWriter.write(spoiled, to: folder + "/in.xlsx")
        try profile(in: folder + "/profile/user")
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/soffice")
        // -1 at the end: every sheet to a file of its own.
        process.arguments = [
            "-env:UserInstallation=file://\(folder)/profile", "--headless", "--convert-to",
            "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1", "--outdir",
            folder + "/out", folder + "/in.xlsx",
        ]
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        return try workbook.sheets.map { sheet in
            let path = folder + "/out/in-\(sheet.name).csv"
            return table(try String(contentsOfFile: path, encoding: .utf8))
        }
    }

    /// Recalculates on load, always: the default is never for files of other programs.
    private static func profile(in folder: String) throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let text = """
            <?xml version="1.0" encoding="UTF-8"?>
            <oor:items xmlns:oor="http://openoffice.org/2001/registry">
            <item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse">
            <value>0</value></prop></item></oor:items>
            """
        try text.write(toFile: folder + "/registrymodifications.xcu", atomically: true, encoding: .utf8)
    }

    /// A small reader of quoted CSV.
    private static func table(_ text: String) -> [[String]] {
        var rows: [[String]] = [[]]
        var cell = ""
        var isQuoted = false
        for scalar in text.unicodeScalars where scalar != "\r" {
            switch scalar {
            case "\"": isQuoted.toggle()
            case "," where !isQuoted:
                rows[rows.count - 1].append(cell)
                cell = ""
            case "\n" where !isQuoted:
                rows[rows.count - 1].append(cell)
                cell = ""
                rows.append([])
            default: cell.unicodeScalars.append(scalar)
            }
        }
        return rows
    }
}
