import Domain
import Tables

/// What one row of a sheet shows at first sight.
struct RowProfile {
    var index: Int
    /// Columns headed by a field of the attendance form.
    var hits: [(column: Int, field: FieldID, rank: Int)] = []
    /// Its day headings, settled; empty where the row holds none to speak of.
    var days = DayChain([])
    /// Formulas without a stored value.
    var uncachedCount = 0
    /// Names of weekdays.
    var weekdayCount = 0
    /// Columns whose heading names a day and its half: 1上, 1下.
    var slots: [Int: DaySlot] = [:]

    func column(_ field: FieldID) -> Int? {
        var best: (column: Int, rank: Int)?
        for hit in hits where hit.field == field && (best == nil || hit.rank < best!.rank) {
            best = (hit.column, hit.rank)
        }
        return best?.column
    }

    func columns(_ field: FieldID) -> [Int] { hits.filter { $0.field == field }.map(\.column) }

    var hasDays: Bool { days.runs.contains { DayHeading.isConvincing($0) } }
}

/// A sheet looked at for attendance: every row profiled once, all layouts judge from that; who read which cell.
struct AttendanceSheet {
    let view: SheetView
    let form: FormIndex
    /// By row, only rows that hold something.
    let profiles: [RowProfile]
    let claims: CellClaims
    /// Whether what else was weighed is kept, for `inspect`.
    let explains: Bool
    /// The last column that holds something; -1 for none.
    let lastColumn: Int
    private let placeOfRow: [Int: Int]

    /// Whether a cell is a heading of dates (日期).
    func isDateHeading(_ cell: Cell?) -> Bool {
        guard case .text(let text)? = cell?.value, let hit = form.hit(text) else { return false }
        return form.definition.fields[hit.field].field == .date
    }

    init(_ view: SheetView, form: FormIndex, explains: Bool = false) {
        self.view = view
        self.explains = explains
        self.form = form
        claims = CellClaims(view.grid)
        lastColumn = view.grid.rows.reduce(-1) { max($0, $1.cells.last?.column ?? -1) }
        var profiles: [RowProfile] = []
        profiles.reserveCapacity(view.grid.rows.count)
        var placeOfRow: [Int: Int] = [:]
        for row in view.grid.rows {
            placeOfRow[row.index] = profiles.count
            profiles.append(AttendanceSheet.profile(row, form))
        }
        NeighbouringWords.settle(&profiles, view, form)
        self.profiles = profiles
        self.placeOfRow = placeOfRow
    }

    private static func profile(_ row: CellRow, _ form: FormIndex) -> RowProfile {
        var profile = RowProfile(index: row.index)
        var days: [DayHeading] = []
        var ascents = 0
        var odd = OddDays()
        for cell in row.cells {
            if cell.isUncachedFormula {
                profile.uncachedCount += 1
                continue
            }
            if case .text(let text) = cell.value {
                if let hit = form.hit(text) {
                    profile.hits.append((cell.column, form.definition.fields[hit.field].field, hit.rank))
                } else if HalfWord.isWeekday(text) {
                    profile.weekdayCount += 1
                }
                odd.read(text, at: cell.column)
            }
            guard !cell.showsMonth, let day = DayHeading.read(cell.value, place: cell.column) else { continue }
            if let last = days.last, last.days[0] < day.days[0] || last.month != day.month { ascents += 1 }
            days.append(day)
        }
        if let (settled, slots) = odd.settled {
            (days, profile.slots) = (settled, slots)
            ascents = settled.count
            profile.weekdayCount = 0
        }
        if let ascending = DayChain.turned(days) {
            profile.days = ascending
            return profile
        }
        // A row of marks holds ones, not days: nothing ascends.
        let isAscending = days.count < 2 || ascents * 2 >= days.count
        if isAscending, days.count > 1 || !profile.hits.isEmpty || profile.uncachedCount > 0 {
            profile.days = DayChain(days)
        }
        return profile
    }

    /// The first cell of the sign that stands in several cells, as marks do; nil where none does.
    var firstMark: CellAddress? {
        var count: [String: (first: CellAddress, cells: Int)] = [:]
        for row in view.grid.rows.prefix(200) {
            for cell in row.cells {
                guard case .text(let text) = cell.value, text.utf8.count <= 8 else { continue }
                let key = MarkText.key(text)
                guard MarkText.isCommonMark(key) else { continue }
                count[key, default: (CellAddress(row: row.index, column: cell.column), 0)].cells += 1
            }
        }
        return count.values.filter { $0.cells >= Self.marksMin }.map(\.first).min()
    }

    /// A legend or an instruction shows a sign a time or two.
    private static let marksMin = 5

    func profile(_ row: Int) -> RowProfile? { placeOfRow[row].map { profiles[$0] } }

    /// The row of that place in the sheet's order, nil past its end.
    func place(_ row: Int) -> Int? { placeOfRow[row] }

    /// Rows below a heading down to the next row that may be one, at most `limit`.
    func bodyRows(after row: Int, limit: Int = 60) -> [CellRow] {
        var rows: [CellRow] = []
        for profile in profiles where profile.index > row {
            if rows.count >= limit || profile.column(.name) != nil || profile.hasDays { break }
            if let row = view.row(profile.index) { rows.append(row) }
        }
        return rows
    }

    /// Rows within a range that hold something.
    func rows(_ range: Range<Int>) -> [CellRow] {
        guard let start = profiles.firstIndex(where: { $0.index >= range.lowerBound }) else { return [] }
        var rows: [CellRow] = []
        for profile in profiles[start...] {
            if profile.index >= range.upperBound { break }
            if let row = view.row(profile.index) { rows.append(row) }
        }
        return rows
    }
}
