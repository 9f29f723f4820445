import Domain
import Tables

/// The result that a FORMULA record stores.
///
/// xlwt never computes: it writes every formula with the result «empty text» and zeros for options and cache field.
/// Other programs write that result too, for a formula that gives "". So an empty text counts as no result only where
/// options and cache field are zero, no formula of the whole workbook has any other result, and the workbook lacks the
/// mark that Excel 2000 and LibreOffice leave and xlwt does not.
enum XLSFormula {
    case value(CellValue)
    /// In the STRING record behind it.
    case stringFollows
    /// An empty text.
    case empty
    /// An empty text as xlwt writes it.
    case emptyUntouched

    /// nil where the record is too short.
    init?(_ body: LittleEndian, number: (Double) -> CellValue) {
        guard let bits = body.u64(6), let options = body.u16(14), let cache = body.u32(16) else { return nil }
        guard bits >> 48 == 0xFFFF else {
            self = .value(number(Double(bitPattern: bits)))
            return
        }
        let payload = Int(bits >> 16 & 0xFF)
        switch bits & 0xFF {
        case 0: self = .stringFollows
        case 1: self = .value(.boolean(payload != 0))
        case 2: self = .value(.error(XLSFormula.errorName(payload)))
        default: self = options & 3 == 0 && cache == 0 ? .emptyUntouched : .empty
        }
    }

    /// Whether any formula of the workbook stores a result that xlwt would not write.
    static func anyStored(_ stream: LittleEndian) -> Bool {
        var records = BIFFRecords(stream, from: 0)
        // What lies behind the last sheet is padding or whatever else: the sheets' own reading judges their records.
        while let record = try? records.next(), record.kind != 0 {
            guard record.kind == BIFFKind.formula else { continue }
            if case .emptyUntouched? = XLSFormula(record.body, number: CellValue.number) { continue }
            return true
        }
        return false
    }

    /// Excel's names of its error codes.
    static func errorName(_ code: Int) -> String {
        switch code {
        case 0x00: "#NULL!"
        case 0x07: "#DIV/0!"
        case 0x0F: "#VALUE!"
        case 0x17: "#REF!"
        case 0x1D: "#NAME?"
        case 0x24: "#NUM!"
        case 0x2A: "#N/A"
        default: "#ERR\(code)"
        }
    }
}
