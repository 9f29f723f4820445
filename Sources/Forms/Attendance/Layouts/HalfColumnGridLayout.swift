import Domain
import Tables

/// I: 上午 and 下午 columns under each day.
struct HalfColumnGridLayout: AttendanceLayout {
    let id = AttendanceLayoutID.halfColumnGrid

    func recognise(_ sheet: AttendanceSheet, headingAt row: RowProfile, zone: HeadingZone?) -> RecognisedBlock? {
        guard let zone, zone.columns[.name] != nil, !zone.dayRuns.isEmpty, zone.halfOfColumn.count >= 2 else {
            return nil
        }
        var days: [DayColumn] = []
        let headings = GridColumns.wholeDays(zone, in: sheet)
        for (place, heading) in headings.enumerated() {
            let end = place + 1 < headings.count ? headings[place + 1].column : heading.column + 2
            for column in heading.column..<max(end, heading.column + 1) {
                guard let half = zone.halfOfColumn[column] else { continue }
                var day = heading
                day.column = column
                day.half = half
                days.append(day)
            }
        }
        guard !days.isEmpty else { return nil }
        let evidence = BilingualText(zh: "每个日期下分上午、下午两栏", en: "each day has a morning and an afternoon column")
        return RecognisedBlock(
            layout: self, score: 90, evidence: [evidence], headingRows: zone.rows, columns: zone.columns,
            headings: zone.headings, days: days)
    }

    func read(_ input: BlockInput, marks: inout MarkReader) -> [AttendanceRow] {
        let people = PersonRow(input: input)
        let view = input.sheet.view
        let dates = GridColumns.dates(input)
        var rows: [AttendanceRow] = []
        for index in GridColumns.bodyRows(input) {
            guard let name = people.name(at: index),
                name.cell.row == index || !rows.contains(where: { $0.name.cell == name.cell })
            else { continue }
            var person = people.start(name, at: index)
            var place = 0
            while place < dates.count {
                let first = dates[place]
                var slots: [DayHalf: Int] = [:]
                while place < dates.count, dates[place].day.day == first.day.day,
                    dates[place].day.month == first.day.month
                {
                    if let half = dates[place].day.half { slots[half] = dates[place].day.column }
                    place += 1
                }
                func at(_ half: DayHalf) -> (cell: Cell?, address: CellAddress) {
                    guard let column = slots[half] else {
                        return (nil, CellAddress(row: index, column: first.day.column))
                    }
                    if let found = view.cell(index, column) { return (found.cell, found.address) }
                    return (nil, CellAddress(row: index, column: column))
                }
                let morning = at(.morning)
                let afternoon = at(.afternoon)
                if let date = first.date {
                    people.add(
                        morning: marks.readHalf(morning.cell), morning, afternoon: marks.readHalf(afternoon.cell),
                        afternoon,
                        date: date, person: &person)
                } else {
                    let text = [morning, afternoon].compactMap { $0.cell?.value.display }.first ?? ""
                    people.impossible(
                        text, day: "\(first.day.day)", at: morning.cell == nil ? afternoon.address : morning.address,
                        person: &person)
                }
            }
            rows.append(person)
        }
        return rows
    }
}
