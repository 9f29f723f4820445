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
    ///   - own: halves that the county pays by its present reading.
    ///   - posted: calendar days for which its present postings carry allowances.
    static func all(
        _ states: [PersonVillage: IssuedDays], elsewhere: [SettledElsewhere], issued: [PersonVillage: PaymentLine],
        _ entitlement: MonthEntitlement, own: [ResidentID: IssuedHalves], posted: [ResidentID: UInt32],
        policy: Policy, in period: Period
    ) -> [PersonVillage: SettledPart] {
        var left: [ResidentID: [CivilDate: HalfDays]] = [:]
        var claims: [ResidentID: IssuedHalves] = [:]
        for day in elsewhere where day.date.period == period {
            left[day.person, default: [:]][day.date, default: .zero] += day.halfDays
            if let claim = day.claim { claims[day.person, default: IssuedHalves()].add(claim, on: day.date.day) }
        }
        var due: [PersonVillage: PaymentLine] = [:]
        for line in entitlement.lines { due[PersonVillage(line)] = line }
        var parts: [PersonVillage: SettledPart] = [:]
        for (key, state) in states.sorted(by: { $0.key < $1.key }) {
            guard let line = issued[key], left[key.person] != nil else { continue }
            var kept = IssuedHalves()
            var days: [AttendedDay] = []
            for day in state.halves.days {
                guard let date = period.date(day: day), let open = left[key.person]?[date], open > .zero else {
                    continue
                }
                // What is due by the county's own reading stands already.
                let halves = state.halves.beside(own[key.person] ?? IssuedHalves(), on: day)
                    .first(open.count, of: claims[key.person], on: day)
                let count = halves.count(on: day)
                guard count > 0 else { continue }
                left[key.person]?[date] = open - HalfDays(count)
                kept[day] = halves
                let payable = LivingStipend.payable(halves: count, on: date, policy: policy)
                days.append(AttendedDay(date: date, halfDays: payable ?? .zero))
            }
            guard !kept.isEmpty else { continue }
            let stipend = LivingStipend.compute(days, in: period, policy: policy)
            // Days of a posting that is in force have their allowance by it.
            let calendarDays = (kept.mask & state.posted & ~(posted[key.person] ?? 0)).nonzeroBitCount
            let issuedDays = state.posted.nonzeroBitCount
            func allowance(_ part: (PaymentLine) -> Fen?) -> Fen? {
                guard let old = part(line), issuedDays > 0 else { return nil }
                // Half up to the fen, as the allowance itself.
                let share = (2 * max(0, old.amount) * calendarDays + issuedDays) / (2 * issuedDays)
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
