import Domain
import Matching
import Rules
import TestSupport
import Testing

@testable import Payroll

@Suite("What a month entitles to")
struct EntitlementTests {
    private let zhang = MonthFixture.cadre("张世安", 1, MonthFixture.posting("碾伯镇", "大庄村"))
    private let mover = MonthFixture.cadre(
        "马移村", 2, MonthFixture.posting("碾伯镇", "大庄村", to: MonthFixture.day(11)),
        MonthFixture.posting("碾伯镇", "新庄村", from: MonthFixture.day(12)))

    private func file(_ rows: AttendanceRow..., layout: AttendanceLayoutID = .grid) -> [SubmittedBlock] {
        [MonthFixture.file("a.xlsx", MonthFixture.block(rows, layout: layout))]
    }

    @Test("sixty yuan a day, thirty for a half")
    func stipend() {
        let row = MonthFixture.row("张世安", id: zhang.id.text, present: 1...20, halves: [21])
        let result = PayrollFixture.entitlement([zhang], file(row))
        #expect(result.totals == ["大庄村": "1230.00"])
        #expect(result.lines[0].halfDays == HalfDays(41))
        #expect(result.lines[0].hardshipAllowance == nil, "a column without a rate stays empty")
    }

    @Test("two rates in a month are both said, so that the row multiplies out")
    func twoRates() {
        func value(_ yuan: Int, _ from: CivilDate, _ to: CivilDate?) -> DatedValue<ParameterValue> {
            DatedValue(value: .money(.yuan(yuan)), from: from, to: to, title: "", unit: "", source: .measure(5))
        }
        let rates = Parameter(
            id: .livingStipendPerDay,
            values: [
                value(60, CivilDate(2018, 10, 1)!, MonthFixture.day(15)), value(70, MonthFixture.day(16), nil),
            ])
        let policy = Policy(name: "t", parameters: [rates] + PayrollFixture.stated.dropFirst())
        let row = MonthFixture.row("张世安", id: zhang.id.text, present: 11...20, halves: [21])
        let line = PayrollFixture.entitlement([zhang], file(row), policy: policy).lines[0]
        #expect(line.livingStipend == .yuan(5 * 60) + .yuan(5 * 70) + .yuan(35))
        #expect(line.note == "60.00×5天＋70.00×5.5天")
    }

    @Test("an accepted total is paid in the township that the sheet names, where two have a village of that name")
    func acceptedTownship() {
        let cadre = MonthFixture.cadre(
            "张世安", 1, MonthFixture.posting("碾伯镇", "大庄村", to: MonthFixture.day(10)),
            MonthFixture.posting("雨润镇", "大庄村", from: MonthFixture.day(11)))
        var row = MonthFixture.row("张世安", id: cadre.id.text, total: MonthFixture.total("8", halfDays: 16))
        row.days = []
        let lines = PayrollFixture.entitlement(
            [cadre], file(row, layout: .totalsOnly), policy: PayrollFixture.acceptingTotals
        ).lines
        #expect(lines.map(\.township) == ["碾伯镇"])
        #expect(lines.map(\.halfDays) == [HalfDays(16)])
        row.total = MonthFixture.total("12", halfDays: 24)
        let beyond = PayrollFixture.entitlement(
            [cadre], file(row, layout: .totalsOnly), policy: PayrollFixture.acceptingTotals)
        #expect(beyond.lines.isEmpty)
        #expect(beyond.held.map(\.codes) == [[.totalMismatch]])
    }

    @Test("a person who moves has a line in each village; the month's allowances add up to the fen")
    func move() {
        let row = MonthFixture.row("马移村", id: mover.id.text, present: 10...13)
        let result = PayrollFixture.entitlement([mover], file(row), policy: PayrollFixture.withAllowances)
        #expect(result.lines.map(\.halfDays) == [HalfDays(4), HalfDays(4)])
        #expect(result.lines.reduce(0) { $0 + ($1.hardshipAllowance?.amount ?? 0) } == 345_00)
        #expect(result.lines.map { $0.hardshipAllowance } == [Fen(126_50), Fen(218_50)])
    }

    @Test("allowances do not hang on attendance: nobody sent anything, or no day was present")
    func withoutAttendance() {
        let silent = PayrollFixture.entitlement([zhang], [], policy: PayrollFixture.withAllowances)
        #expect(silent.totals == ["大庄村": "545.00"])
        let blank = PayrollFixture.entitlement(
            [zhang], file(MonthFixture.row("张世安", id: zhang.id.text)), policy: PayrollFixture.withAllowances)
        #expect(blank.totals == ["大庄村": "545.00"])
    }

    @Test("whose register row holds gets no allowance either, and stands among the held although no sheet names him")
    func registerHold() {
        var records = MonthFixture.records([zhang, mover])
        let cell = SourceCell(file: "花名册.xlsx", sheet: "1", address: CellAddress(row: 4, column: 8))
        records.registerHolds = [RegisterHold(person: zhang.id, kind: .conflict, field: "职级", source: cell)]
        let result = EntitlementBuilder.build(
            MonthAttendance(county: records.county.code, period: MonthFixture.november), records: records,
            policy: PayrollFixture.withAllowances, asOf: MonthFixture.afterwards)
        #expect(Set(result.lines.map(\.person)) == [mover.id])
        #expect(result.held.map(\.personID) == [zhang.id.text])
        #expect(result.held[0].codes == [.registerConflict] && result.held[0].note.contains("花名册.xlsx"))
    }

    @Test("a month of which nothing stands owes no allowance: its only sheet was mended to another month")
    func nothingCame() {
        let result = EntitlementBuilder.build(
            MonthAttendance(
                county: MonthFixture.county.code, period: MonthFixture.november, supersededRowCount: 2),
            records: MonthFixture.records([zhang, mover]), policy: PayrollFixture.withAllowances,
            asOf: MonthFixture.afterwards)
        #expect(result.lines.isEmpty && result.held.isEmpty)
    }

    @Test("a held row pays nothing, allowances neither; the other village of the person is paid")
    func held() {
        let row = MonthFixture.row(
            "张世安", id: zhang.id.text, present: 1...5, total: MonthFixture.total("9", halfDays: 18))
        let result = PayrollFixture.entitlement([zhang], file(row), policy: PayrollFixture.withAllowances)
        #expect(result.lines.isEmpty)
        #expect(result.held.map(\.codes) == [[.totalMismatch]])
        #expect(result.held[0].pendingAmount == Fen.yuan(300))
        let both = MonthFixture.cadre(
            "双驻村", 3, MonthFixture.posting("碾伯镇", "大庄村"), MonthFixture.posting("碾伯镇", "新庄村"))
        let rows = [
            MonthFixture.row(
                "双驻村", id: both.id.text, village: "大庄村", present: [1], total: MonthFixture.total("9", halfDays: 18)),
            MonthFixture.row("双驻村", id: both.id.text, village: "新庄村", present: [2], at: 5),
        ]
        let partly = PayrollFixture.entitlement(
            [both], [MonthFixture.file("a.xlsx", MonthFixture.block(rows))], policy: PayrollFixture.withAllowances)
        #expect(partly.lines.map(\.village) == ["新庄村"])
    }

    @Test("contradicting duplicates: the smaller is what could be paid")
    func duplicates() {
        let rows = [
            MonthFixture.row("张世安", id: zhang.id.text, present: 1...3),
            MonthFixture.row("张世安", id: zhang.id.text, present: 1...5, at: 6),
        ]
        let result = PayrollFixture.entitlement(
            [zhang], [MonthFixture.file("a.xlsx", MonthFixture.block(rows))])
        #expect(result.held.map(\.pendingAmount) == [Fen.yuan(180)])
        #expect(result.held[0].codes == [.duplicateRow])
    }

    @Test("daily marks and a total that disagree: the smaller is what could be paid, not both")
    func marksBesideTotal() {
        let daily = MonthFixture.row("张世安", id: zhang.id.text, present: 1...5)
        var stated = MonthFixture.row("张世安", id: zhang.id.text, total: MonthFixture.total("8", halfDays: 16))
        stated.days = []
        let result = PayrollFixture.entitlement(
            [zhang], [MonthFixture.file("a.xlsx", MonthFixture.block([daily]))] + file(stated, layout: .totalsOnly))
        #expect(result.held.map(\.pendingAmount) == [Fen.yuan(300)])
        #expect(result.held[0].codes == [.totalMismatch])
    }

    @Test("totals that policy accepts from two villages are never paid on one day")
    func acceptedTwice() {
        let rows = [("大庄村", 40), ("新庄村", 30)].map { village, halves in
            var row = MonthFixture.row(
                "张世安", id: zhang.id.text, village: village,
                total: MonthFixture.total(HalfDays(halves).daysText, halfDays: halves))
            row.days = []
            return row
        }
        let result = PayrollFixture.entitlement(
            [zhang],
            rows.enumerated().flatMap { number, row in
                [MonthFixture.file("\(number).xlsx", MonthFixture.block([row], layout: .totalsOnly))]
            }, policy: PayrollFixture.acceptingTotals)
        #expect(result.lines.allSatisfy { $0.halfDays <= HalfDays(60) })
        #expect(result.lines.reduce(.zero) { $0 + $1.halfDays } <= HalfDays(60))
    }

    @Test("a stated total that policy accepts is paid on posted days, never on more than there are")
    func acceptedTotals() {
        func total(_ halves: Int, _ cadre: Cadre, asOf: CivilDate = MonthFixture.afterwards) -> MonthEntitlement {
            var row = MonthFixture.row(
                cadre.name.display, id: cadre.id.text,
                total: MonthFixture.total(HalfDays(halves).daysText, halfDays: halves))
            row.days = []
            return PayrollFixture.entitlement(
                [cadre], file(row, layout: .totalsOnly), policy: PayrollFixture.acceptingTotals, asOf: asOf)
        }
        #expect(total(41, zhang).totals == ["大庄村": "1230.00"])
        #expect(total(60, zhang).totals == ["大庄村": "1800.00"])
        #expect(total(10, zhang, asOf: MonthFixture.day(5)).totals == ["大庄村": "300.00"])
        let late = MonthFixture.cadre(
            "周晚来", 4, MonthFixture.posting("碾伯镇", "大庄村", from: MonthFixture.day(29)))
        #expect(total(4, late).totals == ["大庄村": "120.00"])
        // Spec §7 M5: more than the posted days is held, not cut.
        for beyond in [total(61, zhang), total(11, zhang, asOf: MonthFixture.day(5)), total(5, late)] {
            #expect(beyond.lines.isEmpty)
            #expect(beyond.held.map(\.codes) == [[.totalMismatch]])
        }
    }

    @Test("what the roster does not know is held with what can be said")
    func strangers() {
        let row = MonthFixture.row("外来人", id: MonthFixture.id(44).text, village: "大庄村", present: 1...4)
        let result = PayrollFixture.entitlement([zhang], file(row))
        #expect(result.held.map(\.personID) == [MonthFixture.id(44).text])
        #expect(result.held[0].pendingAmount == Fen.yuan(240))
        #expect(result.held[0].village == "大庄村")
    }

    @Test("a rate that no key or date covers is told, its column stays empty")
    func rateMissing() {
        let table = RateTable(
            id: .hardshipAllowance, title: "艰苦边远地区津贴", unit: "元/人·月", source: .measure(5), keys: [.cadreRank],
            rows: [])
        let policy = Policy(name: "t", parameters: PayrollFixture.stated, rateTables: [table])
        let result = PayrollFixture.entitlement(
            [zhang], file(MonthFixture.row("张世安", id: zhang.id.text, present: [1])), policy: policy)
        #expect(result.findings.map(\.reason) == [.rateMissing])
        #expect(result.lines[0].hardshipAllowance == nil)
    }

    @Test("before the stipend is in force nothing is computed with it")
    func parameterMissing() {
        let september = Period(year: 2018, month: 9)!
        var row = MonthFixture.row("张世安", id: zhang.id.text, present: [1])
        row.days = [
            DayMark(
                date: september.firstDay, morning: .present, afternoon: .present, text: "√",
                cell: CellAddress(row: 4, column: 4))
        ]
        var block = MonthFixture.block([row])
        block.period = september
        let result = PayrollFixture.entitlement(
            [zhang], [MonthFixture.file("a.xlsx", block)], period: september)
        #expect(result.lines.isEmpty)
        #expect(result.findings.map(\.reason).allSatisfy { $0 == .parameterMissing })
    }

    @Test("of a totals sheet and the daily marks that it contradicts the smaller is pending, never both")
    func totalsBesideDailyMarks() {
        let daily = MonthFixture.block([MonthFixture.row("张世安", id: zhang.id.text, present: 1...20)])
        var totals = MonthFixture.row("张世安", id: zhang.id.text, total: MonthFixture.total("18", halfDays: 36))
        totals.days = []
        let sheet = MonthFixture.block([totals], layout: .totalsOnly, sheet: "汇总", index: 1)
        let result = PayrollFixture.entitlement(
            [zhang], [MonthFixture.file("a.xlsx", daily), MonthFixture.file("a.xlsx", sheet)])
        #expect(result.held.map(\.codes) == [[.totalMismatch]])
        #expect(result.held.map(\.pendingAmount) == [Fen.yuan(1200)])
    }

    @Test("stated totals that policy accepts never pay a day twice, however many sheets state them")
    func totalsTwice() {
        var row = MonthFixture.row("张世安", id: zhang.id.text, total: MonthFixture.total("3", halfDays: 6))
        row.days = []
        var again = row
        again.name.cell = CellAddress(row: 9, column: 1)
        let result = PayrollFixture.entitlement(
            [zhang], file(row, again, layout: .totalsOnly), policy: PayrollFixture.acceptingTotals)
        #expect(result.totals == ["大庄村": "180.00"])
    }
}
