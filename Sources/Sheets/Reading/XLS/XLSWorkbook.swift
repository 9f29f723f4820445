import Domain
import Tables

/// What all sheets of an .xls workbook share.
struct XLSWorkbook {
    private struct Sheet {
        let name: String
        let offset: Int
        let isHidden: Bool
    }

    let stream: LittleEndian
    let limits: ReadingLimits
    private(set) var strings: [String] = []
    private(set) var dateSystem = DateSystem.from1900
    /// Whether formulas carry results; see `XLSFormula`.
    private(set) var formulasAreStored = false
    private var kinds: [NumberFormatKind] = []
    /// Numbers of the styles that show of a date its month alone.
    private(set) var monthStyles: Set<Int> = []
    /// What styles show in place of numbers, by their number.
    private var wordStyles: [Int: WordFormat] = [:]
    private var wordFormats: [Int: WordFormat] = [:]
    private var formatOfStyle: [Int] = []
    private var custom: [Int: NumberFormatKind] = [:]
    private var monthFormats: Set<Int> = []
    private var sheets: [Sheet] = []

    static func read(_ stream: LittleEndian, limits: ReadingLimits) throws(WorkbookRefusal) -> Workbook {
        var workbook = XLSWorkbook(stream: stream, limits: limits)
        try workbook.readGlobals()
        guard workbook.sheets.count <= limits.sheetsMax else { throw .tooLarge("工作表超过\(limits.sheetsMax)张") }
        if !workbook.formulasAreStored { workbook.formulasAreStored = XLSFormula.anyStored(stream) }
        workbook.kinds = workbook.formatOfStyle.map { workbook.custom[$0] ?? NumberFormatKind(builtIn: $0) }
        workbook.monthStyles = Set(
            workbook.formatOfStyle.enumerated().filter { _, id in
                workbook.custom[id] == nil ? MonthFormat.isMonth(builtIn: id) : workbook.monthFormats.contains(id)
            }.map(\.offset))
        for (style, id) in workbook.formatOfStyle.enumerated() {
            if let words = workbook.wordFormats[id] { workbook.wordStyles[style] = words }
        }
        var grids: [CellGrid] = []
        var budget = ReadingBudget(limits)
        for sheet in workbook.sheets {
            var reader = XLSSheet(workbook: workbook, budget: budget)
            grids.append(try reader.read(at: sheet.offset, name: sheet.name, isHidden: sheet.isHidden))
            budget = reader.budget
        }
        return Workbook(format: .xls, sheets: grids)
    }

    private init(stream: LittleEndian, limits: ReadingLimits) {
        self.stream = stream
        self.limits = limits
    }

    func hasStyle(_ style: Int) -> Bool { kind(ofStyle: style) != nil }

    /// What the style makes of a number; nil where the workbook has no such style.
    private func kind(ofStyle style: Int) -> NumberFormatKind? {
        kinds.isEmpty ? .number : style < kinds.count ? kinds[style] : nil
    }

    /// The value of a stored number under a style; nil where the workbook has no such style.
    func value(_ number: Double, style: Int) -> CellValue? {
        guard let kind = kind(ofStyle: style) else { return nil }
        return wordStyles[style]?.shown(number).map { .text($0) } ?? dateSystem.value(serial: number, kind: kind)
    }

    private static var damaged: WorkbookRefusal { .damaged("工作簿记录有误") }

    private mutating func readGlobals() throws(WorkbookRefusal) {
        var records = BIFFRecords(stream, from: 0)
        guard let first = try records.next(), first.kind == BIFFKind.beginOfFile, let version = first.body.u16(0) else {
            throw XLSWorkbook.damaged
        }
        guard version == 0x0600 else { throw WorkbookRefusal(.fileOldBinary, "Excel 5.0/95") }
        while let record = try records.next() {
            switch record.kind {
            case BIFFKind.endOfFile: return
            case BIFFKind.excel2000: formulasAreStored = true
            case BIFFKind.filePass: throw WorkbookRefusal(.fileEncrypted)
            case BIFFKind.dateMode: if record.body.u16(0) == 1 { dateSystem = .from1904 }
            case BIFFKind.cellFormat:
                guard let format = record.body.u16(2) else { throw XLSWorkbook.damaged }
                formatOfStyle.append(format)
            case BIFFKind.numberFormat:
                guard let id = record.body.u16(0) else { throw XLSWorkbook.damaged }
                var text = BIFFText(record.body, at: 2, continuedIn: records, bytesMax: limits.textBytesMax)
                let code = try text.text()
                custom[id] = NumberFormatKind(code: code.utf8)
                if MonthFormat.isMonth(code: code.utf8) { monthFormats.insert(id) }
                wordFormats[id] = WordFormat(code: code)
            case BIFFKind.boundSheet: try addSheet(record.body)
            case BIFFKind.sharedStrings: try readStrings(record, records)
            default: break
            }
        }
        throw XLSWorkbook.damaged
    }

    private mutating func addSheet(_ body: LittleEndian) throws(WorkbookRefusal) {
        guard let offset = body.u32(0), let visibility = body.u8(4), let kind = body.u8(5), let count = body.u8(6),
            let flags = body.u8(7)
        else { throw XLSWorkbook.damaged }
        // Macro, chart and module sheets hold no cells.
        guard kind == 0 else { return }
        var units: [UInt16] = []
        for index in 0..<count {
            guard let unit = flags & 1 != 0 ? body.u16(8 + index * 2) : body.u8(8 + index) else {
                throw XLSWorkbook.damaged
            }
            units.append(UInt16(unit))
        }
        sheets.append(
            Sheet(name: String(decoding: units, as: UTF16.self), offset: offset, isHidden: visibility & 3 != 0))
    }

    private mutating func readStrings(_ record: BIFFRecord, _ records: BIFFRecords) throws(WorkbookRefusal) {
        guard strings.isEmpty, let count = record.body.u32(4) else { throw XLSWorkbook.damaged }
        // The shortest text takes three bytes.
        guard count <= stream.count / 3 else { throw XLSWorkbook.damaged }
        guard count <= limits.cellsMax else { throw .tooLarge("文字超过\(limits.cellsMax)条") }
        strings.reserveCapacity(count)
        var text = BIFFText(record.body, at: 8, continuedIn: records, bytesMax: limits.textBytesMax)
        for _ in 0..<count { strings.append(try text.text()) }
    }
}
