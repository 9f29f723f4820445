/// A text and the cell it stands in.
public struct SubmittedText: Hashable, Sendable, Codable {
    public var text: String
    public var cell: CellAddress
    /// Whether the cell held a number.
    public var isNumber: Bool

    public init(text: String, cell: CellAddress, isNumber: Bool = false) {
        self.text = text
        self.cell = cell
        self.isNumber = isNumber
    }
}

/// The attendance layouts of the spec's §5.4.
public enum AttendanceLayoutID: String, Hashable, Sendable, Codable, CaseIterable {
    /// A: a row a person, a column a day.
    case grid
    /// B: two rows a person (上午/下午).
    case halfRowGrid
    /// C: a row a person and day.
    case log
    /// F: a sheet (or block) per person, then rows of dates.
    case personSheet
    /// G: days down, people across.
    case peopleAcross
    /// H: totals only.
    case totalsOnly
    /// I: 上午/下午 columns under each day.
    case halfColumnGrid
    /// J: leave ranges only.
    case exceptionsOnly
    /// As A, the days in two lines of headings over two rows a person.
    case foldedGrid
    /// As A, several rows a person, each of a status.
    case statusLines
    /// As F, the days across.
    case personGrid
    /// As F, in weeks: the day's number above its mark.
    case calendar
    // D (several blocks on a sheet) and E (a sheet per village) are arrangements of blocks of the kinds above.

    /// Whether daily marks stand in it; the others are held (`no-daily-evidence`).
    public var hasDailyMarks: Bool { self != .totalsOnly && self != .exceptionsOnly }
}

/// One block of attendance for one month, read from one sheet: what was sent, statuses resolved by the sheet's legend,
/// nothing matched yet.
public struct AttendanceBlock: Hashable, Sendable, Codable {
    public var sheet: String
    /// Place of the block in its sheet, from 0, in reading order.
    public var index: Int
    public var layout: AttendanceLayoutID
    public var period: Period
    /// Texts that may name county, township, village or unit of all rows.
    public var context: [ContextText]
    /// In reading order.
    public var rows: [AttendanceRow]
    /// About the block itself (legend, period, hidden sheet); place is filled in when it is matched.
    public var findings: [Finding]
    /// Of which days and of whom the block speaks: what a newer file may replace by it.
    public var scope: BlockScope

    public init(
        sheet: String, index: Int, layout: AttendanceLayoutID, period: Period, context: [ContextText],
        rows: [AttendanceRow], findings: [Finding] = [], scope: BlockScope = BlockScope()
    ) {
        self.sheet = sheet
        self.index = index
        self.layout = layout
        self.period = period
        self.context = context
        self.rows = rows
        self.findings = findings
        self.scope = scope
    }
}

/// Of which days and of whom a block speaks. Source: spec §5.2.
public struct BlockScope: Hashable, Sendable, Codable {
    /// First day of the month that it speaks of; with `lastDay` the month where nothing says less.
    public var firstDay: Int
    /// Last day; 31 stands for the month's end.
    public var lastDay: Int
    /// The role that the title names alone (第一书记, 工作队员); nil where it names none or both.
    public var roleAlone: PostingRole?
    /// 补报, 补充: adds people and takes nothing away.
    public var isSupplement: Bool

    public init(firstDay: Int = 1, lastDay: Int = 31, roleAlone: PostingRole? = nil, isSupplement: Bool = false) {
        self.firstDay = firstDay
        self.lastDay = lastDay
        self.roleAlone = roleAlone
        self.isSupplement = isSupplement
    }
}

extension BlockScope {
    /// Whether both speak of the same days.
    public func hasSameDays(as other: BlockScope) -> Bool {
        firstDay == other.firstDay && lastDay == other.lastDay
    }
}

/// A person's row (or column, or sheet) of a block.
public struct AttendanceRow: Hashable, Sendable, Codable {
    /// As sent, with its cell: the cell of every finding about the row.
    public var name: SubmittedText
    /// As sent; nil where the layout has no ID. A number cell keeps its shortest digits.
    public var residentID: SubmittedText?
    public var county: SubmittedText?
    public var township: SubmittedText?
    public var village: SubmittedText?
    public var sendingUnit: SubmittedText?
    public var isHidden: Bool
    /// Every date of the block with a mark or an empty mark cell, ascending by date; a log may name a date twice.
    /// Marks on dates the month does not have are left out (`impossible-day` stands in `findings`).
    public var days: [DayMark]
    /// 出勤天数 as stated.
    public var total: StatedTotal?
    /// Leave ranges as sent (layout J); empty elsewhere. They are no marks, but a decision about the row rests on them.
    public var leave: String
    /// Of this row's cells: unknown marks, impossible days, uncached formulas, ambiguous dates, hidden row.
    public var findings: [Finding]

    public init(
        name: SubmittedText, residentID: SubmittedText? = nil, county: SubmittedText? = nil,
        township: SubmittedText? = nil, village: SubmittedText? = nil, sendingUnit: SubmittedText? = nil,
        isHidden: Bool = false, days: [DayMark] = [], total: StatedTotal? = nil, leave: String = "",
        findings: [Finding] = []
    ) {
        self.name = name
        self.residentID = residentID
        self.county = county
        self.township = township
        self.village = village
        self.sendingUnit = sendingUnit
        self.isHidden = isHidden
        self.days = days
        self.total = total
        self.leave = leave
        self.findings = findings
    }
}

/// What a row says of one date.
public struct DayMark: Hashable, Sendable, Codable {
    public var date: CivilDate
    public var morning: AttendanceStatus
    public var afternoon: AttendanceStatus
    /// The mark as sent; both, joined with `/`, where the halves have a cell each.
    public var text: String
    /// The cell of the mark (of the morning's).
    public var cell: CellAddress
    /// The afternoon's own cell, in layouts with one.
    public var afternoonCell: CellAddress?
    /// The mark says half a day without saying which (`半`, `0.5`, 4 hours): `morning` is then the status, the
    /// afternoon `blank`, and two such claims of one day do not name the same half.
    public var isUnnamedHalf: Bool

    /// Whether either half says anything.
    public var isMarked: Bool { morning != .blank || afternoon != .blank }

    public init(
        date: CivilDate, morning: AttendanceStatus, afternoon: AttendanceStatus, text: String, cell: CellAddress,
        afternoonCell: CellAddress? = nil, isUnnamedHalf: Bool = false
    ) {
        self.date = date
        self.morning = morning
        self.afternoon = afternoon
        self.text = text
        self.cell = cell
        self.afternoonCell = afternoonCell
        self.isUnnamedHalf = isUnnamedHalf
    }
}

/// 出勤天数 as a row states it.
public struct StatedTotal: Hashable, Sendable, Codable {
    /// Nil where the text is no number of whole or half days.
    public var halfDays: HalfDays?
    public var text: String
    public var cell: CellAddress
    /// A formula without a stored value.
    public var isUncached: Bool
    /// Presence of the row beyond its days here, which the figure counts too: of the sheet's other month, of columns
    /// that no day heads.
    public var presentBeyond: HalfDays
    /// The same with official and training days.
    public var stationedBeyond: HalfDays

    public init(
        halfDays: HalfDays?, text: String, cell: CellAddress, isUncached: Bool = false, presentBeyond: HalfDays = .zero,
        stationedBeyond: HalfDays = .zero
    ) {
        self.halfDays = halfDays
        self.text = text
        self.cell = cell
        self.isUncached = isUncached
        self.presentBeyond = presentBeyond
        self.stationedBeyond = stationedBeyond
    }
}

/// Everything understood of one file.
public struct SubmittedWorkbook: Hashable, Sendable {
    public var blocks: [AttendanceBlock]
    public var formRows: [FormRow]
    /// About the file or a sheet as a whole, belonging to no block or row: unknown form, missing column, unknown month.
    public var findings: [Finding]

    public init(blocks: [AttendanceBlock] = [], formRows: [FormRow] = [], findings: [Finding] = []) {
        self.blocks = blocks
        self.formRows = formRows
        self.findings = findings
    }
}
