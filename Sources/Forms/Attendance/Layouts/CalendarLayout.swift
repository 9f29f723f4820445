import Domain
import Tables

/// A calendar of weeks on a sheet per person: weekdays across, the day's number above its mark, or before it in one
/// cell (3√). Source: spec §5.4.
struct CalendarLayout: AttendanceLayout {
    let id = AttendanceLayoutID.calendar

    func recognise(_ sheet: AttendanceSheet, headingAt row: RowProfile, zone: HeadingZone?) -> RecognisedBlock? {
        guard row.weekdayCount >= 5, let cells = sheet.view.row(row.index)?.filled else { return nil }
        let columns = cells.filter { if case .text(let text) = $0.value { HalfWord.isWeekday(text) } else { false } }
            .map(\.column)
        guard let first = columns.min(), let last = columns.max() else { return nil }
        let weeks = CalendarLayout.weeks(sheet, first...last, after: row.index)
        let count = weeks.reduce(0) { $0 + $1.days.count }
        guard weeks.count >= 2, count >= 7, DayChain(weeks.flatMap(\.days)).slips.count * 4 <= count else { return nil }
        let evidence = BilingualText(zh: "按星期排列，日期在上、考勤在下", en: "weeks across, the day's number above its mark")
        var block = RecognisedBlock(
            self, score: 66, evidence: evidence, headingRows: row.index...row.index,
            range: 0...max(0, sheet.lastColumn),
            columns: [:])
        block.known = Set(columns)
        return block
    }

    /// A line of day numbers and the rows of marks under it.
    struct Week {
        var row: Int
        var days: [DayHeading]
        var marks: [Int]
        /// By column what stands behind the numbers, where marks stand in their cells.
        var behind: [Int: String] = [:]
    }

    static func weeks(_ sheet: AttendanceSheet, _ columns: ClosedRange<Int>, after row: Int) -> [Week] {
        var weeks: [Week] = []
        for profile in sheet.profiles where profile.index > row {
            guard let cells = sheet.view.row(profile.index) else { continue }
            if case .text(let text)? = cells.firstFilled?.value,
                RowNoise.isSignature(text) || RowNoise.isNote(text) || LegendGrammar.body(of: text) != nil
                    || profile.weekdayCount >= 5 || !LabelText.labels(text, sheet.form).isEmpty
            {
                break
            }
            let own = cells.cells.filter { columns.contains($0.column) && $0.isFilled }
            let numbered = own.compactMap(CalendarCell.init)
            let days = numbered.map(\.day)
            let follows =
                weeks.last?.days.last.map { last in
                    days.first.map { $0.day > last.day || $0.month != last.month } ?? false
                } ?? true
            if !days.isEmpty, days.count == own.count, follows, isAscending(days) {
                let behind = numbered.compactMap { cell in cell.mark.map { (cell.day.place, $0) } }
                weeks.append(
                    Week(
                        row: profile.index, days: days, marks: [],
                        behind: Dictionary(behind) { first, _ in first }))
            } else if !weeks.isEmpty, !own.isEmpty {
                weeks[weeks.count - 1].marks.append(profile.index)
            } else if weeks.isEmpty {
                return []
            }
            if weeks.count > 7 { break }
        }
        return weeks
    }

    /// The last line of days of a calendar; nil for a block of another layout.
    static func lastWeek(_ sheet: AttendanceSheet, _ block: RecognisedBlock) -> Int? {
        weeks(sheet, of: block).last?.row
    }

    /// The lines of days of a calendar and those under them, which hold marks; none for a block of another layout.
    static func weekRows(_ sheet: AttendanceSheet, _ block: RecognisedBlock) -> Set<Int> {
        Set(weeks(sheet, of: block).flatMap { $0.behind.isEmpty ? [$0.row, $0.row + 1] : [$0.row] })
    }

    /// The weeks of a calendar; none for a block of another layout.
    private static func weeks(_ sheet: AttendanceSheet, of block: RecognisedBlock) -> [Week] {
        guard block.layout is CalendarLayout, let first = block.known.min(), let last = block.known.max() else {
            return []
        }
        return weeks(sheet, first...last, after: block.headingRows.upperBound)
    }

    private static func isAscending(_ days: [DayHeading]) -> Bool {
        zip(days, days.dropFirst()).allSatisfy {
            $1.day - $0.day == $1.place - $0.place || ($1.day == 1 && $0.day >= 28)
        }
    }

    func runs(_ sheet: AttendanceSheet, _ block: RecognisedBlock, body: Range<Int>) -> [DayRun] {
        DayRun.of(CalendarLayout.columns(sheet, block, body).map(\.day))
    }

    /// Each day with the row of its number.
    private static func columns(
        _ sheet: AttendanceSheet, _ block: RecognisedBlock, _ body: Range<Int>
    ) -> [(day: DayColumn, week: Week)] {
        let weeks = weeks(sheet, of: block).filter { body.contains($0.row) }
        // Places in reading order: the chain of the whole month settles runs and slips.
        var headings: [DayHeading] = []
        var origin: [(column: Int, week: Week)] = []
        for week in weeks {
            for day in week.days {
                var heading = day
                heading.place = headings.count
                headings.append(heading)
                origin.append((day.place, week))
            }
        }
        let chain = DayChain(headings)
        return chain.runs.enumerated().flatMap { run, list in
            list.map { heading in
                let (column, week) = origin[heading.place]
                return (
                    DayColumn(
                        column: column, line: 0, run: run, year: heading.year, month: heading.month, day: heading.day),
                    week
                )
            }
        }
    }

    func read(_ input: BlockInput, marks: inout MarkReader) -> TableReading {
        guard let owner = input.owner else { return TableReading() }
        let people = PersonRow(input: input, columns: TableColumns(input))
        var reading = PersonReading(row: people.start(owner, at: []))
        people.describe(&reading.row)
        let claims = input.sheet.claims
        for (day, week) in CalendarLayout.columns(input.sheet, input.block, input.body) {
            if let mark = week.behind[day.column] {
                readBehind(mark, day, week, input, people, &marks, &reading)
                continue
            }
            claims.claim(week.row, day.column, .dayHeading)
            let cells = week.marks.compactMap { row -> (Cell, Int)? in
                guard let cell = input.sheet.view.row(row)?.cell(day.column), cell.isFilled else { return nil }
                return (cell, row)
            }
            if readHalves(day, week, input, people, &marks, &reading) { continue }
            // Two marks under one number: which of them, or which half, nobody knows; they stay unread.
            guard cells.count <= 1 else { continue }
            let address = CellAddress(row: cells.first?.1 ?? week.row + 1, column: day.column)
            claims.claim(address, .mark)
            reading.rows.append(address.row)
            switch input.place(year: day.year, month: day.month, day: day.day, run: day.run) {
            case .date(let date):
                people.add(marks.read(cells.first?.0), cells.first?.0, at: address, date: date, reading: &reading)
            case .impossible(let period):
                people.impossible(
                    cells.first?.0.value.display ?? "", day: "\(day.day)", in: period, at: address, person: &reading.row
                )
            case .ambiguous: continue
            }
        }
        reading.row.days.sort { ($0.date, $0.cell) < ($1.date, $1.cell) }
        for day in reading.row.days { reading.sums.add(day.morning, day.afternoon) }
        reading.rows = Array(Set(reading.rows)).sorted()
        return reading.row.days.isEmpty ? TableReading() : TableReading(people: [reading])
    }

    /// 3√: the mark in the cell of its number.
    private func readBehind(
        _ mark: String, _ day: DayColumn, _ week: Week, _ input: BlockInput, _ people: PersonRow,
        _ marks: inout MarkReader, _ reading: inout PersonReading
    ) {
        let address = CellAddress(row: week.row, column: day.column)
        let cell = input.sheet.view.row(week.row)?.cell(day.column)
        input.sheet.claims.claim(address, .mark)
        reading.rows.append(week.row)
        switch input.place(year: day.year, month: day.month, day: day.day, run: day.run) {
        case .date(let date):
            let found = marks.read(Cell(column: day.column, value: .text(mark)))
            people.add(found, cell, at: address, date: date, reading: &reading)
        case .impossible(let period):
            people.impossible(mark, day: "\(day.day)", in: period, at: address, person: &reading.row)
        case .ambiguous: return
        }
    }

    /// Rows of 上午 and 下午 under the numbers, each half's mark its own.
    private func readHalves(
        _ day: DayColumn, _ week: Week, _ input: BlockInput, _ people: PersonRow, _ marks: inout MarkReader,
        _ reading: inout PersonReading
    ) -> Bool {
        var rows: [DaySlot: Int] = [:]
        for row in week.marks {
            guard let label = input.sheet.view.row(row)?.firstFilled, case .text(let text) = label.value,
                let slot = HalfWord.read(text), rows[slot] == nil
            else { return false }
            rows[slot] = row
            input.sheet.claims.claim(row, label.column, .heading)
        }
        guard let morning = rows[.morning], let afternoon = rows[.afternoon],
            case .date(let date) = input.place(year: day.year, month: day.month, day: day.day, run: day.run)
        else { return false }
        func at(_ row: Int) -> (cell: Cell?, address: CellAddress) {
            let address = CellAddress(row: row, column: day.column)
            input.sheet.claims.claim(address, .mark)
            reading.rows.append(row)
            return (input.sheet.view.row(row)?.cell(day.column), address)
        }
        let (first, second) = (at(morning), at(afternoon))
        people.add(
            morning: marks.readHalf(first.cell), first, afternoon: marks.readHalf(second.cell), second, date: date,
            reading: &reading)
        return true
    }
}

/// A cell of a line of a calendar's days: its number, and the mark behind it if one stands there.
private struct CalendarCell {
    var day: DayHeading
    var mark: String?

    /// Nil where no day's number opens the cell.
    init?(_ cell: Cell) {
        if let day = DayHeading.read(cell.value, place: cell.column) {
            self.day = day
            return
        }
        guard case .text(let whole) = cell.value else { return nil }
        let text = TextFolding.halfWidth(whole).drop { TextFolding.isSpace($0.unicodeScalars.first ?? " ") }
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        guard digits.count <= 2, let number = Int(digits), (1...31).contains(number) else { return nil }
        var rest = text[digits.endIndex...]
        if let unit = rest.first, "日号".contains(unit) { rest = rest.dropFirst() }
        rest = rest.drop { ":.、\n\r".contains($0) || TextFolding.isSpace($0.unicodeScalars.first ?? "a") }
        guard let first = rest.first, !(first.isASCII && first.isNumber) else { return nil }
        day = DayHeading(place: cell.column, days: [number])
        mark = String(rest)
    }
}
