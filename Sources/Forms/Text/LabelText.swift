import Domain

/// `乡镇：洪水镇    村：大庄村` around a table: a label and its value.
struct Label {
    enum Meaning: Equatable {
        case field(FieldID)
        /// 月份, 时间, 所属期.
        case month
        /// 日期, which may be the day of reporting: a month only where it names a range or a month alone.
        case date
        /// 填报单位 and the like: names the township, but is no field of a person.
        case sender
        /// 单位：小时.
        case unit
        case other
    }

    var meaning: Meaning
    /// As written.
    var word = ""
    var value: String
}

enum LabelText {
    private static let months: Set<String> = [
        "月份", "时间", "所属期", "年月", "考勤月份", "考勤时间", "考勤期间", "考勤周期", "统计月份", "统计时间", "期间", "所属月份", "月度", "所属时间", "所属时期",
        "考勤年月", "年份", "年度",
        "考勤日期", "所属年月", "统计期间",
    ]
    private static let senders: Set<String> = [
        "填报单位", "报送单位", "上报单位", "填报乡镇", "制表单位", "填表单位", "单位(盖章)", "单位名称(盖章)", "填报单位(盖章)", "报送单位(盖章)", "乡镇(盖章)",
    ]
    private static let others: Set<String> = [
        "填报时间", "填报日期", "制表时间", "制表日期", "报送时间", "报送日期", "上报时间", "上报日期", "填表时间", "填表日期", "填表人", "审核人", "负责人", "联系电话",
        "电话", "制表人", "填报人",
    ]
    private static let units: Set<String> = ["小时", "天", "元", "万元", "人", "次", "天数", "工时", "元/天"]

    static func meaning(_ word: String, _ form: FormIndex) -> Label.Meaning? {
        let key = TextFolding.key(word)
        if months.contains(key) { return .month }
        if senders.contains(key) { return .sender }
        if others.contains(key) { return .other }
        guard let hit = form.hit(key) else { return nil }
        switch form.definition.fields[hit.field].field {
        case .date: return .date
        case .name, .residentID, .village, .township, .county, .sendingUnit:
            return .field(form.definition.fields[hit.field].field)
        default: return nil
        }
    }

    /// Labels of one cell's text, in order; empty where it has none. A last value may be empty: the next cell has it.
    static func labels(_ text: String, _ form: FormIndex) -> [Label] { split(text, form).labels }

    /// A cell's text as what stands before and between its labels (a title), and the labels. Source: spec §5.1.
    static func split(_ text: String, _ form: FormIndex) -> (title: String, labels: [Label]) {
        guard text.utf8.contains(0x3A) || ByteText.contains(text, "：") else { return (text, []) }
        let scalars = Array(TextFolding.halfWidth(text).unicodeScalars)
        var found: [(start: Int, colon: Int, meaning: Label.Meaning)] = []
        var valueStart = 0
        for colon in scalars.indices where scalars[colon] == ":" {
            var start = colon
            while start > valueStart, !isBreak(scalars[start - 1]) || isInnerSpace(scalars, start - 1, valueStart) {
                start -= 1
            }
            var word = string(scalars[start..<colon])
            if let meaning = meaning(word, form) {
                found.append((start, colon, meaning))
            } else if !found.isEmpty || start > 0 {
                // The label is the tail of what stands since the value before it.
                var tail: Int?
                if start + 1 < colon {
                    for place in (start + 1)..<colon where tail == nil {
                        word = string(scalars[place..<colon])
                        if meaning(word, form) != nil { tail = place }
                    }
                }
                guard let tail, let meaning = meaning(string(scalars[tail..<colon]), form) else { continue }
                found.append((tail, colon, meaning))
            } else {
                continue
            }
            valueStart = colon + 1
        }
        guard let first = found.first else { return (text, []) }
        var title = TextFolding.trimmed(string(scalars[..<first.start]))
        var labels: [Label] = []
        for (place, label) in found.enumerated() {
            let end = place + 1 < found.count ? found[place + 1].start : scalars.count
            var value = TextFolding.trimmed(string(scalars[(label.colon + 1)..<max(end, label.colon + 1)]))
            var meaning = label.meaning
            if meaning == .field(.sendingUnit), units.contains(TextFolding.key(value)) { meaning = .unit }
            if meaning != .month, meaning != .date {
                let parts = titleParts(value, form)
                value = parts.value
                title = TextFolding.trimmed(title + " " + parts.title)
            }
            let word = string(scalars[label.start..<label.colon])
            labels.append(Label(meaning: meaning, word: word, value: strip(value)))
        }
        while let last = title.last, "(（[【".contains(last) { title.removeLast() }
        return (title, labels)
    }

    /// 单位：碾伯镇 2018年10月 驻村干部考勤表: the value ends where a title or a month begins.
    private static func titleParts(_ value: String, _ form: FormIndex) -> (value: String, title: String) {
        let parts = value.split { $0.unicodeScalars.allSatisfy(TextFolding.isSpace) }.map(String.init)
        guard parts.count > 1 else { return (value, "") }
        let title = parts.firstIndex { form.titleFit(TextFolding.key($0)) > 0 || !MonthText.read($0).months.isEmpty }
        guard let title, title > 0 else { return (value, "") }
        return (parts[..<title].joined(separator: " "), parts[title...].joined(separator: " "))
    }

    private static func strip(_ value: String) -> String {
        var value = value
        while let last = value.last, ";；,，、_)）]】".contains(last) { value.removeLast() }
        return TextFolding.trimmed(value)
    }

    private static func isBreak(_ scalar: Unicode.Scalar) -> Bool {
        TextFolding.isSpace(scalar) || ";,、。|([【".unicodeScalars.contains(scalar)
    }

    /// `姓  名：` is one word: a space between two single characters at the beginning of a label.
    private static func isInnerSpace(_ scalars: [Unicode.Scalar], _ place: Int, _ floor: Int) -> Bool {
        guard TextFolding.isSpace(scalars[place]) else { return false }
        var before = place
        while before > floor, TextFolding.isSpace(scalars[before - 1]) { before -= 1 }
        guard before - 1 >= floor, scalars[before - 1].isCJK else { return false }
        return before - 1 == floor || TextFolding.isSpace(scalars[before - 2])
    }

    private static func string(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
        String(String.UnicodeScalarView(scalars))
    }
}
