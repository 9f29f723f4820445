import Domain
import Tables

/// G: days down, people across, halves under each person if there are any.
struct PeopleAcrossLayout: AttendanceLayout {
    let id = AttendanceLayoutID.peopleAcross

    func recognise(_ sheet: AttendanceSheet, headingAt row: RowProfile, zone: HeadingZone?) -> RecognisedBlock? {
        let range = zone?.range ?? 0...max(0, sheet.lastColumn)
        let view = sheet.view
        guard zone?.hasDays != true, let cells = view.row(row.index)?.filled.filter({ range.contains($0.column) }),
            let corner = corner(row, cells, range, sheet), let firstDay = firstDay(below: row.index, corner, sheet),
            verticalDays(sheet, from: firstDay, column: corner) >= 3,
            !isAboveHeadings(row, corner, firstDay, sheet), !isLog(row, corner, firstDay, sheet)
        else { return nil }
        let bottom = firstDay - 1
        let words = words(row.index, bottom, range, sheet)
        let people = people(row.index, corner, firstDay, cells, words, range, sheet)
        // Columns of marks without any name are people only where 日期 or 姓名 stands over the days.
        let isHeaded = row.hits.contains { $0.column == corner && ($0.field == .date || $0.field == .name) }
        guard people.contains(where: { !$0.isUnnamed }) || (isHeaded && !people.isEmpty) else { return nil }
        // A column of 上午/下午 between the days and the people.
        var columns: [FieldID: Int] = [.date: corner]
        if let first = people.first?.column, first > corner + 1 {
            for column in (corner + 1)..<first {
                if let text = view.text(firstDay, column)?.text, HalfWord.read(text) != nil { columns[.half] = column }
            }
        }
        let evidence = BilingualText(
            zh: "日期自上而下，姓名横排在第\(row.index + 1)行", en: "days run down, people stand across in row \(row.index + 1)")
        var block = RecognisedBlock(
            self, score: words.count > 1 ? 72 : 55, evidence: evidence, headingRows: row.index...bottom, range: range,
            columns: columns)
        block.people = people
        let passed = words.filter { $0.value == .plan || $0.value == .note }.keys.sorted()
        block.known = Set(columns.values).union(passed)
        block.passedOver = passed.first.flatMap { view.text(bottom, $0) }.map { [$0] } ?? []
        block.others = others(row.index, corner, people, range, sheet)
        return block
    }

    /// 姓名 | 王守成 | 村 | 甲村 above headings of its own for the days: labels of one person's sheet, and no people.
    private func isAboveHeadings(_ row: RowProfile, _ corner: Int, _ firstDay: Int, _ sheet: AttendanceSheet) -> Bool {
        ((row.index + 1)..<firstDay).contains { below in
            sheet.profile(below)?.hits.contains { $0.column == corner && $0.field == .date } ?? false
        }
    }

    /// 日期 | 姓名 | 地点, names down the second column: a list a day, and no people across.
    private func isLog(_ row: RowProfile, _ corner: Int, _ firstDay: Int, _ sheet: AttendanceSheet) -> Bool {
        guard let column = row.column(.name), column != corner else { return false }
        let below = (firstDay..<firstDay + 3).compactMap { sheet.view.row($0)?.cell(column) }
        return below.count == 3
            && below.allSatisfy { if case .text(let text) = $0.value { NameText.isPlausible(text) } else { false } }
    }

    /// Halves, or 计划 and 实际, under the people, in the last line of headings; empty where another word stands there.
    private func words(
        _ top: Int, _ bottom: Int, _ range: ClosedRange<Int>, _ sheet: AttendanceSheet
    ) -> [Int: LineKind] {
        var halves: [Int: LineKind] = [:]
        var groups: [Int: LineKind] = [:]
        guard bottom > top else { return halves }
        for cell in sheet.view.row(bottom)?.cells ?? [] where range.contains(cell.column) {
            guard case .text(let text) = cell.value else { continue }
            if let slot = HalfWord.read(text) { halves[cell.column] = .slot(slot) }
            if let kind = GroupWord.read(text), kind == .worked || GroupWord.isPassedOver(kind) {
                groups[cell.column] = kind
            }
        }
        return groups.count > halves.count && isWorkedOnce(groups, top, sheet) ? groups : halves
    }

    /// Under each name one column is worked, and no word is lacking.
    private func isWorkedOnce(_ groups: [Int: LineKind], _ top: Int, _ sheet: AttendanceSheet) -> Bool {
        guard let first = groups.keys.min(), let last = groups.keys.max() else { return false }
        var worked: [CellAddress: Int] = [:]
        for column in first...last {
            guard let kind = groups[column] else { return false }
            let name = name(top, column, sheet)
            worked[name, default: 0] += kind == .worked ? 1 : 0
        }
        return worked.values.allSatisfy { $0 == 1 }
    }

    /// The cell of the name that heads a column: merged over it, or the last before it.
    private func name(_ row: Int, _ column: Int, _ sheet: AttendanceSheet) -> CellAddress {
        for place in stride(from: column, through: 0, by: -1) {
            if let found = sheet.view.text(row, place) { return found.cell }
        }
        return CellAddress(row: row, column: column)
    }

    private func people(
        _ row: Int, _ corner: Int, _ firstDay: Int, _ cells: [Cell], _ words: [Int: LineKind],
        _ range: ClosedRange<Int>,
        _ sheet: AttendanceSheet
    ) -> [PersonColumn] {
        let body = sheet.bodyRows(after: firstDay - 1)
        let widest =
            body.lazy.compactMap { $0.cells.last { range.contains($0.column) && $0.isFilled }?.column }.max() ?? 0
        let last = max(cells.last?.column ?? 0, words.keys.max() ?? 0, widest)
        guard last > corner else { return [] }
        var people: [PersonColumn] = []
        for column in (corner + 1)...last {
            let kind = words[column]
            if !words.isEmpty, kind == nil || kind == .plan || kind == .note { continue }
            let own = kind == .worked ? name(row, column, sheet) : CellAddress(row: row, column: column)
            if let name = sheet.view.text(own.row, own.column) {
                guard isName(name.text, sheet), !words.isEmpty || name.cell.column == column else { continue }
                let isNobody = NameText.isNobody(name.text) || name.isNumber
                people.append(PersonColumn(column: column, slot: kind?.slot, name: name, isUnnamed: isNobody))
            } else if holdsMarks(column, body) {
                let cell = CellAddress(row: row, column: column)
                people.append(
                    PersonColumn(
                        column: column, slot: kind?.slot, name: SubmittedText(text: "", cell: cell), isUnnamed: true)
                )
            }
        }
        return people
    }

    /// Marks beside the days under no name: somebody's.
    private func holdsMarks(_ column: Int, _ body: [CellRow]) -> Bool {
        body.filter { row in
            guard let cell = row.cell(column), cell.isFilled else { return false }
            if case .text(let text) = cell.value {
                return !HalfWord.isWeekday(text) && HalfWord.read(text) == nil && text.utf8.count <= 12
            }
            return true
        }.count >= 2
    }

    /// Headings beside the people that are neither: 备注, 星期.
    private func others(
        _ row: Int, _ corner: Int, _ people: [PersonColumn], _ range: ClosedRange<Int>, _ sheet: AttendanceSheet
    ) -> [SubmittedText] {
        let taken = Set(people.map(\.column) + people.map(\.name.cell.column) + [corner])
        return (sheet.view.row(row)?.cells ?? []).compactMap { cell in
            guard range.contains(cell.column), !taken.contains(cell.column), cell.isFilled else { return nil }
            return SubmittedText(text: cell.value.display, cell: CellAddress(row: row, column: cell.column))
        }
    }

    /// The column of days: headed 日期, 姓名 or both, or not at all.
    private func corner(
        _ row: RowProfile, _ cells: [Cell], _ range: ClosedRange<Int>, _ sheet: AttendanceSheet
    ) -> Int? {
        let hits = row.hits.filter { range.contains($0.column) }
        if let column = hits.first(where: { $0.field == .date })?.column {
            return hits.contains { $0.field == .name && $0.column < column } ? nil : column
        }
        if let column = hits.first(where: { $0.field == .name })?.column { return hits.count <= 2 ? column : nil }
        guard hits.isEmpty, let first = cells.first?.column, first > 0 else { return nil }
        for step in 1...3 {
            if let below = sheet.view.row(row.index + step)?.firstFilled {
                return below.column < first ? below.column : nil
            }
        }
        return nil
    }

    /// Below the names: their villages, units and IDs, halves, then the days.
    private func firstDay(below row: Int, _ corner: Int, _ sheet: AttendanceSheet) -> Int? {
        for step in 1...6 {
            guard let cell = sheet.view.row(row + step)?.cell(corner) else { continue }
            if DayHeading.read(cell.value, place: 0) != nil { return row + step }
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
        return DayChain(headings).runs.first?.count ?? 0
    }

    private static let noNames: Set<String> = ["星期", "周", "周次", "备注", "礼拜", "说明", "时段", "午别", "天气", "节假日", "签字", "审核"]

    private func isName(_ text: String, _ sheet: AttendanceSheet) -> Bool {
        let key = TextFolding.key(text)
        if sheet.form.hit(text) != nil || RowNoise.isTotal(text) || HalfWord.read(text) != nil { return false }
        if FigureMeaning.read(text) != nil || LegendGrammar.body(of: text) != nil { return false }
        return !PeopleAcrossLayout.noNames.contains(key)
    }

    func runs(_ sheet: AttendanceSheet, _ block: RecognisedBlock, body: Range<Int>) -> [DayRun] {
        AcrossReader.dates(sheet, block, sheet.rows(body), monthDays: 31).runs
    }

    func read(_ input: BlockInput, marks: inout MarkReader) -> TableReading { AcrossReader(input).read(&marks) }
}

/// Reads people who stand across.
private struct AcrossReader {
    let input: BlockInput
    let columns: TableColumns
    let people: PersonRow
    private let corner: Int
    private let found: VerticalDates
    private let rows: [CellRow]

    private var view: SheetView { input.sheet.view }
    private var claims: CellClaims { input.sheet.claims }

    init(_ input: BlockInput) {
        self.input = input
        columns = TableColumns(input)
        people = PersonRow(input: input, columns: columns)
        corner = input.block.columns[.date] ?? 0
        rows = AcrossReader.own(input.rows, input.sheet, input.block)
        found = AcrossReader.dates(input.sheet, input.block, input.rows, monthDays: input.months.period?.dayCount ?? 31)
    }

    /// The rows before another table of dates: 日期 again over the days, and other words than the names beside it.
    private static func own(_ rows: [CellRow], _ sheet: AttendanceSheet, _ block: RecognisedBlock) -> [CellRow] {
        let corner = block.columns[.date] ?? 0
        let names = Dictionary(block.people.map { ($0.column, TextFolding.key($0.name.text)) }) { first, _ in first }
        let end = rows.firstIndex { row in
            guard sheet.isDateHeading(row.cell(corner)) else { return false }
            return names.contains { column, name in
                guard let here = sheet.view.text(row.index, column) else { return false }
                return TextFolding.key(here.text) != name
            }
        }
        return end.map { Array(rows[..<$0]) } ?? rows
    }

    static func dates(
        _ sheet: AttendanceSheet, _ block: RecognisedBlock, _ rows: [CellRow], monthDays: Int
    ) -> VerticalDates {
        let corner = block.columns[.date] ?? 0
        var entries: [LoggedDate] = []
        for row in own(rows, sheet, block) {
            let slot = block.columns[.half].flatMap { sheet.view.text(row.index, $0) }.flatMap {
                HalfWord.read($0.text)
            }
            var date = LogDates.read(sheet.view, row: row.index, column: corner)
            if date == nil, slot != nil, slot != .morning, let last = entries.last, last.row == row.index - 1 {
                date = last
                date?.row = row.index
                date?.slot = nil
            }
            guard var found = date, !found.days.isEmpty else { continue }
            if let slot { found.slot = slot }
            entries.append(found)
        }
        return VerticalDates(entries, sheet.view, monthDays: monthDays)
    }

    func read(_ marks: inout MarkReader) -> TableReading {
        var table = TableReading()
        let figures = figureRows()
        var done: Set<CellAddress> = []
        for entry in input.block.people where done.insert(entry.name.cell).inserted {
            let slots = input.block.people.filter { $0.name.cell == entry.name.cell }
            table.people.append(person(entry, slots, figures, &marks))
        }
        claimDays()
        table.unheaded = undated()
        for slip in found.slips where !table.unheaded.contains(where: { $0.cell == slip.address }) {
            table.unheaded.append(SubmittedText(text: slip.text, cell: slip.address))
        }
        table.unknown = input.block.others.filter { columns.role($0.cell.column) == .field && !isKnown($0.text) }
        return table
    }

    private func isKnown(_ text: String) -> Bool {
        input.sheet.form.hit(text, loosely: true) != nil || HalfWord.isWeekday(text)
            || ["星期", "周", "周次", "礼拜"].contains(TextFolding.key(text))
    }

    private func person(
        _ entry: PersonColumn, _ slots: [PersonColumn], _ figures: [FigureLine], _ marks: inout MarkReader
    ) -> PersonReading {
        var reading = PersonReading(row: AttendanceRow(name: entry.name))
        if entry.isUnnamed { people.complainOfName(&reading.row, entry.name) }
        describe(&reading.row, column: entry.column)
        func column(_ slot: DaySlot) -> Int? { slots.first { $0.slot == slot }?.column }
        let hasSlots = slots.contains { $0.slot != nil }
        let pair =
            hasSlots
            ? DateColumn(
                date: corner, morning: column(.morning), afternoon: column(.afternoon), evening: column(.evening))
            : DateColumn(date: corner, mark: entry.column)
        DatedMarks(input: input, people: people, columns: pair).read(found.dates, &marks, &reading)
        for day in reading.row.days { reading.sums.add(day.morning, day.afternoon) }
        let dated = Set(found.dates.map(\.row))
        for row in rows where !dated.contains(row.index) && isDayRow(row) {
            for column in pair.marks {
                guard let cell = row.cell(column), cell.isFilled else { continue }
                let mark = marks.read(cell)
                if mark.problem == nil { reading.sums.add(mark.morning, mark.afternoon) }
            }
        }
        if found.dates.contains(where: { view.row($0.row)?.isHidden ?? false }) { people.hide(&reading.row) }
        for line in figures {
            for column in slots.map(\.column) {
                guard let cell = view.row(line.index)?.cell(column), cell.isFilled else { continue }
                let address = CellAddress(row: line.index, column: column)
                reading.figures.append(FigureReading(line: line, cell: cell, at: address))
                claims.claim(address, .total)
                break
            }
        }
        return reading
    }

    /// A row that holds marks and is neither figure, note nor signature.
    private func isDayRow(_ row: CellRow) -> Bool {
        guard
            row.cells.contains(where: {
                columns.isMark($0.column) && $0.isFilled && !claims.isClaimed(row.index, $0.column)
            })
        else { return false }
        guard case .text(let text)? = row.cell(corner)?.value, !text.isEmpty else { return true }
        return FigureMeaning.read(text) == nil && !RowNoise.isTotal(text) && !RowNoise.isSignature(text)
            && LegendGrammar.body(of: text) == nil && !["备注", "签字", "签名", "本人签字"].contains(TextFolding.key(text))
            && input.sheet.form.hit(text, loosely: true) == nil
    }

    /// Rows of figures under the days, by their labels.
    private func figureRows() -> [FigureLine] {
        rows.compactMap { row in
            guard let cell = row.cell(corner), case .text(let text) = cell.value else { return nil }
            var meaning = FigureMeaning.read(text)
            if meaning == nil, RowNoise.isTotal(text) { meaning = .sum }
            if meaning == nil, let hit = input.sheet.form.hit(text),
                input.sheet.form.definition.fields[hit.field].field == .attendanceDays
            {
                meaning = .worked
            }
            guard let meaning else { return nil }
            let address = CellAddress(row: row.index, column: corner)
            claims.claim(address, .heading)
            return FigureLine(index: row.index, meaning: meaning, heading: SubmittedText(text: text, cell: address))
        }
    }

    private func claimDays() {
        for date in found.dates {
            claims.claim(date.address, .dayHeading)
            guard let row = view.row(date.row) else { continue }
            for cell in row.cells where cell.isFilled {
                if let role = columns.role(cell.column) { claims.claim(date.row, cell.column, role) }
            }
        }
    }

    /// Rows of marks that no day heads.
    private func undated() -> [SubmittedText] {
        let dated = Set(found.dates.map(\.row))
        return rows.filter { !dated.contains($0.index) && isDayRow($0) }.map { row in
            SubmittedText(
                text: row.cell(corner)?.value.display ?? "", cell: CellAddress(row: row.index, column: corner))
        }
    }

    /// Villages, units and IDs that stand in rows of their own above the days.
    private func describe(_ person: inout AttendanceRow, column: Int) {
        let top = max(0, input.block.headingRows.lowerBound - 3)
        for row in top...input.block.headingRows.upperBound where row != person.name.cell.row {
            guard let heading = view.row(row)?.cell(corner), case .text(let text) = heading.value,
                let hit = input.sheet.form.hit(text, loosely: true), let value = view.text(row, column)
            else { continue }
            claims.claim(value.cell, .field)
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
