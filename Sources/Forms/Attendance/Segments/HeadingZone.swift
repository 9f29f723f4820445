import Domain
import Tables

/// A candidate that was weighed for something and did not get it, with the reason: for `inspect`.
public struct WeighedCandidate: Hashable, Sendable {
    public enum Subject: String, Hashable, Sendable {
        case form, layout, month, names, total, legend
    }
    /// What it was a candidate for.
    public var subject: Subject
    /// What it is: a layout, a month, a heading.
    public var what: BilingualText
    public var cell: CellAddress?
    /// Why it lost; nil for the one that was taken.
    public var reason: BilingualText?
}

/// The headings of one table: field → column, days, figures, and what is none of these.
struct HeadingZone {
    let rows: ClosedRange<Int>
    /// Columns of the table, where several stand beside each other.
    let range: ClosedRange<Int>
    private(set) var columns: [FieldID: Int] = [:]
    private(set) var headings: [FieldID: SubmittedText] = [:]
    /// Lines of days, the upper first; only headings within the range.
    private(set) var lines: [DayLine] = []
    /// Columns with 上午, 下午, 晚上 under a day.
    private(set) var slots: [Int: DaySlot] = [:]
    private(set) var figures: [FigureLine] = []
    /// Headings outside the days that no field knows.
    private(set) var others: [SubmittedText] = []
    /// Headings among the days that name none: a slip of the hand, words.
    private(set) var slips: [SubmittedText] = []
    /// Formulas without a stored value among the day headings.
    private(set) var uncached: [CellAddress] = []
    /// Cells that name a line under the days, and no column.
    private let lineLabels: Set<CellAddress>
    /// Columns of leave and the like beside those of the days.
    private(set) var statuses: [(status: AttendanceStatus, days: [DayHeading])] = []
    /// Columns over days that say nothing of presence: a plan's, the nights'.
    private var passed: Set<Int> = []
    private(set) var passedOver: [SubmittedText] = []
    /// Columns that were weighed for the names, for `inspect`.
    private(set) var weighed: [WeighedCandidate] = []
    /// Words over all the days, where they are one group.
    private(set) var label: SubmittedText?
    private let groupRow: Int?
    /// Columns with a heading that is known, beyond those of `columns`.
    private(set) var known: Set<Int> = []

    let sheet: AttendanceSheet
    let keyRow: Int

    private final class Looked { var gridLines: GridLines? }
    private var looked = Looked()

    /// What the rows under the headings show of lines of one person; looked at once, by whichever layout asks first.
    var gridLines: GridLines {
        if let found = looked.gridLines { return found }
        let found = GridLines(self, sheet)
        looked.gridLines = found
        return found
    }

    /// The tables under the heading at `anchor`, from left to right; empty where it heads none.
    static func tables(at anchor: RowProfile, in sheet: AttendanceSheet) -> [HeadingZone] {
        guard let frame = HeadingFrame(anchor, in: sheet) else { return [] }
        return ColumnGroups.ranges(frame, in: sheet).map { HeadingZone(frame, range: $0, in: sheet) }
    }

    private init(_ frame: HeadingFrame, range: ClosedRange<Int>, in sheet: AttendanceSheet) {
        rows = frame.rows
        self.range = range
        self.sheet = sheet
        keyRow = frame.anchor.index
        lineLabels = Set(frame.lineLabels)
        groupRow = frame.group?.row
        lines = frame.lines.compactMap { line in
            var days = line.days
            days.runs = days.runs.map { $0.filter { range.contains($0.place) } }.filter { !$0.isEmpty }
            days.slips = days.slips.filter { range.contains($0.place) }
            return days.runs.isEmpty ? nil : DayLine(row: line.row, days: days)
        }
        slots = frame.slots.filter { range.contains($0.key) }
        uncached = frame.uncached.filter { range.contains($0.column) }
        settleGroups(frame)
        findColumns()
        findSlips()
    }

    // MARK: Days

    /// Columns that head a day, a part of one, or a formula that would be one.
    var dayColumns: Set<Int> {
        var columns = Set(slots.keys)
        for line in lines { for run in line.days.runs { for day in run { columns.insert(day.place) } } }
        for cell in uncached { columns.insert(cell.column) }
        return columns
    }

    /// First and last column of days; nil without any.
    var dayRange: ClosedRange<Int>? {
        let columns = dayColumns
        guard let first = columns.min(), let last = columns.max() else { return nil }
        return first...last
    }

    var hasDays: Bool { !lines.isEmpty }

    /// Of groups of columns over the same days the one that says what was worked stays.
    private mutating func settleGroups(_ frame: HeadingFrame) {
        guard lines.count == 1 else { return }
        let line = lines[0]
        let labels = line.days.runs.map { ColumnGroup.label($0, line.row, rows, sheet) }
        if labels.count == 1 { label = labels[0] ?? labelOverNames(line) }
        let beside = ColumnGroup(line.days.runs, words: labels)
        guard let group = range.contains(line.days.runs[0][0].place) ? frame.group?.columns ?? beside : beside else {
            return
        }
        lines[0].days.runs = [group.worked]
        lines[0].days.slips.removeAll { group.passed.contains($0.place) }
        statuses = group.statuses
        passed = group.passed
        passedOver = group.passedWords
        known.formUnion(passed)
    }

    /// Words merged over the names and days of this table alone, where others stand beside it: 11月.
    private func labelOverNames(_ line: DayLine) -> SubmittedText? {
        guard range.lowerBound > 0 || range.upperBound < sheet.lastColumn, let first = line.days.runs.first?.first,
            rows.lowerBound > 0
        else { return nil }
        for row in [rows.lowerBound, rows.lowerBound - 1] {
            guard let merge = sheet.view.merge(row, first.place), merge.left < first.place, merge.top == merge.bottom,
                range.contains(merge.left), range.contains(merge.right)
            else { continue }
            return sheet.view.text(row, first.place)
        }
        return monthAbove()
    }

    /// 10月 over the names of this table, 11月 over those of the one beside it.
    private func monthAbove() -> SubmittedText? {
        guard let row = sheet.view.row(rows.lowerBound - 1)?.filled, row.count > 1 else { return nil }
        let own = row.filter { range.contains($0.column) }
        guard own.count == 1, row.allSatisfy({ !MonthText.read($0.value.display).months.isEmpty }) else { return nil }
        return SubmittedText(
            text: own[0].value.display, cell: CellAddress(row: rows.lowerBound - 1, column: own[0].column))
    }

    // MARK: Columns

    /// A heading's own words and those of the heading above it.
    private struct OwnHeading {
        var column: Int
        var text: SubmittedText
        var parent: SubmittedText?
    }

    private func ownHeadings() -> [OwnHeading] {
        var lowest: [Int: OwnHeading] = [:]
        let days = dayColumns.union(passed).union(statuses.flatMap { $0.days.map(\.place) })
        let dayRows = Set(lines.map(\.row))
        let among = days.min()
        for row in rows {
            for cell in sheet.view.row(row)?.cells ?? [] where range.contains(cell.column) && cell.isFilled {
                if days.contains(cell.column) || (dayRows.contains(row) && isDay(cell, row)) { continue }
                guard case .text(let text) = cell.value else { continue }
                let address = CellAddress(row: row, column: cell.column)
                if lineLabels.contains(address) || row == groupRow && cell.column >= (among ?? 0) { continue }
                var parent = row > rows.lowerBound ? sheet.view.text(row - 1, cell.column) : nil
                if parent?.cell.row == row { parent = nil }
                lowest[cell.column] = OwnHeading(
                    column: cell.column, text: SubmittedText(text: text, cell: address), parent: parent)
            }
        }
        return lowest.values.sorted { $0.column < $1.column }
    }

    private func isDay(_ cell: Cell, _ row: Int) -> Bool {
        lines.contains { line in line.row == row && line.days.slips.contains { $0.place == cell.column } }
    }

    private mutating func findColumns() {
        var best: [FieldID: (rank: Int, heading: OwnHeading)] = [:]
        let among = dayRange
        for heading in ownHeadings() {
            let isAmong = among?.contains(heading.column) ?? false
            // 日 in the line of days, over a column of its own: the number is missing, and no weekday stands for it.
            let isBeside = among.map { [$0.lowerBound - 1, $0.upperBound + 1].contains(heading.column) } ?? false
            if isAmong || isBeside, HalfWord.isWeekday(heading.text.text), isInDayLine(heading),
                isAmong || !headsHalves(heading.column)
            {
                slips.append(heading.text)
                continue
            }
            if isWeekday(heading) { continue }
            if HalfWord.headsWeekdays(heading.text.text) {
                known.insert(heading.column)
                continue
            }
            if let figure = figure(heading) {
                figures.append(
                    FigureLine(index: heading.column, meaning: figure, heading: heading.text, isAmongDays: isAmong))
                known.insert(heading.column)
                continue
            }
            if let (field, rank) = field(heading) {
                known.insert(heading.column)
                if best[field] == nil || best[field]!.rank > rank { best[field] = (rank, heading) }
                continue
            }
            if isHeadingOfOthers(heading) { continue }
            if isAmong { slips.append(heading.text) } else { others.append(heading.text) }
        }
        if best[.leaveRanges] != nil {
            // 请假时间 | 天数: the days of leave.
            for index in figures.indices where FigureMeaning.isGeneric(figures[index].heading.text) {
                if figures[index].index - 1 == best[.leaveRanges]?.heading.column {
                    figures[index].meaning = .status(.leave)
                }
            }
        }
        chooseName(&best)
        // One column means one field: the surer one.
        var taken: Set<Int> = []
        for (field, found) in best.sorted(by: { ($0.value.rank, $0.key) < ($1.value.rank, $1.key) })
        where taken.insert(found.heading.column).inserted {
            columns[field] = found.heading.column
            headings[field] = found.heading.text
        }
    }

    private func isInDayLine(_ heading: OwnHeading) -> Bool {
        lines.contains { $0.row == heading.text.cell.row }
            && sheet.view.merge(heading.text.cell.row, heading.column) == nil
    }

    /// 上午 stands below: the column is the lines', and no day's.
    private func headsHalves(_ column: Int) -> Bool {
        guard case .text(let text)? = sheet.view.row(rows.upperBound + 1)?.cell(column)?.value else { return false }
        return HalfWord.read(text) != nil
    }

    /// 日 in a line of weekdays heads no column of dates.
    private func isWeekday(_ heading: OwnHeading) -> Bool {
        HalfWord.isWeekday(heading.text.text)
            && (sheet.profile(heading.text.cell.row).map { $0.weekdayCount >= 3 } ?? false)
    }

    private func figure(_ heading: OwnHeading) -> FigureMeaning? {
        let text = heading.text.text
        let joined = heading.parent.map { $0.text + text }
        if FigureMeaning.isGeneric(text), let joined, let found = FigureMeaning.read(joined) { return found }
        return FigureMeaning.read(text)
    }

    private func field(_ heading: OwnHeading) -> (field: FieldID, rank: Int)? {
        var hit = sheet.form.hit(heading.text.text, loosely: true)
        if let parent = heading.parent, let joined = sheet.form.hit(parent.text + heading.text.text),
            joined.rank < (hit?.rank ?? 101)
        {
            hit = joined
        }
        guard let hit else { return nil }
        let field = sheet.form.definition.fields[hit.field].field
        // 日期/姓名 heads what the sheet shows below it.
        let cell = heading.text.cell
        let settled = field == .date ? sheet.profile(cell.row)?.hits.first { $0.column == cell.column }?.field : nil
        return (settled ?? field, hit.rank)
    }

    /// Words over or beside other headings: 上午, a weekday, the head of a legend, what spans several columns.
    private func isHeadingOfOthers(_ heading: OwnHeading) -> Bool {
        let text = heading.text.text
        if HalfWord.read(text) != nil || HalfWord.isWeekday(text) || HalfWord.namesBoth(text) { return true }
        if LegendGrammar.body(of: text) != nil { return true }
        if let among = dayRange, let merge = sheet.view.merge(heading.text.cell.row, heading.column),
            merge.right > merge.left,
            merge.right >= among.lowerBound, merge.left <= among.upperBound
        {
            return true
        }
        return false
    }

    /// Of columns headed as names the first by its words that holds names.
    private mutating func chooseName(_ best: inout [FieldID: (rank: Int, heading: OwnHeading)]) {
        var candidates: [(rank: Int, heading: OwnHeading)] = []
        for heading in ownHeadings() {
            if let (field, rank) = field(heading), field == .name, figure(heading) == nil {
                candidates.append((rank, heading))
            }
        }
        guard candidates.count > 1 else { return }
        candidates.sort { ($0.rank, $0.heading.column) < ($1.rank, $1.heading.column) }
        let body = sheet.bodyRows(after: rows.upperBound)
        let holding = candidates.first { candidate in
            body.contains { row in
                if case .text(let text)? = row.cell(candidate.heading.column)?.value {
                    NameText.isPlausible(text)
                } else {
                    false
                }
            }
        }
        let chosen = holding ?? candidates[0]
        best[.name] = chosen
        guard sheet.explains else { return }
        for other in candidates where other.heading.column != chosen.heading.column {
            let isSurer = other.rank > chosen.rank || other.heading.column > chosen.heading.column
            let text = chosen.heading.text.text
            weighed.append(
                WeighedCandidate(
                    subject: .names, what: BilingualText(zh: other.heading.text.text, en: other.heading.text.text),
                    cell: other.heading.text.cell,
                    reason: isSurer
                        ? BilingualText(zh: "“\(text)”更明确或在其左", en: "«\(text)» is surer, or stands left of it")
                        : BilingualText(zh: "其下没有姓名", en: "no names stand under it")))
        }
    }

    /// Sets the name column that its words did not show.
    func named(by heading: SubmittedText) -> HeadingZone {
        var copy = self
        copy.looked = Looked()
        copy.columns[.name] = heading.cell.column
        copy.headings[.name] = heading
        copy.others.removeAll { $0.cell.column == heading.cell.column }
        copy.known.insert(heading.cell.column)
        return copy
    }

    func with(_ field: FieldID, column: Int) -> HeadingZone {
        var copy = self
        copy.looked = Looked()
        copy.columns[field] = column
        copy.others.removeAll { $0.cell.column == column }
        return copy
    }

    // MARK: What is no day

    /// Headings among the days that name none, and day columns that the halves under them leave out.
    private mutating func findSlips() {
        guard let among = dayRange else { return }
        for line in lines {
            for slip in line.days.slips {
                let address = CellAddress(row: line.row, column: slip.place)
                slips.append(
                    SubmittedText(text: sheet.view.row(line.row)?.cell(slip.place)?.value.display ?? "", cell: address))
            }
        }
        // A line of weekdays or halves with another word in it: nobody knows what it says of its day.
        let lineRows = Set(lines.map(\.row))
        guard let firstRow = lineRows.min() else { return }
        let notes = Set(lineLabels.map(\.row) + [groupRow].compactMap { $0 })
        for row in rows where row > firstRow && !lineRows.contains(row) && !notes.contains(row) {
            for cell in sheet.view.row(row)?.cells ?? [] where among.contains(cell.column) && cell.isFilled {
                guard dayColumns.contains(cell.column), case .text(let text) = cell.value, HalfWord.read(text) == nil,
                    !HalfWord.isWeekday(text), !HalfWord.isDayNote(text), FigureMeaning.read(text) == nil,
                    !slips.contains(where: { $0.cell == CellAddress(row: row, column: cell.column) })
                else { continue }
                slips.append(SubmittedText(text: text, cell: CellAddress(row: row, column: cell.column)))
            }
        }
        slips.sort { $0.cell < $1.cell }
    }
}
