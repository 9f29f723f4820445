import Domain
import Tables

/// F: a sheet (or block) per person: 姓名：X above, then rows of dates.
struct PersonSheetLayout: AttendanceLayout {
    let id = AttendanceLayoutID.personSheet

    func recognise(_ sheet: AttendanceSheet, headingAt row: RowProfile, zone: HeadingZone?) -> RecognisedBlock? {
        guard let zone, row.column(.name) == nil, zone.dayRuns.isEmpty else { return nil }
        // 日期|考勤|日期|考勤: the second half of the month may stand beside the first.
        var pairs: [DateColumn] = []
        for column in Set(row.hits.filter { $0.field == .date }.map(\.column)).sorted() {
            guard zone.rows.upperBound + 1 <= zone.rows.upperBound + 3,
                (1...3).contains(where: { step in
                    sheet.view.row(zone.rows.upperBound + step)?.cell(column).flatMap {
                        DayHeading.read($0.value, place: 0)
                    } != nil
                })
            else { continue }
            pairs.append(DateColumn(date: column))
        }
        guard !pairs.isEmpty else { return nil }
        for place in pairs.indices {
            let end = place + 1 < pairs.count ? pairs[place + 1].date : Int.max
            for index in zone.rows {
                for cell in sheet.view.row(index)?.cells ?? []
                where cell.column > pairs[place].date && cell.column < end {
                    guard case .text(let text) = cell.value else { continue }
                    if let half = HalfWord.read(text) {
                        if half == .morning {
                            pairs[place].morning = cell.column
                        } else {
                            pairs[place].afternoon = cell.column
                        }
                    } else if let hit = sheet.form.hit(text, loosely: true) {
                        let field = sheet.form.definition.fields[hit.field].field
                        // 出勤 heads a column of marks here, where elsewhere it heads a count.
                        if (field == .mark || field == .attendanceDays), pairs[place].mark == nil {
                            pairs[place].mark = cell.column
                        }
                    }
                }
            }
        }
        pairs = pairs.filter { $0.mark != nil || ($0.morning != nil && $0.afternoon != nil) }
        for place in pairs.indices where pairs[place].morning != nil && pairs[place].afternoon != nil {
            pairs[place].mark = nil
        }
        guard !pairs.isEmpty else { return nil }
        var columns = zone.columns
        columns[.attendanceDays] = nil
        let evidence = BilingualText(zh: "姓名写在表头之外，以下一行一天", en: "the person is named above, then a row a day")
        return RecognisedBlock(
            layout: self, score: 65, evidence: [evidence], headingRows: zone.rows, columns: columns,
            headings: zone.headings,
            dateColumns: pairs)
    }

    func datedMonths(_ sheet: AttendanceSheet, _ block: RecognisedBlock, body: Range<Int>) -> [MonthReading] {
        let rows = sheet.profiles.lazy.map(\.index).filter { body.contains($0) }
        return LogDates.months(sheet.view, rows: Array(rows), columns: block.dateColumns.map(\.date))
    }

    func read(_ input: BlockInput, marks: inout MarkReader) -> [AttendanceRow] {
        func label(_ field: FieldID) -> SubmittedText? {
            guard let found = input.labels.last(where: { $0.field == field }), let cell = found.cell else { return nil }
            let isNumber = input.sheet.view.cell(cell.row, cell.column)?.cell.value.isNumber ?? false
            return SubmittedText(text: found.text, cell: cell, isNumber: isNumber)
        }
        guard let name = label(.name) else { return [] }
        let people = PersonRow(input: input)
        let view = input.sheet.view
        var person = AttendanceRow(name: name, residentID: label(.residentID))
        var rowsOfDays = 0
        for columns in input.block.dateColumns {
            var dates: [LoggedDate] = []
            for index in GridColumns.bodyRows(input) {
                guard let row = view.row(index), let first = row.firstFilled else { continue }
                if case .text(let text) = first.value, RowNoise.isTotal(text) || RowNoise.isSignature(text) {
                    if let total = total(row, people) { person.total = person.total ?? total }
                    continue
                }
                if case .text(let text) = first.value, let hit = input.sheet.form.hit(text) {
                    if input.sheet.form.definition.fields[hit.field].field == .attendanceDays,
                        let total = total(row, people)
                    {
                        person.total = person.total ?? total
                    }
                    continue
                }
                if case .text(let text) = first.value, MarkLegend.body(of: text) != nil { continue }
                guard var date = LogDates.read(view, row: index, column: columns.date) else { continue }
                if date.days.isEmpty,
                    row.filled.count <= 1 || !date.text.unicodeScalars.contains(where: { $0.digit != nil })
                {
                    continue
                }
                date.half = input.block.columns[.half].flatMap { view.text(index, $0) }.flatMap {
                    HalfWord.read($0.text)
                }
                dates.append(date)
                rowsOfDays += 1
                if row.isHidden { people.hide(&person) }
            }
            if view.isTextFile, LogDates.keepsZeros(dates) {
                for place in dates.indices where dates[place].days.count > 1 { dates[place].days.removeLast() }
            }
            LogDates.settle(&dates, monthDays: input.period.dayCount)
            DatedMarks.read(dates, columns, input, people, &marks, &person)
        }
        return rowsOfDays > 0 ? [person] : []
    }

    private func total(_ row: CellRow, _ people: PersonRow) -> StatedTotal? {
        for cell in row.filled.dropFirst() {
            guard let halfDays = DayCountText.read(cell.value) else { continue }
            return StatedTotal(
                halfDays: halfDays, text: cell.value.display, cell: CellAddress(row: row.index, column: cell.column))
        }
        return nil
    }
}
