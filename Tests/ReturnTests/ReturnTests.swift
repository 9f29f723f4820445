import Domain
import Foundation
import Reports
import Sheets
import Tables
import Testing

private let ids = [
    "630202199001019013", "630202198502029039", "630202199203039055", "630202198804049078", "630202199105059116",
]

/// A grid of five days; `rows`: name, ID, village, then marks, then the total.
private func grid(_ title: String, _ rows: [[ReportValue]], legend: String = "注：√出勤 △请假 ○公差") -> [[ReportValue]] {
    let heads = ["姓名", "身份证号", "村", "1", "2", "3", "4", "5", "出勤天数"].map(ReportValue.text)
    return [[.text(title)], heads] + rows + [[.text(legend)]]
}

private func row(_ texts: String...) -> [ReportValue] { texts.map { $0.isEmpty ? .empty : .text($0) } }

private func people() -> [[String]] {
    [
        ["才让·卓玛", ids[0], "李家乡", "大庄村"], ["马文", ids[1], "李家乡", "新庄村"], ["姜尚文", ids[2], "李家乡", "大庄村"],
        ["唐守田", ids[3], "洪水镇", "洪水村"], ["顾盼", ids[4], "洪水镇", "洪水村"],
    ]
}

@Suite("Return workbooks")
struct ReturnTests {
    @Test("links of the list show all they say, whatever cells and names; a title in one cell keeps its beginning")
    func shownWhole() throws {
        let period = try #require(Period(year: 2018, month: 11))
        for name in ["考勤表", "Sheet1", "青禾县河湾镇2018年11月份驻村干部考勤情况统计表（更正）"] {
            let grid = CellGrid(
                name: name,
                rows: [
                    CellRow(index: 0, cells: [Cell(column: 0, value: .text("青禾县河湾镇2018年11月驻村干部考勤表"))])
                ])
            let sheet = ReturnSheet(
                file: "a.xlsx", sheetAsSent: name, name: name, grid: grid,
                regions: [.init(look: .title, range: CellRange(top: 0, left: 0, bottom: 0, right: 0))])
            let blanks = [1, 2, 5, 12].map { count in
                ReturnWorkbook.Blank(
                    person: "样例甲", file: "a.xlsx", sheet: name,
                    cells: (0..<count).map { CellAddress(row: 4, column: 3 + 2 * $0) }, days: "", isWhole: false)
            }
            let book = ReturnWorkbook(
                county: "青禾县", township: "河湾镇", period: period, sheets: [sheet], findings: [], blanks: blanks
            ).workbook()
            let links = book.sheets[0].cells.filter { $0.column == 3 }.compactMap { cell -> String? in
                if case .link(let text, _, _) = cell.value { text } else { nil }
            }
            #expect(links.count == 4)
            for link in links { #expect(TextWidth.of(link) <= 24, "\(link)") }
            #expect(links[2].contains("等5处"))
            #expect(book.sheets[1].cells.first { $0.row == 0 && $0.column == 0 }?.style.horizontal == .left)
        }
    }

    @Test("Wrong cells are marked, and correcting just them clears exactly those findings")
    func correction() throws {
        let county = try TestCounty(people: people())
        try county.send(
            "考勤/李家乡.xlsx",
            [
                (
                    "11月",
                    grid(
                        "李家乡2018年11月考勤表",
                        [
                            row("才让·卓玛", ids[0], "大庄村", "√", "√", "?", "√", "√", ""),
                            row("马文", ids[1], "新庄村", "√", "√", "√", "√", "√", "4"),
                            row("姜尚文", "630202199203039056", "大庄村", "√", "√", "√", "√", "√", "5"),
                        ])
                )
            ])
        try county.send(
            "考勤/洪水镇.xlsx",
            [
                (
                    "Sheet1",
                    grid(
                        "洪水镇2018年11月考勤表",
                        [
                            row("唐守田", ids[3], "洪水村", "√", "√", "", "√", "√", "4"),
                            row("顾盼", ids[4], "洪水村", "√", "√", "", "√", "√", "4"),
                        ])
                )
            ])
        try county.run()
        let before = try county.findings()
        #expect(
            before == [
                "id-invalid 李家乡 B5 姜尚文", "total-mismatch 李家乡 I4 马文", "unknown-mark 李家乡 F3 才让·卓玛",
            ])
        // Nothing to tell 洪水镇.
        #expect(county.returns == ["李家乡-问题反馈-2018-11.xlsx"])
        let sent = try county.returned("李家乡")
        #expect(sent.sheets.map(\.name) == ["问题清单", "11月"])
        let original = try WorkbookOpener.open(path: county.folder + "/inbox/考勤/李家乡.xlsx").sheets[0]
        // Below it what the unknown mark means is asked.
        #expect(sent.sheets[1].rows.map(\.index) == original.rows.map(\.index) + [7])
        for row in original.rows {
            for cell in row.cells { #expect(sent.sheets[1].cell(row.index, cell.column)?.value == cell.value) }
        }
        // Only the mark: the other findings stay.
        try county.send("回传/随便什么名字.xlsx", sent, changes: ["11月!F3": .text("√")])
        try county.run()
        #expect(
            try county.findings().filter { !$0.hasPrefix("superseded") } == [
                "id-invalid 李家乡 B5 姜尚文", "total-mismatch 李家乡 I4 马文",
            ])
        // The rest, from the return of the return.
        try county.send(
            "回传/第二次.xlsx", try county.returned("李家乡"), changes: ["11月!I4": .double(5), "11月!B5": .text(ids[2])])
        try county.run()
        #expect(try county.findings().filter { !$0.hasPrefix("superseded") } == [])
        #expect(
            try county.payments() == [
                "唐守田 洪水村 4", "姜尚文 大庄村 5", "才让·卓玛 大庄村 5", "顾盼 洪水村 4", "马文 新庄村 5",
            ])
    }

    @Test(
        "A legend that is missing is one problem with cells to fill in; what is written there is read when it comes back"
    )
    func missingLegend() throws {
        let county = try TestCounty(people: people())
        let marks = [
            row("才让·卓玛", ids[0], "大庄村", "√", "△", "在外", "√", "√", ""),
            row("马文", ids[1], "新庄村", "√", "√", "△", "√", "√", ""),
            row("姜尚文", ids[2], "大庄村", "√", "√", "√", "√", "√", "5"),
        ]
        try county.send("考勤/李家乡.xlsx", [("11月", Array(grid("李家乡2018年11月考勤表", marks).dropLast()))])
        try county.run()
        let before = try county.findings().filter { $0.contains("李家乡") }
        #expect(before == ["unknown-mark 李家乡 E3 才让·卓玛", "unknown-mark 李家乡 F3 才让·卓玛", "unknown-mark 李家乡 F4 马文"])
        let back = try county.returned("李家乡")
        let list = back.sheets[0].rows.flatMap { $0.cells.map(\.value.display) }
        #expect(list.contains { $0.hasPrefix("共 1 条：错误 1 条") }, "\(list)")
        #expect(list.contains("E3:F3、F4  11月") && list.contains("△、在外"))
        #expect(list.contains { $0.contains("表下的黄色格 C7:C8") })
        #expect(back.sheets[1].cell(6, 0)?.value == .text("注：“△”表示"))
        #expect(back.sheets[1].cell(7, 0)?.value == .text("注：“在外”表示"))
        // Sent again as it is, it says the same.
        try county.send("回传/一.xlsx", back, changes: [:])
        try county.run()
        #expect(try county.findings().filter { $0.contains("李家乡") && !$0.hasPrefix("superseded") } == before)
        try county.send(
            "回传/二.xlsx", try county.returned("李家乡"), changes: ["11月!C7": .text("事假"), "11月!C8": .text("出勤")])
        try county.run()
        #expect(try county.findings().filter { $0.contains("李家乡") && !$0.hasPrefix("superseded") } == [])
        #expect(
            try county.payments().filter { !$0.contains("洪水村") } == ["姜尚文 大庄村 5", "才让·卓玛 大庄村 4", "马文 新庄村 4"])
    }

    @Test("A sheet with a legend asks for the mark that it lacks; what the legend says stays as it was")
    func lackingMark() throws {
        let county = try TestCounty(people: people())
        try county.send(
            "考勤/李家乡.xlsx",
            [
                (
                    "11月",
                    grid(
                        "李家乡2018年11月考勤表",
                        [row("马文", ids[1], "新庄村", "×", "×", "◇", "√", "√", "")], legend: "注：×出勤 √产假")
                )
            ])
        try county.run()
        let back = try county.returned("李家乡")
        #expect(back.sheets[1].cell(5, 0)?.value == .text("注：“◇”表示"))
        try county.send("回传/一.xlsx", back, changes: ["11月!C6": .text("半天出勤")])
        try county.run()
        #expect(try county.findings().filter { $0.hasPrefix("unknown") } == [])
        #expect(try county.payments().contains("马文 新庄村 2.5"))
    }

    @Test("Of two marks in a cell the one that nobody explains is asked; the answer counts for its half")
    func halfUnknown() throws {
        let county = try TestCounty(people: people())
        try county.send(
            "考勤/李家乡.xlsx",
            [
                (
                    "11月",
                    grid(
                        "李家乡2018年11月考勤表",
                        [row("马文", ids[1], "新庄村", "√/◇", "√", "◇/√", "√", "家中急事", "")], legend: "注：√出勤")
                )
            ])
        try county.run()
        #expect(try county.payments().contains("马文 新庄村 3"))
        let back = try county.returned("李家乡")
        let asked = back.sheets[1].rows.dropFirst(4).map { $0.cells.map(\.value.display) }
        #expect(asked == [["注：“◇”表示"], ["注：“家中急事”表示"]])
        try county.send("回传/一.xlsx", back, changes: ["11月!C6": .text("出勤"), "11月!C7": .text("事假")])
        try county.run()
        #expect(try county.findings().filter { $0.hasPrefix("unknown") } == [])
        #expect(try county.payments().contains("马文 新庄村 4"))
    }

    @Test("Days of a return workbook have drop-downs of the sheet's own marks")
    func dropDowns() throws {
        let county = try TestCounty(people: people())
        let heads = ["姓名", "身份证号", "乡镇", "村", "1", "2", "3", "4", "5"].map(ReportValue.text)
        try county.send(
            "考勤/汇总.xlsx",
            [
                (
                    "11月",
                    [
                        [.text("乐都区2018年11月考勤表")], heads,
                        row("马文", ids[1], "李家乡", "新庄村", "√", "√/△", "?", "", "√"),
                        row("姜尚文", ids[2], "李家乡", "大庄村", "√", "√", "√", "√", "√"),
                        row("唐守田", ids[3], "洪水镇", "洪水村", "√", "√", "√", "√", "√"),
                        row("才让·卓玛", ids[0], "李家乡", "大庄村", "√", "√", "√", "√", "√"),
                        [.text("注：√出勤 △请假 ○公差")],
                    ]
                )
            ])
        try county.run()
        let rules = try county.validations("李家乡", sheet: 2)
        // 唐守田 is another township's.
        try #require(rules.map(\.range) == ["C9", "E3:I4", "E6:I6"])
        #expect(Set(rules.suffix(2).map(\.list)) == ["\"√,△,病,○,培,×,抽,休,√/△\""])
        #expect(rules[0].list.hasPrefix("\"出勤,请假,"))
    }

    @Test("Days that were forgotten are marked where a sheet goes back; days that nobody filled in are not")
    func blanks() throws {
        let county = try TestCounty(people: people())
        func run(_ rows: [[ReportValue]]) throws {
            try county.send("考勤/李家乡.xlsx", [("11月", grid("李家乡2018年11月考勤表", rows))])
            try county.run()
        }
        try run([
            row("才让·卓玛", ids[0], "大庄村", "√", "√", "", "?", "√", ""),
            row("马文", ids[1], "新庄村", "√", "", "", "√", "√", ""),
            row("姜尚文", ids[2], "大庄村", "", "", "", "", "", ""),
        ])
        let told = "淡紫色格是没有填的日子"
        let list = try county.returned("李家乡").sheets[0]
        #expect(list.rows.flatMap(\.cells).contains { $0.value.display.hasPrefix(told) })
        // On the third nobody has a mark: a day of rest.
        try run([
            row("才让·卓玛", ids[0], "大庄村", "√", "√", "", "?", "√", ""),
            row("马文", ids[1], "新庄村", "√", "√", "", "√", "√", ""),
            row("姜尚文", ids[2], "大庄村", "√", "√", "", "√", "√", ""),
        ])
        let mended = try county.returned("李家乡").sheets[0]
        #expect(!mended.rows.flatMap(\.cells).contains { $0.value.display.hasPrefix(told) })
    }

    @Test("A sheet with nothing wrong but forgotten days goes back, says which, and is settled by filling them in")
    func blanksOnly() throws {
        let county = try TestCounty(people: people())
        func marks(_ second: [String]) -> [[ReportValue]] {
            [
                row("才让·卓玛", ids[0], "大庄村", "√", "√", "√", "√", "√", ""),
                second.map { $0.isEmpty ? .empty : .text($0) },
                row("姜尚文", ids[2], "大庄村", "√", "√", "√", "√", "√", ""),
            ]
        }
        try county.send(
            "考勤/李家乡.xlsx",
            [("11月", grid("李家乡2018年11月考勤表", marks(["马文", ids[1], "新庄村", "√", "", "", "√", "√"])))])
        try county.run()
        #expect(try county.findings().filter { $0.contains("李家乡") } == [])
        let back = try county.returned("李家乡")
        let list = back.sheets[0].rows.flatMap { $0.cells.map(\.value.display) }
        #expect(list.contains { $0.hasPrefix("共 1 条：核对 1 条") } && list.contains("E4:F4  11月"), "\(list)")
        #expect(list.contains("2–3日没有填写，按未出勤计。") && list.contains { $0.hasPrefix("淡紫色格") })
        let notice = try county.notice("李家乡")
        #expect(notice.contains("一、以下日子没有填写，按未出勤计。") && notice.contains("    马文：2–3日\r\n"), "\(notice)")
        try county.send("回传/李家乡.xlsx", back, changes: ["11月!E4": .text("√"), "11月!F4": .text("△")])
        try county.run()
        #expect(!county.returns.contains { $0.hasPrefix("李家乡") })
        #expect(try county.payments().contains("马文 新庄村 4"))
    }

    @Test("Serial numbers, days left blank and empty columns have the borders of their table when the sheet goes back")
    func tableLook() throws {
        let county = try TestCounty(people: people())
        let heads = ["序号", "姓名", "身份证号", "村", "1", "2", "3", "4", "5", "备注"].map(ReportValue.text)
        try county.send(
            "考勤/李家乡.xlsx",
            [
                (
                    "11月",
                    [[.text("李家乡2018年11月考勤表")], heads] + [
                        [.double(1)] + row("才让·卓玛", ids[0], "大庄村", "√", "√", "?", "√", "√"),
                        [.double(2)] + row("马文", ids[1], "新庄村", "√", "", "√", "√", "√"),
                    ]
                )
            ])
        try county.run()
        let borders = try county.bordered("李家乡", sheet: 2)
        for cell in ["A2", "J2", "A3", "A4", "F4", "J3", "J4", "E3"] {
            #expect(borders.contains(cell), "\(cell) of \(borders.sorted())")
        }
        #expect(!borders.contains("A1") && !borders.contains("K3"))
    }

    @Test("A day that was forgotten is filled, one that is wrong keeps the colour of its finding")
    func blankFill() throws {
        let grid = CellGrid(name: "11月", rows: [CellRow(index: 2, cells: [Cell(column: 0, value: .text("马文"))])])
        let blank = try #require(CellAddress(a1: "C3"))
        let wrong = try #require(CellAddress(a1: "D3"))
        let sheet = ReturnSheet(
            file: "a.xlsx", sheetAsSent: "11月", name: "11月", grid: grid, blanks: [blank, wrong])
        let finding = Finding(.unknownMark, file: "a.xlsx", sheet: "11月", cell: wrong, arguments: ["?"])
        let period = try #require(Period(year: 2018, month: 11))
        let cells = ReturnWorkbook(
            county: "样例县", township: "甲乡", period: period, sheets: [sheet], findings: [finding]
        ).workbook().sheets[1].cells
        #expect(cells.first { $0.row == 2 && $0.column == 2 }?.style.fill == 0xE4DFEC)
        #expect(cells.first { $0.row == 2 && $0.column == 3 }?.style.fill == 0xFFB3B3)
    }

    @Test("Cells of findings are filled by severity and commented; the list links to them")
    func look() throws {
        let source = CellGrid(
            name: "11月",
            rows: [
                CellRow(index: 0, cells: [Cell(column: 0, value: .text("李家乡2018年11月考勤表"))]),
                CellRow(
                    index: 3,
                    cells: [
                        Cell(column: 1, value: .text("马文")), Cell(column: 2, value: .number(630_202_198_502_029_056)),
                        Cell(column: 3, value: .date(CivilDate(dayNumber: 17_850))),
                    ]),
            ], merges: [CellRange(top: 3, left: 1, bottom: 4, right: 1)], hiddenColumns: [3])
        let file = "考勤/李家乡.xlsx"
        func finding(_ reason: FindingReason, _ cell: String, _ arguments: [String]) -> Finding {
            Finding(
                reason, township: "李家乡", file: file, sheet: "11月", cell: CellAddress(a1: cell), person: "马文",
                arguments: arguments)
        }
        let period = try #require(Period("2018-11"))
        let sheet = ReturnSheet(file: file, sheetAsSent: "11月", name: "11月", grid: source)
        let workbook = ReturnWorkbook(
            county: "乐都区", township: "李家乡", period: period, sheets: [sheet],
            findings: [
                finding(.idUpgraded, "C4", [ids[1]]), finding(.notOnRoster, "B5", ["马文", ids[1]]),
                finding(.bankAccountMissing, "D4", ["马文"]),
                Finding(.missingPerson, township: "李家乡", person: "姜尚文", arguments: ["姜尚文", "2018年11月"]),
            ]
        ).workbook()
        let copy = workbook.sheets[1]
        // A cell inside a merged range is shown where the range begins.
        let name = try #require(copy.cells.first { $0.row == 3 && $0.column == 1 })
        let number = try #require(copy.cells.first { $0.row == 3 && $0.column == 2 })
        let date = try #require(copy.cells.first { $0.row == 3 && $0.column == 3 })
        #expect(Set([name, number, date].map(\.style.fill)).count == 3)
        #expect(!copy.cells.contains { $0.row == 4 && $0.column == 1 && $0.style.fill != nil })
        #expect(number.value == .double(630_202_198_502_029_056))
        #expect(date.value == .date(CivilDate(dayNumber: 17_850)))
        #expect(copy.merges == source.merges)
        #expect(copy.columns[3].isHidden)
        #expect(copy.comments.map(\.cell.a1) == ["B4", "C4", "D4"])
        #expect(copy.comments[0].text.hasPrefix("【错误·暂缓发放】"))
        #expect(copy.comments.allSatisfy { $0.text.contains("怎么改：") })
        let links = workbook.sheets[0].cells.compactMap { cell -> String? in
            if case .link(_, let sheet, let address) = cell.value { "\(sheet)!\(address.a1)" } else { nil }
        }
        #expect(links == ["11月!B4", "11月!D4", "11月!C4", "11月!A1"])
        let list = workbook.sheets[0].cells.compactMap { cell -> String? in
            if case .text(let text) = cell.value { text } else { nil }
        }
        #expect(list.contains("（没有报送）"))
        #expect(!list.contains { $0.contains(ids[1]) })
    }

    @Test("Rows that a newer file replaced, and rows of other townships, are not given back")
    func cleared() throws {
        let county = try TestCounty(people: people())
        let heads = ["姓名", "身份证号", "乡镇", "村", "1", "2", "3", "4", "5"].map(ReportValue.text)
        try county.send(
            "考勤/汇总.xlsx",
            [
                (
                    "汇总",
                    [
                        [.text("乐都区2018年11月考勤表")], heads,
                        row("才让·卓玛", ids[0], "李家乡", "大庄村", "√", "√", "?", "√", "√"),
                        row("姜尚文", ids[2], "李家乡", "大庄村", "√", "√", "√", "√", "√"),
                        row("马文", ids[1], "李家乡", "新庄村", "√", "%", "√", "√", "√"),
                        row("唐守田", ids[3], "洪水镇", "洪水村", "√", "√", "√", "√", "√"),
                        row("顾盼", ids[4], "洪水镇", "洪水村", "√", "$", "√", "√", "√"),
                    ]
                )
            ])
        try county.send(
            "考勤/大庄村更正.xlsx",
            [
                (
                    "汇总",
                    [
                        [.text("李家乡2018年11月考勤表")], heads,
                        row("才让·卓玛", ids[0], "李家乡", "大庄村", "√", "√", "√", "√", "√"),
                        row("姜尚文", ids[2], "李家乡", "大庄村", "√", "", "√", "√", "√"),
                    ]
                )
            ])
        try county.run()
        let payments = try county.payments()
        #expect(county.returns == ["李家乡-问题反馈-2018-11.xlsx", "洪水镇-问题反馈-2018-11.xlsx"])
        let back = try county.returned("李家乡")
        let cells = back.sheets.dropFirst().flatMap { $0.rows.flatMap { $0.cells.map(\.value.display) } }
        #expect(cells.filter { $0 == "马文" }.count == 1)
        #expect(cells.filter { $0 == "才让·卓玛" }.count == 1)
        #expect(!cells.contains(ids[3]) && !cells.contains(ids[4]))
        #expect(try county.returned("洪水镇").sheets.count == 2)
        // Sent again as they are, nobody's pay changes.
        try county.send("回传/李家乡.xlsx", back, changes: [:])
        try county.send("回传/洪水镇.xlsx", try county.returned("洪水镇"), changes: [:])
        try county.run()
        #expect(try county.payments() == payments)
        #expect(
            try county.findings().filter { !$0.hasPrefix("superseded") }.map { $0.split(separator: " ")[0] } == [
                "unknown-mark", "unknown-mark",
            ])
    }

    @Test("Days that a newer sheet of fewer days replaced are not given back: sent again, nobody's pay changes")
    func partlyReplaced() throws {
        let county = try TestCounty(people: people())
        let whole = grid(
            "洪水镇2018年11月考勤表",
            [
                row("唐守田", ids[3], "洪水村", "√", "?", "√", "√", "√", "4"),
                row("顾盼", ids[4], "洪水村", "√", "√", "√", "√", "√", "5"),
            ])
        try county.send("考勤/全月.xlsx", [("全月", whole)])
        let heads = ["姓名", "身份证号", "村", "3", "4", "5"].map(ReportValue.text)
        try county.send(
            "考勤/下半月.xlsx",
            [
                (
                    "下半月",
                    [
                        [.text("洪水镇2018年11月考勤表")], heads, row("唐守田", ids[3], "洪水村", "△", "√", ""),
                        row("顾盼", ids[4], "洪水村", "√", "", ""), [.text("注：√出勤 △请假")],
                    ]
                )
            ])
        try county.run()
        let payments = try county.payments()
        #expect(payments.contains("唐守田 洪水村 2") && payments.contains("顾盼 洪水村 3"), "\(payments)")
        func codes() throws -> [Substring] {
            try county.findings().filter { !$0.hasPrefix("superseded") }.map { $0.split(separator: " ")[0] }
        }
        let before = try codes()
        #expect(before.contains("unknown-mark") && !before.contains("duplicate-row"))
        let back = try county.returned("洪水镇")
        try county.send("回传/洪水镇.xlsx", back, changes: [:])
        try county.run()
        #expect(try county.payments() == payments)
        #expect(try codes() == before)
    }

    @Test("A text file comes back as .xlsx, a month told by the file's name stays told")
    func textFile() throws {
        let county = try TestCounty(people: people())
        let lines = [
            "日期,姓名,身份证号,村,考勤情况", "2018-11-01,唐守田,\(ids[3]),洪水村,出勤", "2018-11-02,唐守田,\(ids[3]),洪水村,怪",
            "2018-11-01,顾盼,\(ids[4]),洪水村,出勤",
        ]
        try county.send("考勤/洪水镇2018年11月考勤.csv", text: lines.joined(separator: "\n") + "\n")
        let heads = ["姓名", "身份证号", "村", "1日", "2日", "3日", "4日", "5日"].map(ReportValue.text)
        try county.send(
            "考勤/李家乡2018年11月.xlsx",
            [("Sheet1", [[.text("李家乡考勤表")], heads, row("马文", ids[1], "新庄村", "√", "怪", "√", "√", "√")])])
        try county.run()
        let before = try county.findings().filter { $0.hasPrefix("unknown-mark") }
        #expect(before.count == 2)
        let text = try county.returned("洪水镇")
        #expect(text.sheets.count == 2)
        #expect(text.sheets[1].cell(1, 2)?.value == .text(ids[3]))
        let sheet = try county.returned("李家乡")
        #expect(sheet.sheets[1].name.contains("2018年11月"))
        try county.send("回传/甲.xlsx", text, changes: ["\(text.sheets[1].name)!E3": .text("出勤")])
        try county.send("回传/乙.xlsx", sheet, changes: ["\(sheet.sheets[1].name)!E3": .text("√")])
        try county.run()
        #expect(try county.findings().filter { $0.hasPrefix("unknown-mark") } == [])
        #expect(try county.payments().contains("马文 新庄村 5"))
        #expect(try county.payments().contains("唐守田 洪水村 2"))
    }

    @Test("A township that sent nothing is told so; its file goes once it has sent everything")
    func missing() throws {
        let county = try TestCounty(people: people())
        let first = grid(
            "李家乡2018年11月考勤表",
            [
                row("才让·卓玛", ids[0], "大庄村", "√", "√", "√", "√", "√", "5"),
                row("马文", ids[1], "新庄村", "√", "√", "√", "√", "√", "5"),
                row("姜尚文", ids[2], "大庄村", "√", "√", "√", "√", "√", "5"),
            ])
        try county.send("考勤/李家乡.xlsx", [("11月", first)])
        try county.run()
        #expect(county.returns == ["洪水镇-问题反馈-2018-11.xlsx"])
        #expect(try county.returned("洪水镇").sheets.map(\.name) == ["问题清单"])
        // Its file came and could not be used: it is told that, too; the one of October says nothing of November.
        try county.send("考勤/洪水镇11月.xls", text: "<html><body>1</body></html>")
        try county.send("考勤/洪水镇10月.xls", text: "<html><body>2</body></html>")
        try county.run()
        let list = try county.returned("洪水镇").sheets[0].rows.flatMap { $0.cells.map(\.value.display) }
        #expect(list.contains("考勤/洪水镇11月.xls"))
        #expect(!list.contains("考勤/洪水镇10月.xls"))
        let second = grid(
            "洪水镇2018年11月考勤表",
            [
                row("唐守田", ids[3], "洪水村", "√", "√", "", "√", "√", "4"),
                row("顾盼", ids[4], "洪水村", "√", "√", "", "√", "√", "4"),
            ])
        try county.send("考勤/洪水镇.xlsx", [("11月", second)])
        try county.run()
        #expect(county.returns == [])
        // Sent once more: that the first one is superseded is nothing to mend.
        try county.send("考勤/洪水镇.xlsx", [("11月份", second)])
        try county.run()
        #expect(try county.findings().contains { $0.hasPrefix("superseded") })
        #expect(county.returns == [])
    }

    @Test("A total that was a formula is one again, and follows the corrected mark")
    func formulaTotal() throws {
        let county = try TestCounty(people: people())
        var marks = row("马文", ids[1], "新庄村", "√", "√/△", "怪", "√", "√")
        marks.append(.formula("COUNTIF(D3:H3,\"√\")+0.5", stored: .number(ReportDecimal(digits: 35, scale: 1))))
        try county.send("考勤/李家乡.xlsx", [("11月", grid("李家乡2018年11月考勤表", [marks]))])
        try county.run()
        let sheet = try county.returned("李家乡").sheets[1]
        let total = try #require(sheet.cell(2, 8))
        #expect(total.isFormula)
        #expect(total.value == .number(3.5))
    }

    @Test("The same inbox gives the same bytes")
    func repeats() throws {
        var bytes: [[UInt8]] = []
        for _ in 0..<2 {
            let county = try TestCounty(people: people())
            try county.send(
                "考勤/李家乡.xlsx",
                [("11月", grid("李家乡2018年11月考勤表", [row("马文", ids[1], "新庄村", "√", "怪", "√", "√", "√", "")]))])
            try county.run()
            bytes.append(try #require(AtomicFile.contents(county.returnPath("李家乡"))))
        }
        #expect(bytes[0] == bytes[1])
    }

    @Test("Merged ranges beyond what the sheet holds, and overlapping ones, do no harm")
    func hostileMerges() throws {
        let grid = CellGrid(
            name: "甲",
            rows: [
                CellRow(index: 0, cells: [Cell(column: 0, value: .text("甲")), Cell(column: 3, value: .text("乙"))]),
                CellRow(index: 2, cells: [Cell(column: 1, value: .text("丙"))]),
            ],
            merges: [
                CellRange(top: 0, left: 0, bottom: 1_048_575, right: 1),
                CellRange(top: 1, left: 1, bottom: 2, right: 2),
                CellRange(top: 2, left: 2, bottom: 900_000, right: 16_383),
                CellRange(top: 500, left: 0, bottom: 600, right: 16_383),
            ])
        let workbook = ReturnWorkbook(
            county: "乐都区", township: "李家乡", period: try #require(Period("2018-11")),
            sheets: [ReturnSheet(file: "甲.xlsx", sheetAsSent: "甲", name: "甲", grid: grid)], findings: []
        ).workbook()
        #expect(
            workbook.sheets[1].merges == [
                CellRange(top: 0, left: 0, bottom: 4, right: 1), CellRange(top: 2, left: 2, bottom: 4, right: 5),
            ])
    }
}
