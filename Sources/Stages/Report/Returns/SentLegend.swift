import Domain
import Forms
import Reports
import Tables

/// What stands below a sheet that goes back about the meaning of its marks. Source: spec §5.5, §5.7.
enum SentLegend {
    /// The legend sheet that rules a sheet's marks; nil where they are ruled by its own legend, or by the table.
    static func sheet(_ reading: Forms.SheetReading) -> String? { inherited(reading).first?.sheet }

    private static func inherited(_ reading: Forms.SheetReading) -> [LegendEntry] {
        reading.sections.lazy.map { $0.legend.filter { $0.sheet != nil } }.first { !$0.isEmpty } ?? []
    }

    /// Lines that say what the legend sheet says, those that nobody understands to be filled in; nil where no line can
    /// name one of its marks.
    static func said(_ reading: Forms.SheetReading) -> [ReturnSheet.LegendLine]? {
        var lines: [ReturnSheet.LegendLine] = []
        for entry in inherited(reading) {
            guard let line = LegendLine.said(entry) else { return nil }
            lines.append(
                ReturnSheet.LegendLine(label: line.label, words: line.words, isAsked: entry.status == nil))
        }
        return lines
    }

    /// Lines that ask for the meaning of marks which neither its legend nor the table explains.
    static func asked(
        _ blocks: [SentBlock], _ township: String, _ reading: Forms.SheetReading
    ) -> [ReturnSheet.LegendLine] {
        // Of several tables each may have a legend of its own, and a line below the last is that one's.
        let isLegend = { (cell: CellRoleReading) in
            cell.role == .legend && LegendLine.asked(cell.value.display) == nil
        }
        guard reading.sections.count == 1 || !reading.cells.contains(where: isLegend) else { return [] }
        var labels: [String] = []
        for row in blocks.flatMap(\.rows) where row.township == township {
            for finding in row.row.findings where finding.reason == .unknownMark {
                guard let cell = finding.cell, !row.replaced.contains(cell),
                    let label = LegendLine.label(unknownPart(finding, cell, row.row)), !labels.contains(label)
                else { continue }
                labels.append(label)
            }
        }
        return labels.map { ReturnSheet.LegendLine(label: $0, words: "", isAsked: true) }
    }

    /// Of two marks in a cell of which one is understood, the other.
    private static func unknownPart(_ finding: Finding, _ cell: CellAddress, _ row: AttendanceRow) -> String {
        guard let day = row.days.first(where: { $0.cell == cell && $0.afternoonCell == nil }),
            (day.morning == .unknown) != (day.afternoon == .unknown),
            let parts = LegendLine.halves(finding.value)
        else { return finding.value }
        return day.morning == .unknown ? parts.morning : parts.afternoon
    }

    /// A sheet without lines that asked and that nobody answered: what is still to be asked is asked anew.
    static func withoutQuestions(_ grid: CellGrid) -> CellGrid {
        let rows = grid.rows.filter { row in
            let filled = row.cells.filter { !$0.value.isBlank || $0.isUncachedFormula }
            return filled.count != 1 || LegendLine.asked(filled[0].value.display) == nil
        }
        guard rows.count < grid.rows.count else { return grid }
        return CellGrid(
            name: grid.name, isHidden: grid.isHidden, rows: rows, merges: grid.merges,
            hiddenColumns: grid.hiddenColumns)
    }
}
