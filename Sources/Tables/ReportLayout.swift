import Domain

/// How wide text is on paper. Unit: widths of the digit 0 in the default font; an ideograph counts two.
public enum TextWidth {
    /// The widest line of the text.
    public static func of(_ text: String) -> Int {
        var text = text
        return text.withUTF8 { bytes in
            var widest = 0
            var width = 0
            var index = 0
            while index < bytes.count {
                if bytes[index] == 0x0A {
                    widest = max(widest, width)
                    width = 0
                    index += 1
                } else {
                    let (step, length) = scalar(bytes, index)
                    width += step
                    index += length
                }
            }
            return max(widest, width)
        }
    }

    /// How many lines the text takes in a column of that width, broken at any character.
    public static func lines(_ text: String, in columnWidth: Double) -> Int {
        let room = max(2, Int(columnWidth))
        var text = text
        return text.withUTF8 { bytes in
            // No character is wider than it has bytes.
            if bytes.count <= room, !bytes.contains(0x0A) { return 1 }
            var lines = 1
            var width = 0
            var index = 0
            while index < bytes.count {
                if bytes[index] == 0x0A {
                    lines += 1
                    width = 0
                    index += 1
                    continue
                }
                let (step, length) = scalar(bytes, index)
                if width + step > room {
                    lines += 1
                    width = 0
                }
                width += step
                index += length
            }
            return lines
        }
    }

    /// The width and the length of the character that begins at a byte of UTF-8.
    @inline(__always)
    private static func scalar(_ bytes: UnsafeBufferPointer<UInt8>, _ index: Int) -> (width: Int, length: Int) {
        let byte = bytes[index]
        if byte < 0x80 { return (1, 1) }
        // U+0300…U+036F, and all others below U+0800.
        if byte < 0xE0 { return (byte == 0xCC || byte == 0xCD && bytes[index + 1] < 0xB0 ? 0 : 1, 2) }
        if byte >= 0xF0 { return (2, 4) }
        let value = UInt32(byte & 0x0F) << 12 | UInt32(bytes[index + 1] & 0x3F) << 6 | UInt32(bytes[index + 2] & 0x3F)
        switch value {
        case 0x200B...0x200F, 0xFE00...0xFE0F, 0xFEFF: return (0, 3)
        default: return (value < 0x2000 ? 1 : 2, 3)
        }
    }
}

extension ReportCell {
    /// About what the reader sees; for measuring only.
    var displayWidth: Int {
        switch value {
        case .empty, .boolean: value == .empty ? 0 : 5
        case .text(let text): TextWidth.of(text)
        case .link(let text, _, _): TextWidth.of(text)
        case .number(let number): width(of: number)
        case .double(let number): CellValue.numberText(number).utf8.count
        case .date: 10
        case .dateTime: 19
        case .formula(_, .number(let number)): width(of: number)
        case .formula(_, .text(let text)): TextWidth.of(text)
        }
    }

    private func width(of number: ReportDecimal) -> Int {
        let text = number.text.utf8.count
        switch style.numberFormat {
        case .amount:
            let whole = text - (number.scale > 0 ? number.scale + 1 : 0)
            return whole + max(0, (whole - (number.digits < 0 ? 2 : 1)) / 3) + 3
        case .percent: return 7
        default: return text
        }
    }
}

/// Widths and heights of a sheet by its content.
public struct ReportLayout: Sendable {
    /// By column from 0. Unit: widths of the digit 0.
    public let columnWidths: [Double]
    /// By row. Unit: points; only rows that need another height than their font's.
    public let rowHeights: [Int: Double]

    /// Measures every cell once. Complexity: O(cells × text).
    public init(of sheet: ReportSheet) {
        var spans: [CellAddress: CellRange] = [:]
        for merge in sheet.merges { spans[CellAddress(row: merge.top, column: merge.left)] = merge }
        let mergedRows = Set(sheet.merges.map(\.top))
        var widths = sheet.columns.map { column -> Double in
            switch column.width {
            case .fixed(let width): width
            case .fit(let min, _): min
            }
        }
        var row = (number: -1, isMerged: false)
        for cell in sheet.cells where cell.column < widths.count {
            guard case .fit(_, let limit) = sheet.columns[cell.column].width, widths[cell.column] < limit else {
                continue
            }
            if cell.row != row.number { row = (cell.row, mergedRows.contains(cell.row)) }
            if row.isMerged, spans[CellAddress(row: cell.row, column: cell.column)] != nil { continue }
            let scale = Double(max(cell.style.size, 10)) / 10
            let needed = (Double(cell.displayWidth) + (cell.style.isBold ? 0.5 : 0)) * scale + 1.5
            widths[cell.column] = min(limit, max(widths[cell.column], needed))
        }
        columnWidths = widths
        rowHeights = ReportLayout.heights(of: sheet, widths: widths, spans: spans)
    }

    private static let defaultWidth = 8.43
    /// Five pixels a column, of seven a digit.
    public static let columnAir = 5.0 / 7

    private static func heights(
        of sheet: ReportSheet, widths: [Double], spans: [CellAddress: CellRange]
    ) -> [Int: Double] {
        var heights: [Int: Double] = [:]
        for cell in sheet.cells where cell.style.wraps || cell.style.size > 10 {
            if cell.value == .empty { continue }
            var width = cell.column < widths.count ? widths[cell.column] : defaultWidth
            if let span = spans[CellAddress(row: cell.row, column: cell.column)] {
                if span.bottom > span.top { continue }
                width = (span.left...span.right).reduce(0) { $0 + ($1 < widths.count ? widths[$1] : defaultWidth) }
                // Each column has air of its own beside its digits; between merged ones text stands in it.
                width += Double(span.right - span.left) * columnAir
            }
            var lines = 1
            if cell.style.wraps {
                let scale = Double(max(cell.style.size, 10)) / 10
                switch cell.value {
                case .text(let text), .link(let text, _, _), .formula(_, .text(let text)):
                    lines = TextWidth.lines(text, in: (width - 1 - 2 * Double(cell.style.indent)) / scale)
                default: break
                }
            }
            guard lines > 1 || cell.style.size > 10 else { continue }
            // 409 points is the most a row of the file format can have.
            let height = max(sheet.defaultRowHeight ?? 0, min(409, Double(lines * cell.style.size) * 1.35 + 5))
            heights[cell.row] = max(heights[cell.row] ?? 0, height)
        }
        for (row, height) in sheet.rowHeights { heights[row] = height }
        return heights
    }
}
