import Domain
import TestSupport
import Testing

@testable import Matching

@Suite("Versions: a newer file replaces just its month and village")
struct VersionTests {
    private let zhang = MonthFixture.cadre("张世安", 1, MonthFixture.posting("碾伯镇", "大庄村"))
    private let wang = MonthFixture.cadre("王明华", 2, MonthFixture.posting("碾伯镇", "新庄村"))
    private let zhao = MonthFixture.cadre("赵成林", 3, MonthFixture.posting("碾伯镇", "大庄村"))

    private func row(_ cadre: Cadre, _ days: ClosedRange<Int>, at row: Int = 4) -> AttendanceRow {
        MonthFixture.row(cadre.name.display, id: cadre.id.text, present: days, at: row)
    }

    @Test("rows in are rows in force and rows superseded, the people left out among them")
    func replaces() {
        let old = MonthFixture.block([row(zhang, 1...5), row(wang, 1...6, at: 5), row(zhao, 1...7, at: 6)])
        let new = MonthFixture.block([row(zhang, 1...2)])
        let month = MonthBuilder.build(
            MonthFixture.input(
                [zhang, wang, zhao], [MonthFixture.file("旧.xlsx", 1, old), MonthFixture.file("新.xlsx", 2, new)]))
        #expect(month.rows.count + month.supersededRowCount == 4)
        #expect(month.supersededRowCount == 1)
        #expect(month.paidHalfDays(zhang) == ["大庄村": 4])
        #expect(month.paidHalfDays(wang) == ["新庄村": 12], "another village stays")
        #expect(month.paidHalfDays(zhao) == [:], "left out of the newer file")
        #expect(month.reasons == [.superseded, .leftOut])
        let missing = month.findings.filter { $0.reason == .missingPerson }.map(\.person)
        #expect(missing == ["赵成林"])
    }

    @Test("later modification time wins, then the path; the order of arrival decides nothing else")
    func order() {
        for (first, second, expected) in [(2, 1, 10), (1, 2, 4), (1, 1, 4)] {
            let month = MonthBuilder.build(
                MonthFixture.input(
                    [zhang],
                    [
                        MonthFixture.file("a.xlsx", first, MonthFixture.block([row(zhang, 1...5)])),
                        MonthFixture.file("b.xlsx", second, MonthFixture.block([row(zhang, 1...2)])),
                    ]))
            #expect(month.paidHalfDays(zhang) == ["大庄村": expected])
        }
    }

    @Test("an overwritten file's older bytes give way to the newer ones under the same path")
    func overwritten() {
        let month = MonthBuilder.build(
            MonthFixture.input(
                [zhang],
                [
                    MonthFixture.file("a.xlsx", 1, MonthFixture.block([row(zhang, 1...5)]), arrival: 1),
                    MonthFixture.file("a.xlsx", 2, MonthFixture.block([row(zhang, 1...3)]), arrival: 2),
                ]))
        #expect(month.rows.count == 1)
        #expect(month.paidHalfDays(zhang) == ["大庄村": 6])
    }

    @Test("a totals file never replaces daily marks, and an older one falls silent beside newer marks")
    func totalsBeside() {
        let daily = MonthFixture.block([row(zhang, 1...5)])
        func totals(_ halves: Int) -> AttendanceBlock {
            MonthFixture.block(
                [
                    MonthFixture.row(
                        "张世安", id: zhang.id.text,
                        total: MonthFixture.total(HalfDays(halves).daysText, halfDays: halves))
                ],
                layout: .totalsOnly)
        }
        func build(_ totalsTime: Int, _ halves: Int) -> MonthAttendance {
            MonthBuilder.build(
                MonthFixture.input(
                    [zhang],
                    [
                        MonthFixture.file("日.xlsx", 5, daily), MonthFixture.file("汇总.xlsx", totalsTime, totals(halves)),
                    ]))
        }
        #expect(build(9, 10).paidHalfDays(zhang) == ["大庄村": 10])
        #expect(build(9, 10).reasons.isEmpty)
        let wrong = build(9, 12)
        #expect(wrong.reasons == [.totalsSheetMismatch])
        #expect(wrong.rows.allSatisfy { $0.heldCodes == [.totalMismatch] })
        #expect(build(1, 12).paidHalfDays(zhang) == ["大庄村": 10], "the corrected daily sheet is newer")
    }

    @Test("a row without a village belongs to its person's posting")
    func withoutVillage() {
        let month = MonthBuilder.build(
            MonthFixture.input(
                [zhang, wang],
                [
                    MonthFixture.file("a.xlsx", 1, MonthFixture.block([row(zhang, 1...5), row(wang, 1...5, at: 5)])),
                    MonthFixture.file(
                        "b.xlsx", 2,
                        MonthFixture.block([MonthFixture.row("王明华", village: "新庄村", present: [1])])),
                ]))
        #expect(month.paidHalfDays(zhang) == ["大庄村": 10])
        #expect(month.paidHalfDays(wang) == ["新庄村": 2])
    }
}
