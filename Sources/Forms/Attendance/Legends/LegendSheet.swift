import Domain
import Tables

/// A sheet of a workbook that holds nothing but the legend of the others: 填表说明. Source: spec §5.5.
enum LegendSheet {
    /// Nil where the sheet explains fewer than two marks.
    ///
    /// - Parameter occurs: whether cells of the other sheets hold that figure as a mark.
    static func read(_ view: SheetView, occurs: @escaping (String) -> Bool) -> (
        entries: [LegendEntry], claims: CellClaims
    )? {
        guard view.grid.rows.count <= 200 else { return nil }
        let sheet = AttendanceSheet(
            view, form: FormIndex(FormDefinition(id: .attendance, title: "", titleWords: [], fields: [])))
        // Figures are marks of the other sheets if anybody's.
        let figures = (0...9).map(String.init).filter(occurs)
        let scan = LegendScan(sheet, marks: MarkOccurrences { Set(figures + ["0", "1", "0.5"]) })
        let entries = scan.entries(view.grid.rows, isLegend: true)
        // A table of marks with a legend beside it is no legend sheet, whatever its title made of it.
        guard !sheet.profiles.contains(where: { $0.hasDays || $0.weekdayCount >= 5 }) else { return nil }
        guard Set(entries.filter { $0.meaning != nil }.map(\.mark)).count >= 2 else { return nil }
        for row in view.grid.rows { sheet.claims.claim(row, .noise) }
        return (entries, sheet.claims)
    }
}
