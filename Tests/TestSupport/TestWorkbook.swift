import Domain
import Sheets
import Tables

/// Workbooks made of plain texts, through the project's own writer.
public enum TestWorkbook {
    /// A cell: text stays text, a number is a number cell.
    public enum Value: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, Sendable {
        case text(String)
        case number(Int)
        case date(CivilDate)
        case empty

        public init(stringLiteral value: String) { self = value.isEmpty ? .empty : .text(value) }
        public init(integerLiteral value: Int) { self = .number(value) }
        /// Text, or nothing for an empty one.
        public init(_ text: String) { self = text.isEmpty ? .empty : .text(text) }
    }

    /// Writes one workbook; every sheet begins in A1.
    public static func write(_ sheets: [(name: String, rows: [[Value]])], to path: String) throws {
        var made: [ReportSheet] = []
        for (name, rows) in sheets {
            var sheet = ReportSheet(name: name)
            for (row, values) in rows.enumerated() {
                for (column, value) in values.enumerated() {
                    let content: ReportValue
                    switch value {
                    case .empty: continue
                    case .text(let text): content = .text(text)
                    case .number(let number): content = .count(number)
                    case .date(let date): content = .date(date)
                    }
                    sheet.put(row, column, content, ReportStyle())
                }
            }
            made.append(sheet)
        }
        let created = CivilDate(dayNumber: 17_000)
        try XLSXWriter.write(ReportWorkbook(title: "test", created: created, sheets: made), to: path)
    }
}
