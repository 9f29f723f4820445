import Domain
import Registers

/// A block with the file that sent it.
public struct SubmittedBlock: Sendable {
    public let order: FileOrder
    public let block: AttendanceBlock
    /// Rows of the block that belong to the county, by index; nil for all.
    public let rowIndexes: [Int]?
    /// The month that the same file, mended in place, names instead; nil where the block stands.
    public let mendedTo: Period?

    public init(order: FileOrder, block: AttendanceBlock, rowIndexes: [Int]? = nil, mendedTo: Period? = nil) {
        self.order = order
        self.block = block
        self.rowIndexes = rowIndexes
        self.mendedTo = mendedTo
    }

    /// The rows of the county.
    var rows: [AttendanceRow] { rowIndexes.map { $0.map { block.rows[$0] } } ?? block.rows }
}

/// Everything one county's month is made of.
public struct MonthInput: Sendable {
    public var period: Period
    public var asOf: CivilDate
    public var records: CountyRecords
    public var heldRosterRows: [HeldRosterRow]
    /// Every unit of the unit registers.
    public var units: [UnitRecord]
    public var blocks: [SubmittedBlock]
    /// Presence of the county's people that other counties' sheets claim.
    public var foreignClaims: [PresenceClaim]
    /// Statuses that are paid, day by day (policy `payableStatuses`).
    public var payable: PayableStatuses
    /// What other counties' batches issued to people of this month for its days, and did not take back.
    public var issuedElsewhere: [IssuedElsewhere] = []
    /// What the county's batches issued for the month, by whatever ID; and others' to accounts of the county's people.
    public var issued: [IssuedDays] = []
    /// Whether a stated total alone is evidence (policy `acceptTotalsOnly`).
    public var acceptsTotalsOnly: Bool
    /// Rates of the stipend by day of the month, numbered in their order; 0 where a stated total is not accepted, empty
    /// for one rate. A stated total has no days: it needs one rate on all posted days. Source: spec §7.
    public var totalRates: [Int] = []
    /// Whether stated totals are set day by day against what others claim and were issued; false for batches of
    /// programs that laid them on the first posted days.
    public var laysTotals = true
    /// Decisions of people that may be about this month.
    public var decisions: [Decision] = []

    public init(
        period: Period, asOf: CivilDate, records: CountyRecords, heldRosterRows: [HeldRosterRow] = [],
        units: [UnitRecord] = [], blocks: [SubmittedBlock], foreignClaims: [PresenceClaim] = [],
        payable: PayableStatuses = [.present], acceptsTotalsOnly: Bool = false
    ) {
        self.period = period
        self.asOf = asOf
        self.records = records
        self.heldRosterRows = heldRosterRows
        self.units = units
        self.blocks = blocks
        self.foreignClaims = foreignClaims
        self.payable = payable
        self.acceptsTotalsOnly = acceptsTotalsOnly
    }
}
