import Domain
import Tables

/// Collects the cells of one sheet in whatever order a file has them and gives them in order.
struct GridBuilder {
    private var rows: [CellRow] = []
    private var rowsAscend = true
    private var index = -1
    private var isHidden = false
    private var cells: [Cell] = []
    private var cellsAscend = true
    private var merges: [CellRange] = []
    private var hiddenColumns: [ClosedRange<Int>] = []
    private var lastColumn = -1
    private var replaced: CellAddress?

    /// From here on cells belong to that row.
    mutating func begin(row: Int, isHidden: Bool) throws(WorkbookRefusal) {
        try endRow()
        index = row
        self.isHidden = isHidden
    }

    mutating func add(_ cell: Cell, to budget: inout ReadingBudget) throws(WorkbookRefusal) {
        try budget.countCell(row: index, column: cell.column)
        let cell = legal(cell)
        if let last = cells.last, last.column >= cell.column { cellsAscend = false }
        cells.append(cell)
        if cell.column > lastColumn { lastColumn = cell.column }
    }

    /// The cell with nothing in its text that no report could hold; the first that had something is remembered.
    private mutating func legal(_ cell: Cell) -> Cell {
        guard case .text(let text) = cell.value, !LegalText.isLegal(text) else { return cell }
        if replaced == nil { replaced = CellAddress(row: index, column: cell.column) }
        return Cell(
            column: cell.column, value: .text(LegalText.legal(text)), isFormula: cell.isFormula,
            isUncachedFormula: cell.isUncachedFormula)
    }

    /// Corners in any order; a single cell is no merge.
    mutating func merge(
        from first: CellAddress, to last: CellAddress, budget: inout ReadingBudget
    ) throws(WorkbookRefusal) {
        guard first != last else { return }
        try budget.countMerge()
        merges.append(
            CellRange(
                top: min(first.row, last.row), left: min(first.column, last.column),
                bottom: max(first.row, last.row), right: max(first.column, last.column)))
    }

    mutating func hide(columns: ClosedRange<Int>) { hiddenColumns.append(columns) }

    private mutating func endRow() throws(WorkbookRefusal) {
        guard !cells.isEmpty else { return }
        if !cellsAscend { try sortCells() }
        if let last = rows.last, last.index >= index { rowsAscend = false }
        rows.append(CellRow(index: index, isHidden: isHidden, cells: cells))
        cells.removeAll(keepingCapacity: true)
        cellsAscend = true
    }

    private mutating func sortCells() throws(WorkbookRefusal) {
        cells.sort { $0.column < $1.column }
        for (left, right) in zip(cells, cells.dropFirst()) where left.column == right.column {
            throw .damaged("单元格\(CellAddress(row: index, column: left.column).a1)重复")
        }
    }

    /// The sheet; `hiddenRows` are those that the file lists apart from their cells.
    mutating func finish(
        name: String, isHidden: Bool, hiddenRows: Set<Int> = []
    ) throws(WorkbookRefusal) -> CellGrid {
        try endRow()
        if !rowsAscend { try joinRows() }
        if !hiddenRows.isEmpty {
            rows = rows.map { row in
                hiddenRows.contains(row.index) ? CellRow(index: row.index, isHidden: true, cells: row.cells) : row
            }
        }
        merges.sort { ($0.top, $0.left, $0.bottom, $0.right) < ($1.top, $1.left, $1.bottom, $1.right) }
        return CellGrid(
            name: name, isHidden: isHidden, rows: rows, merges: merges, hiddenColumns: hiddenColumnsInUse(),
            replaced: replaced)
    }

    /// Rows that came out of order or in pieces.
    private mutating func joinRows() throws(WorkbookRefusal) {
        let pieces = rows.enumerated().sorted { ($0.element.index, $0.offset) < ($1.element.index, $1.offset) }
        rows.removeAll()
        var first = 0
        while first < pieces.count {
            var end = first + 1
            while end < pieces.count, pieces[end].element.index == pieces[first].element.index { end += 1 }
            // All pieces of a row at once: thousands of them must not be sorted over and over.
            let own = pieces[first..<end].map(\.element)
            index = own[0].index
            cells = own.flatMap(\.cells)
            try sortCells()
            rows.append(CellRow(index: index, isHidden: own.contains(where: \.isHidden), cells: cells))
            first = end
        }
        cells.removeAll()
    }

    /// Programs hide everything to the right of the used part in one range: only columns up to the last used count.
    private func hiddenColumnsInUse() -> [Int] {
        var columns: [Int] = []
        var next = 0
        for range in hiddenColumns.sorted(by: { ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound) }) {
            let last = min(range.upperBound, lastColumn)
            guard max(next, range.lowerBound) <= last else { continue }
            columns.append(contentsOf: max(next, range.lowerBound)...last)
            next = last + 1
        }
        return columns
    }
}

extension CellValue {
    /// Whether nothing stands there. Cheaper than a comparison, which looks into both values.
    @inline(__always)
    var isMissing: Bool {
        if case .empty = self { true } else { false }
    }

    /// Whether it is a day without a time.
    @inline(__always)
    var isDate: Bool {
        if case .date = self { true } else { false }
    }
}
