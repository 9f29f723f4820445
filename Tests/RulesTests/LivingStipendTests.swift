import Domain
import Rules
import Testing

@Suite("M5, living stipend")
struct LivingStipendTests {
    let november = Period(year: 2018, month: 11)!

    func days(_ halves: [Int], from first: CivilDate) -> [AttendedDay] {
        halves.enumerated().map { AttendedDay(date: first.adding(days: $0.offset), halfDays: HalfDays($0.element)) }
    }

    func policy(_ values: [(String, Int)], half: Int = 1) -> Policy {
        Fixture.policy(parameters: [
            Fixture.parameter(.livingStipendPerDay, values.map { ($0.0, .money(Fen($0.1))) }),
            Fixture.parameter(.halfDayValue, [("2018-01-01", .halfDays(HalfDays(half)))]),
        ])
    }

    @Test("22 and a half days at 60.00 are 1350.00")
    func whole() {
        let result = LivingStipend.compute(
            days([Int](repeating: 2, count: 22) + [1], from: november.firstDay), in: november,
            policy: policy([("2018-10-01", 6000)]))
        #expect(result.amount == Fen(135_000))
        #expect(result.halfDays == HalfDays(45))
        #expect(result.segments.count == 1)
        #expect(result.rate?.value == Fen(6000))
    }

    @Test("No day attended is 0.00, with the month's rate")
    func none() {
        let result = LivingStipend.compute([], in: november, policy: policy([("2018-10-01", 6000)]))
        #expect(result.amount == .zero)
        #expect(result.rate?.value == Fen(6000))
    }

    @Test("A rate that changes within the month pays each day at its own; days before the first value are unpaid")
    func change() {
        let policy = policy([("2018-11-02", 6000), ("2018-11-04", 7000)])
        let result = LivingStipend.compute(
            days([2, 2, 1, 2, 2], from: november.firstDay), in: november, policy: policy)
        #expect(result.amount == Fen(6000 + 3000 + 7000 + 7000))
        #expect(result.datesWithoutRate == [november.firstDay])
        #expect(result.segments.map(\.halfDays.count) == [3, 4])
        #expect(result.halfDays == HalfDays(7))
    }

    @Test("Half a fen is rounded up, once a month")
    func rounding() {
        let policy = policy([("2018-10-01", 6001)])
        let one = LivingStipend.compute(days([1], from: november.firstDay), in: november, policy: policy)
        #expect(one.amount == Fen(3001))
        let two = LivingStipend.compute(days([1, 1, 1], from: november.firstDay), in: november, policy: policy)
        #expect(two.amount == Fen(9002))
    }

    @Test("Half a day counts what the policy says; two halves are never more than a day")
    func half() {
        for value in 0...2 {
            let policy = policy([("2018-10-01", 6000)], half: value)
            let date = november.firstDay
            #expect(
                LivingStipend.payable(morning: .present, afternoon: .leave, on: date, policy: policy)?.count == value)
            #expect(LivingStipend.payable(morning: .present, afternoon: .present, on: date, policy: policy)?.count == 2)
            #expect(LivingStipend.payable(morning: .blank, afternoon: .training, on: date, policy: policy)?.count == 0)
        }
    }
}
