import Domain
import Tables

/// J: exceptions only: names and the ranges of their leave; presence is not evidenced.
struct ExceptionsLayout: AttendanceLayout {
    let id = AttendanceLayoutID.exceptionsOnly

    func recognise(_ sheet: AttendanceSheet, headingAt row: RowProfile, zone: HeadingZone?) -> RecognisedBlock? {
        guard let zone, zone.columns[.name] != nil, zone.columns[.leaveRanges] != nil, !zone.hasDays,
            zone.columns[.date] == nil || zone.columns[.mark] == nil
        else { return nil }
        let evidence = BilingualText(zh: "只有“姓名”和请假情况，没有日期栏", en: "names and leave ranges only, no day columns")
        return RecognisedBlock(self, score: 30, evidence: evidence, zone: zone)
    }

    func read(_ input: BlockInput, marks: inout MarkReader) -> TableReading { ListRows.read(input) }
}
