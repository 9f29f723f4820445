import Domain
import TestSupport
import Testing

@testable import Matching

@Suite("What did not come")
struct MissingTests {
    private let zhang = MonthFixture.cadre("张世安", 1, MonthFixture.posting("碾伯镇", "大庄村"))
    private let wang = MonthFixture.cadre("王明华", 2, MonthFixture.posting("碾伯镇", "新庄村"))
    private let zhao = MonthFixture.cadre("赵成林", 3, MonthFixture.posting("雨润镇", "大庄村"))

    private func missing(
        _ cadres: [Cadre], _ blocks: [AttendanceBlock], asOf: CivilDate = MonthFixture.afterwards
    ) -> [FindingReason: [String]] {
        let month = MonthBuilder.build(
            MonthFixture.input(
                cadres, blocks.enumerated().map { MonthFixture.file("\($0.offset).xlsx", $0.element) }, asOf: asOf))
        var found: [FindingReason: [String]] = [:]
        for finding in month.findings where [.missingPerson, .missingSubmission].contains(finding.reason) {
            found[finding.reason, default: []].append(finding.person.isEmpty ? finding.township : finding.person)
        }
        return found
    }
    private var sheet: AttendanceBlock {
        MonthFixture.block([MonthFixture.row("张世安", id: zhang.id.text, present: [1])])
    }

    @Test("once the month is over: a silent township, and a person whom nobody names")
    func afterTheMonth() {
        let expected: [FindingReason: [String]] = [.missingPerson: ["王明华"], .missingSubmission: ["雨润镇"]]
        #expect(missing([zhang, wang, zhao], [sheet], asOf: CivilDate(2018, 12, 1)!) == expected)
        #expect(missing([zhang, wang, zhao], [sheet], asOf: CivilDate(2018, 11, 30)!).isEmpty)
    }

    @Test("nothing is missing as long as no township sent anything")
    func nothingSent() { #expect(missing([zhang, wang, zhao], []).isEmpty) }

    @Test("a township whose sheet has no row has sent all the same")
    func emptySheet() {
        let found = missing([zhao], [MonthFixture.block([], township: "雨润镇")])
        #expect(found == [.missingPerson: ["赵成林"]])
    }

    @Test("a posting that begins after the month, or ended before it, is not missed; its first day is")
    func postingBoundaries() {
        func cadre(_ from: CivilDate, _ to: CivilDate?) -> Cadre {
            MonthFixture.cadre("周志强", 9, MonthFixture.posting("碾伯镇", "大庄村", from: from, to: to))
        }
        func isMissed(_ from: CivilDate, _ to: CivilDate?) -> Bool {
            missing([zhang, cadre(from, to)], [sheet])[.missingPerson] == ["周志强"]
        }
        #expect(isMissed(CivilDate(2018, 11, 30)!, nil))
        #expect(!isMissed(CivilDate(2018, 12, 1)!, nil))
        #expect(isMissed(CivilDate(2018, 1, 1)!, CivilDate(2018, 11, 1)!))
        #expect(!isMissed(CivilDate(2018, 1, 1)!, CivilDate(2018, 10, 31)!))
    }

    @Test("a held row is no missing person")
    func heldRow() {
        let row = MonthFixture.row(
            "王明华", id: wang.id.text, present: [1], total: MonthFixture.total("9", halfDays: 18), at: 5)
        #expect(
            missing([zhang, wang], [MonthFixture.block([MonthFixture.row("张世安", present: [1]), row])]).isEmpty)
    }
}
