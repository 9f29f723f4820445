import Domain
import Tables

/// A heading that names a day.
struct DayHeading {
    var place: Int
    var year: Int?
    var month: Int?
    /// More than one where a number lost its last zero.
    var days: [Int]

    var day: Int { days[0] }
    var hasMonth: Bool { month != nil }

    /// Nil where the value names no day.
    static func read(_ value: CellValue, place: Int) -> DayHeading? {
        switch value {
        case .number(let number):
            guard let reading = DateText.read(number), !reading.days.isEmpty else { return nil }
            return DayHeading(place: place, year: reading.year, month: reading.month, days: reading.days)
        case .date(let date), .dateTime(let date, _):
            let parts = date.parts
            return DayHeading(place: place, year: parts.year, month: parts.month, days: [parts.day])
        case .text(let text):
            let count = text.utf8.count
            // A mark of one character names no day.
            if count <= 3, let byte = text.utf8.first, byte >= 0x80, byte != 0xEF { return nil }
            guard count <= 40, let first = text.unicodeScalars.first(where: { !TextFolding.isSpace($0) }),
                first.digit != nil || (0xFF10...0xFF19).contains(first.value) || first == "第"
                    || ((first.chineseDigit != nil || first == "十") && count > 3)
            else { return nil }
            let bare = first == "第" ? String(text.drop { $0 != "第" }.dropFirst()).replacingTail("天", with: "日") : text
            guard let reading = DateText.read(bare), !reading.days.isEmpty else { return nil }
            return DayHeading(place: place, year: reading.year, month: reading.month, days: reading.days)
        case .empty, .time, .boolean, .error: return nil
        }
    }

    /// Whether a run is one of day headings rather than figures that happen to grow.
    static func isConvincing(_ run: [DayHeading], atLeast count: Int = 5) -> Bool {
        guard run.count >= count else { return false }
        if run.allSatisfy(\.hasMonth) { return true }
        var steps = 0
        for (left, right) in zip(run, run.dropFirst()) where right.day - left.day == 1 || right.month != left.month {
            steps += 1
        }
        return steps * 10 >= (run.count - 1) * 6
    }
}

extension String {
    fileprivate func replacingTail(_ tail: String, with other: String) -> String {
        hasSuffix(tail) ? String(dropLast(tail.count)) + other : self
    }
}
