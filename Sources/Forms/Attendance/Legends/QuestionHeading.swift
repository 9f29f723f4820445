import Domain
import Tables

/// 是否在岗 over a column of marks: its 是 and 否 are answered by the heading, which is their legend. Source: spec §5.5.
enum QuestionHeading {
    static func entries(_ block: RecognisedBlock, unless legend: [LegendEntry]) -> [LegendEntry] {
        guard let heading = block.headings[.mark] else { return [] }
        let key = HeadingText.withoutBrackets(TextFolding.key(heading.text))
        guard key.hasPrefix("是否"), MarkMeaning.status(of: String(key.dropFirst(2))) == .present else { return [] }
        return [("是", AttendanceStatus.present), ("否", .absent)].compactMap { mark, status in
            guard !legend.contains(where: { $0.mark == mark }) else { return nil }
            return LegendEntry(mark: mark, words: key, cell: heading.cell, meaning: .whole(status))
        }
    }
}
