import CLibCSV
import Domain
import Tables

/// Reads .csv and .txt, and text saved under the name of a workbook.
///
/// All cells are texts; the one sheet has an empty name; rows are numbered as a spreadsheet program numbers them,
/// blank lines included.
public enum TextReader: SheetReading {
    public static let format = WorkbookFormat.text

    public static func read(
        _ bytes: UnsafeRawBufferPointer, limits: ReadingLimits = ReadingLimits()
    ) throws(WorkbookRefusal) -> Workbook {
        try FileContent.refuseMarkup(bytes.prefix(8192))
        let text = try TextDecoding.utf8(bytes)
        try FileContent.refuseMarkup(text)
        guard text.contains(where: { $0 > 0x20 }) else { throw WorkbookRefusal(.fileEmpty) }

        var body = text[...]
        let separator: Separator
        if let declared = declaredSeparator(text) {
            separator = declared.separator
            body = text[declared.end...]
        } else {
            separator = SeparatedLines.separator(body)
        }
        // libcsv would swallow the rest of the file into the field.
        if let record = SeparatedLines.scan(body, separator).brokenQuote {
            throw .damaged("第\(record)行引号不成对")
        }
        return Workbook(format: .text, sheets: [try parse(body, separator, limits)])
    }

    /// Excel's own first line `sep=;`, which it does not show as a row.
    private static func declaredSeparator(_ text: [UInt8]) -> (separator: Separator, end: Int)? {
        guard text.count >= 6, text[..<4].elementsEqual("sep=".utf8), let separator = Separator(rawValue: text[4])
        else { return nil }
        switch text[5] {
        case 0x0A: return (separator, 6)
        case 0x0D: return (separator, text.count > 6 && text[6] == 0x0A ? 7 : 6)
        default: return nil
        }
    }

    private static func parse(
        _ text: ArraySlice<UInt8>, _ separator: Separator, _ limits: ReadingLimits
    ) throws(WorkbookRefusal) -> CellGrid {
        var parser = csv_parser()
        // Reporting every line end keeps the numbers of blank lines, which libcsv skips otherwise.
        guard csv_init(&parser, UInt8(CSV_REPALL_NL)) == 0 else { throw .damaged("内存不足") }
        defer { csv_free(&parser) }
        csv_set_blk_size(&parser, 4096)
        csv_set_delim(&parser, separator.rawValue)
        csv_set_space_func(&parser) { _ in 0 }
        let collector = FieldCollector(limits)
        let me = Unmanaged.passUnretained(collector).toOpaque()
        let onField: @convention(c) (UnsafeMutableRawPointer?, Int, UnsafeMutableRawPointer?) -> Void = {
            field, count, me in
            guard let me else { return }
            Unmanaged<FieldCollector>.fromOpaque(me).takeUnretainedValue()
                .field(UnsafeRawBufferPointer(start: field, count: field == nil ? 0 : count))
        }
        let onRecord: @convention(c) (Int32, UnsafeMutableRawPointer?) -> Void = { end, me in
            guard let me else { return }
            Unmanaged<FieldCollector>.fromOpaque(me).takeUnretainedValue().lineEnd(end)
        }
        let parsed = text.withUnsafeBytes { csv_parse(&parser, $0.baseAddress, $0.count, onField, onRecord, me) }
        guard parsed == text.count, csv_fini(&parser, onField, onRecord, me) == 0 else { throw .damaged("文本无法读取") }
        return try withExtendedLifetime(collector) { () throws(WorkbookRefusal) in try collector.finish() }
    }
}

/// Takes fields and line ends from libcsv.
private final class FieldCollector {
    private var grid = GridBuilder()
    private var budget: ReadingBudget
    private var refusal: WorkbookRefusal?
    private var row = 0
    private var column = 0
    private var isRowBegun = false
    /// Whether the last thing seen was a carriage return, of which a line feed is the second half.
    private var followsReturn = false

    init(_ limits: ReadingLimits) { budget = ReadingBudget(limits) }

    func field(_ bytes: UnsafeRawBufferPointer) {
        followsReturn = false
        let own = column
        column += 1
        guard refusal == nil, !bytes.isEmpty else { return }
        do throws(WorkbookRefusal) {
            guard bytes.count <= budget.limits.textBytesMax else { throw .tooLarge("单元格文字过长") }
            let text = FieldCollector.text(bytes)
            guard !text.isEmpty else { return }
            if !isRowBegun {
                try grid.begin(row: row, isHidden: false)
                isRowBegun = true
            }
            try grid.add(Cell(column: own, value: .text(text)), to: &budget)
        } catch {
            refusal = error
        }
    }

    /// `="0123"` is how exports keep a spreadsheet program from making a number of digits.
    private static func text(_ bytes: UnsafeRawBufferPointer) -> String {
        if bytes.count >= 3, bytes[0] == 0x3D, bytes[1] == 0x22, bytes[bytes.count - 1] == 0x22 {
            let inner = bytes[2..<(bytes.count - 1)]
            if !inner.contains(0x22) { return String(decoding: inner, as: UTF8.self) }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    func lineEnd(_ end: Int32) {
        if end == 0x0A, followsReturn {
            followsReturn = false
            return
        }
        followsReturn = end == 0x0D
        row += 1
        column = 0
        isRowBegun = false
    }

    func finish() throws(WorkbookRefusal) -> CellGrid {
        if let refusal { throw refusal }
        return try grid.finish(name: "", isHidden: false)
    }
}
