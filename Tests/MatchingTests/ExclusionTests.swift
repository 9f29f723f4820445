import Domain
import TestSupport
import Testing

@testable import Matching

@Suite("Days that are not paid")
struct ExclusionTests {
    private let zhang = MonthFixture.cadre("张世安", 1, MonthFixture.posting("碾伯镇", "大庄村"))

    private func build(
        _ cadres: [Cadre], _ blocks: [AttendanceBlock], asOf: CivilDate = MonthFixture.afterwards,
        change: (inout MonthInput) -> Void = { _ in }
    ) -> MonthAttendance {
        var input = MonthFixture.input(
            cadres, blocks.enumerated().map { MonthFixture.file("\($0.offset).xlsx", $0.element) }, asOf: asOf)
        change(&input)
        return MonthBuilder.build(input)
    }

    @Test("the first and last day of a posting count, the days beside them do not")
    func outsidePosting() {
        let cadre = MonthFixture.cadre(
            "张世安", 1,
            MonthFixture.posting("碾伯镇", "大庄村", from: MonthFixture.day(10), to: MonthFixture.day(20)))
        let month = build(
            [cadre], [MonthFixture.block([MonthFixture.row("张世安", id: cadre.id.text, present: [9, 10, 20, 21])])])
        #expect(month.paidHalfDays(cadre) == ["大庄村": 4])
        #expect(month.reasons == [.outsidePosting, .outsidePosting])
        #expect(month.findings.compactMap(\.cell?.a1) == ["M5", "Y5"])
    }

    @Test("a day after a move over the county's border names where the person is posted now")
    func movedToAnotherCounty() throws {
        let cadre = MonthFixture.cadre(
            "张世安", 1, MonthFixture.posting("碾伯镇", "大庄村", to: MonthFixture.day(9)))
        let pingan = try #require(CountyCode("630203"))
        let there = Posting(
            county: pingan, township: "小峡镇", village: "石沟村", role: .teamMember, roleText: "队员",
            sendingUnit: "区财政局", start: MonthFixture.day(10), bankAccount: "6228480000000000011",
            source: SourceCell(file: "平安.xlsx", sheet: "1", address: CellAddress(row: 1, column: 0)))
        let elsewhere = PostingElsewhere(
            person: cadre.id, county: pingan, start: there.start,
            place: .init(countyName: "平安区", posting: there, village: nil))
        #expect(elsewhere.place?.posting.bankAccount == nil, "another county's accounts stay there")
        let row = MonthFixture.row("张世安", id: cadre.id.text, present: [9, 10])
        let month = build([cadre], [MonthFixture.block([row])]) { $0.records.postingsElsewhere = [elsewhere] }
        #expect(month.reasons == [.postedElsewhere])
        let finding = try #require(month.findings.first)
        #expect(finding.code == .outsidePosting && finding.cell?.a1 == "N5")
        #expect(finding.message(.zh).contains("平安区小峡镇石沟村"))
        #expect(month.paidHalfDays(cadre) == ["大庄村": 2])
    }

    @Test("the as-of date counts, the day after has not come")
    func future() {
        let row = MonthFixture.row("张世安", id: zhang.id.text, present: [14, 15, 16], marks: [17: .leave])
        let month = build([zhang], [MonthFixture.block([row])], asOf: MonthFixture.day(15))
        #expect(month.paidHalfDays(zhang) == ["大庄村": 4])
        #expect(month.reasons == [.futureDay])
    }

    private func check(_ result: SpotCheckResult, day: Int) -> SpotCheckRecord {
        SpotCheckRecord(
            person: zhang.id, date: MonthFixture.day(day), result: result,
            source: SourceCell(file: "抽查.xlsx", sheet: "1", address: CellAddress(row: 3, column: 2)))
    }

    @Test("a spot check against a mark takes the day out; one that agrees, or that fits leave, does not")
    func spotChecks() {
        let row = MonthFixture.row("张世安", id: zhang.id.text, present: 1...6, marks: [7: .absent], halves: [8])
        let month = build([zhang], [MonthFixture.block([row])]) { input in
            input.records.spotChecks = [
                check(.absent, day: 1), check(.withdrawn, day: 2), check(.onPost, day: 3), check(.leave, day: 4),
                check(.official, day: 5), check(.absent, day: 7), check(.absent, day: 8),
            ]
        }
        #expect(month.reasons == [.spotCheckConflict, .spotCheckConflict, .spotCheckConflict])
        #expect(month.paidHalfDays(zhang) == ["大庄村": 8])
    }

    @Test(
        "a register that contradicts itself on what is due, or cannot be read, holds the row and tells the cell",
        arguments: [
            (RegisterHold.Kind.conflict, FindingReason.registerConflictPersonHeld),
            (.unreadable, .registerUnreadablePersonHeld),
        ])
    func registerHolds(_ kind: RegisterHold.Kind, _ reason: FindingReason) throws {
        let cell = SourceCell(file: "花名册.xlsx", sheet: "1", address: CellAddress(row: 4, column: 8))
        let row = MonthFixture.row("张世安", id: zhang.id.text, present: 1...6)
        let month = build([zhang], [MonthFixture.block([row])]) { input in
            input.records.registerHolds = [
                RegisterHold(person: zhang.id, kind: kind, field: "职级", source: cell)
            ]
        }
        #expect(month.reasons == [reason])
        #expect(month.findings[0].cell == row.name.cell && month.findings[0].message(.zh).contains(cell.text))
        #expect(month.rows[0].heldCodes == [reason.code])
        #expect(month.rows[0].pendingHalfDays == HalfDays(12))
        let past = build([zhang], [MonthFixture.block([row])]) { input in
            input.records.registerHolds = [
                RegisterHold(
                    person: zhang.id, kind: kind, field: "职级", source: cell, from: CivilDate(2016, 1, 1),
                    through: CivilDate(2018, 10, 31))
            ]
        }
        #expect(past.findings.isEmpty && past.paidHalfDays(zhang) == ["大庄村": 12], "of another time")
    }

    private func twice(
        _ first: AttendanceRow, _ second: AttendanceRow, _ cadres: [Cadre]? = nil
    ) -> MonthAttendance {
        build(
            cadres ?? [zhang],
            [MonthFixture.block([first], township: "碾伯镇"), MonthFixture.block([second], township: "雨润镇")])
    }
    private func row(
        _ days: [Int] = [], halves: [Int] = [], marks: [Int: AttendanceStatus] = [:]
    ) -> AttendanceRow {
        MonthFixture.row("张世安", id: zhang.id.text, village: "大庄村", present: days, marks: marks, halves: halves)
    }

    @Test("two whole days in two villages: that date in both is out, the others stay")
    func wholeDays() {
        let month = twice(row([1, 2, 3]), row([3, 4]))
        #expect(month.reasons.filter { $0 == .doublePresence }.count == 2)
        #expect(month.paidHalfDays(zhang) == ["大庄村": 6])
        #expect(month.rows.flatMap(\.days).filter { $0.exclusion == .doublePresence }.count == 2)
    }

    @Test("two unnamed halves are a day; a half and a whole are too much; a morning and an afternoon fit")
    func halves() {
        #expect(twice(row(halves: [3]), row(halves: [3])).paidHalfDays(zhang) == ["大庄村": 2])
        #expect(twice(row([3]), row(halves: [3])).paidHalfDays(zhang) == [:])
        func half(_ morning: Bool) -> AttendanceRow {
            var row = row([])
            row.days[2].morning = morning ? .present : .leave
            row.days[2].afternoon = morning ? .leave : .present
            return row
        }
        #expect(twice(half(true), half(false)).paidHalfDays(zhang) == ["大庄村": 2])
        for (first, second) in [(row(halves: [3]), half(true)), (half(true), row(halves: [3]))] {
            #expect(
                twice(first, second).paidHalfDays(zhang) == ["大庄村": 2],
                "a half of which nobody said which is not the one that is named, whatever comes first")
        }
        let same = twice(half(true), half(true))
        #expect(same.paidHalfDays(zhang) == [:])
        #expect(same.reasons.filter { $0 == .doublePresence }.count == 2)
    }

    @Test("a held row is evidence: the day is out in the row that could be paid")
    func heldEvidence() {
        var held = row([3, 4])
        held.total = MonthFixture.total("9", halfDays: 18)
        let month = twice(row([1, 2, 3]), held)
        #expect(month.paidHalfDays(zhang) == ["大庄村": 4])
        let pending = month.rows.first { $0.isHeld }?.pendingHalfDays
        #expect(pending == HalfDays(2), "never with excluded days")
    }

    @Test("a row of another name under the ID is evidence too")
    func otherNameEvidence() {
        let other = MonthFixture.row("赵不同", id: zhang.id.text, village: "大庄村", present: [3])
        let month = build(
            [zhang],
            [MonthFixture.block([row([1, 3])], township: "碾伯镇"), MonthFixture.block([other], township: "雨润镇")])
        #expect(month.paidHalfDays(zhang) == ["大庄村": 2])
    }

    @Test("another county's claim of the day takes it out here")
    func foreign() {
        func claim(_ day: Int, morning: Bool = true, afternoon: Bool = true) -> PresenceClaim {
            PresenceClaim(
                personID: zhang.id.text, date: MonthFixture.day(day), morning: morning, afternoon: afternoon,
                isUnnamedHalf: false, place: "630203/平安镇/上村")
        }
        let month = build([zhang], [MonthFixture.block([row([1, 2, 3])])]) { input in
            input.foreignClaims = [claim(2), claim(5)]
        }
        #expect(month.paidHalfDays(zhang) == ["大庄村": 4])
        #expect(month.reasons == [.doublePresence])
    }

    @Test("claims of a month are what its rows in force say, strangers' included")
    func claims() {
        let stranger = MonthFixture.row("外来人", id: MonthFixture.id(44).text, village: "大庄村", present: [9], at: 9)
        let claims = MonthBuilder.claims(
            MonthFixture.input(
                [zhang], [MonthFixture.file("a.xlsx", MonthFixture.block([row([1], halves: [2]), stranger]))]))
        #expect(claims.map(\.halfDays) == [2, 1, 2])
        #expect(Set(claims.map(\.place)) == ["630202/碾伯镇/大庄"])
    }

    @Test("which marks are paid is the policy's word")
    func payable() {
        let row = row([1], marks: [2: .official, 3: .training, 4: .leave])
        #expect(build([zhang], [MonthFixture.block([row])]).paidHalfDays(zhang) == ["大庄村": 2])
        let more = build([zhang], [MonthFixture.block([row])]) { $0.payable = [.present, .official, .training] }
        #expect(more.paidHalfDays(zhang) == ["大庄村": 6])
    }

    @Test("three halves of one date in three townships are more than a day, although no two of them are")
    func threeHalves() {
        func block(_ township: String) -> AttendanceBlock {
            MonthFixture.block([MonthFixture.row("张世安", id: zhang.id.text, halves: [1])], township: township)
        }
        var change = { (input: inout MonthInput) in
            input.records.villages.append(MonthFixture.village("高庙镇", "西坪村"))
        }
        let three = build([zhang], [block("碾伯镇"), block("雨润镇"), block("高庙镇")], change: change)
        #expect(three.paidHalfDays(zhang) == [:])
        #expect(three.findings.filter { $0.reason == .doublePresence }.count == 3)
        change = { _ in }
        let two = build([zhang], [block("碾伯镇"), block("雨润镇")], change: change)
        #expect(two.paidHalfDays(zhang) == ["大庄村": 2])
    }
}
