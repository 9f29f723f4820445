import Domain
import TestSupport
import Testing

@testable import Matching

@Suite("Several rows of one person")
struct JoiningTests {
    private let zhang = MonthFixture.cadre("张世安", 1, MonthFixture.posting("碾伯镇", "大庄村"))

    private func build(_ blocks: AttendanceBlock...) -> MonthAttendance {
        MonthBuilder.build(MonthFixture.input([zhang], blocks.map { MonthFixture.file("a.xlsx", $0) }))
    }
    private func row(_ days: [Int], at row: Int = 4, total: StatedTotal? = nil) -> AttendanceRow {
        MonthFixture.row("张世安", id: zhang.id.text, present: days, total: total, at: row)
    }

    @Test("identical rows on a sheet are paid once")
    func identical() {
        let month = build(MonthFixture.block([row([1, 2]), row([1, 2], at: 7)]))
        #expect(month.reasons == [.duplicateRowSame])
        #expect(month.findings.first { $0.reason == .duplicateRowSame }?.arguments == ["B5"])
        #expect(month.paidHalfDays(zhang) == ["大庄村": 4])
    }

    @Test("different rows on a sheet are held, all of them; the smaller one is what could be paid")
    func contradicting() {
        let month = build(MonthFixture.block([row([1, 2]), row([1, 2, 3], at: 7)]))
        #expect(month.reasons == [.duplicateRowConflict])
        #expect(month.rows.allSatisfy { $0.heldCodes == [.duplicateRow] })
        #expect(Set(month.rows.map(\.contradictionGroup)) == [1])
        #expect(month.rows.map(\.pendingHalfDays) == [HalfDays(4), HalfDays(6)])
    }

    @Test("sheets of a workbook are joined where they complement each other, a blank contradicts nothing")
    func joined() {
        let month = build(
            MonthFixture.block([row([1, 2])], sheet: "上半月"), MonthFixture.block([row([16, 17, 18])], sheet: "下半月"))
        #expect(month.reasons.isEmpty)
        #expect(month.paidHalfDays(zhang) == ["大庄村": 10])
    }

    @Test("sheets that agree on a day pay it once")
    func agreeing() {
        let month = build(
            MonthFixture.block([row([1, 2, 3])], sheet: "一"), MonthFixture.block([row([3, 4])], sheet: "二"))
        #expect(month.reasons == [.duplicateRowSame])
        #expect(month.paidHalfDays(zhang) == ["大庄村": 8])
    }

    @Test("sheets that contradict each other are held")
    func contradictingSheets() {
        let absent = MonthFixture.row("张世安", id: zhang.id.text, marks: [3: .absent])
        let month = build(
            MonthFixture.block([row([1, 2, 3])], sheet: "一"), MonthFixture.block([absent], sheet: "二"))
        #expect(month.reasons == [.duplicateRowConflict])
        #expect(month.rows.allSatisfy { $0.isHeld })
        #expect(month.findings.first?.arguments == ["一!B5"])
    }

    @Test("a total may speak for one sheet or for all sheets of the workbook")
    func totalsOverSheets() {
        let month = build(
            MonthFixture.block([row([1, 2])], sheet: "上半月"),
            MonthFixture.block([row([16, 17, 18], total: MonthFixture.total("5", halfDays: 10))], sheet: "下半月"))
        #expect(month.reasons.isEmpty)
    }
}
