import Domain
import Tables

/// C: a log, a row a person and day; name or date may be written once a group. Source: spec §5.4.
struct LogLayout: AttendanceLayout {
    let id = AttendanceLayoutID.log

    func recognise(_ sheet: AttendanceSheet, headingAt row: RowProfile, zone: HeadingZone?) -> RecognisedBlock? {
        guard let zone, zone.columns[.name] != nil, let date = zone.columns[.date], !zone.hasDays else { return nil }
        var pair = DateColumn(date: date, mark: zone.columns[.mark])
        for row in zone.rows {
            for cell in sheet.view.row(row)?.cells ?? [] where zone.range.contains(cell.column) {
                guard case .text(let text) = cell.value, let slot = HalfWord.read(text) else { continue }
                switch slot {
                case .morning: pair.morning = cell.column
                case .afternoon: pair.afternoon = cell.column
                case .evening: pair.evening = cell.column
                }
            }
        }
        // 出勤 heads a column of marks here, where elsewhere it heads a count.
        if pair.mark == nil, pair.morning == nil || pair.afternoon == nil {
            pair.mark =
                zone.figures.first { $0.meaning == .worked && !FigureMeaning.countsDays($0.heading.text) }?.index
        }
        guard pair.mark != nil || (pair.morning != nil && pair.afternoon != nil) else { return nil }
        if pair.morning != nil, pair.afternoon != nil { pair.mark = nil }
        pair.findParts(zone)
        let evidence = BilingualText(
            zh: "“日期”“姓名”“考勤情况”各占一栏，一行一人一天", en: "date, name and mark columns: a row a person and day")
        var block = RecognisedBlock(self, score: 75, evidence: evidence, zone: zone)
        block.dateColumns = [pair]
        block.figures.removeAll { $0.index == pair.mark }
        block.others.removeAll { $0.cell.column == pair.month || $0.cell.column == pair.year }
        return block
    }

    func runs(_ sheet: AttendanceSheet, _ block: RecognisedBlock, body: Range<Int>) -> [DayRun] {
        LogDates.runs(
            sheet.view, rows: sheet.rows(body), columns: block.dateColumns, below: block.headingRows.upperBound)
    }

    func read(_ input: BlockInput, marks: inout MarkReader) -> TableReading {
        guard let columns = input.block.dateColumns.first else { return TableReading() }
        return LogReader(input, columns).read(&marks)
    }
}

/// Reads a log: who is meant by each row, then each person's dates.
private struct LogReader {
    let input: BlockInput
    let columns: DateColumn
    let table: TableColumns
    let people: PersonRow
    private var persons: [PersonReading] = []
    private var entries: [[LoggedDate]] = []
    private var placesOfName: [String: [Int]] = [:]

    private var view: SheetView { input.sheet.view }

    init(_ input: BlockInput, _ columns: DateColumn) {
        self.input = input
        self.columns = columns
        table = TableColumns(input)
        people = PersonRow(input: input, columns: table)
    }

    func read(_ marks: inout MarkReader) -> TableReading {
        var copy = self
        return copy.readAll(&marks)
    }

    /// Names or dates that are written once and hold down to the next one.
    private struct Style {
        var namesHold = false
        var datesHold = false
    }

    private mutating func readAll(_ marks: inout MarkReader) -> TableReading {
        let rows = TableRows(input, table)
        let style = style()
        var reading = TableReading()
        var subHeading: SubmittedText?
        var name: SubmittedText?
        var date: LoggedDate?
        for row in input.rows {
            switch rows.read(row) {
            case .person(let found):
                name = found
                take(row, found, isUnnamed: false, subHeading, style, &date)
            case .unnamed(let found):
                if found.text.isEmpty, style.namesHold, let name {
                    take(row, name, isUnnamed: false, subHeading, style, &date)
                } else {
                    take(row, found, isUnnamed: true, subHeading, style, &date)
                }
            case .total(let label): reading.sums.append(SumRow(label: label, peopleAbove: persons.count))
            case .subHeading(let text):
                input.sheet.claims.claim(text.cell, .subHeading)
                subHeading = text
            case .noise: break
            }
        }
        settle()
        let dated = DatedMarks(input: input, people: people, columns: columns)
        for person in persons.indices { dated.read(entries[person], &marks, &persons[person]) }
        reading.people = persons
        reading.unknown = table.unknown
        return reading
    }

    /// A row's person and date.
    private mutating func take(
        _ row: CellRow, _ name: SubmittedText, isUnnamed: Bool, _ subHeading: SubmittedText?, _ style: Style,
        _ last: inout LoggedDate?
    ) {
        for cell in row.cells where cell.isFilled {
            if let role = table.role(cell.column) { input.sheet.claims.claim(row.index, cell.column, role) }
        }
        let group = GridGroup(name: name, isUnnamed: isUnnamed, rows: [row.index], subHeading: subHeading)
        let person = place(name, isUnnamed: isUnnamed, row, group)
        var date = LogDates.read(view, row: row.index, in: columns, below: input.block.headingRows.upperBound)
        let slot = input.block.columns[.half].flatMap { view.text(row.index, $0) }.flatMap { HalfWord.read($0.text) }
        if date == nil, style.datesHold || (slot != nil && slot != .morning), var held = last {
            held.row = row.index
            held.slot = nil
            date = held
        }
        if var found = date {
            if let slot { found.slot = slot }
            last = found
            entries[person].append(found)
        } else if columns.marks.contains(where: { row.cell($0)?.isFilled ?? false }) {
            let address = CellAddress(row: row.index, column: columns.date)
            let isUncached = row.cell(columns.date)?.isUncachedFormula ?? false
            persons[person].row.findings.append(
                isUncached
                    ? people.finding(.uncachedFormula, name.text, cell: address)
                    : people.finding(.ambiguousDate, name.text, cell: address, value: "", ["", "空白"]))
        }
    }

    /// The person's place in the list: the one of that name, ID and village, else a new one.
    private mutating func place(_ name: SubmittedText, isUnnamed: Bool, _ row: CellRow, _ group: GridGroup) -> Int {
        let candidate = people.start(name, at: [row.index], group: group)
        let key = isUnnamed ? "" : PersonName(name.text).key
        if !isUnnamed, let place = placesOfName[key]?.first(where: { LogReader.isSame(persons[$0].row, candidate) }) {
            LogReader.complete(&persons[place].row, with: candidate)
            persons[place].rows.append(row.index)
            return place
        }
        var reading = PersonReading(row: candidate)
        reading.rows = [row.index]
        if isUnnamed { people.complainOfName(&reading.row, name) }
        persons.append(reading)
        entries.append([])
        if !isUnnamed { placesOfName[key, default: []].append(persons.count - 1) }
        return persons.count - 1
    }

    /// Written once a group: no value stands twice in a row, and more rows are blank than not.
    private func style() -> Style {
        var style = Style()
        guard let names = input.block.columns[.name] else { return style }
        style.namesHold = holds(names)
        style.datesHold = holds(columns.date) || datesHoldForGroups(names)
        if style.namesHold, style.datesHold { style.datesHold = false }
        return style
    }

    /// A date over several people, none of them twice, and no date written twice in a row.
    private func datesHoldForGroups(_ names: Int) -> Bool {
        var people: Set<String> = []
        var last: String?
        var blank = 0
        for row in input.rows where columns.marks.contains(where: { row.cell($0)?.isFilled ?? false }) {
            guard let name = view.text(row.index, names) else { return false }
            let key = PersonName(name.text).key
            if let cell = row.cell(columns.date), cell.isFilled {
                let date = TextFolding.key(cell.value.display)
                if date == last { return false }
                (last, people) = (date, [key])
            } else {
                guard last != nil, people.insert(key).inserted else { return false }
                blank += 1
            }
        }
        return blank > 0
    }

    private func holds(_ column: Int) -> Bool {
        var filled = 0
        var blank = 0
        var last: String?
        for row in input.rows where columns.marks.contains(where: { row.cell($0)?.isFilled ?? false }) {
            guard let cell = row.cell(column), cell.isFilled else {
                if view.text(row.index, column) == nil, last != nil { blank += 1 }
                last = last.map { _ in "" }
                continue
            }
            let key = TextFolding.key(cell.value.display)
            if key == last { return false }
            last = key
            filled += 1
        }
        return filled > 0 && blank >= filled
    }

    /// By each person's own sequence; what that leaves open by the order of the whole list, if it has one.
    private mutating func settle() {
        let days = input.months.period?.dayCount ?? 31
        if view.isTextFile, LogDates.keepsZeros(entries.flatMap { $0 }) {
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
        for index in list.indices { list[index].slot = nil }
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
