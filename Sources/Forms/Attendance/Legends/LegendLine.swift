import Domain
import Tables

/// A line of a legend that says or asks what a mark means: `注：“△”表示`, the meaning in a cell beside it. The program
/// writes it below sheets that go back. Source: spec §5.7, §9.
public enum LegendLine {
    /// The words of the line; nil for what nobody could read back: nothing, quotes, several lines, a long text.
    public static func label(_ mark: String) -> String? {
        let key = MarkText.key(mark)
        guard (1...markLengthMax).contains(key.unicodeScalars.count),
            !key.unicodeScalars.contains(where: { "“”\"‘’'「」『』《》〈〉<>|".unicodeScalars.contains($0) })
        else { return nil }
        return "注：“\(key)”表示"
    }

    /// Longer texts are sentences, which no list explains.
    private static let markLengthMax = 8

    /// The mark of such a line in its quotes; nil for any other text.
    public static func asked(_ text: String) -> String? {
        guard text.hasSuffix("”表示"), text.hasPrefix("注：“"), text.utf8.count < 100 else { return nil }
        let mark = MarkText.key(String(text.dropFirst(3).dropLast(3)))
        return label(mark) == nil ? nil : mark
    }

    /// The two marks of a cell that names a mark a half: `√/☆`; nil for other texts.
    public static func halves(_ text: String) -> (morning: String, afternoon: String)? {
        let parts = MarkText.key(text).split(omittingEmptySubsequences: false) { "/\\|".contains($0) }
        return parts.count == 2 ? (String(parts[0]), String(parts[1])) : nil
    }

    /// Words that a township can choose from: each is understood as it is meant.
    public static let meanings = ["出勤", "请假", "病假", "公差", "培训", "旷工", "抽调", "休息", "半天出勤"]

    /// What a line says, whether or not its words are understood.
    static func entry(_ mark: String, _ words: String, _ cell: CellAddress) -> LegendEntry {
        LegendEntry(mark: mark, words: words, cell: cell, meaning: MarkMeaning.reading(of: words))
    }

    /// The line that says what an entry says, as it was written where that reads the same alone; nil for a mark that no
    /// line can name.
    public static func said(_ entry: LegendEntry) -> (label: String, words: String)? {
        guard let label = label(entry.mark) else { return nil }
        // Nothing beside the label would be no answer, and the mark would keep the table's meaning.
        let isSaid = !TextFolding.key(entry.words).isEmpty
        if isSaid, MarkMeaning.reading(of: entry.words) == entry.meaning { return (label, entry.words) }
        return (label, entry.meaning.flatMap(words) ?? LegendGrammar.unclear)
    }

    /// The shortest words of a meaning; nil where none would be read as it is meant.
    private static func words(_ meaning: MarkReading) -> String? {
        let words: String? =
            if meaning.isUnnamedHalf {
                word(meaning.morning).map { "半天" + $0 }
            } else if meaning.morning == meaning.afternoon {
                word(meaning.morning)
            } else if meaning.afternoon == .blank {
                word(meaning.morning).map { "上午" + $0 }
            } else if meaning.morning == .blank {
                word(meaning.afternoon).map { "下午" + $0 }
            } else if let morning = word(meaning.morning), let afternoon = word(meaning.afternoon) {
                "上午\(morning)下午\(afternoon)"
            } else {
                nil
            }
        return words.flatMap { MarkMeaning.reading(of: $0) == meaning ? $0 : nil }
    }

    private static func word(_ status: AttendanceStatus) -> String? {
        switch status {
        case .present: "出勤"
        case .official: "公差"
        case .training: "培训"
        case .leave: "请假"
        case .sick: "病假"
        case .absent: "旷工"
        case .withdrawn: "抽调"
        case .rest: "休息"
        case .blank, .unknown, .uncached: nil
        }
    }
}
