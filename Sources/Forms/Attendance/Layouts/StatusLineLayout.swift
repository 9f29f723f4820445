import Domain
import Tables

/// Lines of one person by status: 出勤, 请假, 公差 … or 应到, 实到. Source: spec §5.4.
struct StatusLineLayout: AttendanceLayout {
    let id = AttendanceLayoutID.statusLines

    func recognise(_ sheet: AttendanceSheet, headingAt row: RowProfile, zone: HeadingZone?) -> RecognisedBlock? {
        guard let zone, zone.columns[.name] != nil, zone.hasDays else { return nil }
        let lines = zone.gridLines
        guard let column = lines.column, lines.statusCount >= 2,
            lines.mergedNames + lines.continued + lines.repeated > 0 || lines.isSpread
        else { return nil }
        let evidence = BilingualText(
            zh: "每人数行，\(CellAddress.columnName(column))栏写明该行是什么",
            en: "several rows a person, column \(CellAddress.columnName(column)) says what each is")
        var block = RecognisedBlock(self, score: 70, evidence: evidence, zone: zone.with(.half, column: column))
        block.days = GridDays.columns(zone)
        block.lineColumn = column
        block.saysHalves = lines.slotCount > 0
        block.wordsSpread = lines.isSpread
        if lines.isSpread || lines.repeated > 0 { block.passedOver += lines.passedOver }
        return block
    }

    func read(_ input: BlockInput, marks: inout MarkReader) -> TableReading {
        GridReader.readTable(input, marks: &marks)
    }
}
