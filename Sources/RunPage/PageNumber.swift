import Domain

/// Numbers as people read them.
enum PageNumber {
    /// `1,234,567`.
    static func grouped(_ number: Int) -> String {
        var text = ""
        let digits = String(number.magnitude)
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 { text += "," }
            text.append(digit)
        }
        return number < 0 ? "-" + text : text
    }

    /// `12,345.60`, without unit.
    static func yuan(_ amount: Fen) -> String {
        let cents = amount.amount.magnitude % 100
        let whole = Int(amount.amount.magnitude / 100)
        return (amount.amount < 0 ? "-" : "") + grouped(whole) + (cents < 10 ? ".0" : ".") + String(cents)
    }

    /// `83.3%` of a whole, half up; `—` of nothing.
    static func percent(_ part: Int, of whole: Int) -> String {
        guard whole > 0 else { return "—" }
        let tenths = (part * 2000 + whole) / (2 * whole)
        return tenths % 10 == 0 ? "\(tenths / 10)%" : "\(tenths / 10).\(tenths % 10)%"
    }
}
