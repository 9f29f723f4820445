import Domain

/// A workbook to be written: everything a writer needs, nothing it has to decide.
public struct ReportWorkbook: Hashable, Sendable {
    public var title: String
    public var subject: String
    /// Who it is from; never a clock or a machine's name.
    public var author: String
    /// The day the file says it was created: a day of its content, so that bytes repeat.
    public var created: CivilDate
    /// At least one; names unique (`SheetName.unique`).
    public var sheets: [ReportSheet]
    /// What this program says, and so never reads when it comes back; a form to be filled in is none.
    public var isReport: Bool

    public init(
        title: String, subject: String = "", author: String = "", created: CivilDate, sheets: [ReportSheet],
        isReport: Bool = false
    ) {
        self.isReport = isReport
        self.title = title
        self.subject = subject
        self.author = author
        self.created = created
        self.sheets = sheets
    }
}

/// What a cell holds.
public enum ReportValue: Hashable, Sendable {
    /// Only a style.
    case empty
    /// Always text: `=1+1` stays what it is.
    case text(String)
    case number(ReportDecimal)
    /// A number as it was sent, for copies of somebody else's sheet.
    case double(Double)
    case boolean(Bool)
    case date(CivilDate)
    /// A date with time. Unit: seconds since midnight.
    case dateTime(CivilDate, seconds: Int)
    /// A formula without the leading `=`, and what it gives.
    case formula(String, stored: ReportStored)
    /// Text that leads to a cell of this workbook.
    case link(text: String, sheet: String, cell: CellAddress)

    /// Yuan; nothing for nil.
    public static func amount(_ fen: Fen?) -> ReportValue { fen.map { .number(ReportDecimal($0)) } ?? .empty }
    /// Days.
    public static func days(_ days: HalfDays) -> ReportValue { .number(ReportDecimal(days)) }
    /// A whole number.
    public static func count(_ number: Int) -> ReportValue { .number(ReportDecimal(digits: number)) }
    /// A day; nothing for nil.
    public static func day(_ date: CivilDate?) -> ReportValue { date.map { .date($0) } ?? .empty }
}

/// The value of a formula that the file stores beside it.
public enum ReportStored: Hashable, Sendable {
    case number(ReportDecimal)
    case text(String)
}

/// A cell of a report. Shape: row and column from 0.
public struct ReportCell: Hashable, Sendable {
    public let row: Int
    public let column: Int
    public let value: ReportValue
    public let style: ReportStyle

    public init(row: Int, column: Int, value: ReportValue, style: ReportStyle) {
        self.row = row
        self.column = column
        self.value = value
        self.style = style
    }
}

/// How wide a column is.
public struct ReportColumn: Hashable, Sendable {
    /// Unit: widths of the digit 0.
    public enum Width: Hashable, Sendable {
        case fixed(Double)
        /// As wide as its content within these bounds; what is wider wraps or shrinks by its style.
        case fit(min: Double, max: Double)
    }

    public var width: Width
    public var isHidden: Bool

    public init(_ width: Width, isHidden: Bool = false) {
        self.width = width
        self.isHidden = isHidden
    }
}

/// How a sheet prints.
public struct ReportPage: Hashable, Sendable {
    /// The sheets of paper that there are in an office.
    public enum Paper: Hashable, Sendable { case a4, a3 }

    public var paper = Paper.a4
    public var isLandscape: Bool
    /// As many pages down as it needs, one across.
    public var fitsWidth: Bool
    /// At most so many pages down, made smaller for it; 0 for as many as it needs.
    public var pagesDownMost = 0
    /// Left and right. Unit: millimetres.
    public var sideMarginMillimetres = 12
    /// Unit: millimetres.
    public var topMarginMillimetres = 14
    /// Unit: millimetres.
    public var bottomMarginMillimetres = 16
    /// Plain text, in the middle above; empty for none.
    public var header: String
    /// `第 x 页，共 y 页` below.
    public var numbersPages: Bool
    /// Rows printed on every page, from 0.
    public var repeatedRows: ClosedRange<Int>?
    /// Nil for all that is there.
    public var printArea: CellRange?
    /// Rows that begin a page, from 0; at most 1,000.
    public var breaks: [Int] = []

    /// A4, one page across.
    public init(
        isLandscape: Bool = true, fitsWidth: Bool = true, header: String = "", numbersPages: Bool = true,
        repeatedRows: ClosedRange<Int>? = nil, printArea: CellRange? = nil
    ) {
        self.isLandscape = isLandscape
        self.fitsWidth = fitsWidth
        self.header = header
        self.numbersPages = numbersPages
        self.repeatedRows = repeatedRows
        self.printArea = printArea
    }
}

/// One sheet of a report.
public struct ReportSheet: Hashable, Sendable {
    /// As `SheetName.unique` gives it.
    public var name: String
    /// In any order; none twice.
    public var cells: [ReportCell] = []
    /// From column 0 on; columns without one have the format's default width.
    public var columns: [ReportColumn] = []
    /// Unit: points, by row. Rows not named are as high as their content.
    public var rowHeights: [Int: Double] = [:]
    /// The height of all other rows. Unit: points; nil for the file format's default.
    public var defaultRowHeight: Double?
    public var hiddenRows: [Int] = []
    public var merges: [CellRange] = []
    /// Rows above and columns left of this cell stay in view.
    public var frozenAt: CellAddress?
    public var page = ReportPage()
    public var comments: [ReportComment] = []
    public var validations: [ReportValidation] = []
    public var dataBars: [ReportDataBar] = []
    public var charts: [ReportChart] = []
    /// Cells that are not unlocked cannot be typed in (no password: a guard rail, no lock).
    public var isProtected = false
    public var filter: CellRange?
    /// 0xRRGGBB.
    public var tabColor: Int?
    public var isHidden = false
    public var showsGridlines = false

    public init(name: String) { self.name = name }

    /// Puts a value into a cell, row and column from 0.
    public mutating func put(_ row: Int, _ column: Int, _ value: ReportValue, _ style: ReportStyle) {
        cells.append(ReportCell(row: row, column: column, value: value, style: style))
    }

    /// Puts a value into a merged range of one row; a range of one cell is a plain cell.
    public mutating func putMerged(
        _ row: Int, _ columns: ClosedRange<Int>, _ value: ReportValue, _ style: ReportStyle
    ) {
        put(row, columns.lowerBound, value, style)
        guard columns.count > 1 else { return }
        // A merged range shows its first cell; only borders and fills hang on the others too.
        if style.border != .none || style.fill != nil {
            for column in columns.dropFirst() { put(row, column, .empty, style) }
        }
        merges.append(CellRange(top: row, left: columns.lowerBound, bottom: row, right: columns.upperBound))
    }
}
