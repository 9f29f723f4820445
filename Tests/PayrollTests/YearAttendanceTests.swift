import Domain
import Matching
import TestSupport
import Testing

@testable import Stages

/// Source: spec §7 M10, attendance rate: present days ÷ posted days of the year.
@Suite("What a year reads of a month")
struct YearAttendanceTests {
    @Test("a day that another county's batch pays counts as present; one in two places at once does not")
    func alreadyIssued() throws {
        let county = try #require(CountyCode("630202"))
        let period = try #require(Period("2018-10"))
        let person = MonthFixture.id(1)
        func day(_ number: Int, counted: Int, _ exclusion: FindingCode?, isHalf: Bool = false) throws -> DayOutcome {
            DayOutcome(
                date: try #require(period.date(day: number)), morning: .present, afternoon: isHalf ? .rest : .present,
                text: "√", cell: CellAddress(row: 2, column: 3 + number), afternoonCell: nil,
                counted: HalfDays(counted), township: "碾伯镇", village: "大庄村", exclusion: exclusion)
        }
        func present(_ days: [DayOutcome], held codes: [FindingCode] = []) -> Int {
            let row = RowOutcome(
                file: "考勤.csv", sheet: "", layout: .grid, nameCell: CellAddress(row: 2, column: 1), nameAsSent: "张世安",
                cadre: person, personID: person.text, sendingUnit: "", township: "碾伯镇", village: "大庄村",
                heldCodes: codes, pendingHalfDays: nil, contradictionGroup: nil, acceptedHalfDays: nil, days: days)
            let month = MonthAttendance(county: county, period: period, rows: [row], sentTownships: ["碾伯镇"])
            return MonthForYear(month, checks: []).attendance.presentHalfDays[person]?.count ?? 0
        }
        #expect(try present([day(1, counted: 2, nil), day(2, counted: 0, .alreadyIssued)]) == 4)
        #expect(try present([day(3, counted: 1, .alreadyIssued)]) == 2)
        #expect(try present([day(4, counted: 0, .alreadyIssued, isHalf: true)]) == 1)
        #expect(try present([day(5, counted: 0, .doublePresence), day(6, counted: 2, nil)]) == 2)
        #expect(try present([day(7, counted: 0, .alreadyIssued)], held: [.totalMismatch]) == 0)
    }
}
