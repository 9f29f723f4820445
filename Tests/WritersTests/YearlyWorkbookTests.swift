import Domain
import Foundation
import Rules
import Sheets
import Tables
import Testing

@testable import Reports

@Suite("Yearly workbooks")
struct YearlyWorkbookTests {
    private func keep(_ workbook: ReportWorkbook, _ name: String) throws {
        guard let folder = ProcessInfo.processInfo.environment["ZHUCUN_KEEP_REPORTS"] else { return }
        try XLSXWriter.write(workbook, to: folder + "/" + name)
    }

    private func texts(_ sheet: ReportSheet) -> [String] {
        sheet.cells.compactMap { if case .text(let text) = $0.value { text } else { nil } }
    }

    /// The texts of a matter, between its heading and the next; of a long one those of its own sheet.
    private func texts(_ workbook: ReportWorkbook, _ matter: String) -> [String] {
        for sheet in workbook.sheets.dropFirst() {
            if sheet.name == matter { return texts(sheet) }
            let cells = sheet.cells.sorted { ($0.row, $0.column) < ($1.row, $1.column) }
            let heads = cells.filter {
                if case .text(let text) = $0.value { $0.column == 0 && isHead(text) } else { false }
            }
            for (index, head) in heads.enumerated() {
                guard case .text(let text) = head.value, text.hasPrefix(matter + "　") else { continue }
                let end = index + 1 < heads.count ? heads[index + 1].row : Int.max
                return cells.filter { head.row <= $0.row && $0.row < end }.compactMap {
                    if case .text(let text) = $0.value { text } else { nil }
                }
            }
        }
        return []
    }

    /// `4-1 纪律　…`, `3 联点　…`.
    private func isHead(_ text: String) -> Bool {
        text.first?.isNumber == true && text.contains("　") && text.contains(" ")
    }

    @Test(
        "The ledger has a cover and a sheet for every measure, with each of its matters; a long one has its own sheet"
    )
    func sheets() throws {
        let workbook = try SampleYear.ledger().workbook()
        try keep(workbook, "ledger.xlsx")
        let names = workbook.sheets.map(\.name)
        // 3 联点 is a matter, whose long table has a sheet of its own beside the measure's.
        #expect(names.filter { $0.first?.isNumber == true && !$0.contains("-") && $0 != "3 联点" }.count == 10)
        #expect(names.count >= 11 && SheetName.unique(names) == names)
        for matter in Matter.allCases {
            let heads = workbook.sheets.dropFirst().flatMap(texts).filter {
                $0.hasPrefix("\(matter.measure) ") || $0.hasPrefix("\(matter.measure)-")
            }
            let wanted = Matter.allCases.count { $0.measure == matter.measure }
            #expect(heads.filter(isHead).count == wanted, "\(matter)")
        }
        let cover = try #require(workbook.sheets.first)
        #expect(texts(cover).contains { $0.hasPrefix("第十条") })
    }

    @Test(
        "Every row of a table is as wide as the page, whatever its columns; names and dates stand in one line"
    )
    func grid() throws {
        let workbook = try SampleYear.ledger().workbook()
        for sheet in workbook.sheets.dropFirst() where sheet.columns.count == LedgerSheet.units {
            var ends: [Int: Int] = [:]
            for merge in sheet.merges { ends[merge.top] = max(ends[merge.top] ?? 0, merge.right) }
            for cell in sheet.cells { ends[cell.row] = max(ends[cell.row] ?? 0, cell.column) }
            #expect(Set(ends.values) == [LedgerSheet.units - 1], "\(sheet.name)")
        }
        let long = ReportFrame.Column("说明", .text, min: 10, max: 60)
        let name = ReportFrame.Column("姓名\n身份证号", .centered, min: 20, max: 20)
        for count in 1...6 {
            let columns = [name] + [ReportFrame.Column](repeating: long, count: count)
            let rows = [
                [ReportValue.text("某\n630202********9029")]
                    + [ReportValue](repeating: .text(String(repeating: "字", count: 80)), count: count)
            ]
            let units = LedgerSheet.allocate(columns, rows)
            #expect(units.reduce(0, +) == LedgerSheet.units && units.allSatisfy { $0 > 0 }, "\(count)")
            #expect(Double(units[0]) * (LedgerSheet.unitWidth + ReportLayout.columnAir) >= 20)
        }
    }

    @Test("A form that nobody sent says so on its sheet and on the cover")
    func unreported() throws {
        let workbook = try SampleYear.ledger().workbook()
        for (matter, form) in [("5-2 经费", "工作经费拨付"), ("3 联点", "专家巡回指导"), ("7-1 占比", "提拔任用统计")] {
            #expect(
                texts(workbook, matter).contains { $0.hasPrefix("未报送") && $0.contains(form) }, "\(matter)")
        }
        #expect(texts(workbook.sheets[0]).contains { $0.hasPrefix("未报送：") })
        // Neither tours nor pairings were sent: that no village lacks them, nobody can say.
        #expect(!workbook.sheets.flatMap(texts).contains { $0.contains("专家指导未安排") || $0.contains("结对帮扶未安排") })
    }

    @Test("A matter of which nothing was sent never says that there is no problem")
    func silent() throws {
        let workbook = try SampleYear.ledger(received: []).workbook()
        for name in [
            "2-2 主办", "4-3 抽查", "4-4 未查村", "5-3 保险", "5-4 医疗", "5-5 保额", "6-1 考核", "6-2 未考核", "6-3 召回",
            "7-1 占比",
            "7-2 人选",
            "9-1 五必访", "9-2 会议", "9-3 例会", "9-4 谈话", "10-1 表彰", "10-2 先进单位", "10-3 评优",
        ] {
            let found = texts(workbook, name)
            #expect(found.contains("情况：未报送"), "\(name)")
            let soothing = ["没有差额", "未结", "都有", "都抽查过", "没有需要列出", "情况：年内没有", "没有发现"]
            #expect(!found.contains { text in soothing.contains { text.contains($0) } }, "\(name)")
        }
    }

    @Test("On the sheet of a long table with many columns what a row rests on stands under it, and no row is a tower")
    func longTable() throws {
        let workbook = try SampleYear.ledger(policies: 4).workbook()
        let sheet = try #require(workbook.sheets.first { $0.name == "5-5 保额" })
        let layout = ReportLayout(of: sheet)
        let tallest = layout.rowHeights.filter { $0.key > 2 }.map(\.value).max() ?? 0
        #expect(tallest <= 45, "\(tallest) points")
        let under = texts(sheet).filter { $0.hasPrefix("证据：") }
        #expect(under.count > 25 && under.allSatisfy { $0.contains("驻村干部保险登记表.xlsx") || $0.contains("保险台账.xlsx") })
    }

    @Test("Facts on the right of a title have room for their words, however narrow the last columns are")
    func facts() throws {
        let cover = try #require(try SampleYear.ledger().workbook().sheets.first)
        let widths = ReportLayout(of: cover).columnWidths
        let merge = try #require(cover.merges.last { $0.top == 1 })
        let text = try #require(
            cover.cells.lazy.compactMap { cell -> String? in
                guard cell.row == 1, cell.column == merge.left, case .text(let text) = cell.value else { return nil }
                return text
            }.first)
        #expect(text.hasPrefix("在岗驻村干部"))
        #expect(widths[merge.left...merge.right].reduce(0, +) >= Double(TextWidth.of(text)))
    }

    @Test("A month that a later closing passed over says which month pays what it owes; it waits for no closing")
    func passedOver() throws {
        var ledger = try SampleYear.ledger()
        func month(_ text: String, passedTo: String? = nil) throws -> MonthPaid {
            var month = MonthPaid(
                period: try #require(Period(text)), batch: nil, people: 0, days: .zero, total: .zero, heldRows: 0)
            month.passedTo = passedTo.flatMap { Period($0) }
            return month
        }
        ledger.payments += [try month("2019-02", passedTo: "2019-04"), try month("2019-05")]
        let found = texts(ledger.workbook(), "5-1 补助")
        #expect(found.contains("（列入 2019-04）") && found.contains("（未关账）"))
        #expect(found.count { $0 == "核对后关账" } == 1)
    }

    @Test(
        "The cover says per measure what is open, what was open a month ago, who acts by when, and what is missing"
    )
    func cover() throws {
        let ledger = try SampleYear.ledger()
        let cover = try #require(ledger.workbook().sheets.first)
        func row(_ title: String) throws -> [Int: ReportValue] {
            let link = try #require(
                cover.cells.first {
                    if case .link(let text, _, _) = $0.value { text == title } else { false }
                })
            return Dictionary(
                cover.cells.filter { $0.row == link.row }.map { ($0.column, $0.value) },
                uniquingKeysWith: { first, _ in first })
        }
        let visits = try row("联点、专家、结对")
        #expect(visits[2] == .text("2019-06-30"))
        let checks = try row("与驻村干部谈心谈话")
        // Of eight cadres one was talked with in the first quarter; the second runs.
        #expect(checks[4] == .count(7) && checks[5] == .count(7))
        #expect(checks[2] == .text("2019-06-30") && checks[3] == .text("已报送"))
        #expect(texts(cover).contains { $0.contains("谈心谈话") && $0.contains("责任单位：乡镇党委、派出单位") })
        let care = try row("关心关爱五必访")
        #expect(care[4] == .count(1) && care[5] == .count(0) && care[2] == .text("2019-06-08"))
        var january = ledger
        january.before = nil
        let first = try #require(january.workbook().sheets.first)
        #expect(!texts(first).contains { $0.contains("推算") })
    }

    @Test("No full ID number stands in the ledger, and rows name their cell")
    func masked() throws {
        let workbook = try SampleYear.ledger().workbook()
        let all = workbook.sheets.flatMap(texts)
        #expect(!all.contains { $0.contains(SampleStatement.id(1).text) })
        #expect(all.contains { $0.contains("Sheet1!B") })
    }

    @Test(
        "The province's sheet has bars, a chart and the counties that are missing; no county is lost")
    func province() throws {
        let rows = try SampleYear.coverage()
        let asOf = try SampleYear.day("2019-06-30")
        let workbook = try SampleYear.province(asOf: asOf, rows: rows).workbook()
        try keep(workbook, "province.xlsx")
        #expect(workbook.sheets.map(\.name) == ["总览", "县区明细", "主办部门", "提拔占比", "派出单位", "口径说明"])
        #expect(texts(workbook.sheets[2]).contains("组织部门"))
        let shares = workbook.sheets[3]
        #expect(texts(shares).contains("专业技术职称") && texts(shares).contains("未报"))
        #expect(texts(workbook.sheets[4]).contains("海东市农牧局"))
        let overview = workbook.sheets[0]
        #expect(
            overview.dataBars.count == 1 && overview.charts.count == 1
                && overview.charts[0].series.count == 2)
        #expect(texts(overview).contains { $0.contains("甲2县") })
        let names = Set(texts(workbook.sheets[1]))
        #expect(rows.allSatisfy { names.contains($0.code) })
        let table = TrainingCoverageReport.table(rows)
        #expect(table.rows.first?[0...3] == ["2019", "省", "630000", "青海省"])
        let missing = try #require(table.rows.first { $0[17] == "未报" })
        #expect(missing[4...16].joined() == "")
    }

    @Test("A province of which nothing is known still has its workbook")
    func nothing() throws {
        let asOf = try SampleYear.day("2019-06-30")
        let workbook = ProvinceSummary(year: 2019, asOf: asOf, rows: []).workbook()
        try withFolder { folder in
            let outcome = try XLSXWriter.write(workbook, to: folder + "/p.xlsx")
            #expect(outcome == .written)
        }
    }

    @Test("Bytes of the yearly workbooks repeat")
    func repeats() throws {
        let rows = try SampleYear.coverage()
        let asOf = try SampleYear.day("2019-06-30")
        let ledger = try SampleYear.ledger()
        try withFolder { folder in
            for workbook in [
                try SampleYear.province(asOf: asOf, rows: rows).workbook(), ledger.workbook(),
            ] {
                let first = try XLSXWriter.bytes(of: workbook)
                let second = try XLSXWriter.bytes(of: workbook)
                #expect(first == second)
            }
        }
    }

    @Test(
        "The province's formulas give the stored values when recalculated",
        .enabled(if: StatementTests.hasOffice, "LibreOffice is not installed"))
    func recalculated() throws {
        let asOf = try SampleYear.day("2019-06-30")
        let workbook = try SampleYear.province(asOf: asOf, rows: try SampleYear.coverage()).workbook()
        try withFolder { folder in
            let shown = try Office.recalculatedTables(of: workbook, in: folder)
            for (sheet, rows) in zip(workbook.sheets, shown) {
                for cell in sheet.cells {
                    guard case .formula(let formula, .number(let stored)) = cell.value else { continue }
                    let text = rows[cell.row][cell.column].trimmingCharacters(in: .whitespaces)
                    let number = text.hasSuffix("%") ? Double(text.dropLast()).map { $0 / 100 } : Double(text)
                    let difference = abs((number ?? .infinity) - stored.double)
                    #expect(difference < 1e-9, "\(sheet.name) \(formula): \(text)")
                }
            }
        }
    }
}
