import Domain

/// A cell that holds something.
public struct Cell: Hashable, Sendable {
    /// From 0.
    public let column: Int
    public let value: CellValue
    /// A formula whose file stores no value; `value` is then `.empty`.
    public let isUncachedFormula: Bool
    /// Whether a formula stands there, stored value or not.
    public let isFormula: Bool
    /// A date of which its number format shows year and month alone.
    public let showsMonth: Bool

    public init(
        column: Int, value: CellValue, isFormula: Bool = false, isUncachedFormula: Bool = false,
        showsMonth: Bool = false
    ) {
        self.showsMonth = showsMonth
        self.column = column
        self.value = value
        self.isFormula = isFormula
        self.isUncachedFormula = isUncachedFormula
    }
}

/// A row that holds something.
public struct CellRow: Hashable, Sendable {
    /// From 0.
    public let index: Int
    public let isHidden: Bool
    /// By column, ascending; none twice.
    public let cells: [Cell]

    public init(index: Int, isHidden: Bool = false, cells: [Cell]) {
        self.index = index
        self.isHidden = isHidden
        self.cells = cells
    }

    /// The cell in that column, nil where nothing stands. Complexity: O(log cells).
    public func cell(_ column: Int) -> Cell? {
        var low = 0
        var high = cells.count
        while low < high {
            let middle = (low + high) / 2
            if cells[middle].column < column { low = middle + 1 } else { high = middle }
        }
        return low < cells.count && cells[low].column == column ? cells[low] : nil
    }
}

/// A rectangle of cells, both corners included. Shape: rows and columns from 0.
public struct CellRange: Hashable, Sendable {
    public let top: Int
    public let left: Int
    public let bottom: Int
    public let right: Int

    public init(top: Int, left: Int, bottom: Int, right: Int) {
        self.top = top
        self.left = left
        self.bottom = bottom
        self.right = right
    }

    public func contains(row: Int, column: Int) -> Bool {
        (top...bottom).contains(row) && (left...right).contains(column)
    }

    /// Whether all of another range lies within this one.
    public func contains(_ other: CellRange) -> Bool {
        contains(row: other.top, column: other.left) && contains(row: other.bottom, column: other.right)
    }
}

/// One sheet as it was sent: sparse rows, merged ranges, what is hidden. What every reader gives.
public struct CellGrid: Hashable, Sendable {
    /// Empty for a text file.
    public let name: String
    public let isHidden: Bool
    /// By index, ascending; none twice; only rows that hold something.
    public let rows: [CellRow]
    /// Merged ranges of more than one cell.
    public let merges: [CellRange]
    /// Hidden columns, ascending.
    public let hiddenColumns: [Int]
    /// The first cell that held a character no report can hold, which became U+FFFD; nil where there was none.
    public let replaced: CellAddress?

    public init(
        name: String, isHidden: Bool = false, rows: [CellRow], merges: [CellRange] = [], hiddenColumns: [Int] = [],
        replaced: CellAddress? = nil
    ) {
        self.name = name
        self.isHidden = isHidden
        self.rows = rows
        self.merges = merges
        self.hiddenColumns = hiddenColumns
        self.replaced = replaced
    }

    /// The row of that index, nil where it holds nothing. Complexity: O(log rows).
    public func row(_ index: Int) -> CellRow? {
        var low = 0
        var high = rows.count
        while low < high {
            let middle = (low + high) / 2
            if rows[middle].index < index { low = middle + 1 } else { high = middle }
        }
        return low < rows.count && rows[low].index == index ? rows[low] : nil
    }

    /// The cell itself, merged ranges not looked at.
    public func cell(_ row: Int, _ column: Int) -> Cell? { self.row(row)?.cell(column) }

    /// Whether no cell holds anything.
    public var isEmpty: Bool { rows.allSatisfy { $0.cells.allSatisfy { $0.value.isBlank && !$0.isUncachedFormula } } }
}

/// What a file is, by its content.
public enum WorkbookFormat: String, Hashable, Sendable, Codable {
    case xlsx, xls, text
}

/// A workbook as it was sent.
public struct Workbook: Hashable, Sendable {
    public let format: WorkbookFormat
    /// In the order of the file. A text file is one sheet with an empty name.
    public let sheets: [CellGrid]
    /// Custom document properties, by name.
    public let properties: [String: String]

    public init(format: WorkbookFormat, sheets: [CellGrid], properties: [String: String] = [:]) {
        self.format = format
        self.sheets = sheets
        self.properties = properties
    }

    /// The custom property by which a workbook of this program's is known when it comes back. Source: spec §5.1.
    public static let ownProperty = "zhucun"
    /// What a report says in it; templates and return workbooks are forms and have none.
    public static let reportKind = "report"
}
