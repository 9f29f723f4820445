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
        var block = RecognisedBlock(self, score: 30, evidence: evidence, zone: zone)
        // Days of leave are no figure that presence could be told by.
        block.known.formUnion(block.figures.map(\.index))
        block.figures.removeAll { $0.meaning == .status(.leave) }
        return block
    }

    func read(_ input: BlockInput, marks: inout MarkReader) -> TableReading { ListRows.read(input) }
}
