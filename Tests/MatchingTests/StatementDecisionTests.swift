import Domain
import TestSupport
import Testing

@testable import Matching

/// Words in place of marks, and lists of leave, decided. Source: spec §5.4, §5.8.
@Suite("全勤 is decided by its figure, or by days that somebody names")
struct StatementDecisionTests {
    private let zhang = MonthFixture.cadre(
        "张世安", 1, MonthFixture.posting("碾伯镇", "大庄村", from: MonthFixture.day(11)))

    private func desk(
        total: Int? = nil, present: [Int] = [], layout: AttendanceLayoutID = .grid, stated: Bool = true
    ) -> Desk {
        var row = MonthFixture.row(
            "张世安", id: zhang.id.text, present: present, marks: stated ? [1: .unknown] : [:],
            total: total.map { MonthFixture.total("\($0)", halfDays: 2 * $0) })
        if stated {
            row.days[0].text = "全勤"
            row.findings = [Finding(.presenceStated, cell: row.days[0].cell, value: "全勤", arguments: ["全勤"])]
        } else {
            row.days = []
        }
        return Desk(
            input: MonthFixture.input(
                [zhang], [MonthFixture.file("a.xlsx", MonthFixture.block([row], layout: layout))]))
    }

    private func accepted(_ desk: Desk) -> Int? {
        let row = desk.month.rows[0]
        return row.isHeld ? nil : row.acceptedHalfDays?.count
    }

    @Test("with a figure: 认可 pays it, 改为 no more than it, and it is no mismatch of one mark")
    func figure() throws {
        let desk = desk(total: 15)
        #expect(desk.month.reasons == [.presenceStated])
        #expect(desk.open.map(\.concern) == [.total(HalfDays(30))])
        #expect(desk.open[0].choices == ["认可", "不认可", "改为"])
        #expect(accepted(try desk.deciding(.noDailyEvidence, .accept)) == 30)
        #expect(accepted(try desk.deciding(.noDailyEvidence, .change("12.5"))) == 25)
        #expect(accepted(try desk.deciding(.noDailyEvidence, .change("16"))) == nil)
        #expect(accepted(try self.desk(total: 30).deciding(.noDailyEvidence, .accept)) == 40, "posted from the 11th")
    }

    @Test("without one there is nothing to confirm: 改为 up to the posted days, 认可 is refused with a reason")
    func noFigure() throws {
        for desk in [desk(), desk(layout: .exceptionsOnly, stated: false)] {
            #expect(desk.open.map(\.choices) == [["不认可", "改为"]])
            #expect(accepted(try desk.deciding(.noDailyEvidence, .change("20"))) == 40)
            #expect(accepted(try desk.deciding(.noDailyEvidence, .change("20.5"))) == nil)
            let confirmed = try desk.deciding(.noDailyEvidence, .accept).month
            #expect(confirmed.rows[0].isHeld && confirmed.reasons.contains(.decisionUnfit))
        }
        var early = desk()
        early.input.asOf = MonthFixture.day(15)
        #expect(accepted(try early.deciding(.noDailyEvidence, .change("5"))) == 10)
        #expect(accepted(try early.deciding(.noDailyEvidence, .change("6"))) == nil, "the 16th has not come")
    }

    @Test("what waits says what the figure would pay; nothing where nothing can be said")
    func pending() {
        #expect(desk(total: 15).month.rows.map(\.pendingHalfDays) == [HalfDays(30)])
        #expect(desk(total: 30).month.rows.map(\.pendingHalfDays) == [HalfDays(40)], "posted from the 11th")
        #expect(desk().month.rows.map(\.pendingHalfDays) == [nil])
        #expect(desk(present: [16, 17]).month.rows.map(\.pendingHalfDays) == [HalfDays(4)])
    }

    @Test("marks beside the words are in the figure: they do not count once more")
    func beside() throws {
        let decided = try desk(total: 15, present: Array(16...30)).deciding(.noDailyEvidence, .accept)
        #expect(accepted(decided) == 30)
        #expect(decided.paid(zhang) == 0)
    }

    @Test("who is paid nothing by a decision is told so, and does not vanish")
    func nothing() throws {
        let refused = try desk(total: 15).deciding(.noDailyEvidence, .refuse).month
        let used = try #require(refused.findings.first { $0.reason == .decisionUsed })
        #expect(used.person == "张世安" && used.message(.zh).contains("此行不计发生活补助"))
        let paid = try desk(total: 15).deciding(.noDailyEvidence, .accept).month
        #expect(try #require(paid.findings.first { $0.reason == .decisionUsed }).message(.zh).contains("不计发") == false)
    }

    @Test("village-mismatch of several villages names none: 改为 or 不认可, never 认可")
    func villages() throws {
        let (_, desk) = Desk.ofTwoVillages
        #expect(desk.open.map(\.choices) == [["不认可", "改为"]])
        let month = try desk.deciding(.villageMismatch, .accept).month
        #expect(month.rows[0].isHeld && month.reasons.contains(.decisionUnfit))
    }
}
