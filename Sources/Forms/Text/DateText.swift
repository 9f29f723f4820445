import Domain
import Tables

/// What a text or number says of a date: as much of year, month and day as it names.
struct DateReading: Equatable {
    var year: Int?
    var month: Int?
    /// More than one where a number lost its last zero: `11.1` is the 1st or the 10th.
    var days: [Int]

    var date: CivilDate? {
        guard let year, let month, days.count == 1 else { return nil }
        return CivilDate(year, month, days[0])
    }
}

/// Reading of dates in every form that people write them.
enum DateText {
    /// `2018.5.2`, `2018-05-06`, `2018年5月10日`, `20180510`, `11月5日`, `11.5`, `5日`, `5`, `2018年5月`; nil else.
    ///
    /// A weekday after it, a time of midnight and notes in brackets are passed over.
    static func read(_ text: String) -> DateReading? {
        guard text.utf8.count <= 60 else { return nil }
        let bare = HeadingText.withoutBrackets(TextFolding.halfWidth(withoutTime(text)))
        var tokens = NumberScan.tokens(bare)
        dropWeekday(&tokens)
        guard case .number(let first, let firstDigits, _)? = tokens.first else { return nil }
        if tokens.count == 1 { return single(first, digits: firstDigits) }
        return parts(tokens)
    }

    /// A date typed as a plain number: a serial day, `20180510`, a day, or month and day `11.15`.
    static func read(_ number: Double) -> DateReading? {
        if number == number.rounded() {
            guard let whole = Int(exactly: number) else { return nil }
            if (1...31).contains(whole) { return DateReading(days: [whole]) }
            if (20_000...80_000).contains(whole), let date = serialDate(whole) {
                let parts = date.parts
                return DateReading(year: parts.year, month: parts.month, days: [parts.day])
            }
            return single(whole, digits: String(whole).count)
        }
        let text = CellValue.numberText(number)
        let halves = text.split(separator: ".")
        guard halves.count == 2, let month = Int(halves[0]), let decimals = Int(halves[1]), halves[1].count <= 2 else {
            return nil
        }
        if (1...12).contains(month) {
            let days = halves[1].count == 1 ? [decimals, decimals * 10] : [decimals]
            return DateReading(month: month, days: days.filter { (1...31).contains($0) }).nonEmpty
        }
        // A year and a month: 2012.07 keeps its zero in the number, 2012.1 may have been 2012.10.
        guard (1900...2999).contains(month), (1...12).contains(decimals), text.hasSuffix(".1") == false else {
            return nil
        }
        return DateReading(year: month, month: decimals, days: [])
    }

    /// The day of a serial number of the 1900 system.
    static func serialDate(_ serial: Int) -> CivilDate? {
        CivilDate(1899, 12, 30)?.adding(days: serial)
    }

    private static func single(_ value: Int, digits: Int) -> DateReading? {
        switch digits {
        case 8:
            let (year, month, day) = (value / 10_000, value / 100 % 100, value % 100)
            guard CivilDate(year, month, day) != nil, (1900...2999).contains(year) else { return nil }
            return DateReading(year: year, month: month, days: [day])
        case 6:
            guard (1900...2999).contains(value / 100), (1...12).contains(value % 100) else { return nil }
            return DateReading(year: value / 100, month: value % 100, days: [])
        case 1, 2: return (1...31).contains(value) ? DateReading(days: [value]) : nil
        default: return nil
        }
    }

    /// Numbers with separators between them.
    private static func parts(_ tokens: [NumberToken]) -> DateReading? {
        var numbers: [(value: Int, digits: Int)] = []
        var separators: [Unicode.Scalar] = []
        for token in tokens {
            switch token {
            case .number(let value, let digits, _):
                guard numbers.count == separators.count else { return nil }
                numbers.append((value, digits))
            case .other(let scalar):
                // 2018年度5月份, 2018年5月10日: a word of two characters is one separator.
                if scalar == "份" || scalar == "度", separators.count == numbers.count, !separators.isEmpty { continue }
                guard separators.count == numbers.count - 1 else { return nil }
                separators.append(scalar == "号" ? "日" : scalar)
            }
        }
        let shape = String(
            String.UnicodeScalarView(separators.map { ".-/\\—–－".unicodeScalars.contains($0) ? "." : $0 }))
        let values = numbers.map(\.value)
        switch (values.count, shape) {
        case (3, "年月日"), (3, "年月"), (3, ".."):
            guard let year = fullYear(values[0], digits: numbers[0].digits, marked: shape.hasPrefix("年")) else {
                return nil
            }
            guard CivilDate(year, values[1], values[2]) != nil else { return nil }
            return DateReading(year: year, month: values[1], days: [values[2]])
        case (2, "年月"), (2, "年"), (2, "年."):
            guard let year = fullYear(values[0], digits: numbers[0].digits, marked: true), (1...12).contains(values[1])
            else { return nil }
            return DateReading(year: year, month: values[1], days: [])
        case (2, "月日"), (2, "月"):
            guard (1...12).contains(values[0]), (1...31).contains(values[1]) else { return nil }
            return DateReading(month: values[0], days: [values[1]])
        case (2, "."):
            if numbers[0].digits == 4, (1900...2999).contains(values[0]), (1...12).contains(values[1]) {
                return DateReading(year: values[0], month: values[1], days: [])
            }
            guard (1...12).contains(values[0]), (1...31).contains(values[1]), numbers[0].digits <= 2,
                numbers[1].digits <= 2
            else { return nil }
            return DateReading(month: values[0], days: [values[1]])
        case (1, "日"): return (1...31).contains(values[0]) ? DateReading(days: [values[0]]) : nil
        case (1, "月"): return (1...12).contains(values[0]) ? DateReading(month: values[0], days: []) : nil
        default: return nil
        }
    }

    private static func fullYear(_ value: Int, digits: Int, marked: Bool) -> Int? {
        if digits == 4, (1900...2999).contains(value) { return value }
        // 18.5.2 can only be the year 2018; 5.2.18 could be several things and is not read.
        if digits == 2, marked || value > 12 { return 2000 + value }
        return nil
    }

    private static func withoutTime(_ text: String) -> String {
        guard text.utf8.contains(where: { $0 == 0x3A || $0 == 0xEF }),
            let colon = text.firstIndex(where: { $0 == ":" || $0 == "：" })
        else { return text }
        let head = text[..<colon]
        guard let gap = head.lastIndex(where: { $0 == " " || $0 == "T" || $0 == "\u{3000}" }) else { return text }
        return String(head[..<gap])
    }

    private static func dropWeekday(_ tokens: inout [NumberToken]) {
        // 星期四, 周四, 礼拜四, or the numeral alone after a day: 1日四.
        let opening: [Unicode.Scalar] = ["周", "星", "礼"]
        if let start = tokens.firstIndex(where: { if case .other(let s) = $0 { opening.contains(s) } else { false } }),
            start > 0
        {
            tokens.removeSubrange(start...)
            return
        }
        guard tokens.count >= 2, case .number(_, 1, true)? = tokens.last else { return }
        switch tokens[tokens.count - 2] {
        case .other("日"), .number(_, _, false): tokens.removeLast()
        default: break
        }
    }
}

extension DateReading {
    fileprivate var nonEmpty: DateReading? { days.isEmpty ? nil : self }
}
