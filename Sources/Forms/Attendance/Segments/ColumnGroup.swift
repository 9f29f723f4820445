import Domain
import Tables

/// Groups of columns over the same days, of which one says what was worked.
struct ColumnGroup {
    /// The days that count, each at its column.
    var worked: [DayHeading]
    /// Columns of leave and the like beside them.
    var statuses: [(status: AttendanceStatus, days: [DayHeading])] = []
    /// Columns that say nothing of presence, and the words that say so, once each.
    var passed: Set<Int> = []
    var passedWords: [SubmittedText] = []

    /// Of runs of days beside each other with the words over them; nil where the words do not say which is worked.
    init?(_ runs: [[DayHeading]], words: [SubmittedText?]) {
        guard runs.count > 1, runs.allSatisfy({ run in run.allSatisfy { !$0.hasMonth } }),
            ColumnGroup.areOfTheSameDays(runs)
        else { return nil }
        let kinds = words.map { $0.flatMap { GroupWord.read($0.text) } }
        var main = kinds.indices.filter { kinds[$0] == .worked }
        if main.isEmpty { main = words.indices.filter { words[$0] == nil } }
        guard main.count == 1, let place = main.first else { return nil }
        worked = runs[place]
        for (index, kind) in kinds.enumerated() where index != place {
            switch kind {
            case .status(let status)?: statuses.append((status, runs[index]))
            case let kind? where GroupWord.isPassedOver(kind):
                passed.formUnion(ColumnGroup.columns(runs[index]))
                passedWords += [words[index]].compactMap { $0 }
            default: return nil
            }
        }
    }

    /// Of a line of words under the days, one worked to each day; nil where the row holds anything else among them.
    init?(under line: DayLine, _ row: CellRow, last: Int) {
        let days = line.days.runs.flatMap { $0 }
        guard line.days.runs.count == 1, line.days.slips.isEmpty, let first = days.first?.place else { return nil }
        var kinds: [Int: LineKind] = [:]
        for cell in row.cells where cell.column >= first && cell.column <= last && cell.isFilled {
            guard case .text(let text) = cell.value, let kind = GroupWord.read(text) else { return nil }
            kinds[cell.column] = kind
        }
        worked = []
        var ofStatus: [AttendanceStatus: [DayHeading]] = [:]
        for (place, day) in days.enumerated() {
            let next = place + 1 < days.count ? days[place + 1].place : (kinds.keys.max() ?? day.place) + 1
            var count = 0
            for column in day.place..<max(next, day.place + 1) {
                guard let kind = kinds[column] else { return nil }
                var own = day
                own.place = column
                switch kind {
                case .worked:
                    worked.append(own)
                    count += 1
                case .status(let status): ofStatus[status, default: []].append(own)
                case let kind where GroupWord.isPassedOver(kind):
                    passed.insert(column)
                    let text = row.cell(column)?.value.display ?? ""
                    if !passedWords.contains(where: { $0.text == text }) {
                        let cell = CellAddress(row: row.index, column: column)
                        passedWords.append(SubmittedText(text: text, cell: cell))
                    }
                default: return nil
                }
            }
            guard count == 1 else { return nil }
        }
        guard kinds.count > days.count else { return nil }
        statuses = AttendanceStatus.allCases.compactMap { status in ofStatus[status].map { (status, $0) } }
    }

    private static func columns(_ run: [DayHeading]) -> Range<Int> {
        guard let first = run.first?.place, let last = run.last?.place else { return 0..<0 }
        return min(first, last)..<(max(first, last) + 1)
    }

    private static func areOfTheSameDays(_ runs: [[DayHeading]]) -> Bool {
        let first = Set(runs[0].map(\.day))
        return runs.dropFirst().allSatisfy { run in run.contains { first.contains($0.day) } }
    }

    /// The only words over a run of days, in the rows of the headings or right above them; nil without any.
    static func label(_ run: [DayHeading], _ line: Int, _ rows: ClosedRange<Int>, _ sheet: AttendanceSheet)
        -> SubmittedText?
    {
        let columns = columns(run)
        for row in stride(from: line - 1, through: max(0, rows.lowerBound - 1), by: -1) {
            let texts = (sheet.view.row(row)?.cells ?? []).filter { columns.contains($0.column) && $0.isFilled }
            guard !texts.isEmpty else { continue }
            if texts.count == 1, let month = texts[0].month {
                return SubmittedText(text: month.chinese, cell: CellAddress(row: row, column: texts[0].column))
            }
            guard texts.count == 1, case .text(let text) = texts[0].value else { return nil }
            return SubmittedText(text: text, cell: CellAddress(row: row, column: texts[0].column))
        }
        return nil
    }
}
