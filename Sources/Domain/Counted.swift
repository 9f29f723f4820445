/// A number with what it counts, in English: one of a thing is not several.
public enum Counted {
    /// `1 person`, `2 people`.
    public static func people(_ count: Int) -> String { text(count, "person", "people") }

    /// `1 row`, `2 rows`.
    public static func rows(_ count: Int) -> String { text(count, "row", "rows") }

    /// `1 file`, `2 files`.
    public static func text(_ count: Int, _ one: String, _ many: String) -> String {
        "\(count) \(count == 1 ? one : many)"
    }
}
