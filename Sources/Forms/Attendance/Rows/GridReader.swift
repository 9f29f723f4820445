import Domain
import Tables

/// Rows of one name in a grid.
struct GridGroup {
    var name: SubmittedText
    /// No name stands there, or one that names nobody.
    var isUnnamed = false
    var rows: [Int]
    /// The village or township over the rows.
    var subHeading: SubmittedText?
}

/// A row of figures that sums what stands above it.
struct SumRow {
    var label: SubmittedText
    /// How many people of the table stand above it.
    var peopleAbove: Int
}

/// Reads the people of every grid: whole days, halves in rows or columns, days in two lines, lines of a status.
struct GridReader {
    let input: BlockInput
    let columns: TableColumns
    let people: PersonRow
    /// The cells of each day, in the order of the headings.
    private let days: [DayCells]
    private let lineCount: Int

    private var view: SheetView { input.sheet.view }
    private var claims: CellClaims { input.sheet.claims }

    /// Columns of one day in one line of headings.
    private struct DayCells {
        var day: DayColumn
        var whole: Int?
        var morning: Int?
        var afternoon: Int?
        var evening: Int?
        var statuses: [(column: Int, status: AttendanceStatus)] = []

        mutating func add(_ column: DayColumn) {
            switch column.slot {
            case nil: whole = column.column
            case .morning?: morning = column.column
            case .afternoon?: afternoon = column.column
            case .evening?: evening = column.column
            }
        }
        var hasSlots: Bool { morning != nil || afternoon != nil || evening != nil }
    }

    init(_ input: BlockInput) {
        self.input = input
        columns = TableColumns(input)
        people = PersonRow(input: input, columns: columns)
        var days: [DayCells] = []
        for column in input.block.days {
            if let status = column.status {
                let place = days.firstIndex { $0.day.day == column.day && $0.day.run == column.run }
                if let place { days[place].statuses.append((column.column, status)) }
                continue
            }
            if column.slot != nil, let last = days.last, last.day.day == column.day, last.day.run == column.run,
                last.day.line == column.line
            {
                days[days.count - 1].add(column)
            } else {
                var cells = DayCells(day: column)
                cells.add(column)
                days.append(cells)
            }
        }
        self.days = days
        lineCount = (input.block.days.map(\.line).max() ?? 0) + 1
    }

    // MARK: Groups

    /// Groups of rows by the name column, and the rows of sums between them.
    func groups() -> (groups: [GridGroup], sums: [SumRow]) {
        let rows = TableRows(input, columns)
        var groups: [GridGroup] = []
        var sums: [SumRow] = []
        var subHeading: SubmittedText?
        var mayContinue = false
        for row in input.rows {
            switch rows.read(row) {
            case .person(let name):
                if mayContinue, let last = groups.last, !last.isUnnamed, continues(last, name, row.index) {
                    groups[groups.count - 1].rows.append(row.index)
                } else {
                    groups.append(GridGroup(name: name, rows: [row.index], subHeading: subHeading))
                }
                mayContinue = true
            case .unnamed(let name):
                if mayContinue, name.text.isEmpty, let last = groups.last, !last.isUnnamed, goesOn(last, row.index) {
                    groups[groups.count - 1].rows.append(row.index)
                } else {
                    groups.append(GridGroup(name: name, isUnnamed: true, rows: [row.index], subHeading: subHeading))
                    mayContinue = false
                }
            case .total(let label):
                sums.append(SumRow(label: label, peopleAbove: groups.count))
                mayContinue = false
            case .subHeading(let text):
                claims.claim(text.cell, .subHeading)
                subHeading = text
                mayContinue = false
            case .noise:
                mayContinue =
                    mayContinue && row.cells.allSatisfy { claims.role(row.index, $0.column) == .legend || !$0.isFilled }
            }
        }
        return (groups, sums)
    }

    /// Another row of the same merged name, or the other half of the same name written again.
    private func continues(_ group: GridGroup, _ name: SubmittedText, _ row: Int) -> Bool {
        if name.cell == group.name.cell { return true }
        guard let last = group.rows.last, PersonName(name.text).key == PersonName(group.name.text).key,
            let before = word(last), let kind = word(row), !input.block.wordsSpread,
            (before.slot == nil) == (kind.slot == nil)
        else { return false }
        return before != kind && !group.rows.contains { word($0) == kind }
    }

    /// A row without a name of its own that a word, or a second line of days, makes the name's above.
    private func goesOn(_ group: GridGroup, _ row: Int) -> Bool {
        // A merged cell of its own that is empty is another name, which somebody left out.
        if let name = input.block.columns[.name], let merge = view.merge(row, name), merge.top == row,
            merge.bottom > row
        {
            return false
        }
        if let kind = word(row) {
            guard kind.slot == nil else { return !group.rows.contains { word($0) == kind } }
            return word(group.rows[0]) != nil
                && (!group.rows.contains { word($0) == kind } || isElsewhere(row, group.rows[0]))
        }
        if lineCount > 1 { return group.rows.count < lineCount && group.rows.allSatisfy { word($0) == nil } }
        return input.block.saysHalves && group.rows.count == 1 && input.block.alternatesNames
            && group.rows.allSatisfy { word($0) == nil }
    }

    private func word(_ row: Int) -> LineKind? {
        guard let column = input.block.lineColumn, let text = view.text(row, column),
            text.cell.row == row || input.block.wordsSpread
        else { return nil }
        return LineWord.read(text.text)
    }

    // MARK: Units

    /// Rows that together are one person's days at one place.
    private struct Unit {
        var lines: [(row: Int, kind: LineKind?, line: Int?)] = []
        /// Nobody knows what tells the rows under the name apart.
        var isUnclear = false
    }

    private func units(_ group: GridGroup) -> [Unit] {
        let kinds = group.rows.map(word)
        if group.rows.count == 1 {
            return [Unit(lines: [(group.rows[0], kinds[0], nil)])]
        }
        if kinds.allSatisfy({ $0 == nil }) { return unlabelled(group) }
        var units: [Unit] = []
        for (row, kind) in zip(group.rows, kinds) {
            // The word that the other row of a pair lacks.
            let kind = kind ?? (units.last?.lines.count == 1 ? units.last?.lines[0].kind.flatMap(other) : nil)
            let seen = units.last?.lines.filter { $0.kind == kind }.count ?? 0
            let isNew = units.isEmpty || seen >= lineCount || isElsewhere(row, units.last?.lines[0].row)
            if isNew { units.append(Unit()) }
            units[units.count - 1].lines.append((row, kind, lineCount > 1 ? (isNew ? 0 : seen) : nil))
        }
        return units
    }

    private func other(_ kind: LineKind) -> LineKind? {
        switch kind {
        case .slot(.morning): .slot(.afternoon)
        case .slot(.afternoon): .slot(.morning)
        default: nil
        }
    }

    /// Rows under one name without a word: two lines of days, halves that the sheet names elsewhere, or places.
    private func unlabelled(_ group: GridGroup) -> [Unit] {
        let count = group.rows.count
        if lineCount > 1, count % lineCount == 0 {
            return stride(from: 0, to: count, by: lineCount).map { start in
                Unit(lines: (0..<lineCount).map { (group.rows[start + $0], nil, $0) })
            }
        }
        if input.block.saysHalves, count <= 3 {
            let slots: [DaySlot] = [.morning, .afternoon, .evening]
            return [Unit(lines: zip(group.rows, slots).map { ($0, .slot($1), nil) })]
        }
        var units = group.rows.map { Unit(lines: [($0, nil, nil)]) }
        let places = group.rows.map(place)
        // Rows that name no place of their own are lines of nobody knows what.
        let isClear = lineCount == 1 && Set(places).count == count && !places.contains("")
        if !isClear { for index in units.indices { units[index].isUnclear = true } }
        return units
    }

    /// The place that a row names in cells of its own; a sending unit is one only where a village stands in its column.
    private func place(_ row: Int) -> String {
        [FieldID.township, .village, .sendingUnit].compactMap { field in
            guard let column = input.block.columns[field], let text = view.text(row, column), text.cell.row == row,
                field != .sendingUnit || PlaceText.isPlace(text.text)
            else { return nil }
            return TextFolding.key(text.text)
        }.joined(separator: "|")
    }

    private func isElsewhere(_ row: Int, _ before: Int?) -> Bool {
        guard let before else { return false }
        let own = place(row)
        return !own.isEmpty && own != place(before)
    }

    // MARK: People

    /// A table whose names stand in a column.
    static func readTable(_ input: BlockInput, marks: inout MarkReader) -> TableReading {
        let reader = GridReader(input)
        let (groups, sums) = reader.groups()
        return reader.read(groups, sums, marks: &marks)
    }

    func read(_ groups: [GridGroup], _ sums: [SumRow] = [], marks: inout MarkReader) -> TableReading {
        var reading = TableReading()
        reading.people.reserveCapacity(groups.count)
        // How many people stand in the first groups: a merged name can be several.
        var peopleAbove = [0]
        for group in groups {
            for unit in units(group) { reading.people.append(read(unit, of: group, marks: &marks)) }
            peopleAbove.append(reading.people.count)
        }
        reading.sums = sums.map { SumRow(label: $0.label, peopleAbove: peopleAbove[$0.peopleAbove]) }
        reading.unknown = columns.unknown
        reading.unheaded = unheaded(reading.people)
        let lines = HeadingLines(input, columns, reading.people)
        for loose in lines.loose where !reading.unheaded.contains(where: { $0.cell == loose.cell }) {
            reading.unheaded.append(loose)
        }
        if let slip = lines.slip {
            for index in reading.people.indices {
                let name = reading.people[index].row.name.text
                reading.people[index].row.findings.append(
                    people.finding(.headingsShifted, name, cell: slip.cell, value: slip.text))
            }
        }
        return reading
    }

    /// Columns without a day that hold something, with the cell that should name it.
    private func unheaded(_ people: [PersonReading]) -> [SubmittedText] {
        let block = input.block
        let line =
            block.headings[.name].map { max($0.cell.row, block.headingRows.lowerBound) } ?? block.headingRows.lowerBound
        var found: [SubmittedText] = []
        for column in columns.unheaded {
            if let slip = block.slips.first(where: { $0.cell.column == column }) {
                if isUsed(column, people) || !HalfWord.isWeekday(slip.text) { found.append(slip) }
                continue
            }
            guard isUsed(column, people) else { continue }
            let row = block.dayRow ?? line
            found.append(
                view.text(row, column).flatMap { $0.cell.column == column ? $0 : nil }
                    ?? SubmittedText(text: "", cell: CellAddress(row: row, column: column)))
        }
        for slip in block.slips where !found.contains(where: { $0.cell == slip.cell }) {
            // 六 over a Saturday on which nobody has a mark: no day is lost.
            if HalfWord.isWeekday(slip.text), !isUsed(slip.cell.column, people) {
                claims.claim(slip.cell, .dayHeading)
            } else {
                found.append(slip)
            }
        }
        return found
    }

    private func isUsed(_ column: Int, _ people: [PersonReading]) -> Bool {
        people.contains { person in person.rows.contains { view.row($0)?.cell(column)?.isFilled ?? false } }
    }

    private func read(_ unit: Unit, of group: GridGroup, marks: inout MarkReader) -> PersonReading {
        let rows = unit.lines.map(\.row)
        var reading = PersonReading(row: people.start(group.name, at: rows, group: group))
        reading.rows = rows
        if group.isUnnamed { people.complainOfName(&reading.row, group.name) }
        if unit.isUnclear { people.complainOfLine(&reading.row, rows[0]) }
        reading.row.days.reserveCapacity(days.count)
        var statement = StatementSearch(input: input, rows: group.rows)
        for cells in days { read(cells, unit, &statement, &marks, &reading) }
        if let first = reading.row.days.first, first.morning == .unknown, RowShift.isField(first.text) {
            people.complainOfShift(&reading.row, SubmittedText(text: first.text, cell: first.cell))
        }
        for row in rows { claim(row, unit) }
        countUnheaded(rows, &marks, &reading)
        reading.figures = people.figures(at: rows)
        complainOfUncached(rows, &reading)
        statement.settle(&reading, people, dayCount: days.count)
        statement.settle(remark: people.field(.remark, at: rows), &reading, people)
        if let leave = people.field(.leaveRanges, at: rows) { LeaveRanges(leave).settle(&reading, people) }
        return reading
    }

    private func claim(_ row: Int, _ unit: Unit) {
        guard let cells = view.row(row) else { return }
        let kind = unit.lines.first { $0.row == row }?.kind
        let isOther = kind == .note || kind == .plan
        for cell in cells.cells where cell.isFilled && input.block.range.contains(cell.column) {
            guard let role = columns.role(cell.column) else { continue }
            claims.claim(row, cell.column, isOther && role == .mark ? .field : role)
        }
    }

    /// Marks in columns that no day heads are in the township's own sum all the same.
    private func countUnheaded(_ rows: [Int], _ marks: inout MarkReader, _ reading: inout PersonReading) {
        for column in columns.unheaded {
            for row in rows {
                guard let cell = view.row(row)?.cell(column), cell.isFilled else { continue }
                let mark = marks.read(cell)
                if mark.problem == nil { reading.sums.add(mark.morning, mark.afternoon) }
            }
        }
    }

    /// A person with marks under a heading that is a formula without a value: on which days, nobody knows.
    private func complainOfUncached(_ rows: [Int], _ reading: inout PersonReading) {
        let first = input.block.uncached.first { cell in
            rows.contains { view.row($0)?.cell(cell.column)?.isFilled ?? false }
        }
        if let first {
            reading.row.findings.append(people.finding(.uncachedHeading, reading.row.name.text, cell: first))
        }
    }

    // MARK: Days

    private func read(
        _ cells: DayCells, _ unit: Unit, _ statement: inout StatementSearch, _ marks: inout MarkReader,
        _ reading: inout PersonReading
    ) {
        var rows: [DaySlot: Int] = [:]
        var whole: Int?
        var statuses: [(row: Int, status: AttendanceStatus)] = []
        for line in unit.lines where line.line == nil || line.line == cells.day.line {
            switch line.kind {
            case nil, .worked?: whole = whole ?? line.row
            case .slot(let slot)?: rows[slot] = line.row
            case .status(let status)?: statuses.append((line.row, status))
            case .plan?, .note?: break
            }
        }
        let place = input.place(year: cells.day.year, month: cells.day.month, day: cells.day.day, run: cells.day.run)
        guard case .date(let date) = place else {
            if case .impossible(let period) = place { complain(cells, unit, period, &reading) }
            return
        }
        let before = reading.row.days.count
        if cells.hasSlots, let row = whole ?? rows.values.min() {
            let morning = cells.morning.map { at(row, $0) } ?? nothing(row, cells.day.column)
            let afternoon = cells.afternoon.map { at(row, $0) } ?? nothing(row, cells.day.column)
            readHalves(morning, afternoon, date, &statement, &marks, &reading)
        } else if let column = cells.whole, rows[.morning] != nil || rows[.afternoon] != nil {
            let morning = rows[.morning].map { at($0, column) } ?? nothing(unit.lines[0].row, column)
            let afternoon = rows[.afternoon].map { at($0, column) } ?? nothing(unit.lines[0].row, column)
            readHalves(morning, afternoon, date, &statement, &marks, &reading)
        } else if let column = cells.whole, let row = whole {
            let cell = at(row, column)
            let mark = statement.checked(marks.read(cell.cell), cell, date: date)
            people.add(mark, cell.cell, at: cell.address, date: date, reading: &reading)
        }
        for (row, status) in statuses {
            overlay(status, at(row, cells.whole ?? cells.day.column), date, before, &marks, &reading)
        }
        for (column, status) in cells.statuses {
            guard let row = whole ?? rows.values.min() else { break }
            overlay(status, at(row, column), date, before, &marks, &reading)
        }
        if reading.row.days.count > before, let day = reading.row.days.last {
            reading.sums.add(day.morning, day.afternoon)
        }
    }

    private func readHalves(
        _ morning: GridCell, _ afternoon: GridCell, _ date: CivilDate, _ statement: inout StatementSearch,
        _ marks: inout MarkReader, _ reading: inout PersonReading
    ) {
        let first = statement.checked(marks.readHalf(morning.cell), morning, date: date)
        let second = statement.checked(marks.readHalf(afternoon.cell), afternoon, date: date)
        people.add(
            morning: first, (morning.cell, morning.address), afternoon: second, (afternoon.cell, afternoon.address),
            date: date, reading: &reading)
    }

    /// Whatever is marked in a line of leave is leave: beside a mark of presence on the same half it contradicts.
    private func overlay(
        _ status: AttendanceStatus, _ cell: GridCell, _ date: CivilDate, _ before: Int, _ marks: inout MarkReader,
        _ reading: inout PersonReading
    ) {
        guard let found = cell.cell, found.isFilled else { return }
        let mark = marks.read(found)
        if mark.problem == .error || mark.problem == .uncached {
            people.complain(mark.problem, found.value.display, at: cell.address, person: &reading.row)
            return
        }
        if mark == .blank { return }
        let isHalf = mark.problem == nil && (mark.isUnnamedHalf || mark.morning == .blank || mark.afternoon == .blank)
        let own = isHalf ? MarkReading.half(status) : .whole(status)
        if reading.row.days.count == before {
            people.add(own, found, at: cell.address, date: date, reading: &reading)
            return
        }
        var day = reading.row.days[reading.row.days.count - 1]
        if day.morning == .blank, day.afternoon == .blank {
            (day.morning, day.afternoon, day.isUnnamedHalf) = (own.morning, own.afternoon, own.isUnnamedHalf)
            day.text = found.value.display
            day.cell = cell.address
        } else if isHalf, day.afternoon == .blank {
            day.afternoon = status
            day.isUnnamedHalf = false
            day.text += "/" + found.value.display
            day.afternoonCell = cell.address
        } else {
            reading.row.findings.append(
                people.finding(
                    .duplicateRowConflict, reading.row.name.text, cell: cell.address, value: found.value.display,
                    [day.cell.a1]))
            return
        }
        reading.row.days[reading.row.days.count - 1] = day
    }

    private func complain(_ cells: DayCells, _ unit: Unit, _ period: Period, _ reading: inout PersonReading) {
        for line in unit.lines where line.line == nil || line.line == cells.day.line {
            for column in [cells.whole, cells.morning, cells.afternoon].compactMap({ $0 }) {
                let cell = at(line.row, column)
                guard let found = cell.cell, found.isFilled else { continue }
                // A day of another month is told with it.
                let month = cells.day.month.map { "\($0)月" } ?? ""
                people.impossible(
                    found.value.display, day: month.isEmpty ? "\(cells.day.day)" : "\(month)\(cells.day.day)日",
                    in: period, at: cell.address, person: &reading.row)
                return
            }
        }
    }

    private func nothing(_ row: Int, _ column: Int) -> GridCell {
        GridCell(cell: nil, address: CellAddress(row: row, column: column))
    }

    /// The cell at a place, the one of a merged range that covers it included.
    private func at(_ row: Int, _ column: Int) -> GridCell {
        let own = view.row(row)?.cell(column)
        if !view.hasMerges || own?.isFilled ?? false {
            return GridCell(
                cell: own, address: CellAddress(row: row, column: column),
                merge: view.hasMerges ? view.merge(row, column) : nil)
        }
        guard let merge = view.merge(row, column), let found = view.cell(row, column) else {
            return GridCell(cell: own, address: CellAddress(row: row, column: column))
        }
        return GridCell(cell: found.cell, address: found.address, merge: merge)
    }
}

/// A cell that counts at a place, and the merged range that it stands for.
struct GridCell {
    var cell: Cell?
    var address: CellAddress
    var merge: CellRange?
}
