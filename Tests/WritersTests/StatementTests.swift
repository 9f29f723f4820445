import Domain
import Foundation
import Reports
import Rules
import Sheets
import Tables
import Testing

@Suite("Payment statement")
struct StatementTests {
    @Test("Totals first, everyone in blocks by unit, then adjustments, held rows and what is still to be taken back")
    func sheets() throws {
        let workbook = try #require(SampleStatement.statement()).workbook()
        #expect(workbook.sheets.map(\.name) == ["汇总", "发放明细", "补发扣回", "暂缓发放", "待扣回"])
        for sheet in workbook.sheets {
            #expect(sheet.page.isLandscape && sheet.page.numbersPages && sheet.page.repeatedRows == 0...2)
            #expect(sheet.frozenAt?.row == 3)
        }
    }

    @Test("The clause is that of the policy in force, on every sheet that names one")
    func clause() throws {
        var statement = try #require(SampleStatement.statement())
        statement.clause = LegalSource("甘某字〔2023〕9号 第3条")
        let told = statement.workbook().sheets.flatMap(\.cells).compactMap { cell -> String? in
            if case .text(let text) = cell.value, text.contains("依据：") { return text }
            return nil
        }
        #expect(told.count >= 2 && told.allSatisfy { $0.contains("依据：甘某字〔2023〕9号 第3条，") }, "\(told)")
    }

    private func text(_ sheet: ReportSheet, _ row: Int, _ column: Int = 0) -> String {
        for cell in sheet.cells where cell.row == row && cell.column == column {
            switch cell.value {
            case .text(let text), .link(let text, _, _): return text
            default: return ""
            }
        }
        return ""
    }

    private func rows(_ sheet: ReportSheet) -> Range<Int> { 0..<(1 + (sheet.cells.map(\.row).max() ?? 0)) }

    @Test("Every unit begins a page; a block of several pages says its unit on each; totals lead to the blocks")
    func blocks() throws {
        let workbook = try #require(SampleStatement.statement(units: 5, people: 130)).workbook()
        let sheet = workbook.sheets[1]
        let pages = zip([3] + sheet.page.breaks, sheet.page.breaks + [rows(sheet).upperBound]).map { $0..<$1 }
        let heads = pages.map { text(sheet, $0.lowerBound) }
        #expect(heads.allSatisfy { $0.hasPrefix("派出单位：") }, "\(heads)")
        let units = heads.filter { !$0.hasSuffix("（续）") }
        #expect(units.count == 5 && heads.count > 5)
        #expect(units.first == "派出单位：乐都区教育局（D100）")
        for (unit, page) in zip(heads, pages) {
            // A page is one unit's: nobody of another stands on it.
            let bands = page.filter { text(sheet, $0).hasPrefix("派出单位：") }
            #expect(bands == [page.lowerBound], "\(unit)")
        }
        let ends = zip(heads, heads.dropFirst() + [""]).enumerated().filter { !$0.element.1.hasSuffix("（续）") }
        for (index, _) in ends {
            let texts = pages[index].map { text(sheet, $0) }
            for wanted in ["小计", "合计金额（大写）", "编制单位（盖章）", "制表人"] {
                #expect(texts.contains { $0.hasPrefix(wanted) }, "\(heads[index]): \(wanted)")
            }
            #expect(texts.contains { Int($0) != nil || $0.hasPrefix("小计") })
        }
        let targets = workbook.sheets[0].cells.compactMap { cell -> String? in
            guard case .formula(let formula, .text(let name)) = cell.value else { return nil }
            let row = rows(sheet).first {
                formula == "HYPERLINK(\"#\(SheetName.quoted(sheet.name))!A\($0 + 1)\",\"\(name)\")"
            }
            return row.map { text(sheet, $0) }
        }
        #expect(targets == units)
    }

    @Test("Adjustments of a unit that run over pages say the unit on each, and are added up over them")
    func adjustmentPages() throws {
        var statement = try #require(SampleStatement.statement(units: 2, people: 130))
        let earlier = try #require(Period("2018-09"))
        statement.lines += statement.lines.filter { !$0.isAdjustment }.map { line in
            var line = line
            line.originPeriod = earlier
            line.note = "2018-09 更正"
            return line
        }
        statement.lines.sort(by: PaymentLine.inStatementOrder)
        let sheet = try #require(statement.workbook().sheets.first { $0.name == "补发扣回" })
        let pages = zip([3] + sheet.page.breaks, sheet.page.breaks + [rows(sheet).upperBound]).map { $0..<$1 }
        let heads = pages.map { text(sheet, $0.lowerBound) }
        #expect(heads.count > 4 && heads.allSatisfy { $0.hasPrefix("派出单位：") }, "\(heads)")
        #expect(heads.first == "派出单位：乐都区教育局（D100）" && heads.contains("派出单位：乐都区教育局（D100）（续）"))
        let bands = rows(sheet).map { text(sheet, $0) }.filter { $0.hasPrefix("派出单位：") && !$0.hasSuffix("（续）") }
        #expect(bands.count == 2, "each unit begins once: \(bands)")
        let foot = try #require(pages.last).map { text(sheet, $0) }
        #expect(foot.contains { $0.hasPrefix("合计（") } && foot.contains { $0.hasPrefix("制表人") }, "\(foot)")
        if Self.hasOffice { try withFolder { folder in try expectRecalculates(statement.workbook(), folder) } }
    }

    @Test("Every unit has its own sum in figures and in capitals, adjustments and all")
    func capitals() throws {
        let statement = try #require(SampleStatement.statement(units: 5, people: 130))
        let sheet = statement.workbook().sheets[1]
        let shown = rows(sheet).filter { text(sheet, $0) == "合计金额（大写）" }.map { text(sheet, $0, 3) }
        let units = Set(statement.lines.map(\.sendingUnit)).sorted()
        let wanted = units.map { unit in
            let total = statement.lines.filter { $0.sendingUnit == unit }.reduce(Fen.zero) { $0 + $1.total }
            return "人民币" + ChineseCapitals.text(total)
        }
        #expect(shown == wanted)
    }

    @Test("What has nothing in it for a whole sheet has no column there")
    func columns() throws {
        let full = try #require(SampleStatement.statement())
        var bare = full
        bare.lines = full.lines.filter { !$0.isAdjustment }.map { line in
            var line = line
            line.hardshipAllowance = nil
            line.townshipSubsidy = nil
            line.bank = ""
            line.unitCode = nil
            return line
        }
        bare.held = full.held.map { line in
            var line = line
            line.sendingUnit = ""
            return line
        }
        func headings(_ statement: PaymentStatement) -> [[String]] {
            statement.workbook().sheets.map { sheet in
                (0..<sheet.columns.count).map { text(sheet, 2, $0).replacingOccurrences(of: "\n", with: "") }
            }
        }
        #expect(
            headings(full)[1]
                == [
                    "序号", "姓名", "身份证号", "乡镇", "村", "开户行", "银行账号", "出勤天数", "日标准", "生活补助", "艰苦边远地区津贴",
                    "青海津贴", "乡镇工作补贴", "合计",
                ])
        let shown = headings(bare)
        #expect(shown[0] == ["序号", "派出单位", "人数", "出勤天数", "生活补助", "青海津贴", "合计"])
        #expect(
            shown[1] == ["序号", "姓名", "身份证号", "乡镇", "村", "银行账号", "出勤天数", "日标准", "生活补助", "青海津贴", "合计"])
        #expect(shown[2] == ["序号", "姓名", "身份证号", "乡镇", "村", "原因", "待核金额"])
    }

    /// A statement in which somebody is paid again what a bank returned, beside corrections; whose unit has both.
    private func withReissue() throws -> PaymentStatement {
        var statement = try #require(SampleStatement.statement(units: 3, people: 40))
        let model = try #require(statement.lines.first { $0.isAdjustment })
        for (index, yuan) in [4_512, 960].enumerated() {
            var again = model
            again.person = SampleStatement.id(190 + index)
            again.halfDays = .zero
            again.dailyRate = .zero
            again.livingStipend = Fen.yuan(yuan) + Fen(22)
            (again.hardshipAllowance, again.qinghaiAllowance, again.townshipSubsidy) = (nil, nil, nil)
            again.reissue = .init(batch: "ZC-630202-201810", account: "6228480630000000010")
            again.note = "重发 ZC-630202-201810，账号不存在"
            if index == 1 { again.sendingUnit = try #require(statement.lines.last { !$0.isAdjustment }).sendingUnit }
            statement.lines.append(again)
        }
        statement.lines.sort(by: PaymentLine.inStatementOrder)
        return statement
    }

    /// Stored figures of a row by heading.
    private func figures(_ sheet: ReportSheet, _ row: Int) -> [String: Double] {
        var figures: [String: Double] = [:]
        for cell in sheet.cells where cell.row == row {
            let heading = text(sheet, 2, cell.column).filter { $0 != "\n" }
            switch cell.value {
            case .number(let number), .formula(_, .number(let number)): figures[heading] = number.double
            default: continue
            }
        }
        return figures
    }

    @Test(
        "What a bank returned stands in a column of its own: every row adds up to its total, of units and people alike")
    func reissued() throws {
        let statement = try withReissue()
        let workbook = statement.workbook()
        #expect(workbook.sheets.map(\.name) == ["汇总", "发放明细", "补发扣回", "重发", "暂缓发放", "待扣回"])
        let parts = ["生活补助", "艰苦边远地区津贴", "青海津贴", "乡镇工作补贴", "重发（银行退回）"]
        var checked = 0
        for sheet in workbook.sheets.prefix(3) {
            for row in rows(sheet).dropFirst(3) {
                let figures = figures(sheet, row)
                // An amount alone: what comes again, and what a unit is paid with it.
                guard let total = figures["合计"], figures.count > 1 else { continue }
                let sum = parts.reduce(0) { $0 + (figures[$1] ?? 0) }
                #expect(abs(sum - total) < 0.001, "\(sheet.name) row \(row + 1): \(figures)")
                checked += 1
            }
        }
        #expect(checked > 40)
        try withFolder { folder in try expectRecalculates(workbook, folder) }
    }

    @Test("What a bank returned is no correction: 补发（扣回） counts it neither in the totals nor in a unit's block")
    func apart() throws {
        let statement = try withReissue()
        let workbook = statement.workbook()
        let corrections = statement.lines.filter { $0.isAdjustment && $0.reissue == nil }
        let sum = Double(corrections.reduce(Fen.zero) { $0 + $1.total }.amount) / 100
        let totals = try #require(rows(workbook.sheets[0]).last { text(workbook.sheets[0], $0) == "合计" })
        #expect(figures(workbook.sheets[0], totals)["其中：补发（扣回）"] == sum)
        #expect(figures(workbook.sheets[0], totals)["重发（银行退回）"] == 5_472.44)
        let blocks = workbook.sheets[1]
        let labels = rows(blocks).map { text(blocks, $0) }
        #expect(labels.count { $0.hasPrefix("补发（扣回）") } == Set(corrections.map(\.sendingUnit)).count)
        let again = rows(blocks).filter { text(blocks, $0).hasPrefix("重发（银行退回") }
        #expect(
            again.map { figures(blocks, $0) }.sorted { $0["合计"] ?? 0 < $1["合计"] ?? 0 }
                == [["合计": 960.22], ["合计": 4_512.22]])
        for row in again {
            // The line above adds up what has parts; the line below is that and this.
            let sum = try #require(figures(blocks, row - 1)["合计"]) + (figures(blocks, row)["合计"] ?? 0)
            #expect(abs(sum - (figures(blocks, row + 1)["合计"] ?? 0)) < 0.001)
            #expect(text(blocks, row + 1).hasPrefix("本单位合计（"))
        }
        #expect(!rows(workbook.sheets[2]).contains { text(workbook.sheets[2], $0).contains("重发") })
        let sheet = workbook.sheets[3]
        #expect(rows(sheet).contains { text(sheet, $0).hasPrefix("银行退回后重发 2 笔") })
        let heads = (0..<sheet.columns.count).map { text(sheet, 2, $0).filter { $0 != "\n" } }
        #expect(heads.contains("合计") && !heads.contains("生活补助") && !heads.contains("出勤天数"), "\(heads)")
        let total = statement.lines.reduce(Fen.zero) { $0 + $1.total }
        #expect(figures(workbook.sheets[0], totals)["合计"] == Double(total.amount) / 100)
    }

    @Test("Each unit gets a workbook of its own people alone")
    func units() throws {
        let statement = try #require(SampleStatement.statement(units: 5, people: 60))
        let made = statement.unitWorkbooks()
        #expect(made.map(\.unit) == Set(statement.lines.map(\.sendingUnit)).sorted())
        for (unit, workbook) in made {
            let cells = workbook.sheets.flatMap(\.cells)
            let texts = Set(cells.compactMap { if case .text(let text) = $0.value { text } else { nil } })
            let people = statement.lines.filter { $0.sendingUnit == unit }.map(\.person.text)
            let others = statement.lines.filter { $0.sendingUnit != unit }.map(\.person.text)
            #expect(Set(people).isSubset(of: texts) && texts.isDisjoint(with: others), "\(unit)")
            let total = statement.lines.filter { $0.sendingUnit == unit }.reduce(Fen.zero) { $0 + $1.total }
            #expect(texts.contains("人民币" + ChineseCapitals.text(total)), "\(unit)")
        }
        // Whose unit nobody knows gets none; held rows go to the unit that waits for them.
        let first = try #require(made.first { $0.unit == "乐都区教育局" }).workbook
        #expect(first.sheets.map(\.name) == ["发放明细", "暂缓发放"])
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
        #expect(marked.map(\.name) == ["汇总", "发放明细"])
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
        try withFolder { folder in
            let statement = try #require(SampleStatement.statement(units: 5, people: 60))
            try expectRecalculates(statement.workbook(), folder)
        }
    }

    private func expectRecalculates(_ workbook: ReportWorkbook, _ folder: String) throws {
        let shown = try Office.recalculatedTables(of: workbook, in: folder)
        #expect(shown.count == workbook.sheets.count)
        for (sheet, rows) in zip(workbook.sheets, shown) {
            for cell in sheet.cells {
                guard case .formula(let formula, let stored) = cell.value else { continue }
                let text =
                    rows.indices.contains(cell.row) && rows[cell.row].indices.contains(cell.column)
                    ? rows[cell.row][cell.column] : ""
                let isSame =
                    switch stored {
                    case .number(let stored):
                        Double(text.replacingOccurrences(of: ",", with: "").filter { $0 != " " }) == stored.double
                    case .text(let stored): text == stored
                    }
                #expect(isSame, "\(sheet.name) row \(cell.row + 1): \(formula) shows \(text)")
            }
        }
    }

    static let canMeasure = hasOffice && FileManager.default.isExecutableFile(atPath: "/usr/bin/pdftotext")

    @Test(
        "On paper every text has nine points, eight where all three allowances stand; a page is one unit's",
        .enabled(if: StatementTests.canMeasure, "LibreOffice or pdftotext is not installed"))
    func paper() throws {
        var full = try #require(SampleStatement.statement(units: 5, people: 130))
        full.lines = full.lines.map { line in
            var line = line
            // The widest sheet: adjustments of all allowances too.
            if line.isAdjustment {
                line.hardshipAllowance = Fen(-34_500)
                line.qinghaiAllowance = Fen(-45_111)
                line.townshipSubsidy = Fen(-20_000)
            }
            return line
        }
        let again = try #require(full.lines.firstIndex { $0.isAdjustment })
        full.lines[again].reissue = .init(batch: "ZC-630202-201810", account: "6228480630000000010")
        full.lines[again].livingStipend = Fen.yuan(12_512)
        var plain = full
        plain.lines = full.lines.map { line in
            var line = line
            line.hardshipAllowance = nil
            line.townshipSubsidy = nil
            return line
        }
        var ruler = ReportSheet(name: "尺")
        ruler.put(0, 0, .text("6302021990"), ReportStyle(size: 10))
        let day = full.period.lastDay
        let unit = try #require(full.unitWorkbooks().first)
        try withFolder { folder in
            let pages = try Office.pages(
                of: [
                    ReportWorkbook(title: "尺", created: day, sheets: [ruler]), full.workbook(), plain.workbook(),
                    unit.workbook,
                ], in: folder)
            let ten = try #require(pages[0].first?.words.first?.height)
            for (index, least) in [(1, 8.0), (2, 9.0), (3, 8.0)] {
                for (number, page) in pages[index].enumerated() {
                    let smallest = (page.words.map(\.height).min() ?? 0) / ten * 10
                    #expect(smallest > least - 0.05, "workbook \(index), page \(number + 1): \(smallest)")
                    #expect(page.words.contains { $0.text.contains("生活补助发放表") })
                    #expect(!page.words.contains { $0.text.contains("##") }, "a figure is wider than its column")
                    let units = page.words.filter { $0.text.hasPrefix("派出单位：") }
                    #expect(units.count <= 1, "workbook \(index), page \(number + 1)")
                }
            }
            // Pages end where they were meant to: none begins without its unit.
            let blocks = pages[3].filter { page in !page.words.contains { $0.text.contains("暂缓发放") } }
            #expect(blocks.count == unit.workbook.sheets[0].page.breaks.count + 1)
            #expect(blocks.allSatisfy { page in page.words.contains { $0.text.hasPrefix("派出单位：") } })
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
        // -1 at the end: every sheet to a file of its own.
        try run(
            "/usr/bin/soffice",
            [
                "-env:UserInstallation=file://\(folder)/profile", "--headless", "--convert-to",
                "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1", "--outdir",
                folder + "/out", folder + "/in.xlsx",
            ])
        return try workbook.sheets.map { sheet in
            let path = folder + "/out/in-\(sheet.name).csv"
            return table(try String(contentsOfFile: path, encoding: .utf8))
        }
    }

    /// A word on paper. Unit: points.
    struct Word {
        let text: String
        let height: Double
    }

    struct Page {
        let words: [Word]
    }

    /// The pages of each workbook as they would be printed.
    static func pages(of workbooks: [ReportWorkbook], in folder: String) throws -> [[Page]] {
        let names = workbooks.indices.map { "\(folder)/\($0)" }
        for (workbook, name) in zip(workbooks, names) { try XLSXWriter.write(workbook, to: name + ".xlsx") }
        try run(
            "/usr/bin/soffice",
            ["-env:UserInstallation=file://\(folder)/profile", "--headless", "--convert-to", "pdf", "--outdir", folder]
                + names.map { $0 + ".xlsx" })
        let word = /yMin="([0-9.]+)" xMax="[0-9.]+" yMax="([0-9.]+)">([^<]*)</
        return try names.map { name in
            try run("/usr/bin/pdftotext", ["-bbox", name + ".pdf", name + ".html"])
            let text = try String(contentsOfFile: name + ".html", encoding: .utf8)
            return text.components(separatedBy: "<page ").dropFirst().map { page in
                Page(
                    words: page.matches(of: word).compactMap { match in
                        guard let top = Double(match.1), let bottom = Double(match.2) else { return nil }
                        return Word(text: String(match.3), height: bottom - top)
                    })
            }
        }
    }

    private static func run(_ program: String, _ arguments: [String]) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
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
