import Domain
import Ledger
import Matching
import Payroll

/// A closed month with the days behind what was issued for it.
enum IssuedMonth {
    /// - Parameter issued: everything issued for the month worked, over the batches that count.
    static func closed(
        _ month: CountyMonth, issued: [PaymentLine], entitlement: MonthEntitlement, _ ledger: LedgerReader
    ) throws -> ClosedMonth {
        var closed = ClosedMonth(period: month.period, issued: issued, entitlement: entitlement)
        // The evidence is read back only where something issued stands against a newer reading.
        guard Adjustments.hasFrozen(issued, entitlement) else { return closed }
        let batch = BatchRecord.id(month)
        guard let evidence = try ledger.evidence(batch: batch) else { return closed }
        var days = paidDays(evidence.month)
        // After an adjustment it is no longer known which days the sum stands for.
        for line in issued where line.batch != batch {
            days[PersonVillage(person: line.person, township: line.township, village: line.village)] = nil
        }
        closed.issuedDays = days
        return closed
    }

    /// The days that the evidence of a batch counted. A total that policy accepted names none.
    private static func paidDays(_ month: MonthAttendance) -> PaidDays {
        var days: PaidDays = [:]
        for row in month.rows where !row.isHeld {
            guard let person = row.cadre else { continue }
            for day in row.days where day.counted > .zero {
                let key = PersonVillage(person: person, township: day.township, village: day.village)
                days[key, default: [:]][day.date, default: .zero] += day.counted
            }
        }
        return days
    }
}
