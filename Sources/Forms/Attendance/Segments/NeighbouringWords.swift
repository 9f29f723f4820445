import Domain
import Tables

/// Words in a row that only their neighbours tell: 日 among weekdays is Sunday and heads nothing; 日期/姓名 beside a
/// line of days stands over names, beside names over the days.
enum NeighbouringWords {
    static func settle(_ profiles: inout [RowProfile], _ view: SheetView, _ form: FormIndex) {
        for place in profiles.indices {
            for index in profiles[place].hits.indices.reversed() where profiles[place].hits[index].field == .date {
                let column = profiles[place].hits[index].column
                guard case .text(let text)? = view.row(profiles[place].index)?.cell(column)?.value else { continue }
                if HalfWord.isWeekday(text) {
                    if !profiles[place].hasDays, isAmongWeekdays(profiles[place].index, column, view) {
                        profiles[place].hits.remove(at: index)
                        profiles[place].weekdayCount += 1
                    }
                } else if form.namesBoth(text), isBesideDays(place, column, profiles, view) {
                    profiles[place].hits[index].field = .name
                }
            }
        }
    }

    /// Whether the next other word above or below in the column is a weekday, or heads a column of them.
    private static func isAmongWeekdays(_ row: Int, _ column: Int, _ view: SheetView) -> Bool {
        let own = view.text(row, column)?.text
        for step in [-1, 1] {
            for distance in 1...rowsOfDayMax {
                guard let found = view.text(row + step * distance, column) else { continue }
                if found.text == own { continue }
                if HalfWord.isWeekday(found.text) || step < 0 && HalfWord.headsWeekdays(found.text) { return true }
                break
            }
        }
        return false
    }

    /// Rows of one Sunday that a log may hold under each other.
    private static let rowsOfDayMax = 60

    /// Days stand in the row, or in one beside it where the cell's own column is blank.
    private static func isBesideDays(
        _ place: Int, _ column: Int, _ profiles: [RowProfile], _ view: SheetView
    ) -> Bool {
        if profiles[place].hasDays { return true }
        return [place - 1, place + 1].contains { other in
            profiles.indices.contains(other) && abs(profiles[other].index - profiles[place].index) == 1
                && profiles[other].hasDays && !(view.row(profiles[other].index)?.cell(column)?.isFilled ?? false)
        }
    }
}
