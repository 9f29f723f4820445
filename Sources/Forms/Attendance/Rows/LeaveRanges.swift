import Domain

/// What 请假情况 beside the marks of a row says of its days (3.5-3.7事假；3月9日下午病假), against the marks: a day is not
/// both leave and presence. Source: spec §5.4, §5.7.
struct LeaveRanges {
    /// Days of one month, or of whichever month the row is of.
    private struct Range {
        var year: Int?
        var month: Int?
        var first: Int
        var lastMonth: Int?
        var last: Int
        /// The half that is meant; nil for the whole day, of which half may be (事假半天).
        var half: DayHalf?
    }

    private let said: SubmittedText
    private var ranges: [Range] = []

    init(_ text: SubmittedText) {
        said = text
        for piece in TextFolding.halfWidth(text.text).split(whereSeparator: { ";,。、\n".contains($0) }) {
            if let range = LeaveRanges.range(String(piece)) { ranges.append(range) }
        }
    }

    /// Marks of presence on such days mean nothing that could be paid.
    func settle(_ reading: inout PersonReading, _ people: PersonRow) {
        guard !ranges.isEmpty else { return }
        var days: [String] = []
        var period: Period?
        for place in reading.row.days.indices {
            let day = reading.row.days[place]
            guard let range = ranges.first(where: { contradicts($0, day) }) else { continue }
            if range.half != .afternoon { reading.row.days[place].morning = .unknown }
            if range.half != .morning { reading.row.days[place].afternoon = .unknown }
            days.append("\(day.date.parts.day)")
            period = period ?? day.date.period
        }
        guard !days.isEmpty else { return }
        reading.row.findings.append(
            people.finding(
                .markAgainstLeave, reading.row.name.text, cell: said.cell, value: said.text,
                [said.text, days.joined(separator: "、")], in: period))
    }

    private func contradicts(_ range: Range, _ day: DayMark) -> Bool {
        let date = day.date.parts
        guard range.year == nil || range.year == date.year || range.lastMonth != range.month else { return false }
        if let month = range.month {
            let last = range.lastMonth ?? month
            let isFirst = date.month == month && date.day >= range.first && (last != month || date.day <= range.last)
            let isLast = date.month == last && date.day <= range.last && (last != month || date.day >= range.first)
            guard isFirst || isLast else { return false }
        } else if !(range.first...range.last).contains(date.day) {
            return false
        }
        switch range.half {
        case .morning?: return day.morning == .present
        case .afternoon?: return day.afternoon == .present
        case nil: return day.morning == .present && day.afternoon == .present
        }
    }

    // MARK: Reading

    /// Words of being away; a piece without any speaks of leave under this heading.
    private static func isAway(_ words: String) -> Bool {
        guard let status = MarkMeaning.status(of: words) else { return true }
        return [.leave, .sick, .absent, .withdrawn].contains(status)
    }

    /// Nil where no day is named beyond doubt: 请假3天, 3.5天.
    private static func range(_ piece: String) -> Range? {
        let tokens = NumberScan.tokens(piece)
        guard let start = tokens.firstIndex(where: { if case .number = $0 { true } else { false } }) else { return nil }
        var scan = DayScan(tokens, from: start)
        guard let first = scan.day() else { return nil }
        var range = Range(
            year: first.year, month: first.month, first: first.day, lastMonth: first.month, last: first.day)
        if scan.skipsJoin() {
            guard let last = scan.day(after: first) else { return nil }
            range.last = last.day
            range.lastMonth = last.month ?? first.month
        }
        let words = String(
            String.UnicodeScalarView(
                (tokens[..<start] + tokens[scan.index...]).compactMap {
                    if case .other(let scalar) = $0 { scalar } else { nil }
                }))
        guard isAway(words), range.month != range.lastMonth || range.first <= range.last else { return nil }
        let isOfTwo = range.first != range.last || range.month != range.lastMonth
        if !isOfTwo {
            range.half = ByteText.contains(words, "上午") ? .morning : ByteText.contains(words, "下午") ? .afternoon : nil
            if ByteText.contains(words, "上午"), ByteText.contains(words, "下午") { range.half = nil }
        }
        return range
    }

    /// A day in a list of tokens.
    private struct DayScan {
        let tokens: [NumberToken]
        private(set) var index: Int

        init(_ tokens: [NumberToken], from index: Int) {
            self.tokens = tokens
            self.index = index
        }

        private func number(_ place: Int, _ range: ClosedRange<Int>) -> Int? {
            guard tokens.indices.contains(place), case .number(let value, _, _) = tokens[place], range.contains(value)
            else { return nil }
            return value
        }
        private func isAny(_ place: Int, _ scalars: String) -> Bool {
            guard tokens.indices.contains(place), case .other(let scalar) = tokens[place] else { return false }
            return scalars.unicodeScalars.contains(scalar)
        }

        mutating func skipsJoin() -> Bool {
            let start = index
            while isAny(index, "-—–~～至到") { index += 1 }
            return index > start
        }

        /// 3.5, 3月5日, 2019年3月5日, 5日; behind another day 7 alone.
        mutating func day(
            after first: (year: Int?, month: Int?, day: Int)? = nil
        ) -> (year: Int?, month: Int?, day: Int)? {
            var year: Int?
            if let found = number(index, MonthText.years), isAny(index + 1, "年./-") {
                year = found
                index += 2
            }
            let joints = year == nil ? "月./" : "月./-"
            if let month = number(index, 1...12), isAny(index + 1, joints), let day = number(index + 2, 1...31) {
                index += 3
                return ends() ? (year, month, day) : nil
            }
            guard let day = number(index, 1...31), isAny(index + 1, "日号") || first != nil || joinsDay() else {
                return nil
            }
            index += 1
            return ends() ? (year, nil, day) : nil
        }

        /// 5-7日: the unit stands behind the second day.
        private func joinsDay() -> Bool {
            isAny(index + 1, "-—–~～至到") && number(index + 2, 1...31) != nil && isAny(index + 3, "日号")
        }

        /// Past the unit; false where the figure counts days.
        private mutating func ends() -> Bool {
            if isAny(index, "日号") { index += 1 }
            return !isAny(index, "天个次时年月.")
        }
    }
}
