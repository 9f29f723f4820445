import Domain
import Tables

/// A sheet of a workbook that holds nothing but the legend of the others: 填表说明. Source: spec §5.5.
enum LegendSheet {
    /// Nil where the sheet explains fewer than two marks.
    static func read(_ view: SheetView) -> (entries: [LegendEntry], claims: CellClaims)? {
        guard view.grid.rows.count <= 200 else { return nil }
        let sheet = AttendanceSheet(
            view, form: FormIndex(FormDefinition(id: .attendance, title: "", titleWords: [], fields: [])))
        // Figures are marks of the other sheets if anybody's: what they hold is not known here.
        let scan = LegendScan(sheet, marks: MarkOccurrences { ["0", "1", "0.5", "2", "3"] })
        let entries = scan.entries(view.grid.rows) { _, _ in false }
        guard Set(entries.filter { $0.meaning != nil }.map(\.mark)).count >= 2 else { return nil }
        for row in view.grid.rows { sheet.claims.claim(row, .noise) }
        return (entries, sheet.claims)
    }
}
