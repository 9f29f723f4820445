import Domain
import TestSupport
import Testing

@testable import Matching
@testable import Registers

@Suite("Where a row belongs")
struct PlaceTests {
    private func month(_ cadres: [Cadre], _ blocks: AttendanceBlock...) -> MonthAttendance {
        MonthBuilder.build(
            MonthFixture.input(cadres, blocks.enumerated().map { MonthFixture.file("\($0.offset).xlsx", $0.element) }))
    }

    @Test("village names compare without their ending, and repeat in a county without harm")
    func repeatedVillage() {
        let here = MonthFixture.cadre("张世安", 1, MonthFixture.posting("碾伯镇", "大庄村"))
        let there = MonthFixture.cadre("张世安", 2, MonthFixture.posting("雨润镇", "大庄村"))
        let month = month(
            [here, there],
            MonthFixture.block([MonthFixture.row("张世安", village: "大庄", present: [1])], township: "碾伯镇"),
            MonthFixture.block(
                [MonthFixture.row("张世安", village: "大庄村委会", present: [2, 3])], township: "雨润镇"))
        #expect(month.paidHalfDays(here) == ["大庄村": 2])
        #expect(month.paidHalfDays(there) == ["大庄村": 4])
        #expect(month.reasons.isEmpty)
    }

    @Test("a township without its ending counts where that stays unique")
    func townshipStem() {
        let places = PlaceIndex([
            .init(township: "李家乡", village: "李家村"), .init(township: "李家镇", village: "石坡村"),
            .init(township: "碾伯镇", village: "碾伯村"),
        ])
        #expect(places.township(named: "碾伯") == "碾伯镇")
        #expect(places.township(named: "李家") == nil)
        #expect(places.township(named: "李家乡") == "李家乡")
        // A township may share its name with a village.
        #expect(places.village(named: "碾伯", in: "碾伯镇")?.village == "碾伯村")
        #expect(places.village(named: "碾伯镇碾伯村", in: "碾伯镇")?.village == "碾伯村")
    }

    @Test("pay goes to the roster's village; a sheet that says another is told")
    func villageMismatch() throws {
        let cadre = MonthFixture.cadre("张世安", 1, MonthFixture.posting("碾伯镇", "大庄村"))
        let month = month(
            [cadre],
            MonthFixture.block([MonthFixture.row("张世安", id: cadre.id.text, village: "新庄村", present: [1])]))
        #expect(month.reasons == [.villageMismatch])
        #expect(month.paidHalfDays(cadre) == ["大庄村": 2])
        #expect(month.findings.first?.cell?.a1 == "D5")
    }

    @Test("a person who moves in the month is paid in each village for its days, whatever one village the sheet names")
    func moves() {
        let cadre = MonthFixture.cadre(
            "张世安", 1, MonthFixture.posting("碾伯镇", "大庄村", to: MonthFixture.day(14)),
            MonthFixture.posting("碾伯镇", "新庄村", from: MonthFixture.day(15)))
        let month = month(
            [cadre], MonthFixture.block([MonthFixture.row("张世安", id: cadre.id.text, present: 13...17)]))
        #expect(month.paidHalfDays(cadre) == ["大庄村": 4, "新庄村": 6])
        #expect(month.reasons.isEmpty)
    }

    @Test("of several postings in force the sheet must name one")
    func severalPostings() {
        let cadre = MonthFixture.cadre(
            "张世安", 1, MonthFixture.posting("碾伯镇", "大庄村"), MonthFixture.posting("碾伯镇", "新庄村"))
        let unnamed = month([cadre], MonthFixture.block([MonthFixture.row("张世安", id: cadre.id.text, present: [1])]))
        #expect(unnamed.reasons == [.villageMismatchHeld])
        #expect(unnamed.rows[0].heldCodes == [.villageMismatch])
        let named = month(
            [cadre],
            MonthFixture.block([MonthFixture.row("张世安", id: cadre.id.text, village: "新庄村", present: [1])]))
        #expect(named.reasons.isEmpty)
        #expect(named.paidHalfDays(cadre) == ["新庄村": 2])
        let both = month(
            [cadre],
            MonthFixture.block([
                MonthFixture.row("张世安", id: cadre.id.text, village: "新庄村", present: [1], at: 4),
                MonthFixture.row("张世安", id: cadre.id.text, village: "大庄村", present: [2], at: 5),
            ]))
        #expect(both.paidHalfDays(cadre) == ["新庄村": 2, "大庄村": 2])
    }

    @Test("another sending unit than the roster's is told; a unique suffix is the same unit")
    func unitMismatch() {
        let cadre = MonthFixture.cadre("张世安", 1, MonthFixture.posting("碾伯镇", "大庄村", unit: "乐都区财政局"))
        func reasons(_ unit: String) -> [FindingReason] {
            month([cadre], MonthFixture.block([MonthFixture.row("张世安", unit: unit, present: [1])])).reasons
        }
        #expect(reasons("乐都区水务局") == [.unitMismatch])
        #expect(reasons("财政局").isEmpty)
        #expect(reasons("").isEmpty)
    }

    @Test("county of a row: column, title, township, ID; else nobody's")
    func countyAssignment() throws {
        let source = { (name: String, code: String, township: String) -> CountyRecords in
            var records = CountyRecords(
                county: CountyRecord(code: CountyCode(code)!, name: name, prefecture: "海东市", isDeepPoverty: false))
            records.villages = [MonthFixture.village(township, "上村")]
            return records
        }
        var ledu = source("乐都区", "630202", "碾伯镇")
        let pingan = source("平安区", "630203", "平安镇")
        ledu.cadres = [MonthFixture.cadre("张世安", 1, MonthFixture.posting("碾伯镇", "上村"))]
        let registers = Registers(
            index: CountyIndex([ledu.county, pingan.county]),
            counties: [ledu.county.code: ledu, pingan.county.code: pingan], heldRosterRows: [:], units: [],
            findings: [])
        let assigner = CountyAssigner(registers)
        func assign(_ row: AttendanceRow, title: String = "驻村干部考勤表") -> CountyAssigner.Assignment {
            var block = MonthFixture.block([row], township: nil)
            block.context = [ContextText(kind: .title, text: title)]
            return assigner.assign(block)[0]
        }
        var row = MonthFixture.row("某人", present: [1])
        #expect(assign(row) == .untold)
        #expect(assign(row, title: "平安区驻村干部考勤表") == .county(pingan.county.code))
        row.county = SubmittedText(text: "乐都", cell: CellAddress(row: 0, column: 0))
        #expect(assign(row, title: "平安区驻村干部考勤表") == .county(ledu.county.code))
        row.county = SubmittedText(text: "无名县", cell: CellAddress(row: 0, column: 0))
        #expect(assign(row) == .unknown("无名县"))
        #expect(assign(MonthFixture.row("某人", township: "平安镇", present: [1])) == .county(pingan.county.code))
        #expect(
            assign(MonthFixture.row("张世安", id: ledu.cadres[0].id.text, present: [1])) == .county(ledu.county.code))
    }

    @Test("a sheet that names only another township than the posting's is told, and replaces nobody's sheet")
    func foreignTownship() {
        let here = MonthFixture.cadre("张世安", 1, MonthFixture.posting("碾伯镇", "大庄村"))
        let colleague = MonthFixture.cadre("李生福", 2, MonthFixture.posting("碾伯镇", "大庄村"))
        let month = month(
            [here, colleague],
            MonthFixture.block([
                MonthFixture.row("张世安", id: here.id.text, present: [1, 2]),
                MonthFixture.row("李生福", id: colleague.id.text, present: [1], at: 5),
            ]),
            MonthFixture.block(
                [MonthFixture.row("张世安", id: here.id.text, present: [2, 3])], township: "雨润镇"))
        #expect(month.paidHalfDays(here) == ["大庄村": 4])
        #expect(month.paidHalfDays(colleague) == ["大庄村": 2])
        #expect(Set(month.reasons) == [.villageMismatch, .doublePresence])
        #expect(month.findings.filter { $0.reason == .doublePresence }.count == 2)
    }

    @Test("of several postings in force the one in the township that the sheet names is meant")
    func townshipNamesThePosting() {
        let cadre = MonthFixture.cadre(
            "张世安", 1, MonthFixture.posting("碾伯镇", "新庄村"), MonthFixture.posting("雨润镇", "大庄村"))
        let month = month(
            [cadre], MonthFixture.block([MonthFixture.row("张世安", id: cadre.id.text, present: [1])]),
            MonthFixture.block([MonthFixture.row("张世安", id: cadre.id.text, present: [2])], township: "雨润镇"))
        #expect(month.paidHalfDays(cadre) == ["新庄村": 2, "大庄村": 2])
        #expect(month.reasons.isEmpty)
    }

    @Test("the sender above a table names its township")
    func sender() {
        let cadre = MonthFixture.cadre("张世安", 1, MonthFixture.posting("碾伯镇", "大庄村"))
        var block = MonthFixture.block([MonthFixture.row("张世安", present: [1])], township: nil)
        block.context = [ContextText(kind: .label, text: "碾伯镇（盖章）")]
        #expect(month([cadre], block).paidHalfDays(cadre) == ["大庄村": 2])
    }

    @Test("a county is known by its short name, in a column and in a title; a short name without 县 only in a column")
    func shortCountyNames() {
        let code = CountyCode("630223")!
        let index = CountyIndex(
            [CountyRecord(code: code, name: "互助土族自治县", prefecture: "海东市", isDeepPoverty: false)],
            shortNames: [code: ["互助县", "互助"]])
        #expect(index.code(named: "互助县") == code)
        #expect(index.code(named: "互 助") == code)
        #expect(index.code(in: "互助县威远镇2019年2月考勤表") == code)
        #expect(index.code(in: "互助组考勤表") == nil)
    }
}
