import Domain
import Tables

/// A worksheet: its cells, merged ranges and what is hidden. The declared range is not looked at: WPS writes `A1:A1`.
final class WorksheetPart: XMLPart {
    private enum Kind { case number, shared, inline, formulaText, boolean, error, date }

    private let shared: XLSXContext
    @exclusivity(unchecked) private(set) var grid = GridBuilder()
    @exclusivity(unchecked) private(set) var budget: ReadingBudget
    @exclusivity(unchecked) private var isInData = false
    @exclusivity(unchecked) private var row = -1
    @exclusivity(unchecked) private var column = -1
    @exclusivity(unchecked) private var kind = Kind.number
    @exclusivity(unchecked) private var style = 0
    @exclusivity(unchecked) private var isFormula = false
    @exclusivity(unchecked) private var hasValue = false
    @exclusivity(unchecked) private var hasInlineString = false
    @exclusivity(unchecked) private var collects = false
    @exclusivity(unchecked) private var phoneticDepth = 0
    @exclusivity(unchecked) private var text: StoredText

    init(path: String, shared: XLSXContext, budget: ReadingBudget) {
        self.shared = shared
        self.budget = budget
        text = StoredText(bytesMax: budget.limits.textBytesMax)
        super.init(path: path, root: "worksheet")
    }

    override func start(_ name: XMLName, _ attributes: XMLAttributes) {
        if isInData {
            switch name.first {
            case 0x63 where name.isOneLetter: startCell(attributes)
            case 0x76 where name.isOneLetter:
                collects = !hasInlineString
                hasValue = true
            case 0x66 where name.isOneLetter: isFormula = true
            case 0x69:
                // A value beside an inline string is a stray one: the string is what the cell says.
                if kind == .inline, name == "is" {
                    text.clear()
                    hasInlineString = true
                }
            case 0x74 where name.isOneLetter: if kind == .inline, phoneticDepth == 0 { collects = true }
            case 0x72:
                if name == "row" { startRow(attributes) } else if name == "rPh" { phoneticDepth += 1 }
            default: break
            }
        } else if name == "sheetData" {
            isInData = true
        } else if name == "mergeCell" {
            addMerge(attributes)
        } else if name == "col" {
            addColumns(attributes)
        }
    }

    override func end(_ name: XMLName) {
        guard isInData else { return }
        switch name.first {
        case 0x63 where name.isOneLetter: endCell()
        case 0x76 where name.isOneLetter, 0x74 where name.isOneLetter: collects = false
        case 0x72: if name == "rPh" { phoneticDepth -= 1 }
        case 0x73: if name == "sheetData" { isInData = false }
        default: break
        }
    }

    override func text(_ bytes: XMLBytes) {
        if collects { text.append(bytes) }
    }

    private func startRow(_ attributes: XMLAttributes) {
        var index = row + 1
        var isHidden = false
        var isValid = true
        attributes.forEach { name, hasPrefix, value in
            if hasPrefix { return }
            if name.first == 0x72, name.isOneLetter {
                let number = StoredNumber.parseIndex(value) ?? 0
                isValid = number >= 1 && number <= XLSXAddress.rowsMax
                index = number - 1
            } else if name == "hidden" {
                if XMLAttributes.isTrue(value) { isHidden = true }
            } else if name == "ht" {
                if StoredNumber.parse(value) == 0 { isHidden = true }
            }
        }
        guard isValid else {
            refuse(.damaged("行号有误"))
            return
        }
        row = index
        column = -1
        attempt { () throws(WorkbookRefusal) in try grid.begin(row: index, isHidden: isHidden) }
    }

    private func startCell(_ attributes: XMLAttributes) {
        kind = .number
        style = 0
        isFormula = false
        hasValue = false
        hasInlineString = false
        text.clear()
        var next = column + 1
        var isValid = row >= 0
        attributes.forEach { name, hasPrefix, value in
            if hasPrefix || !name.isOneLetter { return }
            switch name.first {
            case 0x72:
                if let address = XLSXAddress.parse(value), address.row == row {
                    next = address.column
                } else {
                    isValid = false
                }
            case 0x73:
                // An empty one says nothing.
                if let number = StoredNumber.parseIndex(value) { style = number } else { isValid = value.isEmpty }
            case 0x74: kind = WorksheetPart.kind(value)
            default: break
            }
        }
        guard isValid, next < XLSXAddress.columnsMax else {
            refuse(.damaged("单元格地址有误，第\(row + 1)行"))
            return
        }
        column = next
    }

    private static func kind(_ value: XMLBytes) -> Kind {
        guard let first = value.first else { return .number }
        switch first {
        case 0x73: return value.count == 1 ? .shared : .formulaText
        case 0x69: return .inline
        case 0x62: return .boolean
        case 0x65: return .error
        case 0x64: return .date
        default: return .number
        }
    }

    private func endCell() {
        if text.isTooLong {
            refuse(.tooLarge("单元格文字过长"))
            return
        }
        let value = readValue()
        if value.isMissing {
            // A stored empty text (t="str") is a result; nothing at all is none.
            guard isFormula, !(hasValue && kind == .formulaText) else { return }
        }
        let cell = Cell(
            column: column, value: value, isFormula: isFormula, isUncachedFormula: isFormula && value.isMissing,
            showsMonth: value.isDate && showsMonth)
        attempt { () throws(WorkbookRefusal) in try grid.add(cell, to: &budget) }
    }

    /// Whether the cell's style shows of a date its month alone.
    private var showsMonth: Bool {
        guard let formats = shared.formats, style < formats.count else { return false }
        return formats[style].showsMonth
    }

    private func readValue() -> CellValue {
        if text.isEmpty { return .empty }
        switch kind {
        case .number:
            guard let number = text.withBytes(StoredNumber.parse) else {
                return text.withBytes { $0.allSatisfy { $0 <= 0x20 } } ? .empty : invalid()
            }
            return dated(number)
        case .shared:
            guard let index = text.withBytes(StoredNumber.parseIndex), index < shared.strings.count else {
                return invalid()
            }
            let string = shared.strings[index]
            return string.isEmpty ? .empty : .text(string)
        case .inline, .formulaText: return .text(text.string)
        case .boolean:
            let isTrue = text.withBytes(XMLAttributes.isTrue)
            guard isTrue || text.string == "0" || text.string == "false" else { return invalid() }
            return .boolean(isTrue)
        case .error: return .error(text.string)
        case .date:
            let string = text.string
            return ISODate.value(string) ?? .text(string)
        }
    }

    private func dated(_ number: Double) -> CellValue {
        guard let formats = shared.formats else { return .number(number) }
        guard style < formats.count else { return formats.isEmpty ? .number(number) : invalid() }
        return formats[style].value(number, shared.dateSystem)
    }

    private func invalid() -> CellValue {
        refuse(.damaged("单元格\(CellAddress(row: row, column: column).a1)的值有误"))
        return .empty
    }

    private func addMerge(_ attributes: XMLAttributes) {
        guard let range = attributes.value("ref") else { return }
        guard let (first, last) = XLSXAddress.parseRange(range) else {
            refuse(.damaged("合并区域有误"))
            return
        }
        attempt { () throws(WorkbookRefusal) in try grid.merge(from: first, to: last, budget: &budget) }
    }

    private func addColumns(_ attributes: XMLAttributes) {
        let isHidden = attributes.flag("hidden") || attributes.value("width").flatMap(StoredNumber.parse) == 0
        guard isHidden else { return }
        guard let first = attributes.value("min").flatMap(StoredNumber.parseIndex),
            let last = attributes.value("max").flatMap(StoredNumber.parseIndex), first >= 1, first <= last,
            first <= XLSXAddress.columnsMax
        else {
            refuse(.damaged("列定义有误"))
            return
        }
        grid.hide(columns: (first - 1)...(min(last, XLSXAddress.columnsMax) - 1))
    }

    /// The sheet, once the part is read.
    func finish(name: String, isHidden: Bool) throws(WorkbookRefusal) -> CellGrid {
        try grid.finish(name: name, isHidden: isHidden)
    }
}
