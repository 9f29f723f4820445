import Domain
import Ledger
import TestSupport
import Testing

@testable import Payroll

/// Compares what batches issued with what the clerk's memory says is due.
struct SequenceOracle {
    let world: SequenceWorld
    let ledger: LedgerReader
    /// Yuan a day that a month of a county is read with.
    let rate: (Int, Period) -> Int

    /// What stands issued, by county, month, person and village.
    private struct Place: Hashable {
        let person: ResidentID
        let township: String
        let village: String
    }

    func check(_ place: Comment) throws {
        let batches = try ledger.batches()
        var states: [Int: [Period: [IssuedDays]]] = [:]
        for (county, code) in SequenceWorld.counties.enumerated() {
            for month in SequenceWorld.months {
                states[county, default: [:]][month] = IssuedHistory.current(
                    try ledger.issuedDays(county: code, origin: month))
            }
        }
        checkNoDayTwice(states, place)
        for (county, code) in SequenceWorld.counties.enumerated() {
            guard let last = batches.filter({ $0.month.county == code }).map(\.month.period).max() else { continue }
            let pay = try ledger.pay(CountyMonth(county: code, period: last.next))
            for month in SequenceWorld.months where month <= last {
                let issued = try ledger.issued(county: code, origin: month)
                checkStates(county, month, issued, states[county]?[month] ?? [], pay, place)
                try checkBalance(county, month, issued, states, pay, place)
            }
            checkNets(batches.filter { $0.month.county == code }.map(\.id), try ledger.allLines(code), place)
        }
    }

    /// Per person and day one stipend over all batches of all counties, and none for a day that nobody ever claimed.
    private func checkNoDayTwice(_ states: [Int: [Period: [IssuedDays]]], _ place: Comment) {
        for month in SequenceWorld.months {
            for person in SequenceWorld.names.indices {
                let id = SequenceWorld.id(person)
                for day in 1...month.dayCount {
                    var halves = 0
                    for county in 0..<2 {
                        let own = (states[county]?[month] ?? []).filter { $0.person == id }.reduce(0) {
                            $0 + $1.halves.count(on: day)
                        }
                        halves += own
                        guard own > 0, let date = month.date(day: day) else { continue }
                        let isClaimed = world.everClaimed.values.contains { $0[person]?.contains(date) == true }
                        #expect(isClaimed, "\(place): \(SequenceWorld.names[person]) \(date.iso) nobody ever claimed")
                    }
                    #expect(halves <= 2, "\(place): \(SequenceWorld.names[person]) \(month) day \(day) twice")
                }
            }
        }
    }

    /// Days kept for a line are its days; while something of it is outstanding, at most that much more.
    private func checkStates(
        _ county: Int, _ month: Period, _ issued: [PaymentLine], _ states: [IssuedDays], _ pay: MonthPay?,
        _ place: Comment
    ) {
        for person in SequenceWorld.names.indices {
            let id = SequenceWorld.id(person)
            let net = issued.filter { $0.person == id }.reduce(0) { $0 + $1.halfDays.count }
            let days = states.filter { $0.person == id }.reduce(0) { $0 + $1.halves.total.count }
            let owes = issued.contains { $0.person == id && $0.note.contains("部分扣回") }
            let isRight = owes ? (net...(net + 2)).contains(days) : days == net
            #expect(
                isRight, "\(place): \(SequenceWorld.names[person]) \(month) in \(county): \(days) ≠ \(net) half-days")
        }
    }

    /// Issued + what the open month carries − outstanding = what is due and what is settled between counties.
    private func checkBalance(
        _ county: Int, _ month: Period, _ issued: [PaymentLine], _ states: [Int: [Period: [IssuedDays]]],
        _ pay: MonthPay?, _ place: Comment
    ) throws {
        let code = SequenceWorld.counties[county]
        let held = Set(
            try ledger.payFindings(CountyMonth(county: code, period: month)).filter { $0.code == .closedLineHeld }
                .map(\.personID))
        for person in SequenceWorld.names.indices {
            let id = SequenceWorld.id(person)
            if held.contains(id.text) {
                let moved = world.stays.filter { $0.person == person && $0.place.county == county }.count != 1
                #expect(
                    moved || world.isSilent(person, month, in: county),
                    "\(place): \(SequenceWorld.names[person]) \(month) held for nothing")
                continue
            }
            // Of whom a sheet leaves days out, how much is held hangs on what other sheets say.
            if world.isLeftOut(person, month, in: county) { continue }
            func issuedHalves(_ other: Int, _ day: Int) -> Int {
                (states[other]?[month] ?? []).filter { $0.person == id }.reduce(0) { $0 + $1.halves.count(on: day) }
            }
            var due = 0
            for day in 1...month.dayCount {
                guard let date = month.date(day: day) else { continue }
                let other = 1 - county
                if world.isClaimed(person, date, by: county) {
                    due += issuedHalves(other, day) == 0 ? 2 : 0
                } else if world.isClaimed(person, date, by: other) {
                    due += issuedHalves(county, day)
                }
            }
            let carried = (pay?.lines ?? []).filter {
                $0.person == id && $0.originPeriod == month && $0.reissue == nil && $0.period != month
            }
            let outstanding = (pay?.outstanding ?? []).filter { $0.person == id && $0.originPeriod == month }
            let sum =
                (issued.filter { $0.person == id } + carried).reduce(0) { $0 + $1.total.amount }
                - outstanding.reduce(0) { $0 + $1.amount.amount }
            let expected = due * rate(county, month) * 50
            #expect(
                sum == expected,
                "\(place): \(SequenceWorld.names[person]) \(month) in \(county): \(sum) ≠ \(expected) fen")
        }
    }

    /// Nobody's net in a batch is below zero.
    private func checkNets(_ batches: [String], _ lines: [PaymentLine], _ place: Comment) {
        for batch in batches {
            let nets = Dictionary(grouping: lines.filter { $0.batch == batch }, by: \.person).mapValues {
                $0.reduce(0) { $0 + $1.total.amount }
            }
            #expect(nets.values.allSatisfy { $0 >= 0 }, "\(place): \(batch) pays below zero")
        }
    }
}

extension LedgerReader {
    /// Lines of every batch of a county.
    func allLines(_ county: CountyCode) throws -> [PaymentLine] {
        try batches().filter { $0.month.county == county }.flatMap { try lines(batch: $0.id) }
    }
}
