import Domain
import TestSupport
import Testing

@testable import Matching

@Suite("Versions: spans of days, roles, supplements, whom a newer file leaves out")
struct SpanTests {
    private let zhang = MonthFixture.cadre("张世安", 1, MonthFixture.posting("碾伯镇", "大庄村"))
    private let zhao = MonthFixture.cadre("赵成林", 3, MonthFixture.posting("碾伯镇", "大庄村"))

    /// A row of the days alone that a sheet has columns for.
    private func row(
        _ cadre: Cadre, _ columns: ClosedRange<Int>, present: [Int], at row: Int = 4,
        marks: [Int: AttendanceStatus] = [:], total: StatedTotal? = nil
    ) -> AttendanceRow {
        var made = MonthFixture.row(
            cadre.name.display, id: cadre.id.text, present: present, marks: marks, total: total, at: row)
        made.days.removeAll { !columns.contains(Int($0.date.day)) }
        return made
    }

    private func block(_ rows: [AttendanceRow], _ days: ClosedRange<Int>, role: PostingRole? = nil) -> AttendanceBlock {
        MonthFixture.block(
            rows, scope: BlockScope(firstDay: days.lowerBound, lastDay: days.upperBound, roleAlone: role))
    }

    private func build(_ people: [Cadre], _ files: SubmittedBlock..., asOf: CivilDate = MonthFixture.afterwards)
        -> MonthAttendance
    {
        MonthBuilder.build(MonthFixture.input(people, files, asOf: asOf))
    }

    private func leftOut(_ month: MonthAttendance) -> [String] {
        month.findings.filter { $0.code == .leftOut }.map {
            "\($0.person) \($0.file) \($0.cell?.a1 ?? "") \($0.arguments[1])"
        }
    }

    @Test("two half months in two files add up, whichever came last, and nobody is left out")
    func halves() {
        let first = block([row(zhang, 1...15, present: Array(1...10))], 1...15)
        let second = block([row(zhang, 16...30, present: Array(16...20))], 16...30)
        for times in [(1, 2), (2, 1)] {
            let month = build(
                [zhang], MonthFixture.file("上.xlsx", times.0, first), MonthFixture.file("下.xlsx", times.1, second))
            #expect(month.paidHalfDays(zhang) == ["大庄村": 30])
            #expect(month.reasons == [])
        }
    }

    @Test("a newer half month replaces that half alone; a stated figure of the whole is still checked over the whole")
    func halfReplaced() {
        let whole = block(
            [row(zhang, 1...30, present: Array(1...20), total: MonthFixture.total("20", halfDays: 40))], 1...30)
        let half = block([row(zhang, 16...30, present: [16])], 16...30)
        let month = build([zhang], MonthFixture.file("全.xlsx", 1, whole), MonthFixture.file("下.xlsx", 2, half))
        #expect(month.paidHalfDays(zhang) == ["大庄村": 32])
        #expect(month.reasons == [.superseded])
        #expect(month.rows.allSatisfy { !$0.isHeld })
    }

    @Test("a span that begins by the 3rd and ends on or after the 26th is the month", arguments: [(3, 26), (4, 30)])
    func nearlyTheMonth(_ days: (Int, Int)) {
        let whole = block([row(zhang, 1...30, present: [1, 2, 30])], 1...30)
        let newer = block([row(zhang, days.0...days.1, present: [10])], days.0...days.1)
        let month = build([zhang], MonthFixture.file("全.xlsx", 1, whole), MonthFixture.file("新.xlsx", 2, newer))
        #expect(month.paidHalfDays(zhang) == ["大庄村": days.0 == 3 ? 2 : 6])
    }

    @Test("whom a newer file leaves out is held at the older name cell, for the days replaced")
    func heldForTheSpan() {
        let whole = block(
            [row(zhang, 1...30, present: Array(1...20)), row(zhao, 1...30, present: Array(1...18), at: 5)], 1...30)
        let half = block([row(zhang, 16...30, present: [])], 16...30)
        let month = build([zhang, zhao], MonthFixture.file("全.xlsx", 1, whole), MonthFixture.file("下.xlsx", 2, half))
        #expect(month.paidHalfDays(zhang) == ["大庄村": 30], "a blank row of his answers it")
        #expect(month.paidHalfDays(zhao) == ["大庄村": 30])
        #expect(leftOut(month) == ["赵成林 全.xlsx B6 16–18日"])
        let held = month.rows.filter(\.isHeld)
        #expect(held.map(\.heldCodes) == [[.leftOut]])
        #expect(held.map(\.pendingHalfDays) == [HalfDays(6)])
        #expect(!month.findings.contains { $0.code == .missingPerson }, "the first half speaks of him")
    }

    @Test("of several versions the newest row that was left out is held, and each day once")
    func heldOnce() {
        let first = block([row(zhang, 1...30, present: [1]), row(zhao, 1...30, present: [1, 2], at: 5)], 1...30)
        let second = block([row(zhang, 1...30, present: [1]), row(zhao, 1...30, present: [2, 3], at: 7)], 1...30)
        let third = block([row(zhang, 1...30, present: [1])], 1...30)
        let month = build(
            [zhang, zhao], MonthFixture.file("一.xlsx", 1, first), MonthFixture.file("二.xlsx", 2, second),
            MonthFixture.file("三.xlsx", 3, third))
        #expect(leftOut(month) == ["赵成林 二.xlsx B8 2–3日"])
        #expect(month.findings.contains { $0.code == .missingPerson && $0.person == "赵成林" })
    }

    @Test("other sheets in force answer for the days they mark; left-out days are no presence elsewhere")
    func answeredElsewhere() {
        let old = block([row(zhang, 1...30, present: [1]), row(zhao, 1...30, present: [1, 2], at: 5)], 1...30)
        let new = block([row(zhang, 1...30, present: [1])], 1...30)
        var elsewhere = MonthFixture.block(
            [row(zhao, 1...30, present: [2], marks: [1: .leave])], township: "雨润镇", sheet: "大庄")
        elsewhere.rows[0].village = SubmittedText(text: "大庄村", cell: CellAddress(row: 4, column: 3))
        let month = build(
            [zhang, zhao], MonthFixture.file("旧.xlsx", 1, old), MonthFixture.file("新.xlsx", 2, new),
            MonthFixture.file("雨润.xlsx", 1, elsewhere))
        #expect(leftOut(month) == [])
        #expect(!month.findings.contains { $0.code == .doublePresence })

        elsewhere.rows[0].days.removeAll { $0.date.day == 1 }
        let partly = build(
            [zhang, zhao], MonthFixture.file("旧.xlsx", 1, old), MonthFixture.file("新.xlsx", 2, new),
            MonthFixture.file("雨润.xlsx", 1, elsewhere))
        #expect(leftOut(partly) == ["赵成林 旧.xlsx B6 1日"])
    }

    @Test("days that would not have been paid leave nobody out: not payable, not posted, in the future")
    func notPaid() {
        let posted = MonthFixture.cadre("赵成林", 3, MonthFixture.posting("碾伯镇", "大庄村", from: CivilDate(2018, 11, 5)!))
        let old = block(
            [
                row(zhang, 1...30, present: [1]),
                row(posted, 1...30, present: [4, 20], at: 5, marks: [6: .leave, 7: .official]),
            ], 1...30)
        let new = block([row(zhang, 1...30, present: [1])], 1...30)
        let month = build(
            [zhang, posted], MonthFixture.file("旧.xlsx", 1, old), MonthFixture.file("新.xlsx", 2, new),
            asOf: MonthFixture.day(19))
        #expect(leftOut(month) == [])
    }

    @Test("an ambiguous row that may be his counts as his")
    func ambiguous() {
        let one = MonthFixture.cadre("扎西", 5, MonthFixture.posting("碾伯镇", "大庄村"))
        let two = MonthFixture.cadre("扎西", 6, MonthFixture.posting("碾伯镇", "大庄村"))
        let old = block([row(one, 1...30, present: [1])], 1...30)
        let new = block([MonthFixture.row("扎西", village: "大庄村", present: [1])], 1...30)
        let month = build([one, two], MonthFixture.file("旧.xlsx", 1, old), MonthFixture.file("新.xlsx", 2, new))
        #expect(leftOut(month) == [])
        #expect(month.reasons.contains(.ambiguousPerson))
    }

    private let secretary = MonthFixture.secretary("祁远山", 7)

    @Test("a sheet of one role replaces that role alone; with anybody else on it, it is a sheet like any other")
    func roles() {
        let all = block(
            [row(secretary, 1...30, present: [1, 2]), row(zhang, 1...30, present: [1, 2, 3], at: 5)], 1...30)
        let members = block([row(zhang, 1...30, present: [1])], 1...30, role: .teamMember)
        let month = build(
            [secretary, zhang], MonthFixture.file("全.xlsx", 1, all), MonthFixture.file("队员.xlsx", 2, members))
        #expect(month.paidHalfDays(secretary) == ["大庄村": 4])
        #expect(month.paidHalfDays(zhang) == ["大庄村": 2])
        #expect(leftOut(month) == [])

        let mixed = block(
            [row(zhang, 1...30, present: [1])], 1...30, role: .firstSecretary)
        let other = build(
            [secretary, zhang], MonthFixture.file("全.xlsx", 1, all), MonthFixture.file("书记.xlsx", 2, mixed))
        #expect(other.paidHalfDays(zhang) == ["大庄村": 2], "nobody's row is dropped for the title")
        #expect(leftOut(other) == ["祁远山 全.xlsx B5 1–2日"])
    }

    @Test("a supplement adds people and takes nothing away; where it contradicts, the person is held")
    func supplement() {
        let all = block([row(zhang, 1...30, present: [1, 2], marks: [3: .sick])], 1...30)
        var more = block([row(zhao, 1...30, present: [5])], 1...30)
        more.scope.isSupplement = true
        let month = build([zhang, zhao], MonthFixture.file("全.xlsx", 1, all), MonthFixture.file("补报.xlsx", 2, more))
        #expect(month.paidHalfDays(zhang) == ["大庄村": 4])
        #expect(month.paidHalfDays(zhao) == ["大庄村": 2])
        #expect(month.reasons == [])

        more.rows = [row(zhang, 1...30, present: [2, 4])]
        let added = build([zhang], MonthFixture.file("全.xlsx", 1, all), MonthFixture.file("补报.xlsx", 2, more))
        #expect(added.paidHalfDays(zhang) == ["大庄村": 6], "a day said twice is a day")

        more.rows = [row(zhang, 1...30, present: [3])]
        let against = build([zhang], MonthFixture.file("全.xlsx", 1, all), MonthFixture.file("补报.xlsx", 2, more))
        #expect(against.paidHalfDays(zhang) == [:])
        #expect(against.reasons == [.duplicateRowConflict])
    }

    @Test("days that two sheets of different spans share with the same mark are nothing to tell")
    func sharedDay() {
        var second = block([row(zhang, 15...30, present: [15, 16])], 15...30)
        second.sheet = "下半月"
        second.index = 1
        let first = block([row(zhang, 1...15, present: [14, 15])], 1...15)
        let month = build([zhang], MonthFixture.file("a.xlsx", 1, first), MonthFixture.file("a.xlsx", 1, second))
        #expect(month.paidHalfDays(zhang) == ["大庄村": 6])
        #expect(month.reasons == [])
    }
}

@Suite("Versions: a file mended in place")
struct MendedInPlaceTests {
    private let zhang = MonthFixture.cadre("张世安", 1, MonthFixture.posting("碾伯镇", "大庄村"))
    private let day = 24 * 3600 * 1_000_000_000

    private func october(_ block: AttendanceBlock) -> AttendanceBlock {
        var made = block
        made.period = MonthFixture.november.previous
        for row in made.rows.indices {
            for day in made.rows[row].days.indices {
                let date = made.rows[row].days[day].date
                made.rows[row].days[day].date = made.period.date(day: Int(date.day))!
            }
        }
        return made
    }

    private var wrong: AttendanceBlock {
        MonthFixture.block([MonthFixture.row("张世安", present: 1...5, marks: [6: .sick])])
    }

    @Test("the same marks under another month within twenty days take back what was said before")
    func month() {
        let mended = october(wrong)
        #expect(MendedInPlace.withdrawn([wrong], by: [mended], received: (0, 20 * day)) == [0: mended.period])
        #expect(MendedInPlace.withdrawn([wrong], by: [mended], received: (0, 20 * day + 1)) == [:])
        #expect(MendedInPlace.withdrawn([wrong], by: [mended], received: (5, 4)) == [:])
    }

    @Test("other marks, other people, a month said again, or marks behind the month's end mend nothing")
    func ordinary() {
        var marks = october(wrong)
        marks.rows[0].days[6].morning = .present
        #expect(MendedInPlace.withdrawn([wrong], by: [marks], received: (0, day)) == [:])
        var people = october(wrong)
        people.rows[0].name.text = "王明华"
        #expect(MendedInPlace.withdrawn([wrong], by: [people], received: (0, day)) == [:])
        #expect(MendedInPlace.withdrawn([wrong], by: [wrong, october(wrong)], received: (0, day)) == [:])
        var longer = october(wrong)
        let last = longer.period.date(day: 31)!
        longer.rows[0].days.append(
            DayMark(
                date: last, morning: .present, afternoon: .present, text: "√", cell: CellAddress(row: 4, column: 40)))
        #expect(MendedInPlace.withdrawn([wrong], by: [longer], received: (0, day)) == [:])
        #expect(MendedInPlace.withdrawn([longer], by: [wrong], received: (0, day)) == [:])
        #expect(MendedInPlace.withdrawn([wrong], by: [wrong], received: (0, day)) == [:])
        let blank = MonthFixture.block([MonthFixture.row("张世安")])
        #expect(MendedInPlace.withdrawn([blank], by: [october(blank)], received: (0, day)) == [:])
    }

    @Test("another village under the same month takes back the first")
    func village() {
        var other = wrong
        other.context = [ContextText(kind: .title, text: "乐都区雨润镇2018年11月考勤表")]
        #expect(MendedInPlace.withdrawn([wrong], by: [other], received: (0, day)) == [0: wrong.period])
    }

    @Test("what was taken back neither stands nor replaces anything, and is told once")
    func withdrawn() {
        let before = MonthFixture.block([MonthFixture.row("张世安", present: 1...3)])
        let taken = SubmittedBlock(
            order: FileOrder(modified: 2, path: "改.xlsx", arrival: 2), block: wrong,
            mendedTo: MonthFixture.november.previous)
        let month = MonthBuilder.build(MonthFixture.input([zhang], [MonthFixture.file("前.xlsx", 1, before), taken]))
        #expect(month.paidHalfDays(zhang) == ["大庄村": 6])
        #expect(month.supersededRowCount == 1)
        #expect(month.findings.map(\.reason) == [.supersededMended])
        #expect(month.findings.map(\.arguments) == [["碾伯镇", "2018年11月", "2018年10月"]])
    }
}
