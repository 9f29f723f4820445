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
        let tables = tables(reading, bodies, lastColumn)
        return tables
            + reading.regions.compactMap { region in
                guard let range = range(region) else { return nil }
                let look = look(region.role)
                // Serial numbers and their heading look as the rest of their table.
                if region.role == .noise, tables.contains(where: { $0.range.contains(range) }) { return nil }
                // A row of totals looks like the table it belongs to; a line of signatures does not.
                if region.role == .noise, (grid.row(range.top)?.cells.count { !$0.value.isBlank } ?? 0) > 5 {
                    return nil
                }
                guard look == .heading, left <= right else { return ReturnSheet.Region(look: look, range: range) }
                let clipped = CellRange(
                    top: range.top, left: max(range.left, min(left, range.right)), bottom: range.bottom,
                    right: min(range.right, max(right, range.left)))
                return ReturnSheet.Region(look: look, range: clipped)
            }
    }

    /// The rows of each table and of its headings, from its first column to its last: cells that nobody filled in and
    /// columns that nobody reads (序号, 备注) are part of it.
    private static func tables(
        _ reading: Forms.SheetReading, _ bodies: [CellRange], _ lastColumn: Int
    ) -> [ReturnSheet.Region] {
        let headings = Set(
            reading.cells.filter { [.heading, .dayHeading, .noise].contains($0.role) }.map(\.cell))
        return reading.sections.flatMap { section -> [ReturnSheet.Region] in
            guard let rows = section.rows else { return [] }
            let own = bodies.filter { rows.contains($0.top) }
            guard var left = own.map(\.left).min(), var right = own.map(\.right).max() else { return [] }
            func isHeaded(_ column: Int) -> Bool {
                section.headingRows.contains { headings.contains(CellAddress(row: $0, column: column)) }
            }
            while left > 0, isHeaded(left - 1) { left -= 1 }
            while right < lastColumn, isHeaded(right + 1) { right += 1 }
            return [
                ReturnSheet.Region(
                    look: .body,
                    range: CellRange(top: rows.lowerBound, left: left, bottom: rows.upperBound, right: right))
            ]
                + section.headingRows.map {
                    ReturnSheet.Region(
                        look: .heading, range: CellRange(top: $0, left: left, bottom: $0, right: right))
                }
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
