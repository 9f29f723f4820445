/// What one file may hold. Whatever exceeds a limit is refused whole.
///
/// Source: spec §5.1; the defaults take every sheet that a spreadsheet program can save in ordinary use.
public struct ReadingLimits: Hashable, Sendable {
    /// Size of the file itself. Unit: bytes.
    public var fileBytesMax = 64 << 20
    /// One inflated part of a container. Unit: bytes.
    public var partBytesMax = 128 << 20
    /// All inflated parts of a container together. Unit: bytes.
    public var totalBytesMax = 256 << 20
    /// Inflated bytes for each compressed byte of a part, looked at beyond `ratioFloorBytes`.
    public var ratioMax = 200
    /// Inflated size up to which a part's ratio does not matter. Unit: bytes.
    public var ratioFloorBytes = 1 << 20
    /// Rows of a sheet, counted from its first to its last that holds something.
    public var rowsMax = 1_048_576
    /// Columns of a sheet, counted from its first to its last that holds something.
    public var columnsMax = 16_384
    /// Cells that hold something, all sheets together; shared texts too.
    public var cellsMax = 4_000_000
    /// Text of one cell. Unit: bytes of UTF-8.
    public var textBytesMax = 131_072
    /// Sheets of a workbook.
    public var sheetsMax = 1_024
    /// Merged ranges of a workbook.
    public var mergesMax = 200_000
    /// Entries of a container, used or not.
    public var entriesMax = 20_000

    public init() {}
}

/// What of the limits one file has used up so far.
struct ReadingBudget {
    let limits: ReadingLimits
    private var cells = 0
    private var merges = 0
    private var inflatedBytes = 0
    private var records = 0

    init(_ limits: ReadingLimits) { self.limits = limits }

    mutating func countCell(row: Int, column: Int) throws(WorkbookRefusal) {
        cells += 1
        if cells > limits.cellsMax { throw .tooLarge("单元格超过\(limits.cellsMax)个") }
        if row >= limits.rowsMax { throw .tooLarge("行数超过\(limits.rowsMax)") }
        if column >= limits.columnsMax { throw .tooLarge("列数超过\(limits.columnsMax)") }
    }

    mutating func countMerge() throws(WorkbookRefusal) {
        merges += 1
        if merges > limits.mergesMax { throw .tooLarge("合并区域超过\(limits.mergesMax)个") }
    }

    /// Records of sheets; more than the stream can hold means that sheets overlap and the work has no bound.
    mutating func countRecord(streamBytes: Int) throws(WorkbookRefusal) {
        records += 1
        if records > streamBytes / 4 { throw .damaged("工作表记录重叠") }
    }

    mutating func countInflated(_ bytes: Int) throws(WorkbookRefusal) {
        inflatedBytes += bytes
        if inflatedBytes > limits.totalBytesMax {
            throw WorkbookRefusal(.fileBomb, "解压后合计超过\(limits.totalBytesMax >> 20)兆字节")
        }
    }
}
