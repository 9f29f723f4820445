import Domain
import Matching
import TestSupport

@testable import Payroll

/// A county in memory: who is posted where, what was sent, what was issued. The pure parts do the work.
struct BatchModel {
    let cadres: [Cadre]
    let villages: [(township: String, village: String)]
    let asOf = CivilDate(2019, 12, 31)!
    var blocks: [SubmittedBlock] = []
    /// Frozen lines by month paid.
    private(set) var batches: [(period: Period, lines: [PaymentLine])] = []
    /// Days that the sums issued stand for, by month worked.
    private(set) var issuedDays: [Period: PaidDays] = [:]
    private var clock = 0

    init(cadres: [Cadre], villages: [(township: String, village: String)]) {
        self.cadres = cadres
        self.villages = villages
    }

    var firstOpen: Period { batches.last?.period.next ?? PayrollFixture.october }

    /// A newer sheet of one village for one month; nobody in it withdraws the village's rows.
    mutating func submit(_ period: Period, _ village: Int, _ rows: [AttendanceRow]) {
        clock += 1
        let place = villages[village]
        var block = MonthFixture.block(rows, township: place.township)
        block.period = period
        for index in block.rows.indices {
            block.rows[index].village = SubmittedText(text: place.village, cell: CellAddress(row: 4, column: 3))
            block.rows[index].days = block.rows[index].days.compactMap { mark in
                guard let date = period.date(day: mark.date.day) else { return nil }
                var mark = mark
                mark.date = date
                return mark
            }
        }
        blocks.append(MonthFixture.file("\(place.village).xlsx", clock, block, arrival: clock))
    }

    func entitlement(_ period: Period) -> MonthEntitlement {
        let sent = blocks.filter { $0.block.period == period }
        if sent.isEmpty { return .nothing }
        return PayrollFixture.entitlement(cadres, sent, period: period, asOf: asOf)
    }

    func issued(_ origin: Period) -> [PaymentLine] {
        batches.flatMap(\.lines).filter { $0.originPeriod == origin }
    }

    /// What the first open month would issue now, and what stays outstanding.
    func open() -> (own: MonthEntitlement, adjustments: AdjustmentResult, closed: [ClosedMonth]) {
        let own = entitlement(firstOpen)
        let closed = batches.map { batch in
            ClosedMonth(
                period: batch.period, issued: issued(batch.period), issuedDays: issuedDays[batch.period] ?? [:],
                entitlement: entitlement(batch.period))
        }
        let adjustments = Adjustments.compute(
            closed, county: MonthFixture.county.code, target: firstOpen, own: own.lines)
        return (own, adjustments, closed)
    }

    /// Freezes the first open month.
    mutating func close() {
        let period = firstOpen
        let (own, adjustments, closed) = open()
        batches.append((period, own.lines + adjustments.lines))
        issuedDays[period] = own.paidDays
        for month in closed { settle(month, adjustments) }
    }

    /// Which days the sums of a month stand for, once its adjustments are issued.
    private mutating func settle(_ month: ClosedMonth, _ adjustments: AdjustmentResult) {
        let lines = adjustments.lines.filter { $0.originPeriod == month.period }
        var days = issuedDays[month.period] ?? [:]
        let now = month.entitlement.paidDays
        for line in lines {
            let key = PersonVillage(person: line.person, township: line.township, village: line.village)
            let isPart = adjustments.outstanding.contains {
                $0.originPeriod == month.period && $0.person == line.person && $0.village == line.village
                    && $0.township == line.township
            }
            guard isPart else {
                days[key] = now[key]
                continue
            }
            // Of what is only partly taken back, days that another village has now go first.
            var rest = -line.halfDays.count
            let elsewhere = now.filter { $0.key.person == line.person && $0.key != key }.flatMap(\.value.keys)
            let gone = (days[key] ?? [:]).keys.filter { now[key]?[$0] == nil }
                .sorted { (elsewhere.contains($0) ? 0 : 1, $0) < (elsewhere.contains($1) ? 0 : 1, $1) }
            for date in gone where rest > 0 {
                rest -= days[key]?[date]?.count ?? 0
                days[key]?[date] = nil
            }
        }
        issuedDays[month.period] = days
    }
}
