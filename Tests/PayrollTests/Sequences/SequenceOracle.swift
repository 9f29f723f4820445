import Domain
import Ledger
import TestSupport

@testable import Payroll

/// Compares what batches issued with what the clerk's memory says is due.
struct SequenceOracle {
    let world: SequenceWorld
    let ledger: LedgerReader
    /// Yuan a day that a month of a county is read with.
    let rate: (Int, Period) -> Int
    /// What was decided about closed lines.
    let closedAnswers: [SequenceClosedLine: SequenceWorld.Answer]
    /// What banks returned: batch, person, account.
    let returned: Set<[String]>
    let report: SequenceReport

    func check() throws {
        let batches = try ledger.batches()
        var states: [Int: [Period: [IssuedDays]]] = [:]
        for (county, code) in SequenceWorld.counties.enumerated() {
            for month in SequenceWorld.months {
                states[county, default: [:]][month] = IssuedHistory.current(
                    try ledger.issuedDays(county: code, origin: month))
            }
        }
        let due = SequenceDue(world: world, states: states)
        checkNoDayTwice(due)
        try checkAllowances()
        for (county, code) in SequenceWorld.counties.enumerated() {
            let lines = try ledger.allLines(code)
            guard let last = batches.filter({ $0.month.county == code }).map(\.month.period).max() else { continue }
            let pay = try ledger.pay(CountyMonth(county: code, period: last.next))
            for month in SequenceWorld.months where month <= last {
                let issued = try ledger.issued(county: code, origin: month)
                checkStates(county, month, issued, states[county]?[month] ?? [])
                try checkBalance(county, month, issued, due, pay)
            }
            checkNets(batches.filter { $0.month.county == code }.map(\.id), lines)
            checkReturns(code, lines + (pay?.lines ?? []))
            try checkOneFile(code, last, batches.map(\.month))
        }
    }

    /// Per person and day one stipend over all batches of all counties, and none for a day that nobody ever claimed.
    private func checkNoDayTwice(_ due: SequenceDue) {
        for month in SequenceWorld.months {
            for person in SequenceWorld.names.indices {
                for day in 1...month.dayCount {
                    guard let date = month.date(day: day) else { continue }
                    var halves = 0
                    for county in 0..<2 {
                        let own = due.issued(county, person, date).count
                        halves += own
                        guard own > 0 else { continue }
                        let isClaimed = world.everClaimed.values.contains { $0[person]?.contains(date) == true }
                        report.expect(isClaimed, "\(SequenceWorld.names[person]) \(date.iso) nobody ever claimed")
                    }
                    report.expect(halves <= 2, "\(SequenceWorld.names[person]) \(date.iso) twice")
                }
            }
        }
    }

    /// The allowances of a calendar day once a person over all batches of all counties, wherever rosters put him since:
    /// every place has the same ones, so that a month's parts add up to no more than one month's.
    private func checkAllowances() throws {
        for month in SequenceWorld.months {
            let issued = try SequenceWorld.counties.flatMap { try ledger.issued(county: $0, origin: month) }
            for person in SequenceWorld.names.indices {
                let lines = issued.filter { $0.person == SequenceWorld.id(person) }
                let sum = lines.reduce(0) { $0 + ($1.townshipSubsidy ?? .zero).amount }
                report.expect(
                    sum <= SequenceWorld.allowance,
                    """
                    \(SequenceWorld.names[person]) \(month): allowances of \(sum) fen
                        \(SequenceOracle.told(lines))
                    """)
            }
        }
    }

    /// Days kept for a line are its days; while something of it is outstanding, at most that much more. Where another
    /// rate makes other days the same money (3.5 × 60 = 3 × 70) nothing is paid for the difference, and no row says it.
    private func checkStates(
        _ county: Int, _ month: Period, _ issued: [PaymentLine], _ states: [IssuedDays]
    ) {
        for person in SequenceWorld.names.indices {
            let id = SequenceWorld.id(person)
            let net = issued.filter { $0.person == id }.reduce(0) { $0 + $1.halfDays.count }
            let days = states.filter { $0.person == id }.reduce(0) { $0 + $1.halves.total.count }
            let owes = issued.contains { $0.person == id && $0.note.contains("部分扣回") }
            let stipend = issued.filter { $0.person == id }.reduce(0) { $0 + $1.livingStipend.amount }
            let isRight =
                owes
                ? (net...(net + 2)).contains(days) : days == net || stipend == days * rate(county, month) * 50
            report.expect(
                isRight,
                """
                \(SequenceWorld.names[person]) \(month) in \(county): \(days) ≠ \(net) half-days
                    \(SequenceOracle.told(issued.filter { $0.person == id }))
                """)
        }
    }

    /// Issued + what the open month carries − outstanding = what is due and what is settled between counties.
    private func checkBalance(
        _ county: Int, _ month: Period, _ issued: [PaymentLine], _ due: SequenceDue, _ pay: MonthPay?
    ) throws {
        let code = SequenceWorld.counties[county]
        let held = Set(
            try ledger.payFindings(CountyMonth(county: code, period: month)).filter { $0.code == .closedLineHeld }
                .map(\.personID))
        for person in SequenceWorld.names.indices {
            let id = SequenceWorld.id(person)
            let name = "\(SequenceWorld.names[person]) \(month) in \(county)"
            if world.isUnsure(person, month, in: county) { continue }
            if held.contains(id.text) {
                let moved =
                    world.withdrawn.contains(person)
                    || world.stays.filter { $0.person == person && $0.place.county == county }.count != 1
                report.expect(
                    moved || world.isSilent(person, month, in: county)
                        || (0..<2).contains { world.hasHeldRow(person, month, in: $0) }, "\(name) held for nothing")
                continue
            }
            let carried = (pay?.lines ?? []).filter {
                $0.person == id && $0.originPeriod == month && $0.reissue == nil && $0.period != month
            }
            switch answer(county, month, person) {
            case .none:
                // Nothing is taken back on silence: what was issued to somebody whom no sheet names any more is asked.
                let days = issued.filter { $0.person == id }.reduce(0) { $0 + $1.halfDays.count }
                let isNamed = (0..<2).contains {
                    world.hasRow(person, month, in: $0) || world.hasLeftAnswer(person, month, in: $0)
                }
                report.expect(days <= 0 || isNamed, "\(name): taken back on silence")
                // Of whom a sheet leaves days out, how much is held hangs on what other sheets say.
                if world.isLeftOut(person, month, in: county),
                    !world.isLeftSettled(person, month, in: county)
                {
                    continue
                }
                if world.hasHeldRow(person, month, in: county) { continue }
            case .unsure: continue
            case .stands:
                report.expect(carried.isEmpty, "\(name): what was confirmed is corrected")
                continue
            case .takenBack:
                // The roster moved him since: allowances of his place of today wait for the days left out, which are a
                // question of their own.
                if world.withdrawn.contains(person), world.isLeftOut(person, month, in: county),
                    !world.isLeftSettled(person, month, in: county)
                {
                    continue
                }
            }
            let outstanding = (pay?.outstanding ?? []).filter { $0.person == id && $0.originPeriod == month }
            let sum =
                (issued.filter { $0.person == id } + carried).reduce(0) { $0 + $1.total.amount }
                - outstanding.reduce(0) { $0 + $1.amount.amount }
            let expected = due.fen(county, person, month, rate: rate(county, month))
            // What is taken back in part cuts a day's allowance in two.
            let isCut = issued.contains { $0.person == id && $0.note.contains("部分扣回") }
            report.expect(
                isCut ? abs(sum - expected) < SequenceWorld.allowance / month.dayCount : sum == expected,
                """
                \(name): \(sum) ≠ \(expected) fen
                    \(SequenceOracle.told(issued.filter { $0.person == id } + carried))
                    owed \(outstanding.map(\.amount))
                """)
        }
    }

    private static func told(_ lines: [PaymentLine]) -> String {
        lines.map { "\($0.period) \($0.village) \($0.halfDays.daysText) \($0.total.yuanText) \($0.note)" }
            .joined(separator: " | ")
    }

    private enum Standing { case none, unsure, stands, takenBack }

    /// What was decided about a person's closed lines of a month, as far as it still speaks of what his sheets say.
    private func answer(_ county: Int, _ month: Period, _ person: Int) -> Standing {
        let answers = closedAnswers.filter {
            $0.key.county == county && $0.key.month == month && $0.key.person == person
        }
        guard let first = answers.first else { return .none }
        if world.hasLeftAnswer(person, month, in: county) { return .unsure }
        let line = SequenceClosedLine(county: county, month: month, person: person, village: first.key.village)
        guard answers.count == 1, first.value.about == world.about(line) else { return .unsure }
        if first.value.isAccepted { return .stands }
        // A row of another village that pays to the one that was taken back is told apart by nobody here.
        return world.isSilent(person, month, in: county) && !world.hasRow(person, month, in: county)
            ? .takenBack : .unsure
    }

    /// Nobody's net in a batch is below zero.
    private func checkNets(_ batches: [String], _ lines: [PaymentLine]) {
        for batch in batches {
            let nets = Dictionary(grouping: lines.filter { $0.batch == batch }, by: \.person).mapValues {
                $0.reduce(0) { $0 + $1.total.amount }
            }
            report.expect(nets.values.allSatisfy { $0 >= 0 }, "\(batch) pays below zero")
            for line in lines where line.batch == batch && line.hasDays && !line.note.contains("×") {
                report.expect(
                    2 * line.livingStipend.amount == line.halfDays.count * line.dailyRate.amount
                        || line.note.contains("应发"), "does not multiply out: \(SequenceOracle.told([line]))")
            }
        }
    }

    /// What a bank returned comes again exactly once, and nothing else does.
    private func checkReturns(_ county: CountyCode, _ lines: [PaymentLine]) {
        let own = returned.filter { $0[0].hasPrefix("ZC-\(county.text)-") }
        let again = lines.compactMap { line in line.reissue.map { [$0.batch, line.person.text, $0.account] } }
        report.expect(again.count == Set(again).count, "returned once, paid again twice")
        report.expect(Set(again) == own, "returned \(own.count), again \(again.count)")
    }

    /// An adjustment stands in the first open month alone, and a month that was passed over pays nothing itself.
    private func checkOneFile(
        _ county: CountyCode, _ last: Period, _ closed: [CountyMonth]
    ) throws {
        for month in try ledger.computedMonths().sorted() where month.county == county && !closed.contains(month) {
            let lines = try ledger.pay(month)?.lines ?? []
            if month.period < last {
                report.expect(lines.isEmpty, "\(month) was passed over and lists \(lines.count) lines")
            } else if month.period > last.next {
                report.expect(lines.allSatisfy { $0.originPeriod == month.period && $0.reissue == nil }, "\(month)")
            }
        }
    }
}

/// A closed line that stands against a newer reading.
struct SequenceClosedLine: Hashable {
    let county: Int
    let month: Period
    let person: Int
    let village: String
}

/// What is due for days, worked out by counting: what a county owes, and what it keeps because another one owes it.
struct SequenceDue {
    let world: SequenceWorld
    /// What stands issued, by county and month.
    let states: [Int: [Period: [IssuedDays]]]

    func issued(_ county: Int, _ person: Int, _ date: CivilDate) -> SequenceHalves {
        let id = SequenceWorld.id(person)
        let bit = UInt32(1) << UInt32(date.day - 1)
        return (states[county]?[date.period] ?? []).filter { $0.person == id }.reduce(SequenceHalves()) { sum, state in
            sum
                + SequenceHalves(
                    morning: state.halves.mornings & bit == 0 ? 0 : 1,
                    afternoon: state.halves.afternoons & bit == 0 ? 0 : 1,
                    either: state.halves.unnamed & bit == 0 ? 0 : 1)
        }
    }

    private func isAllowanceIssued(_ county: Int, _ person: Int, _ date: CivilDate) -> Bool {
        let id = SequenceWorld.id(person)
        let bit = UInt32(1) << UInt32(date.day - 1)
        return (states[county]?[date.period] ?? []).contains { $0.person == id && $0.posted & bit != 0 }
    }

    /// Fen that a county's batches of a month, all told, should come to.
    func fen(_ county: Int, _ person: Int, _ month: Period, rate: Int) -> Int {
        var sum = 0
        for day in 1...month.dayCount {
            guard let date = month.date(day: day) else { continue }
            let (own, other) = (issued(county, person, date), issued(1 - county, person, date))
            let owed = world.owed(person, date, by: county)
            let due = owed.left(where: other)
            let theirs = world.owed(person, date, by: 1 - county)
            let leftToUs = theirs.count - theirs.left(where: own).count
            let kept = min(leftToUs, own.count(beside: due))
            sum += (due.count + kept) * rate * 50
            // What another county issued for the day, and did not take back, is not paid beside it.
            let isTheirs =
                isAllowanceIssued(1 - county, person, date) && !world.isPosted(person, date, in: 1 - county)
            if world.hasSheets(month, in: county), due.count == owed.count, !isTheirs {
                sum += world.allowance(person, date, in: county)
            }
            if kept > 0, !world.isPosted(person, date, in: county), isAllowanceIssued(county, person, date) {
                sum += SequenceWorld.allowance / month.dayCount
            }
        }
        return sum
    }
}

extension LedgerReader {
    /// Lines of every batch of a county.
    func allLines(_ county: CountyCode) throws -> [PaymentLine] {
        try batches().filter { $0.month.county == county }.flatMap { try lines(batch: $0.id) }
    }
}
