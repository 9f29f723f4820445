import Domain
import Ledger
import Matching
import Registers
import Rules

/// Reads what a county's month is made of back from the ledger, for those who ask again: verify, rehearse, close.
struct MonthInputs {
    let context: RunContext
    let ledger: LedgerReader

    /// Everything the month was built from; nil for a county without any block of that month.
    func input(_ month: CountyMonth, policy: Policy, asOf: CivilDate) throws -> MonthInput? {
        guard let assignments = try ledger.assignments()[month] else { return nil }
        let submissions = try ledger.submissions()
        let entry = try ledger.countyRecord(month.county) ?? (try MonthInputs.emptyEntry(context, month.county))
        let headers = Dictionary(
            uniqueKeysWithValues: try ledger.blockHeaders(of: assignments.map(\.block)).map { ($0.id, $0.submission) })
        let blocks = try assignments.compactMap { assignment -> SubmittedBlock? in
            guard let submission = headers[assignment.block].flatMap({ submissions[$0] }) else { return nil }
            return SubmittedBlock(
                order: submission.order, block: try ledger.block(assignment.block), rowIndexes: assignment.rows,
                mendedTo: assignment.mendedTo)
        }
        return MonthInputs.input(
            month.period, blocks: blocks, entry: entry, units: UnitIndex(try ledger.units()), foreign: [],
            policy: policy, asOf: asOf)
    }

    /// The input of a month under a policy: of registers and units just what the month reads.
    static func input(
        _ period: Period, blocks: [SubmittedBlock], entry: CountyRecordEntry, units: UnitIndex,
        foreign: [PresenceClaim], policy: Policy, asOf: CivilDate
    ) -> MonthInput {
        var input = MonthInput(
            period: period, asOf: asOf, records: entry.records.forMonth(period), heldRosterRows: entry.heldRosterRows,
            units: units.units(deciding: unitTexts(blocks)), blocks: blocks, foreignClaims: foreign,
            payable: Set(policy.statuses(.payableStatuses, on: period.lastDay)?.value ?? []),
            acceptsTotalsOnly: policy.flag(.acceptTotalsOnly, on: period.lastDay)?.value ?? false)
        input.decisions = entry.decisions.filter { $0.isOfMonths && ($0.period == nil || $0.period == period) }
        return input
    }

    /// The sending units that sheets name, as sent.
    static func unitTexts(_ blocks: [SubmittedBlock]) -> Set<String> {
        var texts: Set<String> = []
        for block in blocks {
            for row in block.block.rows { if let unit = row.sendingUnit { texts.insert(unit.text) } }
        }
        return texts
    }

    /// Claims of presence that other counties' sheets make for people of this month.
    func foreignClaims(_ month: CountyMonth, policy: Policy, asOf: CivilDate) throws -> [PresenceClaim] {
        guard let people = try ledger.sharedPeople(in: [month.period])[month.period] else { return [] }
        let shared = Set(people.filter { $0.value.contains(month.county) }.keys)
        let others = Set(people.filter { shared.contains($0.key) }.values.flatMap { $0 }).subtracting([month.county])
        return try others.sorted().flatMap { county -> [PresenceClaim] in
            let other = CountyMonth(county: county, period: month.period)
            guard let input = try input(other, policy: policy, asOf: asOf) else { return [] }
            return MonthBuilder.claims(input).filter { shared.contains($0.personID) }
        }
    }

    /// A county whose roster and registers nobody sent yet: its rows are held, none is lost.
    static func emptyEntry(_ context: RunContext, _ county: CountyCode) throws -> CountyRecordEntry {
        let record =
            try context.regions().first { $0.code == county }
            ?? CountyRecord(code: county, name: county.text, prefecture: "", isDeepPoverty: false)
        return CountyRecordEntry(records: CountyRecords(county: record))
    }
}
