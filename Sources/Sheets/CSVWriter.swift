import Glibc
import Tables

/// CSV files: RFC 4180, CRLF, formula guard. Source: spec §9.
public enum CSVWriter {
    /// The bytes of a table.
    ///
    /// - Throws: `ReportWriteError.encoding` for a character that the encoding cannot hold; nothing becomes `?`.
    public static func bytes(of table: CSVTable, dialect: CSVDialect = CSVDialect()) throws(ReportWriteError) -> [UInt8]
    {
        precondition(dialect.separator.isASCII, "a CSV separator is one ASCII character")
        let separator = dialect.separator.asciiValue ?? 44
        var bytes: [UInt8] = []
        bytes.reserveCapacity(64 + table.rows.count * table.schema.columns.count * 12)
        if dialect.encoding == .utf8 { bytes += [0xEF, 0xBB, 0xBF] }
        if dialect.hasHeader { append(table.schema.columns.map(\.name), separator, to: &bytes) }
        for row in table.rows { append(row, separator, to: &bytes) }
        guard dialect.encoding == .gb18030 else { return bytes }
        guard let converted = TextEncoder.gb18030(bytes) else { throw misfit(table, dialect) }
        return converted
    }

    /// Writes a table; the same content leaves the file alone.
    @discardableResult
    public static func write(
        _ table: CSVTable, to path: String, dialect: CSVDialect = CSVDialect(), isDurable: Bool = false
    ) throws(ReportWriteError) -> AtomicFile.Outcome {
        try AtomicFile.write(bytes(of: table, dialect: dialect), to: path, isDurable: isDurable)
    }

    private static func append(_ cells: [String], _ separator: UInt8, to bytes: inout [UInt8]) {
        for (index, cell) in cells.enumerated() {
            if index > 0 { bytes.append(separator) }
            append(cell, separator, isAlone: cells.count == 1, to: &bytes)
        }
        bytes += [0x0D, 0x0A]
    }

    private static func append(_ cell: String, _ separator: UInt8, isAlone: Bool, to bytes: inout [UInt8]) {
        let isGuarded = FormulaGuard.needsGuard(cell)
        var text = LegalText.legal(cell)
        text.withUTF8 { utf8 in
            // A lone empty cell would be a blank line, which readers skip.
            var isQuoted = utf8.isEmpty && isAlone
            for byte in utf8 where byte == separator || byte == 0x22 || byte == 0x0D || byte == 0x0A {
                isQuoted = true
                break
            }
            if let first = utf8.first, let last = utf8.last, first == 0x20 || last == 0x20 { isQuoted = true }
            if isQuoted { bytes.append(0x22) }
            if isGuarded { bytes.append(0x27) }
            if isQuoted {
                for byte in utf8 {
                    if byte == 0x22 { bytes.append(0x22) }
                    bytes.append(byte)
                }
                bytes.append(0x22)
            } else {
                bytes.append(contentsOf: utf8)
            }
        }
    }

    /// Which character it was; only looked for once something did not fit.
    private static func misfit(_ table: CSVTable, _ dialect: CSVDialect) -> ReportWriteError {
        let headings = dialect.hasHeader ? [table.schema.columns.map(\.name)] : []
        for (row, cells) in (headings + table.rows).enumerated() {
            for (column, cell) in cells.enumerated() {
                for scalar in cell.unicodeScalars where TextEncoder.gb18030(Array(String(scalar).utf8)) == nil {
                    return .encoding(
                        table: table.schema.name, row: row + 1, column: table.schema.columns[column].name,
                        scalar: scalar.value, encoding: dialect.encoding.rawValue)
                }
            }
        }
        return .encoding(table: table.schema.name, row: 0, column: "", scalar: 0, encoding: dialect.encoding.rawValue)
    }
}

/// Encodings other than UTF-8, by the C library's strict `iconv`.
enum TextEncoder {
    /// UTF-8 as GB18030; nil where a character does not fit, or would read back as another.
    static func gb18030(_ utf8: [UInt8]) -> [UInt8]? {
        guard let encoded = convert(utf8, from: "UTF-8", to: "GB18030"),
            convert(encoded, from: "GB18030", to: "UTF-8") == utf8
        else { return nil }
        return encoded
    }

    private static func convert(_ source: [UInt8], from: String, to: String) -> [UInt8]? {
        let converter = iconv_open(to, from)
        guard converter != iconv_t(bitPattern: -1), let converter else { return nil }
        defer { iconv_close(converter) }
        var isWhole = true
        var input = source
        // A character of four bytes at most on either side: twice the source and some is always enough.
        let result = [UInt8](unsafeUninitializedCapacity: source.count * 2 + 16) { buffer, count in
            input.withUnsafeMutableBytes { bytes in
                buffer.withMemoryRebound(to: CChar.self) { output in
                    var from = bytes.baseAddress?.assumingMemoryBound(to: CChar.self)
                    var left = bytes.count
                    var into = output.baseAddress
                    var room = output.count
                    let irreversible = iconv(converter, &from, &left, &into, &room)
                    isWhole = irreversible == 0 && left == 0
                    count = output.count - room
                }
            }
        }
        return isWhole ? result : nil
    }
}
