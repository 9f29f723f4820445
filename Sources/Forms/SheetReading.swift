import Domain
import Tables

/// What a cell is for the reader of a sheet. Source: spec §5.7.
public enum CellRole: UInt8, Hashable, Sendable, CaseIterable {
    case title = 1
    case label, heading, dayHeading, name, residentID, field, mark, total, legend, subHeading, noise
    /// Nobody read it.
    case unread

    /// Its name in `inspect --json`.
    public var name: String {
        switch self {
        case .title: "title"
        case .label: "label"
        case .heading: "heading"
        case .dayHeading: "dayHeading"
        case .name: "name"
        case .residentID: "residentID"
        case .field: "field"
        case .mark: "mark"
        case .total: "total"
        case .legend: "legend"
        case .subHeading: "subHeading"
        case .noise: "noise"
        case .unread: "unread"
        }
    }

    /// Its name in `inspect --roles`: the ten roles of the contract.
    public var contractName: String {
        switch self {
        case .dayHeading: "heading"
        case .name, .residentID: "field"
        case .total: "stated figure"
        case .subHeading: "sub-heading"
        default: name
        }
    }
}

/// A cell that holds something, and what it was for the reader.
public struct CellRoleReading: Hashable, Sendable {
    public let cell: CellAddress
    public let value: CellValue
    public let role: CellRole
}

/// A rectangle of cells of one role, drawn from what was consumed.
public struct CellRegion: Hashable, Sendable {
    public var role: CellRole
    /// Upper left corner.
    public var from: CellAddress
    /// Lower right corner, included.
    public var to: CellAddress

    public init(role: CellRole, from: CellAddress, to: CellAddress) {
        self.role = role
        self.from = from
        self.to = to
    }
}

/// A column (or label) that was recognised.
public struct ColumnReading: Hashable, Sendable {
    public var field: FieldID
    /// The field's heading in the form's data file.
    public var heading: String
    /// The heading as it stands in the sheet.
    public var asSent: String
    /// The heading's cell; for a label the label's.
    public var cell: CellAddress

    public init(field: FieldID, heading: String, asSent: String, cell: CellAddress) {
        self.field = field
        self.heading = heading
        self.asSent = asSent
        self.cell = cell
    }
}

/// One table of a sheet: a register, or a block of attendance.
public struct SectionReading: Sendable {
    /// Nil for registers.
    public var layout: AttendanceLayoutID?
    /// Why it was taken for this.
    public var why: [BilingualText]
    public var titles: [SubmittedText]
    /// Rows of headings, from 0.
    public var headingRows: [Int]
    public var columns: [ColumnReading]
    /// Columns (or rows, where days run down) of days: `B…AE = 1…30`.
    public var dayCount: Int
    public var period: Period?
    /// Where the period was read.
    public var periodSource: BilingualText?
    /// Title or month cell name the one month of all its days, with its year: no name of sheet or file is asked.
    public var namesItsMonth = false
    public var legend: [LegendEntry]
    /// First and last row of data, from 0; nil without any.
    public var rows: ClosedRange<Int>?
    /// People, or rows of a register.
    public var rowCount: Int
    /// What was weighed for layout, month, names and figures; only where a reader explains itself.
    public var weighed: [WeighedCandidate] = []

    public init(
        layout: AttendanceLayoutID? = nil, why: [BilingualText] = [], titles: [SubmittedText] = [],
        headingRows: [Int] = [], columns: [ColumnReading] = [], dayCount: Int = 0, period: Period? = nil,
        periodSource: BilingualText? = nil, legend: [LegendEntry] = [], rows: ClosedRange<Int>? = nil, rowCount: Int = 0
    ) {
        self.layout = layout
        self.why = why
        self.titles = titles
        self.headingRows = headingRows
        self.columns = columns
        self.dayCount = dayCount
        self.period = period
        self.periodSource = periodSource
        self.legend = legend
        self.rows = rows
        self.rowCount = rowCount
    }
}

/// How a sheet was understood, and why: what `inspect` shows.
public struct SheetReading: Sendable {
    /// Empty for a text file.
    public var sheet: String
    public var isHidden: Bool
    /// Nothing stands in it; it was passed over.
    public var isEmpty: Bool
    /// Instructions or a list that goes with a form (`pipelines/forms/guidance.yaml`); it was passed over.
    public var isGuidance = false
    /// The legend of the workbook's other sheets.
    public var isLegend = false
    /// A plan, a machine's record, a file of this program's: told, and not read.
    public var isForeign = false
    /// Nil where none was recognised.
    public var form: FormID?
    /// Forms that were weighed and lost; only where a reader explains itself.
    public var weighed: [WeighedCandidate] = []
    public var why: [BilingualText]
    public var sections: [SectionReading]
    /// Every cell that holds something, with what it was; by row, then column. Only where a reader explains itself.
    public var cells: [CellRoleReading] = []
    /// All findings of the sheet, those of its rows included, by cell.
    public var findings: [Finding]

    public init(
        sheet: String, isHidden: Bool = false, isEmpty: Bool = false, form: FormID? = nil, why: [BilingualText] = [],
        sections: [SectionReading] = [], findings: [Finding] = []
    ) {
        self.sheet = sheet
        self.isHidden = isHidden
        self.isEmpty = isEmpty
        self.form = form
        self.why = why
        self.sections = sections
        self.findings = findings
    }

    /// Runs of cells of one role beside and under each other.
    public var regions: [CellRegion] {
        var open: [CellRegion] = []
        var closed: [CellRegion] = []
        for run in runs {
            if let place = open.firstIndex(where: { region in
                region.role == run.role && region.from.column == run.from.column && region.to.column == run.to.column
                    && region.to.row == run.from.row - 1
            }) {
                open[place].to = run.to
            } else {
                open.append(run)
            }
            closed += open.filter { $0.to.row < run.from.row - 1 }
            open.removeAll { $0.to.row < run.from.row - 1 }
        }
        return (closed + open).sorted { ($0.from, $0.to) < ($1.from, $1.to) }
    }

    /// Cells of one role side by side.
    private var runs: [CellRegion] {
        var runs: [CellRegion] = []
        for cell in cells {
            if let last = runs.last, last.role == cell.role, last.to.row == cell.cell.row,
                last.to.column == cell.cell.column - 1
            {
                runs[runs.count - 1].to = cell.cell
            } else {
                runs.append(CellRegion(role: cell.role, from: cell.cell, to: cell.cell))
            }
        }
        return runs
    }
}
