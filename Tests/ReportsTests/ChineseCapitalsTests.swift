import Domain
import Testing

@Suite("Chinese capitals")
struct ChineseCapitalsTests {
    @Test(
        "The vectors of the specification and their neighbours",
        arguments: [
            (1_230_000, "壹万贰仟叁佰元整"), (140_950, "壹仟肆佰零玖元伍角"), (600_714, "陆仟零柒元壹角肆分"),
            (1_640_902, "壹万陆仟肆佰零玖元零贰分"), (32_504, "叁佰贰拾伍元零肆分"), (10_700_053, "壹拾万零柒仟元伍角叁分"),
            (1000, "壹拾元整"), (0, "零元整"), (5, "伍分"), (50, "伍角"), (-78_000, "负柒佰捌拾元整"),
            (10_000_000_100, "壹亿零壹元整"), (100_000_000_000, "壹拾亿元整"), (1_000_500, "壹万零伍元整"),
            (100_050, "壹仟元伍角"),
        ])
    func vectors(_ fen: Int, _ text: String) {
        #expect(ChineseCapitals.text(Fen(fen)) == text)
    }

    @Test("Agrees with a slow version that works on digits as text")
    func agrees() {
        var generator = SystemRandomNumberGenerator()
        var amounts = Array(0...20_000) + (0...20_000).map { $0 * 100 } + (0...20_000).map { $0 * 50_000 }
        for _ in 0..<20_000 {
            // Numbers rich in zeros.
            var amount = 0
            for _ in 0..<Int.random(in: 1...13, using: &generator) {
                amount = amount * 10 + (Bool.random(using: &generator) ? 0 : Int.random(in: 0...9, using: &generator))
            }
            amounts.append(amount)
        }
        let wrong = amounts.first { ChineseCapitals.text(Fen($0)) != slow($0) }
        #expect(wrong == nil, "\(wrong ?? 0): \(ChineseCapitals.text(Fen(wrong ?? 0))), not \(slow(wrong ?? 0))")
    }

    /// Every place with its unit, then rules of deletion applied until nothing changes.
    private func slow(_ fen: Int) -> String {
        let digits = Array("零壹贰叁肆伍陆柒捌玖")
        let units = ["分", "角", "元", "拾", "佰", "仟", "万", "拾", "佰", "仟", "亿", "拾", "佰", "仟"]
        var text = ""
        for (place, digit) in String(fen).reversed().enumerated() {
            text = String(digits[digit.wholeNumberValue ?? 0]) + units[place] + text
        }
        if fen < 100 { text = fen < 10 ? "零角" + text : text }
        func replace(_ old: String, _ new: String) {
            while let range = text.firstRange(of: old) { text.replaceSubrange(range, with: new) }
        }
        for unit in ["拾", "佰", "仟"] { replace("零" + unit, "零") }
        replace("零零", "零")
        // The border between groups keeps its 零 behind the unit: 拾零万柒仟 is 拾万零柒仟.
        for unit in ["亿", "万"] { replace("零" + unit, unit + "零") }
        replace("亿零万", "亿")
        replace("亿万", "亿")
        replace("零零", "零")
        replace("零元", "元")
        replace("零角零分", "整")
        replace("零分", "")
        if fen < 100 { replace("零角", "") } else { replace("零角", "零") }
        if fen == 0 { return "零元整" }
        return text
    }
}
