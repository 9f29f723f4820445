import Domain
import Tables

/// Reads one sheet of an .xls workbook.
struct XLSSheet {
    private let workbook: XLSWorkbook
    private(set) var budget: ReadingBudget
    private var grid = GridBuilder()
    private var row = -1
    private var hiddenRows: Set<Int> = []

    init(workbook: XLSWorkbook, budget: ReadingBudget) {
        self.workbook = workbook
        self.budget = budget
    }

    private static var damaged: WorkbookRefusal { .damaged("工作表记录有误") }

    /// The sheet whose BOF record stands at that place of the stream.
    mutating func read(at offset: Int, name: String, isHidden: Bool) throws(WorkbookRefusal) -> CellGrid {
        var records = BIFFRecords(workbook.stream, from: offset)
        guard let first = try records.next(), first.kind == BIFFKind.beginOfFile, first.body.u16(0) == 0x0600 else {
            throw .damaged("工作表“\(name)”没有内容")
        }
        // Charts stand inside a sheet as streams of their own.
        var depth = 1
        while depth > 0 {
            guard let record = try records.next() else { throw .damaged("工作表“\(name)”不完整") }
            try budget.countRecord(streamBytes: workbook.stream.count)
            switch record.kind {
            case BIFFKind.beginOfFile: depth += 1
            case BIFFKind.endOfFile: depth -= 1
            default: if depth == 1 { try take(record, &records) }
            }
        }
        return try grid.finish(name: name, isHidden: isHidden, hiddenRows: hiddenRows)
    }

    private mutating func take(_ record: BIFFRecord, _ records: inout BIFFRecords) throws(WorkbookRefusal) {
        let body = record.body
        switch record.kind {
        case BIFFKind.labelShared:
            guard let index = body.u32(6), index < workbook.strings.count else { throw XLSSheet.damaged }
            try add(body, text: workbook.strings[index])
        case BIFFKind.label, BIFFKind.richString:
            var text = BIFFText(body, at: 6, continuedIn: records, bytesMax: budget.limits.textBytesMax)
            try add(body, text: try text.text())
        case BIFFKind.number:
            guard let number = body.double(6) else { throw XLSSheet.damaged }
            try add(body, try dated(number, style: body.u16(4)))
        case BIFFKind.rk:
            guard let bits = body.u32(6) else { throw XLSSheet.damaged }
            try add(body, try dated(XLSSheet.number(rk: bits), style: body.u16(4)))
        case BIFFKind.multipleRK: try addMultiple(body)
        case BIFFKind.booleanOrError:
            guard let code = body.u8(6), let isError = body.u8(7) else { throw XLSSheet.damaged }
            try add(body, isError != 0 ? .error(XLSFormula.errorName(code)) : .boolean(code != 0))
        case BIFFKind.formula: try addFormula(body, records)
        case BIFFKind.row: try noteRow(body)
        case BIFFKind.columnInfo: try noteColumns(body)
        case BIFFKind.mergedCells: try addMerges(body)
        default: break
        }
    }

    private mutating func add(_ body: LittleEndian, text: String) throws(WorkbookRefusal) {
        if !text.isEmpty { try add(body, .text(text)) }
    }

    /// The value of a record that begins with row and column.
    private mutating func add(
        _ body: LittleEndian, _ value: CellValue, isFormula: Bool = false
    ) throws(WorkbookRefusal) {
        guard let row = body.u16(0), let column = body.u16(2) else { throw XLSSheet.damaged }
        try add(row, column, value, style: body.u16(4), isFormula: isFormula)
    }

    private mutating func add(
        _ row: Int, _ column: Int, _ value: CellValue, style: Int?, isFormula: Bool = false
    ) throws(WorkbookRefusal) {
        guard column < 256 else { throw XLSSheet.damaged }
        if row != self.row {
            self.row = row
            try grid.begin(row: row, isHidden: false)
        }
        let cell = Cell(
            column: column, value: value, isFormula: isFormula, isUncachedFormula: isFormula && value.isMissing,
            showsMonth: value.isDate && style.flatMap(workbook.format)?.showsMonth ?? false)
        try grid.add(cell, to: &budget)
    }

    private func dated(_ number: Double, style: Int?) throws(WorkbookRefusal) -> CellValue {
        guard number.isFinite, let style, let format = workbook.format(ofStyle: style) else { throw XLSSheet.damaged }
        return format.value(number, workbook.dateSystem)
    }

    /// 30 bits of a whole number or of the upper half of a double, either perhaps times 100.
    private static func number(rk bits: Int) -> Double {
        let raw = UInt32(truncatingIfNeeded: bits)
        let number =
            raw & 2 != 0
            ? Double(Int32(bitPattern: raw) >> 2)
            : Double(bitPattern: UInt64(raw & 0xFFFF_FFFC) << 32)
        return raw & 1 != 0 ? number / 100 : number
    }

    private mutating func addMultiple(_ body: LittleEndian) throws(WorkbookRefusal) {
        guard let row = body.u16(0), let first = body.u16(2), body.count >= 12, (body.count - 6) % 6 == 0 else {
            throw XLSSheet.damaged
        }
        for index in 0..<((body.count - 6) / 6) {
            guard let style = body.u16(4 + index * 6), let bits = body.u32(6 + index * 6) else {
                throw XLSSheet.damaged
            }
            try add(row, first + index, try dated(XLSSheet.number(rk: bits), style: style), style: style)
        }
    }

    private mutating func addFormula(_ body: LittleEndian, _ records: BIFFRecords) throws(WorkbookRefusal) {
        guard let style = body.u16(4), let format = workbook.format(ofStyle: style) else { throw XLSSheet.damaged }
        let dateSystem = workbook.dateSystem
        let result = XLSFormula(body) { number in
            number.isFinite ? format.value(number, dateSystem) : .error("#NUM!")
        }
        switch result {
        case .value(let value): try add(body, value, isFormula: true)
        case .stringFollows:
            let text = try followingString(records)
            if !text.isEmpty { try add(body, .text(text), isFormula: true) }
        case .empty: break
        case .emptyUntouched: if !workbook.formulasAreStored { try add(body, .empty, isFormula: true) }
        case nil: throw XLSSheet.damaged
        }
    }

    /// The STRING record behind a formula; a shared formula, an array or a table may stand between.
    private func followingString(_ records: BIFFRecords) throws(WorkbookRefusal) -> String {
        var ahead = records
        for _ in 0..<8 {
            guard let record = try ahead.next() else { break }
            switch record.kind {
            case BIFFKind.string:
                var text = BIFFText(record.body, at: 0, continuedIn: ahead, bytesMax: budget.limits.textBytesMax)
                return try text.text()
            case BIFFKind.formula, BIFFKind.row, BIFFKind.endOfFile: throw XLSSheet.damaged
            default: continue
            }
        }
        throw XLSSheet.damaged
    }

    private mutating func noteRow(_ body: LittleEndian) throws(WorkbookRefusal) {
        guard let row = body.u16(0), let height = body.u16(6), let options = body.u16(12) else {
            throw XLSSheet.damaged
        }
        // Bit 15 of the height says that it is the default one, whatever the rest holds.
        let isFlat = height & 0x8000 == 0 && height == 0
        if options & 0x20 != 0 || isFlat { hiddenRows.insert(row) }
    }

    private mutating func noteColumns(_ body: LittleEndian) throws(WorkbookRefusal) {
        guard let first = body.u16(0), let last = body.u16(2), let width = body.u16(4), let options = body.u16(8) else {
            throw XLSSheet.damaged
        }
        guard options & 1 != 0 || width == 0 else { return }
        guard first <= last, first < 256 else { throw XLSSheet.damaged }
        grid.hide(columns: first...min(last, 255))
    }

    private mutating func addMerges(_ body: LittleEndian) throws(WorkbookRefusal) {
        guard let count = body.u16(0) else { throw XLSSheet.damaged }
        for index in 0..<count {
            let base = 2 + index * 8
            guard let top = body.u16(base), let bottom = body.u16(base + 2), let left = body.u16(base + 4),
                let right = body.u16(base + 6), left < 256, right < 256
            else { throw XLSSheet.damaged }
            try grid.merge(
                from: CellAddress(row: top, column: left), to: CellAddress(row: bottom, column: right), budget: &budget)
        }
    }
}
