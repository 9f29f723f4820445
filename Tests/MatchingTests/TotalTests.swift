import Domain
import TestSupport
import Testing

@testable import Matching

@Suite("Stated totals")
struct TotalTests {
    private let zhang = MonthFixture.cadre("张世安", 1, MonthFixture.posting("碾伯镇", "大庄村"))

    private func month(
        _ total: StatedTotal?, marks: [Int: AttendanceStatus] = [:], halves: [Int] = [],
        layout: AttendanceLayoutID = .grid, accepts: Bool = false
    ) -> MonthAttendance {
        let isDaily = layout.hasDailyMarks
        var row = MonthFixture.row(
            "张世安", id: zhang.id.text, present: isDaily ? 1...5 : 1...1, marks: marks, halves: halves, total: total)
        if !isDaily { row.days = [] }
        var input = MonthFixture.input(
            [zhang], [MonthFixture.file("a.xlsx", MonthFixture.block([row], layout: layout))])
        input.acceptsTotalsOnly = accepts
        return MonthBuilder.build(input)
    }

    @Test("the present days, or present + official + training, and nothing else")
    func readings() {
        let marks: [Int: AttendanceStatus] = [7: .official, 8: .training, 9: .leave]
        for (days, halves) in [("5", 10), ("7", 14)] {
            #expect(month(MonthFixture.total(days, halfDays: halves), marks: marks).reasons.isEmpty)
        }
        for (days, halves) in [("6", 12), ("4", 8), ("8", 16), ("0", 0)] {
            let month = month(MonthFixture.total(days, halfDays: halves), marks: marks)
            #expect(month.reasons == [.totalMismatch], "\(days)")
            #expect(month.rows[0].heldCodes == [.totalMismatch])
            #expect(month.rows[0].pendingHalfDays == HalfDays(10))
        }
    }

    @Test("half days count a half")
    func halfDay() {
        #expect(month(MonthFixture.total("5.5", halfDays: 11), halves: [6]).reasons.isEmpty)
        #expect(month(MonthFixture.total("6", halfDays: 12), halves: [6]).reasons == [.totalMismatch])
    }

    @Test("a total that is no number of days is held; an uncached one beside marks is not checked")
    func unreadable() {
        #expect(month(MonthFixture.total("很多", halfDays: nil)).reasons == [.totalUnreadable])
        var uncached = MonthFixture.total("", halfDays: nil)
        uncached.isUncached = true
        #expect(month(uncached).reasons.isEmpty, "the reader of the row has said so")
        #expect(month(uncached).rows[0].isHeld == false)
    }

    @Test("totals alone are no evidence, unless policy accepts them")
    func totalsOnly() {
        let held = month(MonthFixture.total("22", halfDays: 44), layout: .totalsOnly)
        #expect(held.reasons == [.noDailyEvidence])
        #expect(held.rows[0].pendingHalfDays == HalfDays(44))
        let accepted = month(MonthFixture.total("22", halfDays: 44), layout: .totalsOnly, accepts: true)
        #expect(accepted.reasons.isEmpty)
        #expect(accepted.rows[0].acceptedHalfDays == HalfDays(44))
        var uncached = MonthFixture.total("", halfDays: nil)
        uncached.isUncached = true
        #expect(month(uncached, layout: .totalsOnly).reasons == [.uncachedFormula])
    }

    @Test("an accepted total beyond the posted days is held, never cut in silence; a decision pays the posted days")
    func beyondPosting() throws {
        let late = MonthFixture.cadre(
            "张世安", 1, MonthFixture.posting("碾伯镇", "大庄村", from: MonthFixture.day(21)))
        var row = MonthFixture.row("张世安", id: late.id.text, total: MonthFixture.total("12", halfDays: 24))
        row.days = []
        var input = MonthFixture.input(
            [late], [MonthFixture.file("a.xlsx", MonthFixture.block([row], layout: .totalsOnly))])
        input.acceptsTotalsOnly = true
        let held = MonthBuilder.build(input)
        #expect(held.reasons == [.totalBeyondPosting])
        #expect(held.findings.first { $0.reason == .totalBeyondPosting }?.cell == row.total?.cell)
        #expect(held.rows[0].heldCodes == [.totalMismatch])
        let question = try #require(held.decisions.open.first)
        input.decisions = [
            Decision(
                evidence: question.evidence, code: .totalMismatch, period: input.period, action: .accept,
                decider: "王书记", date: CivilDate(2018, 12, 6)!, ground: "纪要",
                source: SourceCell(file: "裁定.xlsx", sheet: "裁定表", address: CellAddress(row: 2, column: 10)))
        ]
        #expect(MonthBuilder.build(input).rows[0].acceptedHalfDays == HalfDays(20))
    }

    @Test("two totals of one person contradict each other, or say the same once", arguments: [true, false])
    func repeatedTotals(accepts: Bool) {
        func twice(_ first: Int, _ second: Int) -> MonthAttendance {
            let rows = [(first, 3), (second, 4)].map { halves, line in
                var row = MonthFixture.row(
                    "张世安", id: zhang.id.text, total: MonthFixture.total(HalfDays(halves).daysText, halfDays: halves),
                    at: line)
                row.days = []
                return row
            }
            var input = MonthFixture.input(
                [zhang], [MonthFixture.file("a.xlsx", MonthFixture.block(rows, layout: .totalsOnly))])
            input.acceptsTotalsOnly = accepts
            return MonthBuilder.build(input)
        }
        let different = twice(40, 20)
        #expect(different.reasons.contains(.duplicateRowConflict))
        #expect(different.rows.allSatisfy { $0.heldCodes.contains(.duplicateRow) })
        #expect(Set(different.rows.map(\.contradictionGroup)).count == 1)
        let same = twice(40, 40)
        #expect(same.reasons.contains(.duplicateRowSame))
        let counted = same.rows.compactMap { accepts ? $0.acceptedHalfDays : $0.pendingHalfDays }
        #expect(counted.reduce(.zero, +) == HalfDays(40))
    }

    @Test("a list of leave is no evidence of presence, whatever policy accepts")
    func exceptions() {
        let month = month(nil, layout: .exceptionsOnly, accepts: true)
        #expect(month.reasons == [.exceptionsOnly])
        #expect(month.rows[0].pendingHalfDays == nil)
    }
}
