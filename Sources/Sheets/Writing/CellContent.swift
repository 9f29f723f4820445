import Domain
import Tables

/// What both writers put into a cell.
enum CellContent {
    /// The most UTF-16 units a cell of the file format holds.
    private static let lengthMax = 32_767
    /// The last row and column of the file format, from 0.
    static let lastRow = 1_048_575
    static let lastColumn = 16_383

    /// Text that begins like a formula gets the text format: it stays text when its reader edits the cell. A date
    /// without a format would show as a number.
    static func style(of cell: ReportCell) -> ReportStyle {
        guard cell.style.numberFormat == .general else { return cell.style }
        switch cell.value {
        case .text(let text) where FormulaGuard.needsGuard(text):
            return cell.style.with { $0.numberFormat = .text }
        case .date: return cell.style.with { $0.numberFormat = .date }
        case .dateTime: return cell.style.with { $0.numberFormat = .dateTime }
        default: return cell.style
        }
    }

    /// The day's number in the 1900 date system, whose 1900 wrongly has a 29 February.
    static func serial(_ date: CivilDate) -> Int {
        let days = Int(date.dayNumber) + 25_569
        return days > 60 ? days : days - 1
    }

    /// The text as the file format can hold it: at most 32,767 units, `_x0041_` kept from being read as an escape.
    static func text(_ text: String) -> String {
        var text = text
        let (length, hasMark) = text.withUTF8 { ($0.count, $0.contains(0x5F)) }
        if length > lengthMax, text.utf16.count > lengthMax { text = shortened(text) }
        return hasMark && text.contains("_x") ? escapingEscapes(text) : text
    }

    private static func shortened(_ text: String) -> String {
        var result = ""
        var units = 1
        for character in text {
            units += character.utf16.count
            if units > lengthMax { break }
            result.append(character)
        }
        return result + "…"
    }

    private static func escapingEscapes(_ text: String) -> String {
        let scalars = Array(text.unicodeScalars)
        var result = String.UnicodeScalarView()
        for (index, scalar) in scalars.enumerated() {
            result.append(scalar)
            if scalar == "_", index + 6 < scalars.count, scalars[index + 1] == "x", scalars[index + 6] == "_",
                scalars[(index + 2)...(index + 5)].allSatisfy({ $0.properties.isASCIIHexDigit })
            {
                result.append(contentsOf: "x005F_".unicodeScalars)
            }
        }
        return String(result)
    }

    /// What stands above every page: `&` begins a code there, and a header has at most 255 characters.
    static func header(_ text: String) -> String {
        var result = "&C&10 "
        for character in LegalText.legal(text).prefix(100) { result += character == "&" ? "&&" : String(character) }
        return result
    }

    /// What stands below every page.
    static let pageNumbers = "&C&9第 &P 页，共 &N 页"

    static let inch = 25.4
}

/// How large a comment's box is, by its text. Unit: pixels.
struct CommentBox {
    static let width = 252
    let height: Int

    init(_ comment: ReportComment) {
        // Two digits' widths an ideograph at 7 pixels a digit, 16 pixels a line, and some air.
        height = min(400, 24 + 16 * TextWidth.lines(comment.text, in: Double(CommentBox.width / 7 - 4)))
    }
}
