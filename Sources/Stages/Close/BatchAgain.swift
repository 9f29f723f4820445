import Domain
import Ledger
import Matching
import Payroll
import Registers
import Reports
import Rules

/// A batch computed again from what was kept. Source: spec §8.
struct BatchAgain {
    struct Result {
        var papers: MonthPapers
        /// Days it issued; nil for batches of programs that kept none.
        var days: [IssuedDays]?
    }

    private let kept: KeptBatch
    private let ledger: LedgerReader
    private let batch: BatchRecord
    private let county: CountyCode
    private let entry: CountyRecordEntry
    private let units: UnitIndex
    private let records: CountyRecords
    private let places: TodaysPlaces
    private let sent: KeptBatch.Sent
    private let assigner: CountyAssigner
    private let months: [Period: [SubmittedBlock]]

    init(_ kept: KeptBatch, _ ledger: LedgerReader) throws {
        self.kept = kept
        self.ledger = ledger
        batch = kept.batch
        let county = batch.month.county
        self.county = county
        sent = try kept.sent(marks: kept.policy.marks)
        let built = try kept.registers(sent)
        assigner = CountyAssigner(built)
        entry = CountyRecordEntry(
            records: built.counties[county] ?? CountyRecords(county: kept.record(county, built)),
            heldRosterRows: built.heldRosterRows[county] ?? [],
            decisions: built.decisions.inForce(in: county),
            bankReturns: built.bankReturns.filter { $0.county == county })
        units = UnitIndex(built.units)
        records = entry.records.forPay
        places = TodaysPlaces(records)
        months = BatchAgain.months(sent, assigner, county, upTo: batch.month.period)
    }

    private static func months(
        _ sent: KeptBatch.Sent, _ assigner: CountyAssigner, _ county: CountyCode, upTo last: Period
    ) -> [Period: [SubmittedBlock]] {
        var months: [Period: [SubmittedBlock]] = [:]
        let mended = mendedBlocks(sent.blocks)
        for (position, (source, block)) in sent.blocks.enumerated() where block.period <= last {
            let rows = assigner.assign(block).enumerated().filter { $0.element == .county(county) }.map(\.offset)
            let isOurs = block.rows.isEmpty ? assigner.county(of: block) == county : !rows.isEmpty
            guard isOurs else { continue }
            months[block.period, default: []].append(
                SubmittedBlock(
                    order: source.order, block: block, rowIndexes: rows.count == block.rows.count ? nil : rows,
                    mendedTo: mended[position]))
        }
        return months
    }

    /// Blocks, by place in the list, that the next version of their file took back.
    private static func mendedBlocks(_ blocks: [(source: BatchSource, block: AttendanceBlock)]) -> [Int: Period] {
        var places: [Int: [Int]] = [:]
        for (place, (source, _)) in blocks.enumerated() { places[source.id, default: []].append(place) }
        var versions: [String: [Int]] = [:]
        for source in Dictionary(blocks.map { ($0.source.id, $0.source) }, uniquingKeysWith: { first, _ in first })
            .values
        {
            versions[source.path, default: []].append(source.id)
        }
        var result: [Int: Period] = [:]
        for ids in versions.values where ids.count > 1 {
            let ordered = ids.sorted()
            for (old, new) in zip(ordered, ordered.dropFirst()) {
                guard let before = places[old], let after = places[new] else { continue }
                let mended = MendedInPlace.withdrawn(
                    before.map { blocks[$0].block }, by: after.map { blocks[$0].block },
                    received: (blocks[before[0]].source.modified, blocks[after[0]].source.modified))
                for (index, period) in mended { result[before[index]] = period }
            }
        }
        return result
    }

    // MARK: Months

    /// A month as it was matched, under the policy it was read with; nil where nothing of it came.
    private func attendance(_ period: Period, _ policy: Policy) throws -> MonthAttendance? {
        var blocks = months[period]
        if policy.marks != kept.policy.marks {
            blocks =
                BatchAgain.months(
                    try kept.sent(marks: policy.marks), assigner, county, upTo: batch.month.period)[period]
        }
        guard let blocks else { return nil }
        let foreign = kept.foreign(period)
        var input = MonthInputs.input(
            period, blocks: blocks, entry: entry, units: units, foreign: foreign.claims, policy: policy,
            asOf: batch.asOf)
        input.laysTotals = reckoning >= Reckoning.totals
        input.issuedElsewhere = foreign.issued
        input.issued = (IssuedHistory.current(try states(period)) + foreign.others).sorted(by: IssuedHistory.inOrder)
        return MonthBuilder.build(input)
    }

    /// How its corrections were reckoned.
    private var reckoning: Int { kept.kept?.reckoning ?? Reckoning.first }

    private func states(_ period: Period) throws -> [IssuedDays] {
        try ledger.issuedDays(county: county, origin: period).filter { $0.batch < batch.id }
    }

    private func entitlement(_ attendance: MonthAttendance?, _ policy: Policy) -> MonthEntitlement {
        attendance.map {
            EntitlementBuilder.build(
                $0, records: records, policy: policy, asOf: batch.asOf,
                elsewhere: kept.foreign($0.period).allowances ?? [])
        } ?? .nothing
    }

    private func issued(_ period: Period) throws -> IssuedMonth {
        let policy = try kept.policy(of: period)
        let attendance = try attendance(period, policy)
        return IssuedMonth(
            period: period,
            issued: try ledger.issued(county: county, origin: period).filter { ($0.batch ?? "") < batch.id },
            states: try states(period), elsewhere: kept.foreign(period).settled, attendance: attendance,
            entitlement: entitlement(attendance, policy), policy: policy, decisions: entry.decisions,
            reckoning: reckoning, isPassedOver: try !closedBefore().contains(period))
    }

    /// Months of the county that had a batch by then.
    private func closedBefore() throws -> Set<Period> {
        Set(try ledger.batches().filter { $0.month.county == county && $0.id < batch.id }.map(\.month.period))
    }

    /// Months before that the batch carried corrections of.
    private func carried() throws -> [Period] {
        if let carried = kept.kept?.carried { return carried }
        let earlier = try ledger.batches().filter { $0.month.county == county && $0.month < batch.month }
        guard let last = earlier.last?.month.period, last.next == batch.month.period else { return [] }
        // Months that were passed over count as closed with nothing issued.
        let passed = months.keys.filter { period in period < last && !earlier.contains { $0.month.period == period } }
        return (earlier.map(\.month.period) + passed).sorted()
    }

    // MARK: The batch

    func compute() throws -> Result {
        let attendance = try attendance(batch.month.period, kept.policy)
        let own = entitlement(attendance, kept.policy)
        var papers = MonthPapers(
            pay: MonthPay(month: batch.month, lines: own.lines, held: own.held, findings: own.findings),
            standing: SharedAccounts.standing(entry))
        papers.pay.detail.settlements = own.settlements
        var days =
            attendance.map {
                IssuedStates.own($0, own, records: records, policy: kept.policy, batch: batch.id)
            } ?? []
        let months = try carried().map(issued)
        let corrections = months.map {
            Adjustments.correction($0.closed(places, records), county: county, target: batch.month.period)
        }
        if !months.isEmpty {
            let reissues = try again()
            let purse = own.lines + (reckoning >= Reckoning.rows ? reissues : [])
            let adjusted = Adjustments.compute(corrections.flatMap(\.lines), own: purse, reckoning: reckoning)
            papers.pay.lines = (own.lines + adjusted.lines + reissues).sorted(
                by: PaymentLine.inStatementOrder)
            papers.pay.outstanding = adjusted.outstanding
            for month in months {
                days += IssuedStates.after(
                    month.closed(places, records), states: IssuedHistory.current(month.states),
                    attendance: month.attendance,
                    records: records, policy: month.policy, outstanding: adjusted.outstanding,
                    carriedBy: batch.month.period, batch: batch.id, today: places.callAsFunction)
            }
            papers.pay.detail.laterSettlements = SettlementBook.difference(
                months.flatMap(\.entitlement.settlements),
                less: try ledger.settlementsAtClosing(county: county, before: batch.id))
        }
        papers.pay.lines = SharedAccounts.noted(papers.pay.lines, SharedAccounts.notes(entry))
        papers.sources = try sources(papers.pay.lines)
        try ask(&papers, attendance, zip(months, corrections).map { ($0, $1.decisions) })
        if let closing = kept.kept {
            papers.issuers = Dictionary(
                closing.issuers.compactMap { code, name in CountyCode(code).map { ($0, name) } },
                uniquingKeysWith: { first, _ in first })
            papers.adoptions = Array(try ledger.adoptions().prefix(closing.adoptions))
        }
        return Result(papers: papers, days: kept.kept == nil ? nil : days)
    }

    /// The workbooks that its lines rest on, as its manifest names them.
    private func sources(_ lines: [PaymentLine]) throws -> [FileDigest] {
        var attended = Set((months[batch.month.period] ?? []).map(\.order.arrival))
        if reckoning >= Reckoning.rows {
            for line in lines where line.isAdjustment && line.reissue == nil {
                attended.formUnion((months[line.originPeriod] ?? []).map(\.order.arrival))
            }
            let again = lines.filter { $0.reissue != nil }
            if !again.isEmpty { attended.formUnion(MonthPapers.answered(again, try answers())) }
        }
        let registers = Set(sent.registers.filter { !$0.rows.isEmpty }.map(\.order.arrival))
        let paths = entry.records.sourceFiles
        return try kept.evidence.sources.filter { source in
            attended.contains(source.id) || registers.contains(source.id) && paths.contains(source.path)
        }.reduce(into: Set<FileDigest>()) { files, source in
            let size = try kept.bytes(source.sha256, source.path, source.path).count
            files.insert(FileDigest(path: source.path, sha256: source.sha256, sizeBytes: size))
        }.sorted()
    }

    /// What people could settle, as its 裁定表 and manifest tell it.
    private func ask(
        _ papers: inout MonthPapers, _ own: MonthAttendance?, _ months: [(month: IssuedMonth, lines: MonthDecisions)]
    ) throws {
        // What was passed over asks in a form of its own.
        let closed = try closedBefore()
        let turns = months.filter { closed.contains($0.month.period) }
        papers.ask(
            own?.decisions ?? MonthDecisions(),
            closed: turns.flatMap { [$0.month.attendance?.decisions ?? MonthDecisions(), $0.lines] },
            frozen: turns.isEmpty ? [] : try ledger.settledAtClosing(county: county, before: batch.id),
            accounts: SharedAccounts.questions(entry).map(\.finding))
        for period in papers.askedPeriods {
            papers.asked[period] =
                period == batch.month.period ? own : months.first { $0.month.period == period }?.month.attendance
        }
        if !papers.asked.isEmpty { papers.records = records }
    }

    /// What banks had returned by then.
    private func answers() throws -> [BankAnswer] {
        let known = try ledger.bankLines(county: county).filter { $0.batch < batch.id }
        return BankAnswers.match(entry.bankReturns, to: known, in: batch.month.period, county, cadres: []).answers
    }

    /// What comes again by it.
    private func again() throws -> [PaymentLine] {
        BankAnswers.reissues(
            try answers(),
            issued: try ledger.reissued(county: county).filter { ($0.batch ?? "") < batch.id },
            cadres: entry.records.cadres, county: county, target: batch.month.period, reckoning: reckoning)
    }
}
