/// Amounts in Chinese capitals (人民币大写), as statements carry them. Source: spec §9, its vectors.
public enum ChineseCapitals {
    /// `陆仟零柒元壹角肆分`, `壹拾元整`, `零元整`; an amount below zero begins with 负. Without 人民币.
    ///
    /// Where the rules for bills leave a choice, the vectors decide: an empty place of 万 before a filled one of 仟 is
    /// 零 (壹拾万零柒仟), an empty place of 元 before 角 is nothing, and 整 follows 元 only.
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
        return result + (fen > 0 ? digits[fen] + "分" : "")
    }

    private static let digits = ["零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖"]

    /// A whole number above zero, in groups of four digits below 万 and 亿.
    private static func whole(_ number: UInt) -> String {
        let eight: UInt = 100_000_000
        let four: UInt = 10_000
        if number >= eight {
            return whole(number / eight) + "亿" + tail(number % eight, below: eight, after: number / eight)
        }
        if number >= four {
            return group(number / four) + "万" + tail(number % four, below: four, after: number / four)
        }
        return group(number)
    }

    /// What follows a group: 零 first where either side of the border is an empty place.
    private static func tail(_ rest: UInt, below unit: UInt, after head: UInt) -> String {
        guard rest > 0 else { return "" }
        return (rest < unit / 10 || head % 10 == 0 ? "零" : "") + whole(rest)
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
