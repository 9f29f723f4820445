import Domain
import Tables
import TestSupport

/// Workbooks with something of everything that a writer may be asked for, by a seed.
struct RandomWorkbook {
    private var random: SeededGenerator

    init(seed: UInt64) { random = SeededGenerator(seed) }

    private mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &random) < percent }
    private mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }
    private mutating func one<Value>(of values: [Value]) -> Value { values[number(0...(values.count - 1))] }

    mutating func workbook() -> ReportWorkbook {
        let names = SheetName.unique(
            (0...number(0...3)).map { _ in one(of: ["甲'乙", "发放 & 表", "Sheet1", "补发", "<表>"]) })
        let day = CivilDate(dayNumber: Int32(number(17_000...18_500)))
        return ReportWorkbook(
            title: text(), subject: text(), author: text(), created: day,
            sheets: names.map { sheet($0, others: names) }, isReport: chance(50))
    }

    private mutating func text() -> String {
        one(of: [
            "姓名", "才让卓玛", "=1+1", "＝1", "-5", "_x0041_ _x", "a & b < c > d \"e\"", " 两端 ", "第一行\n第二行", "𠮷野",
            "\u{F90A}", "金", "62284806300000000018", "0.1", "x", "", "\t制表", "e\u{301}", "é",
            String(repeating: "长", count: number(1...60)),
        ])
    }

    private mutating func style() -> ReportStyle {
        ReportStyle(
            font: one(of: [.song, .hei]), size: number(8...16), isBold: chance(30), isItalic: chance(10),
            isUnderlined: chance(10), color: chance(20) ? one(of: [0xC00000, 0x0563C1, 0x7]) : nil,
            fill: chance(30) ? one(of: [0xDCE6F1, 0xF2F2F2, 0xFFB3B3]) : nil,
            border: one(of: [.none, .thin, .bottom]), horizontal: one(of: [.general, .left, .center, .right]),
            indent: chance(20) ? number(1...3) : 0, vertical: one(of: [.top, .center, .bottom]), wraps: chance(40),
            shrinks: chance(20),
            numberFormat: one(of: [
                .general, .text, .amount, .days, .integer, .percent, .date, .time, .dateTime, .digits,
            ]),
            isUnlocked: chance(10))
    }

    private mutating func value(_ sheets: [String]) -> ReportValue {
        switch number(0...11) {
        case 0: .empty
        case 1: .number(ReportDecimal(digits: number(-9_999_999...9_999_999), scale: number(0...6)))
        case 2: .double(one(of: [0, -1.5, 1e-7, 6.3e17, 0.1 + 0.2, .infinity, 1e300, 4_503_599_627_370_497]))
        case 3: .boolean(chance(50))
        case 4: .date(CivilDate(dayNumber: Int32(number(-25_567...60_000))))
        case 5: .dateTime(CivilDate(dayNumber: 17_840), seconds: number(0...86_399))
        case 6: .formula("ROUND(A1,2)&\"<&>\"", stored: .number(ReportDecimal(digits: number(-99...99), scale: 1)))
        case 7: .formula("\"a\"&B1", stored: .text(text()))
        case 8:
            .link(text: text(), sheet: one(of: sheets), cell: CellAddress(row: number(0...40), column: number(0...30)))
        default: .text(text())
        }
    }

    private mutating func sheet(_ name: String, others: [String]) -> ReportSheet {
        var sheet = ReportSheet(name: name)
        let styles = (0...number(1...6)).map { _ in style() }
        let columns = number(1...30)
        for row in 0..<number(0...25) where chance(90) {
            for column in 0..<columns where chance(70) {
                sheet.put(row, column, value(others), one(of: styles))
            }
        }
        if chance(30) { sheet.cells.shuffle(using: &random) }
        for column in 0..<number(0...columns) {
            let width: ReportColumn.Width =
                chance(50) ? .fixed(Double(number(2...500)) / 10) : .fit(min: Double(number(1...9)), max: 40)
            sheet.columns.append(ReportColumn(width, isHidden: column > 0 && chance(10)))
        }
        sheet.defaultRowHeight = chance(50) ? Double(number(12...30)) : nil
        for _ in 0..<number(0...4) { sheet.rowHeights[number(0...30)] = Double(number(10...900)) / 10 }
        if chance(30) { sheet.hiddenRows = [number(0...30)] }
        if chance(50) { sheet.frozenAt = CellAddress(row: number(0...5), column: number(0...5)) }
        addPage(&sheet)
        addFeatures(&sheet, others)
        return sheet
    }

    private mutating func addPage(_ sheet: inout ReportSheet) {
        sheet.page = ReportPage(
            isLandscape: chance(50), fitsWidth: chance(50), header: chance(30) ? "甲 & 乙" : "", numbersPages: chance(80))
        if !sheet.page.numbersPages { sheet.page.paper = .a3 }
        if chance(50) { sheet.page.repeatedRows = 0...number(0...3) }
        if chance(20) { sheet.page.printArea = CellRange(top: 0, left: 0, bottom: number(1...9), right: number(1...9)) }
        if chance(60) { sheet.page.breaks = [5, 12, number(13...30)] }
    }

    private mutating func addFeatures(_ sheet: inout ReportSheet, _ others: [String]) {
        var taken = Set<Int>()
        for _ in 0..<number(0...4) {
            let row = number(0...30)
            guard taken.insert(row).inserted else { continue }
            let left = number(0...9)
            // Of a merged range only the first cell may hold something else than a look.
            sheet.cells.removeAll { $0.row == row && $0.column >= left }
            sheet.putMerged(row, left...(left + number(0...6)), value(others), style())
        }
        for row in 0..<number(0...6) where chance(60) {
            sheet.comments.append(
                ReportComment(
                    cell: CellAddress(row: row, column: number(0...30)), text: "请更正 <\(row)>\n\(text())。",
                    isVisible: chance(20)))
        }
        for row in 0..<number(0...2) {
            let range = CellRange(top: row, left: 0, bottom: row + number(0...3), right: 0)
            sheet.validations.append(
                ReportValidation(
                    range: range, source: chance(50) ? .values(["√", "△", "a & b"]) : .range("$A$1:$A$3"),
                    isStrict: chance(50), inputTitle: chance(50) ? "符号" : "", inputMessage: chance(50) ? "选" : "",
                    errorTitle: "符号", errorMessage: String(repeating: "错", count: number(0...300))))
        }
        sheet.isProtected = chance(20)
        if chance(20) { sheet.filter = CellRange(top: 0, left: 0, bottom: 5, right: 1) }
        sheet.tabColor = chance(30) ? 0xC00000 : nil
        sheet.isHidden = chance(10)
        sheet.showsGridlines = chance(50)
    }
}

/// Texts a little changed, by a seed.
struct RandomBytes {
    private var random: SeededGenerator

    init(seed: UInt64) { random = SeededGenerator(seed) }

    /// One to three bytes put in, taken out or replaced, the first `keeping` left alone.
    mutating func mutated(_ bytes: [UInt8], keeping: Int) -> [UInt8] {
        var result = bytes
        for _ in 0..<Int.random(in: 1...3, using: &random) {
            let place = Int.random(in: keeping..<result.count, using: &random)
            let byte = Array("<>/=\"& abc:1\n甲".utf8).randomElement(using: &random) ?? 0
            switch Int.random(in: 0...2, using: &random) {
            case 0: result.insert(byte, at: place)
            case 1: result.remove(at: place)
            default: result[place] = byte
            }
        }
        return result
    }
}
