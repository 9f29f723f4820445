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
    /// By the style number that cells carry.
    private var formats: [NumberFormat] = []
    private var formatOfStyle: [Int] = []
    private var custom: [Int: NumberFormat] = [:]
    private var sheets: [Sheet] = []

    static func read(_ stream: LittleEndian, limits: ReadingLimits) throws(WorkbookRefusal) -> Workbook {
        var workbook = XLSWorkbook(stream: stream, limits: limits)
        try workbook.readGlobals()
        guard workbook.sheets.count <= limits.sheetsMax else { throw .tooLarge("工作表超过\(limits.sheetsMax)张") }
        if !workbook.formulasAreStored { workbook.formulasAreStored = XLSFormula.anyStored(stream) }
        workbook.formats = workbook.formatOfStyle.map { workbook.custom[$0] ?? NumberFormat(builtIn: $0) }
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

    /// What the style makes of a number, General where the workbook has no styles; nil where it has others.
    func format(ofStyle style: Int) -> NumberFormat? {
        formats.isEmpty ? NumberFormat(builtIn: 0) : style < formats.count ? formats[style] : nil
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
                custom[id] = NumberFormat(code: try text.text())
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
