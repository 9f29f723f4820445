import Domain
import Tables

/// Words that make a blank cell presence (空白为出勤, 除△请假外均为出勤): told, since a blank is never presence.
///
/// Source: spec §5.5.
final class BlankLegends {
    private(set) var texts: [SubmittedText] = []

    private static let blanks = [
        "空白", "空格", "未标注", "未标记", "未注明", "未填", "不填", "无标记", "不打符号", "未打符号", "外均", "以外", "之外", "其余均", "其余都", "其余为",
        "其他均", "其他都", "其他为",
    ]

    /// Keeps a clause of a text that says so, with the text's cell.
    func look(_ text: String, at cell: CellAddress) {
        guard BlankLegends.blanks.contains(where: { ByteText.contains(text, $0) }) else { return }
        let clauses = TextFolding.halfWidth(text).split { ";,。、\n".contains($0) }.map { TextFolding.key(String($0)) }
        let said = clauses.first { clause in
            BlankLegends.blanks.contains { word in
                clause.firstBytes(of: word).map { MarkMeaning.status(of: String(clause[$0.upperBound...])) == .present }
                    ?? false
            }
        }
        if let said, !texts.contains(where: { $0.cell == cell }) { texts.append(SubmittedText(text: said, cell: cell)) }
    }
}
