import Domain
import Tables

/// The cells of a sheet from left to right and from top to bottom, however they were put in.
struct CellOrder {
    /// Places in the sheet's list of cells.
    let indexes: [Int]
    /// From the first cell to the last.
    let range: CellRange
    /// Cells that lead somewhere, in order.
    let links: [Int]

    /// - Throws: `ReportWriteError.workbook` where a cell lies outside what the format has.
    init(_ sheet: ReportSheet) throws(ReportWriteError) {
        var keys: [UInt64] = []
        keys.reserveCapacity(sheet.cells.count)
        var links: [UInt64] = []
        var right = 0
        var left = Int.max
        var isSorted = true
        for (index, cell) in sheet.cells.enumerated() {
            guard (0...CellContent.lastRow).contains(cell.row), (0...CellContent.lastColumn).contains(cell.column)
            else {
                throw .workbook(
                    sheet: sheet.name, part: "row \(cell.row + 1), column \(cell.column + 1)",
                    reason: "outside of the sheet")
            }
            let key = UInt64(cell.row) << 44 | UInt64(cell.column) << 28 | UInt64(index)
            if let last = keys.last, last > key { isSorted = false }
            keys.append(key)
            right = max(right, cell.column)
            left = min(left, cell.column)
            if case .link = cell.value { links.append(key) }
        }
        if !isSorted { keys.sort() }
        let index: (UInt64) -> Int = { Int($0 & (1 << 28 - 1)) }
        indexes = keys.map(index)
        self.links = links.sorted().map(index)
        let top = indexes.first.map { sheet.cells[$0].row } ?? 0
        range = CellRange(
            top: top, left: min(left, right), bottom: indexes.last.map { sheet.cells[$0].row } ?? 0, right: right)
    }
}

/// Writes the rows of a sheet with their cells.
struct RowWriter {
    private let sheet: ReportSheet
    private let layout: ReportLayout
    private let order: CellOrder
    /// Rows that are there for their height alone, or hidden, sorted; and which of them comes next.
    private let shapedRows: [Int]
    private var next = 0
    private let hidden: Set<Int>
    private let usual: Double?

    init(_ sheet: ReportSheet, _ layout: ReportLayout, _ order: CellOrder) {
        self.sheet = sheet
        self.layout = layout
        self.order = order
        hidden = Set(sheet.hiddenRows)
        usual = sheet.usualHeight
        shapedRows = Set(layout.rowHeights.keys).union(hidden).sorted()
    }

    mutating func write(_ xml: inout PartBytes, _ styles: inout StyleTable, _ texts: inout SharedTexts) {
        var row = -1
        for index in order.indexes {
            let cell = sheet.cells[index]
            if cell.row != row {
                if row >= 0 { xml.add("</row>") }
                row = cell.row
                writeEmptyRows(before: row, &xml)
                begin(row, &xml)
                xml.add(">")
            }
            write(cell, &xml, &styles, &texts)
        }
        if row >= 0 { xml.add("</row>") }
        writeEmptyRows(before: .max, &xml)
    }

    private mutating func writeEmptyRows(before row: Int, _ xml: inout PartBytes) {
        while next < shapedRows.count, shapedRows[next] < row {
            begin(shapedRows[next], &xml)
            xml.add("/>")
            next += 1
        }
        if next < shapedRows.count, shapedRows[next] == row { next += 1 }
    }

    private func begin(_ row: Int, _ xml: inout PartBytes) {
        xml.add("<row r=\"", row + 1, "\"")
        let isHidden = !hidden.isEmpty && hidden.contains(row)
        let height = layout.rowHeights[row] ?? usual
        if let height, height != Grid.defaultHeight || usual != nil {
            xml.add(" ht=\"")
            xml.add(height)
            xml.add("\"")
            if isHidden { xml.add(" hidden=\"1\"") }
            xml.add(" customHeight=\"1\"")
        } else if isHidden {
            xml.add(" hidden=\"1\"")
        }
    }

    private func write(
        _ cell: ReportCell, _ xml: inout PartBytes, _ styles: inout StyleTable, _ texts: inout SharedTexts
    ) {
        xml.add("<c r=\"")
        xml.add(row: cell.row, column: cell.column)
        xml.add("\" s=\"", styles.index(CellContent.style(of: cell)), "\"")
        switch cell.value {
        case .empty: xml.add("/>")
        case .text(let text): write(CellContent.text(text), &xml, &texts)
        case .link(let text, _, _): write(CellContent.text(text), &xml, &texts)
        case .number(let number):
            xml.add("><v>")
            xml.add(number)
            xml.add("</v></c>")
        case .double(let number):
            // The file format has neither infinities nor NaN.
            guard number.isFinite else { return write("#NUM!", &xml, &texts) }
            xml.add("><v>")
            xml.add(number)
            xml.add("</v></c>")
        case .boolean(let flag): xml.add(flag ? " t=\"b\"><v>1</v></c>" : " t=\"b\"><v>0</v></c>")
        case .date(let date): xml.add("><v>", CellContent.serial(date), "</v></c>")
        case .dateTime(let date, let seconds):
            xml.add("><v>")
            xml.add(Double(CellContent.serial(date)) + Double(seconds) / 86_400)
            xml.add("</v></c>")
        case .formula(let formula, .number(let number)):
            xml.add("><f>")
            xml.add(text: formula)
            xml.add("</f><v>")
            xml.add(number)
            xml.add("</v></c>")
        case .formula(let formula, .text(let text)):
            xml.add(" t=\"str\"><f>")
            xml.add(text: formula)
            xml.add("</f><v>")
            xml.add(text: CellContent.text(text))
            xml.add("</v></c>")
        }
    }

    /// A text without characters is a cell with a look alone.
    private func write(_ text: String, _ xml: inout PartBytes, _ texts: inout SharedTexts) {
        guard !text.isEmpty else { return xml.add("/>") }
        xml.add(" t=\"s\"><v>", texts.index(text), "</v></c>")
    }
}
