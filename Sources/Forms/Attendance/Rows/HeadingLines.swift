import Domain
import Tables

/// Compares lines of day headings with the marks under them: marks that no day of their line heads, and headings that
/// slipped against the marks. Source: spec §5.7.
struct HeadingLines {
    /// Cells of headings that are lacking over marks, in sheets whose days stand in two lines.
    private(set) var loose: [SubmittedText] = []
    /// The heading cell beside which the headings slipped: marks stand where no day can be, so that every day after it
    /// may be another; nil where they did not.
    private(set) var slip: SubmittedText?

    private let view: SheetView
    private let lineCount: Int
    private let people: [PersonReading]

    init(_ input: BlockInput, _ columns: TableColumns, _ people: [PersonReading]) {
        view = input.sheet.view
        self.people = people
        let block = input.block
        lineCount = block.dayRows.count
        guard lineCount > 0 else { return }
        var before = 0
        for (line, row) in block.dayRows.enumerated() {
            let days = block.days.filter { $0.line == line }.sorted { $0.column < $1.column }
            guard let first = days.first, let last = days.last else { continue }
            let own = Set(days.map(\.column))
            if lineCount > 1 {
                for column in block.range where columns.isMark(column) && !own.contains(column) && isUsed(column, line)
                {
                    loose.append(heading(row, column))
                }
            }
            let isPlain = days.allSatisfy { $0.slot == nil }
            // A line of one person's sheet begins beside its word, whichever day it begins with.
            let isOfOnePerson = block.layout.id == .personGrid
            let gap = first.column - 1
            if first.day == before + 1 || isOfOnePerson, holdsMarks(gap, line, own, columns) {
                slip = slip ?? heading(row, gap)
            } else if let word = isOfOnePerson ? block.lineColumn : block.columns[.name], gap > word,
                isBlank(gap, block, columns), !isUsed(last.column, line), !areWeekends(days, line, input)
            {
                slip = slip ?? heading(row, gap)
            } else if lineCount > 1, isIndented(line, first.column, block), !isUsed(last.column, line),
                !areWeekends(days, line, input)
            {
                slip = slip ?? heading(row, gap)
            } else if let beyond = slippedWeekday(days, line, row, input) {
                slip = slip ?? beyond
            } else if let before = loose.last, before.cell.row == row, before.cell.column < first.column,
                !isUsed(last.column, line)
            {
                slip = slip ?? before
            } else if isPlain, !isUsed(last.column, line) {
                // No day is lacking between two headings, yet marks stand there, and none under the last.
                for (left, right) in zip(days, days.dropFirst())
                where right.day == left.day + 1 && right.column == left.column + 2
                    && holdsMarks(left.column + 1, line, own, columns)
                {
                    slip = slip ?? heading(row, left.column + 1)
                }
            }
            before = last.day
        }
    }

    /// Whether a line begins one column behind the others, over days of theirs: of its own day nobody has a mark there.
    private func isIndented(_ line: Int, _ first: Int, _ block: RecognisedBlock) -> Bool {
        block.dayRows.indices.allSatisfy { other in
            other == line || block.days.lazy.filter { $0.line == other }.map(\.column).min() == first - 1
        }
    }

    /// A column that nothing heads and in which nobody has anything: the first day should stand over it.
    private func isBlank(_ column: Int, _ block: RecognisedBlock, _ columns: TableColumns) -> Bool {
        guard columns.role(column) == nil else { return false }
        let isUnheaded = block.headingRows.allSatisfy { row in
            view.merge(row, column) == nil && !(view.row(row)?.cell(column)?.isFilled ?? false)
        }
        return isUnheaded && !people.contains { $0.rows.contains { view.row($0)?.cell(column)?.isFilled ?? false } }
    }

    /// The weekday beyond the days, where the weekdays over or under them stand one column aside from where the month
    /// has them and begin so too: either line may have slipped. nil where the marks show that the days did not.
    ///
    /// Weekdays that stand over the days' own columns and are another month's say nothing of the columns.
    private func slippedWeekday(_ days: [DayColumn], _ line: Int, _ row: Int, _ input: BlockInput) -> SubmittedText? {
        guard days.count >= 7, let first = days.first, let last = days.last,
            last.column - first.column == days.count - 1
        else { return nil }
        for other in [row + 1, row - 1]
        where input.block.headingRows.contains(other) && !input.block.dayRows.contains(other) {
            for (beyond, lacking) in [(first.column - 1, last.column), (last.column + 1, first.column)]
            where !isUsed(lacking, line) && weekday(other, lacking) == nil && weekday(other, beyond) != nil {
                let aside = beyond < lacking ? -1 : 1
                let agree = days.allSatisfy { day in
                    guard let written = weekday(other, day.column + aside),
                        case .date(let date) = input.place(year: day.year, month: day.month, day: day.day, run: day.run)
                    else { return false }
                    return written == date.isoWeekday
                }
                if agree { return heading(other, beyond) }
            }
        }
        return nil
    }

    private func weekday(_ row: Int, _ column: Int) -> Int? {
        view.text(row, column).flatMap { $0.cell.column == column ? HalfWord.weekday($0.text) : nil }
    }

    /// Whether weekends show that the days stand where they belong: nobody has a mark on a Saturday or Sunday, and
    /// somebody has on most Fridays, which would be Saturdays if the headings had slipped.
    private func areWeekends(_ days: [DayColumn], _ line: Int, _ input: BlockInput) -> Bool {
        var weekends = 0
        var fridays = (used: 0, all: 0)
        for day in days where day.status == nil {
            guard case .date(let date) = input.place(year: day.year, month: day.month, day: day.day, run: day.run)
            else { return false }
            switch date.isoWeekday {
            case 6, 7:
                if isUsed(day.column, line) { return false }
                weekends += 1
            case 5:
                fridays.all += 1
                if isUsed(day.column, line) { fridays.used += 1 }
            default: break
            }
        }
        return weekends >= 4 && fridays.used * 2 > fridays.all
    }

    /// What stands in the people's rows under days, a cell each: of days of two halves either half's.
    private func marks(_ columns: TableColumns) -> Set<String> {
        var marks: Set<String> = []
        for row in people.lazy.flatMap(\.rows) {
            for cell in view.row(row)?.cells ?? [] where cell.isFilled && columns.isMark(cell.column) {
                marks.insert(MarkText.key(cell.value.display))
            }
        }
        return marks
    }

    private func heading(_ row: Int, _ column: Int) -> SubmittedText {
        let own = view.text(row, column).flatMap { $0.cell.column == column ? $0 : nil }
        return own ?? SubmittedText(text: "", cell: CellAddress(row: row, column: column))
    }

    /// Cells of a column in the rows that a line of headings heads.
    private func cells(_ column: Int, _ line: Int) -> [Cell] {
        people.flatMap { person -> [Cell] in
            let rows =
                lineCount == 1 ? person.rows : person.rows.count == lineCount ? [person.rows[line]] : []
            return rows.compactMap { view.row($0)?.cell(column) }.filter(\.isFilled)
        }
    }

    /// Marks in a column that heads no day of its line.
    private func holdsMarks(
        _ column: Int, _ line: Int, _ own: Set<Int>, _ columns: TableColumns
    ) -> Bool {
        guard column >= 0, !own.contains(column), columns.role(column) == nil || columns.isMark(column) else {
            return false
        }
        let found = cells(column, line)
        guard !found.isEmpty else { return false }
        let marks = marks(columns)
        return found.contains { cell in
            let key = MarkText.key(cell.value.display)
            return marks.contains(key) || MarkText.isCommonMark(key)
        }
    }

    private func isUsed(_ column: Int, _ line: Int) -> Bool { !cells(column, line).isEmpty }
}
