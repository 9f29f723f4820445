import Domain
import Tables

/// A date of a log, as far as its cell tells.
struct LoggedDate {
    var row: Int
    var address: CellAddress
    var text: String
    var year: Int?
    var month: Int?
    /// More than one where a number lost its last zero; empty where no date can be read.
    var days: [Int]
    /// The part of the day that the row is about.
    var slot: DaySlot?
    /// Run of days that follow each other, for dates that name no month.
    var run: Int?
}

/// Settles dates typed as numbers by their sequence: `11.1` is the 1st or the 10th. Source: spec §5.4.
enum LogDates {
    /// A date whose month and year may stand in columns of their own, written once and holding down to the next one.
    static func read(_ view: SheetView, row: Int, in columns: DateColumn, below top: Int) -> LoggedDate? {
        guard var date = read(view, row: row, column: columns.date) else { return nil }
        func part(_ column: Int?, _ range: ClosedRange<Int>) -> Int? {
            guard let column else { return nil }
            for place in stride(from: row, to: max(top, row - 400), by: -1) {
                guard let cell = view.cell(place, column)?.cell, !cell.value.isBlank else { continue }
                var key = TextFolding.key(cell.value.display)
                if let last = key.last, "年月".contains(last) { key.removeLast() }
                return Int(key).flatMap { range.contains($0) ? $0 : nil }
            }
            return nil
        }
        if date.month == nil { date.month = part(columns.month, 1...12) }
        if date.year == nil, date.month != nil { date.year = part(columns.year, MonthText.years) }
        return date
    }

    /// Nil where the cell is blank.
    static func read(_ view: SheetView, row: Int, column: Int) -> LoggedDate? {
        guard let (cell, address) = view.cell(row, column), !cell.value.isBlank else { return nil }
        var date = LoggedDate(row: row, address: address, text: cell.value.display, days: [])
        switch cell.value {
        case .date(let day), .dateTime(let day, _):
            let parts = day.parts
            (date.year, date.month, date.days) = (parts.year, parts.month, [parts.day])
        case .number(let number):
            guard let reading = DateText.read(number) else { return date }
            (date.year, date.month, date.days) = (reading.year, reading.month, reading.days)
        case .text(let text):
            let half = HalfWord.behindDate(text)
            guard let reading = DateText.read(half.date) else { return date }
            (date.year, date.month, date.days) = (reading.year, reading.month, reading.days)
            date.slot = half.slot
            if view.isTextFile, reading.year == nil, reading.days.count == 1, (1...3).contains(reading.days[0]),
                lostZeroIsPossible(text)
            {
                date.days.append(reading.days[0] * 10)
            }
        default: return date
        }
        return date
    }

    /// `11.1` in a text file may have been a number when it was saved; `11/1`, `11.01` may not.
    private static func lostZeroIsPossible(_ text: String) -> Bool {
        let parts = TextFolding.key(text).split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 2 && parts[1].count == 1
            && parts.allSatisfy { $0.utf8.allSatisfy { (48...57).contains($0) } }
    }

    /// A text file that writes `11.10` somewhere has kept its zeros everywhere.
    static func keepsZeros(_ dates: [LoggedDate]) -> Bool {
        dates.contains { date in
            let parts = TextFolding.key(date.text).split(separator: ".")
            return parts.count == 2 && parts[1].count == 2 && (parts[1].hasSuffix("0") || parts[1].hasPrefix("0"))
        }
    }

    /// Leaves each date the days that some ascending reading of the whole list gives it.
    ///
    /// Strictly ascending first, then allowing repeats. Where no ascending reading exists, nothing is settled.
    static func settle(_ dates: inout [LoggedDate], monthDays: Int) {
        for index in dates.indices where dates[index].days.count > 1 {
            let possible = dates[index].days.filter { $0 <= monthDays }
            if !possible.isEmpty { dates[index].days = possible }
        }
        guard dates.contains(where: { $0.days.count > 1 }) else { return }
        if narrow(&dates, strictly: true) { return }
        _ = narrow(&dates, strictly: false)
    }

    /// False where no ascending reading exists.
    private static func narrow(_ dates: inout [LoggedDate], strictly: Bool) -> Bool {
        let places = dates.indices.filter { !dates[$0].days.isEmpty }
        func key(_ index: Int, _ day: Int) -> Int {
            (dates[index].month ?? 0) * 200 + day * 4
                + (dates[index].slot == .afternoon ? 1 : dates[index].slot == .evening ? 2 : 0)
        }
        let step = strictly ? 1 : 0
        // The smallest end of an ascending reading up to each place, and the largest beginning after it.
        var floor: [Int] = []
        var last = Int.min / 2
        for index in places {
            guard let least = dates[index].days.map({ key(index, $0) }).filter({ $0 >= last + step }).min() else {
                return false
            }
            floor.append(last)
            last = least
        }
        var ceiling = [Int](repeating: 0, count: places.count)
        var next = Int.max / 2
        for place in places.indices.reversed() {
            let index = places[place]
            guard let most = dates[index].days.map({ key(index, $0) }).filter({ $0 <= next - step }).max() else {
                return false
            }
            ceiling[place] = next
            next = most
        }
        for (place, index) in places.enumerated() {
            let possible = dates[index].days.filter {
                key(index, $0) >= floor[place] + step && key(index, $0) <= ceiling[place] - step
            }
            if !possible.isEmpty { dates[index].days = possible }
        }
        return true
    }

    /// Runs of the months that dates name, none twice.
    static func runs(_ view: SheetView, rows: [CellRow], columns: [DateColumn], below top: Int) -> [DayRun] {
        var runs: [DayRun] = []
        for row in rows {
            for column in columns {
                guard row.cell(column.date)?.isFilled ?? false,
                    let date = read(view, row: row.index, in: column, below: top), let month = date.month,
                    let day = date.days.first
                else { continue }
                if let place = runs.firstIndex(where: { $0.month == month && $0.year == date.year }) {
                    runs[place].first = min(runs[place].first, day)
                    runs[place].last = max(runs[place].last, date.days.last ?? day)
                    runs[place].count += 1
                } else {
                    runs.append(DayRun(id: runs.count, year: date.year, month: month, first: day, last: day, count: 1))
                }
            }
        }
        return runs
    }
}
