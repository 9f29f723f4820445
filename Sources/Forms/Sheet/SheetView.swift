import Domain
import Tables

/// A sheet with its merged ranges looked up: a merged cell counts for each cell it covers.
struct SheetView {
    let grid: CellGrid
    let isTextFile: Bool
    private var mergeOf: [Int: Int] = [:]
    private var rowPlace: [Int32] = []
    private let firstRow: Int

    init(_ grid: CellGrid, isTextFile: Bool) {
        self.grid = grid
        self.isTextFile = isTextFile
        firstRow = grid.rows.first?.index ?? 0
        let lastRow = grid.rows.last?.index ?? -1
        if lastRow >= firstRow, lastRow - firstRow < 16 * grid.rows.count + 64 {
            rowPlace = [Int32](repeating: -1, count: lastRow - firstRow + 1)
            for (place, row) in grid.rows.enumerated() { rowPlace[row.index - firstRow] = Int32(place) }
        }
        guard !grid.merges.isEmpty else { return }
        let lastColumn = grid.rows.reduce(0) { max($0, $1.cells.last?.column ?? 0) }
        var budget = 200_000
        for (index, merge) in grid.merges.enumerated() {
            let bottom = min(merge.bottom, lastRow + 2)
            let right = min(merge.right, max(lastColumn, merge.left))
            guard bottom >= merge.top, right >= merge.left else { continue }
            budget -= (bottom - merge.top + 1) * (right - merge.left + 1)
            guard budget > 0 else { return }
            for row in merge.top...bottom {
                for column in merge.left...right { mergeOf[SheetView.place(row, column)] = index }
            }
        }
    }

    private static func place(_ row: Int, _ column: Int) -> Int { row << 16 | column }

    func row(_ index: Int) -> CellRow? {
        if !rowPlace.isEmpty {
            let offset = index - firstRow
            guard offset >= 0, offset < rowPlace.count, rowPlace[offset] >= 0 else { return nil }
            return grid.rows[Int(rowPlace[offset])]
        }
        return grid.row(index)
    }

    var hasMerges: Bool { !mergeOf.isEmpty }

    func merge(_ row: Int, _ column: Int) -> CellRange? {
        mergeOf.isEmpty ? nil : mergeOf[SheetView.place(row, column)].map { grid.merges[$0] }
    }

    /// The cell that counts at that place: its own, else the one of the merged range that covers it.
    func cell(_ row: Int, _ column: Int) -> (cell: Cell, address: CellAddress)? {
        if let cell = self.row(row)?.cell(column), !cell.value.isBlank || cell.isUncachedFormula {
            return (cell, CellAddress(row: row, column: column))
        }
        guard let merge = merge(row, column), let cell = self.row(merge.top)?.cell(merge.left),
            !cell.value.isBlank || cell.isUncachedFormula
        else { return nil }
        return (cell, CellAddress(row: merge.top, column: merge.left))
    }

    /// The text at that place, merged ranges looked at.
    func text(_ row: Int, _ column: Int) -> SubmittedText? {
        guard let (cell, address) = cell(row, column), !cell.value.isBlank else { return nil }
        return SubmittedText(text: cell.value.display, cell: address, isNumber: cell.value.isNumber)
    }
}

extension CellValue {
    var isNumber: Bool { if case .number = self { true } else { false } }
}

extension CellRow {
    /// Cells that hold something.
    var filled: [Cell] { cells.filter { !$0.value.isBlank || $0.isUncachedFormula } }

    /// The first cell that holds something.
    var firstFilled: Cell? { cells.first { !$0.value.isBlank || $0.isUncachedFormula } }
}
