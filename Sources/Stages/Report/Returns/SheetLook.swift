import Domain
import Forms
import Reports
import Tables

/// What the parts of a sheet look like when it is laid out again, by what they were understood as.
enum SheetLook {
    static func regions(_ reading: Forms.SheetReading, _ grid: CellGrid) -> [ReturnSheet.Region] {
        guard let lastRow = grid.rows.last?.index else { return [] }
        let lastColumn = grid.rows.reduce(0) { max($0, $1.cells.last?.column ?? 0) }
        func range(_ region: CellRegion) -> CellRange? {
            guard region.from.row <= lastRow, region.from.column <= lastColumn else { return nil }
            return CellRange(
                top: region.from.row, left: region.from.column, bottom: min(region.to.row, lastRow),
                right: min(region.to.column, lastColumn))
        }
        let bodies = reading.regions.filter { look($0.role) == .body }.compactMap(range)
        let left = bodies.map(\.left).min() ?? 0
        let right = bodies.map(\.right).max() ?? lastColumn
        return reading.regions.compactMap { region in
            guard let range = range(region) else { return nil }
            let look = look(region.role)
            // A row of totals looks like the table it belongs to; a line of signatures does not.
            if region.role == .noise, (grid.row(range.top)?.cells.count { !$0.value.isBlank } ?? 0) > 5 { return nil }
            guard look == .heading, left <= right else { return ReturnSheet.Region(look: look, range: range) }
            let clipped = CellRange(
                top: range.top, left: max(range.left, min(left, range.right)), bottom: range.bottom,
                right: min(range.right, max(right, range.left)))
            return ReturnSheet.Region(look: look, range: clipped)
        }
    }

    private static func look(_ role: CellRole) -> ReturnSheet.Look {
        switch role {
        case .title: .title
        case .label, .legend, .noise, .unread: .note
        case .heading: .heading
        case .dayHeading: .dayHeading
        case .name, .residentID, .field, .mark, .total, .subHeading: .body
        }
    }
}
