import Domain
import Tables

/// H: figures only (姓名, 出勤天数), no daily marks.
struct TotalsLayout: AttendanceLayout {
    let id = AttendanceLayoutID.totalsOnly

    func recognise(_ sheet: AttendanceSheet, headingAt row: RowProfile, zone: HeadingZone?) -> RecognisedBlock? {
        guard let zone, zone.columns[.name] != nil, !zone.figures.isEmpty, !zone.hasDays,
            zone.columns[.date] == nil || zone.columns[.mark] == nil,
            zone.columns[.leaveRanges] == nil || zone.figures.contains(where: { $0.meaning != .status(.leave) })
        else { return nil }
        let evidence = BilingualText(zh: "有“姓名”和天数栏，没有日期栏", en: "names and figures, no day columns")
        return RecognisedBlock(self, score: 40, evidence: evidence, zone: zone)
    }

    func read(_ input: BlockInput, marks: inout MarkReader) -> TableReading { ListRows.read(input) }
}
