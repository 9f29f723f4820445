import Domain
import Tables

/// B: rows of 上午, 下午 (and 晚上) under each name. Halves only on the word.
struct HalfRowGridLayout: AttendanceLayout {
    let id = AttendanceLayoutID.halfRowGrid

    func recognise(_ sheet: AttendanceSheet, headingAt row: RowProfile, zone: HeadingZone?) -> RecognisedBlock? {
        guard let zone, zone.columns[.name] != nil, zone.hasDays else { return nil }
        let lines = zone.gridLines
        guard lines.saysHalves, lines.slotCount > 0 || lines.mergedNames > 0 || lines.alternates else { return nil }
        let evidence =
            lines.column.map {
                BilingualText(
                    zh: "每人两行，\(CellAddress.columnName($0))栏为上午、下午",
                    en: "two rows a person, halves named in column \(CellAddress.columnName($0))")
            }
            ?? BilingualText(
                zh: "姓名合并两行，表中写明上行上午、下行下午", en: "names over two rows that the sheet calls morning and afternoon")
        var block = RecognisedBlock(
            self, score: 80, evidence: evidence,
            zone: lines.column.map { zone.with(.half, column: $0) } ?? zone)
        block.days = GridDays.columns(zone)
        block.lineColumn = lines.column
        block.saysHalves = true
        block.alternatesNames = lines.alternates
        return block
    }

    func read(_ input: BlockInput, marks: inout MarkReader) -> TableReading {
        GridReader.readTable(input, marks: &marks)
    }
}
