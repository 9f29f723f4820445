import Domain
import Tables

/// I: 上午 and 下午 columns under each day, an evening's beside them if there is one.
struct HalfColumnGridLayout: AttendanceLayout {
    let id = AttendanceLayoutID.halfColumnGrid

    func recognise(_ sheet: AttendanceSheet, headingAt row: RowProfile, zone: HeadingZone?) -> RecognisedBlock? {
        guard let zone, zone.columns[.name] != nil, zone.hasDays, zone.slots.values.contains(.morning),
            zone.slots.values.contains(.afternoon)
        else { return nil }
        let evidence = BilingualText(zh: "每个日期下分上午、下午两栏", en: "each day has a morning and an afternoon column")
        var block = RecognisedBlock(self, score: 90, evidence: evidence, zone: zone)
        block.days = GridDays.columns(zone)
        return block
    }

    func read(_ input: BlockInput, marks: inout MarkReader) -> TableReading {
        GridReader.readTable(input, marks: &marks)
    }
}
