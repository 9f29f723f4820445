import Domain
import Tables

/// The styles of every report workbook: one look for all.
enum ReportLook {
    static let title = ReportStyle(font: .hei, size: 16, isBold: true, horizontal: .center)
    static let subline = ReportStyle(horizontal: .left)
    static let sublineRight = ReportStyle(horizontal: .right)
    static let heading = ReportStyle(
        font: .hei, isBold: true, fill: 0xDCE6F1, border: .thin, horizontal: .center, wraps: true)
    static let text = ReportStyle(border: .thin, horizontal: .left, wraps: true)
    static let centered = ReportStyle(border: .thin, horizontal: .center, wraps: true)
    static let number = ReportStyle(border: .thin, horizontal: .center, numberFormat: .text)
    static let amount = ReportStyle(border: .thin, horizontal: .right, numberFormat: .amount)
    static let days = ReportStyle(border: .thin, horizontal: .right, numberFormat: .days)
    static let count = ReportStyle(border: .thin, horizontal: .right, numberFormat: .integer)
    static let percent = ReportStyle(border: .thin, horizontal: .right, numberFormat: .percent)
    static let date = ReportStyle(border: .thin, horizontal: .center, numberFormat: .date)
    static let note = ReportStyle(size: 9, horizontal: .left, vertical: .top, wraps: true)
    static let warning = ReportStyle(size: 9, isBold: true, color: 0xC00000, horizontal: .left, wraps: true)
    static let signature = ReportStyle(size: 11, horizontal: .left)
    static let capitals = ReportStyle(font: .hei, size: 12, isBold: true, border: .thin, horizontal: .left)
    static let band = ReportStyle(font: .hei, isBold: true, fill: 0xEAF1F8, border: .thin, horizontal: .left)
    static let bandCount = band.with {
        $0.horizontal = .right
        $0.numberFormat = .integer
    }
    static let link = ReportStyle(isUnderlined: true, color: 0x0563C1, border: .thin, horizontal: .left, wraps: true)

    /// A total: bold on grey.
    static func total(_ style: ReportStyle) -> ReportStyle {
        style.with {
            $0.font = .hei
            $0.isBold = true
            $0.fill = 0xF2F2F2
        }
    }
}

/// A titled table on a sheet of its own: title, a line of facts, headings that repeat on every page, rows, notes.
struct ReportFrame {
    /// What a column holds decides its look.
    enum Kind {
        case text, centered, number, amount, days, count, percent, date

        var style: ReportStyle {
            switch self {
            case .text: ReportLook.text
            case .centered: ReportLook.centered
            case .number: ReportLook.number
            case .amount: ReportLook.amount
            case .days: ReportLook.days
            case .count: ReportLook.count
            case .percent: ReportLook.percent
            case .date: ReportLook.date
            }
        }
    }

    struct Column {
        let heading: String
        let kind: Kind
        let width: ReportColumn.Width

        /// The least width it can have.
        let least: Double
        /// The greatest it takes; longer text wraps.
        let most: Double

        init(_ heading: String, _ kind: Kind, min: Double, max: Double) {
            self.heading = heading
            self.kind = kind
            least = min
            most = max
            width = .fit(min: min, max: max)
        }
    }

    /// The row of the headings.
    static let headingRow = 2
    /// The first row below them.
    static let firstRow = 3

    var sheet: ReportSheet
    let columns: [Column]
    /// The next free row.
    var row = ReportFrame.firstRow

    /// Title, facts and headings; `frozenColumns` stay in view when the reader scrolls to the right.
    init(
        name: String, title: String, left: String, right: String, columns: [Column], frozenColumns: Int = 0,
        isLandscape: Bool = true
    ) {
        self.columns = columns
        sheet = ReportSheet(name: name)
        sheet.columns = columns.map { ReportColumn($0.width) }
        let last = columns.count - 1
        sheet.putMerged(0, 0...last, .text(title), ReportLook.title)
        sheet.defaultRowHeight = 20
        sheet.rowHeights[0] = 32
        let middle = ReportFrame.middle(columns, right)
        sheet.putMerged(1, 0...middle, .text(left), ReportLook.subline)
        if middle < last { sheet.putMerged(1, (middle + 1)...last, .text(right), ReportLook.sublineRight) }
        sheet.rowHeights[1] = 18
        for (index, column) in columns.enumerated() {
            sheet.put(ReportFrame.headingRow, index, .text(column.heading), ReportLook.heading)
        }
        sheet.frozenAt = CellAddress(row: ReportFrame.firstRow, column: frozenColumns)
        sheet.page = ReportPage(isLandscape: isLandscape, repeatedRows: 0...ReportFrame.headingRow)
    }

    /// The last column of the facts on the left: those on the right get what they need and at most a third.
    private static func middle(_ columns: [Column], _ right: String) -> Int {
        let needed = Double(TextWidth.of(right)) + 2
        let third = columns.reduce(0) { $0 + $1.least } / 3
        var middle = columns.count - 1
        var width = 0.0
        while middle > 0, width < needed, width == 0 || width + columns[middle].least <= third {
            width += columns[middle].least
            middle -= 1
        }
        return middle
    }

    /// A row of the table, a value a column. A link that is part of a document to sign looks like its other text.
    mutating func add(_ values: [ReportValue], showsLinks: Bool = true) {
        precondition(values.count == columns.count, "a row of \(sheet.name) has the wrong length")
        for (index, value) in values.enumerated() {
            var style = columns[index].kind.style
            if showsLinks, case .link = value { style = ReportLook.link }
            sheet.put(row, index, value, style)
        }
        row += 1
    }

    /// Gives a cell of the row just added another look.
    mutating func restyleLast(column: Int, _ style: ReportStyle) {
        guard let index = sheet.cells.lastIndex(where: { $0.row == row - 1 && $0.column == column }) else { return }
        let cell = sheet.cells[index]
        sheet.cells[index] = ReportCell(row: cell.row, column: cell.column, value: cell.value, style: style)
    }

    /// Makes a cell of the row just added stand out.
    mutating func markLast(column: Int) {
        guard let index = sheet.cells.lastIndex(where: { $0.row == row - 1 && $0.column == column }) else { return }
        let cell = sheet.cells[index]
        sheet.cells[index] = ReportCell(
            row: cell.row, column: cell.column, value: cell.value,
            style: cell.style.with {
                $0.color = 0xC00000
                $0.isBold = true
            })
    }

    /// A row of totals; its first `labelled` cells are one, holding the label.
    mutating func addTotal(_ label: String, labelled: Int, _ values: [ReportValue]) {
        precondition(values.count == columns.count - labelled, "a total of \(sheet.name) has the wrong length")
        sheet.putMerged(row, 0...(labelled - 1), .text(label), ReportLook.total(ReportLook.centered))
        for (index, value) in values.enumerated() {
            sheet.put(row, labelled + index, value, ReportLook.total(columns[labelled + index].kind.style))
        }
        row += 1
    }

    /// A line of text across the whole table.
    mutating func addLine(_ text: String, _ style: ReportStyle) {
        sheet.putMerged(row, 0...(columns.count - 1), .text(text), style)
        row += 1
    }

    /// Short texts spread over the width of the table: names to sign by, places for seals.
    ///
    /// Shape: no more labels than columns.
    mutating func addSpread(_ labels: [String], _ style: ReportStyle, height: Double) {
        let whole = columns.reduce(0) { $0 + $1.least }
        var first = 0
        var passed = 0.0
        for (index, label) in labels.enumerated() {
            var last = first
            passed += columns[first].least
            let end = whole * Double(index + 1) / Double(labels.count)
            let lastLeft = columns.count - (labels.count - index)
            while last < lastLeft, index == labels.count - 1 || passed + columns[last + 1].least / 2 <= end {
                last += 1
                passed += columns[last].least
            }
            sheet.putMerged(row, first...last, .text(label), style)
            first = last + 1
        }
        sheet.rowHeights[row] = height
        row += 1
    }

    /// Makes columns narrower until the sheet, fitted to the page's width, prints at that size or larger. Figures give
    /// their air first: a text that wraps makes its row twice as high, and the sheet twice as long.
    ///
    /// - Parameter least: how narrow a column may become whose content, headings apart, has a width; nil: texts wrap,
    ///   all else keeps its content.
    mutating func squeeze(percent: Int, least: ((Int, Double) -> Double)? = nil) {
        var body = sheet
        body.cells.removeAll { $0.row < ReportFrame.firstRow }
        let content = ReportLayout(of: body).columnWidths
        func smallest(_ index: Int) -> Double {
            least?(index, content[index]) ?? (columns[index].kind == .text ? columns[index].least : content[index])
        }
        let paper = ReportPaper(sheet.page)
        let whole = paper.squeezed(ReportLayout(of: sheet).columnWidths, percent: percent) { index, _ in
            columns[index].kind == .text ? max(content[index], smallest(index)) : smallest(index)
        }
        let widths = paper.squeezed(whole, percent: percent) { index, _ in smallest(index) }
        sheet.columns = widths.map { ReportColumn(.fixed($0)) }
    }

    /// Sets page breaks so that what begins at a row, and ends the sheet, stands on one page below a row of the table.
    ///
    /// - Parameter heads: rows that say what the next one is.
    mutating func keepTogether(from foot: Int, heads: [Int] = []) {
        let layout = ReportLayout(of: sheet)
        func height(_ rows: Range<Int>) -> [Double] {
            rows.map { layout.rowHeights[$0] ?? sheet.defaultRowHeight ?? 15 }
        }
        let first = ReportFrame.firstRow
        let pages = ReportPages(
            heights: height(first..<foot), heads: Set(heads.map { $0 - first }),
            room: ReportPaper(sheet.page).room(layout.columnWidths) - height(0..<first).reduce(0, +),
            foot: height(foot..<row).reduce(0, +))
        var next = first
        for count in pages.counts.dropLast() {
            next += count
            sheet.page.breaks.append(next)
        }
    }

    /// `H4` of a row and column from 0.
    static func cell(_ row: Int, _ column: Int) -> String { CellAddress(row: row, column: column).a1 }
}
