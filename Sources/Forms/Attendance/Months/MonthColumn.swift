import Domain
import Tables

/// A column 月份 of a table: what its cells name is the month of each row. Source: spec §5.1.
struct MonthColumn {
    /// As the cells name them, none twice, in their order.
    private(set) var months: [MonthReading] = []
    /// The first cell that names one.
    private(set) var first: CellAddress?
    /// By month, in the order of `months`: the rows that it names and its first cell.
    private(set) var rows: [(rows: Set<Int>, first: CellAddress)] = []
    /// Rows with marks whose month no cell of their own, nor one merged over them, names.
    private(set) var isLacking = false

    /// Nil where no heading names such a column, or where nothing stands under it that names a month.
    init?(_ segments: [Segment], _ sheet: AttendanceSheet) {
        for segment in segments {
            guard let heading = segment.block.others.first(where: { MonthColumn.heads($0, segment.block) })
            else { continue }
            let marks = Set(segment.block.days.map(\.column))
            for row in sheet.rows(segment.body) {
                guard let (cell, address) = sheet.view.cell(row.index, heading.cell.column),
                    let month = MonthColumn.month(cell.value)
                else {
                    isLacking =
                        isLacking || row.cells.contains { marks.contains($0.column) && $0.isFilled } && !isSum(row)
                    continue
                }
                first = first ?? address
                add(month, row.index, address)
            }
        }
        if months.isEmpty { return nil }
    }

    private mutating func add(_ month: MonthReading, _ row: Int, _ cell: CellAddress) {
        if let place = months.firstIndex(where: { $0.months == month.months }) {
            rows[place].rows.insert(row)
        } else {
            months.append(month)
            rows.append(([row], cell))
        }
    }

    /// 合计, or a note: a row of nobody's, of no month.
    private func isSum(_ row: CellRow) -> Bool {
        guard case .text(let text)? = row.firstFilled?.value else { return false }
        return RowNoise.isTotal(text) || RowNoise.isSignature(text) || LegendGrammar.body(of: text) != nil
    }

    /// The month, where all rows are of one.
    var only: MonthReading? { months.count == 1 ? months[0] : nil }

    /// Whether a heading of a table names the rows' months; dates of their own need no other word.
    static func heads(_ heading: SubmittedText, _ block: RecognisedBlock) -> Bool {
        block.dateColumns.isEmpty
            && ["月份", "月", "年月", "考勤月份", "所属月份", "所属期", "考勤年月", "所属年月"].contains(HeadingText.key(heading.text))
    }

    private static func month(_ value: CellValue) -> MonthReading? {
        switch value {
        case .date(let date), .dateTime(let date, _):
            let parts = date.parts
            return MonthReading(year: parts.year, month: parts.month)
        case .number(let number):
            if number == number.rounded(), (1...12).contains(number) { return MonthReading(month: Int(number)) }
            guard let reading = DateText.read(number), let year = reading.year, let month = reading.month else {
                return nil
            }
            return MonthReading(year: year, month: month)
        case .text(let text):
            if let number = Int(TextFolding.key(text)), (1...12).contains(number) { return MonthReading(month: number) }
            let reading = MonthText.read(text)
            return reading.months.count == 1 ? reading : nil
        case .empty, .time, .boolean, .error: return nil
        }
    }
}
