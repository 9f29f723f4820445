/// A number of days, counted in halves.
///
/// Unit: integer half-days (1 day = 2).
public struct HalfDays: Hashable, Comparable, Sendable, Codable {
    /// Half-days; negative only in adjustments.
    public var count: Int

    /// `count` half-days.
    public init(_ count: Int) { self.count = count }

    /// No day.
    public static let zero = HalfDays(0)

    /// Whole days.
    public static func days(_ days: Int) -> HalfDays { HalfDays(days * 2) }

    public static func < (left: HalfDays, right: HalfDays) -> Bool { left.count < right.count }
    public static func + (left: HalfDays, right: HalfDays) -> HalfDays { HalfDays(left.count + right.count) }
    public static func - (left: HalfDays, right: HalfDays) -> HalfDays { HalfDays(left.count - right.count) }
    public static func += (left: inout HalfDays, right: HalfDays) { left.count += right.count }

    /// Days as people write them: `22`, `21.5`, `-13`.
    public var daysText: String {
        let magnitude = count.magnitude
        return (count < 0 ? "-" : "") + String(magnitude / 2) + (magnitude % 2 == 1 ? ".5" : "")
    }
}
