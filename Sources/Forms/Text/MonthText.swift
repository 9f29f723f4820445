import Domain

/// Reads what a text says of months. A date with a day names none; a range from a day to a day names its months.
///
/// Source: spec §5.1.
enum MonthText {
    /// Years that attendance can be about; keeps codes and amounts from being read as years.
    static let years = 1990...2099

    /// Reads `2018年11月`, `2018年度11月份`, `2018-11`, `201811`, `11月`, `二〇一八年十一月`, `10-12月`, `四季度`,
    /// `2018年11月1日至30日`, `10月26日—11月25日`; not `2018年12月3日`, `20181203`.
    static func read(_ text: String) -> MonthReading {
        guard
            text.utf8.contains(where: { (48...57).contains($0) || $0 == 0xEF }) || ByteText.contains(text, "月")
                || ByteText.contains(text, "季") || ByteText.contains(text, "年")
        else { return .nothing }
        let text = ByteText.contains(text, "历") ? withoutLunarMonths(text) : text
        var scan = MonthScan(NumberScan.tokens(text))
        let mentions = scan.mentions()
        var reading = conclusion(mentions)
        if reading.span == nil { reading.span = half(text) }
        return reading
    }

    /// A text without 农历二月: that month is no month of the calendar that pays.
    private static func withoutLunarMonths(_ text: String) -> String {
        var rest = text
        for word in ["农历", "阴历", "夏历", "旧历", "藏历"] {
            while let start = rest.firstRange(of: word) {
                let end = rest[start.upperBound...].firstIndex(of: "月").map { rest.index(after: $0) }
                rest.removeSubrange(start.lowerBound..<(end ?? start.upperBound))
            }
        }
        return rest
    }

    /// 上半月, 下旬: the days of a month that a text names in words.
    private static func half(_ text: String) -> NamedSpan? {
        let words: [(String, Int, Int)] = [
            ("上半月", 1, 15), ("前半月", 1, 15), ("下半月", 16, 31), ("后半月", 16, 31), ("上旬", 1, 10), ("中旬", 11, 20),
            ("下旬", 21, 31),
        ]
        for (word, first, last) in words where ByteText.contains(text, word) {
            return NamedSpan(firstMonth: nil, first: first, lastMonth: nil, last: last)
        }
        return nil
    }

    private static func conclusion(_ mentions: [MonthMention]) -> MonthReading {
        var reading = MonthReading()
        var ofSpan: [NamedMonth] = []
        func add(_ months: [NamedMonth], to list: inout [NamedMonth]) {
            for month in months
            where !list.contains(where: { $0.month == month.month && ($0.year == month.year || month.year == nil) }) {
                list.append(month)
            }
        }
        var index = 0
        while index < mentions.count {
            let mention = mentions[index]
            let next = index + 1 < mentions.count && mention.joinsNext ? mentions[index + 1] : nil
            if mention.day != nil {
                if let next, let span = span(mention, next, year: reading.year) {
                    if reading.span == nil {
                        reading.span = span.span
                        add(span.months, to: &ofSpan)
                        reading.year = reading.year ?? span.months.first?.year
                    }
                    index += 2
                } else {
                    index += 1
                }
                continue
            }
            if let year = mention.year { reading.year = reading.year ?? year }
            guard let first = mention.month else {
                index += 1
                continue
            }
            if let quarter = mention.monthsFollowing {
                add((0...quarter).map { NamedMonth(year: mention.year, month: first + $0) }, to: &reading.months)
            } else if let next, next.day == nil, let last = next.month, !mention.isListed {
                let start = NamedMonth(year: mention.year ?? next.year ?? reading.year, month: first)
                add(
                    NamedMonth.from(start, through: NamedMonth(year: next.year ?? start.year, month: last)),
                    to: &reading.months)
                reading.year = reading.year ?? next.year
                index += 1
            } else {
                add([NamedMonth(year: mention.year, month: first)], to: &reading.months)
            }
            index += 1
        }
        let named = reading.months
        if named.isEmpty { reading.months = ofSpan }
        reading.months = reading.months.map { $0.with(year: reading.year) }
        if reading.months.count > 1, let first = reading.months.first?.year { reading.year = reading.year ?? first }
        return reading
    }

    /// A span from one mention with a day to another, and its months.
    private static func span(
        _ first: MonthMention, _ last: MonthMention, year: Int?
    ) -> (span: NamedSpan, months: [NamedMonth])? {
        guard let from = first.day, let to = last.day else { return nil }
        let start = first.month.map { NamedMonth(year: first.year ?? year, month: $0) }
        var end = last.month.map { NamedMonth(year: last.year, month: $0) }
        if let start, end == nil, !last.isThisMonth { end = start }
        if let begin = start, let stop = end, stop.year == nil {
            let crosses = stop.month < begin.month
            end = NamedMonth(year: begin.year.map { crosses ? $0 + 1 : $0 }, month: stop.month)
        }
        let isOneMonth = start?.month == end?.month
        // 12月20日至12月20日: a range of one day is one where both its ends name the month.
        let isOneDay = to == from && first.month != nil && last.month != nil
        guard !isOneMonth || first.isMonthBefore || to > from || isOneDay else { return nil }
        var span = NamedSpan(firstMonth: start, first: from, lastMonth: end, last: to)
        span.beginsInMonthBefore = first.isMonthBefore
        guard let start, let end else { return (span, []) }
        return (span, NamedMonth.from(start, through: end))
    }
}

/// A year, month or day that a text names.
struct MonthMention {
    var year: Int?
    var month: Int?
    var day: Int?
    /// A quarter: how many months follow the first.
    var monthsFollowing: Int?
    /// Joined with what comes next by a dash or 至.
    var joinsNext = false
    /// Joined by 、 or 和.
    var isListed = false
    var isMonthBefore = false
    var isThisMonth = false
}

/// Finds the mentions of a text's numbers.
private struct MonthScan {
    let tokens: [NumberToken]
    private var index = 0

    init(_ tokens: [NumberToken]) { self.tokens = tokens }

    private func number(_ index: Int) -> (value: Int, digits: Int, isChinese: Bool)? {
        guard tokens.indices.contains(index), case .number(let value, let digits, let isChinese) = tokens[index] else {
            return nil
        }
        return (value, digits, isChinese)
    }
    private func other(_ index: Int) -> Unicode.Scalar? {
        guard tokens.indices.contains(index), case .other(let scalar) = tokens[index] else { return nil }
        return scalar
    }
    private func isAny(_ index: Int, _ scalars: String) -> Bool {
        other(index).map { scalars.unicodeScalars.contains($0) } ?? false
    }
    private func isRange(_ index: Int) -> Bool { isAny(index, "-—–~～至到－") }
    private func isPoint(_ index: Int) -> Bool { isAny(index, "-./—_") }
    private func isDayWord(_ index: Int) -> Bool { isAny(index, "日号") }

    /// A day or month of at most two digits.
    private func small(_ index: Int, _ range: ClosedRange<Int>) -> Int? {
        guard let found = number(index), found.digits <= 2 || found.isChinese, range.contains(found.value) else {
            return nil
        }
        return found.value
    }

    mutating func mentions() -> [MonthMention] {
        var mentions: [MonthMention] = []
        while index < tokens.count {
            let start = index
            if var mention = mention() {
                // A join of one or two dashes, and a mention right behind it.
                var end = index
                while isRange(end), end < index + 2 { end += 1 }
                if end > index, tokens.indices.contains(end) {
                    mention.joinsNext = true
                    index = end
                } else if isAny(index, "、,，和及") {
                    mention.isListed = true
                    index += 1
                }
                mentions.append(mention)
            } else {
                index = max(index, start + 1)
                if let last = mentions.indices.last { mentions[last].joinsNext = false }
            }
        }
        return mentions
    }

    /// The mention that begins here, the scan behind it; nil where none does.
    private mutating func mention() -> MonthMention? {
        if let relative = relativeMonth() { return relative }
        if other(index) == "第" { index += 1 }
        guard let here = number(index) else { return nil }
        // 2018年l2月: a letter for a figure, and no February.
        if isAny(index - 1, "lI|O") {
            index += 1
            return nil
        }
        if other(index + 1) == "季" {
            guard (1...4).contains(here.value) else { return nil }
            index += other(index + 2) == "度" ? 3 : 2
            return MonthMention(month: here.value * 3 - 2, monthsFollowing: 2)
        }
        if other(index + 1) == "年" { return afterYear(here) }
        if other(index + 1) == "月" { return afterMonth(year: nil) }
        if isDayWord(index + 1), let day = small(index, 1...31) {
            index += 2
            return MonthMention(day: day)
        }
        return digits(here) ?? weak(here)
    }

    /// 上月26日, 本月25日.
    private mutating func relativeMonth() -> MonthMention? {
        guard isAny(index, "上本当次下"), other(index + 1) == "月", let day = small(index + 2, 1...31) else { return nil }
        let word = other(index)
        index += isDayWord(index + 3) ? 4 : 3
        return MonthMention(day: day, isMonthBefore: word == "上", isThisMonth: word != "上")
    }

    private mutating func afterYear(_ here: (value: Int, digits: Int, isChinese: Bool)) -> MonthMention? {
        let year: Int
        if here.digits == 4, MonthText.years.contains(here.value) {
            year = here.value
        } else if here.digits == 2, !here.isChinese {
            year = 2000 + here.value
        } else {
            return nil
        }
        index += 2
        let behind = index
        while isAny(index, "度的第") { index += 1 }
        if let quarter = small(index, 1...4), other(index + 1) == "季" {
            index += other(index + 2) == "度" ? 3 : 2
            return MonthMention(year: year, month: quarter * 3 - 2, monthsFollowing: 2)
        }
        if number(index) != nil, other(index + 1) == "月" { return afterMonth(year: year) }
        // 2018年10-12月
        if let first = small(index, 1...12), isRange(index + 1) || isAny(index + 1, "、"),
            small(index + 2, 1...12) != nil,
            other(index + 3) == "月"
        {
            index += 1
            return MonthMention(year: year, month: first)
        }
        index = behind
        return MonthMention(year: year)
    }

    /// At a number before 月.
    private mutating func afterMonth(year: Int?) -> MonthMention? {
        guard let here = number(index) else { return nil }
        var year = year
        var month = here.value
        if here.digits == 5 || here.digits == 6, !here.isChinese {
            let power = here.digits == 5 ? 10 : 100
            guard MonthText.years.contains(month / power) else { return nil }
            year = month / power
            month %= power
        }
        guard (1...12).contains(month), here.digits <= 2 || here.isChinese || year != nil else { return nil }
        index += 2
        if other(index) == "份" { index += 1 }
        guard let day = small(index, 1...31) else { return MonthMention(year: year, month: month) }
        if isDayWord(index + 1) {
            index += 2
        } else if index + 1 >= tokens.count
            || isRange(index + 1) && small(index + 2, 1...31) != nil && other(index + 3) != "月"
            || isRange(index + 1) && small(index + 2, 1...12) != nil
        {
            index += 1
        } else {
            return MonthMention(year: year, month: month)
        }
        return MonthMention(year: year, month: month, day: day)
    }

    /// 2018-11, 2018.11.30, 201811, 20181130, a bare year.
    private mutating func digits(_ here: (value: Int, digits: Int, isChinese: Bool)) -> MonthMention? {
        guard !here.isChinese else { return nil }
        if here.digits == 4, MonthText.years.contains(here.value) {
            if isPoint(index + 1), let month = small(index + 2, 1...12), other(index + 3) != "月" {
                if other(index + 3) == other(index + 1), let day = small(index + 4, 1...31), other(index + 5) != "月" {
                    index += 5
                    return MonthMention(year: here.value, month: month, day: day)
                }
                index += 3
                return MonthMention(year: here.value, month: month)
            }
            // A folder «2018», a file «2018-高店镇», 12月考勤表（2018）; in brackets before a number it is a document's.
            let isInBrackets = isAny(index - 1, "(") && isAny(index + 1, ")") && number(index + 2) == nil
            let isBare = tokens.count == 1 || isPoint(index + 1) || isPoint(index - 1) || isInBrackets
            index += 1
            return isBare ? MonthMention(year: here.value) : nil
        }
        if here.digits == 6, MonthText.years.contains(here.value / 100), (1...12).contains(here.value % 100) {
            index += 1
            return MonthMention(year: here.value / 100, month: here.value % 100)
        }
        if here.digits == 8, MonthText.years.contains(here.value / 10_000), (1...12).contains(here.value / 100 % 100),
            (1...31).contains(here.value % 100)
        {
            index += 1
            return MonthMention(year: here.value / 10_000, month: here.value / 100 % 100, day: here.value % 100)
        }
        return nil
    }

    /// Numbers that only their neighbours make dates: 11.1-11.30, 1-15日, 10-12月.
    private mutating func weak(_ here: (value: Int, digits: Int, isChinese: Bool)) -> MonthMention? {
        if let month = small(index, 1...12), isAny(index + 1, "./"), let day = small(index + 2, 1...31) {
            let isFirst = isRange(index + 3) && small(index + 4, 1...31) != nil
            guard isFirst || isRange(index - 1) else { return nil }
            index += isDayWord(index + 3) ? 4 : 3
            return MonthMention(month: month, day: day)
        }
        if let day = small(index, 1...31), isRange(index + 1), small(index + 2, 1...31) != nil {
            if isDayWord(index + 3) {
                index += 1
                return MonthMention(day: day)
            }
            if other(index + 3) == "月", (1...12).contains(day) {
                index += 1
                return MonthMention(month: day)
            }
        }
        if let month = small(index, 1...12), isAny(index + 1, "、,，和及"), small(index + 2, 1...12) != nil,
            other(index + 3) == "月"
        {
            index += 1
            return MonthMention(month: month)
        }
        // The end of 11月1日-30, 11.1-30.
        if isRange(index - 1), let day = small(index, 1...31), index + 1 >= tokens.count || isAny(index + 1, ")）]】") {
            index += 1
            return MonthMention(day: day)
        }
        return nil
    }
}
