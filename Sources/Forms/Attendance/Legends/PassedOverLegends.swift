import Domain
import Tables

/// Texts that hold a mark and its meaning and yet are no legend, for `inspect`.
final class PassedOverLegends {
    private var texts: [(text: String, cell: CellAddress)] = []

    /// Texts in which no mark has a known meaning are prose like any other.
    func add(_ text: String, _ cell: CellAddress, _ found: [LegendEntry]) {
        if found.contains(where: { $0.meaning != nil }) { texts.append((text, cell)) }
    }

    /// Those in the rows of a table.
    func candidates(_ segments: [Segment]) -> [WeighedCandidate] {
        texts.filter { text in
            segments.contains { $0.above.contains(text.cell.row) || $0.body.contains(text.cell.row) }
        }.map { text in
            WeighedCandidate(
                subject: .legend, what: BilingualText(zh: text.text, en: text.text), cell: text.cell,
                reason: BilingualText(
                    zh: "只说到一个符号，又没有写明是图例", en: "one mark in a sentence that does not say it is a legend"))
        }
    }
}
