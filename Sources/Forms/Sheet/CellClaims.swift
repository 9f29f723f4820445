import Domain
import Tables

/// Who has read which cell of a sheet: what a reader consumes it claims, what nobody claimed is found at the end.
///
/// A cell has one role: the first claim counts, so that a later reader cannot explain away what an earlier one read.
final class CellClaims {
    private let grid: CellGrid
    private let firstRow: Int
    /// Place of each row among the grid's, by its distance from the first.
    private var places: [Int32]
    private let width: Int
    private var dense: [UInt8]
    private var sparse: [CellAddress: UInt8] = [:]
    /// A role whose reader is taken out: what it alone would read is then found by nobody. For the test of §5.7.
    var silenced: CellRole?

    init(_ grid: CellGrid) {
        self.grid = grid
        firstRow = grid.rows.first?.index ?? 0
        let height = (grid.rows.last?.index ?? -1) - firstRow + 1
        let widest = (grid.rows.reduce(0) { max($0, $1.cells.last?.column ?? 0) }) + 1
        // A sheet with one cell far out would need room for all between.
        let isDense = grid.rows.count * widest <= 8_000_000 && height <= 16 * grid.rows.count + 64
        width = isDense ? widest : 0
        dense = isDense ? [UInt8](repeating: 0, count: grid.rows.count * widest) : []
        places = isDense ? [Int32](repeating: -1, count: max(0, height)) : []
        if isDense { for (place, row) in grid.rows.enumerated() { places[row.index - firstRow] = Int32(place) } }
    }

    private func offset(_ row: Int, _ column: Int) -> Int? {
        guard row >= firstRow, row - firstRow < places.count, column < width else { return nil }
        let place = Int(places[row - firstRow])
        return place < 0 ? nil : place * width + column
    }

    /// Says what a cell was; nothing happens where somebody said it before.
    func claim(_ row: Int, _ column: Int, _ role: CellRole) {
        if role == silenced { return }
        if width > 0 {
            guard let offset = offset(row, column) else { return }
            if dense[offset] == 0 { dense[offset] = role.rawValue }
        } else {
            let address = CellAddress(row: row, column: column)
            if sparse[address] == nil { sparse[address] = role.rawValue }
        }
    }

    func claim(_ address: CellAddress, _ role: CellRole) { claim(address.row, address.column, role) }

    /// Every cell of a row that nobody claimed before.
    func claim(_ row: CellRow, _ role: CellRole) {
        for cell in row.cells where cell.isFilled { claim(row.index, cell.column, role) }
    }

    func claim(_ row: CellRow, _ columns: ClosedRange<Int>, _ role: CellRole) {
        for cell in row.cells where columns.contains(cell.column) && cell.isFilled {
            claim(row.index, cell.column, role)
        }
    }

    /// Nil where nobody claimed the cell.
    func role(_ row: Int, _ column: Int) -> CellRole? {
        let code =
            width > 0
            ? offset(row, column).map { dense[$0] } ?? 0
            : sparse[CellAddress(row: row, column: column)] ?? 0
        return CellRole(rawValue: code)
    }

    func isClaimed(_ row: Int, _ column: Int) -> Bool { role(row, column) != nil }

    /// Cells of a row that hold something and that nobody claimed.
    func unclaimed(_ row: CellRow) -> [Cell] {
        row.cells.filter { $0.isFilled && !isClaimed(row.index, $0.column) }
    }

    /// Every cell that holds something, with its role; what nobody claimed is unread. Shape: by row, then column.
    func roles() -> [CellRoleReading] {
        grid.rows.flatMap { row in
            row.cells.filter { !$0.value.isBlank }.map { cell in
                CellRoleReading(
                    cell: CellAddress(row: row.index, column: cell.column), value: cell.value,
                    role: role(row.index, cell.column) ?? .unread)
            }
        }
    }
}

extension Cell {
    /// Whether it holds something, be it a formula without a stored value.
    var isFilled: Bool { !value.isBlank || isUncachedFormula }
}
