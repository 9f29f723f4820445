import Domain
import Tables

/// The month of some rows of a table, where a column 月份 names several. Source: spec §5.4.
struct MonthRows {
    let month: MonthReading
    /// The first cell that names it.
    let cell: CellAddress
    /// Rows that another month's cell names, and sums over the rows of all: none of this table's.
    let others: Set<Int>
    /// The rows that no cell names are the first month's to read: notes, what is nobody's.
    let isFirst: Bool
}

extension AttendanceReader {
    /// A table a month where a column says of each row of which it is; the table itself where it says so of none,
    /// leaves a row with marks open, or stands under a title of one month alone.
    func split(_ table: ReadTable) -> [ReadTable] {
        guard let column = MonthColumn(table.segments, sheet), column.months.count > 1, !column.isLacking,
            !table.block.layout.id.isOfOnePerson, !isOfOneMonth(table.preamble)
        else { return [table] }
        let named = column.rows.reduce(into: Set<Int>()) { $0.formUnion($1.rows) }
        let unnamed = Set(table.segments.flatMap { sheet.rows($0.body) }.map(\.index)).subtracting(named)
        let sums = unnamed.filter { row in
            guard case .text(let text)? = sheet.view.row(row)?.firstFilled?.value else { return false }
            return RowNoise.isTotal(text)
        }
        for row in sums.sorted() {
            if let row = sheet.view.row(row) { sheet.claims.claim(row, .total) }
        }
        return column.months.indices.map { place in
            var own = table
            let isFirst = place == 0
            own.rowsOfMonth = MonthRows(
                month: column.months[place], cell: column.rows[place].first,
                others: named.subtracting(column.rows[place].rows).union(isFirst ? sums : unnamed), isFirst: isFirst)
            if !isFirst { own.findings = [] }
            return own
        }
    }
    private func isOfOneMonth(_ preamble: Preamble) -> Bool {
        preamble.months.contains { $0.reading.months.count == 1 }
            || preamble.titles.contains { MonthText.read($0.text).months.count == 1 }
    }
}
