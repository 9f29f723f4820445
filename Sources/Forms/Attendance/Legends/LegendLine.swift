import Domain

/// A line of a legend that asks what a mark means: `注：“△”表示`, the answer in a cell beside it. Source: spec §5.7, §9.
public enum LegendLine {
    /// The words of the line; nil for what no legend can list: more than two characters, quotes, spaces.
    public static func label(_ mark: String) -> String? {
        let key = MarkText.key(mark)
        guard (1...2).contains(key.unicodeScalars.count),
            !key.unicodeScalars.contains(where: { "“”\"‘’'「」『』《》〈〉<>|".unicodeScalars.contains($0) })
        else { return nil }
        return "注：“\(key)”表示"
    }

    /// The mark of such a line in its quotes; nil for any other text.
    static func asked(_ text: String) -> Substring? {
        guard text.hasSuffix("”表示"), text.hasPrefix("注：“") else { return nil }
        return text.dropFirst(2).dropLast(2)
    }

    /// Words that a township can choose from: each is understood as it is meant.
    public static let meanings = ["出勤", "请假", "病假", "公差", "培训", "旷工", "抽调", "休息", "半天出勤"]
}
