/// A cell of a sheet. Shape: row and column count from 0.
public struct CellAddress: Hashable, Comparable, Sendable, Codable {
    /// From 0.
    public let row: Int
    /// From 0.
    public let column: Int

    /// The cell in that row and column, both from 0.
    public init(row: Int, column: Int) {
        self.row = row
        self.column = column
    }

    /// `A1` notation: `AK12`.
    public var a1: String { CellAddress.columnName(column) + String(row + 1) }

    /// `A`, `Z`, `AA`, … for a column from 0.
    public static func columnName(_ column: Int) -> String {
        var name = ""
        var rest = column
        repeat {
            name = String(UnicodeScalar(UInt8(65 + rest % 26))) + name
            rest = rest / 26 - 1
        } while rest >= 0
        return name
    }

    /// Reads `A1` notation (no `$`); nil for anything else.
    public init?(a1 text: String) {
        var column = 0
        var row = 0
        var letters = 0
        var digits = 0
        for byte in text.utf8 {
            switch byte {
            case 65...90 where digits == 0 && letters < 3:
                column = column * 26 + Int(byte - 64)
                letters += 1
            case 48...57 where letters > 0 && digits < 7:
                row = row * 10 + Int(byte - 48)
                digits += 1
            default: return nil
            }
        }
        guard letters > 0, digits > 0, row > 0 else { return nil }
        self.init(row: row - 1, column: column - 1)
    }

    public static func < (left: CellAddress, right: CellAddress) -> Bool {
        (left.row, left.column) < (right.row, right.column)
    }
}

/// Where something was sent: a file of the inbox, a sheet, a cell.
public struct SourceCell: Hashable, Comparable, Sendable, Codable {
    /// Relative to the inbox, with `/`; empty for a sheet of another county.
    public let file: String
    /// Empty for a text file; of another county's sheet its county and place.
    public let sheet: String
    /// The cell.
    public let address: CellAddress

    /// The cell `address` of `sheet` in `file`.
    public init(file: String, sheet: String, address: CellAddress) {
        self.file = file
        self.sheet = sheet
        self.address = address
    }

    /// Something that another county was sent: its files are its own, and only its name is told.
    public init(elsewhere county: String) {
        self.init(file: "", sheet: county, address: CellAddress(row: 0, column: 0))
    }

    /// Whether another county was sent it: it has no cell here.
    public var isElsewhere: Bool { file.isEmpty }

    /// `考勤/碾伯镇.xlsx 11月!D9`; of another county's its name and place.
    public var text: String {
        if isElsewhere { return sheet }
        return sheet.isEmpty ? "\(file) \(address.a1)" : "\(file) \(sheet)!\(address.a1)"
    }

    public static func < (left: SourceCell, right: SourceCell) -> Bool {
        (left.file, left.sheet, left.address) < (right.file, right.sheet, right.address)
    }
}
