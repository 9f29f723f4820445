import Domain
import Matching
import Rules

/// The part of an issued line that stays issued: another county's reading alone claims its days and leaves them unpaid.
///
/// Source: spec §8: «the county that issued it takes nothing back for it».
public struct SettledPart: Sendable {
    public var halves: IssuedHalves
    public var halfDays: HalfDays
    public var stipend: Fen
    /// Nil where the issued line has none.
    public var hardship: Fen?
    public var qinghai: Fen?
    public var township: Fen?

    /// As a line like the issued one.
    func line(_ issued: PaymentLine) -> PaymentLine {
        var line = issued
        line.halfDays = halfDays
        line.livingStipend = stipend
        line.hardshipAllowance = hardship
        line.qinghaiAllowance = qinghai
        line.townshipSubsidy = township
        return line
    }

    /// - Parameters:
    ///   - states: what stands issued, by person and village.
    ///   - elsewhere: days that other counties leave unpaid for what this one issued.
    ///   - issued: the sums of the issued lines.
    static func all(
        _ states: [PersonVillage: IssuedDays], elsewhere: [SettledElsewhere], issued: [PersonVillage: PaymentLine],
        _ entitlement: MonthEntitlement, policy: Policy, in period: Period
    ) -> [PersonVillage: SettledPart] {
        guard !elsewhere.isEmpty else { return [:] }
        var claimed: [ResidentID: [CivilDate: HalfDays]] = [:]
        for day in elsewhere where day.date.period == period {
            claimed[day.person, default: [:]][day.date, default: .zero] += day.halfDays
        }
        var due: [PersonVillage: PaymentLine] = [:]
        for line in entitlement.lines { due[PersonVillage(line)] = line }
        var parts: [PersonVillage: SettledPart] = [:]
        for (key, state) in states.sorted(by: { $0.key < $1.key }) {
            guard let line = issued[key], claimed[key.person] != nil else { continue }
            var kept = IssuedHalves()
            var days: [AttendedDay] = []
            for day in state.halves.days {
                guard let date = period.date(day: day), let left = claimed[key.person]?[date], left > .zero else {
                    continue
                }
                let own = entitlement.paidDays[key]?[date] ?? .zero
                let count = min(state.halves.count(on: day) - own.count, left.count)
                guard count > 0 else { continue }
                claimed[key.person]?[date] = left - HalfDays(count)
                kept[day] = own > .zero ? IssuedHalves.day(day, morning: false, afternoon: true) : state.halves[day]
                let halves = LivingStipend.payable(halves: count, on: date, policy: policy)
                days.append(AttendedDay(date: date, halfDays: halves ?? .zero))
            }
            guard !kept.isEmpty else { continue }
            let stipend = LivingStipend.compute(days, in: period, policy: policy)
            let calendarDays = kept.days.count { state.posted & (UInt32(1) << UInt32($0 - 1)) != 0 }
            let posted = state.posted.nonzeroBitCount
            func allowance(_ part: (PaymentLine) -> Fen?) -> Fen? {
                guard let old = part(line), posted > 0 else { return nil }
                // Half up to the fen, as the allowance itself.
                let share = (2 * max(0, old.amount) * calendarDays + posted) / (2 * posted)
                let free = old.amount - (due[key].flatMap(part) ?? .zero).amount
                return Fen(max(0, min(share, free)))
            }
            parts[key] = SettledPart(
                halves: kept, halfDays: stipend.halfDays, stipend: stipend.amount,
                hardship: allowance(\.hardshipAllowance), qinghai: allowance(\.qinghaiAllowance),
                township: allowance(\.townshipSubsidy))
        }
        return parts
    }
}
