import Domain
import Tables

/// Days 1–15 and 16–31 in two lines of headings, over two rows a person. Source: spec §5.4.
struct FoldedGridLayout: AttendanceLayout {
    let id = AttendanceLayoutID.foldedGrid

    func recognise(_ sheet: AttendanceSheet, headingAt row: RowProfile, zone: HeadingZone?) -> RecognisedBlock? {
        guard let zone, zone.columns[.name] != nil, zone.lines.count > 1 else { return nil }
        let lines = zone.gridLines
        let evidence = BilingualText(
            zh: "日期分\(zone.lines.count)行排列，每人\(zone.lines.count)行",
            en: "days in \(zone.lines.count) lines of headings, as many rows a person")
        var block = RecognisedBlock(self, score: 85, evidence: evidence, zone: zone)
        block.days = GridDays.columns(zone)
        block.lineColumn = lines.column
        block.saysHalves = lines.slotCount > 0
        return block
    }

    func read(_ input: BlockInput, marks: inout MarkReader) -> TableReading {
        GridReader.readTable(input, marks: &marks)
    }
}
