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
            return block
        }
        block.saysHalves = false
        return block
    }

    func read(_ input: BlockInput, marks: inout MarkReader) -> TableReading {
        GridReader.readTable(input, marks: &marks)
    }
}
