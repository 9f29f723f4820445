import Domain
import Tables

/// From which day a workbook counts its dates.
enum DateSystem: Sendable {
    case from1900, from1904

    /// Days from the system's day 0 to 1970-01-01.
    private var daysTo1970: Int { self == .from1900 ? 25_569 : 24_107 }

    /// Before 1900-03-01 the 1900 system counts a day that never was.
    private var firstDay: Int { self == .from1900 ? 61 : 0 }

    /// The value of a stored number under a format. Seconds are rounded to the nearest.
    ///
    /// Source: spec §4 `inspect`: durations and dates before 1900-03-01 stay numbers.
    func value(serial: Double, kind: NumberFormatKind) -> CellValue {
        guard kind != .number, serial >= 0, serial < 3_000_000 else { return .number(serial) }
        let total = Int((serial * 86_400).rounded())
        let (days, seconds) = total.quotientAndRemainder(dividingBy: 86_400)
        if kind.showsTime, serial < 1 { return .time(seconds: seconds) }
        guard days >= firstDay else { return .number(serial) }
        let date = CivilDate(dayNumber: Int32(days - daysTo1970))
        guard date <= DateSystem.lastDate else { return .number(serial) }
        return seconds == 0 ? .date(date) : .dateTime(date, seconds: seconds)
    }

    /// 9999-12-31.
    private static let lastDate = CivilDate(dayNumber: 2_932_896)
}

/// Reads the ISO 8601 texts of cells that store dates as such.
enum ISODate {
    /// `2018-11-05`, `2018-11-05T08:30:00`, `08:30:00`, with fractions of a second or a final `Z`; nil otherwise.
    static func value(_ text: String) -> CellValue? {
        let body = text.hasSuffix("Z") ? text.dropLast() : text[...]
        guard let mark = body.firstIndex(of: "T") else {
            if let date = CivilDate(iso: String(body)) { return .date(date) }
            return seconds(body).map { CellValue.time(seconds: $0 % 86_400) }
        }
        guard let date = CivilDate(iso: String(body[..<mark])),
            let seconds = seconds(body[body.index(after: mark)...])
        else { return nil }
        let (days, rest) = seconds.quotientAndRemainder(dividingBy: 86_400)
        let day = date.adding(days: days)
        return rest == 0 ? .date(day) : .dateTime(day, seconds: rest)
    }

    /// Seconds since midnight, 0…86400.
    private static func seconds(_ text: Substring) -> Int? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard (2...3).contains(parts.count), let hour = Int(parts[0]), let minute = Int(parts[1]),
            let second = parts.count == 3 ? Double(parts[2]) : 0,
            (0..<24).contains(hour), (0..<60).contains(minute), second >= 0, second < 60
        else { return nil }
        return hour * 3600 + minute * 60 + Int(second.rounded())
    }
}
