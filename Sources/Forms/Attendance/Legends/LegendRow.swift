import Domain
import Tables

/// A row that is nothing but a legend's: ★ | 出勤, or 符号 | √ | ○ over 含义 | 出勤 | 请假. Source: spec §5.5.
enum LegendRow {
    private static let marks: Set<String> = ["符号", "标记", "标志", "记号", "考勤符号", "图例", "标识"]
    private static let meanings: Set<String> = ["含义", "意义", "说明", "表示", "代表", "内容", "名称", "考勤情况", "情况"]

    /// A mark and its meaning, or the headings over such rows.
    static func explains(_ row: CellRow) -> Bool {
        guard let (left, right) = twoTexts(row) else { return false }
        if isHeading(left, right) { return true }
        let mark = MarkText.key(left)
        guard MarkText.isCommonMark(mark), TextFolding.key(right).unicodeScalars.allSatisfy(\.isCJK) else {
            return false
        }
        return MarkMeaning.reading(of: right) != nil
    }

    /// The texts of a row that holds just two.
    private static func twoTexts(_ row: CellRow) -> (String, String)? {
        var texts: [String] = []
        for cell in row.cells where cell.isFilled {
            guard texts.count < 2, case .text(let text) = cell.value else { return nil }
            texts.append(text)
        }
        return texts.count == 2 ? (texts[0], texts[1]) : nil
    }

    static func isHeading(_ left: String, _ right: String) -> Bool {
        left.utf8.count <= 15 && marks.contains(TextFolding.key(left)) && meanings.contains(TextFolding.key(right))
    }

    /// 符号 | 含义.
    static func isHeading(_ row: CellRow) -> Bool { twoTexts(row).map { isHeading($0.0, $0.1) } ?? false }

    /// Marks in one row, their meanings in the row below, each with a word of its own before it.
    static func lists(_ upper: CellRow, _ lower: CellRow) -> Bool {
        guard upper.index + 1 == lower.index, case .text(let left)? = upper.firstFilled?.value,
            case .text(let right)? = lower.firstFilled?.value, isHeading(left, right)
        else { return false }
        let columns = upper.filled.map(\.column)
        return columns.count > 2 && columns == lower.filled.map(\.column)
    }
}
