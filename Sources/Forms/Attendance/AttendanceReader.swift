import Domain
import Tables

/// Where a sheet stands: for periods and context that its names tell.
struct SheetPlace {
    let file: String
    let sheetName: String
    let fileName: String
    /// The nearest first.
    let folders: [String]

    init(path: String, sheetName: String) {
        file = path
        self.sheetName = sheetName
        var parts = path.split(separator: "/").map(String.init)
        var name = parts.popLast() ?? ""
        if let dot = name.lastIndex(of: "."), dot != name.startIndex { name = String(name[..<dot]) }
        fileName = name
        folders = parts.reversed()
    }

    /// Names of sheet, file and folders, outranked by titles and labels.
    var context: [ContextText] {
        var context: [ContextText] = []
        if !sheetName.isEmpty { context.append(ContextText(kind: .sheetName, text: sheetName)) }
        if !fileName.isEmpty { context.append(ContextText(kind: .fileName, text: fileName)) }
        return context + folders.map { ContextText(kind: .folder, text: $0) }
    }
}

/// From a sheet that holds attendance to blocks and findings. Source: spec §5.4, §5.5.
struct AttendanceReader {
    let sheet: AttendanceSheet
    let marks: FoldedMarks
    let place: SheetPlace

    struct Result {
        var blocks: [AttendanceBlock] = []
        var findings: [Finding] = []
        var sections: [SectionReading] = []
        var regions: [CellRegion] = []
    }

    /// A stretch of rows under one set of headings.
    private struct Segment {
        var block: RecognisedBlock
        var preamble: Preamble
        var body: Range<Int>
        var legend: [LegendEntry]
    }

    /// Places where blocks begin; empty where the sheet holds no attendance.
    static func recognise(_ sheet: AttendanceSheet, isTitled: Bool) -> [RecognisedBlock] {
        var blocks: [RecognisedBlock] = []
        var end = -1
        for profile in sheet.profiles where profile.index > end {
            guard let block = AttendanceLayouts.recognise(sheet, at: profile) else { continue }
            blocks.append(block)
            end = block.headingRows.upperBound
        }
        guard blocks.isEmpty, isTitled else { return blocks }
        // Names across over a blank corner are the one heading without a heading's word: looked for last.
        for profile in sheet.profiles where profile.index > end && profile.hits.isEmpty {
            guard let first = sheet.view.row(profile.index)?.firstFilled, first.column > 0,
                let block = PeopleAcrossLayout().recognise(sheet, headingAt: profile, zone: nil)
            else { continue }
            blocks.append(block)
            end = block.headingRows.upperBound
        }
        return blocks
    }

    func read(_ recognised: [RecognisedBlock]) -> Result {
        var result = Result()
        let segments = segments(recognised)
        let groups = grouped(segments)
        let legends = legends(groups)
        var reported: Set<String> = []
        var inherited: MonthReading?
        for (place, group) in groups.enumerated() {
            let found = periods(group, inherited: inherited)
            if place == 0 || inherited == nil { inherited = found.title }
            let entries = legends[place]
            var section = section(group, found, entries)
            result.regions += regions(group)
            for entry in entries {
                result.regions.append(CellRegion(role: .legend, from: entry.cell, to: entry.cell))
            }
            guard !found.periods.isEmpty else {
                let township = township(group[0].preamble)
                let reason: FindingReason = found.monthOnly == nil ? .periodUnknown : .periodYearUnknown
                let finding = Finding(
                    reason, township: township, file: self.place.file, sheet: self.place.sheetName,
                    cell: found.monthOnly == nil ? nil : found.cell, value: found.monthOnly.map { "\($0)月" } ?? "",
                    arguments: found.monthOnly.map { ["\($0)月"] } ?? [])
                // Blocks of one township on one sheet lack the same month: said once.
                if !result.findings.contains(finding) { result.findings.append(finding) }
                result.sections.append(section)
                continue
            }
            for period in found.periods {
                var block = AttendanceBlock(
                    sheet: self.place.sheetName, index: result.blocks.count, layout: group[0].block.layout.id,
                    period: period,
                    context: group[0].preamble.labels
                        + group[0].preamble.titles.map { ContextText(kind: .title, text: $0.text, cell: $0.cell) }
                        + townshipAbove(group, groups[0]) + self.place.context,
                    rows: rows(group, period, found, entries))
                block.findings = findings(group, period, found, entries, isFirst: result.blocks.isEmpty, &reported)
                if block.rows.isEmpty, group[0].block.layout.id == .personSheet,
                    !group[0].preamble.labels.contains(where: { $0.field == .name })
                {
                    result.findings.append(
                        Finding(
                            .columnMissing, period: period, file: self.place.file, sheet: self.place.sheetName,
                            arguments: [sheet.form.definition.title, "姓名"]))
                    continue
                }
                section.rowCount += block.rows.count
                if section.period == nil { section.period = period }
                if let first = block.rows.first?.name.cell.row, let last = block.rows.last?.name.cell.row {
                    section.rows = min(first, last)...max(first, last)
                }
                result.blocks.append(block)
            }
            result.sections.append(section)
        }
        return result
    }

    /// The township of the sheet's first title, for a block whose own title names only its village.
    private func townshipAbove(_ group: [Segment], _ first: [Segment]) -> [ContextText] {
        let own = group[0].preamble
        if own.labels.contains(where: { $0.field == .township || $0.field == nil }) { return [] }
        if own.titles.contains(where: { PlaceText.township(in: $0.text) != nil }) { return [] }
        let township = first[0].preamble.titles.lazy.compactMap { PlaceText.township(in: $0.text) }.first
        return township.map { [ContextText(kind: .title, text: $0)] } ?? []
    }

    // MARK: Segments

    private func segments(_ recognised: [RecognisedBlock]) -> [Segment] {
        var segments: [Segment] = []
        let lastRow = (sheet.profiles.last?.index ?? -1) + 2
        var starts: [Int] = []
        for (place, block) in recognised.enumerated() {
            let floor = place == 0 ? 0 : recognised[place - 1].headingRows.upperBound + 1
            starts.append(place == 0 ? 0 : preambleStart(block, floor: floor))
        }
        for (place, block) in recognised.enumerated() {
            let end = place + 1 < recognised.count ? starts[place + 1] : lastRow
            let body = (block.headingRows.upperBound + 1)..<max(end, block.headingRows.upperBound + 1)
            var preamble = Preamble()
            for row in starts[place]..<max(block.headingRows.lowerBound, starts[place]) {
                if let row = sheet.view.row(row) { preamble.read(row, in: sheet) }
            }
            // A title may stand beside the headings, above the names' row but below the days' (rare): not looked for.
            if block.headings.values.contains(where: { $0.text.contains("小时") }) { preamble.mentionsHours = true }
            let before = starts[place]..<max(block.headingRows.lowerBound, starts[place])
            let legend = legend(before, body, block)
            if block.layout.id == .personSheet {
                segments += personSegments(block, preamble, body, legend)
            } else {
                segments.append(Segment(block: block, preamble: preamble, body: body, legend: legend))
            }
        }
        return segments
    }

    /// Where the rows above a heading begin to belong to it: its topmost title or label after the block before.
    private func preambleStart(_ block: RecognisedBlock, floor: Int) -> Int {
        var start = block.headingRows.lowerBound
        var row = start - 1
        while row >= floor {
            guard let cells = sheet.view.row(row), !cells.filled.isEmpty else {
                row -= 1
                continue
            }
            if isTitle(cells) {
                start = row
            } else if !isLegend(cells) {
                break
            }
            row -= 1
        }
        return start
    }

    private func isLegend(_ row: CellRow) -> Bool {
        guard case .text(let text)? = row.firstFilled?.value else { return false }
        return MarkLegend.body(of: text) != nil || isLegendText(text)
    }

    private func isTitle(_ row: CellRow) -> Bool {
        let filled = row.filled
        guard filled.count <= 8, case .text(let text)? = filled.first?.value, MarkLegend.body(of: text) == nil,
            !RowNoise.isSignature(text), !RowNoise.isTotal(text)
        else { return false }
        if filled.contains(where: { !LabelText.labels($0.value.display, sheet.form).isEmpty }) { return true }
        if filled.count >= 2, LabelText.meaning(text, sheet.form) != nil { return true }
        guard filled.count <= 3, let cell = filled.first else { return false }
        let key = TextFolding.key(text)
        if sheet.form.titleFit(key) > 0 { return true }
        if filled.count == 1 {
            if let merge = sheet.view.merge(row.index, cell.column), merge.right - merge.left >= 2 { return true }
            return MonthText.read(text).month != nil || PlaceText.isPlace(text)
        }
        return false
    }

    /// 姓名：X stands again and again above the days of one sheet, the headings only once.
    private func personSegments(
        _ block: RecognisedBlock, _ preamble: Preamble, _ body: Range<Int>, _ legend: [LegendEntry]
    )
        -> [Segment]
    {
        var segments: [Segment] = []
        var current = preamble
        var start = body.lowerBound
        for row in body {
            guard let cells = sheet.view.row(row), case .text? = cells.firstFilled?.value else { continue }
            var next = Preamble()
            next.read(cells, in: sheet)
            guard next.labels.contains(where: { $0.field == .name }) else { continue }
            segments.append(Segment(block: block, preamble: current, body: start..<row, legend: legend))
            // Titles and months above the first person hold for all.
            next.titles = preamble.titles
            next.months = next.months.isEmpty ? preamble.months : next.months
            next.mentionsHours = preamble.mentionsHours
            current = next
            start = row + 1
        }
        segments.append(
            Segment(block: block, preamble: current, body: start..<max(start, body.upperBound), legend: legend))
        return segments
    }

    /// Segments that are pages of one table.
    private func grouped(_ segments: [Segment]) -> [[Segment]] {
        var groups: [[Segment]] = []
        for segment in segments {
            if let first = groups.last?.first, first.block.layout.id == segment.block.layout.id,
                segment.preamble.key.isEmpty || segment.preamble.key == first.preamble.key,
                segment.block.layout.id != .personSheet
            {
                groups[groups.count - 1].append(segment)
            } else {
                groups.append([segment])
            }
        }
        return groups
    }

    // MARK: Legends

    private func legend(_ before: Range<Int>, _ body: Range<Int>, _ block: RecognisedBlock) -> [LegendEntry] {
        var entries: [LegendEntry] = []
        var isRunning = false
        for profile in sheet.profiles where before.contains(profile.index) || body.contains(profile.index) {
            guard let row = sheet.view.row(profile.index), let first = row.firstFilled,
                case .text(let text) = first.value
            else {
                isRunning = false
                continue
            }
            let isOpened = MarkLegend.body(of: text) != nil
            let count = row.filled.count
            if isOpened {
                entries += legend(row, isOpened: true)
                isRunning = true
            } else if isRunning {
                // A legend that goes on in the next row; a person's row ends it.
                let isPerson = count > 3 && (block.columns[.name].map { row.cell($0) != nil } ?? false)
                let found = isPerson && !isLegendText(text) ? [] : legend(row, isOpened: false)
                isRunning = found.contains { $0.status != nil && !$0.isNumber }
                if isRunning { entries += found }
            } else if before.contains(profile.index) {
                for cell in row.filled {
                    if case .text(let text) = cell.value, isLegendText(text) {
                        let address = CellAddress(row: profile.index, column: cell.column)
                        entries += MarkLegend.entries(text, cell: address, isOpened: false)
                    }
                }
            } else if count <= 3, isLegendText(text) {
                entries += legend(row, isOpened: false)
            }
            if let remark = block.columns[.remark], body.contains(profile.index), let cell = row.cell(remark),
                case .text(let note) = cell.value, note.utf8.count >= 15
            {
                let address = CellAddress(row: profile.index, column: remark)
                let found = MarkLegend.entries(
                    MarkLegend.body(of: note) ?? Substring(note), cell: address, isOpened: false)
                if isLegendText(note) { entries += found }
            }
        }
        return entries
    }

    /// A text without an opening word that explains at least two marks.
    private func isLegendText(_ text: String) -> Bool {
        guard text.utf8.count >= 10 else { return false }
        var shapes = 0
        for scalar in text.unicodeScalars where MarkText.isSymbol(MarkText.fold(scalar)) { shapes += 1 }
        guard shapes >= 2 else { return false }
        let found = MarkLegend.entries(text, cell: CellAddress(row: 0, column: 0), isOpened: false)
        return found.filter { $0.status != nil && $0.mark.unicodeScalars.allSatisfy(MarkText.isSymbol) }.count >= 2
    }

    private func legend(_ row: CellRow, isOpened: Bool) -> [LegendEntry] {
        let texts = row.filled.compactMap { cell -> (CellAddress, String)? in
            switch cell.value {
            case .text(let text): (CellAddress(row: row.index, column: cell.column), text)
            case .number(let number): (CellAddress(row: row.index, column: cell.column), CellValue.numberText(number))
            default: nil
            }
        }
        var entries: [LegendEntry] = []
        var pending: (CellAddress, String)?
        for (place, item) in texts.enumerated() {
            let text = place == 0 && isOpened ? String(MarkLegend.body(of: item.1) ?? Substring(item.1)) : item.1
            var found = MarkLegend.entries(text, cell: item.0, isOpened: isOpened)
            if found.isEmpty, let held = pending {
                // Mark and meaning in cells of their own.
                found = MarkLegend.entries(held.1 + " " + text, cell: held.0, isOpened: isOpened)
                pending = found.isEmpty ? (item.0, text) : nil
            } else {
                pending = found.isEmpty && !TextFolding.key(text).isEmpty ? (item.0, text) : nil
            }
            entries += found
        }
        return entries
    }

    /// The legend of each group: its own, else the sheet's only one, else the nearest below, else above.
    private func legends(_ groups: [[Segment]]) -> [[LegendEntry]] {
        let own = groups.map { $0.flatMap(\.legend) }
        return own.indices.map { place in
            if !own[place].isEmpty { return own[place] }
            return own[place...].first { !$0.isEmpty } ?? own[..<place].last { !$0.isEmpty } ?? []
        }
    }

    // MARK: Periods

    private struct Periods {
        var periods: [Period] = []
        var title: MonthReading?
        var source: BilingualText?
        var cell: CellAddress?
        var monthOnly: Int?
        var conflict: (reason: FindingReason, arguments: [String])?
        var isMonthOfTitle = false
    }

    private enum SourceKind {
        case title, cell, dates, inherited, sheetName, fileName, folder

        var name: BilingualText {
            switch self {
            case .title: BilingualText(zh: "标题", en: "title")
            case .cell: BilingualText(zh: "月份栏", en: "month cell")
            case .dates: BilingualText(zh: "日期栏", en: "dates")
            case .inherited: BilingualText(zh: "表首标题", en: "title of the sheet")
            case .sheetName: BilingualText(zh: "工作表名", en: "sheet name")
            case .fileName: BilingualText(zh: "文件名", en: "file name")
            case .folder: BilingualText(zh: "文件夹", en: "folder")
            }
        }
    }

    private func periods(_ group: [Segment], inherited: MonthReading?) -> Periods {
        var sources: [(kind: SourceKind, reading: MonthReading, cell: CellAddress?)] = []
        let preamble = group[0].preamble
        for title in preamble.titles { sources.append((.title, MonthText.read(title.text), title.cell)) }
        for month in preamble.months { sources.append((.cell, month.reading, month.cell)) }
        var dated: [MonthReading] = []
        for segment in group {
            for reading in segment.block.layout.datedMonths(sheet, segment.block, body: segment.body)
            where !dated.contains(reading) {
                dated.append(reading)
            }
        }
        let datedMonths = Set(dated.compactMap(\.month))
        let datedYears = Set(dated.compactMap(\.year))
        if datedMonths.count == 1, datedYears.count <= 1 {
            sources.append((.dates, MonthReading(year: datedYears.first, month: datedMonths.first), nil))
        }
        if let inherited { sources.append((.inherited, inherited, nil)) }
        sources.append((.sheetName, MonthText.read(place.sheetName), nil))
        sources.append((.fileName, MonthText.read(place.fileName), nil))
        for folder in place.folders { sources.append((.folder, MonthText.read(folder), nil)) }

        var found = Periods()
        let title = sources.filter { $0.kind == .title }
        if !title.isEmpty {
            found.title = MonthReading(
                year: title.compactMap(\.reading.year).first, month: title.compactMap(\.reading.month).first)
        }
        let sheetMonth = sources.first { $0.reading.month != nil && ($0.kind == .title || $0.kind == .cell) }
        if sheetMonth == nil, datedMonths.count > 1 || datedYears.count > 1 {
            // Dates of several months and no title that names one: each month is its own period.
            var periods: [Period] = []
            for reading in dated {
                guard let month = reading.month, let year = reading.year ?? sources.compactMap(\.reading.year).first,
                    let period = Period(year: year, month: month)
                else { continue }
                if !periods.contains(period) { periods.append(period) }
            }
            found.periods = periods.sorted()
            found.source = SourceKind.dates.name
            if periods.isEmpty { found.monthOnly = dated.first?.month }
            return found
        }
        guard let index = sources.firstIndex(where: { $0.reading.month != nil }),
            let month = sources[index].reading.month
        else {
            return found
        }
        let chosen = sources[index]
        found.source = chosen.kind.name
        found.cell = chosen.cell
        let year =
            chosen.reading.year ?? sources[index...].compactMap(\.reading.year).first
            ?? sources[..<index].compactMap(\.reading.year).last
        guard let year, let period = Period(year: year, month: month) else {
            found.monthOnly = month
            return found
        }
        found.periods = [period]
        for other in sources[(index + 1)...] where other.kind != .inherited {
            guard let otherMonth = other.reading.month else { continue }
            let isOtherYear = other.reading.year != nil && chosen.reading.year != nil && other.reading.year != year
            guard otherMonth != month || isOtherYear else { continue }
            if other.kind == .dates { found.isMonthOfTitle = true }
            guard found.conflict == nil else { continue }
            found.conflict =
                chosen.kind == .title
                ? (.periodConflict, [period.chinese, other.kind.name.zh, other.reading.chinese])
                : (
                    .periodConflictCell,
                    [chosen.kind.name.zh, period.chinese, other.kind.name.zh, other.reading.chinese]
                )
        }
        return found
    }

    // MARK: Rows and findings

    private func rows(_ group: [Segment], _ period: Period, _ found: Periods, _ legend: [LegendEntry])
        -> [AttendanceRow]
    {
        var reader = MarkReader(marks, legend: legend, areHours: areHours(group, legend))
        var rows: [AttendanceRow] = []
        for segment in group {
            let input = BlockInput(
                sheet: sheet, block: segment.block, body: segment.body, period: period, file: place.file,
                labels: segment.preamble.labels, periods: found.periods, isMonthOfTitle: found.isMonthOfTitle)
            var people = segment.block.layout.read(input, marks: &reader)
            for index in people.indices {
                let name = people[index].name
                RepeatedDates.settle(&people[index]) { reason, day, earlier in
                    // Of a row of a log its name cell; where a row holds many dates, the mark.
                    let isLog = segment.block.layout.id == .log
                    let column = isLog ? segment.block.columns[.name] ?? day.cell.column : day.cell.column
                    return PersonRow(input: input).finding(
                        reason, name.text, cell: CellAddress(row: day.cell.row, column: column), value: day.text,
                        [earlier.cell.a1])
                }
            }
            rows += people
        }
        return rows
    }

    /// Numbers are hours where the sheet says so and they are not all of a day or half of one.
    private func areHours(_ group: [Segment], _ legend: [LegendEntry]) -> Bool {
        var isSaid = group.contains { $0.preamble.mentionsHours } || legend.contains { $0.words.contains("小时") }
        if !isSaid {
            for segment in group {
                for profile in sheet.profiles where segment.body.contains(profile.index) {
                    guard let row = sheet.view.row(profile.index), case .text(let text)? = row.firstFilled?.value,
                        MarkLegend.body(of: text) != nil
                    else { continue }
                    isSaid = isSaid || row.cells.contains { $0.value.display.contains("小时") }
                }
            }
        }
        guard isSaid else { return false }
        for segment in group {
            var columns = Set(segment.block.days.map(\.column))
            columns.formUnion(segment.block.people.map(\.column))
            for pair in segment.block.dateColumns {
                columns.formUnion([pair.mark, pair.morning, pair.afternoon].compactMap { $0 })
            }
            for profile in sheet.profiles where segment.body.contains(profile.index) {
                for cell in sheet.view.row(profile.index)?.cells ?? [] where columns.contains(cell.column) {
                    if case .number(let number) = cell.value, number > 1 { return true }
                    if case .text(let text) = cell.value, let number = Double(TextFolding.key(text)), number > 1 {
                        return true
                    }
                }
            }
        }
        return false
    }

    private func findings(
        _ group: [Segment], _ period: Period, _ found: Periods, _ legend: [LegendEntry], isFirst: Bool,
        _ reported: inout Set<String>
    ) -> [Finding] {
        var findings: [Finding] = []
        func add(_ reason: FindingReason, cell: CellAddress? = nil, value: String = "", _ arguments: [String] = []) {
            findings.append(
                Finding(
                    reason, period: period, township: township(group[0].preamble), file: place.file,
                    sheet: place.sheetName,
                    cell: cell, value: value, arguments: arguments))
        }
        if sheet.view.grid.isHidden, isFirst { add(.sheetHidden) }
        if let conflict = found.conflict {
            add(conflict.reason, cell: found.cell, value: conflict.arguments.last ?? "", conflict.arguments)
        }
        for entry in legend where entry.status == nil {
            let text = entry.mark + entry.words
            if reported.insert("\(entry.cell.a1) \(text)").inserted {
                add(.legendUnknown, cell: entry.cell, value: text, [text])
            }
        }
        for segment in group {
            guard let first = segment.block.days.first(where: \.isAmbiguous) else { continue }
            // Days that begin anew in one heading belong to two months, and only the township knows which.
            let days = segment.block.days.filter(\.isAmbiguous).map { "\($0.day)" }.joined(separator: "、")
            let row = segment.block.headingRows.first {
                sheet.view.row($0)?.cell(first.column).flatMap { DayHeading.read($0.value, place: 0) } != nil
            }
            let cell = CellAddress(row: row ?? segment.block.headingRows.lowerBound, column: first.column)
            add(.ambiguousDate, cell: cell, value: days, [days, period.previous.chinese + "、" + period.chinese])
        }
        let hidden = Set(sheet.view.grid.hiddenColumns)
        if !hidden.isEmpty {
            var used: Set<Int> = []
            for segment in group {
                used.formUnion(segment.block.columns.values)
                used.formUnion(segment.block.days.map(\.column))
                used.formUnion(segment.block.people.map(\.column))
                for pair in segment.block.dateColumns {
                    used.formUnion([pair.date, pair.mark, pair.morning, pair.afternoon].compactMap { $0 })
                }
            }
            let seen = used.intersection(hidden).sorted().map(CellAddress.columnName)
            if !seen.isEmpty { add(.columnHidden, value: seen.joined(separator: "、"), [seen.joined(separator: "、")]) }
        }
        for finding in unnamedRows(group, period) { findings.append(finding) }
        return findings
    }

    /// Rows with an ID or marks but no name: nobody is paid silently, nobody is dropped silently.
    private func unnamedRows(_ group: [Segment], _ period: Period) -> [Finding] {
        var findings: [Finding] = []
        for segment in group where segment.block.layout.id == .grid || segment.block.layout.id == .totalsOnly {
            guard let nameColumn = segment.block.columns[.name], let idColumn = segment.block.columns[.residentID]
            else { continue }
            for profile in sheet.profiles where segment.body.contains(profile.index) {
                guard sheet.view.text(profile.index, nameColumn) == nil,
                    let id = sheet.view.text(profile.index, idColumn),
                    [15, 18].contains(TextFolding.key(id.text).count)
                else { continue }
                let cell = CellAddress(row: profile.index, column: nameColumn)
                let isUncached = sheet.view.row(profile.index)?.cell(nameColumn)?.isUncachedFormula ?? false
                findings.append(
                    Finding(
                        isUncached ? .uncachedFormula : .valueBlank, period: period,
                        township: township(segment.preamble),
                        file: place.file, sheet: place.sheetName, cell: cell, personID: id.text,
                        arguments: isUncached ? [] : ["姓名"]))
            }
        }
        return findings
    }

    /// The township that labels, titles or names tell, as far as its suffix shows it.
    private func township(_ preamble: Preamble) -> String {
        if let label = preamble.labels.first(where: { $0.field == .township }) { return label.text }
        let texts =
            preamble.labels.filter { $0.field == nil }.map(\.text) + preamble.titles.map(\.text)
            + [place.sheetName, place.fileName] + place.folders
        for text in texts { if let township = PlaceText.township(in: text) { return township } }
        return ""
    }

    // MARK: For inspect

    private func section(_ group: [Segment], _ found: Periods, _ legend: [LegendEntry]) -> SectionReading {
        let block = group[0].block
        var section = SectionReading(layout: block.layout.id, why: block.evidence, titles: group[0].preamble.titles)
        section.headingRows = group.flatMap { Array($0.block.headingRows) }
        for (field, heading) in block.headings.sorted(by: { $0.value.cell < $1.value.cell }) {
            section.columns.append(
                ColumnReading(
                    field: field, heading: sheet.form.definition.field(field)?.heading ?? field.name,
                    asSent: heading.text,
                    cell: heading.cell))
        }
        section.dayCount = Set(block.days.map { [$0.month ?? 0, $0.day] }).count
        section.periodSource = found.source
        section.legend = legend
        return section
    }

    private func regions(_ group: [Segment]) -> [CellRegion] {
        var regions: [CellRegion] = []
        func column(_ role: CellRole, _ column: Int?, _ body: Range<Int>) {
            guard let column, !body.isEmpty else { return }
            regions.append(
                CellRegion(
                    role: role, from: CellAddress(row: body.lowerBound, column: column),
                    to: CellAddress(row: body.upperBound - 1, column: column)))
        }
        for segment in group {
            let block = segment.block
            regions += segment.preamble.regions
            let rows = block.headingRows
            regions.append(
                CellRegion(
                    role: .heading, from: CellAddress(row: rows.lowerBound, column: 0),
                    to: CellAddress(row: rows.upperBound, column: 16_383)))
            if let first = block.days.map(\.column).min(), let last = block.days.map(\.column).max() {
                regions.append(
                    CellRegion(
                        role: .dayHeading, from: CellAddress(row: rows.lowerBound, column: first),
                        to: CellAddress(row: rows.upperBound, column: last)))
                regions.append(
                    CellRegion(
                        role: .mark, from: CellAddress(row: segment.body.lowerBound, column: first),
                        to: CellAddress(row: max(segment.body.lowerBound, segment.body.upperBound - 1), column: last)))
            }
            for (field, place) in block.columns.sorted(by: { $0.key < $1.key }) {
                switch field {
                case .name: column(.name, place, segment.body)
                case .residentID: column(.residentID, place, segment.body)
                case .attendanceDays: column(.total, place, segment.body)
                case .date: column(.dayHeading, place, segment.body)
                case .mark: column(.mark, place, segment.body)
                default: column(.field, place, segment.body)
                }
            }
            for person in block.people { column(.mark, person.column, segment.body) }
            for pair in block.dateColumns {
                for mark in [pair.mark, pair.morning, pair.afternoon] { column(.mark, mark, segment.body) }
            }
            for profile in sheet.profiles where segment.body.contains(profile.index) {
                guard let first = sheet.view.row(profile.index)?.firstFilled, case .text(let text) = first.value else {
                    continue
                }
                if RowNoise.isTotal(text) || RowNoise.isSignature(text) {
                    regions.append(
                        CellRegion(
                            role: .noise, from: CellAddress(row: profile.index, column: 0),
                            to: CellAddress(row: profile.index, column: 16_383)))
                }
            }
        }
        return regions
    }
}
