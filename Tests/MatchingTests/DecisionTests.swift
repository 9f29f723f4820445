import Domain
import TestSupport
import Testing

@testable import Matching

@Suite("Decisions taking effect")
struct DecisionTests {
    private let zhang = MonthFixture.cadre("张世安", 1, MonthFixture.posting("碾伯镇", "大庄村"))
    private let wang = MonthFixture.cadre("王永福", 2, MonthFixture.posting("碾伯镇", "新庄村"))

    private func desk(
        _ rows: [AttendanceRow], layout: AttendanceLayoutID = .grid, findings: [Finding] = []
    ) -> Desk {
        Desk(
            input: MonthFixture.input(
                [zhang, wang],
                [MonthFixture.file("a.xlsx", MonthFixture.block(rows, layout: layout, findings: findings))]))
    }

    @Test("a township or village that is only called otherwise since leaves what was decided as it is")
    func renamed() {
        func evidence(_ township: String, _ village: String) -> String {
            DecisionEvidence.digest(
                code: .totalMismatch, period: MonthFixture.november, person: "1",
                village: VillageKey(township: township, village: village), cells: ["√"])
        }
        #expect(evidence("碾伯镇", "大庄村") == evidence("碾伯乡", "大庄社区"))
        #expect(evidence("碾伯镇", "大庄村") != evidence("雨润镇", "大庄村"))
    }

    @Test("total-mismatch: 认可 pays the marks, 不认可 nothing, 改为 a number of days no more than the marks")
    func totals() throws {
        let desk = desk([
            MonthFixture.row(
                "张世安", id: zhang.id.text, present: 1...5, total: MonthFixture.total("7", halfDays: 14))
        ])
        #expect(desk.paid(zhang) == 0)
        #expect(desk.open.map(\.finding.code) == [.totalMismatch])
        #expect(desk.open[0].choices == ["认可", "不认可", "改为"])

        let accepted = try desk.deciding(.totalMismatch, .accept)
        #expect(accepted.paid(zhang) == 10)
        #expect(accepted.month.rows[0].heldCodes.isEmpty)
        #expect(accepted.month.reasons == [.decisionUsed])
        #expect(accepted.open.isEmpty)

        let refused = try desk.deciding(.totalMismatch, .refuse)
        #expect(refused.paid(zhang) == 0)
        #expect(refused.month.rows[0].heldCodes.isEmpty, "decided, so not held")
        #expect(refused.month.reasons == [.decisionUsed])

        #expect(try desk.deciding(.totalMismatch, .change("3.5天")).paid(zhang) == 7)
        for impossible in ["6", "5.5", "很多", "-1", "3.25"] {
            let month = try desk.deciding(.totalMismatch, .change(impossible))
            #expect(month.paid(zhang) == 0, "\(impossible)")
            #expect(month.month.reasons.sorted { $0.rawValue < $1.rawValue } == [.decisionUnfit, .totalMismatch])
            #expect(month.month.findings.first { $0.reason == .decisionUnfit }?.cell?.a1 == "K3")
        }
    }

    @Test("a decision about a list of leave rests on the ranges too: other ranges make it stale")
    func leaveRanges() throws {
        var row = MonthFixture.row("张世安", id: zhang.id.text, total: MonthFixture.total("20", halfDays: 40))
        row.leave = "11.5-11.7"
        let accepted = try desk([row], layout: .exceptionsOnly).deciding(.noDailyEvidence, .accept)
        #expect(accepted.month.rows[0].acceptedHalfDays == HalfDays(40))
        row.leave = "11.5-11.17"
        var changed = desk([row], layout: .exceptionsOnly)
        changed.input.decisions = accepted.input.decisions
        #expect(changed.month.rows[0].isHeld && changed.month.rows[0].acceptedHalfDays == nil)
        #expect(changed.open.map(\.finding.code) == [.noDailyEvidence])
    }

    @Test("name-mismatch: 认可 is the person of the ID, 改为 another one of the roster, nobody else")
    func names() throws {
        let desk = desk([MonthFixture.row("李云山", id: zhang.id.text, present: 1...4)])
        #expect(try desk.deciding(.nameMismatch, .accept).paid(zhang) == 8)
        let changed = try desk.deciding(.nameMismatch, .change(wang.id.text))
        #expect(changed.paid(zhang) == 0)
        #expect(changed.paid(wang) == 8)
        let stranger = try desk.deciding(.nameMismatch, .change(MonthFixture.id(77).text))
        #expect(stranger.month.reasons.contains(.decisionUnfit))
        #expect(stranger.month.rows[0].isHeld)
    }

    @Test("left-out: 认可 pays the days as they were sent first, 不认可 nothing; until then they are held")
    func leftOut() throws {
        let zhao = MonthFixture.cadre("赵成林", 3, MonthFixture.posting("碾伯镇", "大庄村"))
        let old = MonthFixture.block([
            MonthFixture.row("张世安", id: zhang.id.text, present: 1...5),
            MonthFixture.row("赵成林", id: zhao.id.text, present: 1...4, at: 5),
        ])
        let new = MonthFixture.block([MonthFixture.row("张世安", id: zhang.id.text, present: 1...5)])
        let desk = Desk(
            input: MonthFixture.input(
                [zhang, zhao], [MonthFixture.file("旧.xlsx", 1, old), MonthFixture.file("新.xlsx", 2, new)]))
        #expect(desk.open.map(\.finding.code) == [.leftOut])
        #expect(desk.open[0].choices == ["认可", "不认可"])
        #expect(desk.paid(zhao) == 0 && desk.paid(zhang) == 10)

        let accepted = try desk.deciding(.leftOut, .accept)
        #expect(accepted.paid(zhao) == 8 && accepted.paid(zhang) == 10)
        #expect(!accepted.month.reasons.contains(.leftOut) && accepted.month.reasons.contains(.decisionUsed))

        let refused = try desk.deciding(.leftOut, .refuse)
        #expect(refused.paid(zhao) == 0)
        #expect(refused.month.rows.allSatisfy { !$0.isHeld })
    }

    @Test("unknown-mark: a status or nothing; there is no 认可")
    func marks() throws {
        var row = MonthFixture.row("张世安", id: zhang.id.text, present: 1...4, marks: [6: .unknown, 7: .unknown])
        for day in [6, 7] {
            let cell = CellAddress(row: 4, column: 3 + day)
            row.days[day - 1].text = "△"
            row.findings.append(Finding(.unknownMark, cell: cell, value: "△", arguments: ["△"]))
        }
        let desk = desk([row])
        #expect(desk.open.map { $0.finding.cell?.a1 } == ["J5", "K5"])
        #expect(desk.open[0].evidence != desk.open[1].evidence)
        let one = try desk.deciding(.unknownMark, .change("出勤"), at: 0)
        #expect(one.paid(zhang) == 10)
        #expect(one.month.findings.filter { $0.code == .unknownMark }.map { $0.cell?.a1 } == ["K5"])
        #expect(try desk.deciding(.unknownMark, .change("请假")).paid(zhang) == 8)
        #expect(try desk.deciding(.unknownMark, .refuse).month.reasons == [.decisionUsed, .decisionUsed])
        let accepted = try desk.deciding(.unknownMark, .accept)
        #expect(accepted.paid(zhang) == 8)
        #expect(accepted.month.reasons.contains(.decisionUnfit))
    }

    @Test("改为 changes the half that is not understood, never the one beside it")
    func halfMarks() throws {
        var row = MonthFixture.row("张世安", id: zhang.id.text, present: 1...4)
        for (day, halves) in [(6, (AttendanceStatus.unknown, AttendanceStatus.leave)), (7, (.present, .unknown))] {
            row.days[day - 1].morning = halves.0
            row.days[day - 1].afternoon = halves.1
            row.days[day - 1].text = day == 6 ? "☆/△" : "√/☆"
            row.findings.append(
                Finding(.unknownMark, cell: row.days[day - 1].cell, value: "☆", arguments: ["☆"]))
        }
        let desk = desk([row])
        #expect(desk.paid(zhang) == 9, "the half that is understood counts")
        #expect(try desk.deciding(.unknownMark, .change("出勤")).paid(zhang) == 11)
        #expect(try desk.deciding(.unknownMark, .change("请假")).paid(zhang) == 9)
    }

    @Test("a legend that is not understood is one question for all its cells")
    func legend() throws {
        var row = MonthFixture.row("张世安", id: zhang.id.text, present: 1...4, marks: [6: .unknown, 7: .unknown])
        for day in [6, 7] {
            row.days[day - 1].text = "◇"
            row.findings.append(
                Finding(
                    .unknownMark, cell: CellAddress(row: 4, column: 3 + day), value: "◇", arguments: ["◇"]))
        }
        let entry = Finding(
            .legendUnknown, cell: CellAddress(row: 20, column: 0), value: "◇加值", arguments: ["◇", "加值"])
        let desk = desk([row], findings: [entry])
        let decided = try desk.deciding(.unknownLegend, .change("出勤"))
        #expect(decided.paid(zhang) == 12)
        #expect(decided.month.reasons == [.decisionUsed])
    }

    @Test("rows that contradict each other: one alone can be right, and it takes the place of the others")
    func duplicates() throws {
        let rows = [
            MonthFixture.row("张世安", id: zhang.id.text, present: 1...5, at: 4),
            MonthFixture.row("张世安", id: zhang.id.text, present: 1...9, at: 7),
        ]
        let desk = desk(rows)
        #expect(desk.open.map { $0.finding.cell?.a1 } == ["B5", "B8"])
        #expect(try desk.deciding(.duplicateRow, .accept, at: 0).paid(zhang) == 10)
        #expect(try desk.deciding(.duplicateRow, .accept, at: 1).paid(zhang) == 18)
        let both = try desk.deciding(.duplicateRow, .accept)
        #expect(both.paid(zhang) == 0)
        #expect(both.month.reasons.count { $0 == .decisionUnfit } == 2)
        let refused = try desk.deciding(.duplicateRow, .refuse, at: 1)
        #expect(refused.paid(zhang) == 0, "the other row is not yet said to be right")
        #expect(refused.month.findings.first { $0.code == .duplicateRow }?.cell?.a1 == "B5")
        #expect(try refused.deciding(.duplicateRow, .accept).paid(zhang) == 10)
        #expect(try desk.deciding(.duplicateRow, .refuse).month.rows.allSatisfy { !$0.isHeld })
    }

    @Test("totals alone: 认可 pays the figure stated, 改为 no more than it")
    func figures() throws {
        var row = MonthFixture.row("张世安", id: zhang.id.text, total: MonthFixture.total("22", halfDays: 44))
        row.days = []
        let desk = desk([row], layout: .totalsOnly)
        #expect(try desk.deciding(.noDailyEvidence, .accept).month.rows[0].acceptedHalfDays == HalfDays(44))
        #expect(try desk.deciding(.noDailyEvidence, .change("20")).month.rows[0].acceptedHalfDays == HalfDays(40))
        #expect(try desk.deciding(.noDailyEvidence, .change("23")).month.rows[0].isHeld)
        #expect(try desk.deciding(.noDailyEvidence, .refuse).month.rows[0].acceptedHalfDays == nil)
        #expect(try desk.deciding(.noDailyEvidence, .refuse).month.rows[0].isHeld == false)
    }

    @Test("a totals sheet against the daily sheet: the marks count, or fewer of them")
    func totalsSheet() throws {
        var total = MonthFixture.row("张世安", id: zhang.id.text, total: MonthFixture.total("9", halfDays: 18), at: 9)
        total.days = []
        let daily = MonthFixture.block([MonthFixture.row("张世安", id: zhang.id.text, present: 1...5)])
        let desk = Desk(
            input: MonthFixture.input(
                [zhang],
                [
                    MonthFixture.file("a.xlsx", daily),
                    MonthFixture.file(
                        "b.xlsx", 2, MonthFixture.block([total], layout: .totalsOnly, sheet: "汇总", index: 1)),
                ]))
        #expect(desk.paid(zhang) == 0)
        #expect(try desk.deciding(.totalMismatch, .accept).paid(zhang) == 10)
        #expect(try desk.deciding(.totalMismatch, .change("4")).paid(zhang) == 8)
        #expect(try desk.deciding(.totalMismatch, .refuse).paid(zhang) == 0)
    }

    @Test("a village of several: 改为 one of the person's own")
    func villages() throws {
        let (two, desk) = Desk.ofTwoVillages
        #expect(desk.month.rows[0].heldCodes == [.villageMismatch])
        #expect(try desk.deciding(.villageMismatch, .change("新庄村")).month.paidHalfDays(two) == ["新庄村": 6])
        #expect(try desk.deciding(.villageMismatch, .change("东关村")).month.rows[0].isHeld)
    }

    /// Somebody who went from 大庄村 to 新庄村 on the 11th, on a sheet of 大庄村.
    private func movedDesk(_ present: ClosedRange<Int>) -> (cadre: Cadre, desk: Desk) {
        let moved = MonthFixture.cadre(
            "张世安", 1, MonthFixture.posting("碾伯镇", "大庄村", to: MonthFixture.day(10)),
            MonthFixture.posting("碾伯镇", "新庄村", from: MonthFixture.day(11)))
        let row = MonthFixture.row("张世安", id: moved.id.text, village: "大庄村", present: present)
        return (
            moved,
            Desk(input: MonthFixture.input([moved], [MonthFixture.file("a.xlsx", MonthFixture.block([row]))]))
        )
    }

    @Test("改为 a village where the person was posted on none of those days is not taken")
    func villageOfAnotherTime() throws {
        let (moved, desk) = movedDesk(11...15)
        #expect(desk.month.reasons == [.villageMismatch])
        let decided = try desk.deciding(.villageMismatch, .change("大庄村")).month
        #expect(Set(decided.reasons) == [.villageMismatch, .decisionUnfit])
        #expect(decided.paidHalfDays(moved) == ["新庄村": 10])
        #expect(try desk.deciding(.villageMismatch, .change("新庄村")).month.reasons == [.decisionUsed])
    }

    @Test("不认可 of another village concerns the days of that village alone, and says what they would pay")
    func otherVillageDays() throws {
        let (moved, desk) = movedDesk(9...15)
        guard case .days(let days) = desk.open.first?.concern else {
            Issue.record("no days")
            return
        }
        #expect(days.map(\.date.day) == [11, 12, 13, 14, 15])
        let refused = try desk.deciding(.villageMismatch, .refuse).month
        #expect(refused.paidHalfDays(moved) == ["大庄村": 4])
        #expect(refused.reasons == [.decisionUsed] && !refused.rows[0].isHeld)
        #expect(try desk.deciding(.villageMismatch, .accept).month.paidHalfDays(moved) == ["大庄村": 4, "新庄村": 10])
    }

    @Test("a spot check against a mark: 认可 the day counts, 不认可 it does not")
    func spotChecks() throws {
        var desk = desk([MonthFixture.row("张世安", id: zhang.id.text, present: 1...5)])
        desk.input.records.spotChecks = [
            SpotCheckRecord(
                person: zhang.id, date: MonthFixture.day(3), result: .absent,
                source: SourceCell(file: "抽查.xlsx", sheet: "抽查", address: CellAddress(row: 2, column: 0)))
        ]
        #expect(desk.paid(zhang) == 8)
        #expect(try desk.deciding(.spotCheckConflict, .accept).paid(zhang) == 10)
        #expect(try desk.deciding(.spotCheckConflict, .refuse).paid(zhang) == 8)
        #expect(try desk.deciding(.spotCheckConflict, .refuse).month.reasons == [.decisionUsed])
    }

    @Test("by no decision is a day paid that is outside the posting, or after the as-of date")
    func bounds() throws {
        var posted = zhang
        posted.postings[0].start = MonthFixture.day(3)
        var desk = Desk(
            input: MonthFixture.input(
                [posted],
                [
                    MonthFixture.file(
                        "a.xlsx",
                        MonthFixture.block([
                            MonthFixture.row(
                                "张世安", id: zhang.id.text, present: 1...9, total: MonthFixture.total("30", halfDays: 60))
                        ]))
                ]))
        desk.input.asOf = MonthFixture.day(6)
        #expect(try desk.deciding(.totalMismatch, .accept).paid(zhang) == 8, "the 3rd to the 6th")
    }

    @Test("who decides about himself decides nothing, and it is said at his cell")
    func oneself() throws {
        let desk = desk([MonthFixture.row("李云山", id: zhang.id.text, present: 1...4)])
        for decider in ["张世安", "李 云山"] {
            let month = try desk.deciding(.nameMismatch, .accept, by: decider).month
            #expect(month.rows[0].isHeld)
            let finding = try #require(month.findings.first { $0.reason == .notAuthorisedDecider })
            #expect(finding.file == "裁定/裁定表.xlsx")
            #expect(finding.cell?.a1 == "K3")
        }
    }

    @Test("evidence stands while the cells do, whatever the file is called, and falls with one of them")
    func evidence() throws {
        func desk(_ path: String, day: Int, sheet: String = "考勤", line: Int = 4) -> Desk {
            let row = MonthFixture.row(
                "张世安", id: zhang.id.text, present: 1...day, total: MonthFixture.total("9", halfDays: 18), at: line)
            return Desk(
                input: MonthFixture.input([zhang], [MonthFixture.file(path, MonthFixture.block([row], sheet: sheet))]))
        }
        let first = desk("a.xlsx", day: 5).open[0].evidence
        #expect(desk("b.xlsx", day: 5, sheet: "11月", line: 8).open[0].evidence == first)
        #expect(desk("a.xlsx", day: 6).open[0].evidence != first)
        var changed = desk("a.xlsx", day: 6)
        changed.input.decisions = try desk("a.xlsx", day: 5).deciding(.totalMismatch, .accept).input.decisions
        #expect(changed.paid(zhang) == 0)
        #expect(changed.month.decisions.evidence.isEmpty)
    }
}
