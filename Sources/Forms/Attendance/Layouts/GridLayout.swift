import Domain
import Tables

/// A: a row a person, a column a day.
struct GridLayout: AttendanceLayout {
    let id = AttendanceLayoutID.grid

    func recognise(_ sheet: AttendanceSheet, headingAt row: RowProfile, zone: HeadingZone?) -> RecognisedBlock? {
        guard let zone, zone.columns[.name] != nil, !zone.dayRuns.isEmpty else { return nil }
        let days = GridColumns.wholeDays(zone, in: sheet)
        let evidence = [
            BilingualText(
                zh: "“姓名”一栏之外有\(days.count)个日期栏", en: "a name column and \(days.count) day columns")
        ]
        return RecognisedBlock(
            layout: self, score: 60, evidence: evidence, headingRows: zone.rows, columns: zone.columns,
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
            let row = view.row(index)
            person.days.reserveCapacity(dates.count)
            for (day, date) in dates {
                var cell = row?.cell(day.column)
                var address = CellAddress(row: index, column: day.column)
                if view.hasMerges, cell?.value.isBlank ?? true, cell?.isUncachedFormula != true,
                    let merged = view.cell(index, day.column)
                {
                    (cell, address) = (merged.cell, merged.address)
                }
                if let date {
                    people.add(marks.read(cell), cell, at: address, date: date, person: &person)
                } else if let cell, !cell.value.isBlank || cell.isUncachedFormula {
                    people.impossible(cell.value.display, day: "\(day.day)", at: address, person: &person)
                }
            }
            rows.append(person)
        }
        return rows
    }
}

/// Day columns of grids.
enum GridColumns {
    /// A column for each day; the month of a heading above them where there is one.
    static func wholeDays(_ zone: HeadingZone, in sheet: AttendanceSheet) -> [DayColumn] {
        var days: [DayColumn] = []
        for run in zone.dayRuns {
            let above = run.allSatisfy(\.hasMonth) ? MonthReading.nothing : groupMonth(run[0], zone, sheet)
            for heading in run {
                days.append(
                    DayColumn(
                        column: heading.place, year: heading.year ?? above.year, month: heading.month ?? above.month,
                        day: heading.day,
                        isAmbiguous: zone.dayRuns.count > 1 && heading.month == nil && above.month == nil))
            }
        }
        return days
    }

    /// The month that a heading merged over a run of days names: several months beside each other.
    private static func groupMonth(_ first: DayHeading, _ zone: HeadingZone, _ sheet: AttendanceSheet) -> MonthReading {
        guard zone.dayRuns.count > 1 else { return .nothing }
        for row in stride(from: zone.rows.upperBound, through: max(0, zone.rows.lowerBound - 1), by: -1) {
            guard let text = sheet.view.text(row, first.place)?.text else { continue }
            let reading = MonthText.read(text)
            if reading.month != nil { return reading }
        }
        return .nothing
    }

    /// Day columns with their dates; nil where the month has no such day. Columns of other months are left out.
    static func dates(_ input: BlockInput) -> [(day: DayColumn, date: CivilDate?)] {
        input.block.days.compactMap { day in
            if day.isAmbiguous { return nil }
            return switch input.place(year: day.year, month: day.month, day: day.day) {
            case .date(let date): (day, date)
            case .impossible: (day, nil)
            case .elsewhere: nil
            }
        }
    }

    /// Rows of the body that hold something.
    static func bodyRows(_ input: BlockInput) -> [Int] {
        input.sheet.profiles.lazy.map(\.index).filter { input.body.contains($0) }
    }
}
