import Domain
import Tables

/// From a sheet that holds attendance to blocks and findings, in five phases. Source: spec §5.4, §5.5, §5.7.
///
/// 1 segments: where tables stand, what belongs to which. 2 legends: what the marks of each mean. 3 months: to which
/// its days belong. 4 rows: each layout reads its people, figures are weighed. 5 left over: what nobody read is found.
struct AttendanceReader {
    let sheet: AttendanceSheet
    let marks: FoldedMarks
    let place: SheetPlace
    /// The legend on a sheet of its own, for the whole workbook.
    var workbookLegend: [LegendEntry] = []
    /// Tells titles that no attendance has.
    let titles: TitleJudge

    struct Result {
        var blocks: [AttendanceBlock] = []
        var findings: [Finding] = []
        var sections: [SectionReading] = []
    }

    /// A table on its way through the phases: its pages, and what was understood of them.
    struct ReadTable {
        var segments: [Segment]
        var legend: [LegendEntry] = []
        var months = BlockMonths()
        var people: [PersonReading] = []
        var findings: [Finding] = []
        /// Of rows that are none of the table's.
        var outside: [Finding] = []
        /// Rows that `outside` speaks of.
        var toldRows: Set<Int> = []
        var weighed: [WeighedCandidate] = []
        /// Columns that a finding speaks of.
        var unheaded: Set<Int> = []
        /// Why nobody can be read from it.
        var refusal: Finding?

        /// Of which rows it is, where rows of several months stand among each other.
        var rowsOfMonth: MonthRows?

        var block: RecognisedBlock { segments[0].block }
        var preamble: Preamble { segments[0].preamble }
    }

    func read(_ recognised: [[RecognisedBlock]]) -> Result {
        let splitter = Segments(sheet: sheet, place: place, titles: titles)
        let segments = splitter.segments(recognised)
        var tables = splitter.grouped(segments).map { ReadTable(segments: $0) }
        readLegends(&tables, segments)
        readMonths(&tables)
        readRows(&tables)
        let loose = findLeftOver(&tables)
        return result(tables, loose)
    }

    // MARK: 2 Legends

    private func readLegends(_ tables: inout [ReadTable], _ segments: [Segment]) {
        let occurrences = MarkOccurrences {
            TableCells(sheet, segments).shortMarks()
        } pairs: {
            TableCells(sheet, segments).pairs()
        }
        let scan = LegendScan(sheet, marks: occurrences)
        var ofAnchor: [Int: [LegendEntry]] = [:]
        for (anchor, group) in Dictionary(grouping: segments, by: \.anchor).sorted(by: { $0.key < $1.key }) {
            let cells = TableCells(sheet, group)
            ofAnchor[anchor] = scan.entries(cells.rows, beside: cells)
        }
        for said in scan.blanks.texts where !tables.isEmpty {
            tables[0].findings.append(finding(.legendOfBlanks, said.cell, said.text, [said.text]))
        }
        let own = tables.map { table in
            Set(table.segments.map(\.anchor)).sorted().flatMap { ofAnchor[$0] ?? [] }
        }
        if sheet.explains {
            for index in tables.indices {
                tables[index].weighed += LegendReach.lost(own, workbook: workbookLegend, at: index)
                tables[index].weighed += scan.passedOver.candidates(tables[index].segments)
            }
        }
        for (index, legend) in LegendReach.legends(own, workbook: workbookLegend).enumerated() {
            tables[index].legend = legend + QuestionHeading.entries(tables[index].block, unless: legend)
        }
    }

    // MARK: 3 Months

    private func readMonths(_ tables: inout [ReadTable]) {
        tables = tables.flatMap(split)
        var inherited: MonthReading?
        for index in tables.indices {
            let months = MonthPlan(sources(tables[index], inherited), runs: runs(tables[index])).months()
            if index == 0 || inherited == nil, tables[index].rowsOfMonth == nil { inherited = months.title }
            tables[index].months = months
            tables[index].refusal =
                foreignTitle(tables[index], isFirst: index == 0) ?? foreignLabel(tables[index])
                ?? severalMonths(tables[index]) ?? uncachedTitle(tables[index], months)
                ?? refusal(months, tables[index])
        }
    }

    /// A table whose own title names a plan, a machine's record, another form. Source: spec §5.1.
    private func foreignTitle(_ table: ReadTable, isFirst: Bool) -> Finding? {
        guard let verdict = titles.verdict(table.preamble.titles),
            // A title in no list names nothing; below a table of attendance it names another record.
            !isFirst || verdict.reason != .otherRecordNotAttendance
        else { return nil }
        return finding(verdict)
    }

    /// Rows of several months under one heading 月份: to which of them a row's days belong, no title can say for all.
    private func severalMonths(_ table: ReadTable) -> Finding? {
        guard table.rowsOfMonth == nil, let column = MonthColumn(table.segments, sheet), column.months.count > 1
        else { return nil }
        let text = column.months.map(\.chinese).joined(separator: "、")
        return finding(.periodSeveral, column.first, text, [text])
    }

    /// A title that is a formula without a value may name a plan as well, and any month.
    private func uncachedTitle(_ table: ReadTable, _ months: BlockMonths) -> Finding? {
        var isMonthLacking = false
        switch months.refusal {
        case .unknown?, .noYear?: isMonthLacking = true
        case .several?, .dates?, nil: break
        }
        guard table.preamble.titles.isEmpty || isMonthLacking else { return nil }
        guard let cell = table.preamble.formula else { return nil }
        // Behind a label (制表日期：) it is no title.
        let isTitle = sheet.view.row(cell.row)?.firstFilled?.column == cell.column
        return isTitle || isMonthLacking ? finding(.uncachedFormula, cell, "", []) : nil
    }

    /// Words over all the days of a table that make them a plan, or times beyond the day.
    private func foreignLabel(_ table: ReadTable) -> Finding? {
        if let out = table.segments.lazy.flatMap(\.block.slips).first(where: { ByteText.contains($0.text, "签退") }) {
            // Columns of signing in and out under each day: what a machine wrote, not what the township found.
            return finding(.machineNotAttendance, out.cell, out.text, [out.text])
        }
        let labels = table.segments.compactMap(\.block.label)
        return labels.count == table.segments.count
            ? labels.lazy.compactMap(titles.verdict(between:)).first.map(finding) : nil
    }

    private func finding(_ verdict: TitleJudge.Verdict) -> Finding {
        finding(verdict.reason, verdict.title.cell, verdict.title.text, verdict.arguments)
    }

    func sources(_ table: ReadTable, _ inherited: MonthReading?) -> [MonthSource] {
        var sources: [MonthSource] = []
        if let rows = table.rowsOfMonth {
            sources.append(MonthSource(kind: .cell, reading: rows.month, cell: rows.cell))
        }
        let own = table.block.label.flatMap { label in label.month.map { (label, $0) } }
        /// Words over the table beside this one name that one's month.
        func isOfOther(_ cell: CellAddress) -> Bool { own.map { $0.0.cell.row == cell.row } ?? false }
        for title in table.preamble.titles where !isOfOther(title.cell) {
            sources.append(MonthSource(kind: .title, reading: MonthText.read(title.text), cell: title.cell))
        }
        if let (label, month) = own { sources.append(MonthSource(kind: .cell, reading: month, cell: label.cell)) }
        for month in table.preamble.months where !isOfOther(month.cell) {
            sources.append(MonthSource(kind: .cell, reading: month.reading, cell: month.cell))
        }
        if let column = MonthColumn(table.segments, sheet), let month = column.only {
            sources.append(MonthSource(kind: .cell, reading: month, cell: column.first))
        }
        if let inherited { sources.append(MonthSource(kind: .inherited, reading: inherited, cell: nil)) }
        sources.append(MonthSource(kind: .sheetName, reading: MonthText.read(place.sheetName), cell: nil))
        sources.append(MonthSource(kind: .fileName, reading: MonthText.read(place.fileName), cell: nil))
        for folder in place.folders {
            sources.append(MonthSource(kind: .folder, reading: MonthText.read(folder), cell: nil))
        }
        return sources
    }

    /// Runs of all pages: the same run on every page is one, and what goes on where another ends is its second half.
    private func runs(_ table: ReadTable) -> [DayRun] {
        var runs: [DayRun] = []
        for segment in table.segments {
            for run in segment.block.layout.runs(sheet, segment.block, body: segment.body) {
                if runs.contains(where: {
                    $0.first == run.first && $0.last == run.last && $0.month == run.month && $0.year == run.year
                }) {
                    continue
                }
                if run.month == nil, let place = runs.lastIndex(where: { $0.month == nil && $0.last < run.first }),
                    segment.block.layout.id.isOfOnePerson || segment.anchor == table.segments[0].anchor
                        // A week under the week before it.
                        || runs[place].last + 1 == run.first
                {
                    runs[place].last = run.last
                    runs[place].count += run.count
                    continue
                }
                var own = run
                own.id = runs.count
                runs.append(own)
            }
        }
        return runs
    }

    /// The months of a table as a page of it numbers its runs.
    private func months(_ table: ReadTable, _ segment: Segment) -> BlockMonths {
        guard !table.months.ofRun.isEmpty || !table.months.ambiguousRuns.isEmpty else { return table.months }
        let all = runs(table)
        var months = table.months
        months.ofRun = [:]
        months.ambiguousRuns = []
        for run in segment.block.layout.runs(sheet, segment.block, body: segment.body) where run.month == nil {
            guard let global = all.first(where: { $0.month == nil && $0.first <= run.first && run.last <= $0.last })
            else { continue }
            if let period = table.months.ofRun[global.id] { months.ofRun[run.id] = period }
            if table.months.ambiguousRuns.contains(global.id) { months.ambiguousRuns.append(run.id) }
        }
        return months
    }

    private func refusal(_ months: BlockMonths, _ table: ReadTable) -> Finding? {
        let township = township(table.preamble)
        func finding(_ reason: FindingReason, _ cell: CellAddress?, _ value: String, _ arguments: [String]) -> Finding {
            Finding(
                reason, township: township, file: place.file, sheet: place.sheetName, cell: cell, value: value,
                arguments: arguments)
        }
        switch months.refusal {
        case nil: return nil
        case .unknown?: return finding(.periodUnknown, nil, "", [])
        case .noYear(let month)?: return finding(.periodYearUnknown, months.source?.cell, "\(month)月", ["\(month)月"])
        case .several(let reading)?:
            return finding(.periodSeveral, table.preamble.titles.first?.cell, reading.chinese, [reading.chinese])
        case .dates(let reading)?:
            let title = months.source.map { MonthReading(year: $0.reading.year, month: $0.reading.month).chinese } ?? ""
            return finding(.periodConflictDates, months.source?.cell, reading.chinese, [title, reading.chinese])
        }
    }

    // MARK: 4 Rows

    private func readRows(_ tables: inout [ReadTable]) {
        for index in tables.indices {
            var table = tables[index]
            let hasMarks = table.block.layout.id.hasDailyMarks
            var reader = MarkReader(
                marks, legend: table.legend, areHours: TableCells(sheet, table.segments).areHours(table.legend))
            var sums: [(input: BlockInput, rows: [SumRow])] = []
            for segment in table.segments {
                refuse(segment, &table)
                let rows = OwnRows(segment, sheet, titles)
                tell(rows, &table)
                let others = table.rowsOfMonth?.others ?? []
                let input = BlockInput(
                    sheet: sheet, block: segment.block, body: segment.body,
                    rows: others.isEmpty ? rows.own : rows.own.filter { !others.contains($0.index) },
                    months: months(table, segment), file: place.file, labels: segment.preamble.labels,
                    owner: segment.owner)
                guard table.refusal == nil || segment.block.refusal == nil else { continue }
                let reading = segment.block.layout.read(input, marks: &reader)
                add(reading, segment, &table, &sums, input)
            }
            var figures = Figures(hasMarks: hasMarks, file: place.file, sheet: place.sheetName)
            figures.settle(&table.people, table.segments.flatMap(\.block.figures))
            table.weighed += sheet.explains ? figures.weighed : []
            if let lacking = figures.lacksWorked, !table.people.isEmpty { lackWorked(lacking, &table) }
            var start = 0
            for (input, rows) in sums {
                table.findings += SumRows(input: input, hasMarks: hasMarks).check(rows, table.people, from: &start)
            }
            settleDates(&table)
            tables[index] = table
        }
    }

    /// What stands between or below the people and is none of the table's; told once.
    private func tell(_ rows: OwnRows, _ table: inout ReadTable) {
        guard table.rowsOfMonth?.isFirst ?? true else { return }
        table.toldRows.formUnion(rows.told)
        table.outside += rows.verdicts.map(finding)
        for list in rows.lists {
            table.findings.append(finding(.otherList, list.cell, list.text, [list.text]))
        }
    }

    /// What a page gave: people, columns without a day, headings that nobody knows.
    private func add(
        _ reading: TableReading, _ segment: Segment, _ table: inout ReadTable,
        _ sums: inout [(input: BlockInput, rows: [SumRow])], _ input: BlockInput
    ) {
        let before = table.people.count
        if segment.needsOwner, before > 0, let more = reading.people.first {
            // The second half of the month of the same person.
            table.people[before - 1].append(more)
            table.people += reading.people.dropFirst()
        } else {
            table.people += reading.people
        }
        if !reading.sums.isEmpty {
            sums.append((input, reading.sums.map { SumRow(label: $0.label, peopleAbove: $0.peopleAbove + before) }))
        }
        for cell in reading.unheaded {
            table.unheaded.insert(cell.cell.column)
            if sheet.view.row(cell.cell.row)?.cell(cell.cell.column)?.isUncachedFormula ?? false {
                complainOfDate(cell.cell, &table, from: before)
                continue
            }
            table.findings.append(finding(.unreadColumn, cell.cell, cell.text, [cell.text.isEmpty ? "空白" : cell.text]))
        }
        for heading in reading.unknown where !MonthColumn.heads(heading, segment.block) {
            table.findings.append(finding(.headingUnknown, heading.cell, heading.text, [TextFolding.key(heading.text)]))
        }
        for words in segment.block.passedOver {
            table.findings.append(finding(.groupPassedOver, words.cell, words.text, [TextFolding.key(words.text)]))
        }
        for cell in segment.block.uncached { table.findings.append(finding(.uncachedFormula, cell, "", [])) }
    }

    /// A date that is a formula without a value: on which day its marks are, nobody knows.
    private func complainOfDate(_ cell: CellAddress, _ table: inout ReadTable, from first: Int) {
        table.findings.append(finding(.uncachedFormula, cell, "", []))
        for index in table.people.indices.dropFirst(first) {
            let row = table.people[index].row
            if row.findings.contains(where: { $0.reason == .uncachedHeading }) { continue }
            var finding = finding(.uncachedHeading, cell, "", [])
            finding.person = TextFolding.trimmed(row.name.text)
            table.people[index].row.findings.append(finding)
        }
    }

    /// A table whose names nobody can tell is refused, with the column that would be taken for them.
    private func refuse(_ segment: Segment, _ table: inout ReadTable) {
        let title = sheet.form.definition.title
        switch segment.block.refusal {
        case .names(let guess)?:
            table.refusal =
                table.refusal
                ?? guess.map { guess in
                    finding(
                        .nameColumnUnsure, guess.cell, guess.text,
                        [CellAddress.columnName(guess.cell.column), guess.text.isEmpty ? "空白" : guess.text])
                } ?? finding(.columnMissing, nil, "", [title, "姓名"])
        case .worked?, nil:
            if segment.needsOwner, segment.owner == nil {
                let candidates = segment.ownerCandidates.map(\.text).joined(separator: "、")
                let cell = segment.preamble.titles.first?.cell
                table.refusal =
                    table.refusal ?? segment.preamble.formula.map { finding(.uncachedFormula, $0, "", []) }
                    ?? (candidates.isEmpty
                        ? finding(.columnMissing, cell, "", [title, "姓名"])
                        : finding(.ownerUnsure, cell, candidates, [candidates]))
            }
        }
    }

    /// Figures of days due, of leave, and none of days worked: nobody is paid by them.
    private func lackWorked(_ line: FigureLine, _ table: inout ReadTable) {
        for index in table.people.indices {
            let name = table.people[index].row.name
            table.people[index].row.findings.append(
                Finding(
                    .workedFigureMissing, file: place.file, sheet: place.sheetName, cell: line.heading.cell,
                    person: TextFolding.trimmed(name.text), value: TextFolding.key(line.heading.text),
                    arguments: [TextFolding.key(line.heading.text)]))
        }
    }

    /// A date that a person's marks name twice counts once.
    private func settleDates(_ table: inout ReadTable) {
        let isLog = table.block.layout.id == .log
        let nameColumn = table.block.columns[.name]
        for index in table.people.indices {
            let name = TextFolding.trimmed(table.people[index].row.name.text)
            RepeatedDates.settle(&table.people[index].row) { reason, day, earlier in
                // Of a row of a log its name cell; where a row holds many dates, the mark.
                let column = isLog ? nameColumn ?? day.cell.column : day.cell.column
                return Finding(
                    reason, period: day.date.period, file: place.file, sheet: place.sheetName,
                    cell: CellAddress(row: day.cell.row, column: column), person: name, value: day.text,
                    arguments: [reason == .unreadInRow ? day.text : earlier.cell.a1])
            }
            if isLog {
                var sums = MarkSums()
                for day in table.people[index].row.days { sums.add(day.morning, day.afternoon) }
                table.people[index].sums = sums
            }
        }
    }

    func finding(_ reason: FindingReason, _ cell: CellAddress?, _ value: String, _ arguments: [String]) -> Finding {
        Finding(reason, file: place.file, sheet: place.sheetName, cell: cell, value: value, arguments: arguments)
    }

    // MARK: 5 Left over

    private func findLeftOver(_ tables: inout [ReadTable]) -> [Finding] {
        let found = LeftOver(sheet: sheet, marks: marks, file: place.file).find(leftOverTables(tables)) {
            toldFormulas(tables)
        }
        for (table, person, finding) in found.ofPeople {
            var finding = finding
            finding.person = TextFolding.trimmed(tables[table].people[person].row.name.text)
            tables[table].people[person].row.findings.append(finding)
        }
        for (table, finding) in found.ofTables { tables[table].findings.append(finding) }
        return found.ofSheet
    }

    /// Cells of formulas without a value that the readers found and told.
    private func toldFormulas(_ tables: [ReadTable]) -> Set<CellAddress> {
        let all = tables.flatMap { table in
            table.findings + table.people.flatMap(\.row.findings) + [table.refusal].compactMap { $0 }
        }
        return Set(all.filter { $0.code == .uncachedFormula }.compactMap(\.cell))
    }

    /// Fields that match a row to a person and a place, or check that match.
    private static let matching: Set<FieldID> = [.county, .township, .village, .sendingUnit, .leaveRanges]

    private func leftOverTables(_ tables: [ReadTable]) -> [LeftOver.Table] {
        var result: [LeftOver.Table] = []
        for table in tables {
            var personOfRow: [Int: Int] = [:]
            for (index, person) in table.people.enumerated() { for row in person.rows { personOfRow[row] = index } }
            // One entry a table, whatever its pages: rows between them are its own.
            let rows = table.segments.map {
                min($0.block.headingRows.lowerBound, $0.body.lowerBound)..<$0.body.upperBound
            }
            let first = rows.map(\.lowerBound).min() ?? 0
            let last = rows.map(\.upperBound).max() ?? 0
            let left = table.segments.map(\.block.range.lowerBound).min() ?? 0
            let right = table.segments.map(\.block.range.upperBound).max() ?? 0
            var entry = LeftOver.Table(
                range: left...right, headingRows: table.block.headingRows, body: first..<last,
                personOfRow: personOfRow,
                unheaded: table.unheaded, toldRows: table.toldRows, hasPeople: !table.people.isEmpty,
                isRefused: table.refusal != nil)
            for segment in table.segments {
                for (field, heading) in segment.block.headings where Self.matching.contains(field) {
                    entry.fields[heading.cell.column] = heading.text
                }
                entry.dates.formUnion(
                    [segment.block.columns[.date]].compactMap { $0 } + segment.block.dateColumns.map(\.date))
                entry.deciding.formUnion([segment.block.lineColumn, segment.block.columns[.half]].compactMap { $0 })
            }
            result.append(entry)
        }
        return result
    }
}

extension SubmittedText {
    /// The one month that words over a table's days name.
    var month: MonthReading? {
        let reading = MonthText.read(text)
        return reading.months.count == 1 ? reading : nil
    }
}

extension PersonReading {
    /// Takes the days, figures and findings of another stretch of the same person.
    mutating func append(_ other: PersonReading) {
        row.days += other.row.days
        row.days.sort { ($0.date, $0.cell) < ($1.date, $1.cell) }
        row.findings += other.row.findings.filter { !row.findings.contains($0) }
        sums = sums + other.sums
        figures += other.figures
        rows += other.rows
    }
}
