import Domain

/// An exact decimal number on its way into a cell: money, days and shares meet floating point here, once.
///
/// Shape: `digits` ÷ 10^`scale`; `scale` 0…6.
public struct ReportDecimal: Hashable, Sendable {
    /// The number without its decimal point.
    public let digits: Int
    /// Digits after the decimal point.
    public let scale: Int

    /// `digits` ÷ 10^`scale`.
    public init(digits: Int, scale: Int = 0) {
        precondition((0...6).contains(scale), "a report's numbers have at most six decimals")
        self.digits = digits
        self.scale = scale
    }

    /// Yuan.
    public init(_ amount: Fen) { self.init(digits: amount.amount, scale: 2) }

    /// Days.
    public init(_ days: HalfDays) { self.init(digits: days.count * 5, scale: 1) }

    /// The nearest double: exact digits below 2^53 and an exact power of ten round once.
    public var double: Double { Double(digits) / ReportDecimal.powers[scale] }

    /// All decimals of the scale: `-780.00`.
    public var text: String {
        guard scale > 0 else { return String(digits) }
        let power = Int(ReportDecimal.powers[scale])
        let fraction = String(digits.magnitude % UInt(power))
        return (digits < 0 ? "-" : "") + String(digits.magnitude / UInt(power)) + "."
            + String(repeating: "0", count: scale - fraction.utf8.count) + fraction
    }

    private static let powers: [Double] = [1, 10, 100, 1000, 10_000, 100_000, 1_000_000]
}
