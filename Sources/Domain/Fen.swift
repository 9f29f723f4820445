/// An amount of money.
///
/// Unit: integer fen (1 yuan = 100 fen). There is no floating point anywhere in money.
public struct Fen: Hashable, Comparable, Sendable, Codable {
    /// The amount in fen; negative for money taken back.
    public var amount: Int

    /// An amount of `amount` fen.
    public init(_ amount: Int) { self.amount = amount }

    /// No money.
    public static let zero = Fen(0)

    /// An amount of whole yuan.
    public static func yuan(_ yuan: Int) -> Fen { Fen(yuan * 100) }

    public static func < (left: Fen, right: Fen) -> Bool { left.amount < right.amount }
    public static func + (left: Fen, right: Fen) -> Fen { Fen(left.amount + right.amount) }
    public static func - (left: Fen, right: Fen) -> Fen { Fen(left.amount - right.amount) }
    public static func += (left: inout Fen, right: Fen) { left.amount += right.amount }
    public static func -= (left: inout Fen, right: Fen) { left.amount -= right.amount }
    public static prefix func - (value: Fen) -> Fen { Fen(-value.amount) }

    /// Yuan with two decimals and no grouping: `-780.00`. The form of every CSV.
    public var yuanText: String {
        let magnitude = amount.magnitude
        let cents = magnitude % 100
        return (amount < 0 ? "-" : "") + String(magnitude / 100) + (cents < 10 ? ".0" : ".") + String(cents)
    }

    /// Reads yuan with at most two decimals: `60`, `345.5`, `-780.00`. Nil for anything else.
    public init?(yuanText text: String) {
        var digits = Substring(text)
        let negative = digits.hasPrefix("-")
        if negative { digits = digits.dropFirst() }
        let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count <= 2, let whole = parts.first, !whole.isEmpty, whole.count <= 15,
            digits.utf8.allSatisfy({ ($0 >= 48 && $0 <= 57) || $0 == 46 }), let yuan = Int(whole)
        else { return nil }
        var cents = 0
        if parts.count == 2 {
            guard (1...2).contains(parts[1].count), let value = Int(parts[1]) else { return nil }
            cents = parts[1].count == 1 ? value * 10 : value
        }
        let magnitude = yuan * 100 + cents
        self.init(negative ? -magnitude : magnitude)
    }
}
