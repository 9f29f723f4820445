import Domain
import Forms
import Reports
import Tables

/// The days of a township's people on a sheet, and the marks that they are filled in with.
struct SheetDays {
    private let blocks: [SentBlock]
    private let township: String
    private let grid: CellGrid

    init(_ blocks: [SentBlock], _ township: String, _ grid: CellGrid) {
        self.township = township
        self.grid = grid
        // A row of each status: what stands in it is no mark of the person's day.
        self.blocks = blocks.filter { $0.block.layout.hasDailyMarks && $0.block.layout != .statusLines }
    }

    var cells: Set<CellAddress> {
        var cells: Set<CellAddress> = []
        for block in blocks {
            for row in block.rows where row.township == township {
                cells.formUnion(row.row.days.flatMap { [$0.cell, $0.afternoonCell ?? $0.cell] })
                cells.subtract(row.replaced)
            }
        }
        return cells
    }

    func choices(_ legend: [LegendEntry], _ table: MarkTable) -> [String] {
        var choices = MarkChoices(table)
        for block in blocks {
            for day in block.rows.flatMap(\.row.days) {
                if let cell = day.afternoonCell {
                    choices.add(value(day.cell), day.morning, day.morning)
                    choices.add(value(cell), day.afternoon, day.afternoon)
                } else {
                    choices.add(value(day.cell), day.morning, day.afternoon)
                }
            }
        }
        choices.add(legend)
        return choices.texts
    }

    private func value(_ cell: CellAddress) -> CellValue { grid.cell(cell.row, cell.column)?.value ?? .empty }
}
