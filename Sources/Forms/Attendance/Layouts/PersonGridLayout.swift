import Domain
import Tables

/// A sheet per person with the days across: 日期 1 … 31 above 考勤 √ …, in one or several lines. Source: spec §5.4.
struct PersonGridLayout: AttendanceLayout {
    let id = AttendanceLayoutID.personGrid

    func recognise(_ sheet: AttendanceSheet, headingAt row: RowProfile, zone: HeadingZone?) -> RecognisedBlock? {
        guard let zone, zone.columns[.name] == nil, zone.hasDays, let days = zone.dayRange else { return nil }
        let rows = directlyBelow(sheet.bodyRows(after: zone.rows.upperBound, limit: 12), zone.rows.upperBound)
        let marked = rows.filter { row in
            if case .text(let text)? = row.firstFilled?.value,
                LegendGrammar.body(of: text) != nil || RowNoise.isSignature(text)
            {
                return false
            }
            return row.cells.contains { days.contains($0.column) && $0.isFilled }
        }
        guard !marked.isEmpty else { return nil }
        var words: [Int: Int] = [:]
        for row in marked {
            for cell in row.cells where cell.column < days.lowerBound && zone.range.contains(cell.column) {
                guard case .text(let text) = cell.value, cell.isFilled else { continue }
                if LineWord.read(text) != nil { words[cell.column, default: 0] += 1 }
            }
        }
        let found = words.max { ($0.value, $1.key) < ($1.value, $0.key) }
        // One line without a word under the days is the person's too, if nothing else stands beside it.
        let isSingle = marked.count == 1 && !marked[0].cells.contains { $0.column < days.lowerBound && $0.isFilled }
        guard (found?.value ?? 0) * 2 > marked.count || isSingle else { return nil }
        let evidence = BilingualText(zh: "姓名写在表头之外，日期横排", en: "the person is named above, days stand across")
        var block = RecognisedBlock(self, score: 68, evidence: evidence, zone: zone)
        block.days = GridDays.columns(zone)
        block.lineColumn = found?.key
        block.saysHalves = true
        return block
    }

    /// The rows up to the first blank one: what stands further below is another table's.
    private func directlyBelow(_ rows: [CellRow], _ heading: Int) -> [CellRow] {
        var last = heading
        return rows.prefix { row in
            defer { last = row.index }
            return row.index == last + 1
        }
    }

    func read(_ input: BlockInput, marks: inout MarkReader) -> TableReading {
        guard let owner = input.owner else { return TableReading() }
        let reader = GridReader(input)
        // Behind a line of days that heads no table its marks are of days nobody knows.
        let end = input.rows.first { input.sheet.profile($0.index)?.hasDays ?? false }?.index ?? .max
        var rows: [Int] = []
        var beside = PersonReading(row: AttendanceRow(name: owner))
        for row in input.rows where !reader.people.isBesideTheDays(row, &beside) {
            if row.index < end, isLine(row, reader, input) { rows.append(row.index) }
        }
        guard !rows.isEmpty else { return TableReading() }
        var table = reader.read([GridGroup(name: owner, rows: rows)], marks: &marks)
        for index in table.people.indices {
            reader.people.describe(&table.people[index].row)
            table.people[index].figures += index == 0 ? beside.figures : []
        }
        return table
    }

    /// A row that says what it is, or the only one with marks.
    private func isLine(_ row: CellRow, _ reader: GridReader, _ input: BlockInput) -> Bool {
        let hasMarks = row.cells.contains { reader.columns.isMark($0.column) && $0.isFilled }
        guard let column = input.block.lineColumn else { return hasMarks }
        guard case .text(let text)? = row.cell(column)?.value, LineWord.read(text) != nil else { return false }
        return true
    }
}
