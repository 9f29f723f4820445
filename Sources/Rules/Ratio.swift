/// A share as two whole numbers; compared exactly, rounded only to be read.
public struct Ratio: Hashable, Comparable, Sendable, Codable {
    public var part: Int
    /// More than 0.
    public var whole: Int

    /// Nil for a whole of 0: there is no share of nothing.
    public init?(_ part: Int, of whole: Int) {
        guard whole > 0 else { return nil }
        self.part = part
        self.whole = whole
    }

    /// `58.33%`, half up.
    public var percentText: String {
        let hundredths = Rounding.halfUp(max(0, part) * 10_000, whole)
        let cents = String(hundredths % 100)
        return "\(hundredths / 100).\(cents.count < 2 ? "0" : "")\(cents)%"
    }

    public static func < (left: Ratio, right: Ratio) -> Bool { left.part * right.whole < right.part * left.whole }
    public static func == (left: Ratio, right: Ratio) -> Bool { left.part * right.whole == right.part * left.whole }
    public func hash(into hasher: inout Hasher) {
        var (divisor, rest) = (part.magnitude, whole.magnitude)
        while rest != 0 { (divisor, rest) = (rest, divisor % rest) }
        hasher.combine(part / Int(divisor))
        hasher.combine(whole / Int(divisor))
    }
}
