import Domain
import Tables

/// H: totals only (姓名, 出勤天数), no daily marks.
struct TotalsLayout: AttendanceLayout {
    let id = AttendanceLayoutID.totalsOnly

    func recognise(_ sheet: AttendanceSheet, headingAt row: RowProfile, zone: HeadingZone?) -> RecognisedBlock? {
        guard let zone, zone.columns[.name] != nil, zone.columns[.attendanceDays] != nil, zone.dayRuns.isEmpty,
            zone.columns[.date] == nil || zone.columns[.mark] == nil
        else { return nil }
        let evidence = BilingualText(zh: "有“姓名”“出勤天数”，没有日期栏", en: "a name and a total column, no day columns")
        return RecognisedBlock(
            layout: self, score: 40, evidence: [evidence], headingRows: zone.rows, columns: zone.columns,
            headings: zone.headings)
    }

    func read(_ input: BlockInput, marks: inout MarkReader) -> [AttendanceRow] { ListRows.read(input) }
}

/// Rows of the layouts without daily marks.
enum ListRows {
    static func read(_ input: BlockInput) -> [AttendanceRow] {
        let people = PersonRow(input: input)
        var rows: [AttendanceRow] = []
        for index in GridColumns.bodyRows(input) {
            guard let name = people.name(at: index),
                name.cell.row == index || !rows.contains(where: { $0.name.cell == name.cell })
            else { continue }
            rows.append(people.start(name, at: index))
        }
        return rows
    }
}
