import Domain
import Tables

/// The rows under a table's headings without those that are none of it: under a heading between them that names a plan
/// or times beyond the day (二、下月计划), and those of another list that begins below (序号 姓名 联系电话).
///
/// Source: spec §5.1, §5.7.
struct OwnRows {
    private(set) var own: [CellRow] = []
    /// Rows that are none of the table's, their heading included.
    private(set) var told: Set<Int> = []
    /// One a heading between the rows.
    private(set) var verdicts: [TitleJudge.Verdict] = []
    /// The first headings of other lists.
    private(set) var lists: [SubmittedText] = []

    private let rows: [CellRow]
    private let segment: Segment
    private let titles: TitleJudge

    init(_ segment: Segment, _ sheet: AttendanceSheet, _ titles: TitleJudge) {
        rows = sheet.rows(segment.body)
        self.segment = segment
        self.titles = titles
        guard !segment.needsOwner, segment.block.layout.id != .peopleAcross else {
            own = rows
            return
        }
        own.reserveCapacity(rows.count)
        var isForeign = false
        for (place, row) in rows.enumerated() {
            if let list = list(at: place) {
                isForeign = true
                lists.append(list)
            } else if let text = alone(row) {
                let verdict = titles.verdict(between: text)
                isForeign = verdict != nil || list(at: place + 1) != nil
                if let verdict {
                    verdicts.append(verdict)
                    sheet.claims.claim(text.cell, .subHeading)
                }
            }
            if isForeign { told.insert(row.index) } else { own.append(row) }
        }
    }

    /// The only text of a row, beside a number at most.
    private func alone(_ row: CellRow) -> SubmittedText? {
        var found: SubmittedText?
        for cell in row.cells where segment.block.range.contains(cell.column) && cell.isFilled {
            switch cell.value {
            case .text(let text) where found == nil:
                found = SubmittedText(text: text, cell: CellAddress(row: row.index, column: cell.column))
            case .number where found == nil: continue
            default: return nil
            }
        }
        return found
    }

    // MARK: Other lists

    private static let headings: Set<String> = ["事由", "内容", "农户", "户主", "村民", "完成", "去向", "请假事由", "电话", "手机号", "车牌号"]

    /// The first of a row's words where they head a list of another kind: behind a gap or a title, without a mark of a
    /// day under them.
    private func list(at place: Int) -> SubmittedText? {
        guard rows.indices.contains(place), place > 0 else { return nil }
        let row = rows[place]
        guard rows[place - 1].index < row.index - 1 || alone(rows[place - 1]) != nil else { return nil }
        let filled = row.filled
        guard (2...10).contains(filled.count), let first = filled.first else { return nil }
        var known = 0
        for cell in filled {
            guard case .text(let text) = cell.value else { return nil }
            let key = HeadingText.key(text)
            guard key.unicodeScalars.allSatisfy({ $0.isCJK || "()".unicodeScalars.contains($0) }) else { return nil }
            if titles.forms.isHeading(text) || OwnRows.headings.contains(key) {
                known += 1
            } else if MarkMeaning.status(of: text) != nil {
                return nil
            }
        }
        guard known >= 2, known * 3 >= filled.count * 2, !holdsMarks(from: place + 1) else { return nil }
        return SubmittedText(
            text: filled.map(\.value.display).joined(separator: "、"),
            cell: CellAddress(row: row.index, column: first.column))
    }

    /// Whether somebody's marks stand in the rows down to the next text alone in its row.
    private func holdsMarks(from start: Int) -> Bool {
        let days = Set(segment.block.days.map(\.column) + segment.block.dateColumns.flatMap(\.marks))
        for row in rows[min(start, rows.count)...] {
            if alone(row) != nil { return false }
            let marks = row.cells.filter { MarkText.isCommonMark(MarkText.key($0.value.display)) }
            if marks.count > 2 || marks.contains(where: { days.contains($0.column) }) { return true }
        }
        return false
    }
}
