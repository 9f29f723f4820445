import Domain
import Tables

/// F: a sheet (or block) per person: 姓名：X above or in the title, then rows of dates.
struct PersonSheetLayout: AttendanceLayout {
    let id = AttendanceLayoutID.personSheet

    func recognise(_ sheet: AttendanceSheet, headingAt row: RowProfile, zone: HeadingZone?) -> RecognisedBlock? {
        guard let zone, row.column(.name) == nil, zone.columns[.name] == nil, !zone.hasDays else { return nil }
        // 日期|考勤|日期|考勤: the second half of the month may stand beside the first.
        var pairs = Set(row.columns(.date)).sorted().filter { isAboveDays($0, zone, sheet) }.map {
            DateColumn(date: $0)
        }
        for place in pairs.indices {
            let end = place + 1 < pairs.count ? pairs[place + 1].date : Int.max
            findMarks(&pairs[place], before: end, zone, sheet)
        }
        pairs = pairs.filter { $0.mark != nil || ($0.morning != nil && $0.afternoon != nil) }
        for place in pairs.indices where pairs[place].morning != nil && pairs[place].afternoon != nil {
            pairs[place].mark = nil
        }
        for place in pairs.indices { pairs[place].findParts(zone) }
        guard !pairs.isEmpty else { return nil }
        let evidence = BilingualText(zh: "姓名写在表头之外，以下一行一天", en: "the person is named above, then a row a day")
        var block = RecognisedBlock(self, score: 65, evidence: evidence, zone: zone)
        block.dateColumns = pairs
        let used = Set(pairs.flatMap(\.marks))
        block.figures.removeAll { used.contains($0.index) }
        let parts = Set(pairs.flatMap { [$0.month, $0.year].compactMap { $0 } })
        block.others.removeAll { used.contains($0.cell.column) || parts.contains($0.cell.column) }
        // 计划 beside 实际: marks of no presence, and no figure.
        let plans = block.figures.filter { LineWord.read($0.heading.text) == .plan }
        block.figures.removeAll { figure in plans.contains { $0.index == figure.index } }
        block.known.formUnion(plans.map(\.index))
        block.passedOver += plans.map(\.heading)
        return block
    }

    private func isAboveDays(_ column: Int, _ zone: HeadingZone, _ sheet: AttendanceSheet) -> Bool {
        (1...3).contains { step in
            guard var value = sheet.view.row(zone.rows.upperBound + step)?.cell(column)?.value else { return false }
            if case .text(let text) = value { value = .text(HalfWord.behindDate(text).date) }
            return DayHeading.read(value, place: 0) != nil
        }
    }

    private func findMarks(_ pair: inout DateColumn, before end: Int, _ zone: HeadingZone, _ sheet: AttendanceSheet) {
        for index in zone.rows {
            for cell in sheet.view.row(index)?.cells ?? [] where cell.column > pair.date && cell.column < end {
                guard case .text(let text) = cell.value else { continue }
                if let slot = HalfWord.read(text) {
                    switch slot {
                    case .morning: pair.morning = cell.column
                    case .afternoon: pair.afternoon = cell.column
                    case .evening: pair.evening = cell.column
                    }
                } else if pair.mark == nil, isMark(text, sheet) || LineWord.read(text) == .worked {
                    pair.mark = cell.column
                }
            }
        }
    }

    /// 出勤 heads a column of marks here, where elsewhere it heads a count.
    private func isMark(_ text: String, _ sheet: AttendanceSheet) -> Bool {
        guard let hit = sheet.form.hit(text, loosely: true) else { return false }
        let field = sheet.form.definition.fields[hit.field].field
        return field == .mark || (field == .attendanceDays && !FigureMeaning.countsDays(text))
    }

    func runs(_ sheet: AttendanceSheet, _ block: RecognisedBlock, body: Range<Int>) -> [DayRun] {
        dates(sheet, block, own(sheet.rows(body), sheet, block), monthDays: 31).runs
    }

    /// The rows before another table of dates (日期 | 检查人 | 结果); the headings repeated on a page end nothing.
    private func own(_ rows: [CellRow], _ sheet: AttendanceSheet, _ block: RecognisedBlock) -> [CellRow] {
        let heading = block.headingRows.upperBound
        let end = rows.firstIndex { row in
            block.dateColumns.contains { pair in
                guard sheet.isDateHeading(row.cell(pair.date)) else { return false }
                return pair.marks.contains { column in
                    let (here, above) = (sheet.view.text(row.index, column), sheet.view.text(heading, column))
                    return here.map { TextFolding.key($0.text) } != above.map { TextFolding.key($0.text) }
                }
            }
        }
        return end.map { Array(rows[..<$0]) } ?? rows
    }

    /// Dates of every pair, one after the other, as they stand.
    private func dates(
        _ sheet: AttendanceSheet, _ block: RecognisedBlock, _ rows: [CellRow], monthDays: Int
    ) -> VerticalDates {
        var entries: [LoggedDate] = []
        for pair in block.dateColumns {
            var last: LoggedDate?
            for row in rows {
                guard var date = PersonSheetLayout.date(row, pair, sheet, block, last) else { continue }
                if date.days.isEmpty,
                    !isMarked(row, pair) || !date.text.unicodeScalars.contains(where: { $0.digit != nil })
                {
                    continue
                }
                // Which pair it belongs to is found again by its column.
                date.row = row.index
                entries.append(date)
                last = date
            }
        }
        return VerticalDates(entries, sheet.view, monthDays: monthDays)
    }

    private static func date(
        _ row: CellRow, _ pair: DateColumn, _ sheet: AttendanceSheet, _ block: RecognisedBlock, _ last: LoggedDate?
    ) -> LoggedDate? {
        let slot = block.columns[.half].flatMap { sheet.view.text(row.index, $0) }.flatMap { HalfWord.read($0.text) }
        var found = LogDates.read(sheet.view, row: row.index, in: pair, below: block.headingRows.upperBound)
        // The lower row of a day whose date is written once.
        if found == nil, slot != nil, slot != .morning, let last, last.row == row.index - 1 { found = last }
        if let slot { found?.slot = slot }
        return found
    }

    private func isMarked(_ row: CellRow, _ pair: DateColumn) -> Bool {
        pair.marks.contains { row.cell($0)?.isFilled ?? false }
    }

    func read(_ input: BlockInput, marks: inout MarkReader) -> TableReading {
        guard let owner = input.owner else { return TableReading() }
        let columns = TableColumns(input)
        let people = PersonRow(input: input, columns: columns)
        let view = input.sheet.view
        var reading = PersonReading(row: people.start(owner, at: []))
        people.describe(&reading.row)
        let rows = own(input.rows, input.sheet, input.block).filter { !people.isBesideTheDays($0, &reading) }
        let found = dates(input.sheet, input.block, rows, monthDays: input.months.period?.dayCount ?? 31)
        var table = TableReading()
        for row in rows where view.row(row.index)?.isHidden ?? false {
            if found.dates.contains(where: { $0.row == row.index }) { people.hide(&reading.row) }
        }
        for pair in input.block.dateColumns {
            let own = found.dates.filter { $0.address.column == pair.date }
            DatedMarks(input: input, people: people, columns: pair).read(own, &marks, &reading)
            reading.rows += own.map(\.row)
            for date in own {
                guard let cells = view.row(date.row) else { continue }
                for cell in cells.cells where cell.isFilled {
                    if let role = columns.role(cell.column) { input.sheet.claims.claim(date.row, cell.column, role) }
                }
            }
            table.unheaded += undated(rows, pair, found, input, &marks, &reading)
        }
        for slip in found.slips { input.sheet.claims.claim(slip.address, .dayHeading) }
        for day in reading.row.days { reading.sums.add(day.morning, day.afternoon) }
        if !reading.rows.isEmpty { table.people = [reading] }
        table.unknown = columns.unknown
        return table
    }

    /// Marks beside no date, or beside one that fits no sequence: on which day, nobody knows.
    private func undated(
        _ rows: [CellRow], _ pair: DateColumn, _ found: VerticalDates, _ input: BlockInput, _ marks: inout MarkReader,
        _ reading: inout PersonReading
    ) -> [SubmittedText] {
        let known = Set(found.dates.filter { $0.address.column == pair.date }.map(\.row))
        return rows.filter { !known.contains($0.index) && isMarked($0, pair) }.map { row in
            for column in pair.marks {
                let mark = marks.read(row.cell(column))
                if mark.problem == nil { reading.sums.add(mark.morning, mark.afternoon) }
            }
            let cell = CellAddress(row: row.index, column: pair.date)
            return SubmittedText(text: row.cell(pair.date)?.value.display ?? "", cell: cell)
        }
    }
}
