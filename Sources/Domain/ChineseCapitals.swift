/// Amounts in Chinese capitals (人民币大写), as statements carry them. Source: spec §9, its vectors.
public enum ChineseCapitals {
    /// `陆仟零柒元壹角肆分`, `壹拾元整`, `零元整`; an amount below zero begins with 负. Without 人民币.
    public static func text(_ amount: Fen) -> String {
        let magnitude = amount.amount.magnitude
        let yuan = magnitude / 100
        let jiao = Int(magnitude / 10 % 10)
        let fen = Int(magnitude % 10)
        var result = amount.amount < 0 ? "负" : ""
        if yuan > 0 { result += whole(yuan) + "元" }
        if jiao == 0 && fen == 0 { return result + (yuan > 0 ? "整" : "零元整") }
        if jiao > 0 {
            result += digits[jiao] + "角"
        } else if yuan > 0 {
            result += "零"
        }
        return result + (fen > 0 ? digits[fen] + "分" : "整")
    }

    private static let digits = ["零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖"]

    /// A whole number above zero, in groups of four digits below 万 and 亿.
    private static func whole(_ number: UInt) -> String {
        let eight: UInt = 100_000_000
        let four: UInt = 10_000
        if number >= eight { return joined(whole(number / eight) + "亿", rest: number % eight, below: eight) }
        if number >= four { return joined(group(number / four) + "万", rest: number % four, below: four) }
        return group(number)
    }

    /// What follows a group begins with 零 where its highest place is empty.
    private static func joined(_ head: String, rest: UInt, below unit: UInt) -> String {
        rest == 0 ? head : head + (rest < unit / 10 ? "零" : "") + whole(rest)
    }

    /// 1…9999.
    private static func group(_ number: UInt) -> String {
        var result = ""
        var place: UInt = 1000
        var skipped = false
        for unit in ["仟", "佰", "拾", ""] {
            let digit = Int(number / place % 10)
            if digit == 0 {
                skipped = !result.isEmpty
            } else {
                result += (skipped ? "零" : "") + digits[digit] + unit
                skipped = false
            }
            place /= 10
        }
        return result
    }
}
