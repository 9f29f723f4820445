import Domain
import Tables

/// A stretch of rows under one table's headings.
struct Segment {
    var block: RecognisedBlock
    var preamble: Preamble
    var body: Range<Int>
    /// Rows above the headings that belong to it.
    var above: Range<Int>
    /// Number of the heading line that it stands under: tables beside each other share one.
    var anchor: Int
    /// Who a sheet of one person is about.
    var owner: SubmittedText?
    var ownerCandidates: [SubmittedText] = []
    /// Another person's days stand beside these.
    var isBeside = false

    var needsOwner: Bool { block.layout.id.isOfOnePerson }
}

extension AttendanceLayoutID {
    /// Whether the person is named outside the table.
    var isOfOnePerson: Bool { self == .personSheet || self == .personGrid || self == .calendar }
}

/// Splits a sheet into its tables: where headings stand, what belongs to which, which are pages of one.
struct Segments {
    let sheet: AttendanceSheet
    let place: SheetPlace
    let titles: TitleJudge

    // MARK: Headings

    /// Places where tables begin, one list a line of headings, from left to right; empty where the sheet holds none.
    static func recognise(_ sheet: AttendanceSheet, isTitled: Bool) -> [[RecognisedBlock]] {
        var found: [[RecognisedBlock]] = []
        var end = -1
        for profile in sheet.profiles where profile.index > end && mayHead(profile, sheet) {
            let blocks = AttendanceLayouts.recognise(sheet, at: profile)
            guard let last = blocks.map(\.headingRows.upperBound).max() else { continue }
            found.append(blocks)
            // The weeks of a calendar are lines of days, and none of them heads a table of its own.
            end = blocks.reduce(last) { max($0, CalendarLayout.lastWeek(sheet, $1) ?? last) }
        }
        guard found.isEmpty, isTitled else { return found }
        // Names across over a blank corner are the one heading without a heading's word: looked for last.
        for profile in sheet.profiles where profile.index > end && profile.hits.isEmpty {
            guard let first = sheet.view.row(profile.index)?.firstFilled, first.column > 0,
                let block = PeopleAcrossLayout().recognise(sheet, headingAt: profile, zone: nil)
            else { continue }
            found.append([block])
            end = block.headingRows.upperBound
        }
        return found
    }

    /// A row of headings has a field's word, or days by themselves that no row beside them names.
    private static func mayHead(_ row: RowProfile, _ sheet: AttendanceSheet) -> Bool {
        if row.hits.contains(where: { $0.field == .name || $0.field == .date }) { return true }
        if row.weekdayCount >= 5, !row.hasDays { return sheet.profile(row.index - 1)?.hasDays != true }
        guard HeadingFrame.isDayRow(row) || (row.uncachedCount >= 3 && !row.days.runs.isEmpty) else { return false }
        return ![-2, -1, 1, 2].contains { step in
            guard let other = sheet.profile(row.index + step) else { return false }
            return other.column(.name) != nil && (step > 0 || other.hasDays == false)
        }
    }

    // MARK: Rows

    func segments(_ recognised: [[RecognisedBlock]]) -> [Segment] {
        var segments: [Segment] = []
        let lastRow = (sheet.profiles.last?.index ?? -1) + 2
        var starts: [Int] = []
        for (place, blocks) in recognised.enumerated() {
            let top = blocks.map(\.headingRows.lowerBound).min() ?? 0
            let floor = place == 0 ? 0 : (recognised[place - 1].map(\.headingRows.upperBound).max() ?? 0) + 1
            starts.append(place == 0 ? 0 : preambleStart(top, floor: floor))
        }
        for (anchor, blocks) in recognised.enumerated() {
            let top = blocks.map(\.headingRows.lowerBound).min() ?? 0
            let end = anchor + 1 < recognised.count ? starts[anchor + 1] : lastRow
            let above = starts[anchor]..<max(top, starts[anchor])
            var preamble = Preamble()
            for row in above { if let row = sheet.view.row(row) { preamble.read(row, in: sheet) } }
            preamble.titles += titlesBeside(blocks)
            if blocks.contains(where: { $0.headings.values.contains { $0.text.contains("小时") } }) {
                preamble.mentionsHours = true
            }
            for block in blocks {
                let body = (block.headingRows.upperBound + 1)..<max(end, block.headingRows.upperBound + 1)
                let segment = Segment(block: block, preamble: preamble, body: body, above: above, anchor: anchor)
                for part in peopleBeside(segment) { segments += part.needsOwner ? persons(part) : [part] }
            }
        }
        findOwners(&segments)
        for segment in segments { claimHeadings(segment) }
        return segments
    }

    /// A title in a cell merged down beside its table.
    private func titlesBeside(_ blocks: [RecognisedBlock]) -> [SubmittedText] {
        guard sheet.view.hasMerges, let rows = blocks.first?.headingRows else { return [] }
        return rows.flatMap { index in
            (sheet.view.row(index)?.cells ?? []).compactMap { cell -> SubmittedText? in
                guard case .text(let text) = cell.value, let merge = sheet.view.merge(index, cell.column),
                    merge.bottom > rows.upperBound, sheet.form.titleFit(TextFolding.key(text)) > 0,
                    !MonthText.read(text).months.isEmpty
                else { return nil }
                return SubmittedText(text: text, cell: CellAddress(row: index, column: cell.column))
            }
        }
    }

    /// Every cell of the headings but those that name no day.
    private func claimHeadings(_ segment: Segment) {
        let block = segment.block
        let slips = Set(block.slips.map(\.cell))
        let days = Set(block.days.map(\.column))
        for index in block.headingRows {
            guard let row = sheet.view.row(index) else { continue }
            for cell in row.cells where cell.isFilled && block.range.contains(cell.column) {
                let address = CellAddress(row: index, column: cell.column)
                if slips.contains(address) { continue }
                sheet.claims.claim(address, days.contains(cell.column) ? .dayHeading : .heading)
            }
        }
    }

    /// Where the rows above a heading begin to belong to it: its topmost title or label after the block before.
    private func preambleStart(_ heading: Int, floor: Int) -> Int {
        var start = heading
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
        if LegendGrammar.body(of: text) != nil { return true }
        return LegendGrammar { _ in false }.entries(text, cell: CellAddress(row: 0, column: 0), isOpened: false)
            .filter { $0.meaning != nil }.count >= 2
    }

    private func isTitle(_ row: CellRow) -> Bool {
        let filled = row.filled
        // A title that is a formula without a value: what it says, nobody knows.
        if filled.count == 1, filled[0].isUncachedFormula { return true }
        guard filled.count <= 8, case .text(let first)? = filled.first?.value else { return false }
        let text = RowNoise.withoutAnnexMark(first)
        guard LegendGrammar.body(of: text) == nil, !RowNoise.isSignature(text), !RowNoise.isTotal(text)
        else { return false }
        if filled.contains(where: { !LabelText.labels($0.value.display, sheet.form).isEmpty }) { return true }
        if filled.count >= 2, LabelText.meaning(text, sheet.form) != nil { return true }
        guard filled.count <= 3, let cell = filled.first else { return false }
        let key = TextFolding.key(text)
        if sheet.form.titleFit(key) > 0 { return true }
        if filled.count == 1 {
            if titles.namesOther(text) { return true }
            if let merge = sheet.view.merge(row.index, cell.column), merge.right - merge.left >= 2 { return true }
            return !MonthText.read(text).months.isEmpty || PlaceText.isPlace(text)
        }
        return false
    }

    // MARK: People of one

    /// 姓名：X stands again and again above the days of one sheet, the headings only once.
    private func persons(_ segment: Segment) -> [Segment] {
        var segments: [Segment] = []
        var current = segment
        var start = segment.body.lowerBound
        for row in segment.body {
            guard let whole = sheet.view.row(row) else { continue }
            let cells = segment.isBeside ? part(whole, segment.block.range) : whole
            guard case .text(let text)? = cells.firstFilled?.value, text.utf8.count <= 200, namesPerson(cells)
            else { continue }
            var next = Preamble()
            next.read(cells, in: sheet)
            current.body = start..<row
            segments.append(current)
            // Titles and months above the first person hold for all.
            next.titles = segment.preamble.titles
            next.months = next.months.isEmpty ? segment.preamble.months : next.months
            next.mentionsHours = segment.preamble.mentionsHours
            current.preamble = next
            current.above = row..<row
            start = row + 1
        }
        current.body = start..<max(start, segment.body.upperBound)
        segments.append(current)
        return segments
    }

    /// 姓名：甲 over 日期 | 考勤 and 姓名：乙 over the next two: days of two people beside each other. Where the names do
    /// not stand over the columns one by one, whose they are is unsure.
    private func peopleBeside(_ segment: Segment) -> [Segment] {
        let pairs = segment.block.dateColumns.map(\.date).sorted()
        guard segment.needsOwner, pairs.count > 1, let names = OwnerName.beside(segment.preamble.labels) else {
            return [segment]
        }
        let ranges = pairs.enumerated().map { place, start in
            let end = place + 1 < pairs.count ? pairs[place + 1] - 1 : segment.block.range.upperBound
            return (place == 0 ? segment.block.range.lowerBound : start)...max(start, end)
        }
        func own(_ range: ClosedRange<Int>) -> [ContextText] {
            names.filter { $0.cell.map { range.contains($0.column) } ?? false }
        }
        guard ranges.allSatisfy({ own($0).count == 1 }) else { return [segment] }
        let row = names[0].cell?.row
        return ranges.map { range in
            var part = segment
            part.isBeside = true
            part.block = segment.block.part(range)
            part.preamble.labels.removeAll { label in
                label.cell.map { $0.row == row && !range.contains($0.column) } ?? false
            }
            return part
        }
    }

    private func part(_ row: CellRow, _ range: ClosedRange<Int>) -> CellRow {
        CellRow(
            index: row.index, isHidden: row.isHidden, cells: row.cells.filter { range.contains($0.column) })
    }

    private func namesPerson(_ row: CellRow) -> Bool {
        let filled = row.filled
        for (place, cell) in filled.enumerated() {
            guard case .text(let text) = cell.value else { continue }
            if LabelText.labels(text, sheet.form).contains(where: { $0.meaning == .field(.name) }) { return true }
            if place + 1 < filled.count, LabelText.meaning(text, sheet.form) == .field(.name),
                LabelText.meaning(filled[place + 1].value.display, sheet.form) == nil
            {
                return true
            }
        }
        return false
    }

    private func findOwners(_ segments: inout [Segment]) {
        for index in segments.indices where segments[index].needsOwner {
            // The second half of the month under headings of its own is the same person's.
            if index > 0, segments[index].preamble.titles.isEmpty, segments[index].preamble.labels.isEmpty,
                let owner = segments[index - 1].owner
            {
                segments[index].owner = owner
                continue
            }
            let found = OwnerName.find(segments[index].preamble, place)
            segments[index].owner = found.name
            segments[index].ownerCandidates = found.candidates
        }
    }

    // MARK: Pages

    /// Segments that are one table: its printed pages, its halves beside each other, one person's stretches.
    func grouped(_ segments: [Segment]) -> [[Segment]] {
        var groups: [[Segment]] = []
        for segment in segments {
            if let first = groups.last?.first, isSameTable(segment, first) {
                groups[groups.count - 1].append(segment)
            } else {
                groups.append([segment])
            }
        }
        return groups
    }

    private func isSameTable(_ segment: Segment, _ first: Segment) -> Bool {
        guard first.block.layout.id == segment.block.layout.id else { return false }
        if segment.needsOwner { return segment.owner != nil && segment.owner == first.owner }
        // 11月 over one grid, 12月 over the one beside it.
        if let month = segment.block.label?.month, let other = first.block.label?.month,
            month.months != other.months
        {
            return false
        }
        return segment.anchor == first.anchor || segment.preamble.key.isEmpty
            || segment.preamble.key == first.preamble.key
    }
}
