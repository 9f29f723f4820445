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
            units: units.units(deciding: unitTexts(blocks)), blocks: blocks,
            foreignClaims: foreign.sorted(by: PresenceClaim.inOrder),
            payable: payable(policy, period), acceptsTotalsOnly: false)
        input.totalRates = totalRates(policy, period)
        input.acceptsTotalsOnly = input.totalRates.contains { $0 != 0 }
        input.decisions = entry.decisions.filter { $0.isOfMonths && ($0.period == nil || $0.period == period) }
        return input
    }

    /// Statuses paid in a month, day by day.
    static func payable(_ policy: Policy, _ period: Period) -> PayableStatuses {
        PayableStatuses(in: period) { Set(policy.statuses(.payableStatuses, on: $0)?.value ?? []) }
    }

    /// The rates of a month's days, numbered; 0 where no stated total is accepted.
    static func totalRates(_ policy: Policy, _ period: Period) -> [Int] {
        var rates: [Fen] = []
        return period.range.dates.map { date in
            guard policy.flag(.acceptTotalsOnly, on: date)?.value == true,
                let rate = policy.money(.livingStipendPerDay, on: date)?.value
            else { return 0 }
            if let known = rates.firstIndex(of: rate) { return known + 1 }
            rates.append(rate)
            return rates.count
        }
    }

    /// Whether two policies read a month's sheets the same way.
    static func readsAlike(_ left: Policy, _ right: Policy, _ period: Period) -> Bool {
        left.marks == right.marks && payable(left, period) == payable(right, period)
            && totalRates(left, period) == totalRates(right, period)
    }

    /// Everything a month is built from under a policy, other counties' claims and batches with it.
    func whole(_ month: CountyMonth, policy: Policy, asOf: CivilDate) throws -> MonthInput? {
        guard var input = try input(month, policy: policy, asOf: asOf) else { return nil }
        if policy.marks != context.policy.marks {
            input.blocks = try BlocksAgain(context, policy).read(input.blocks, try ledger.submissions())
        }
        input.foreignClaims = try foreignClaims(month, policy: policy, asOf: asOf)
        input.issuedElsewhere = try issuedElsewhere(month)
        input.issued = try issued(month)
        return input
    }

    /// What other counties' batches issued to people of the month.
    func issuedElsewhere(_ month: CountyMonth) throws -> [IssuedElsewhere] {
        try MonthInputs.issuedElsewhere(month, try ledger.issuedToPeopleOfOthers()[month] ?? [], ledger)
            + GuestClaims(context, ledger).issued(month, try ledger.people(month))
    }

    static func issuedElsewhere(
        _ month: CountyMonth, _ people: [ResidentID], _ ledger: LedgerReader
    ) throws -> [IssuedElsewhere] {
        try people.flatMap { person in
            IssuedHistory.elsewhere(
                try ledger.issuedDays(person: person, origin: month.period), than: month.county)
        }
    }

    /// What the county's batches issued for the month, and others' to a name and account of its people under another
    /// ID.
    func issued(_ month: CountyMonth) throws -> [IssuedDays] {
        let cadres = try ledger.countyRecord(month.county)?.records.cadres ?? []
        return try MonthInputs.issued(month, cadres, GuestClaims(context, ledger), ledger)
    }

    static func issued(
        _ month: CountyMonth, _ cadres: [Cadre], _ guests: GuestClaims, _ ledger: LedgerReader
    ) throws -> [IssuedDays] {
        let own = IssuedHistory.current(try ledger.issuedDays(county: month.county, origin: month.period))
        let payees = Payee.all(cadres)
        var people: Set<IssuedTo> = []
        for account in Set(payees.keys.map(\.account)).sorted() {
            for row in try ledger.issuedDays(account: account, origin: month.period)
            where row.county != month.county && isOther(row, payees) {
                people.insert(IssuedTo(county: row.county, person: row.person))
            }
        }
        let others = try issued(to: people.sorted(), month.period, ledger).filter { isOther($0, payees) }
        return (own + others + (try guests.others(month, payees))).sorted(by: IssuedHistory.inOrder)
    }

    /// What stands issued to people by counties, once for each name and account it went to.
    static func issued(to people: [IssuedTo], _ period: Period, _ ledger: LedgerReader) throws -> [IssuedDays] {
        try people.flatMap { issued in
            IssuedHistory.byPayee(
                try ledger.issuedDays(person: issued.person, origin: period).filter { $0.county == issued.county })
        }
    }

    /// Whether it went to a name and account that stand here under another ID.
    private static func isOther(_ issued: IssuedDays, _ payees: [Payee: Set<ResidentID>]) -> Bool {
        guard let payee = issued.payee, let owners = payees[payee] else { return false }
        return owners.contains { $0 != issued.person }
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
    func foreignClaims(
        _ month: CountyMonth, policy: Policy, asOf: CivilDate, guests: GuestClaims? = nil
    ) throws -> [PresenceClaim] {
        let guests = try guests ?? GuestClaims(context, ledger)
        let given = try guests.isEmpty ? [] : guests.claims(month, ledger.people(month))
        guard let people = try ledger.sharedPeople(in: [month.period])[month.period] else { return given }
        let shared = Set(people.filter { $0.value.contains(month.county) }.keys)
        let others = Set(people.filter { shared.contains($0.key) }.values.flatMap { $0 }).subtracting([month.county])
        return try given
            + others.sorted().flatMap { county -> [PresenceClaim] in
                let other = CountyMonth(county: county, period: month.period)
                guard var input = try input(other, policy: policy, asOf: asOf) else { return [] }
                input.issued = try issued(other)
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
