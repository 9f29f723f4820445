/// Why a report could not be written. The run then ends with exit code 2; what stood there before still stands.
public enum ReportWriteError: Error, Equatable, CustomStringConvertible {
    /// A call of the operating system failed.
    case file(path: String, call: String, errno: Int32, reason: String)
    /// The library refused a part of the workbook.
    case workbook(sheet: String, part: String, reason: String)
    /// A character that the encoding cannot hold; its place, not its text, is named.
    case encoding(table: String, row: Int, column: String, scalar: UInt32, encoding: String)

    /// For logs and the terminal: names places, never values.
    public var description: String {
        switch self {
        case .file(let path, let call, _, let reason): "\(path): \(call): \(reason)"
        case .workbook(let sheet, let part, let reason): "sheet \(sheet), \(part): \(reason)"
        case .encoding(let table, let row, let column, let scalar, let encoding):
            "\(table), row \(row), column \(column): \(encoding) cannot hold U+\(hex(scalar))"
        }
    }

    private func hex(_ scalar: UInt32) -> String {
        let digits = String(scalar, radix: 16, uppercase: true)
        return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
}
