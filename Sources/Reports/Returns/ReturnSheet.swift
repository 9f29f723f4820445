import Domain
import Tables

/// A sheet as it was sent, on its way back to who sent it.
public struct ReturnSheet: Sendable {
    /// Relative to the inbox.
    public var file: String
    /// Its name in the file that was sent; empty for a text file.
    public var sheetAsSent: String
    /// Its name in the return workbook.
    public var name: String
    public var grid: CellGrid
    /// Cells that are not given back: rows that a newer file replaced, rows of other townships.
    public var cleared: Set<CellAddress>
    /// What parts of the sheet are, for its look; of overlapping ones the later counts.
    public var regions: [Region]
    /// Totals that were formulas, as formulas again; by their cell.
    public var totals: [CellAddress: String]
    /// Days without a mark, where other people have one.
    public var blanks: Set<CellAddress>
    /// Lines below the sheet that say, or ask, what its marks mean.
    public var legend: [LegendLine] = []
    /// The sheet of its file, as it was named there, whose legend rules its marks.
    public var legendSheet: String?
    /// The meanings that such a line can be answered with.
    public var meanings: [String] = []
    /// What a day can be filled in with.
    public var choices: [String] = []
    /// Cells of the township's days.
    public var days: Set<CellAddress> = []

    /// A line below a sheet that says what a mark means.
    public struct LegendLine: Hashable, Sendable {
        /// `注：“△”表示`
        public var label: String
        /// Its meaning in the cell beside it; empty where nobody has said it.
        public var words: String
        /// The township is asked to fill it in: nothing stands there, or words that are not understood.
        public var isAsked: Bool

        public init(label: String, words: String, isAsked: Bool) {
            self.label = label
            self.words = words
            self.isAsked = isAsked
        }
    }

    /// What a part of a sheet looks like.
    public enum Look: Hashable, Sendable { case title, note, heading, dayHeading, body }

    public struct Region: Hashable, Sendable {
        public var look: Look
        public var range: CellRange

        public init(look: Look, range: CellRange) {
            self.look = look
            self.range = range
        }
    }

    public init(
        file: String, sheetAsSent: String, name: String, grid: CellGrid, cleared: Set<CellAddress> = [],
        regions: [Region] = [], totals: [CellAddress: String] = [:], blanks: Set<CellAddress> = []
    ) {
        self.file = file
        self.sheetAsSent = sheetAsSent
        self.name = name
        self.grid = grid
        self.cleared = cleared
        self.regions = regions
        self.totals = totals
        self.blanks = blanks
    }

    /// The sheet with its wrong cells filled and commented.
    func reportSheet(_ findings: [Finding]) -> ReportSheet {
        ReturnSheetWriter(self, findings).sheet()
    }

    /// Its cells as they will be read, the lines of its legend with them.
    public var gridWithLegend: CellGrid {
        let cells = ReturnSheetWriter(self, []).legendCells
        let lines = zip(legend, cells).map { line, cells in
            var row = [Cell(column: cells.label.column, value: .text(line.label))]
            if !line.words.isEmpty { row.append(Cell(column: cells.words.column, value: .text(line.words))) }
            return CellRow(index: cells.label.row, cells: row)
        }
        return CellGrid(
            name: grid.name, isHidden: grid.isHidden, rows: grid.rows + lines, merges: grid.merges,
            hiddenColumns: grid.hiddenColumns)
    }

    /// As it will be read when it comes back untouched.
    public var gridAsReturned: CellGrid {
        let grid = gridWithLegend
        let rows = grid.rows.compactMap { row -> CellRow? in
            let cells = row.cells.filter { !cleared.contains(CellAddress(row: row.index, column: $0.column)) }
            return cells.isEmpty ? nil : CellRow(index: row.index, isHidden: row.isHidden, cells: cells)
        }
        return CellGrid(
            name: name, isHidden: grid.isHidden, rows: rows, merges: grid.merges, hiddenColumns: grid.hiddenColumns)
    }

    /// The cells that ask what a mark means, as `C12:C13`; empty where none does.
    var askedCells: String {
        let cells = zip(legend, ReturnSheetWriter(self, []).legendCells).filter(\.0.isAsked).map(\.1.words)
        return CellRangeText.ranges(cells).joined(separator: "、")
    }

    /// Where a finding is shown: a merged range is one cell.
    func shownCell(_ cell: CellAddress) -> CellAddress {
        guard let merge = grid.merges.first(where: { $0.contains(row: cell.row, column: cell.column) }) else {
            return cell
        }
        return CellAddress(row: merge.top, column: merge.left)
    }
}

/// Lays one sheet out again: values, merges, hidden rows and columns as sent; widths by content, as readers keep none.
struct ReturnSheetWriter {
    let source: ReturnSheet
    private let findings: [CellAddress: [Finding]]
    let lastColumn: Int
    /// Within what the sheet holds and a little beyond (the second row of the last person), none overlapping another:
    /// what a file declares beyond that is not written.
    private let merges: [CellRange]
    /// Cells inside merged ranges of several columns: they say nothing about a column's width.
    private let wide: Set<CellAddress>
    private let regionsOfRow: [Int: [ReturnSheet.Region]]

    /// Beyond these a sheet is copied without borders and empty cells of its own.
    private static let styledCellsMax = 200_000

    init(_ source: ReturnSheet, _ findings: [Finding]) {
        self.source = source
        var byCell: [CellAddress: [Finding]] = [:]
        for finding in findings {
            if let cell = finding.cell { byCell[source.shownCell(cell), default: []].append(finding) }
        }
        self.findings = byCell
        let lastColumn = source.grid.rows.reduce(0) { max($0, $1.cells.last?.column ?? 0) }
        self.lastColumn = lastColumn
        let lastRow = source.grid.rows.last?.index ?? 0
        var merges: [CellRange] = []
        var covered: Set<CellAddress> = []
        var wide: Set<CellAddress> = []
        for merge in source.grid.merges {
            let clipped = CellRange(
                top: merge.top, left: merge.left, bottom: min(merge.bottom, lastRow + 2),
                right: min(merge.right, lastColumn + 2))
            guard clipped.top <= clipped.bottom, clipped.left <= clipped.right,
                clipped.top < clipped.bottom || clipped.left < clipped.right
            else { continue }
            let cells = (clipped.top...clipped.bottom).flatMap { row in
                (clipped.left...clipped.right).map { CellAddress(row: row, column: $0) }
            }
            guard cells.allSatisfy({ !covered.contains($0) }), covered.count < ReturnSheetWriter.styledCellsMax else {
                continue
            }
            covered.formUnion(cells)
            if clipped.left < clipped.right { wide.formUnion(cells) }
            merges.append(clipped)
        }
        self.merges = merges
        self.wide = wide
        var regionsOfRow: [Int: [ReturnSheet.Region]] = [:]
        for row in source.grid.rows {
            let regions = source.regions.filter { (($0.range.top)...($0.range.bottom)).contains(row.index) }
            if !regions.isEmpty { regionsOfRow[row.index] = regions }
        }
        self.regionsOfRow = regionsOfRow
    }

    func sheet() -> ReportSheet {
        var sheet = ReportSheet(name: source.name)
        sheet.isHidden = source.grid.isHidden
        sheet.merges = merges
        sheet.hiddenRows = source.grid.rows.filter(\.isHidden).map(\.index)
        sheet.showsGridlines = true
        sheet.defaultRowHeight = 18
        sheet.page = ReportPage(isLandscape: lastColumn > 8, header: source.file)
        var written: Set<CellAddress> = []
        for row in source.grid.rows {
            for cell in row.cells {
                let address = CellAddress(row: row.index, column: cell.column)
                written.insert(address)
                put(cell, at: address, &sheet)
            }
        }
        for address in Set(findings.keys).union(source.blanks).sorted() where !written.contains(address) {
            written.insert(address)
            sheet.put(address.row, address.column, .empty, style(address, .empty))
        }
        frame(&sheet, written)
        writeLegend(&sheet)
        sheet.validations += choices
        sheet.columns = (0...lastColumn).map { column in
            ReportColumn(
                width(column), isHidden: source.grid.hiddenColumns.contains(column))
        }
        // As it was sent, its columns keep their widths; the larger paper where letters would be too small.
        sheet.page =
            ReportPaper.fitted(sheet.page, shownWidths, percent: 85) { $1 }.page
        if let table = source.regions.first(where: { $0.look == .heading }) {
            sheet.frozenAt = CellAddress(row: table.range.bottom + 1, column: 0)
        }
        for address in findings.keys.sorted() {
            sheet.comments.append(ReportComment(cell: address, text: ReturnText.comment(findings[address] ?? [])))
        }
        sheet.tabColor = tabColor
        return sheet
    }

    /// Of columns that are not hidden.
    private var shownWidths: [Double] {
        (0...lastColumn).filter { !source.grid.hiddenColumns.contains($0) }.map(shownWidth)
    }

    private var tabColor: Int? {
        let all = findings.values.flatMap { $0 }
        return [FindingSeverity.error, .warning, .info].first { severity in all.contains { $0.severity == severity } }
            .map(ReturnText.strongColor)
    }

    private func put(_ cell: Cell, at address: CellAddress, _ sheet: inout ReportSheet) {
        let style = style(address, cell.value)
        guard !source.cleared.contains(address) else {
            sheet.put(address.row, address.column, .empty, style)
            return
        }
        if let formula = source.totals[address], case .number(let number) = cell.value {
            let halves = Int((number * 2).rounded())
            sheet.put(
                address.row, address.column,
                .formula(formula, stored: .number(ReportDecimal(digits: halves * 5, scale: 1))), style)
            return
        }
        // Given back empty it would pass for a day without a mark.
        let sent = cell.isUncachedFormula ? ReportValue.text(ReturnText.uncached) : value(cell.value)
        sheet.put(address.row, address.column, sent, style)
    }

    /// As it was sent: dates stay dates, numbers numbers, text text.
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

    // MARK: Look

    private func look(_ address: CellAddress) -> ReturnSheet.Look? {
        regionsOfRow[address.row]?.last { $0.range.contains(row: address.row, column: address.column) }?.look
    }

    private func style(_ address: CellAddress, _ value: CellValue) -> ReportStyle {
        let look = look(address)
        var style: ReportStyle
        switch look {
        case .title:
            // In the middle of one narrow cell a long title would lose its beginning.
            let place: ReportStyle.Horizontal = wide.contains(address) ? .center : .left
            style = ReportStyle(font: .hei, size: 14, isBold: true, horizontal: place)
        case .note: style = ReportStyle(horizontal: .left)
        case .heading, .dayHeading:
            style = ReportStyle(
                font: .hei, isBold: true, fill: 0xF2F2F2, border: .thin, horizontal: .center,
                wraps: look == .heading)
        case .body: style = ReportStyle(border: .thin, horizontal: .center)
        case nil: style = ReportStyle()
        }
        switch value {
        case .date: style.numberFormat = look == .dayHeading ? .dayOfMonth : .date
        case .dateTime: style.numberFormat = .dateTime
        case .time: style.numberFormat = .time
        case .number(let number) where abs(number) >= 1e11 && number == number.rounded():
            // An ID that became a number shows its digits, not an exponent.
            style.numberFormat = .digits
        case .text(let text) where text.utf8.count >= 9 && text.utf8.allSatisfy({ (48...57).contains($0) }):
            // Typed over, it must stay text.
            style.numberFormat = .text
        default: break
        }
        if value == .empty, source.blanks.contains(address) { style.fill = ReturnText.blankColor }
        if source.cleared.contains(address) { style.fill = 0xD9D9D9 }
        if let found = findings[address] {
            style.fill = ReturnText.color(ReturnText.worst(found))
            style.isBold = true
            // The ID that is typed in here must not become a number again.
            if found.contains(where: { $0.code == .idPrecisionLost || $0.code == .idInvalid }), value == .empty {
                style.numberFormat = .text
            }
        }
        return style
    }

    /// Empty cells inside tables have borders as sent tables mostly do; empty cells of merged ranges need none.
    private func frame(_ sheet: inout ReportSheet, _ written: Set<CellAddress>) {
        var budget = ReturnSheetWriter.styledCellsMax
        var done = written
        for region in source.regions where region.look == .body || region.look == .heading {
            let right = min(region.range.right, lastColumn)
            guard region.range.left <= right else { continue }
            for row in region.range.top...region.range.bottom where source.grid.row(row) != nil {
                for column in region.range.left...right {
                    let address = CellAddress(row: row, column: column)
                    guard done.insert(address).inserted else { continue }
                    budget -= 1
                    guard budget > 0 else { return }
                    sheet.put(row, column, .empty, style(address, .empty))
                }
            }
        }
    }

    /// By what stands in the column, titles and notes apart; days stay narrow.
    func width(_ column: Int) -> ReportColumn.Width {
        var widest = 0
        var isDay = false
        for row in source.grid.rows {
            guard let cell = row.cell(column), !cell.value.isBlank else { continue }
            let address = CellAddress(row: row.index, column: column)
            let look = look(address)
            if wide.contains(address) { continue }
            switch look {
            case .title?, .note?: continue
            case .dayHeading?:
                isDay = true
                if case .date = cell.value { widest = max(widest, 2) } else { widest = max(widest, measured(cell)) }
            case nil where row.cells.count < 3: continue
            case .heading?: widest = max(widest, min(12, measured(cell)))
            default: widest = max(widest, measured(cell))
            }
        }
        let least = isDay ? 3.2 : 5.0
        return .fixed(widest == 0 ? (isDay ? least : 8.43) : min(40, max(least, Double(widest) + 1.6)))
    }

    private func measured(_ cell: Cell) -> Int { TextWidth.of(cell.value.display) }
}
