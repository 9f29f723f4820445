import Domain

/// Small scanning helpers over Unicode scalars.
extension Unicode.Scalar {
    /// 0…9 of an ASCII digit.
    var digit: Int? { value >= 48 && value <= 57 ? Int(value) - 48 : nil }

    /// 0…9 of a Chinese numeral; 十 is not one of them.
    var chineseDigit: Int? {
        switch self {
        case "〇", "零", "○", "Ｏ": 0
        case "一", "壹": 1
        case "二", "贰", "两": 2
        case "三", "叁": 3
        case "四", "肆": 4
        case "五", "伍": 5
        case "六", "陆": 6
        case "七", "柒": 7
        case "八", "捌": 8
        case "九", "玖": 9
        default: nil
        }
    }

    var isCJK: Bool {
        switch value {
        case 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF, 0x20000...0x3FFFF, 0xE000...0xF8FF: true
        default: false
        }
    }

    var isLatinLetter: Bool { (65...90).contains(value) || (97...122).contains(value) }
}

/// A number or a character between numbers.
enum NumberToken: Equatable {
    /// Digits with their count, so that `01` and `1` differ. `isChinese` for numerals.
    case number(Int, digits: Int, isChinese: Bool)
    case other(Unicode.Scalar)
}

enum NumberScan {
    /// Splits a text into numbers and single characters; width folded, white space left out, Chinese numerals read.
    static func tokens(_ text: String) -> [NumberToken] {
        var tokens: [NumberToken] = []
        let scalars = Array(TextFolding.key(text).unicodeScalars)
        var index = 0
        while index < scalars.count {
            if scalars[index].digit != nil {
                var value = 0
                let start = index
                while index < scalars.count, let digit = scalars[index].digit {
                    if index - start < 17 { value = value * 10 + digit }
                    index += 1
                }
                tokens.append(.number(value, digits: index - start, isChinese: false))
            } else if scalars[index].chineseDigit != nil || scalars[index] == "十" {
                let start = index
                while index < scalars.count,
                    scalars[index].chineseDigit != nil || scalars[index] == "十" || isRound(scalars, index, start)
                {
                    index += 1
                }
                let run = scalars[start..<index]
                if let value = chineseNumber(run) {
                    tokens.append(.number(value, digits: run.count, isChinese: true))
                } else {
                    tokens.append(contentsOf: run.map(NumberToken.other))
                }
            } else {
                tokens.append(.other(scalars[index]))
                index += 1
            }
        }
        return tokens
    }

    /// 二O一八, 二0一八: a letter or a nought for 〇, between two numerals.
    private static func isRound(_ scalars: [Unicode.Scalar], _ index: Int, _ start: Int) -> Bool {
        guard "Oo0".unicodeScalars.contains(scalars[index]), index > start, index + 1 < scalars.count else {
            return false
        }
        return scalars[index + 1].chineseDigit != nil
    }

    /// 十一 is 11, 二十三 23, 二〇一八 2018.
    private static func chineseNumber(_ run: ArraySlice<Unicode.Scalar>) -> Int? {
        if let ten = run.firstIndex(of: "十") {
            let before = run[run.startIndex..<ten]
            let after = run[run.index(after: ten)...]
            guard before.count <= 1, after.count <= 1, after.first != "十" else { return nil }
            let tens = before.first.map { $0.chineseDigit ?? 1 } ?? 1
            let ones = after.first.map { $0.chineseDigit ?? 0 } ?? 0
            return tens * 10 + ones
        }
        guard run.count <= 4 else { return nil }
        return run.reduce(0) { $0 * 10 + ($1.chineseDigit ?? 0) }
    }
}
