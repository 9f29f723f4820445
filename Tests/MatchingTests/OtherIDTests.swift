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
}
