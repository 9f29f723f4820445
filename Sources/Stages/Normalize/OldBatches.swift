import Domain
import Ledger
import Matching
import Payroll
import Rules

/// Batches of programs that did not keep, day by day, what they issued: their days are read from what they kept, once.
///
/// Their own lines stand for the days of the month as it was matched then. Of an adjustment only the number of days is
/// known: what it took back is taken from the first days, what it added is laid on the first days that were free.
struct OldBatches {
    private static let setting = "issued days"

    private let context: RunContext

    init(_ context: RunContext) { self.context = context }

    func read() throws {
        guard try context.ledger.read({ try $0.setting(Self.setting) }) != nil else { return }
        try context.ledger.write { ledger in
            // In the order of months: a correction changes what earlier batches issued.
            var states: [Key: IssuedDays] = [:]
            for batch in try ledger.reader.batches() {
                let days = try self.days(batch, &states, ledger.reader)
                try ledger.insert(days)
            }
            try ledger.removeSetting(Self.setting)
        }
    }

    private struct Key: Hashable {
        let county: CountyCode
        let period: Period
        let place: PersonVillage
    }

    private func days(
        _ batch: BatchRecord, _ states: inout [Key: IssuedDays], _ ledger: LedgerReader
    ) throws -> [IssuedDays] {
        let evidence = try ledger.evidence(batch: batch.id)
        let policy = try PoliciesOfMonths.kept(batch.policySHA256, context)
        let halves = evidence.map { IssuedStates.halves($0.month, policy) } ?? [:]
        var changed: [Key: IssuedDays] = [:]
        for line in try ledger.lines(batch: batch.id) where line.reissue == nil {
            let key = Key(county: line.county, period: line.originPeriod, place: PersonVillage(line))
            var state =
                states[key]
                ?? IssuedDays(
                    batch: batch.id, county: line.county, period: line.originPeriod, person: line.person,
                    name: line.name, township: line.township, village: line.village,
                    account: line.bankAccount ?? "", halves: IssuedHalves(), posted: 0)
            state.batch = batch.id
            if line.originPeriod == line.period {
                state.halves = halves[key.place] ?? first(line.halfDays, beside: IssuedHalves(), line.originPeriod)
            } else if line.halfDays < .zero {
                state.halves = without(HalfDays(-line.halfDays.count), state.halves)
            } else {
                let others = states.filter { $0.key.period == key.period && $0.key.place.person == line.person }
                let taken = others.values.reduce(IssuedHalves()) { $0.adding($1.halves) }
                state.halves = state.halves.adding(first(line.halfDays, beside: taken, line.originPeriod))
            }
            let hasAllowances = [line.hardshipAllowance, line.qinghaiAllowance, line.townshipSubsidy].contains {
                ($0 ?? .zero) > .zero
            }
            if hasAllowances { state.posted = UInt32(truncatingIfNeeded: (1 << line.originPeriod.dayCount) - 1) }
            states[key] = state
            changed[key] = state
        }
        return changed.values.sorted {
            ($0.period, $0.person, $0.township, $0.village) < ($1.period, $1.person, $1.township, $1.village)
        }
    }

    /// So many half-days, on the first days of the month that are free.
    private func first(_ halfDays: HalfDays, beside taken: IssuedHalves, _ period: Period) -> IssuedHalves {
        var result = IssuedHalves()
        var left = halfDays.count
        for day in 1...period.dayCount where left > 0 {
            let free = min(left, 2 - taken.count(on: day))
            guard free > 0 else { continue }
            result.add(.day(day, morning: true, afternoon: free > 1, isUnnamed: free == 1), on: day)
            left -= free
        }
        return result
    }

    /// Halves without so many half-days of the first days.
    private func without(_ halfDays: HalfDays, _ halves: IssuedHalves) -> IssuedHalves {
        var result = halves
        var left = halfDays.count
        for day in halves.days where left > 0 {
            left -= halves.count(on: day)
            result[day] = IssuedHalves()
        }
        return result
    }
}
