import Domain

/// What stands in a cell, after number formats were looked at.
public enum CellValue: Hashable, Sendable {
    case empty
    /// As stored, phonetic runs left out.
    case text(String)
    /// A number that its format does not make a date; durations and dates before 1900-03-01 too.
    case number(Double)
    /// A date without time.
    case date(CivilDate)
    /// A date with time. Unit: seconds since midnight, 1…86399.
    case dateTime(CivilDate, seconds: Int)
    /// A time of day alone. Unit: seconds since midnight.
    case time(seconds: Int)
    case boolean(Bool)
    /// An error value such as `#REF!`.
    case error(String)

    /// Whether nothing, or nothing but white space, stands there.
    public var isBlank: Bool {
        switch self {
        case .empty: true
        case .text(let text): text.unicodeScalars.allSatisfy(TextFolding.isSpace)
        default: false
        }
    }

    /// The value as `inspect --cells` and every «value found» shows it; empty for an empty cell.
    public var display: String {
        switch self {
        case .empty: ""
        case .text(let text): text
        case .number(let number): CellValue.numberText(number)
        case .date(let date): date.iso
        case .dateTime(let date, let seconds): date.iso + "T" + CellValue.timeText(seconds)
        case .time(let seconds): CellValue.timeText(seconds)
        case .boolean(let flag): flag ? "TRUE" : "FALSE"
        case .error(let text): text
        }
    }

    /// The shortest decimal text that reads back as the same number; whole numbers without a point or exponent.
    public static func numberText(_ number: Double) -> String {
        if number == number.rounded(), abs(number) < 1e21 {
            if let whole = Int(exactly: number) { return String(whole) }
            return wholeText(number)
        }
        return "\(number)"
    }

    /// A whole number beyond Int: its shortest digits, padded with zeros.
    private static func wholeText(_ number: Double) -> String {
        let text = "\(abs(number))"
        guard let mark = text.firstIndex(where: { $0 == "e" || $0 == "E" }) else {
            return (number < 0 ? "-" : "") + String(text.prefix(while: { $0 != "." }))
        }
        let digits = text[..<mark].filter { $0 != "." }
        let exponent = Int(text[text.index(after: mark)...].filter { $0 != "+" }) ?? 0
        return (number < 0 ? "-" : "") + digits + String(repeating: "0", count: max(0, exponent + 1 - digits.count))
    }

    private static func timeText(_ seconds: Int) -> String {
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return two(seconds / 3600) + ":" + two(seconds / 60 % 60) + ":" + two(seconds % 60)
    }

    /// `text`, `number`, `date`, `boolean` or `error`; `empty` never reaches a listing.
    public var typeName: String {
        switch self {
        case .empty: "empty"
        case .text: "text"
        case .number: "number"
        case .date, .dateTime, .time: "date"
        case .boolean: "boolean"
        case .error: "error"
        }
    }
}
