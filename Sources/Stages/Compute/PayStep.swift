import Domain
import Ledger
import Matching
import Payroll
import Registers
import Rules
import Work

/// Pay: what every month whose inputs are not as they were entitles people to, and what closed months owe beside it.
struct PayStep: Sendable {
    /// Where a month stands beside the closed ones of its county.
    private enum Standing {
        case open
        /// A closed month, or one before it; its corrections go to the target.
        case closed(target: Period)
        /// The first month after the last closed one.
        case carrying
    }

    /// What was computed of one month.
    struct Result: Sendable {
        var pay: MonthPay
        /// What became of the county's bank lines; with the month that carries what comes again.
        var answers: [BankAnswer]?
        var correction: [PaymentLine]?
        var entry: WorkEntry
        /// Nil where nothing is owed.
        var correctionEntry: WorkEntry?
    }

    private let context: RunContext
    private let work: WorkTable
    private let matched: Set<CountyMonth>
    private let closed: Set<CountyMonth>
    private let lastClosed: [CountyCode: Period]
    private let issuing: [CountyCode: [Period: [String]]]

    init(_ context: RunContext, _ ledger: LedgerReader, _ work: WorkTable) throws {
        self.context = context
        self.work = work
        matched = try ledger.matchedMonths()
        closed = Set(try ledger.batches().map(\.month))
        var last: [CountyCode: Period] = [:]
        for month in closed { last[month.county] = max(last[month.county] ?? month.period, month.period) }
        lastClosed = last
        var issuing: [CountyCode: [Period: [String]]] = [:]
        for county in last.keys { issuing[county] = try ledger.issuingBatches(county) }
        self.issuing = issuing
    }

    // MARK: What decides

    /// Counties with a month that must be computed, sorted.
    var staleCounties: [CountyCode] {
        var months: [CountyCode: Set<CountyMonth>] = [:]
        for month in matched.union(closed) { months[month.county, default: []].insert(month) }
        return months.keys.filter { county in
            if let only = context.options.county, only != county { return false }
            return self.months(county).contains { !isCurrent($0, work) }
        }.sorted()
    }

    /// Months of a county that are computed: those with data, the closed ones, the one that carries adjustments.
    private func months(_ county: CountyCode) -> [CountyMonth] {
        var all = matched.union(closed).filter { $0.county == county }
        if let last = lastClosed[county] { all.insert(CountyMonth(county: county, period: last.next)) }
        return all.sorted()
    }

    private func standing(_ month: CountyMonth) -> Standing {
        guard let last = lastClosed[month.county] else { return .open }
        return month.period <= last ? .closed(target: last.next) : month.period == last.next ? .carrying : .open
    }

    private func isCurrent(_ month: CountyMonth, _ work: WorkTable) -> Bool {
        work.holds(.pay(month), inputs(month, usesTarget: work[.pay(month)]?.uses.isEmpty == false, work))
    }

    /// What a month's pay is made of. A closed month with nothing to correct does not ask where corrections go.
    private func inputs(_ month: CountyMonth, usesTarget: Bool, _ work: WorkTable) -> Inputs {
        var inputs = Inputs()
        inputs.add("program", ProgramVersion.computing)
        inputs.add("policy", context.policySHA256)
        inputs.add("as of", context.asOfMark(month.period))
        inputs.add(.register(month.county, for: .pay), work)
        inputs.add(.month(month), work)
        switch standing(month) {
        case .open:
            // Before anything is issued a bank can have answered nothing: the first month says so.
            if lastClosed[month.county] == nil, months(month.county).first == month {
                inputs.add(.register(month.county, for: .returns), work)
            }
        case .closed(let target):
            inputs.add("batch", closed.contains(month) ? "own" : "none")
            inputs.add("issued", (issuing[month.county]?[month.period] ?? []).joined(separator: ","))
            if usesTarget { inputs.add("target", target.description) }
        case .carrying:
            inputs.add("carries", "corrections")
            inputs.add(.register(month.county, for: .returns), work)
            inputs.add("batches", closed.filter { $0.county == month.county }.map(BatchRecord.id).sorted().joined())
            for earlier in months(month.county) where earlier < month { inputs.add(.correction(earlier), work) }
        }
        return inputs
    }

    // MARK: Making

    /// Computes the stale months of a county, the earliest first: what closed months owe stands before it is carried.
    func make(_ county: CountyCode, _ ledger: LedgerReader) throws -> [Result] {
        var work = work
        var results: [Result] = []
        let entry = try ledger.countyRecord(county)
        let records = entry?.records.forPay
        let asked = try records ?? CountyRecords(county: context.shippedCounty(county))
        for month in months(county) where !isCurrent(month, work) {
            // A county without registers of its own has nothing to correct.
            let standing = records == nil ? .open : standing(month)
            let entitlement = try entitlement(month, asked, ledger, hasRecords: records != nil)
            var result: Result
            switch standing {
            case .open:
                let isFirst = lastClosed[county] == nil && months(county).first == month
                let answered = BankAnswers.match(
                    isFirst ? entry?.bankReturns ?? [] : [], to: [], in: month.period, county)
                result = try self.result(month, entitlement, answered.findings, work)
            case .closed(let target):
                let closed = try IssuedMonth.closed(
                    month, issued: try ledger.issued(county: county, origin: month.period), entitlement: entitlement,
                    ledger)
                let correction = Adjustments.correction(closed, county: county, target: target)
                var own = entitlement
                // A month that was passed over pays in no file of its own: all it owes is an adjustment.
                if !self.closed.contains(month) { own.lines = [] }
                result = try self.result(month, own, correction.findings, work, correction: correction.lines)
            case .carrying:
                let corrections = try months(county).filter { $0 < month }.flatMap { earlier in
                    try results.first { $0.pay.month == earlier }?.correction ?? ledger.correction(earlier)
                }
                let answered = BankAnswers.match(
                    entry?.bankReturns ?? [], to: try ledger.bankLines(county: county), in: month.period, county)
                var adjusted = Adjustments.compute(corrections, own: entitlement.lines)
                adjusted.lines += BankAnswers.reissues(
                    answered.answers, issued: try ledger.reissued(county: county), cadres: records?.cadres ?? [],
                    county: county, target: month.period)
                result = try self.result(month, entitlement, answered.findings, work, adjusted: adjusted)
                result.answers = answered.answers
            }
            work[.correction(month)] = result.correctionEntry
            work[.pay(month)] = result.entry
            results.append(result)
        }
        return results
    }

    private func entitlement(
        _ month: CountyMonth, _ records: CountyRecords, _ ledger: LedgerReader, hasRecords: Bool
    ) throws -> MonthEntitlement {
        let attendance =
            try ledger.month(month)
            ?? (hasRecords ? nil : MonthAttendance(county: month.county, period: month.period))
        guard let attendance else { return MonthEntitlement.nothing }
        return EntitlementBuilder.build(
            attendance, records: records, policy: context.policy, asOf: context.options.asOf)
    }

    private func result(
        _ month: CountyMonth, _ entitlement: MonthEntitlement, _ findings: [Finding], _ work: WorkTable,
        correction: [PaymentLine]? = nil, adjusted: AdjustmentResult? = nil
    ) throws -> Result {
        var pay = MonthPay(
            month: month, lines: entitlement.lines, held: entitlement.held, findings: entitlement.findings + findings)
        if let adjusted {
            pay.lines = (pay.lines + adjusted.lines).sorted(by: PaymentLine.inStatementOrder)
            pay.outstanding = adjusted.outstanding
        }
        let owed = correction ?? []
        return Result(
            pay: pay, correction: correction,
            entry: WorkEntry(
                inputs: inputs(month, usesTarget: !owed.isEmpty, work).digest, uses: owed.isEmpty ? [] : ["target"],
                output: try pay.output()),
            correctionEntry: try owed.isEmpty
                ? nil : WorkEntry(inputs: "", output: MonthPay(month: month, lines: owed).output()))
    }

    /// Keeps what was computed.
    func store(_ result: Result, _ ledger: LedgerWriter) throws {
        let month = result.pay.month
        context.made("pay/\(month.county.text)/\(month.period)")
        try ledger.replace(result.pay, correction: result.correction)
        if let answers = result.answers { try ledger.set(answers, county: month.county) }
        try ledger.set(.correction(month), result.correctionEntry)
        try ledger.set(.pay(month), result.entry)
    }
}
