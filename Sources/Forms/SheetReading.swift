import Domain

/// What a cell is for the reader of a sheet; `inspect` colours by it.
public enum CellRole: String, Hashable, Sendable, Codable, CaseIterable {
    case title, label, heading, dayHeading, name, residentID, field, mark, total, legend, noise
}

/// A rectangle of cells of one role; of overlapping ones the later counts.
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

    public func contains(_ address: CellAddress) -> Bool {
        (from.row...to.row).contains(address.row) && (from.column...to.column).contains(address.column)
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
    public var legend: [LegendEntry]
    /// First and last row of data, from 0; nil without any.
    public var rows: ClosedRange<Int>?
    /// People, or rows of a register.
    public var rowCount: Int

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
    /// Nil where none was recognised.
    public var form: FormID?
    public var why: [BilingualText]
    public var sections: [SectionReading]
    public var regions: [CellRegion]
    /// All findings of the sheet, those of its rows included, by cell.
    public var findings: [Finding]

    public init(
        sheet: String, isHidden: Bool = false, isEmpty: Bool = false, form: FormID? = nil, why: [BilingualText] = [],
        sections: [SectionReading] = [], regions: [CellRegion] = [], findings: [Finding] = []
    ) {
        self.sheet = sheet
        self.isHidden = isHidden
        self.isEmpty = isEmpty
        self.form = form
        self.why = why
        self.sections = sections
        self.regions = regions
        self.findings = findings
    }

    /// What the cell is; nil where it means nothing to the reader.
    public func role(_ address: CellAddress) -> CellRole? { regions.last { $0.contains(address) }?.role }
}
