import Domain
import Tables

/// A column 月份 of a table: what its cells name is the month of each row. Source: spec §5.1.
struct MonthColumn {
    /// As the cells name them, none twice, in their order.
    private(set) var months: [MonthReading] = []
    /// The first cell that names one.
    private(set) var first: CellAddress?

    /// Nil where no heading names such a column, or where nothing stands under it that names a month.
    init?(_ segments: [Segment], _ sheet: AttendanceSheet) {
        for segment in segments {
            guard let heading = segment.block.others.first(where: { MonthColumn.heads($0, segment.block) })
            else { continue }
            for row in sheet.rows(segment.body) {
                guard let cell = row.cell(heading.cell.column), cell.isFilled,
                    let month = MonthColumn.month(cell.value)
                else { continue }
                first = first ?? CellAddress(row: row.index, column: cell.column)
                if !months.contains(where: { $0.months == month.months }) { months.append(month) }
            }
        }
        if months.isEmpty { return nil }
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
