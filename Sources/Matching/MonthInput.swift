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
    /// Statuses that are paid (policy `payableStatuses`).
    public var payable: Set<AttendanceStatus>
    /// Whether a stated total alone is evidence (policy `acceptTotalsOnly`).
    public var acceptsTotalsOnly: Bool
    /// Decisions of people that may be about this month.
    public var decisions: [Decision] = []

    public init(
        period: Period, asOf: CivilDate, records: CountyRecords, heldRosterRows: [HeldRosterRow] = [],
        units: [UnitRecord] = [], blocks: [SubmittedBlock], foreignClaims: [PresenceClaim] = [],
        payable: Set<AttendanceStatus> = [.present], acceptsTotalsOnly: Bool = false
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
