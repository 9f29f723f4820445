import Domain

/// Day headings that only their neighbours explain: 1上 1下 2上 …; 1/11 2/11 3/11 …, the day before the month; 一 二 三
/// … 十 十一, of which the first seven are weekdays elsewhere.
struct OddDays {
    private var halves: [(day: DayHeading, slot: DaySlot)] = []
    private var strokes: [(place: Int, first: Int, second: Int)] = []
    private var numerals: [DayHeading] = []

    /// Looks at a heading's text; those that begin with no figure are none of these.
    mutating func read(_ text: String, at place: Int) {
        guard let first = text.utf8.first, text.utf8.count <= 15 else { return }
        guard (48...57).contains(first) else {
            if first >= 0xE4, text.utf8.count <= 9 { readNumeral(text, at: place) }
            return
        }
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        guard digits.count <= 2, let number = Int(digits), (1...31).contains(number) else { return }
        var rest = TextFolding.key(String(text[digits.endIndex...]))
        if rest.hasPrefix("/"), let month = Int(rest.dropFirst()), (1...12).contains(month) {
            strokes.append((place, number, month))
            return
        }
        if let day = rest.first, "日号".contains(day) { rest.removeFirst() }
        rest.removeAll { "()-_/".contains($0) }
        if let slot = HalfWord.read(rest), slot != .evening {
            halves.append((DayHeading(place: place, days: [number]), slot))
        }
    }

    private mutating func readNumeral(_ text: String, at place: Int) {
        guard text.unicodeScalars.allSatisfy({ $0.chineseDigit != nil || $0 == "十" }),
            case .number(let day, _, true)? = NumberScan.tokens(text).first, (1...31).contains(day)
        else { return }
        numerals.append(DayHeading(place: place, days: [day]))
    }

    /// The days of a row that holds such headings throughout, and which columns are halves; nil for any other row.
    var settled: (days: [DayHeading], slots: [Int: DaySlot])? {
        daysOfHalves ?? daysBeforeMonths ?? daysOfNumerals
    }

    private var daysOfHalves: (days: [DayHeading], slots: [Int: DaySlot])? {
        guard halves.count >= 6, halves.count.isMultiple(of: 2) else { return nil }
        var days: [DayHeading] = []
        for place in stride(from: 0, to: halves.count, by: 2) {
            let (one, other) = (halves[place], halves[place + 1])
            guard one.day.day == other.day.day, one.slot == .morning, other.slot == .afternoon else { return nil }
            days.append(one.day)
        }
        return (days, Dictionary(halves.map { ($0.day.place, $0.slot) }) { first, _ in first })
    }

    /// Figures that go on beyond those of the weekdays, one step each.
    private var daysOfNumerals: (days: [DayHeading], slots: [Int: DaySlot])? {
        guard numerals.count >= 10, zip(numerals, numerals.dropFirst()).allSatisfy({ $1.day == $0.day + 1 }) else {
            return nil
        }
        return (numerals, [:])
    }

    /// One month behind every stroke and days that step before it: no year has twelve firsts of a month in a row.
    private var daysBeforeMonths: (days: [DayHeading], slots: [Int: DaySlot])? {
        guard strokes.count >= 3, let month = strokes.first?.second, strokes.allSatisfy({ $0.second == month }),
            zip(strokes, strokes.dropFirst()).allSatisfy({ $1.first > $0.first })
        else { return nil }
        return (strokes.map { DayHeading(place: $0.place, month: month, days: [$0.first]) }, [:])
    }
}
