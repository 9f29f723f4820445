import Domain
import Tables

/// G: days down, people across.
struct PeopleAcrossLayout: AttendanceLayout {
    let id = AttendanceLayoutID.peopleAcross

    func recognise(_ sheet: AttendanceSheet, headingAt row: RowProfile, zone: HeadingZone?) -> RecognisedBlock? {
        let view = sheet.view
        guard let cells = view.row(row.index)?.filled, let corner = corner(row, cells, sheet) else { return nil }
        // Below the names: their villages, units and IDs, halves, then the days.
        var bottom = row.index
        var firstDay: Int?
        for step in 1...6 {
            guard let below = view.row(row.index + step) else { continue }
            if let cell = below.cell(corner), DayHeading.read(cell.value, place: 0) != nil {
                firstDay = row.index + step
                break
            }
            bottom = row.index + step
        }
        guard let firstDay, verticalDays(sheet, from: firstDay, column: corner) >= 3 else { return nil }
        bottom = firstDay - 1
        var halves: [Int: DayHalf] = [:]
        if bottom > row.index {
            for cell in view.row(bottom)?.cells ?? [] {
                if case .text(let text) = cell.value, let half = HalfWord.read(text) { halves[cell.column] = half }
            }
        }
        var people: [(column: Int, half: DayHalf?, name: SubmittedText)] = []
        let last = max(cells.last?.column ?? 0, halves.keys.max() ?? 0)
        guard last > corner else { return nil }
        for column in (corner + 1)...last {
            guard let name = view.text(row.index, column), isName(name.text, sheet) else { continue }
            if halves.isEmpty, name.cell.column != column { continue }
            if !halves.isEmpty, halves[column] == nil { continue }
            people.append((column, halves[column], name))
        }
        guard !people.isEmpty else { return nil }
        // A column of 上午/下午 between the days and the people.
        var columns: [FieldID: Int] = [.date: corner]
        if let first = people.first?.column, first > corner + 1 {
            for column in (corner + 1)..<first {
                if let text = view.text(firstDay, column)?.text, HalfWord.read(text) != nil { columns[.half] = column }
            }
        }
        let evidence = BilingualText(
            zh: "日期自上而下，姓名横排在第\(row.index + 1)行", en: "days run down, people stand across in row \(row.index + 1)")
        return RecognisedBlock(
            layout: self, score: 55, evidence: [evidence], headingRows: row.index...bottom, columns: columns,
            people: people)
    }

    /// The column of days: headed 日期, 姓名 or both, or not at all.
    private func corner(_ row: RowProfile, _ cells: [Cell], _ sheet: AttendanceSheet) -> Int? {
        if let column = row.column(.date) { return row.column(.name).map { $0 < column } ?? false ? nil : column }
        if let column = row.column(.name) { return row.hits.count <= 2 ? column : nil }
        guard row.hits.isEmpty, let first = cells.first?.column, first > 0 else { return nil }
        for step in 1...3 {
            if let below = sheet.view.row(row.index + step)?.firstFilled {
                return below.column < first ? below.column : nil
            }
        }
        return nil
    }

    private func verticalDays(_ sheet: AttendanceSheet, from row: Int, column: Int) -> Int {
        var headings: [DayHeading] = []
        for profile in sheet.profiles where profile.index >= row {
            guard let cell = sheet.view.row(profile.index)?.cell(column) else { continue }
            guard let day = DayHeading.read(cell.value, place: profile.index) else { break }
            headings.append(day)
        }
        return DayHeading.runs(headings).first?.count ?? 0
    }

    private func isName(_ text: String, _ sheet: AttendanceSheet) -> Bool {
        let key = TextFolding.key(text)
        if sheet.form.hit(text) != nil || RowNoise.isTotal(text) || HalfWord.read(text) != nil { return false }
        return !["星期", "周", "周次", "备注", "礼拜", "说明"].contains(key) && key.unicodeScalars.contains { $0.digit == nil }
    }

    func datedMonths(_ sheet: AttendanceSheet, _ block: RecognisedBlock, body: Range<Int>) -> [MonthReading] {
        let rows = sheet.profiles.lazy.map(\.index).filter { body.contains($0) }
        return LogDates.months(sheet.view, rows: Array(rows), columns: [block.columns[.date] ?? 0])
    }

    func read(_ input: BlockInput, marks: inout MarkReader) -> [AttendanceRow] {
        let view = input.sheet.view
        let people = PersonRow(input: input)
        let corner = input.block.columns[.date] ?? 0
        var dates: [LoggedDate] = []
        var totalRow: Int?
        var hasHiddenDays = false
        for index in GridColumns.bodyRows(input) {
            guard let found = view.cell(index, corner) else { continue }
            if case .text(let text) = found.cell.value, let hit = input.sheet.form.hit(text),
                input.sheet.form.definition.fields[hit.field].field == .attendanceDays
            {
                totalRow = totalRow ?? index
                continue
            }
            guard var date = LogDates.read(view, row: index, column: corner) else { continue }
            if date.days.isEmpty { continue }
            date.row = index
            date.half = input.block.columns[.half].flatMap { view.text(index, $0) }.flatMap { HalfWord.read($0.text) }
            dates.append(date)
            hasHiddenDays = hasHiddenDays || (view.row(index)?.isHidden ?? false)
        }
        LogDates.settle(&dates, monthDays: input.period.dayCount)
        var rows: [AttendanceRow] = []
        var done: Set<CellAddress> = []
        for entry in input.block.people where !done.contains(entry.name.cell) {
            done.insert(entry.name.cell)
            let slots = input.block.people.filter { $0.name.cell == entry.name.cell }
            var person = AttendanceRow(name: entry.name)
            describe(&person, column: entry.column, input)
            let columns =
                slots.contains { $0.half != nil }
                ? DateColumn(
                    date: corner, morning: slots.first { $0.half == .morning }?.column ?? entry.column,
                    afternoon: slots.first { $0.half == .afternoon }?.column ?? entry.column)
                : DateColumn(date: corner, mark: entry.column)
            DatedMarks.read(dates, columns, input, people, &marks, &person)
            if hasHiddenDays { people.hide(&person) }
            if let totalRow, let total = view.cell(totalRow, entry.column) {
                person.total = StatedTotal(
                    halfDays: DayCountText.read(total.cell.value), text: total.cell.value.display, cell: total.address,
                    isUncached: total.cell.isUncachedFormula)
                if total.cell.isUncachedFormula {
                    person.findings.append(people.finding(.uncachedTotal, person.name.text, cell: total.address))
                }
            }
            rows.append(person)
        }
        return rows
    }

    /// Villages, units and IDs that stand in rows of their own above the days.
    private func describe(_ person: inout AttendanceRow, column: Int, _ input: BlockInput) {
        let view = input.sheet.view
        let corner = input.block.columns[.date] ?? 0
        let top = max(0, input.block.headingRows.lowerBound - 3)
        for row in top...input.block.headingRows.upperBound where row != person.name.cell.row {
            guard let heading = view.row(row)?.cell(corner), case .text(let text) = heading.value,
                let hit = input.sheet.form.hit(text, loosely: true), let value = view.text(row, column)
            else { continue }
            switch input.sheet.form.definition.fields[hit.field].field {
            case .residentID: person.residentID = value
            case .village: person.village = value
            case .township: person.township = value
            case .county: person.county = value
            case .sendingUnit: person.sendingUnit = value
            default: break
            }
        }
    }
}
