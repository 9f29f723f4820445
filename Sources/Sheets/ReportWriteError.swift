import Domain

/// Why a report could not be written. The run then ends with exit code 2; what stood there before still stands.
public enum ReportWriteError: Error, Equatable, CustomStringConvertible {
    /// A call of the operating system failed.
    case file(path: String, call: String, errno: Int32, reason: String)
    /// The library refused a part of the workbook.
    case workbook(sheet: String, part: String, reason: String)
    /// A character that the encoding cannot hold; its place, not its text, is named.
    case encoding(table: String, row: Int, column: String, scalar: UInt32, encoding: String)

    /// For people: what happened and what to do; names places, never values.
    public var text: BilingualText {
        switch self {
        case .file(let path, _, let errno, _): FileFault(path: path, errno: errno).text
        case .workbook(let sheet, let part, let reason):
            BilingualText(
                zh: "工作表“\(sheet)”（\(part)）没有写成：\(reason)。原有文件没有改动。请检查内存后再运行。",
                en: "the sheet \(sheet) (\(part)) could not be written: \(reason). What stood there still stands.")
        case .encoding(let table, let row, let column, let scalar, let encoding):
            BilingualText(
                zh: "\(table) 第 \(row) 行“\(column)”列：\(encoding) 没有字符 U+\(hex(scalar))。请更正该字，或改用 UTF-8。",
                en:
                    "\(table), row \(row), column \(column): \(encoding) has no U+\(hex(scalar)). Mend the character "
                    + "or use UTF-8.")
        }
    }

    /// For logs: names places, never values.
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
