import Domain
import Tables

/// What a mark says of a day.
struct MarkReading: Hashable, Sendable {
    enum Problem: Hashable, Sendable {
        case unknown, error, uncached
        /// The legend gives it two meanings.
        case contradicted
    }

    var morning: AttendanceStatus
    var afternoon: AttendanceStatus
    var isUnnamedHalf = false
    var problem: Problem?

    static let blank = MarkReading(morning: .blank, afternoon: .blank)
    static let unknown = MarkReading(morning: .unknown, afternoon: .unknown, problem: .unknown)

    static let contradicted = MarkReading(morning: .unknown, afternoon: .unknown, problem: .contradicted)

    /// Whether either half is presence.
    var isPresence: Bool { morning == .present || afternoon == .present }

    static func whole(_ status: AttendanceStatus) -> MarkReading { MarkReading(morning: status, afternoon: status) }
    static func half(_ status: AttendanceStatus) -> MarkReading {
        MarkReading(morning: status, afternoon: .blank, isUnnamedHalf: true)
    }
}

/// The table of marks, folded once for all sheets.
struct FoldedMarks: Sendable {
    let statuses: [String: MarkReading]

    init(_ table: MarkTable) {
        var statuses: [String: MarkReading] = [:]
        for status in AttendanceStatus.allCases {
            for mark in table.marks[status] ?? [] {
                let key = MarkText.key(mark)
                if statuses[key] == nil { statuses[key] = .whole(status) }
            }
        }
        self.statuses = statuses
    }
}

/// Resolves the marks of a block by its legend and the table; remembers what it has resolved.
struct MarkReader {
    private let table: FoldedMarks
    private var legend: [String: MarkReading] = [:]
    /// What the legend says of every sign that it does not list.
    private var others: MarkReading?
    private let areHours: Bool
    /// Marks of at most seven bytes, which nearly all are: a short list is faster than hashing.
    private var short: [(key: UInt64, reading: MarkReading)] = []
    private var byText: [ByteText: MarkReading] = [:]
    private var byNumber: [Double: MarkReading] = [:]

    init(_ table: FoldedMarks, legend entries: [LegendEntry], areHours: Bool) {
        self.table = table
        self.areHours = areHours
        for entry in entries where legend[entry.mark] == nil {
            legend[entry.mark] = entry.isContradicted ? .contradicted : entry.meaning ?? .unknown
        }
        others = legend.removeValue(forKey: LegendEntry.others)
        // 0 is a circle only where the legend lists it.
        if let zero = legend["0"], legend["○"] == nil { legend["○"] = zero }
    }

    /// What stands in a cell of a whole day.
    mutating func read(_ cell: Cell?) -> MarkReading {
        guard let cell else { return .blank }
        if cell.isUncachedFormula { return MarkReading(morning: .uncached, afternoon: .uncached, problem: .uncached) }
        switch cell.value {
        case .empty: return .blank
        case .text(let text):
            if let key = ByteText.packed(text) {
                for known in short where known.key == key { return known.reading }
                let reading = resolve(text)
                if short.count < 64 { short.append((key, reading)) }
                return reading
            }
            if let known = byText[ByteText(text)] { return known }
            let reading = resolve(text)
            byText[ByteText(text)] = reading
            return reading
        case .number(let number):
            if let known = byNumber[number] { return known }
            let reading = resolve(number)
            byNumber[number] = reading
            return reading
        case .error: return MarkReading(morning: .unknown, afternoon: .unknown, problem: .error)
        case .boolean, .date, .dateTime, .time: return .unknown
        }
    }

    /// What stands in a cell of half a day.
    mutating func readHalf(_ cell: Cell?) -> MarkReading {
        if areHours, let cell, case .number(let hours) = cell.value { return .whole(hours >= 4 ? .present : .blank) }
        let reading = read(cell)
        if reading.isUnnamedHalf { return .whole(reading.morning) }
        return reading.morning == reading.afternoon ? reading : .unknown
    }

    private func resolve(_ number: Double) -> MarkReading {
        let key = CellValue.numberText(number)
        if let listed = legend[key] { return listed }
        if areHours { return hours(number) }
        if number == 0.5 { return .half(.present) }
        return table.statuses[key] ?? .unknown
    }

    /// 8 or more a day, 4 to under 8 half a day, less none. Source: spec §5.5.
    private func hours(_ hours: Double) -> MarkReading {
        if hours < 0 || hours > 24 { return .unknown }
        if hours >= 8 { return .whole(.present) }
        return hours >= 4 ? .half(.present) : .blank
    }

    private func resolve(_ text: String) -> MarkReading {
        let key = MarkText.key(text)
        if key.isEmpty { return .blank }
        if let whole = whole(key) { return whole }
        if let number = Double(key), number.isFinite, key.utf8.allSatisfy({ $0 == 46 || (48...57).contains($0) }) {
            return resolve(number)
        }
        if let found = hoursText(key) ?? twoMarks(key) ?? namedHalves(key) ?? words(key) ?? halfUnknown(key) {
            return found
        }
        if MarkReader.freeDays.contains(key) { return .whole(.rest) }
        let simplified = TraditionalText.folded(key)
        return simplified == key ? .unknown : resolve(simplified)
    }

    /// What a calendar calls a day off, written where a mark would stand.
    private static let freeDays: Set<String> = [
        "周末", "周六", "周日", "星期六", "星期日", "星期天", "双休", "元旦", "元旦节", "春节", "除夕", "清明", "清明节", "劳动节", "五一", "五一节", "端午",
        "端午节",
        "中秋", "中秋节", "国庆", "国庆节",
    ]

    /// A mark of the legend, else of the table.
    private func whole(_ key: String) -> MarkReading? {
        if let listed = legend[key] { return listed }
        if let others, MarkReader.isSign(key) {
            let usual = table.statuses[key]
            // A sign of absence everywhere is no presence for not being listed.
            return others.isPresence && usual?.isPresence == false ? .unknown : others
        }
        if key == "半" || key == "半天" || key == "½" || key == "1/2" { return .half(.present) }
        return table.statuses[key]
    }

    private static func isSign(_ key: String) -> Bool {
        key.unicodeScalars.count == 1 && MarkText.isCommonMark(key)
    }

    private func hoursText(_ key: String) -> MarkReading? {
        for unit in ["小时", "H", "时"] where key.hasSuffix(unit) {
            if let number = Double(String(key.dropLast(unit.count))) { return hours(number) }
        }
        return nil
    }

    /// One part of a mark that names two.
    private func part(_ key: Substring) -> AttendanceStatus? {
        if key.isEmpty { return .blank }
        if let whole = whole(String(key)), whole.problem == nil { return whole.morning }
        return wordStatus(String(key))
    }

    /// `√/△`, `√△`, a mark a line: the first is the morning.
    private func twoMarks(_ key: String) -> MarkReading? {
        guard key.count <= 24 else { return nil }
        for index in key.indices where "/\\|、,;+&".contains(key[index]) {
            let left = key[..<index]
            let right = key[key.index(after: index)...]
            guard !left.isEmpty, !right.isEmpty, let morning = part(left), let afternoon = part(right) else { continue }
            return MarkReading(morning: morning, afternoon: afternoon)
        }
        if key.count == 2, let first = key.first, let last = key.last, let morning = whole(String(first)),
            let afternoon = whole(String(last)), morning.problem == nil, afternoon.problem == nil,
            !first.isNumber, !last.isNumber, !morning.isUnnamedHalf, !afternoon.isUnnamedHalf,
            !(first.unicodeScalars.first!.isCJK && last.unicodeScalars.first!.isCJK)
        {
            return MarkReading(morning: morning.morning, afternoon: afternoon.morning)
        }
        return nil
    }

    /// `√/☆`, where ☆ alone means nothing: the half that is understood stands, whatever is decided of the other.
    private func halfUnknown(_ key: String) -> MarkReading? {
        guard let parts = LegendLine.halves(key),
            [parts.morning, parts.afternoon].allSatisfy({
                (1...2).contains($0.count) && !$0.contains(where: \.isNumber)
            })
        else { return nil }
        let (morning, afternoon) = (part(parts.morning[...]), part(parts.afternoon[...]))
        guard (morning == nil) != (afternoon == nil) else { return nil }
        return MarkReading(morning: morning ?? .unknown, afternoon: afternoon ?? .unknown, problem: .unknown)
    }

    private static let halfWords: [(word: String, half: DayHalf?)] = [
        ("上午", .morning), ("下午", .afternoon), ("半天", nil), ("半日", nil), ("0.5天", nil), ("0.5", nil), ("半", nil),
    ]

    /// `√(上午)`, `上午√下午△`, `事假半天`.
    private func namedHalves(_ key: String) -> MarkReading? {
        if let morning = key.firstBytes(of: "上午"), let afternoon = key.firstBytes(of: "下午") {
            let isAhead = morning.lowerBound < afternoon.lowerBound
            let (first, second) = isAhead ? (morning, afternoon) : (afternoon, morning)
            let separators = "()/|、,;:-"
            func bare(_ part: Substring) -> Substring {
                let whole = part
                var part = part
                while let c = part.first, separators.contains(c) { part = part.dropFirst() }
                while let c = part.last, separators.contains(c) { part = part.dropLast() }
                // 上午√下午/: a separator alone is the mark.
                return part.isEmpty ? whole : part
            }
            // Words before their marks, or after them.
            let before = bare(key[..<first.lowerBound])
            let middle = bare(key[first.upperBound..<second.lowerBound])
            let after = bare(key[second.upperBound...])
            let pairs = before.isEmpty ? (middle, after) : (before, middle)
            guard before.isEmpty || after.isEmpty, !pairs.0.isEmpty, !pairs.1.isEmpty, let one = part(pairs.0),
                let other = part(pairs.1)
            else { return nil }
            return isAhead ? MarkReading(morning: one, afternoon: other) : MarkReading(morning: other, afternoon: one)
        }
        for (word, half) in MarkReader.halfWords {
            guard let range = key.firstBytes(of: word) else { continue }
            let rest = String(
                (key[..<range.lowerBound] + key[range.upperBound...]).filter { !"()/|、,;:-".contains($0) })
            let full = String((key[..<range.lowerBound] + key[range.upperBound...]).filter { !"()".contains($0) })
            let status =
                rest.isEmpty
                // 半天 is half a day at the post; 上午 alone says nothing of it.
                ? (full.isEmpty ? (half == nil ? AttendanceStatus.present : nil) : whole(full)?.morning)
                : (whole(rest).flatMap { $0.problem == nil ? $0.morning : nil } ?? wordStatus(rest))
            guard let status else { return nil }
            switch half {
            case .morning?: return MarkReading(morning: status, afternoon: .blank)
            case .afternoon?: return MarkReading(morning: .blank, afternoon: status)
            case nil: return .half(status)
            }
        }
        return nil
    }

    /// Words of a known meaning, or a mark with a bracket behind it, which speaks about the mark.
    private func words(_ key: String) -> MarkReading? {
        guard let bracket = MarkBracket(key) else { return wordStatus(key).map(MarkReading.whole) }
        guard let reading = whole(bracket.mark) ?? wordStatus(bracket.mark).map(MarkReading.whole),
            reading.problem == nil
        else { return nil }
        if bracket.isProxy { return .whole(.rest) }
        let said =
            whole(bracket.note) ?? MarkMeaning.reading(of: bracket.note)
            ?? (bracket.isDenial ? .whole(.absent) : nil)
        guard let said, said.problem == nil else { return nil }
        if said == .whole(.present) { return reading }
        if said.isPresence { return said }
        // 请假半天, 上午请假: the other half is as the mark says.
        if said.isUnnamedHalf { return .half(reading.morning) }
        if said.morning == .blank { return MarkReading(morning: reading.morning, afternoon: said.afternoon) }
        if said.afternoon == .blank { return MarkReading(morning: said.morning, afternoon: reading.afternoon) }
        return said
    }

    private func wordStatus(_ key: String) -> AttendanceStatus? {
        guard key.count >= 2, key.unicodeScalars.allSatisfy({ $0.isCJK }) else { return nil }
        return MarkMeaning.status(of: key)
    }
}

/// A mark and what stands in brackets behind it: `√（请假）` is not √. Source: spec §5.5.
private struct MarkBracket {
    let mark: String
    let note: String

    /// Nil where the folded mark does not end in a bracket.
    init?(_ key: String) {
        guard let last = key.unicodeScalars.last, ")]】〕}".unicodeScalars.contains(last),
            let open = key.firstIndex(where: { "([【〔{".contains($0) }), open > key.startIndex
        else { return nil }
        mark = String(key[..<open])
        note = String(key[key.index(after: open)...].dropLast())
        guard !note.isEmpty, !note.allSatisfy(\.isNumber), !note.contains(where: { "([【〔{)]】〕}".contains($0) }) else {
            return nil
        }
    }

    /// Somebody else stood in.
    var isProxy: Bool { ["代", "替", "顶"].contains { note.hasPrefix($0) } || note.hasSuffix("代签") }

    /// Says that the person was not there: 未驻, 没来, 不在.
    var isDenial: Bool { ["未", "没", "不", "无"].contains { note.hasPrefix($0) } }
}
