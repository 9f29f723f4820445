import Domain
import Matching
import TestSupport
import Testing

@Suite("Days that were left blank")
struct BlankDaysTests {
    private let november = Period(year: 2018, month: 11)!
    private let after = CivilDate(2018, 12, 5)!

    /// A row of the month: `√` present, `.` blank, `-` no posting that day, a character a day.
    private func row(
        _ number: Int, _ marks: String, township: String = "甲乡", layout: AttendanceLayoutID = .grid
    ) -> RowOutcome {
        let days = marks.enumerated().map { index, mark in
            DayOutcome(
                date: november.date(day: index + 1)!, morning: mark == "√" ? .present : .blank,
                afternoon: mark == "√" ? .present : .blank, text: mark == "√" ? "√" : "",
                cell: CellAddress(row: number, column: index + 3), afternoonCell: nil, counted: .zero,
                township: mark == "-" ? "" : township, village: "东村")
        }
        let id = TestID.make(number)
        return RowOutcome(
            file: "a.xlsx", sheet: "11月", layout: layout, nameCell: CellAddress(row: number, column: 0),
            nameAsSent: "样例\(number)", cadre: id, personID: id.text, sendingUnit: "", township: township,
            village: "东村", heldCodes: [], pendingHalfDays: nil, contradictionGroup: nil, acceptedHalfDays: nil,
            days: days)
    }

    private func told(_ rows: [RowOutcome], asOf: CivilDate? = nil) -> [String] {
        let month = MonthAttendance(county: CountyCode("630202")!, period: november, rows: rows)
        return BlankDays.of(month, asOf: asOf ?? after).map {
            "\($0.person) \($0.text)\($0.isWhole ? " 全" : "") \($0.cells.map(\.a1).joined(separator: ","))"
        }
    }

    @Test("of a row among full ones are told with their cells; so is a row that nobody filled in")
    func outliers() {
        let rows = [row(1, "√√√√√√"), row(2, "√..√.√"), row(3, "......"), row(4, "√√√√√√"), row(5, "√√√√√√")]
        #expect(told(rows) == ["样例2 2–3日、5日 E3,F3,H3", "样例3 1–6日 全 D4,E4,F4,G4,H4,I4"])
    }

    @Test("are days of rest where most leave them blank, or each his own")
    func rest() {
        #expect(told([row(1, "√√..√√"), row(2, "√√..√√"), row(3, "√√√√√√")]) == [])
        // Whoever rests leaves the day blank here: a tenth of their cells and more.
        #expect(told([row(1, ".√√√√√"), row(2, "√.√√√√"), row(3, "√√.√√√"), row(4, "√√√.√√")]) == [])
        // Of one other person nobody can tell.
        #expect(told([row(1, "√√√√√√"), row(2, "√√√√.√")]) == [])
    }

    @Test("are told of a township that sent an empty sheet, and never of another township's days")
    func emptySheet() {
        let rows = [row(1, "...", township: "乙镇"), row(2, "...", township: "乙镇"), row(3, "√√√"), row(4, "√√√")]
        #expect(told(rows) == ["样例1 1–3日 全 D2,E2,F2", "样例2 1–3日 全 D3,E3,F3"])
    }

    @Test("are not told while the month runs, of days without a posting, of totals, of what another row marks")
    func others() {
        let full = [row(1, "√√√√"), row(2, "√√√√"), row(3, "√√√√")]
        #expect(told(full + [row(4, "√..√")], asOf: CivilDate(2018, 11, 30)!) == [])
        #expect(told(full + [row(4, "√--√")]) == [])
        #expect(told(full + [row(4, "....", layout: .totalsOnly)]) == [])
        var second = row(4, ".√√.")
        second.nameCell = CellAddress(row: 9, column: 0)
        #expect(told(full + [row(4, "√..√"), second]) == [])
    }
}
