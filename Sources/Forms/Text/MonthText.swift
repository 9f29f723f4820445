import Domain

/// What a title, name or label says of the month.
struct MonthReading: Equatable, Sendable {
    /// The year, where one is named.
    var year: Int?
    /// The month, where exactly one is named.
    var month: Int?
    /// Several months are named: a quarter, a range.
    var isSeveral = false

    static let nothing = MonthReading()

    var period: Period? {
        guard let year, let month else { return nil }
        return Period(year: year, month: month)
    }

    /// `2018年11月`, or as much of it as is known.
    var chinese: String {
        (year.map { "\($0)年" } ?? "") + (month.map { "\($0)月" } ?? "")
    }
}

enum MonthText {
    /// Years that attendance can be about; keeps codes and amounts from being read as years.
    private static let years = 1990...2099

    /// Reads `2018年11月`, `2018年度11月份`, `2018-11`, `201811`, `11月`, `二〇一八年十一月`, `2018年11月1日至30日`.
    static func read(_ text: String) -> MonthReading {
        guard
            text.utf8.contains(where: { (48...57).contains($0) || $0 == 0xEF }) || ByteText.contains(text, "月")
                || ByteText.contains(text, "季") || ByteText.contains(text, "年")
        else { return .nothing }
        let tokens = NumberScan.tokens(text)
        var months: [(year: Int?, month: Int)] = []
        var dated: [(year: Int?, month: Int)] = []
        var year: Int?
        var isSeveral = false

        func number(_ index: Int) -> (value: Int, digits: Int, isChinese: Bool)? {
            guard tokens.indices.contains(index), case .number(let value, let digits, let isChinese) = tokens[index]
            else { return nil }
            return (value, digits, isChinese)
        }
        func other(_ index: Int) -> Unicode.Scalar? {
            guard tokens.indices.contains(index), case .other(let scalar) = tokens[index] else { return nil }
            return scalar
        }
        func isJoin(_ scalar: Unicode.Scalar?) -> Bool {
            guard let scalar else { return false }
            return "-.—–~～至到、,，及和/".unicodeScalars.contains(scalar)
        }
        func isPoint(_ scalar: Unicode.Scalar?) -> Bool {
            guard let scalar else { return false }
            return "-./—_".unicodeScalars.contains(scalar)
        }

        var index = 0
        while index < tokens.count {
            if other(index) == "季" { isSeveral = true }
            guard let here = number(index) else {
                index += 1
                continue
            }
            let next = other(index + 1)
            if next == "年" {
                if let value = yearValue(here.value, digits: here.digits, isChinese: here.isChinese) {
                    year = year ?? value
                }
                index += 1
                continue
            }
            if next == "月" {
                var value = here.value
                var ownYear = yearBefore(index, tokens)
                if here.digits == 5 || here.digits == 6, years.contains(value / pow10(here.digits - 4)) {
                    ownYear = value / pow10(here.digits - 4)
                    value %= pow10(here.digits - 4)
                }
                if (1...12).contains(value) {
                    let start = index
                    var after = index + 2
                    if other(after) == "份" { after += 1 }
                    if let day = number(after), day.digits <= 2, other(after + 1) == "日" || other(after + 1) == "号" {
                        dated.append((ownYear ?? year, value))
                    } else if let day = number(after), day.digits <= 2, other(after + 1) == nil {
                        dated.append((ownYear ?? year, value))
                        _ = day
                    } else {
                        months.append((ownYear ?? year, value))
                        if isJoin(other(start - 1)), let before = number(start - 2), before.digits <= 2,
                            (1...12).contains(before.value), before.value != value
                        {
                            isSeveral = true
                        }
                    }
                    if let own = ownYear { year = year ?? own }
                }
                index += 2
                continue
            }
            if here.digits == 4, years.contains(here.value), !here.isChinese {
                if isPoint(next), let month = number(index + 2), month.digits <= 2, (1...12).contains(month.value),
                    other(index + 3) != "月"
                {
                    if isPoint(other(index + 3)), let day = number(index + 4), day.digits <= 2 {
                        dated.append((here.value, month.value))
                        index += 5
                    } else {
                        months.append((here.value, month.value))
                        index += 3
                    }
                    year = year ?? here.value
                    continue
                }
                // A bare year: a folder «2018», a file «2018-高店镇»; in brackets it is a document's number.
                if tokens.count == 1 || isPoint(next) || isPoint(other(index - 1)) { year = year ?? here.value }
            } else if here.digits == 6, !here.isChinese, years.contains(here.value / 100),
                (1...12).contains(here.value % 100)
            {
                months.append((here.value / 100, here.value % 100))
                year = year ?? here.value / 100
            } else if here.digits == 8, !here.isChinese, years.contains(here.value / 10_000),
                (1...12).contains(here.value / 100 % 100)
            {
                dated.append((here.value / 10_000, here.value / 100 % 100))
            }
            index += 1
        }
        return conclusion(months, dated, year, isSeveral)
    }

    private static func conclusion(
        _ months: [(year: Int?, month: Int)], _ dated: [(year: Int?, month: Int)], _ year: Int?, _ isSeveral: Bool
    ) -> MonthReading {
        let mentions = months.isEmpty ? dated : months
        guard let first = mentions.first else { return MonthReading(year: year, isSeveral: isSeveral) }
        let differs = mentions.contains {
            $0.month != first.month || ($0.year != nil && first.year != nil && $0.year != first.year)
        }
        if isSeveral || differs { return MonthReading(year: year, isSeveral: true) }
        return MonthReading(year: mentions.compactMap(\.year).first ?? year, month: first.month)
    }

    /// The year written right before the number at `index`: `2018年度11月`.
    private static func yearBefore(_ index: Int, _ tokens: [NumberToken]) -> Int? {
        var place = index - 1
        while place >= 0, case .other(let scalar) = tokens[place], scalar == "度" || scalar == "第" || scalar == "的" {
            place -= 1
        }
        guard place >= 1, case .other("年") = tokens[place],
            case .number(let value, let digits, let isChinese) = tokens[place - 1]
        else { return nil }
        return yearValue(value, digits: digits, isChinese: isChinese)
    }

    private static func yearValue(_ value: Int, digits: Int, isChinese: Bool) -> Int? {
        if digits == 4, years.contains(value) { return value }
        return digits == 2 && !isChinese ? 2000 + value : nil
    }

    private static func pow10(_ power: Int) -> Int { power == 1 ? 10 : 100 }
}
