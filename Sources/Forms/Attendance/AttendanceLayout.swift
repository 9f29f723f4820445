import Domain
import Tables

/// A mark cell's column in a grid: which day, in which line of headings, which part of it.
struct DayColumn {
    var column: Int
    /// Line of day headings that it stands in, from 0.
    var line: Int
    /// Run of days that follow each other, from 0: a run belongs to one month.
    var run: Int
    var year: Int?
    var month: Int?
    var day: Int
    var slot: DaySlot?
    /// Whatever is marked in it means this, beside the column of the day itself.
    var status: AttendanceStatus?
}

/// A column of dates with the mark columns that belong to it.
struct DateColumn {
    var date: Int
    /// 年 | 月 | 日: columns of the month and the year beside the day's.
    var month: Int?
    var year: Int?
    var mark: Int?
    var morning: Int?
    var afternoon: Int?
    var evening: Int?

    var marks: [Int] { [mark, morning, afternoon, evening].compactMap { $0 } }

    /// Finds the columns of month and year left of the day's, by their headings alone.
    mutating func findParts(_ zone: HeadingZone) {
        func heads(_ column: Int, _ words: Set<String>) -> Bool {
            zone.rows.contains { row in
                guard case .text(let text)? = zone.sheet.view.row(row)?.cell(column)?.value else { return false }
                return words.contains(TextFolding.key(text))
            }
        }
        guard date > 0, heads(date, ["日", "日期", "号"]), heads(date - 1, ["月", "月份"]) else { return }
        month = date - 1
        if date > 1, heads(date - 2, ["年", "年份", "年度"]) { year = date - 2 }
    }
}

/// A person whom a heading names, in the layouts where people stand across.
struct PersonColumn {
    var column: Int
    var slot: DaySlot?
    var name: SubmittedText
    /// Marks stand below, a name does not.
    var isUnnamed = false
}

/// A place where a table begins, as one layout understands it.
struct RecognisedBlock {
    var layout: any AttendanceLayout
    /// The strongest evidence wins; of equal ones the layout that is asked first.
    var score: Int
    var evidence: [BilingualText]
    var headingRows: ClosedRange<Int>
    /// Columns of the table.
    var range: ClosedRange<Int>
    var columns: [FieldID: Int]
    var headings: [FieldID: SubmittedText] = [:]
    var days: [DayColumn] = []
    /// People of a layout that names them in headings.
    var people: [PersonColumn] = []
    /// Several pairs of a date column and its mark columns stand beside each other.
    var dateColumns: [DateColumn] = []
    var figures: [FigureLine] = []
    /// Headings outside the days that no field knows.
    var others: [SubmittedText] = []
    /// The rows of the lines of days, the upper first.
    var dayRows: [Int] = []
    var dayRow: Int? { dayRows.first }
    /// Headings among the days that name none.
    var slips: [SubmittedText] = []
    /// Formulas without a stored value among the day headings.
    var uncached: [CellAddress] = []
    /// Words over all the day columns.
    var label: SubmittedText?
    /// Words over columns beside the days' that are no attendance: 计划, 夜间值守.
    var passedOver: [SubmittedText] = []
    /// Columns whose heading is known, whatever it heads.
    var known: Set<Int> = []
    /// The column that says of each row what it is: 上午, 下午, 出勤, 请假.
    var lineColumn: Int?
    /// Its words are merged over the rows of several people.
    var wordsSpread = false
    /// The sheet says somewhere that rows under one name are halves of days.
    var saysHalves = false
    /// Below each name stands one row without a name.
    var alternatesNames = false
    /// Why nobody can be read from it, with the column that would be taken.
    var refusal: BlockRefusal?
    /// What else was weighed, for `inspect`.
    var weighed: [WeighedCandidate] = []

    init(_ layout: any AttendanceLayout, score: Int, evidence: BilingualText, zone: HeadingZone) {
        self.layout = layout
        self.score = score
        self.evidence = [evidence]
        headingRows = zone.rows
        range = zone.range
        columns = zone.columns
        headings = zone.headings
        figures = zone.figures
        dayRows = zone.lines.map(\.row)
        others = zone.others
        slips = zone.slips
        uncached = zone.uncached
        known = zone.known
        label = zone.label
        passedOver = zone.passedOver
        weighed = zone.weighed
    }

    init(
        _ layout: any AttendanceLayout, score: Int, evidence: BilingualText, headingRows: ClosedRange<Int>,
        range: ClosedRange<Int>, columns: [FieldID: Int]
    ) {
        self.layout = layout
        self.score = score
        self.evidence = [evidence]
        self.headingRows = headingRows
        self.range = range
        self.columns = columns
    }
}

extension RecognisedBlock {
    /// What of it stands in some of its columns.
    func part(_ range: ClosedRange<Int>) -> RecognisedBlock {
        var part = self
        part.range = range
        part.columns = columns.filter { range.contains($0.value) }
        part.headings = headings.filter { range.contains($0.value.cell.column) }
        part.dateColumns.removeAll { !range.contains($0.date) }
        part.figures.removeAll { !range.contains($0.index) }
        part.others.removeAll { !range.contains($0.cell.column) }
        part.slips.removeAll { !range.contains($0.cell.column) }
        part.known.formIntersection(range)
        return part
    }
}

/// What a table lacks so that nobody can be read from it.
enum BlockRefusal {
    /// No column is headed as names; the one that holds some, with its heading's cell.
    case names(SubmittedText?)
    /// Figures, none of them days worked, with the first figure's heading.
    case worked(SubmittedText)
}

/// A person as a layout reads one: everything of the row, over all months of its table.
struct PersonReading {
    /// With the days of every month; findings without a period concern all of them.
    var row: AttendanceRow
    /// Marks as read, those of columns included that no day heads; marks on impossible dates left out.
    var sums = MarkSums()
    /// Figures of the row beside the worked one, for checking.
    var figures: [FigureReading] = []
    /// Rows of the sheet that are this person's.
    var rows: [Int] = []
}

/// A table as a layout reads it.
struct TableReading {
    var people: [PersonReading] = []
    var sums: [SumRow] = []
    /// Columns (or rows, where days run down) of marks that no day heads, with the cell where the day should stand.
    var unheaded: [SubmittedText] = []
    /// Headings that no field knows, over columns without marks.
    var unknown: [SubmittedText] = []
}

/// A figure that a row states.
struct FigureReading {
    var line: FigureLine
    var cell: CellAddress
    var text: String
    /// Nil where it is no number of days.
    var halfDays: HalfDays?
    /// A formula without a stored value.
    var isUncached: Bool
}

/// What a layout reads its rows with.
struct BlockInput {
    let sheet: AttendanceSheet
    let block: RecognisedBlock
    /// Rows between the headings and the end of the block.
    let body: Range<Int>
    /// Those of them that hold something.
    let rows: [CellRow]
    let months: BlockMonths
    let file: String
    /// Labels above the block.
    let labels: [ContextText]
    /// Who the sheet is about, where it is one person's.
    let owner: SubmittedText?
}

/// One arrangement of people, days and marks. Source: spec §5.4.
///
/// A new layout is one new file with one conforming type, and its place in `AttendanceLayouts.all`.
protocol AttendanceLayout: Sendable {
    var id: AttendanceLayoutID { get }

    /// Whether the row may be the heading of a table of this layout, with the evidence; nil where it cannot.
    func recognise(_ sheet: AttendanceSheet, headingAt row: RowProfile, zone: HeadingZone?) -> RecognisedBlock?

    /// Runs of days that the table's headings or dates name, in reading order: each belongs to one month.
    func runs(_ sheet: AttendanceSheet, _ block: RecognisedBlock, body: Range<Int>) -> [DayRun]

    /// The people of the table, in reading order, every cell that is read claimed.
    func read(_ input: BlockInput, marks: inout MarkReader) -> TableReading
}

extension AttendanceLayout {
    func runs(_ sheet: AttendanceSheet, _ block: RecognisedBlock, body: Range<Int>) -> [DayRun] {
        DayRun.of(block.days)
    }
}

/// Days that follow each other, and the month they name if they name one.
struct DayRun: Equatable {
    var id: Int
    var year: Int?
    var month: Int?
    var first: Int
    var last: Int
    var count: Int

    /// The runs of day columns, by their numbers.
    static func of(_ days: [DayColumn]) -> [DayRun] {
        var runs: [DayRun] = []
        for day in days {
            if let place = runs.firstIndex(where: { $0.id == day.run && $0.month == day.month && $0.year == day.year })
            {
                runs[place].last = max(runs[place].last, day.day)
                runs[place].first = min(runs[place].first, day.day)
                runs[place].count += 1
            } else {
                runs.append(
                    DayRun(id: day.run, year: day.year, month: day.month, first: day.day, last: day.day, count: 1))
            }
        }
        return runs
    }
}

/// Every layout, in the order in which equal evidence is settled.
enum AttendanceLayouts {
    static let all: [any AttendanceLayout] = [
        GridLayout(), HalfRowGridLayout(), HalfColumnGridLayout(), FoldedGridLayout(), StatusLineLayout(),
        PersonGridLayout(),
        LogLayout(), PersonSheetLayout(), CalendarLayout(), PeopleAcrossLayout(), TotalsLayout(), ExceptionsLayout(),
    ]

    /// What begins at the row, one a table from left to right: the layout with the strongest evidence each.
    static func recognise(_ sheet: AttendanceSheet, at row: RowProfile) -> [RecognisedBlock] {
        let zones = HeadingZone.tables(at: row, in: sheet)
        if zones.isEmpty { return best(sheet, row, zone: nil).map { [$0] } ?? [] }
        return zones.compactMap { best(sheet, row, zone: NameColumns.completed($0)) }
    }

    private static func best(_ sheet: AttendanceSheet, _ row: RowProfile, zone: HeadingZone?) -> RecognisedBlock? {
        var found: [RecognisedBlock] = []
        for layout in all {
            if let block = layout.recognise(sheet, headingAt: row, zone: zone) { found.append(block) }
        }
        guard var best = found.first else { return nil }
        for block in found.dropFirst() where best.score < block.score { best = block }
        if sheet.explains {
            for block in found where block.layout.id != best.layout.id {
                best.weighed.append(
                    WeighedCandidate(
                        subject: .layout, what: block.evidence[0], cell: CellAddress(row: row.index, column: 0),
                        reason: BilingualText(
                            zh: "“\(best.evidence[0].zh)”更明确", en: "«\(best.evidence[0].en)» says more")))
            }
        }
        return best
    }
}
