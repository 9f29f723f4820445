import Domain
import Ledger
import Matching
import Payroll
import Registers
import Rules

/// A county's months as the ledger holds them, read for pay: its registers once, each month when it is asked for.
struct CountyDesk {
    let ledger: LedgerReader
    let places: TodaysPlaces
    let hasRecords: Bool
    private let county: CountyCode
    private let step: PayStep
    private let entry: CountyRecordEntry?
    private let records: CountyRecords

    init(_ county: CountyCode, _ step: PayStep, _ ledger: LedgerReader) throws {
        self.county = county
        self.step = step
        self.ledger = ledger
        entry = try ledger.countyRecord(county)
        hasRecords = entry != nil
        records = try entry?.records.forPay ?? CountyRecords(county: step.context.shippedCounty(county))
        places = TodaysPlaces(records)
    }

    var bankReturns: [BankReturn] { entry?.bankReturns ?? [] }
    var cadres: [Cadre] { records.cadres }

    /// What a month entitles people to under the policy it is read with.
    func entitlement(_ month: CountyMonth) throws -> MonthEntitlement {
        guard let attendance = try attendance(month) else { return .nothing }
        return EntitlementBuilder.build(
            attendance, records: records, policy: step.policies.policy(of: month), asOf: step.policies.asOf(of: month),
            elsewhere: allowances(month))
    }

    /// Allowances that other counties' batches issued for the month to people of this one.
    func allowances(_ month: CountyMonth) -> [AllowancesElsewhere] { step.allowances(month, records.cadres) }

    private func attendance(_ month: CountyMonth) throws -> MonthAttendance? {
        try ledger.month(month)
            ?? (hasRecords ? nil : MonthAttendance(county: month.county, period: month.period))
    }

    /// A closed month, or one before it, as it was issued and as it reads now.
    func issued(_ month: CountyMonth) throws -> IssuedMonth {
        IssuedMonth(
            period: month.period, issued: try ledger.issued(county: county, origin: month.period),
            states: try ledger.issuedDays(county: county, origin: month.period), elsewhere: try settled(month),
            attendance: try attendance(month), entitlement: try entitlement(month),
            policy: step.policies.policy(of: month), decisions: entry?.decisions ?? [],
            isPassedOver: !step.isClosed(month))
    }

    func closed(_ issued: IssuedMonth) -> ClosedMonth { issued.closed(places, records) }

    /// Days of the month that other counties' readings claim and leave to what this one issued.
    func settled(_ month: CountyMonth) throws -> [SettledElsewhere] {
        try step.counties(beside: month).flatMap { other -> [SettledElsewhere] in
            let key = CountyMonth(county: other, period: month.period)
            return try ledger.month(key)?.settledElsewhere(step.policies.policy(of: key)) ?? []
        }
    }

    /// What the run's policy would pay otherwise of a closed month; nil where it would pay the same.
    func policyChange(_ month: CountyMonth, _ present: MonthEntitlement) throws -> PolicyChange? {
        guard step.policies.isOther(month) else { return nil }
        let other = try OtherPolicy(step.context, ledger).entitlement(
            month, records: records, policy: step.policies.current, than: step.policies.policy(of: month),
            asOf: step.policies.asOf(of: month), elsewhere: allowances(month))
        return PolicyChange(from: present.lines, to: other.lines)
    }

    /// What stands in settlements of closed months beyond what their files say.
    func laterSettlements(_ lines: [SettlementLine]) throws -> [SettlementLine] {
        let told = try ledger.settlementsAtClosing(county: county)
        return SettlementBook.difference(lines, less: told)
    }

    /// `decision-stale` of decisions about closed lines that no closed month knows.
    func staleDecisions(_ month: CountyMonth, known: [String]) throws -> [Finding] {
        let decided = (entry?.decisions ?? []).filter { $0.code == .closedLineHeld && $0.county == county }
        let unknown = decided.filter { !known.contains($0.evidence) }
        guard !unknown.isEmpty else { return [] }
        // What was taken back by a batch is settled with it.
        let frozen = try ledger.settledAtClosing(county: county)
        return unknown.filter { !frozen.contains($0.evidence) }.map { decision in
            Finding(
                .decisionStale, period: month.period, county: county, file: decision.source.file,
                sheet: decision.source.sheet, cell: decision.source.address, value: decision.evidence,
                arguments: [decision.code.chinese])
        }
    }

    /// The days that a closing keeps: of the month itself, and of months before whose corrections it carries.
    func states(_ month: CountyMonth, batch: String, outstanding: [OutstandingLine]) throws -> [IssuedDays] {
        var states: [IssuedDays] = []
        if let attendance = try attendance(month) {
            states = IssuedStates.own(
                attendance, try entitlement(month), records: records, policy: step.policies.policy(of: month),
                batch: batch)
        }
        guard case .carrying = step.standing(month) else { return states }
        for earlier in step.months(county) where earlier < month {
            states += try after(earlier, batch: batch, outstanding: outstanding, carriedBy: month.period)
        }
        return states
    }

    private func after(
        _ month: CountyMonth, batch: String, outstanding: [OutstandingLine], carriedBy period: Period
    ) throws -> [IssuedDays] {
        let issued = try issued(month)
        return IssuedStates.after(
            closed(issued), states: IssuedHistory.current(issued.states), attendance: issued.attendance,
            records: records, policy: issued.policy, outstanding: outstanding, carriedBy: period, batch: batch,
            today: places.callAsFunction)
    }
}

/// Sums of settlement rows.
enum SettlementBook {
    private struct Key: Hashable {
        let period: Period
        let person: ResidentID
        let batch: String
        let township: String
        let village: String

        init(_ line: SettlementLine) {
            period = line.period
            person = line.person
            batch = line.batch
            township = line.township
            village = line.village
        }
    }

    /// What `lines` say beyond what was told, in report order.
    static func difference(_ lines: [SettlementLine], less told: [SettlementLine]) -> [SettlementLine] {
        var sums: [Key: SettlementLine] = [:]
        for (list, sign) in [(lines, 1), (told, -1)] {
            for line in list {
                var sum = sums[Key(line)] ?? line
                if sums[Key(line)] == nil {
                    sum.halfDays = .zero
                    sum.amount = .zero
                }
                sum.halfDays += HalfDays(sign * line.halfDays.count)
                sum.amount += Fen(sign * line.amount.amount)
                sums[Key(line)] = sum
            }
        }
        return sums.values.filter { $0.halfDays != .zero || $0.amount != .zero }
            .sorted(by: SettlementLine.inReportOrder)
    }
}

extension PolicyChange {
    /// Who would get another amount, and the net; nil where nobody would.
    init?(from present: [PaymentLine], to other: [PaymentLine]) {
        func sums(_ lines: [PaymentLine]) -> [ResidentID: Fen] {
            lines.reduce(into: [:]) { $0[$1.person, default: .zero] += $1.total }
        }
        let (old, new) = (sums(present), sums(other))
        let people = Set(old.keys).union(new.keys).filter { old[$0] ?? .zero != new[$0] ?? .zero }
        guard !people.isEmpty else { return nil }
        self.init(
            people: people.map(\.text).sorted(),
            net: people.reduce(.zero) { $0 + (new[$1] ?? .zero) - (old[$1] ?? .zero) })
    }
}
