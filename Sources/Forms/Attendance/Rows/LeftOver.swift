import Domain
import Tables

/// What nobody read: an unread cell is never silence. Source: spec §5.7.
struct LeftOver {
    let sheet: AttendanceSheet
    let marks: FoldedMarks
    let file: String

    private var claims: CellClaims { sheet.claims }

    /// A table, the rows of its people, and what its reader said of columns without a day.
    struct Table {
        var range: ClosedRange<Int>
        var headingRows: ClosedRange<Int>
        var body: Range<Int>
        /// Row → the person's place in `people`.
        var personOfRow: [Int: Int]
        /// Cells of columns that a finding speaks of already.
        var unheaded: Set<Int>
        /// Rows that a finding speaks of already.
        var toldRows: Set<Int> = []
        var hasPeople: Bool
        /// A finding says why nobody was read.
        var isRefused: Bool
        /// Headings of the fields that a row is matched and checked by, by column.
        var fields: [Int: String] = [:]
        /// Columns that say what a row's marks are: halves, lines.
        var deciding: Set<Int> = []
        /// Columns of dates.
        var dates: Set<Int> = []
    }

    struct Result {
        /// By table, then person: findings that hold the person's row.
        var ofPeople: [(table: Int, person: Int, finding: Finding)] = []
        var ofTables: [(table: Int, finding: Finding)] = []
        var ofSheet: [Finding] = []
    }

    /// - Parameter told: cells of formulas without a value of which a finding speaks; asked for where there are some.
    func find(_ tables: [Table], told: () -> Set<CellAddress> = { [] }) -> Result {
        var result = Result()
        var loose: [CellAddress] = []
        var uncached: [CellAddress] = []
        var firstOfTable: [Int: CellAddress] = [:]
        for row in sheet.view.grid.rows {
            for cell in row.cells where cell.isUncachedFormula || !cell.value.isBlank {
                let address = CellAddress(row: row.index, column: cell.column)
                if cell.isUncachedFormula {
                    uncached.append(address)
                    continue
                }
                if claims.isClaimed(row.index, cell.column) { continue }
                guard let table = table(of: address, tables) else {
                    if !claimNote(cell, address, tables) { loose.append(address) }
                    continue
                }
                let place = tables[table]
                if place.toldRows.contains(row.index) { continue }
                if let person = place.personOfRow[row.index] {
                    if place.unheaded.contains(cell.column) { continue }
                    result.ofPeople.append((table, person, finding(.unreadInRow, address, cell)))
                } else if place.headingRows.contains(row.index) {
                    if !place.unheaded.contains(cell.column) { loose.append(address) }
                } else if isMark(cell) || (!place.hasPeople && !isNote(cell)) {
                    if firstOfTable[table] == nil { firstOfTable[table] = address }
                } else if !claimNote(cell, address, tables) {
                    loose.append(address)
                }
            }
        }
        for (table, address) in firstOfTable.sorted(by: { $0.key < $1.key }) where !tables[table].isRefused {
            let cell = sheet.view.row(address.row)?.cell(address.column)
            result.ofTables.append((table, finding(.unreadTable, address, cell)))
        }
        if !uncached.isEmpty { tell(uncached.filter { [told = told()] in !told.contains($0) }, tables, &result) }
        result.ofSheet += rowsOfNobody(&loose)
        if let first = loose.first {
            let cell = sheet.view.row(first.row)?.cell(first.column)
            var finding = finding(.unreadElsewhere, first, cell)
            finding.arguments = ["\(loose.count)"]
            result.ofSheet.append(finding)
        }
        return result
    }

    // MARK: Formulas without a value

    /// A formula without a value is never silence either: it holds a row whose marks nobody could tell by it, is told
    /// at its cell where the row is matched or checked by it, and counted where nothing rests on it. Source: spec §5.1.
    private func tell(_ uncached: [CellAddress], _ tables: [Table], _ result: inout Result) {
        var others: [CellAddress] = []
        for address in uncached {
            guard let place = table(of: address, tables), !tables[place].toldRows.contains(address.row),
                let person = tables[place].personOfRow[address.row]
            else {
                others.append(address)
                continue
            }
            let table = tables[place]
            if table.deciding.contains(address.column) || !claims.isClaimed(address.row, address.column) {
                result.ofPeople.append((place, person, finding(.uncachedFormula, address, nil)))
            } else if let heading = table.fields[address.column] {
                var finding = finding(.uncachedBeside, address, nil)
                finding.arguments = [TextFolding.key(heading)]
                result.ofPeople.append((place, person, finding))
            } else {
                others.append(address)
            }
        }
        guard let first = others.first else { return }
        var finding = finding(.uncachedElsewhere, first, nil)
        finding.arguments = ["\(others.count)"]
        result.ofSheet.append(finding)
    }

    /// Rows outside every table that hold several marks are people's whose headings are lost: one finding for each run
    /// of them, at its first cell.
    private func rowsOfNobody(_ loose: inout [CellAddress]) -> [Finding] {
        let ofRow = Dictionary(grouping: loose, by: \.row)
        let rows = ofRow.filter { row, cells in
            cells.count { sheet.view.row(row)?.cell($0.column).map(isMark) ?? false } >= Self.marksOfRowMin
        }.keys.sorted()
        loose.removeAll { rows.contains($0.row) }
        var findings: [Finding] = []
        for row in rows where !rows.contains(row - 1) {
            guard let first = ofRow[row]?.min() else { continue }
            findings.append(finding(.unreadTable, first, sheet.view.row(row)?.cell(first.column)))
        }
        return findings
    }

    /// So many marks in a row are somebody's days.
    private static let marksOfRowMin = 3

    private func finding(_ reason: FindingReason, _ address: CellAddress, _ cell: Cell?) -> Finding {
        let text = cell?.value.display ?? ""
        return Finding(
            reason, file: file, sheet: sheet.view.grid.name, cell: address, value: text, arguments: [text])
    }

    /// The table whose rows the cell lies in: the one of its columns, else any of the row (a second group beside it).
    private func table(of address: CellAddress, _ tables: [Table]) -> Int? {
        func holds(_ table: Table) -> Bool {
            table.body.contains(address.row) || table.headingRows.contains(address.row)
        }
        return tables.firstIndex { holds($0) && $0.range.contains(address.column) } ?? tables.firstIndex { holds($0) }
    }

    /// Prose outside the rows of people is a note; a mark or a figure is not.
    private func claimNote(_ cell: Cell, _ address: CellAddress, _ tables: [Table]) -> Bool {
        guard isNote(cell), !isMark(cell), !hasReader(cell, address, tables) else { return false }
        claims.claim(address, .noise)
        return claims.isClaimed(address.row, address.column)
    }

    /// A text that is somebody else's to read is no note for having been passed over: a legend, a title or label above
    /// the tables, a village between people.
    private func hasReader(_ cell: Cell, _ address: CellAddress, _ tables: [Table]) -> Bool {
        if tables.contains(where: { $0.hasPeople && $0.body.contains(address.row) && $0.dates.contains(address.column) }
        ),
            DayHeading.read(cell.value, place: 0) != nil
        {
            return true
        }
        guard case .text(let text) = cell.value else { return false }
        if LegendGrammar.explainsMarks(text) { return true }
        if LegendGrammar.body(of: text) != nil { return false }
        if let first = tables.map(\.headingRows.lowerBound).min(), address.row < first { return true }
        return tables.contains { $0.hasPeople && $0.body.contains(address.row) }
            && (PlaceText.isPlace(text) || SubHeading.isRole(text))
    }

    private func isNote(_ cell: Cell) -> Bool {
        switch cell.value {
        case .text, .date, .dateTime, .time: true
        default: false
        }
    }

    private func isMark(_ cell: Cell) -> Bool {
        guard case .text(let text) = cell.value else { return false }
        let key = MarkText.key(text)
        return MarkText.isCommonMark(key) || marks.statuses[key] != nil
    }
}
