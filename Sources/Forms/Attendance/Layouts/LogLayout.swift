import Domain
import Tables

/// C: a log, a row a person and day.
struct LogLayout: AttendanceLayout {
    let id = AttendanceLayoutID.log

    func recognise(_ sheet: AttendanceSheet, headingAt row: RowProfile, zone: HeadingZone?) -> RecognisedBlock? {
        guard let zone, zone.columns[.name] != nil, let date = zone.columns[.date], zone.dayRuns.isEmpty else {
            return nil
        }
        var pair = DateColumn(date: date, mark: zone.columns[.mark])
        for row in zone.rows {
            for cell in sheet.view.row(row)?.cells ?? [] {
                guard case .text(let text) = cell.value, let half = HalfWord.read(text) else { continue }
                if half == .morning { pair.morning = cell.column } else { pair.afternoon = cell.column }
            }
        }
        guard pair.mark != nil || (pair.morning != nil && pair.afternoon != nil) else { return nil }
        let evidence = BilingualText(
            zh: "“日期”“姓名”“考勤情况”各占一栏，一行一人一天", en: "date, name and mark columns: a row a person and day")
        return RecognisedBlock(
            layout: self, score: 70, evidence: [evidence], headingRows: zone.rows, columns: zone.columns,
            headings: zone.headings, dateColumns: [pair])
    }

    func datedMonths(_ sheet: AttendanceSheet, _ block: RecognisedBlock, body: Range<Int>) -> [MonthReading] {
        let rows = sheet.profiles.lazy.map(\.index).filter { body.contains($0) }
        return LogDates.months(sheet.view, rows: Array(rows), columns: block.dateColumns.map(\.date))
    }

    func read(_ input: BlockInput, marks: inout MarkReader) -> [AttendanceRow] {
        guard let columns = input.block.dateColumns.first else { return [] }
        let people = PersonRow(input: input)
        let view = input.sheet.view
        var persons: [AttendanceRow] = []
        var entries: [[LoggedDate]] = []
        var placesOfName: [String: [Int]] = [:]
        for index in GridColumns.bodyRows(input) {
            guard let name = people.name(at: index) else { continue }
            let date = LogDates.read(view, row: index, column: columns.date)
            let row = view.row(index)
            if date == nil, row?.filled.count ?? 0 <= 1 { continue }
            let key = PersonName(name.text).key
            let candidate = people.start(name, at: index)
            let place = placesOfName[key]?.first { LogLayout.isSame(persons[$0], candidate) }
            let person: Int
            if let place {
                person = place
                LogLayout.complete(&persons[place], with: candidate)
            } else {
                person = persons.count
                persons.append(candidate)
                entries.append([])
                placesOfName[key, default: []].append(person)
            }
            if var date {
                date.half = input.block.columns[.half].flatMap { view.text(index, $0) }.flatMap {
                    HalfWord.read($0.text)
                }
                entries[person].append(date)
            } else {
                let address = CellAddress(row: index, column: columns.date)
                persons[person].findings.append(
                    people.finding(.ambiguousDate, persons[person].name.text, cell: address, value: "", ["", "空白"]))
            }
        }
        settle(&entries, input)
        for person in persons.indices {
            DatedMarks.read(entries[person], columns, input, people, &marks, &persons[person])
        }
        return persons
    }

    /// By each person's own sequence; what that leaves open by the order of the whole list, if it has one.
    private func settle(_ entries: inout [[LoggedDate]], _ input: BlockInput) {
        let days = input.period.dayCount
        if input.sheet.view.isTextFile, LogDates.keepsZeros(entries.flatMap { $0 }) {
            for person in entries.indices {
                for place in entries[person].indices where entries[person][place].days.count > 1 {
                    entries[person][place].days.removeLast()
                }
            }
        }
        for person in entries.indices { LogDates.settle(&entries[person], monthDays: days) }
        guard entries.count > 1, entries.contains(where: { $0.contains { $0.days.count > 1 } }) else { return }
        var all = entries.enumerated().flatMap { person, dates in dates.indices.map { (person, $0) } }
        all.sort { entries[$0.0][$0.1].row < entries[$1.0][$1.1].row }
        var list = all.map { entries[$0.0][$0.1] }
        for index in list.indices { list[index].half = nil }
        LogDates.settle(&list, monthDays: days)
        for (place, (person, index)) in all.enumerated() { entries[person][index].days = list[place].days }
    }

    private static func isSame(_ left: AttendanceRow, _ right: AttendanceRow) -> Bool {
        func agree(_ one: SubmittedText?, _ other: SubmittedText?) -> Bool {
            guard let one, let other else { return true }
            return TextFolding.key(one.text) == TextFolding.key(other.text)
        }
        return agree(left.residentID, right.residentID) && agree(left.village, right.village)
            && agree(left.township, right.township)
    }

    private static func complete(_ person: inout AttendanceRow, with other: AttendanceRow) {
        person.residentID = person.residentID ?? other.residentID
        person.village = person.village ?? other.village
        person.township = person.township ?? other.township
        person.county = person.county ?? other.county
        person.sendingUnit = person.sendingUnit ?? other.sendingUnit
        if other.isHidden {
            person.isHidden = true
            person.findings += other.findings.filter { $0.reason == .rowHidden }
        }
    }
}

/// Marks that stand beside dates: logs and person sheets.
enum DatedMarks {
    static func read(
        _ entries: [LoggedDate], _ columns: DateColumn, _ input: BlockInput, _ people: PersonRow,
        _ marks: inout MarkReader,
        _ person: inout AttendanceRow
    ) {
        let view = input.sheet.view
        func at(_ row: Int, _ column: Int) -> (cell: Cell?, address: CellAddress) {
            if let found = view.cell(row, column) { return (found.cell, found.address) }
            return (nil, CellAddress(row: row, column: column))
        }
        func text(_ row: Int) -> String {
            [columns.mark, columns.morning, columns.afternoon].compactMap { $0 }.compactMap {
                at(row, $0).cell?.value.display
            }
            .joined(separator: "/")
        }
        for entry in entries {
            guard entry.days.count == 1 else {
                let options = entry.days.map { "\($0)日" }.joined(separator: "、")
                person.findings.append(
                    people.finding(
                        .ambiguousDate, person.name.text, cell: entry.address, value: entry.text, [entry.text, options])
                )
                continue
            }
            let date: CivilDate
            switch input.place(year: entry.year, month: entry.month, day: entry.days[0]) {
            case .date(let found): date = found
            case .elsewhere: continue
            case .impossible:
                people.impossible(text(entry.row), day: entry.text, at: entry.address, person: &person)
                continue
            }
            if let mark = columns.mark {
                let cell = at(entry.row, mark)
                if let half = entry.half {
                    addHalf(marks.readHalf(cell.cell), cell, half, date, people, &person)
                } else {
                    people.add(marks.read(cell.cell), cell.cell, at: cell.address, date: date, person: &person)
                }
            } else if let first = columns.morning, let second = columns.afternoon {
                let morning = at(entry.row, first)
                let afternoon = at(entry.row, second)
                people.add(
                    morning: marks.readHalf(morning.cell), morning, afternoon: marks.readHalf(afternoon.cell),
                    afternoon,
                    date: date, person: &person)
            }
        }
        person.days.sort { ($0.date, $0.cell) < ($1.date, $1.cell) }
    }

    /// A row of one half of a day joins the row of the other half.
    private static func addHalf(
        _ reading: MarkReading, _ cell: (cell: Cell?, address: CellAddress), _ half: DayHalf, _ date: CivilDate,
        _ people: PersonRow, _ person: inout AttendanceRow
    ) {
        let text = cell.cell?.value.display ?? ""
        if let place = person.days.lastIndex(where: { $0.date == date && $0.afternoonCell == nil }),
            half == .afternoon ? person.days[place].afternoon == .blank : person.days[place].morning == .blank
        {
            if half == .afternoon {
                person.days[place].afternoon = reading.morning
            } else {
                person.days[place].morning = reading.morning
            }
            person.days[place].text =
                half == .afternoon ? person.days[place].text + "/" + text : text + "/" + person.days[place].text
            person.days[place].afternoonCell = cell.address
        } else {
            person.days.append(
                DayMark(
                    date: date, morning: half == .morning ? reading.morning : .blank,
                    afternoon: half == .afternoon ? reading.morning : .blank, text: text, cell: cell.address))
        }
        people.complain(reading.problem, text, at: cell.address, person: &person)
    }
}
