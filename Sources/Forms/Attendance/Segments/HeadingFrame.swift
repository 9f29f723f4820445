import Domain
import Tables

/// A line of day headings.
struct DayLine {
    var row: Int
    var days: DayChain
}

/// The rows that headings take: the line that names the columns, lines of days, what stands under them.
struct HeadingFrame {
    let anchor: RowProfile
    /// Column of the heading 姓名, else 日期; nil where the row has days alone.
    let key: Int?
    private(set) var rows: ClosedRange<Int>
    /// The upper first.
    private(set) var lines: [DayLine] = []
    /// Columns with 上午, 下午, 晚上 under a day.
    private(set) var slots: [Int: DaySlot] = [:]
    /// Columns whose heading among days is a formula without a stored value, with its row.
    private(set) var uncached: [CellAddress] = []

    /// The cells beside the days that name a line under them: 星期, 节假日, 备注. They head no column.
    private(set) var lineLabels: [CellAddress] = []

    /// Of a line of words under the days (计划 | 实际 under each), its row and what they make of the columns.
    private(set) var group: (row: Int, columns: ColumnGroup)?

    private let sheet: AttendanceSheet

    /// Nil where the row at `anchor` names no column and no days.
    init?(_ anchor: RowProfile, in sheet: AttendanceSheet) {
        self.anchor = anchor
        self.sheet = sheet
        key = anchor.column(.name) ?? anchor.column(.date)
        rows = anchor.index...anchor.index
        guard key != nil || HeadingFrame.isDayRow(anchor) else { return nil }
        if let key, let merge = sheet.view.merge(anchor.index, key) {
            extend(to: merge.top)
            extend(to: min(merge.bottom, merge.top + 3))
        }
        findFirstLine()
        findUncached()
        findLinesBelow()
    }

    /// Days enough to head a table by themselves: a month, half a month, a week from its first day.
    static func isDayRow(_ row: RowProfile) -> Bool {
        row.days.runs.contains { run in
            DayHeading.isConvincing(run)
                && (run.count >= 7 || run[0].hasMonth || [1, 11, 16, 21, 26].contains(run[0].day))
        }
    }

    private mutating func extend(to row: Int) {
        rows = min(rows.lowerBound, row)...max(rows.upperBound, row)
    }

    /// First and last column of days.
    var dayRange: ClosedRange<Int>? {
        var columns = lines.flatMap { line in line.days.runs.flatMap { $0.map(\.place) } + line.days.slips.map(\.place)
        }
        columns += uncached.map(\.column)
        columns += slots.keys
        guard let first = columns.min(), let last = columns.max() else { return nil }
        return first...last
    }

    // MARK: Lines of days

    /// Days may stand in the row above or below the one that names the columns.
    private mutating func findFirstLine() {
        var found = anchor.hasDays ? anchor : nil
        if found == nil, let key {
            for row in [anchor.index + 1, anchor.index - 1, anchor.index + 2] {
                guard let profile = sheet.profile(row), profile.hasDays, profile.column(.name) == nil else { continue }
                if row > anchor.index + 1, sheet.view.text(row - 1, key) != nil, row - 1 > rows.upperBound { continue }
                // Figures under a heading are a person's, unless the name's heading reaches down to them.
                if row > rows.upperBound, let name = sheet.view.row(row)?.cell(key), name.isFilled { continue }
                found = profile
                break
            }
        }
        if let found {
            lines = [DayLine(row: found.index, days: found.days)]
        } else {
            // Few days, but headed in words or dates: a short list still is a grid.
            let runs = anchor.days.runs.filter { DayHeading.isConvincing($0, atLeast: $0[0].hasMonth ? 1 : 3) }
            if runs.isEmpty, let single = singleDay() ?? lastDays() {
                lines = [single]
            } else if !runs.isEmpty {
                var days = anchor.days
                days.runs = runs
                lines = [DayLine(row: anchor.index, days: days)]
            }
        }
        guard let line = lines.first else { return }
        extend(to: line.row)
        slots = sheet.profile(line.row)?.slots ?? [:]
    }

    /// One day, and formulas without a value behind it that would be the others.
    private func singleDay() -> DayLine? {
        for row in rows {
            guard let profile = sheet.profile(row), profile.uncachedCount >= 3, !profile.days.runs.isEmpty else {
                continue
            }
            return DayLine(row: row, days: profile.days)
        }
        return nil
    }

    /// 姓名 | 29 | 30: the last week of a month that is written a week at a time.
    private func lastDays() -> DayLine? {
        guard anchor.column(.name) != nil, anchor.days.runs.count == 1, let run = anchor.days.runs.first,
            run[0].day > 21, anchor.days.slips.isEmpty, let cells = sheet.view.row(anchor.index)?.filled,
            zip(run, run.dropFirst()).allSatisfy({ $1.day == $0.day + 1 && $1.place == $0.place + 1 }),
            cells.count(where: { $0.value.isNumber }) == run.count
        else { return nil }
        return DayLine(row: anchor.index, days: anchor.days)
    }

    /// Headings that are formulas without a value: among the days, or three and more right of the names.
    private mutating func findUncached() {
        let range = dayRange
        for row in rows {
            guard let profile = sheet.profile(row), profile.uncachedCount > 0, let cells = sheet.view.row(row)?.cells
            else {
                continue
            }
            let columns = cells.filter(\.isUncachedFormula).map(\.column)
            var last = range?.upperBound ?? (columns.count >= 3 ? columns[0] - 1 : Int.max - 1)
            for column in columns where column > (key ?? -1) {
                if let range, range.contains(column) || column < range.lowerBound {
                    uncached.append(CellAddress(row: row, column: column))
                } else if column == last + 1 {
                    uncached.append(CellAddress(row: row, column: column))
                    last = column
                }
            }
        }
    }

    /// A second line of days, and lines of weekdays or halves under the days.
    private mutating func findLinesBelow() {
        guard let range = dayRange else { return }
        var next = (lines.last?.row ?? rows.upperBound) + 1
        while let row = sheet.view.row(next), let profile = sheet.profile(next) {
            let isNamed = key.map { row.cell($0)?.isFilled ?? false } ?? false
            let label = lineLabel(row, range)
            if isNamed, next > rows.upperBound, profile.hits.isEmpty, label == nil { break }
            if isMoreDays(profile, range) {
                lines.append(DayLine(row: next, days: profile.days))
            } else if let label {
                lineLabels.append(label)
            } else if group == nil, lines.count == 1, slots.isEmpty,
                let found = ColumnGroup(under: lines[0], row, last: lastUnder(lines[0]))
            {
                group = (next, found)
            } else if let found = underDays(row, range) {
                if found.halves.count > found.others { slots = found.halves }
            } else {
                break
            }
            extend(to: next)
            next += 1
        }
    }

    /// The last column of the last day: its heading may be merged over several.
    private func lastUnder(_ line: DayLine) -> Int {
        let days = line.days.runs.last ?? []
        guard let last = days.last else { return 0 }
        let width = days.count > 1 ? last.place - days[days.count - 2].place : 1
        return sheet.view.merge(line.row, last.place)?.right ?? last.place + width - 1
    }

    /// Other days over the same columns: the lower half of the month.
    private func isMoreDays(_ profile: RowProfile, _ range: ClosedRange<Int>) -> Bool {
        guard profile.column(.name) == nil, profile.column(.date) == nil || key == nil || anchor.column(.name) != nil,
            profile.hasDays || profile.days.runs.contains(where: { DayHeading.isConvincing($0, atLeast: 3) }),
            // A line that slipped against the other begins beside it.
            let run = profile.days.runs.first, run[0].place > key ?? -1,
            (range.lowerBound - 1...range.upperBound).contains(run[0].place)
        else { return false }
        let known = Set(lines.flatMap { $0.days.runs.flatMap { $0.map(\.day) } })
        return !run.contains { known.contains($0.day) && $0.month == nil }
    }

    /// The cell that alone stands beside the days and names a line of what a calendar says of them; nil where it is
    /// another word, or where marks stand in the row.
    private func lineLabel(_ row: CellRow, _ range: ClosedRange<Int>) -> CellAddress? {
        let beside = row.cells.filter { $0.column < range.lowerBound && $0.isFilled }
        guard row.index > anchor.index, beside.count == 1, case .text(let label) = beside[0].value,
            HalfWord.headsLine(label)
        else { return nil }
        let isOfWords = row.cells.allSatisfy { cell in
            guard cell.column >= range.lowerBound, cell.isFilled else { return true }
            guard case .text(let text) = cell.value else { return false }
            return HalfWord.isDayNote(text) || HalfWord.isWeekday(text)
                || text.unicodeScalars.allSatisfy(\.isCJK) && MarkMeaning.status(of: text) != .present
        }
        return isOfWords ? CellAddress(row: row.index, column: beside[0].column) : nil
    }

    /// Weekdays, halves and holidays under the days; nil where the row holds mostly something else.
    private func underDays(_ row: CellRow, _ range: ClosedRange<Int>) -> (halves: [Int: DaySlot], others: Int)? {
        var halves: [Int: DaySlot] = [:]
        var calendar = 0
        var others = 0
        var formulas = 0
        for cell in row.cells
        where cell.column >= range.lowerBound && cell.column <= range.upperBound + 2 && cell.isFilled {
            switch cell.value {
            case .date, .dateTime: calendar += 1
            case .text(let text):
                if let half = HalfWord.read(text) {
                    halves[cell.column] = half
                } else if HalfWord.isWeekday(text) || HalfWord.isDayNote(text) {
                    calendar += 1
                } else {
                    others += 1
                }
            case .empty: formulas += 1
            default: others += 1
            }
        }
        // A line of formulas without values and nothing else under the days: their weekdays.
        if formulas >= 3, others + calendar + halves.count == 0 { return (halves, formulas) }
        others += formulas
        let found = calendar + halves.count
        guard found > others, found > 0 else { return nil }
        return (halves, max(calendar, others))
    }
}
