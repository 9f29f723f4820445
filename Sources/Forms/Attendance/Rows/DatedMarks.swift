import Domain
import Tables

/// Marks that stand beside dates: logs, person sheets, days down.
struct DatedMarks {
    let input: BlockInput
    let people: PersonRow
    let columns: DateColumn

    private var view: SheetView { input.sheet.view }

    private func at(_ row: Int, _ column: Int) -> (cell: Cell?, address: CellAddress) {
        if let found = view.cell(row, column) { return (found.cell, found.address) }
        return (nil, CellAddress(row: row, column: column))
    }

    /// Reads the marks of some dates into a person's row, claiming them.
    func read(_ entries: [LoggedDate], _ marks: inout MarkReader, _ reading: inout PersonReading) {
        for entry in entries {
            for column in columns.marks { input.sheet.claims.claim(at(entry.row, column).address, .mark) }
            guard entry.days.count == 1 else {
                complainOfDate(entry, &reading)
                continue
            }
            switch input.place(year: entry.year, month: entry.month, day: entry.days[0], run: entry.run) {
            case .date(let date): add(entry, date, &marks, &reading)
            case .ambiguous: continue
            case .impossible(let period):
                people.impossible(text(entry.row), day: entry.text, in: period, at: entry.address, person: &reading.row)
            }
        }
        reading.row.days.sort { ($0.date, $0.cell) < ($1.date, $1.cell) }
    }

    private func complainOfDate(_ entry: LoggedDate, _ reading: inout PersonReading) {
        let options = entry.days.map { "\($0)日" }.joined(separator: "、")
        reading.row.findings.append(
            people.finding(
                .ambiguousDate, reading.row.name.text, cell: entry.address, value: entry.text,
                [entry.text, options.isEmpty ? "无法识别" : options]))
    }

    private func text(_ row: Int) -> String {
        columns.marks.compactMap { at(row, $0).cell?.value.display }.joined(separator: "/")
    }

    private func add(_ entry: LoggedDate, _ date: CivilDate, _ marks: inout MarkReader, _ reading: inout PersonReading)
    {
        if let mark = columns.mark {
            let cell = at(entry.row, mark)
            switch entry.slot {
            case nil: people.add(marks.read(cell.cell), cell.cell, at: cell.address, date: date, reading: &reading)
            case .evening?: break
            case let slot?: addHalf(marks.readHalf(cell.cell), cell, slot, date, &reading)
            }
        } else {
            let morning = columns.morning.map { at(entry.row, $0) } ?? (nil, entry.address)
            let afternoon = columns.afternoon.map { at(entry.row, $0) } ?? (nil, entry.address)
            people.add(
                morning: marks.readHalf(morning.0), morning, afternoon: marks.readHalf(afternoon.0), afternoon,
                date: date,
                reading: &reading)
        }
    }

    /// A row of one half of a day joins the row of the other half.
    private func addHalf(
        _ mark: MarkReading, _ cell: (cell: Cell?, address: CellAddress), _ slot: DaySlot, _ date: CivilDate,
        _ reading: inout PersonReading
    ) {
        let text = cell.cell?.value.display ?? ""
        let isAfternoon = slot == .afternoon
        if let place = reading.row.days.lastIndex(where: { $0.date == date && $0.afternoonCell == nil }),
            isAfternoon ? reading.row.days[place].afternoon == .blank : reading.row.days[place].morning == .blank
        {
            if isAfternoon {
                reading.row.days[place].afternoon = mark.morning
            } else {
                reading.row.days[place].morning = mark.morning
            }
            reading.row.days[place].text =
                isAfternoon ? reading.row.days[place].text + "/" + text : text + "/" + reading.row.days[place].text
            reading.row.days[place].afternoonCell = cell.address
        } else {
            reading.row.days.append(
                DayMark(
                    date: date, morning: isAfternoon ? .blank : mark.morning,
                    afternoon: isAfternoon ? mark.morning : .blank, text: text, cell: cell.address))
        }
        people.complain(mark.problem, text, at: cell.address, person: &reading.row, in: date.period)
    }
}
