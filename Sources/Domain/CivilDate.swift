/// A calendar day, without clock or zone (every date of the project is a day in Asia/Shanghai).
///
/// Shape: days since 1970-01-01 of the proleptic Gregorian calendar.
public struct CivilDate: Hashable, Comparable, Sendable, Codable {
    /// Days since 1970-01-01.
    public let dayNumber: Int32

    /// The day `dayNumber` days after 1970-01-01.
    public init(dayNumber: Int32) { self.dayNumber = dayNumber }

    /// A day by its parts; nil where the calendar has no such day or the year is outside 1…9999.
    public init?(_ year: Int, _ month: Int, _ day: Int) {
        guard (1...9999).contains(year), (1...12).contains(month), day >= 1,
            day <= CivilDate.dayCount(year: year, month: month)
        else { return nil }
        // Days from civil, after Howard Hinnant's public description of the algorithm.
        let shifted = month <= 2 ? year - 1 : year
        let era = shifted / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        dayNumber = Int32(era * 146_097 + dayOfEra - 719_468)
    }

    /// Reads `yyyy-mm-dd`, digits and length exact; nil otherwise.
    public init?(iso text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count == 10, bytes[4] == 45, bytes[7] == 45 else { return nil }
        var numbers = [0, 0, 0]
        for (index, byte) in bytes.enumerated() where index != 4 && index != 7 {
            guard (48...57).contains(byte) else { return nil }
            let part = index < 4 ? 0 : index < 7 ? 1 : 2
            numbers[part] = numbers[part] * 10 + Int(byte - 48)
        }
        self.init(numbers[0], numbers[1], numbers[2])
    }

    /// Year, month and day of month.
    public var parts: (year: Int, month: Int, day: Int) {
        let shifted = Int(dayNumber) + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
    }

    /// The calendar year.
    public var year: Int { parts.year }
    /// 1…12.
    public var month: Int { parts.month }
    /// 1…31.
    public var day: Int { parts.day }
    /// Its calendar month.
    public var period: Period {
        let parts = parts
        return Period(year: parts.year, month: parts.month)!
    }
    /// 1 (Monday) … 7 (Sunday).
    public var isoWeekday: Int { ((Int(dayNumber) + 3) % 7 + 7) % 7 + 1 }

    /// `2018-11-05`.
    public var iso: String {
        let parts = parts
        return pad(parts.year, 4) + "-" + pad(parts.month, 2) + "-" + pad(parts.day, 2)
    }

    /// The day `days` later (or earlier when negative).
    public func adding(days: Int) -> CivilDate { CivilDate(dayNumber: dayNumber + Int32(days)) }

    /// Days from `other` to this day.
    public func days(since other: CivilDate) -> Int { Int(dayNumber - other.dayNumber) }

    /// The same day `years` later; 29 February falls on 1 March where the year has none.
    ///
    /// So «the day before the second anniversary» of 2020-02-29 is 2022-02-28, as the spec's M6 asks.
    public func anniversary(years: Int) -> CivilDate {
        let parts = parts
        return CivilDate(parts.year + years, parts.month, parts.day)
            ?? CivilDate(parts.year + years, 3, 1)!
    }

    /// Number of days of a month.
    public static func dayCount(year: Int, month: Int) -> Int {
        switch month {
        case 4, 6, 9, 11: 30
        case 2: (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28
        default: 31
        }
    }

    public static func < (left: CivilDate, right: CivilDate) -> Bool { left.dayNumber < right.dayNumber }
}

/// Decimal digits, zero-padded to `width`.
func pad(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
}
