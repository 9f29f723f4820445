import Domain
import Tables

/// Which cells of some tables under one line of headings are the tables' own, and what stands in their mark columns.
struct TableCells {
    private let sheet: AttendanceSheet
    private let segments: [Segment]
    /// Columns of marks, and all columns that are read.
    private let marks: Set<Int>
    /// Lines of days of calendars and their marks.
    private let weeks: Set<Int>
    /// From the first column of marks to the last.
    private let span: ClosedRange<Int>?
    private let known: Set<Int>
    private let names: Set<Int>
    private let dates: Set<Int>

    init(_ sheet: AttendanceSheet, _ segments: [Segment]) {
        self.sheet = sheet
        self.segments = segments
        var marks: Set<Int> = []
        var known: Set<Int> = []
        var weeks: Set<Int> = []
        for segment in segments {
            let block = segment.block
            weeks.formUnion(CalendarLayout.weekRows(sheet, block))
            marks.formUnion(block.days.map(\.column))
            marks.formUnion(block.people.map(\.column))
            marks.formUnion(block.uncached.map(\.column))
            for pair in block.dateColumns {
                marks.formUnion(pair.marks)
                known.insert(pair.date)
            }
            known.formUnion(block.columns.values)
            known.formUnion(block.figures.map(\.index))
            if block.layout.id == .calendar { marks.formUnion(block.known) }
        }
        self.marks = marks
        self.weeks = weeks
        // The column behind the last day too: its heading may be what is lacking.
        span = marks.min().flatMap { first in marks.max().map { first...($0 + 1) } }
        self.known = known.union(marks)
        names = Set(segments.compactMap { $0.block.columns[.name] })
        dates = Set(
            segments.compactMap { $0.block.columns[.date] } + segments.flatMap { $0.block.dateColumns.map(\.date) })
    }

    /// Rows above the headings, the headings, and the rows below.
    var rows: [CellRow] {
        guard let first = segments.map(\.above.lowerBound).min(), let last = segments.map(\.body.upperBound).max()
        else {
            return []
        }
        return sheet.rows(first..<last)
    }

    /// What a row is to the tables; asked once a row, since nearly all its cells are marks.
    enum RowKind {
        case outside, heading, nobody, person
    }

    func kind(_ row: CellRow) -> RowKind {
        guard
            let segment = segments.first(where: {
                $0.body.contains(row.index) || $0.block.headingRows.contains(row.index)
            })
        else { return .outside }
        if segment.block.headingRows.contains(row.index) { return .heading }
        // √ | 病 under the last two days of a calendar are two days, not a mark and its meaning.
        if weeks.contains(row.index) { return .person }
        // 备注 in the column that says what each row is opens no legend.
        if let first = row.firstFilled, case .text(let text) = first.value, LegendGrammar.body(of: text) != nil,
            !isNoteLine(text, first.column, segment)
        {
            return .nobody
        }
        if LegendRow.explains(row) || isListed(row) { return .nobody }
        return isOfSomebody(row, segment) ? .person : .nobody
    }

    /// 备注, without a colon, in the column that says what each row of a person is.
    private func isNoteLine(_ text: String, _ column: Int, _ segment: Segment) -> Bool {
        column == segment.block.lineColumn && !segment.block.layout.id.isOfOnePerson && LineWord.read(text) == .note
            && !TextFolding.key(text).utf8.contains(0x3A)
    }

    /// Whether the row is one of two that list marks and their meanings.
    private func isListed(_ row: CellRow) -> Bool {
        if let lower = sheet.view.row(row.index + 1), LegendRow.lists(row, lower) { return true }
        return sheet.view.row(row.index - 1).map { LegendRow.lists($0, row) } ?? false
    }

    /// Whether a cell of a row of that kind is a person's: in a column that is read, in a row of somebody.
    func isOwn(_ row: CellRow, _ cell: Cell, _ kind: RowKind) -> Bool {
        switch kind {
        case .outside: sheet.claims.isClaimed(row.index, cell.column) && !explains(cell)
        case .heading: !explains(cell)
        case .nobody: false
        // Also under a heading that is no day: what stands among the days is somebody's mark.
        case .person:
            marks.contains(cell.column)
                || (known.contains(cell.column) || isAmongMarks(cell.column)) && !isBesideLegend(cell)
        }
    }

    /// √：出勤 over △：请假 in one cell behind the last day: a legend that stands in people's rows. One line under 备注
    /// speaks of the person alone.
    private func isBesideLegend(_ cell: Cell) -> Bool {
        guard let last = span?.upperBound, cell.column >= last, case .text(let text) = cell.value,
            text.utf8.count > 16, !known.contains(cell.column) || text.utf8.contains(0x0A)
        else { return false }
        return LegendGrammar.explainsMarks(text)
    }

    private func isAmongMarks(_ column: Int) -> Bool { span?.contains(column) ?? false }

    /// Whether a title or heading has signs in it that it may explain.
    private func explains(_ cell: Cell) -> Bool {
        guard case .text(let text) = cell.value else { return false }
        return hasSigns(text)
    }

    private func hasSigns(_ text: String) -> Bool {
        text.unicodeScalars.contains { scalar in
            !scalar.isCJK && !"/*-—–.·•・‧()（）_".unicodeScalars.contains(scalar) && !TextFolding.isSpace(scalar)
                && MarkText.isSymbol(MarkText.fold(scalar))
        }
    }

    /// A row that names a person or a date, or that holds marks without a name among those that do.
    private func isOfSomebody(_ row: CellRow, _ segment: Segment) -> Bool {
        for column in names {
            if let name = sheet.view.text(row.index, column), !isProse(name.text), !explainsMarks(name.text) {
                return true
            }
        }
        if segment.block.layout.id.isOfOnePerson || segment.block.layout.id == .peopleAcross {
            for column in dates where row.cell(column).flatMap({ DayHeading.read($0.value, place: 0) }) != nil {
                return true
            }
            if let column = segment.block.lineColumn, case .text(let text)? = row.cell(column)?.value,
                LineWord.read(text) != nil
            {
                return true
            }
            if segment.block.layout.id == .calendar {
                return row.cells.contains { marks.contains($0.column) && isShort($0) }
            }
        }
        // Marks alone, without a word that a legend would have beside them; two halves in a cell are a mark too, but a
        // row of nothing else (√/出勤 △/请假) is a legend.
        let own = row.cells.filter { marks.contains($0.column) && $0.isFilled }
        if !own.isEmpty, namesPlace(row, segment) { return true }
        let bare = own.count { isBareMark($0) }
        // A month of marks, a few of which nobody could read.
        if own.count >= 10, own.count(where: { isBareMark($0) || isTwoMarks($0) }) * 10 >= own.count * 8 { return true }
        return !own.isEmpty && bare * 2 >= own.count && own.allSatisfy { isBareMark($0) || isTwoMarks($0) }
    }

    /// A village or an ID in its own column beside the marks: somebody's row, whose name is lost.
    private func namesPlace(_ row: CellRow, _ segment: Segment) -> Bool {
        [FieldID.village, .residentID].contains { field in
            guard let column = segment.block.columns[field], case .text(let text)? = row.cell(column)?.value else {
                return false
            }
            return field == .village ? PlaceText.isPlace(text) : PersonRow.looksLikeID(text)
        }
    }

    /// 出勤/x: each half a mark for itself.
    private func isTwoMarks(_ cell: Cell) -> Bool {
        guard case .text(let text) = cell.value else { return false }
        let parts = text.split { "/／、，, \n\r".contains($0) }
        return parts.count == 2 && parts.allSatisfy { isBareMark(Cell(column: cell.column, value: .text(String($0)))) }
    }

    /// √出勤 in the column of names: no name has a sign and a word of presence or leave.
    private func explainsMarks(_ text: String) -> Bool {
        hasSigns(text)
            && LegendGrammar { _ in false }.entries(text, cell: CellAddress(row: 0, column: 0), isOpened: false)
                .contains { $0.meaning != nil }
    }

    private func isProse(_ text: String) -> Bool {
        RowNoise.isSignature(text) || LegendGrammar.body(of: text) != nil || RowNoise.isTotal(text)
            || TextFolding.key(text).count > 12
    }

    private func isShort(_ cell: Cell) -> Bool { cell.isFilled && TextFolding.key(cell.value.display).count <= 4 }

    /// √, 病假, √（请假）, 1: no 出勤√ that would explain a mark.
    private func isBareMark(_ cell: Cell) -> Bool {
        guard case .text(let text) = cell.value else { return true }
        let key = MarkText.key(text)
        // √（请假） is a mark with a remark; (√)旷工；(△)病假 are meanings.
        if key.contains("("), !key.hasPrefix("(") { return true }
        let symbols = key.unicodeScalars.filter { MarkText.isSymbol($0) }.count
        return symbols == 0 || symbols == key.unicodeScalars.count
    }

    /// Figures and short words that stand as marks.
    func shortMarks() -> Set<String> {
        keys { cell in
            guard cell.isFilled else { return nil }
            let key = MarkText.key(cell.value.display)
            return key.unicodeScalars.count <= 4 ? key : nil
        }
    }

    /// Marks of two signs.
    func pairs() -> Set<String> {
        keys { cell in
            guard case .text(let text) = cell.value, (2...8).contains(text.utf8.count), text.utf8.count != 3 else {
                return nil
            }
            let key = MarkText.key(text)
            return key.unicodeScalars.count == 2 && MarkText.isCommonMark(key) ? key : nil
        }
    }

    /// What cells of columns of marks are called, where they are called anything.
    private func keys(_ key: (Cell) -> String?) -> Set<String> {
        var found: Set<String> = []
        for segment in segments {
            for row in sheet.rows(segment.body) {
                for cell in row.cells where marks.contains(cell.column) {
                    if let key = key(cell) { found.insert(key) }
                }
            }
        }
        return found
    }

    /// Numbers are hours where the sheet says so and they are not all of a day or half of one.
    func areHours(_ legend: [LegendEntry]) -> Bool {
        var isSaid = segments.contains { $0.preamble.mentionsHours } || legend.contains { $0.words.contains("小时") }
        if !isSaid {
            isSaid = segments.contains { segment in
                sheet.rows(segment.body).contains { row in
                    guard case .text(let text)? = row.firstFilled?.value, LegendGrammar.body(of: text) != nil else {
                        return false
                    }
                    return row.cells.contains { $0.value.display.contains("小时") }
                }
            }
        }
        guard isSaid else { return false }
        return segments.contains { segment in
            sheet.rows(segment.body).contains { row in
                row.cells.contains { cell in
                    guard marks.contains(cell.column) else { return false }
                    switch cell.value {
                    case .number(let number): return number > 1
                    case .text(let text): return Double(TextFolding.key(text)).map { $0 > 1 } ?? false
                    default: return false
                    }
                }
            }
        }
    }
}
