import Domain
import TestSupport
import Testing

@testable import Matching

/// Source: spec §8, «What was issued for a person's half day … is known over all counties».
@Suite("Days that another county's batch issued")
struct IssuedBeforeTests {
    private let zhang = MonthFixture.cadre("张世安", 1, MonthFixture.posting("碾伯镇", "大庄村"))

    private func month(_ rows: [AttendanceRow], mornings: [Int] = [], days: [Int] = []) throws -> MonthAttendance {
        let other = try #require(CountyCode("630222"))
        var input = MonthFixture.input(
            [zhang], [MonthFixture.file("a.xlsx", MonthFixture.block(rows))])
        input.issuedElsewhere = (mornings + days).map { day in
            IssuedElsewhere(
                person: zhang.id, county: other, batch: "ZC-630222-201811", date: MonthFixture.day(day),
                halves: .day(day, morning: true, afternoon: days.contains(day)))
        }
        return MonthBuilder.build(input)
    }

    @Test("a half that was issued takes its half alone: the other one of the day is paid")
    func half() throws {
        let row = MonthFixture.row("张世安", id: zhang.id.text, present: 1...3)
        let month = try month([row], mornings: [1], days: [2])
        #expect(month.rows[0].days.prefix(3).map(\.counted) == [HalfDays(1), .zero, HalfDays(2)])
        #expect(month.rows[0].days.prefix(3).map(\.exclusion) == [.alreadyIssued, .alreadyIssued, nil])
        let told = month.findings.filter { $0.reason == .alreadyIssued }
        #expect(told.map { $0.arguments.last } == ["0.5", "1"])
        #expect(told.map(\.cell) == row.days.prefix(2).map(\.cell))
    }
}
