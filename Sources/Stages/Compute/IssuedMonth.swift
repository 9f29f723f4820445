import Domain
import Ledger
import Matching
import Payroll
import Registers
import Rules

/// Places by the names they have today: closed lines compare by key, never by spelling. Source: spec §8.
struct TodaysPlaces: Sendable {
    private let index: PlaceIndex

    init(_ records: CountyRecords) { index = PlaceIndex(records: records) }

    /// The place as it is called today; as it was called where the county no longer knows it.
    func callAsFunction(_ township: String, _ village: String) -> (township: String, village: String) {
        let now = index.township(named: township) ?? township
        guard let place = index.village(named: village, in: now) else { return (now, village) }
        return (place.township, place.village)
    }

    func line(_ line: PaymentLine) -> PaymentLine {
        var line = line
        (line.township, line.village) = self(line.township, line.village)
        return line
    }
}

/// A closed month, or one before it, as it was issued and as it reads now: what its corrections are made from.
struct IssuedMonth {
    var period: Period
    /// Everything issued for the month worked, over the batches that count.
    var issued: [PaymentLine]
    /// States of issued days, over the same batches.
    var states: [IssuedDays]
    /// Days that other counties leave unpaid for what this one issued.
    var elsewhere: [SettledElsewhere]
    /// The present reading; nil where there is none.
    var attendance: MonthAttendance?
    var entitlement: MonthEntitlement
    /// The policy that the month is read with.
    var policy: Policy
    var decisions: [Decision]
    /// How its corrections are reckoned.
    var reckoning = Reckoning.current
    /// No batch of its own.
    var isPassedOver = false

    func closed(_ places: TodaysPlaces, _ records: CountyRecords) -> ClosedMonth {
        let lines = issued.map(places.line)
        let current = IssuedStates.byPlace(IssuedHistory.current(states), places.callAsFunction)
        var days: PaidDays = [:]
        for (key, state) in current {
            for day in state.halves.days {
                if let date = period.date(day: day) {
                    days[key, default: [:]][date] = HalfDays(state.halves.count(on: day))
                }
            }
        }
        var closed = ClosedMonth(period: period, issued: lines, issuedDays: days, entitlement: entitlement)
        closed.reckoning = reckoning
        closed.isPassedOver = isPassedOver
        closed.settle(current, elsewhere: elsewhere, attendance, records: records, policy: policy)
        closed.decisions = Dictionary(
            decisions.filter { $0.code == .closedLineHeld }.map { ($0.evidence, $0) },
            uniquingKeysWith: { first, _ in first })
        guard Adjustments.hasFrozen(lines, entitlement) else { return closed }
        closed.cells = cells
        closed.named = Set((attendance?.rows ?? []).map(\.personID))
        if reckoning >= Reckoning.allowanceDays {
            closed.withhold(current, county: records.county.code, records: records, policy: policy)
        }
        return closed
    }

    /// What the sheets say of each person, as sent.
    private var cells: [ResidentID: [String]] {
        var cells: [ResidentID: [String]] = [:]
        for row in attendance?.rows ?? [] {
            guard let person = row.cadre else { continue }
            cells[person, default: []] +=
                [row.heldCodes.map(\.rawValue).joined(separator: ";")]
                + row.days.filter { !$0.text.isEmpty }.map { "\($0.date.iso) \($0.text)" }
        }
        return cells
    }
}
