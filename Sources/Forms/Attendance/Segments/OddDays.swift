import Domain

/// Day headings that only their neighbours explain: 1上 1下 2上 …, and 1/11 2/11 3/11 …, the day before the month.
struct OddDays {
    private var halves: [(day: DayHeading, slot: DaySlot)] = []
    private var strokes: [(place: Int, first: Int, second: Int)] = []

    /// Looks at a heading's text; those that begin with no digit are none of these.
    mutating func read(_ text: String, at place: Int) {
        guard let first = text.utf8.first, (48...57).contains(first), text.utf8.count <= 15 else { return }
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

    /// The days of a row that holds such headings throughout, and which columns are halves; nil for any other row.
    var settled: (days: [DayHeading], slots: [Int: DaySlot])? { daysOfHalves ?? daysBeforeMonths }

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

    /// One month behind every stroke and days that step before it: no year has twelve firsts of a month in a row.
    private var daysBeforeMonths: (days: [DayHeading], slots: [Int: DaySlot])? {
        guard strokes.count >= 3, let month = strokes.first?.second, strokes.allSatisfy({ $0.second == month }),
            zip(strokes, strokes.dropFirst()).allSatisfy({ $1.first > $0.first })
        else { return nil }
        return (strokes.map { DayHeading(place: $0.place, month: month, days: [$0.first]) }, [:])
    }
}
