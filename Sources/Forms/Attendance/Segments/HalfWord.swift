import Domain

/// A part of a day that a heading or a row's label names. The evening never counts. Source: spec §5.4.
enum DaySlot: Hashable, Sendable {
    case morning, afternoon, evening
}

/// Words for parts of a day, and what else stands in a line under day headings.
enum HalfWord {
    static func read(_ text: String) -> DaySlot? {
        guard text.utf8.count <= 24, let first = text.unicodeScalars.first(where: { !TextFolding.isSpace($0) }),
            "上下早晚夜前后AaPp(（ＡＰａｐ".unicodeScalars.contains(first)
        else { return nil }
        switch HeadingText.withoutBrackets(TextFolding.key(text)) {
        case "上午", "上", "上半天", "AM", "am", "Am", "前半天", "早上", "早": return .morning
        case "下午", "下", "下半天", "PM", "pm", "Pm", "后半天": return .afternoon
        case "晚上", "晚", "晚间", "夜间", "夜", "夜班", "晚班": return .evening
        default: return nil
        }
    }

    /// A date and the half of it that is named behind it: `1日上午`, `3月1日（下午）`; all of a text where none is.
    static func behindDate(_ text: String) -> (date: String, slot: DaySlot?) {
        guard text.utf8.count <= 48, let last = text.unicodeScalars.last(where: { !TextFolding.isSpace($0) }),
            "午天上下早晚夜间)）Mm".unicodeScalars.contains(last),
            let end = text.lastIndex(where: { $0.isNumber || $0 == "日" || $0 == "号" })
        else { return (text, nil) }
        let behind = text[text.index(after: end)...].filter { !"()（）".contains($0) }
        guard let slot = read(behind) else { return (text, nil) }
        return (String(text[...end]), slot)
    }

    /// Whether a text names both halves: a column of them, or a note that the upper row is the morning.
    static func namesBoth(_ text: String) -> Bool {
        ByteText.contains(text, "上午") && ByteText.contains(text, "下午")
    }

    static func isWeekday(_ text: String) -> Bool {
        guard text.utf8.count <= 15, let first = text.unicodeScalars.first(where: { !TextFolding.isSpace($0) }),
            "一二三四五六日天周星礼".unicodeScalars.contains(first)
        else { return false }
        return weekday(text) != nil
    }

    /// 1 Monday … 7 Sunday; nil for anything else.
    static func weekday(_ text: String) -> Int? {
        var key = TextFolding.key(text)
        for opening in ["星期", "礼拜", "周"] where key.hasPrefix(opening) && key.count > opening.count {
            key = String(key.dropFirst(opening.count))
            break
        }
        switch key {
        case "一", "1": return 1
        case "二", "2": return 2
        case "三", "3": return 3
        case "四", "4": return 4
        case "五", "5": return 5
        case "六", "6": return 6
        case "日", "天", "七", "7": return 7
        default: return nil
        }
    }

    private static let weekdayHeadings: Set<String> = ["星期", "周", "周次", "礼拜", "星期几", "周几", "礼拜几"]

    /// Whether a text heads weekdays, down a column or along a line.
    static func headsWeekdays(_ text: String) -> Bool {
        text.utf8.count <= 30 && weekdayHeadings.contains(HeadingText.withoutBrackets(TextFolding.key(text)))
    }

    private static let lineHeadings: Set<String> = [
        "天气", "气温", "温度", "农历", "节假日", "法定节假日", "休息日", "工作日", "双休日", "是否节假日", "是否休息日", "是否工作日", "备注", "说明", "节日",
    ]

    /// Whether a text names a line of what a calendar says of the days: 星期, 节假日, 天气, 备注.
    static func headsLine(_ text: String) -> Bool {
        headsWeekdays(text)
            || text.utf8.count <= 45 && lineHeadings.contains(HeadingText.withoutBrackets(TextFolding.key(text)))
    }

    private static let dayNotes: Set<String> = [
        "休", "班", "节", "假", "周末", "节假日", "双休", "双休日", "法定假日", "法定节假日", "工作日", "休息", "上班", "国庆", "国庆节", "元旦", "春节", "清明",
        "清明节", "劳动节", "五一", "端午", "端午节", "中秋", "中秋节", "除夕", "放假", "调休", "调班", "补班",
    ]

    /// What a calendar says of a day in the line under it: 休, 国庆节.
    static func isDayNote(_ text: String) -> Bool {
        guard text.utf8.count <= 21 else { return false }
        return dayNotes.contains(HeadingText.withoutBrackets(TextFolding.key(text)))
    }
}
