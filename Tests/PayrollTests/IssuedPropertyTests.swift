import Domain
import Matching
import TestSupport
import Testing

@testable import Payroll

@Suite("What is issued, over random sequences of submit, correct, withdraw, run and close")
struct IssuedPropertyTests {
    private static let villages = [("碾伯镇", "大庄村"), ("碾伯镇", "新庄村"), ("雨润镇", "大庄村")]

    /// One posting, a move within a month, two villages at once.
    private static let cadres: [Cadre] = [
        MonthFixture.cadre("张世安", 1, MonthFixture.posting("碾伯镇", "大庄村")),
        MonthFixture.cadre("王明华", 2, MonthFixture.posting("碾伯镇", "新庄村")),
        MonthFixture.cadre(
            "马移村", 3, MonthFixture.posting("碾伯镇", "大庄村", to: MonthFixture.day(11)),
            MonthFixture.posting("雨润镇", "大庄村", from: MonthFixture.day(12))),
        MonthFixture.cadre(
            "双驻村", 4, MonthFixture.posting("碾伯镇", "大庄村"), MonthFixture.posting("碾伯镇", "新庄村")),
        MonthFixture.cadre("李在场", 5, MonthFixture.posting("雨润镇", "大庄村")),
    ]

    @Test(
        "nobody is issued a day twice; issued and outstanding make up what is due; no net is below zero",
        arguments: 0..<30)
    func random(seed: Int) {
        var generator = SeededGenerator(UInt64(seed))
        var model = BatchModel(cadres: Self.cadres, villages: Self.villages.map { ($0.0, $0.1) })
        for step in 0..<28 {
            let frozen = model.batches.map(\.lines)
            switch Int.random(in: 0..<10, using: &generator) {
            case 0..<7:
                let months = model.batches.map(\.period) + [model.firstOpen, model.firstOpen]
                let period = months[Int.random(in: 0..<months.count, using: &generator)]
                let village = Int.random(in: 0..<3, using: &generator)
                model.submit(period, village, rows(village, &generator))
            default: if model.batches.count < 5 { model.close() }
            }
            check(model, "seed \(seed) step \(step)")
            #expect(Array(model.batches.map(\.lines).prefix(frozen.count)) == frozen)
        }
    }

    /// A village's sheet: some of its people, sometimes nobody, sometimes with a row that is held.
    private func rows(_ village: Int, _ generator: inout SeededGenerator) -> [AttendanceRow] {
        let place = Self.villages[village]
        var people = Self.cadres.filter { cadre in
            cadre.postings.contains { $0.township == place.0 && $0.village == place.1 }
        }
        // A person of elsewhere may be named too: paid to the roster's village, or a double presence.
        if Int.random(in: 0..<6, using: &generator) == 0, let guest = Self.cadres.randomElement(using: &generator) {
            if !people.contains(guest) { people.append(guest) }
        }
        var rows: [AttendanceRow] = []
        for (index, cadre) in people.enumerated() where Int.random(in: 0..<5, using: &generator) > 0 {
            var present: [Int] = []
            var halves: [Int] = []
            for day in 1...28 {
                switch Int.random(in: 0..<8, using: &generator) {
                case 0...1: present.append(day)
                case 2: halves.append(day)
                default: break
                }
            }
            let isHeld = Int.random(in: 0..<6, using: &generator) == 0
            rows.append(
                MonthFixture.row(
                    isHeld ? "另一人" : cadre.name.display, id: cadre.id.text, present: present, halves: halves,
                    at: 4 + index))
        }
        return rows
    }

    private func check(_ model: BatchModel, _ place: Comment) {
        // No net of a month below zero, whoever and wherever.
        for batch in model.batches {
            let nets = Dictionary(grouping: batch.lines, by: \.person).mapValues {
                $0.reduce(0) { $0 + $1.total.amount }
            }
            #expect(nets.values.allSatisfy { $0 >= 0 }, place)
        }
        let (own, adjustments, closed) = model.open()
        let pending = Dictionary(grouping: own.lines + adjustments.lines, by: \.person)
            .mapValues { $0.reduce(0) { $0 + $1.total.amount } }
        #expect(pending.values.allSatisfy { $0 >= 0 }, place)
        // No day of a person issued more than once.
        for (_, days) in model.issuedDays {
            var sums: [ResidentID: [CivilDate: Int]] = [:]
            for (key, dates) in days {
                for (date, halves) in dates { sums[key.person, default: [:]][date, default: 0] += halves.count }
            }
            #expect(sums.values.allSatisfy { $0.values.allSatisfy { $0 <= 2 } }, place)
        }
        for month in closed { checkBalance(month, adjustments, place) }
    }

    /// Issued + what the open month carries − outstanding = current entitlement, but for people whose month is held
    /// or silent somewhere: of those nothing is taken back.
    private func checkBalance(_ month: ClosedMonth, _ adjustments: AdjustmentResult, _ place: Comment) {
        var sums: [PersonVillage: Int] = [:]
        func add(_ lines: [PaymentLine], _ sign: Int) {
            for line in lines where line.originPeriod == month.period {
                let key = PersonVillage(person: line.person, township: line.township, village: line.village)
                sums[key, default: 0] += sign * line.total.amount
            }
        }
        add(month.issued, 1)
        add(adjustments.lines, 1)
        for line in adjustments.outstanding where line.originPeriod == month.period {
            sums[PersonVillage(person: line.person, township: line.township, village: line.village), default: 0] -=
                line.amount.amount
        }
        let held = Set(
            adjustments.findings.filter { $0.reason == .closedLineHeld && $0.period == month.period }.map(\.personID))
        for line in month.entitlement.lines {
            sums[PersonVillage(person: line.person, township: line.township, village: line.village), default: 0] -=
                line.total.amount
        }
        for (key, sum) in sums where !held.contains(key.person.text) && !month.entitlement.heldKeys.contains(key) {
            #expect(sum == 0, place)
        }
        // Held or silent: never less than was issued, so nothing was taken back.
        for key in month.entitlement.heldKeys {
            #expect(
                !adjustments.lines.contains { line in
                    line.originPeriod == month.period
                        && PersonVillage(person: line.person, township: line.township, village: line.village) == key
                }, place)
        }
    }
}
