import Domain
import Tables

/// A day's mark cell in a grid: which column, which date, which half.
struct DayColumn {
    var column: Int
    var year: Int?
    var month: Int?
    var day: Int
    var half: DayHalf?
    /// The days begin anew and nothing says in which month: 26…31, 1…25.
    var isAmbiguous = false
}

/// A place where a block begins, as one layout understands it.
struct RecognisedBlock {
    var layout: any AttendanceLayout
    /// The strongest evidence wins; of equal ones the layout that is asked first.
    var score: Int
    var evidence: [BilingualText]
    var headingRows: ClosedRange<Int>
    var columns: [FieldID: Int]
    var headings: [FieldID: SubmittedText] = [:]
    var days: [DayColumn] = []
    /// People of a layout that names them in headings.
    var people: [(column: Int, half: DayHalf?, name: SubmittedText)] = []
    /// Several pairs of a date column and its mark columns stand beside each other.
    var dateColumns: [DateColumn] = []
}

/// A column of dates with the mark columns that belong to it.
struct DateColumn {
    var date: Int
    var mark: Int?
    var morning: Int?
    var afternoon: Int?
}

/// What a layout reads its rows with.
struct BlockInput {
    let sheet: AttendanceSheet
    let block: RecognisedBlock
    /// Rows between the headings and the end of the block.
    let body: Range<Int>
    let period: Period
    let file: String
    /// Labels above the block.
    let labels: [ContextText]
    /// All months of the block, where its dates name several; this reading is of `period`.
    let periods: [Period]
    /// The title's month holds although the dates name another: only their days count.
    let isMonthOfTitle: Bool
}

/// One arrangement of people, days and marks. Source: spec §5.4.
///
/// A new layout is one new file with one conforming type, and its place in `AttendanceLayouts.all`.
protocol AttendanceLayout: Sendable {
    var id: AttendanceLayoutID { get }

    /// Whether the row may be the heading of a block of this layout, with the evidence; nil where it cannot.
    func recognise(_ sheet: AttendanceSheet, headingAt row: RowProfile, zone: HeadingZone?) -> RecognisedBlock?

    /// Months that dates inside the block name, for the finding of the period.
    func datedMonths(_ sheet: AttendanceSheet, _ block: RecognisedBlock, body: Range<Int>) -> [MonthReading]

    /// The rows of the block, in reading order.
    func read(_ input: BlockInput, marks: inout MarkReader) -> [AttendanceRow]
}

extension AttendanceLayout {
    func datedMonths(_ sheet: AttendanceSheet, _ block: RecognisedBlock, body: Range<Int>) -> [MonthReading] {
        var found: [MonthReading] = []
        for day in block.days {
            guard let month = day.month else { continue }
            let reading = MonthReading(year: day.year, month: month)
            if found.last != reading { found.append(reading) }
        }
        return found
    }
}

/// Every layout, in the order in which equal evidence is settled.
enum AttendanceLayouts {
    static let all: [any AttendanceLayout] = [
        GridLayout(), HalfRowGridLayout(), HalfColumnGridLayout(), LogLayout(), PersonSheetLayout(),
        PeopleAcrossLayout(),
        TotalsLayout(), ExceptionsLayout(),
    ]

    /// What begins at the row: the layout with the strongest evidence, nil where none sees a heading.
    static func recognise(_ sheet: AttendanceSheet, at row: RowProfile) -> RecognisedBlock? {
        guard !row.hits.isEmpty else { return nil }
        let zone = HeadingZone.around(row, in: sheet)
        var best: RecognisedBlock?
        for layout in all {
            guard let block = layout.recognise(sheet, headingAt: row, zone: zone) else { continue }
            if best == nil || best!.score < block.score { best = block }
        }
        return best
    }
}
