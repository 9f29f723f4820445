import Domain
import Matching
import Rules

/// Allowances that the present reading of a closed month would pay at a place for calendar days whose allowances stand
/// issued at another place of the county. Source: spec §7 («pro rata by posted calendar days … the month's parts add
/// up»), §8 («the allowances of that calendar day with it»).
struct WithheldAllowances: Sendable {
    struct Part: Sendable {
        var amount: Fen
        /// Where the days were issued.
        var beside: PersonVillage
    }

    /// By the place that would be paid.
    var parts: [PersonVillage: Part] = [:]
    /// The lines of those places, as they would be paid without.
    var lines: [PersonVillage: PaymentLine] = [:]
    /// The calendar days that stand issued, a bit each.
    var days: [ResidentID: UInt32] = [:]
}

extension ClosedMonth {
    /// Takes out of what is due allowances of days that were issued at another place and stand.
    ///
    /// - Parameter states: what stands issued, by person and village.
    public mutating func withhold(
        _ states: [PersonVillage: IssuedDays], county: CountyCode, records: CountyRecords, policy: Policy
    ) {
        let lines = ClosedLines(self, county: county, target: period)
        var standing: [ResidentID: [(key: PersonVillage, days: UInt32)]] = [:]
        for (key, state) in states.sorted(by: { $0.key < $1.key }) where state.posted != 0 && lines.stands(key) {
            standing[key.person, default: []].append((key, state.posted))
        }
        guard !standing.isEmpty else { return }
        let places = AllowancePlaces(records)
        for cadre in records.cadres {
            guard let stands = standing[cadre.id] else { continue }
            let elsewhere = records.postingsElsewhere.filter { $0.person == cadre.id }
            let unpaid = Set((entitlement.unpaidAllowances[cadre.id] ?? 0).days)
            func allowances(_ mask: UInt32) -> [PersonVillage: [RateTableID: Fen]] {
                WithheldAllowances.sums(
                    LocationAllowance.compute(
                        cadre.postings, elsewhere: elsewhere, in: period, places: places, policy: policy,
                        unpaid: unpaid.union(mask.days)), of: cadre.id)
            }
            let all = allowances(0)
            let taken = stands.map { (key: $0.key, days: $0.days & ~shared(cadre, $0.key, all[$0.key], lines)) }
            let mask = taken.reduce(0) { $0 | $1.days }
            guard mask != 0 else { continue }
            withheld.days[cadre.id] = mask
            let paid = allowances(mask)
            for (key, amounts) in all.sorted(by: { $0.key < $1.key }) where !lines.stands(key) {
                let posted = posted(cadre, key)
                guard let beside = taken.first(where: { $0.key != key && $0.days & posted != 0 })?.key else { continue }
                take(amounts.merging(paid[key] ?? [:]) { $0 - $1 }, from: key, beside)
            }
        }
    }

    /// Days of a standing line that its own posting shares with others, each paid its part: issued was no more.
    private func shared(
        _ cadre: Cadre, _ key: PersonVillage, _ part: [RateTableID: Fen]?, _ lines: ClosedLines
    ) -> UInt32 {
        guard let part, let line = lines.issued[key] else { return 0 }
        guard line.total - line.livingStipend <= part.values.reduce(.zero, +) else { return 0 }
        return posted(cadre, key)
    }

    /// Calendar days of a person's postings at a place.
    private func posted(_ cadre: Cadre, _ key: PersonVillage) -> UInt32 {
        cadre.postings.filter { PersonVillage(cadre.id, $0) == key }.dayMask(in: period)
    }

    private mutating func take(_ amounts: [RateTableID: Fen], from key: PersonVillage, _ beside: PersonVillage) {
        func less(_ line: PaymentLine) -> PaymentLine {
            var line = line
            func rest(_ amount: Fen?, _ table: RateTableID) -> Fen? { amount.map { $0 - (amounts[table] ?? .zero) } }
            line.hardshipAllowance = rest(line.hardshipAllowance, .hardshipAllowance)
            line.qinghaiAllowance = rest(line.qinghaiAllowance, .qinghaiAllowance)
            line.townshipSubsidy = rest(line.townshipSubsidy, .townshipSubsidy)
            return line
        }
        var before: PaymentLine?
        if let index = entitlement.lines.firstIndex(where: { PersonVillage($0) == key }) {
            before = entitlement.lines[index]
            entitlement.lines[index] = less(entitlement.lines[index])
        } else if let waiting = entitlement.waiting[key] {
            before = waiting
            entitlement.waiting[key] = less(waiting)
        }
        guard let before else { return }
        withheld.lines[key] = before
        withheld.parts[key] = WithheldAllowances.Part(amount: before.total - less(before).total, beside: beside)
    }
}

extension WithheldAllowances {
    fileprivate static func sums(
        _ results: [LocationAllowanceResult], of person: ResidentID
    ) -> [PersonVillage: [RateTableID: Fen]] {
        var sums: [PersonVillage: [RateTableID: Fen]] = [:]
        for result in results {
            for amount in result.amounts {
                guard let value = amount.amount else { continue }
                sums[PersonVillage(person, result.posting), default: [:]][amount.table, default: .zero] += value
            }
        }
        return sums
    }
}
