import Domain
import Payroll
import TestSupport
import Testing

/// Source: spec §8, «The bank's answer».
@Suite("The bank's answer")
struct BankAnswerTests {
    private let zhang = MonthFixture.cadre("张世安", 1, MonthFixture.posting("碾伯镇", "大庄村"))
    private let county = MonthFixture.county.code
    private let december = Period(year: 2018, month: 12)!

    private func line(_ fen: Int, account: String = "6222021001112345678", batch: String = "ZC-630202-201811")
        -> BankLine
    {
        BankLine(
            batch: batch, period: MonthFixture.november, person: zhang.id, name: "张世安", sendingUnit: "财政局",
            township: "碾伯镇", village: "大庄村", account: account, amount: Fen(fen))
    }

    private func answer(
        _ result: BankResult, _ fen: Int, person: ResidentID? = nil, account: String? = "6222021001112345678",
        batch: String = "ZC-630202-201811", row: Int = 3
    ) -> BankReturn {
        BankReturn(
            batch: batch, person: person, account: account, amount: Fen(fen), result: result, reason: "户名不符",
            name: "张世安",
            source: SourceCell(file: "回盘/一.xlsx", sheet: "回盘", address: CellAddress(row: row, column: 6)))
    }

    private func match(_ returns: [BankReturn], _ lines: [BankLine]) -> ([BankAnswer], [Finding]) {
        let result = BankAnswers.match(returns, to: lines, in: december, county, cadres: [zhang])
        return (result.answers, result.findings)
    }

    @Test("by batch, by account or ID, to the fen; what fits nothing changes nothing and is told at its cell")
    func matching() {
        for wrong in [
            answer(.returned, 132_001), answer(.returned, 132_000, account: "6222021001112340000"),
            answer(.returned, 132_000, batch: "ZC-630202-201810"),
            answer(.returned, 132_000, person: MonthFixture.id(5), account: nil),
        ] {
            let (answers, findings) = match([wrong], [line(132_000)])
            #expect(answers.map(\.result) == [nil])
            #expect(findings.map(\.reason) == [.bankReturnUnmatched])
            #expect(findings[0].cell?.a1 == "G4")
            #expect(findings[0].file == "回盘/一.xlsx")
        }
        #expect(match([answer(.paid, 132_000)], [line(132_000)]).0.map(\.result) == [.paid])
        let byID = answer(.paid, 132_000, person: zhang.id, account: nil)
        #expect(match([byID], [line(132_000)]).0.map(\.result) == [.paid])
        let twoAccounts = [line(6000), line(6000, account: "6222021001119999999")]
        #expect(
            match([answer(.returned, 6000, person: zhang.id, account: nil)], twoAccounts).1.map(\.reason)
                == [.bankReturnUnmatched], "which of the two is not said")
    }

    @Test("an answer that came before its batch was closed answers nothing of it, until it is sent again")
    func beforeClosing() {
        var closed = line(6000)
        closed.closedAfter = 7
        var early = answer(.returned, 6000)
        early.arrival = 7
        let (answers, findings) = match([early], [closed])
        #expect(answers.map(\.result) == [nil])
        #expect(findings.map(\.reason) == [.bankReturnBeforeClosing])
        #expect(findings[0].code == .recordConflict && findings[0].cell?.a1 == "G4")
        var again = answer(.returned, 6000, row: 4)
        again.arrival = 8
        let (now, told) = match([early, again], [closed])
        #expect(now.map(\.result) == [.returned])
        #expect(told.map(\.reason) == [.paymentReturned], "the early one is told no more")
        // Of a line of nothing nothing comes again.
        #expect(match([answer(.returned, 0)], [line(0)]).1.isEmpty)
    }

    @Test("the first answer stands; a second that says otherwise is told and changes nothing")
    func contradiction() {
        let (answers, findings) = match(
            [answer(.returned, 6000), answer(.returned, 6000, row: 4), answer(.paid, 6000, row: 5)], [line(6000)])
        #expect(answers.map(\.result) == [.returned])
        #expect(
            findings.map(\.reason).sorted { $0.rawValue < $1.rawValue } == [.bankReturnContradicts, .paymentReturned])
    }

    @Test("what became of a batch adds up to what was issued; what was paid again is due no more")
    func standings() throws {
        var poor = line(300, account: "")
        poor.obstacle = .missing
        let lines = [
            line(6000), line(700, account: "6222021001112340000"), line(80, account: "6222021001112350000"), poor,
            line(90, batch: "ZC-630202-201812"),
        ]
        let answers = match(
            [
                answer(.returned, 6000), answer(.paid, 700, account: "6222021001112340000"),
                answer(.returned, 90, batch: "ZC-630202-201812"),
            ], lines
        ).0
        let open = BankStanding.all(answers, again: [])
        #expect(open.map(\.batch) == ["ZC-630202-201811", "ZC-630202-201812"])
        let first = try #require(open.first)
        #expect(first.issued == Fen(7080) && first.paid == Fen(700) && first.returned == Fen(6000))
        #expect(first.unpayable == Fen(300) && first.unanswered == Fen(80) && first.dueAgain == Fen(6000))
        let again = BankAnswers.reissues(answers, issued: [], cadres: [zhang], county: county, target: december)
        let later = BankStanding.all(answers, again: again.filter { $0.reissue?.batch == "ZC-630202-201811" })
        #expect(later.map(\.dueAgain) == [.zero, Fen(90)])
        #expect(later.map(\.returned) == [Fen(6000), Fen(90)])
    }

    @Test("a returned line comes again once, to the account on the roster, with the amount alone")
    func reissue() throws {
        var moved = zhang
        moved.postings[0].bankAccount = "6217001234567890123"
        let (answers, findings) = match([answer(.returned, 132_000)], [line(132_000)])
        #expect(findings.map(\.reason) == [.paymentReturned])
        let lines = BankAnswers.reissues(answers, issued: [], cadres: [moved], county: county, target: december)
        let again = try #require(lines.first)
        #expect(lines.count == 1)
        #expect(again.total == Fen(132_000) && again.halfDays == .zero)
        #expect(again.bankAccount == "6217001234567890123")
        #expect(again.originPeriod == MonthFixture.november && again.period == december)
        #expect(again.note == "重发 ZC-630202-201811，户名不符")
        var issued = again
        issued.batch = "ZC-630202-201812"
        #expect(
            BankAnswers.reissues(answers, issued: [issued], cadres: [moved], county: county, target: december.next)
                .isEmpty)
        #expect(
            BankAnswers.reissues(
                match([answer(.paid, 132_000)], [line(132_000)]).0, issued: [], cadres: [moved], county: county,
                target: december
            ).isEmpty, "nothing without an answer that it came back")
    }

    @Test("what would go to the very account that the bank refused is told at the answer, and in its row")
    func sameAccount() throws {
        var same = zhang
        // Written otherwise, it is the same account.
        same.postings[0].bankAccount = "6222 0210 0111 2345 678"
        func told(_ line: BankLine, _ cadres: [Cadre]) -> (reasons: [FindingReason], notes: [String]) {
            let (answers, findings) = BankAnswers.match(
                [answer(.returned, 132_000, person: zhang.id, account: nil)], to: [line], in: december, county,
                cadres: cadres)
            #expect(findings.allSatisfy { $0.code == .paymentReturned && $0.cell?.a1 == "G4" })
            let lines = BankAnswers.reissues(answers, issued: [], cadres: cadres, county: county, target: december)
            return (findings.map(\.reason), lines.map(\.note))
        }
        let refused = told(line(132_000), [same])
        #expect(refused.reasons == [.paymentReturnedSameAccount])
        #expect(refused.notes == ["重发 ZC-630202-201811，户名不符；账号未变"])
        #expect(told(line(132_000), []).reasons == [.paymentReturnedSameAccount], "nobody's roster has another one")
        // What no bank was asked to pay was not refused.
        var poor = line(132_000)
        poor.obstacle = .shared
        #expect(told(poor, [same]).reasons == [.paymentReturned])
        #expect(told(poor, [same]).notes == ["重发 ZC-630202-201811，户名不符"])
        let before = BankAnswers.reissues(
            match([answer(.returned, 132_000)], [line(132_000)]).0, issued: [], cadres: [same], county: county,
            target: december, reckoning: Reckoning.rows)
        #expect(before.map(\.note) == ["重发 ZC-630202-201811，户名不符"])
    }
}
