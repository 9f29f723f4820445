/// What a number format makes of a number.
enum NumberFormatKind: UInt8, Sendable {
    /// A number, a text or a duration.
    case number
    /// A date, with or without weekday.
    case date
    /// A time of day.
    case time
    /// Both.
    case dateTime

    var showsTime: Bool { self == .time || self == .dateTime }

    /// A format by its built-in number, the Chinese meanings of 27…58 included; `number` for all others.
    init(builtIn id: Int) {
        switch id {
        case 14...17, 27...31, 36, 50...54, 57, 58: self = .date
        case 18...21, 32...35, 45, 47, 55, 56: self = .time
        case 22: self = .dateTime
        default: self = .number
        }
    }

    /// A format by its code such as `[$-804]yyyy"年"m"月";@`. Only the first section counts: it is that of numbers ≥ 0.
    ///
    /// A code with an elapsed part (`[h]:mm`) is a duration, hence a number.
    init(code: some Collection<UInt8>) {
        var hasDate = false
        var hasTime = false
        var lastWasHour = false
        // An m is the month unless an hour stands before it or a second behind it.
        var pendingMonth = false
        var hasDigitPlace = false
        let bytes = Array(code)
        if NumberFormatKind.isGeneral(bytes) {
            self = .number
            return
        }
        var position = 0
        scan: while position < bytes.count {
            let byte = bytes[position]
            switch byte {
            case 0x22:  // "quoted"
                position += 1
                while position < bytes.count, bytes[position] != 0x22 { position += 1 }
            case 0x5C, 0x5F, 0x2A:  // \x _x *x
                position += 1
                while position + 1 < bytes.count, bytes[position + 1] & 0xC0 == 0x80 { position += 1 }
            case 0x5B:  // [colour], [condition], [$-804], [DBNum1], [h]
                let start = position + 1
                while position < bytes.count, bytes[position] != 0x5D { position += 1 }
                if NumberFormatKind.isElapsed(bytes[start..<max(start, position)]) {
                    self = .number
                    return
                }
            case 0x3B: break scan
            case 0x30, 0x23, 0x3F: hasDigitPlace = true
            default:
                let end = NumberFormatKind.runEnd(bytes, position)
                switch byte | 0x20 {
                case 0x79, 0x64:  // y d
                    hasDate = true
                    lastWasHour = false
                case 0x68:
                    hasTime = true
                    lastWasHour = true
                case 0x73:
                    hasTime = true
                    pendingMonth = false
                    lastWasHour = false
                case 0x6D:
                    if lastWasHour {
                        hasTime = true
                    } else {
                        if pendingMonth { hasDate = true }
                        pendingMonth = true
                    }
                    lastWasHour = false
                case 0x65:  // e: year, unless it is the exponent of 0.00E+00
                    let next = end < bytes.count ? bytes[end] : 0
                    if next != 0x2B, next != 0x2D { hasDate = true }
                case 0x61:  // aaa, aaaa: weekday; AM/PM, A/P: half of the day
                    if end - position >= 3 {
                        hasDate = true
                    } else if end < bytes.count, bytes[end] == 0x2F || bytes[end] | 0x20 == 0x6D {
                        hasTime = true
                        position = NumberFormatKind.halfDayEnd(bytes, end)
                        continue
                    }
                default: break
                }
                position = end - 1
            }
            position += 1
        }
        if pendingMonth { hasDate = true }
        // Digits without seconds belong to an amount in which a letter merely stands unquoted.
        if hasDigitPlace, !hasTime { hasDate = false }
        self = hasDate ? (hasTime ? .dateTime : .date) : hasTime ? .time : .number
    }

    /// `General`, its Chinese name `G/通用格式`, with or without a colour before it.
    private static func isGeneral(_ bytes: [UInt8]) -> Bool {
        var rest = bytes[...]
        while rest.first == 0x5B, let close = rest.firstIndex(of: 0x5D) { rest = rest[(close + 1)...] }
        if rest.count >= 2, rest.first.map({ $0 | 0x20 }) == 0x67, rest[rest.startIndex + 1] == 0x2F { return true }
        return rest.count >= 7 && zip(rest, "general".utf8).allSatisfy { $0 | 0x20 == $1 }
    }

    /// `h`, `hh`, `m`, `mm`, `s`, `ss` alone between brackets.
    private static func isElapsed(_ inner: ArraySlice<UInt8>) -> Bool {
        guard let first = inner.first.map({ $0 | 0x20 }), [0x68, 0x6D, 0x73].contains(first) else { return false }
        return inner.allSatisfy { $0 | 0x20 == first }
    }

    /// Behind the run of the same letter.
    private static func runEnd(_ bytes: [UInt8], _ start: Int) -> Int {
        var end = start + 1
        while end < bytes.count, bytes[end] | 0x20 == bytes[start] | 0x20 { end += 1 }
        return end
    }

    /// Behind `AM/PM` or `A/P`, whose letters mean nothing else.
    private static func halfDayEnd(_ bytes: [UInt8], _ start: Int) -> Int {
        var end = start
        while end < bytes.count, [0x61, 0x6D, 0x70, 0x2F].contains(bytes[end] | 0x20) || bytes[end] == 0x2F {
            end += 1
        }
        return end
    }
}
