import Domain
import Tables

/// The rows under a table's headings without those under a heading between them that names a plan or times beyond the
/// day (二、下月计划): nobody's attendance stands there. Source: spec §5.1.
struct OwnRows {
    private(set) var own: [CellRow] = []
    /// Rows that are none of the table's, their heading included.
    private(set) var told: Set<Int> = []
    /// One a heading.
    private(set) var verdicts: [TitleJudge.Verdict] = []

    init(_ segment: Segment, _ sheet: AttendanceSheet, _ titles: TitleJudge) {
        let rows = sheet.rows(segment.body)
        guard !segment.needsOwner, segment.block.layout.id != .peopleAcross else {
            own = rows
            return
        }
        own.reserveCapacity(rows.count)
        var isForeign = false
        for row in rows {
            if let text = OwnRows.alone(row, segment.block.range) {
                isForeign = false
                if let verdict = titles.verdict(between: text) {
                    isForeign = true
                    verdicts.append(verdict)
                    sheet.claims.claim(text.cell, .subHeading)
                }
            }
            if isForeign { told.insert(row.index) } else { own.append(row) }
        }
    }

    /// The only text of a row, beside a number at most.
    private static func alone(_ row: CellRow, _ range: ClosedRange<Int>) -> SubmittedText? {
        var found: SubmittedText?
        for cell in row.cells where range.contains(cell.column) && cell.isFilled {
            switch cell.value {
            case .text(let text) where found == nil:
                found = SubmittedText(text: text, cell: CellAddress(row: row.index, column: cell.column))
            case .number where found == nil: continue
            default: return nil
            }
        }
        return found
    }
}
