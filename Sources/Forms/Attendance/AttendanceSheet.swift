import Domain
import Tables

/// What one row of a sheet shows at first sight.
struct RowProfile {
    var index: Int
    /// Columns headed by a field of the attendance form.
    var hits: [(column: Int, field: FieldID, rank: Int)] = []
    /// Runs of day headings in the row.
    var dayRuns: [[DayHeading]] = []

    func column(_ field: FieldID) -> Int? {
        var best: (column: Int, rank: Int)?
        for hit in hits where hit.field == field && (best == nil || hit.rank < best!.rank) {
            best = (hit.column, hit.rank)
        }
        return best?.column
    }

    var hasDays: Bool { dayRuns.contains { DayHeading.isConvincing($0) } }
}

/// A sheet looked at for attendance: every row profiled once, all layouts judge from that.
struct AttendanceSheet {
    let view: SheetView
    let form: FormIndex
    /// By row, only rows that hold something.
    let profiles: [RowProfile]
    private let placeOfRow: [Int: Int]

    init(_ view: SheetView, form: FormIndex) {
        self.view = view
        self.form = form
        var profiles: [RowProfile] = []
        profiles.reserveCapacity(view.grid.rows.count)
        var placeOfRow: [Int: Int] = [:]
        for row in view.grid.rows {
            placeOfRow[row.index] = profiles.count
            profiles.append(AttendanceSheet.profile(row, form))
        }
        self.profiles = profiles
        self.placeOfRow = placeOfRow
    }

    private static func profile(_ row: CellRow, _ form: FormIndex) -> RowProfile {
        var profile = RowProfile(index: row.index)
        var days: [DayHeading] = []
        for cell in row.cells {
            if case .text(let text) = cell.value, let hit = form.hit(text) {
                profile.hits.append((cell.column, form.definition.fields[hit.field].field, hit.rank))
            }
            if let day = DayHeading.read(cell.value, place: cell.column) { days.append(day) }
        }
        if days.count > 1 || !profile.hits.isEmpty { profile.dayRuns = DayHeading.runs(days) }
        return profile
    }

    func profile(_ row: Int) -> RowProfile? { placeOfRow[row].map { profiles[$0] } }

    /// The row of that place in the sheet's order, nil past its end.
    func place(_ row: Int) -> Int? { placeOfRow[row] }
}

/// Headings of a grid or list: the rows they take, and field → column.
struct HeadingZone {
    var rows: ClosedRange<Int>
    var columns: [FieldID: Int]
    var headings: [FieldID: SubmittedText]
    var dayRuns: [[DayHeading]]
    /// Columns with 上午/下午 under a day heading.
    var halfOfColumn: [Int: DayHalf]

    /// Nil where the row at `anchor` names no person column.
    static func around(_ anchor: RowProfile, in sheet: AttendanceSheet) -> HeadingZone? {
        guard anchor.column(.name) != nil || anchor.column(.date) != nil else { return nil }
        var top = anchor.index
        var bottom = anchor.index
        let keyColumn = anchor.column(.name) ?? anchor.column(.date) ?? 0
        if let merge = sheet.view.merge(anchor.index, keyColumn) {
            top = min(top, merge.top)
            bottom = max(bottom, min(merge.bottom, merge.top + 3))
        }
        // Days may stand in the row above or below the one that names the columns.
        var dayRow = anchor.hasDays ? anchor : nil
        if dayRow == nil {
            for row in [anchor.index + 1, anchor.index - 1, anchor.index + 2] {
                guard let profile = sheet.profile(row), profile.hasDays, profile.column(.name) == nil else { continue }
                if row > anchor.index + 1, sheet.view.text(row - 1, keyColumn) != nil, row - 1 > bottom { continue }
                // Figures under a heading are a person's, unless the name's heading reaches down to them.
                if row > bottom, let name = sheet.view.row(row)?.cell(keyColumn), !name.value.isBlank { continue }
                dayRow = profile
                break
            }
        }
        // Few days, but headed in words or dates: a short list still is a grid.
        var runs = dayRow?.dayRuns.filter { DayHeading.isConvincing($0) } ?? []
        if runs.isEmpty {
            runs = anchor.dayRuns.filter { DayHeading.isConvincing($0, atLeast: $0[0].hasMonth ? 1 : 3) }
            if !runs.isEmpty { dayRow = anchor }
        }
        if let dayRow {
            top = min(top, dayRow.index)
            bottom = max(bottom, dayRow.index)
        }
        var halfOfColumn: [Int: DayHalf] = [:]
        if let first = runs.first?.first?.place, let last = runs.last?.last?.place, let dayRow {
            var next = dayRow.index + 1
            while let row = sheet.view.row(next) {
                var weekdays = 0
                var halves: [Int: DayHalf] = [:]
                var others = 0
                for cell in row.cells where cell.column >= first && cell.column <= last + 1 {
                    guard case .text(let text) = cell.value else {
                        if case .date = cell.value { weekdays += 1 } else if !cell.value.isBlank { others += 1 }
                        continue
                    }
                    if let half = HalfWord.read(text) {
                        halves[cell.column] = half
                    } else if HalfWord.isWeekday(text) {
                        weekdays += 1
                    } else if !cell.value.isBlank {
                        others += 1
                    }
                }
                guard weekdays + halves.count > others, weekdays + halves.count > 0 else { break }
                if next > bottom, let name = row.cell(keyColumn), !name.value.isBlank,
                    sheet.profile(next)?.hits.isEmpty ?? true
                {
                    break
                }
                if halves.count > weekdays { halfOfColumn = halves }
                bottom = max(bottom, next)
                next += 1
            }
        }
        var zone = HeadingZone(
            rows: top...bottom, columns: [:], headings: [:], dayRuns: runs, halfOfColumn: halfOfColumn)
        zone.findColumns(in: sheet)
        return zone
    }

    private mutating func findColumns(in sheet: AttendanceSheet) {
        var dayColumns: Set<Int> = []
        for run in dayRuns { for day in run { dayColumns.insert(day.place) } }
        for column in halfOfColumn.keys { dayColumns.insert(column) }
        var best: [FieldID: (rank: Int, column: Int, text: SubmittedText)] = [:]
        var seen: Set<Int> = []
        for row in rows {
            guard let cells = sheet.view.row(row)?.cells else { continue }
            for cell in cells where !dayColumns.contains(cell.column) {
                guard case .text(let text) = cell.value else { continue }
                var hit = sheet.form.hit(text, loosely: true)
                if row > rows.lowerBound, let parent = sheet.view.text(row - 1, cell.column), parent.cell.row < row,
                    let joined = sheet.form.hit(parent.text + text), joined.rank < (hit?.rank ?? 101)
                {
                    hit = joined
                }
                guard let hit else { continue }
                let field = sheet.form.definition.fields[hit.field].field
                let rank = hit.rank * 4 + (seen.contains(cell.column) ? 1 : 0)
                if best[field] == nil || best[field]!.rank > rank {
                    let address = CellAddress(row: row, column: cell.column)
                    best[field] = (rank, cell.column, SubmittedText(text: text, cell: address))
                }
                seen.insert(cell.column)
            }
        }
        // One column means one field: the surer one.
        var owner: [Int: (rank: Int, field: FieldID)] = [:]
        for (field, found) in best.sorted(by: { ($0.value.rank, $0.key) < ($1.value.rank, $1.key) }) {
            if owner[found.column] == nil { owner[found.column] = (found.rank, field) }
        }
        for (column, found) in owner {
            columns[found.field] = column
            headings[found.field] = best[found.field]?.text
        }
    }
}
