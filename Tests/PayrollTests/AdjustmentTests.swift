import Domain
import Matching
import TestSupport
import Testing

@testable import Payroll

@Suite("Corrections to closed months")
struct AdjustmentTests {
    private let zhang = MonthFixture.cadre("张世安", 1, MonthFixture.posting("碾伯镇", "大庄村"))
    private var key: PersonVillage {
        PersonVillage(person: zhang.id, township: "碾伯镇", village: "大庄村")
    }

    private func month(
        issued: [PaymentLine], due: [PaymentLine], covers: Bool = true, held: Bool = false,
        period: Period = PayrollFixture.october
    ) -> ClosedMonth {
        ClosedMonth(
            period: period, issued: issued,
            entitlement: MonthEntitlement(
                lines: due, held: [], findings: [], coverage: covers ? [key] : [], heldKeys: held ? [key] : []))
    }

    private func compute(_ months: [ClosedMonth], own: [PaymentLine] = []) -> AdjustmentResult {
        Adjustments.compute(
            months, county: MonthFixture.county.code, target: PayrollFixture.november, own: own)
    }

    private func line(_ halfDays: Int, hardship: Int? = nil, subsidy: Int? = nil) -> PaymentLine {
        PayrollFixture.line(zhang, halfDays: halfDays, hardship: hardship, subsidy: subsidy)
    }

    @Test("the difference is paid once: what was issued by adjustment counts as issued")
    func differenceOnce() {
        let first = compute([month(issued: [line(20)], due: [line(26)])])
        #expect(first.lines.map(\.halfDays) == [HalfDays(6)])
        #expect(first.lines.map(\.total) == [Fen.yuan(180)])
        #expect(first.lines[0].originPeriod == PayrollFixture.october)
        #expect(first.lines[0].period == PayrollFixture.november)
        #expect(first.findings.map(\.reason) == [.closedLineChanged])
        let again = compute([month(issued: [line(20)] + first.lines, due: [line(26)])])
        #expect(again.lines.isEmpty)
        #expect(again.findings.isEmpty)
    }

    @Test("a person who was not paid at all gets the whole month")
    func newLine() {
        #expect(compute([month(issued: [], due: [line(26)])]).lines.map(\.halfDays) == [HalfDays(26)])
    }

    @Test("a month that was passed over is paid, not corrected: its row and what is told of it say so")
    func passedOver() {
        var passed = month(issued: [], due: [line(26)])
        passed.isPassedOver = true
        #expect(compute([passed]).findings.map(\.reason) == [.passedMonthPaid])
        #expect(compute([passed]).lines.map(\.note) == ["2018-10 补发（该月未单独关账）"])
        // Batches of earlier programs called it a correction.
        passed.reckoning = Reckoning.rows
        #expect(compute([passed]).lines.map(\.note) == ["2018-10 更正"])
        var back = month(issued: [line(26)], due: [line(20)])
        back.isPassedOver = true
        #expect(compute([back], own: [line(40)]).lines.map(\.note) == ["2018-10 扣回（该月未单独关账）"])
    }

    @Test("silence and a held reading take nothing back")
    func heldAndSilent() {
        for (covers, held) in [(true, true), (false, false)] {
            let result = compute([month(issued: [line(20)], due: [], covers: covers, held: held)])
            #expect(result.lines.isEmpty)
            #expect(result.outstanding.isEmpty)
            #expect(result.findings.map(\.reason) == [.closedLineHeld])
        }
        let zero = compute([month(issued: [line(20)], due: [])], own: [line(40)])
        #expect(zero.lines.map(\.halfDays) == [HalfDays(-20)], "a row without a present day is no silence")
    }

    @Test("a net is never below zero: what cannot be taken back is outstanding, oldest origin first")
    func outstanding() {
        let september = Period(year: 2018, month: 9)!
        let months = [
            month(issued: [line(20)], due: [line(4)]),
            month(issued: [line(10)], due: [], period: september),
        ]
        let november = PayrollFixture.november
        let own = PayrollFixture.line(zhang, halfDays: 12, origin: november, period: november)
        let result = compute(months, own: [own])
        #expect(result.lines.map(\.originPeriod) == [september, PayrollFixture.october])
        #expect(result.lines.map(\.total) == [Fen.yuan(-300), Fen.yuan(-60)])
        #expect(result.outstanding.map(\.amount) == [Fen.yuan(420)])
        #expect(result.outstanding.map(\.originPeriod) == [PayrollFixture.october])
        #expect(result.lines.reduce(own.total) { $0 + $1.total } == .zero)
        #expect(compute(months).outstanding.map(\.amount) == [Fen.yuan(300), Fen.yuan(480)])
    }

    @Test("what is paid for one closed month can carry what is taken back for another")
    func netOverMonths() {
        let september = Period(year: 2018, month: 9)!
        let result = compute([
            month(issued: [line(10)], due: [line(20)], period: september),
            month(issued: [line(20)], due: [line(14)]),
        ])
        #expect(result.lines.map(\.total) == [Fen.yuan(300), Fen.yuan(-180)])
        #expect(result.outstanding.isEmpty)
    }

    @Test("a day that changes its village is taken back there before an older debt is paid from it")
    func movedDay() {
        let september = Period(year: 2018, month: 9)!
        let other = PersonVillage(person: zhang.id, township: "碾伯镇", village: "新庄村")
        var moved = month(
            issued: [line(2)], due: [PayrollFixture.line(zhang, halfDays: 2, village: "新庄村")])
        moved.entitlement.coverage.insert(other)
        let result = compute([moved, month(issued: [line(10)], due: [], period: september)])
        #expect(result.lines.map(\.total) == [Fen.yuan(-60), Fen.yuan(60)])
        #expect(result.lines.allSatisfy { $0.originPeriod == PayrollFixture.october })
        #expect(result.outstanding.map(\.originPeriod) == [september])
        #expect(result.outstanding.map(\.amount) == [Fen.yuan(300)])
    }

    @Test("a part takes stipend first, then the allowances; its total is exactly what is taken")
    func partial() {
        var owed = line(-10, hardship: -100_00, subsidy: -50_00)
        for fen in [1, 3000, 299_99, 300_00, 300_01, 350_00, 449_99, 450_00] {
            let part = Adjustments.partial(owed, taking: Fen(fen))
            #expect(part.total == Fen(-fen))
            #expect(part.livingStipend >= owed.livingStipend && part.livingStipend <= .zero)
            #expect((part.hardshipAllowance ?? .zero) >= Fen(-100_00))
            #expect((part.townshipSubsidy ?? .zero) >= Fen(-50_00))
            #expect(part.halfDays.count == -min(10, fen / 3000))
        }
        owed.hardshipAllowance = Fen(40_00)
        // −300 + 40 − 50 = −310.
        for fen in [1, 100_00, 309_99, 310_00] {
            let part = Adjustments.partial(owed, taking: Fen(fen))
            #expect(part.total == Fen(-fen))
            #expect(part.hardshipAllowance == Fen(40_00), "what goes up goes up in full")
        }
    }

    @Test("of three parts taken back each row multiplies out: what is less than half a day stands without days")
    func partsMultiply() {
        var issued = [line(50)]
        var told: [[String]] = []
        for purse in [545_00, 575_00, 990_00] {
            var own = PayrollFixture.line(
                zhang, halfDays: 0, origin: PayrollFixture.november, period: PayrollFixture.november)
            own.hardshipAllowance = Fen(purse)
            let result = compute([month(issued: issued, due: [])], own: [own])
            for row in result.lines where row.hasDays {
                #expect(2 * row.livingStipend.amount == row.halfDays.count * row.dailyRate.amount, "\(row)")
            }
            #expect(result.lines.allSatisfy { $0.hasDays || $0.note.hasSuffix("（不足半天的余额）") })
            told.append(result.lines.map { "\($0.halfDays.daysText) \($0.total.yuanText)" })
            issued += result.lines
        }
        #expect(told == [["-9 -540.00", "0 -5.00"], ["-9.5 -570.00", "0 -5.00"], ["-6.5 -390.00", "0 10.00"]])
        #expect(issued.reduce(Fen.zero) { $0 + $1.total } == .zero)
        #expect(issued.reduce(HalfDays.zero) { $0 + $1.halfDays } == .zero)
        #expect(compute([month(issued: issued, due: [])]).lines.isEmpty)
    }

    @Test("what comes again pays what the same person owes; a claw-back stands under the unit that paid")
    func reissueAndUnit() {
        var again = PayrollFixture.line(
            zhang, halfDays: 0, origin: PayrollFixture.october, period: PayrollFixture.november)
        again.livingStipend = .yuan(600)
        again.reissue = PaymentLine.Reissue(batch: "ZC-630202-201810", account: "6222021001112345678")
        var now = line(8)
        now.sendingUnit = "乐都区水利局"
        let result = compute([month(issued: [line(20)], due: [now])], own: [again])
        #expect(result.lines.map(\.total) == [.yuan(-360)] && result.outstanding.isEmpty)
        #expect(result.lines.map(\.sendingUnit) == [zhang.postings[0].sendingUnit], "not today's unit")
        // What goes up is today's unit's.
        now.halfDays = HalfDays(26)
        now.livingStipend = .yuan(780)
        let more = compute([month(issued: [line(20)], due: [now])])
        #expect(more.lines.map(\.sendingUnit) == ["乐都区水利局"])
    }

    @Test("nobody is paid a day in one village while what was issued for it in another cannot be taken back")
    func noSecondStipend() {
        // Present in 大庄村 on the 5th and paid; the newer sheet of 大庄村 leaves the person out, that of 新庄村 claims the 5th.
        let both = MonthFixture.cadre(
            "双驻村", 3, MonthFixture.posting("碾伯镇", "大庄村"), MonthFixture.posting("碾伯镇", "新庄村"))
        let other = MonthFixture.cadre("李在场", 4, MonthFixture.posting("碾伯镇", "大庄村"))
        func row(_ village: String, _ days: [Int], at index: Int = 4) -> AttendanceRow {
            MonthFixture.row("双驻村", id: both.id.text, village: village, present: days, at: index)
        }
        let before = [MonthFixture.file("a.xlsx", 1, MonthFixture.block([row("大庄村", [5]), row("新庄村", [6], at: 5)]))]
        let issued = PayrollFixture.entitlement([both, other], before)
        #expect(issued.totals == ["大庄村": "60.00", "新庄村": "60.00"])
        let after =
            before + [
                MonthFixture.file(
                    "b.xlsx", 2,
                    MonthFixture.block([
                        MonthFixture.row("李在场", id: other.id.text, village: "大庄村", present: [1]),
                        row("新庄村", [5, 6], at: 5),
                    ]))
            ]
        let now = PayrollFixture.entitlement([both, other], after)
        let result = Adjustments.compute(
            [
                ClosedMonth(
                    period: MonthFixture.november, issued: issued.lines, issuedDays: issued.paidDays, entitlement: now)
            ],
            county: MonthFixture.county.code, target: MonthFixture.november.next, own: [])
        #expect(result.lines.filter { $0.person == both.id }.isEmpty)
        let reasons = result.findings.filter { $0.personID == both.id.text }.map(\.reason)
        #expect(reasons == [.closedLineHeld, .closedDaysElsewhere])
    }
}
