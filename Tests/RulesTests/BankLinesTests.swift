import Domain
import Rules
import Testing

/// Source: spec §9: one positive net line a person and account; bank + unpayable = payments, to the fen.
@Suite("What a bank can pay")
struct BankLinesTests {
    private let november = Period(year: 2018, month: 11)!
    private let october = Period(year: 2018, month: 10)!
    private let good = "6222021001112345678"
    private let other = "6222021001119999999"

    private func line(
        _ person: Int, _ fen: Int, account: String?, village: String = "大庄村", origin: Period? = nil
    ) -> PaymentLine {
        PaymentLine(
            county: CountyCode("630202")!, period: november, originPeriod: origin ?? november,
            person: Fixture.id(person), name: "人\(person)", sendingUnit: "财政局", township: "碾伯镇", village: village,
            bank: "农业银行", bankAccount: account, halfDays: HalfDays(2), dailyRate: Fen(6000),
            livingStipend: Fen(fen))
    }

    @Test("villages, adjustments and accounts of one person become one positive line")
    func netting() {
        let bank = BankLines(
            [
                line(1, 60_000, account: good), line(1, 30_000, account: good, village: "新庄村"),
                line(1, -12_000, account: good, origin: october),
            ], standing: AccountStanding())
        #expect(bank.payable.map(\.amount) == [Fen(78_000)])
        #expect(bank.unpayable.isEmpty)
    }

    @Test("what one account owes is taken from the person's others; nothing below zero stays")
    func severalAccounts() {
        let bank = BankLines(
            [
                line(1, -20_000, account: good, origin: october), line(1, 50_000, account: other),
                line(1, 10_000, account: nil, village: "新庄村"),
            ], standing: AccountStanding())
        #expect(bank.payable.map(\.amount) == [Fen(30_000)])
        #expect(bank.payable.map(\.account) == [other])
        #expect(bank.unpayable.map(\.obstacle) == [.missing])
        #expect(bank.unpayableTotal == Fen(10_000))
    }

    @Test(
        "each reason why no bank can pay",
        arguments: [
            (nil, UnpayableReason.missing), ("", .missing), ("622202", .invalid), ("622202100111234567X", .invalid),
            ("6222021001112345000", .rounded), ("6222021001112340001", .shared),
        ])
    func reasons(_ account: String?, _ reason: UnpayableReason) {
        let standing = AccountStanding(
            rounded: ["6222021001112345000"],
            shared: [AccountStanding.PersonAccount(person: Fixture.id(1), account: "6222021001112340001")])
        let bank = BankLines([line(1, 6000, account: account)], standing: standing)
        #expect(bank.payable.isEmpty)
        #expect(bank.unpayable.map(\.obstacle) == [reason])
        #expect(BankLines([line(2, 6000, account: "6222021001112340001")], standing: standing).unpayable.isEmpty)
    }

    @Test("an account that was refused by decision is told as decided")
    func refused() {
        var standing = AccountStanding(
            shared: [AccountStanding.PersonAccount(person: Fixture.id(1), account: "6222021001112340001")])
        standing.refused = standing.shared
        let bank = BankLines([line(1, 6000, account: "6222021001112340001")], standing: standing)
        #expect(bank.unpayable.map(\.obstacle) == [.refused])
        #expect(UnpayableReason.refused.chinese.contains("裁定不予认可"))
    }

    @Test("a net of nothing is said, not left out")
    func nothing() {
        let bank = BankLines(
            [line(1, 6000, account: good), line(1, -6000, account: good, origin: october)], standing: AccountStanding())
        #expect(bank.payable.isEmpty)
        #expect(bank.unpayable.map(\.obstacle) == [.nothingLeft])
        #expect(bank.unpayable.map(\.amount) == [.zero])
    }

    @Test("over random months: bank + unpayable = payments, nobody twice on one account, nothing below zero")
    func sums() {
        var state: UInt64 = 7
        func roll(_ sides: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int((state >> 33) % UInt64(sides))
        }
        for _ in 0..<300 {
            var lines: [PaymentLine] = []
            for person in 0..<(1 + roll(4)) {
                var sum = 0
                for number in 0..<(1 + roll(5)) {
                    let account = [good, other, nil, "12", "6222021001112345000"][roll(5)]
                    // A person's net never is below zero (spec §8).
                    let fen = max(roll(20_000) - 8000, -sum)
                    sum += fen
                    lines.append(line(person, fen, account: account, village: "村\(number)"))
                }
            }
            let bank = BankLines(lines, standing: AccountStanding(rounded: ["6222021001112345000"]))
            #expect(bank.payableTotal + bank.unpayableTotal == lines.reduce(.zero) { $0 + $1.total })
            #expect(bank.payable.allSatisfy { $0.amount > .zero })
            #expect(bank.unpayable.allSatisfy { $0.amount > .zero || $0.obstacle == .nothingLeft })
            let keys = (bank.payable + bank.unpayable).map { "\($0.person.text) \($0.account ?? "")" }
            #expect(Set(keys).count == keys.count)
        }
    }
}
