import Domain
import Tables

/// A: a row a person, a column a day.
struct GridLayout: AttendanceLayout {
    let id = AttendanceLayoutID.grid

    func recognise(_ sheet: AttendanceSheet, headingAt row: RowProfile, zone: HeadingZone?) -> RecognisedBlock? {
        guard let zone, zone.hasDays else { return nil }
        let days = GridDays.columns(zone)
        var block = RecognisedBlock(self, score: 60, evidence: GridDays.evidence(zone, days), zone: zone)
        block.days = days
        if zone.columns[.name] == nil {
            // Nobody says where the names stand: the table is told, not read.
            let found = NameColumns.candidates(zone)
            guard zone.columns[.date] == nil || !found.isEmpty else { return nil }
            block.score = 20
            block.refusal = .names(found.count == 1 ? found[0] : found.first)
            block.weighed += found.map { candidate in
                let column = CellAddress.columnName(candidate.cell.column)
                return WeighedCandidate(
                    subject: .names,
                    what: BilingualText(zh: "\(column) 列 \(candidate.text)", en: "column \(column) \(candidate.text)"),
                    cell: candidate.cell,
                    reason: BilingualText(
                        zh: "其下像是姓名，但表头没有说明", en: "names seem to stand under it, but its heading does not say so"))
            }
            return block
        }
        block.saysHalves = false
        return block
    }

    func read(_ input: BlockInput, marks: inout MarkReader) -> TableReading {
        GridReader.readTable(input, marks: &marks)
    }
}
