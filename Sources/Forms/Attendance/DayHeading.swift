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

    /// Runs of days that follow each other, numbers that lost a zero settled by their neighbours.
    static func runs(_ headings: [DayHeading]) -> [[DayHeading]] {
        var runs: [[DayHeading]] = []
        for heading in headings {
            if let last = runs.last?.last, let next = heading.following(last) {
                runs[runs.count - 1].append(next)
            } else {
                runs.append([heading.settled])
            }
        }
        return runs
    }

    private var settled: DayHeading {
        var copy = self
        copy.days = [days[0]]
        return copy
    }

    /// Itself with the one day that can follow `previous`; nil where none can.
    private func following(_ previous: DayHeading) -> DayHeading? {
        var copy = self
        let isSameMonth = month == previous.month && year == previous.year
        if isSameMonth {
            guard let day = days.first(where: { $0 > previous.day }) else { return nil }
            // 11.1 after 11.9 is the 10th; the nearest later day is meant.
            copy.days = [day]
            return copy
        }
        guard let month, let before = previous.month, (year ?? 0, month) > (previous.year ?? 0, before) else {
            return nil
        }
        copy.days = [days[0]]
        return copy
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

/// Words for the halves of a day.
enum HalfWord {
    static func read(_ text: String) -> DayHalf? {
        guard text.utf8.count <= 24, let first = text.unicodeScalars.first(where: { !TextFolding.isSpace($0) }),
            "上下早晚前后AaPp(（ＡＰａｐ".unicodeScalars.contains(first)
        else { return nil }
        switch HeadingText.withoutBrackets(TextFolding.key(text)) {
        case "上午", "上", "早上", "早", "上半天", "AM", "am", "前半天": return .morning
        case "下午", "下", "晚上", "晚", "下半天", "PM", "pm", "后半天": return .afternoon
        default: return nil
        }
    }

    static func isWeekday(_ text: String) -> Bool {
        guard text.utf8.count <= 15, let first = text.unicodeScalars.first(where: { !TextFolding.isSpace($0) }),
            "一二三四五六日天周星".unicodeScalars.contains(first)
        else { return false }
        switch TextFolding.key(text) {
        case "一", "二", "三", "四", "五", "六", "日", "天", "周一", "周二", "周三", "周四", "周五", "周六", "周日", "周天", "星期一", "星期二",
            "星期三",
            "星期四", "星期五", "星期六", "星期日", "星期天":
            return true
        default: return false
        }
    }
}
