/// What a CSV column holds; also its type in the data package.
public enum CSVType: String, Hashable, Sendable {
    case string, integer, number, date, year, yearmonth
    /// `58.33%`
    case percent

    /// Whether the column is text to its reader, though it may look like a number.
    public var isText: Bool { self == .string }
}

/// A column of a CSV report.
public struct CSVColumn: Hashable, Sendable {
    /// Its heading.
    public let name: String
    public let type: CSVType
    /// 元, 天, 人; empty where none.
    public let unit: String
    /// What the column says, for the data package; empty where the heading says all.
    public let description: String
    /// Whether every row has a value.
    public let isRequired: Bool

    public init(
        _ name: String, _ type: CSVType = .string, unit: String = "", description: String = "",
        isRequired: Bool = false
    ) {
        self.name = name
        self.type = type
        self.unit = unit
        self.description = description
        self.isRequired = isRequired
    }
}

/// A CSV report without its rows.
public struct CSVSchema: Hashable, Sendable {
    /// ASCII: `payments`, `work-funds`.
    public let name: String
    /// For the data package.
    public let title: String
    public let columns: [CSVColumn]
    /// Names of columns that together tell rows apart; empty where none do.
    public let primaryKey: [String]

    public init(name: String, title: String, columns: [CSVColumn], primaryKey: [String] = []) {
        self.name = name
        self.title = title
        self.columns = columns
        self.primaryKey = primaryKey
    }
}

/// A CSV report: its schema and its rows as text, a cell a column.
public struct CSVTable: Hashable, Sendable {
    public let schema: CSVSchema
    /// Each as long as `schema.columns`.
    public var rows: [[String]]

    public init(_ schema: CSVSchema, rows: [[String]]) {
        precondition(
            rows.allSatisfy { $0.count == schema.columns.count }, "a row of \(schema.name) has the wrong length")
        self.schema = schema
        self.rows = rows
    }
}

/// Encodings of CSV files.
public enum CSVEncoding: String, Hashable, Sendable, Codable, CaseIterable {
    /// UTF-8 with BOM, so that Excel reads it.
    case utf8 = "utf-8"
    case gb18030
}

/// How a CSV file is written.
public struct CSVDialect: Hashable, Sendable {
    public var encoding: CSVEncoding
    /// One ASCII character.
    public var separator: Character
    public var hasHeader: Bool

    /// The project's default: comma, header row, UTF-8 with BOM; line ends are always CRLF.
    public init(encoding: CSVEncoding = .utf8, separator: Character = ",", hasHeader: Bool = true) {
        self.encoding = encoding
        self.separator = separator
        self.hasHeader = hasHeader
    }
}

/// Guards a spreadsheet program's reader against text that it would run as a formula.
public enum FormulaGuard {
    /// The text with a leading `'` where it begins like a formula and is no plain number. Source: spec §9.
    public static func guarded(_ text: String) -> String { needsGuard(text) ? "'" + text : text }

    /// Whether the text begins with `= + - @`, their full-width forms, tab or CR, and is no plain number.
    public static func needsGuard(_ text: String) -> Bool {
        guard let first = text.unicodeScalars.first else { return false }
        switch first.value {
        case 0x3D, 0x40, 0xFF1D, 0xFF0B, 0xFF0D, 0xFF20, 0x09, 0x0D: return true
        case 0x2B, 0x2D: return !isPlainNumber(text)
        default: return false
        }
    }

    /// A sign, digits, and at most one point with digits on both sides.
    static func isPlainNumber(_ text: String) -> Bool {
        var digits = 0
        var points = 0
        for (index, byte) in text.utf8.enumerated() {
            switch byte {
            case 48...57: digits += 1
            case 43, 45: if index > 0 { return false }
            case 46:
                if digits == 0 || points > 0 { return false }
                points += 1
                digits = 0
            default: return false
            }
        }
        return digits > 0
    }
}
