import Domain
import TestSupport
import Testing

@testable import Matching

@Suite("Issued under another ID")
struct OtherIDTests {
    /// One person whose ID was mended on the roster: 2 is right, 1 is what a batch was issued to.
    private let mended = MonthFixture.cadre("张世安", 2, MonthFixture.posting("碾伯镇", "大庄村"))

    private func issued(_ days: Set<Int>) -> IssuedDays {
        var halves = IssuedHalves()
        for day in days { halves.add(.day(day, morning: true, afternoon: true), on: day) }
        return IssuedDays(
            batch: "ZC-630202-201811", county: MonthFixture.county.code, period: MonthFixture.november,
            person: MonthFixture.id(1), name: "张世安", township: "碾伯镇", village: "大庄村", account: "", halves: halves,
            posted: 0)
    }

    private func build(
        _ cadres: [Cadre], _ rows: [AttendanceRow], issued: [IssuedDays], decisions: [Decision] = []
    ) -> MonthAttendance {
        var input = MonthFixture.input(
            cadres, [MonthFixture.file("a.xlsx", MonthFixture.block(rows))])
        input.issued = issued
        input.decisions = decisions
        return MonthBuilder.build(input)
    }

    private var row: AttendanceRow { MonthFixture.row("张世安", id: mended.id.text, present: 1...10) }

    @Test("the same name in the same village on the same days is held; other days are nobody's business")
    func held() {
        let month = build([mended], [row], issued: [issued([1, 2, 3])])
        #expect(month.reasons == [.issuedUnderOtherID])
        #expect(month.rows[0].heldCodes == [.issuedUnderOtherID])
        #expect(build([mended], [row], issued: [issued([20])]).reasons.isEmpty)
    }

    @Test("two people of one name: the other ID is posted and has marks of its own")
    func two() {
        let other = MonthFixture.cadre("张世安", 1, MonthFixture.posting("碾伯镇", "大庄村"))
        let own = MonthFixture.row("张世安", id: other.id.text, present: 1...3, at: 5)
        #expect(build([mended, other], [row, own], issued: [issued([1, 2, 3])]).reasons.isEmpty)
    }

    @Test("认可 pays the row as marked; 不认可 pays the days that were not issued before")
    func decided() throws {
        let open = build([mended], [row], issued: [issued([1, 2, 3])])
        let question = try #require(open.decisions.open.first)
        #expect(question.choices == ["认可", "不认可"])
        func paid(_ action: DecisionAction) -> Int {
            let decision = Decision(
                evidence: question.evidence, code: .issuedUnderOtherID, period: MonthFixture.november, action: action,
                decider: "局长", date: CivilDate(2018, 12, 1)!, ground: "核实",
                source: SourceCell(file: "裁定.xlsx", sheet: "裁定表", address: CellAddress(row: 2, column: 10)))
            let month = build([mended], [row], issued: [issued([1, 2, 3])], decisions: [decision])
            #expect(!month.rows[0].isHeld)
            return month.paidHalfDays(mended)["大庄村"] ?? 0
        }
        #expect(paid(.accept) == 20)
        #expect(paid(.refuse) == 14)
    }

    // MARK: Stated totals

    private func total(_ days: Int, id: ResidentID, at line: Int = 4) -> AttendanceRow {
        var row = MonthFixture.row(
            "张世安", id: id.text, total: MonthFixture.total("\(days)", halfDays: 2 * days), at: line)
        row.days = []
        return row
    }

    private func totals(
        _ cadres: [Cadre], _ rows: [AttendanceRow], issued: [IssuedDays], decisions: [Decision] = []
    ) -> MonthAttendance {
        var input = MonthFixture.input(
            cadres, [MonthFixture.file("a.xlsx", MonthFixture.block(rows, layout: .totalsOnly))])
        input.acceptsTotalsOnly = true
        input.issued = issued
        input.decisions = decisions
        return MonthBuilder.build(input)
    }

    @Test("a stated total may stand for the days that were issued under the other ID: it is held")
    func totalHeld() {
        let month = totals([mended], [total(10, id: mended.id)], issued: [issued([1, 2, 3])])
        #expect(month.reasons == [.issuedUnderOtherID])
        #expect(month.findings.first { $0.reason == .issuedUnderOtherID }?.arguments.last == "3")
        #expect(month.rows[0].heldCodes == [.issuedUnderOtherID])
        // Before his posting nothing of the total can stand.
        let late = MonthFixture.cadre(
            "张世安", 2, MonthFixture.posting("碾伯镇", "大庄村", from: MonthFixture.day(4)))
        #expect(totals([late], [total(10, id: late.id)], issued: [issued([1, 2, 3])]).reasons.isEmpty)
    }

    @Test("two people of one name, each with a total of his own")
    func twoTotals() {
        let other = MonthFixture.cadre("张世安", 1, MonthFixture.posting("碾伯镇", "大庄村"))
        let rows = [total(10, id: mended.id), total(8, id: other.id, at: 5)]
        #expect(totals([mended, other], rows, issued: [issued([1, 2, 3])]).reasons.isEmpty)
    }

    @Test("认可 pays the total; 不认可 pays what it says beyond the issued days, on other days")
    func totalDecided() throws {
        let row = total(10, id: mended.id)
        let open = totals([mended], [row], issued: [issued([1, 2, 3])])
        let question = try #require(open.decisions.open.first)
        #expect(question.choices == ["认可", "不认可"])
        func paid(_ action: DecisionAction) throws -> IssuedHalves {
            let decision = Decision(
                evidence: question.evidence, code: .issuedUnderOtherID, period: MonthFixture.november, action: action,
                decider: "局长", date: CivilDate(2018, 12, 1)!, ground: "核实",
                source: SourceCell(file: "裁定.xlsx", sheet: "裁定表", address: CellAddress(row: 2, column: 10)))
            let month = totals([mended], [row], issued: [issued([1, 2, 3])], decisions: [decision])
            #expect(!month.rows[0].isHeld)
            #expect(month.rows[0].acceptedHalfDays == month.rows[0].acceptedHalves?.total)
            return try #require(month.rows[0].acceptedHalves)
        }
        #expect(try paid(.accept).days == Array(1...10))
        #expect(try paid(.refuse).days == Array(4...10))
    }
}
