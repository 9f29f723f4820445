import Domain
import Rules

/// Notes the dated values that a month's figures rest on while they are worked out. Source: spec §7.
struct TraceBuilder {
    private(set) var trace = PayTrace()
    private var places: [PayBasis: Int] = [:]
    private let policy: Policy

    /// With what holds for everybody's days: rate, half days, statuses that are paid.
    init(_ policy: Policy, _ period: Period) {
        self.policy = policy
        for date in period.range.dates {
            var bases: [Int] = []
            if let rate = policy.money(.livingStipendPerDay, on: date) {
                bases.append(note(rate, rate.value.yuanText))
            }
            if let half = policy.halfDays(.halfDayValue, on: date) { bases.append(note(half, half.value.daysText)) }
            if let statuses = policy.statuses(.payableStatuses, on: date) {
                bases.append(note(statuses, statuses.value.map(\.rawValue).joined(separator: ", ")))
            }
            if trace.spans.last?.bases != bases { trace.spans.append(PayTrace.Span(firstDay: date.day, bases: bases)) }
        }
    }

    /// - Parameter isHeld: whether the line waits, so that nothing is paid.
    mutating func note(_ allowance: LocationAllowanceResult, of person: ResidentID, isHeld: Bool) {
        for amount in allowance.amounts {
            for (index, segment) in amount.segments.enumerated() {
                trace.allowances.append(
                    PayTrace.Allowance(
                        person: person, title: policy.rateTables[amount.table]?.title ?? amount.table.chinese,
                        township: allowance.posting.township, village: allowance.posting.village, days: segment.days,
                        key: segment.keyText, standard: segment.postingStandard.map { note($0, $0.value.yuanText) },
                        unitStandard: segment.unitStandard.map { note($0, $0.value.yuanText) },
                        topUp: segment.unitStandard == nil ? nil : segment.topUp,
                        // The amount is the posting's; it is said once, with its first stretch.
                        amount: index == 0 && !isHeld ? amount.amount : nil))
            }
        }
    }

    private mutating func note<Value>(_ value: DatedValue<Value>, _ text: String) -> Int {
        let basis = PayBasis(
            title: value.title, value: text, unit: value.unit, from: value.from, to: value.to,
            source: value.source.text)
        if let place = places[basis] { return place }
        places[basis] = trace.bases.count
        trace.bases.append(basis)
        return trace.bases.count - 1
    }
}

extension PayTrace {
    /// The values that hold for everybody's days of a month; nothing of allowances.
    public init(_ policy: Policy, _ period: Period) { self = TraceBuilder(policy, period).trace }
}
