import Domain
import Tables

/// A cell read as a field's kind says.
enum ValueReading: Equatable {
    case blank
    case value(FieldValue)
    case unreadable
    case uncached
}

/// Values of register forms: dates, money, counts, yes and no, choices. Source: spec §5.3.
enum ValueReader {
    static func read(_ cell: Cell, _ field: FieldDefinition, choices: [String: String], note: String) -> ValueReading {
        if cell.isUncachedFormula { return .uncached }
        if cell.value.isBlank { return .blank }
        if case .error = cell.value { return .unreadable }
        if case .text(let text) = cell.value, TextFolding.key(text) == clearingWord {
            // What a row is known by, or cannot be without, is never emptied.
            return field.isRequired || field.isKey ? .unreadable : .value(.cleared)
        }
        if saysNothing(cell.value, field.kind) { return .blank }
        switch field.kind {
        case .text, .name, .residentID, .account: return .value(.text(TextFolding.trimmed(cell.value.display)))
        case .date: return date(cell.value, monthAllowed: false)
        case .monthOrDate: return date(cell.value, monthAllowed: true)
        case .endDate: return endDate(cell.value, isRequired: field.isRequired)
        case .amount: return amount(cell.value, note: note).map { .value(.amount($0)) } ?? .unreadable
        case .count: return count(cell.value).map { .value(.count($0)) } ?? .unreadable
        case .year: return year(cell.value).map { .value(.count($0)) } ?? .unreadable
        case .flag: return flag(cell.value).map { .value(.flag($0)) } ?? .unreadable
        case .choice:
            let text = cell.value.display
            let word = choice(text, choices) ?? looseChoice(text, field)
            return word.map { .value(.choice($0)) } ?? .unreadable
        }
    }

    /// Strokes in place of a value: a clerk's way to leave a cell empty. Of a flag they are its «no».
    private static func saysNothing(_ value: CellValue, _ kind: FieldKind) -> Bool {
        switch kind {
        case .text, .name, .residentID, .flag: return false
        case .account, .date, .monthOrDate, .endDate, .amount, .count, .year, .choice: break
        }
        guard case .text(let text) = value else { return false }
        return TextFolding.key(text).unicodeScalars.allSatisfy { "/\\-—–_~".unicodeScalars.contains($0) }
    }

    /// What a kind expects, for the finding's text.
    static func expectation(_ field: FieldDefinition) -> String {
        switch field.kind {
        case .text, .name, .residentID, .account: "文字"
        case .date: "日期"
        case .monthOrDate, .endDate: "日期或年月"
        case .amount: "金额"
        case .count: "人数"
        case .year: "年份"
        case .flag: "是或否"
        case .choice: field.choices.map(\.word).joined(separator: "/")
        }
    }

    /// In a cell it empties the field. Source: spec §5.2.
    static let clearingWord = "清空"

    private static func endDate(_ value: CellValue, isRequired: Bool) -> ValueReading {
        if case .text(let text) = value {
            // 至今 says that there is no end, also against an older list; 无 says nothing.
            if SpanText.isOpenEnd(text) {
                return isRequired || SpanText.isUntold(text) ? .blank : .value(.text(SpanText.openEnd))
            }
            if let day = SpanText.day(text, isEnd: true) { return .value(.date(day)) }
        }
        let reading = date(value, monthAllowed: true)
        guard case .number = value, case .value(.date(let day)) = reading, day.day == 1 else { return reading }
        // 2020.12 typed as a number is a month.
        guard let text = DateText.read(CellValue.numberText(number(of: value))), text.days.isEmpty else {
            return reading
        }
        return .value(.date(day.period.lastDay))
    }

    private static func number(of value: CellValue) -> Double {
        if case .number(let number) = value { number } else { 0 }
    }

    private static func date(_ value: CellValue, monthAllowed: Bool) -> ValueReading {
        let reading: DateReading?
        switch value {
        case .date(let date), .dateTime(let date, _): return .value(.date(date))
        case .text(let text): reading = DateText.read(text)
        case .number(let number): reading = DateText.read(number)
        default: reading = nil
        }
        guard let reading, let year = reading.year, let month = reading.month else { return .unreadable }
        if let date = reading.date { return .value(.date(date)) }
        guard monthAllowed, reading.days.isEmpty, let first = CivilDate(year, month, 1) else { return .unreadable }
        return .value(.date(first))
    }

    /// Yuan, exactly: from the text, or the shortest decimal of the number. `note`: the heading says 万元.
    static func amount(_ value: CellValue, note: String) -> Fen? {
        var text: String
        switch value {
        case .number, .text: text = TextFolding.key(value.display)
        default: return nil
        }
        var isTenThousand = note == "万元"
        for mark in ["¥", "￥", "人民币", "RMB", "约"] where text.hasPrefix(mark) && mark != "约" {
            text = String(text.dropFirst(mark.count))
        }
        if text.hasSuffix("整") { text = String(text.dropLast()) }
        for (unit, scaled) in [("万元", true), ("万", true), ("元", false)] where text.hasSuffix(unit) {
            text = String(text.dropLast(unit.count))
            isTenThousand = scaled
            break
        }
        return decimal(text, isTenThousand: isTenThousand)
    }

    private static func decimal(_ text: String, isTenThousand: Bool) -> Fen? {
        var digits = text
        var isNegative = false
        if digits.hasPrefix("-") {
            isNegative = true
            digits.removeFirst()
        } else if digits.hasPrefix("+") {
            digits.removeFirst()
        }
        let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), let whole = ungrouped(parts[0]) else { return nil }
        let decimals = parts.count == 2 ? String(parts[1]) : ""
        guard decimals.utf8.allSatisfy({ (48...57).contains($0) }), parts.count == 1 || !decimals.isEmpty,
            whole.count <= 12
        else {
            return nil
        }
        let places = isTenThousand ? 6 : 2
        guard decimals.dropFirst(places).allSatisfy({ $0 == "0" }) else { return nil }
        let padded = String(decimals.prefix(places)) + String(repeating: "0", count: max(0, places - decimals.count))
        guard let fen = Int(whole + padded) else { return nil }
        return Fen(isNegative ? -fen : fen)
    }

    /// Digits with thousands separators in their places, or none.
    private static func ungrouped(_ text: Substring) -> String? {
        let groups = text.split(separator: ",", omittingEmptySubsequences: false)
        guard let first = groups.first, !first.isEmpty, text.utf8.allSatisfy({ $0 == 44 || (48...57).contains($0) })
        else { return nil }
        if groups.count > 1 {
            guard first.count <= 3, groups.dropFirst().allSatisfy({ $0.count == 3 }) else { return nil }
        }
        return groups.joined()
    }

    private static func count(_ value: CellValue) -> Int? {
        switch value {
        case .number(let number):
            guard number == number.rounded(), (0...1_000_000_000).contains(number) else { return nil }
            return Int(number)
        case .text(let text):
            var key = TextFolding.key(text)
            for unit in ["人次", "人", "名", "个", "次", "位", "户", "家", "期", "场"] where key.hasSuffix(unit) {
                key = String(key.dropLast(unit.count))
                break
            }
            guard key.count <= 9, !key.isEmpty, key.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
            return Int(key)
        default: return nil
        }
    }

    private static func year(_ value: CellValue) -> Int? {
        switch value {
        case .date(let date), .dateTime(let date, _): return date.year
        case .number(let number):
            guard number == number.rounded(), (1900...2999).contains(number) else { return nil }
            return Int(number)
        case .text(let text):
            let tokens = NumberScan.tokens(text)
            guard case .number(let year, 4, _)? = tokens.first, (1900...2999).contains(year) else { return nil }
            let rest = tokens.dropFirst().map {
                if case .other(let scalar) = $0 { "年度".unicodeScalars.contains(scalar) } else { false }
            }
            return rest.allSatisfy { $0 } ? year : nil
        default: return nil
        }
    }

    /// Source: spec §5.3, yes-words and no-words.
    private static func flag(_ value: CellValue) -> Bool? {
        switch value {
        case .boolean(let flag): return flag
        case .number(let number): return number == 1 ? true : number == 0 ? false : nil
        case .text(let text):
            switch MarkText.key(text) {
            case "是", "√", "1", "有", "Y", "TRUE", "YES", "对": return true
            case "否", "×", "0", "○", "无", "N", "FALSE", "NO", "不是", "没有", "/", "-": return false
            default: return nil
            }
        default: return nil
        }
    }

    private static func choice(_ text: String, _ choices: [String: String]) -> String? {
        let key = TextFolding.key(text)
        return choices[key] ?? choices[HeadingText.withoutBrackets(key)]
    }

    /// The choice of which a part occurs in the text (驻村第一书记兼队长): the longest part, of equal ones the first.
    private static func looseChoice(_ text: String, _ field: FieldDefinition) -> String? {
        let key = TextFolding.key(text)
        // 原第一书记 is none any more, 非第一书记 never was.
        guard !["非", "原", "前", "不是"].contains(where: key.hasPrefix) else { return nil }
        var best: (length: Int, word: String)?
        for choice in field.choices {
            for part in choice.contains where key.contains(part) && part.count > best?.length ?? 0 {
                best = (part.count, choice.word)
            }
        }
        return best?.word
    }
}
