import Domain

/// What words mean: of a legend, of a bracket behind a mark, of a figure's heading, of a row's label.
///
/// Read whole: a denial turns them, 上午 下午 半天 make halves, 视同 and 按…处理 say what counts as what. Source: spec §5.5.
enum MarkMeaning {
    /// Lists in the order in which the first that matches counts.
    private static let lists: [(AttendanceStatus, [String])] = [
        (.official, ["公差", "因公", "外出", "出差", "开会", "公出", "参会", "会议"]),
        (.training, ["培训", "学习"]),
        (.leave, ["事假", "年假", "婚假", "产假", "探亲", "请假"]),
        (.sick, ["病", "住院", "就医"]),
        (.absent, ["旷", "缺", "脱岗", "离岗", "离开", "空岗", "溜岗"]),
        (.withdrawn, ["抽调", "借调"]),
        (.rest, ["休", "节假"]),
    ]
    private static let presence = ["出勤", "到岗", "上班", "全勤", "满勤", "迟到", "早退", "签到", "实到", "到村"]
    /// Words of presence that yield to a word of another list: 驻村干部请假 is leave.
    private static let weakPresence = ["驻村", "在岗", "在村", "全天", "整天", "正常"]
    /// Whoever went like this was not there, wherever he went.
    private static let unexcused = ["擅自", "擅离", "私自", "不假", "无故", "未经批准", "未经同意", "未批"]
    private static let denials: Set<Unicode.Scalar> = ["未", "不", "没", "无", "非"]
    /// What may stand between a denial and the presence that it denies: 未正常到岗, 不计出勤, 没有在岗.
    private static let between: Set<Unicode.Scalar> = Set("计算能有正常按时到在作为予得入列纳够足".unicodeScalars)
    /// Whatever else the words say, the day is not counted.
    private static let notCounted = [
        "不计天数", "不计发", "不计入", "不计考勤", "不计补助", "不算天数", "不作数", "不发", "不补助", "不予补助", "无效", "作废",
    ]
    private static let countsAs = ["视同", "视为", "等同于", "算作", "计作", "计为", "记为", "记作", "当作", "按照", "按"]
    private static let endings = ["处理", "对待", "计算", "统计", "计发", "论处"]

    private static let exceptions = ["以外", "之外", "外均", "外都", "外全", "外一律", "外其余", "外其他", "外皆", "外,", "外，"]

    /// Of every word above: a text without any of these, as most names are, means nothing.
    private static let letters: Set<Unicode.Scalar> = {
        let words = lists.flatMap(\.1) + presence + weakPresence + unexcused + countsAs + ["假"]
        let first = Set(words.compactMap(\.unicodeScalars.first))
        return first.union(TraditionalText.twins(of: first))
    }()

    /// The one status that words mean; nil where none can be told.
    static func status(of words: String) -> AttendanceStatus? {
        guard words.unicodeScalars.contains(where: letters.contains) else { return nil }
        guard let words = excepted(TraditionalText.folded(TextFolding.key(words))) else { return nil }
        for link in countsAs {
            guard let place = ByteText.offset(of: link, in: words) else { continue }
            let cut = words.utf8.index(words.utf8.startIndex, offsetBy: place)
            var tail = String(words[cut...].dropFirst(link.count))
            for ending in endings where tail.hasSuffix(ending) { tail = String(tail.dropLast(ending.count)) }
            guard let meant = plain(tail) else { continue }
            let isDenied = words[..<cut].unicodeScalars.last.map(denials.contains) ?? false
            return isDenied && meant == .present ? plain(String(words[..<cut])) ?? .rest : meant
        }
        return plain(words)
    }

    /// 除△请假外均为出勤: what stands behind 外 is said of all other marks. Nil where nothing stands before it.
    private static func excepted(_ words: String) -> String? {
        guard ByteText.contains(words, "外") else { return words }
        for link in exceptions {
            guard let place = ByteText.offset(of: link, in: words) else { continue }
            let own = String(words[..<words.utf8.index(words.utf8.startIndex, offsetBy: place)])
            return own.isEmpty ? nil : own
        }
        return words
    }

    private static func plain(_ words: String) -> AttendanceStatus? {
        var isNotThere = false
        var isNotCounted = notCounted.contains { ByteText.contains(words, $0) }
        func affirms(_ word: String) -> Bool {
            switch denial(of: word, in: words) {
            case .affirmed: return true
            case .absent: return false
            case .notThere: isNotThere = true
            case .notCounted: isNotCounted = true
            }
            return false
        }
        // Every word is asked: 到岗但不算出勤 affirms one and denies another.
        let isPresent = presence.map(affirms).contains(true)
        let isWeaklyPresent = weakPresence.map(affirms).contains(true)
        if isPresent || isWeaklyPresent, isNotCounted { return .rest }
        if isPresent, isNotThere { return nil }
        if isPresent { return .present }
        if unexcused.contains(where: { ByteText.contains(words, $0) }) { return .absent }
        for (status, list) in lists where list.contains(where: { stands($0, in: words) }) { return status }
        if words.hasSuffix("假") { return .leave }
        if isNotThere { return .absent }
        if isWeaklyPresent { return .present }
        return isNotCounted ? .rest : nil
    }

    /// How a word of presence stands in a text.
    private enum Standing { case affirmed, absent, notThere, notCounted }

    private static func denial(of word: String, in words: String) -> Standing {
        var found = Standing.absent
        var start = 0
        while let place = ByteText.offset(of: word, in: words, from: start) {
            let before = words[..<words.utf8.index(words.utf8.startIndex, offsetBy: place)].unicodeScalars
            var isDenied = false
            var isCounting = false
            // 应出勤而未出勤: what is due is no presence.
            if before.last == "应" {
                start = place + 1
                continue
            }
            for scalar in before.reversed() {
                if denials.contains(scalar) {
                    isDenied = true
                    break
                }
                guard between.contains(scalar) else { break }
                isCounting = isCounting || "计算作列纳入予".unicodeScalars.contains(scalar)
            }
            if !isDenied { return .affirmed }
            found = isCounting ? .notCounted : .notThere
            start = place + 1
        }
        return found
    }

    /// A word of another list, not denied right before it (未请假).
    private static func stands(_ word: String, in words: String) -> Bool {
        var start = 0
        while let place = ByteText.offset(of: word, in: words, from: start) {
            let before = words[..<words.utf8.index(words.utf8.startIndex, offsetBy: place)].unicodeScalars.last
            if before.map({ !denials.contains($0) }) ?? true { return true }
            start = place + 1
        }
        return false
    }

    // MARK: Halves

    private static let mornings = ["上午", "上半天"]
    private static let afternoons = ["下午", "下半天"]
    private static let halves = ["半天", "半日", "半个工作日", "0.5天", "0.5日"]

    /// What words say of a day's halves; nil where their status cannot be told.
    static func reading(of words: String) -> MarkReading? {
        guard let words = excepted(TraditionalText.folded(TextFolding.key(words))) else { return nil }
        let morning = mornings.lazy.compactMap { words.firstBytes(of: $0) }.first
        let afternoon = afternoons.lazy.compactMap { words.firstBytes(of: $0) }.first
        if let morning, let afternoon { return both(words, morning, afternoon) }
        if let range = morning ?? afternoon {
            guard let status = rest(words, without: range) else { return nil }
            return morning != nil
                ? MarkReading(morning: status, afternoon: .blank) : MarkReading(morning: .blank, afternoon: status)
        }
        if let range = halves.lazy.compactMap({ words.firstBytes(of: $0) }).first {
            return rest(words, without: range).map(MarkReading.half)
        }
        if words == "半" || words == "半勤" { return .half(.present) }
        if ["1天", "一天", "1日", "一日", "整天", "1个工作日"].contains(words) { return .whole(.present) }
        return status(of: words).map(MarkReading.whole)
    }

    /// The status of what is left; presence where nothing is.
    private static func rest(_ words: String, without range: Range<String.Index>) -> AttendanceStatus? {
        let left = (words[..<range.lowerBound] + words[range.upperBound...]).filter { !"()、,;:/".contains($0) }
        return left.isEmpty ? .present : status(of: String(left))
    }

    /// 上午出勤下午请假; 上午、下午均出勤 is the whole day.
    private static func both(
        _ words: String, _ morning: Range<String.Index>, _ afternoon: Range<String.Index>
    ) -> MarkReading? {
        let isAhead = morning.lowerBound < afternoon.lowerBound
        let (first, second) = isAhead ? (morning, afternoon) : (afternoon, morning)
        let middle = words[first.upperBound..<second.lowerBound].filter { !"、,;和及/与".contains($0) }
        let after = String(words[second.upperBound...])
        guard !middle.isEmpty else {
            return status(of: after.isEmpty ? String(words[..<first.lowerBound]) : after).map(MarkReading.whole)
        }
        guard let one = status(of: String(middle)), let other = status(of: after) else { return nil }
        return isAhead ? MarkReading(morning: one, afternoon: other) : MarkReading(morning: other, afternoon: one)
    }
}
