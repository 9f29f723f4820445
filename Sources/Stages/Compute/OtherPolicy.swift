import Domain
import Ledger
import Matching
import Payroll
import Registers
import Rules

/// A month under another policy than it is kept with: matched once more only where that policy reads marks otherwise.
struct OtherPolicy {
    private let context: RunContext
    private let ledger: LedgerReader

    init(_ context: RunContext, _ ledger: LedgerReader) {
        self.context = context
        self.ledger = ledger
    }

    func entitlement(
        _ month: CountyMonth, records: CountyRecords, policy: Policy, than kept: Policy, asOf: CivilDate,
        elsewhere: [AllowancesElsewhere]
    ) throws -> MonthEntitlement {
        guard let attendance = try attendance(month, policy, than: kept, asOf) else { return .nothing }
        return EntitlementBuilder.build(
            attendance, records: records, policy: policy, asOf: asOf, elsewhere: elsewhere)
    }

    private func attendance(
        _ month: CountyMonth, _ policy: Policy, than kept: Policy, _ asOf: CivilDate
    ) throws -> MonthAttendance? {
        guard !MonthInputs.readsAlike(policy, kept, month.period) else { return try ledger.month(month) }
        let inputs = MonthInputs(context: context, ledger: ledger)
        guard let input = try inputs.whole(month, policy: policy, asOf: asOf) else { return nil }
        return MonthBuilder.build(input)
    }
}
