import Domain
import Tables

/// Dates that run down a column: settled by their sequence, shared among months, slips of the hand told apart.
struct VerticalDates {
    /// In the order of the rows; those of slips left out.
    private(set) var dates: [LoggedDate] = []
    /// Dates that fit no sequence, with their cells.
    private(set) var slips: [LoggedDate] = []
    private(set) var runs: [DayRun] = []

    /// - Parameter entries: every date of the column (or of several, one after the other), by rows.
    init(_ entries: [LoggedDate], _ view: SheetView, monthDays: Int) {
        var entries = entries
        if view.isTextFile, LogDates.keepsZeros(entries) {
            for place in entries.indices where entries[place].days.count > 1 { entries[place].days.removeLast() }
        }
        LogDates.settle(&entries, monthDays: monthDays)
        let headings = VerticalDates.headings(entries)
        let chain = DayChain(headings)
        var runOf: [Int: Int] = [:]
        for (run, list) in chain.runs.enumerated() { for heading in list { runOf[heading.place] = run } }
        // Only days without a month can be slips: a full date that stands twice is another matter.
        let slipped = Set(chain.slips.filter { !$0.hasMonth }.map(\.place))
        var group = -1
        for (place, entry) in entries.enumerated() {
            if headings.contains(where: { $0.place == place }) { group = place }
            if slipped.contains(group), !entry.days.isEmpty {
                slips.append(entry)
                continue
            }
            var date = entry
            date.run = group >= 0 ? runOf[group] : nil
            dates.append(date)
        }
        runs = chain.runs.enumerated().flatMap { run, list in
            VerticalDates.runs(list, id: run)
        }
    }

    private static func runs(_ list: [DayHeading], id: Int) -> [DayRun] {
        DayRun.of(
            list.map { DayColumn(column: $0.place, line: 0, run: id, year: $0.year, month: $0.month, day: $0.day) })
    }

    /// One heading a day: rows of the other half, or under a merged date, repeat the one before.
    private static func headings(_ entries: [LoggedDate]) -> [DayHeading] {
        var headings: [DayHeading] = []
        var last: LoggedDate?
        for (place, entry) in entries.enumerated() where !entry.days.isEmpty {
            let isSame =
                last.map { before in
                    before.address == entry.address
                        || (entry.slot != nil && entry.slot != before.slot && entry.days == before.days
                            && entry.month == before.month)
                } ?? false
            last = entry
            if isSame { continue }
            headings.append(DayHeading(place: place, year: entry.year, month: entry.month, days: entry.days))
        }
        return headings
    }
}
