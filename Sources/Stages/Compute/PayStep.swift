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
    enum Standing {
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
        /// Nil where nothing is said beside the lines.
        var detailEntry: WorkEntry?
    }

    let context: RunContext
    let policies: PoliciesOfMonths
    private let work: WorkTable
    private let matched: Set<CountyMonth>
    private let closed: Set<CountyMonth>
    private let lastClosed: [CountyCode: Period]
    private let issuing: [CountyMonth: [String]]
    /// Of months for which a county issued: others whose sheets name the same people.
    private let beside: [CountyMonth: [CountyCode]]
    /// Allowances that other counties' batches issued to a county's people.
    private let allowances: [CountyMonth: [AllowancesElsewhere]]
    private let guests: GuestClaims

    init(_ context: RunContext, _ ledger: LedgerReader, _ work: WorkTable) throws {
        self.context = context
        self.work = work
        policies = try PoliciesOfMonths(context, ledger)
        matched = try ledger.matchedMonths()
        closed = Set(try ledger.batches().map(\.month))
        var last: [CountyCode: Period] = [:]
        for month in closed { last[month.county] = max(last[month.county] ?? month.period, month.period) }
        lastClosed = last
        issuing = try last.isEmpty ? [:] : ledger.issuingBatches()
        beside = try last.isEmpty ? [:] : ledger.countiesBesideIssued()
        var allowances: [CountyMonth: [AllowancesElsewhere]] = [:]
        for (month, people) in try last.isEmpty ? [:] : ledger.allowancesOfOthers() {
            let known = try people.flatMap { person in
                IssuedHistory.allowances(
                    try ledger.issuedDays(person: person, origin: month.period), than: month.county)
            }
            if !known.isEmpty { allowances[month] = known }
        }
        self.allowances = allowances
        guests = try GuestClaims(context, ledger)
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
    func months(_ county: CountyCode) -> [CountyMonth] {
        var all = matched.union(closed).filter { $0.county == county }
        if let last = lastClosed[county] { all.insert(CountyMonth(county: county, period: last.next)) }
        return all.sorted()
    }

    func standing(_ month: CountyMonth) -> Standing {
        guard let last = lastClosed[month.county] else { return .open }
        return month.period <= last ? .closed(target: last.next) : month.period == last.next ? .carrying : .open
    }

    /// Whether the month has a batch of its own.
    func isClosed(_ month: CountyMonth) -> Bool { closed.contains(month) }

    private func isCurrent(_ month: CountyMonth, _ work: WorkTable) -> Bool {
        work.holds(.pay(month), inputs(month, usesTarget: work[.pay(month)]?.uses.isEmpty == false, work))
    }

    /// What a month's pay is made of. A closed month with nothing to correct does not ask where corrections go.
    private func inputs(_ month: CountyMonth, usesTarget: Bool, _ work: WorkTable) -> Inputs {
        var inputs = Inputs()
        inputs.add("program", ProgramVersion.computing)
        inputs.add("policy", policies.sha256(of: month))
        inputs.add("as of", policies.asOfMark(month))
        inputs.add(.register(month.county, for: .pay), work)
        inputs.add(.month(month), work)
        for known in allowances[month] ?? [] {
            let parts = known.parts.map { "/\($0)" } ?? ""
            inputs.add("allowances elsewhere", "\(known.person.text) \(known.county.text) \(known.days)\(parts)")
        }
        if let mark = guests.allowanceMark(month) { inputs.add("allowances given back", mark) }
        switch standing(month) {
        case .open:
            // Before anything is issued a bank can have answered nothing: the first month says so.
            if lastClosed[month.county] == nil, months(month.county).first == month {
                inputs.add(.register(month.county, for: .returns), work)
            }
        case .closed(let target):
            inputs.add("batch", closed.contains(month) ? "own" : "none")
            inputs.add("issued", (issuing[month] ?? []).joined(separator: ","))
            inputs.add(.checks(month), work)
            for other in beside[month] ?? [] {
                inputs.add(.month(CountyMonth(county: other, period: month.period)), work)
            }
            if let mark = guests.unpaidMark(month) { inputs.add("left unpaid elsewhere", mark) }
            if policies.isOther(month) { inputs.add("policy beside", policies.currentSHA256) }
            if usesTarget { inputs.add("target", target.description) }
        case .carrying:
            inputs.add("carries", "corrections")
            inputs.add(.register(month.county, for: .returns), work)
            inputs.add("batches", closed.filter { $0.county == month.county }.map(BatchRecord.id).sorted().joined())
            for earlier in months(month.county) where earlier < month {
                inputs.add(.correction(earlier), work)
                // Questions about closed lines and policies are told with their months; the form is this one's.
                inputs.add(.closedDetail(earlier), work)
            }
        }
        return inputs
    }

    /// Allowances that other counties' batches issued for the month and did not take back.
    ///
    /// - Parameter cadres: the county's people.
    func allowances(_ month: CountyMonth, _ cadres: [Cadre]) -> [AllowancesElsewhere] {
        (allowances[month] ?? []) + guests.allowances(month, cadres.map(\.id))
    }

    /// Days of the month that counties on other machines leave to what this one issued.
    func unpaid(_ month: CountyMonth, _ cadres: [Cadre]) -> [SettledElsewhere] {
        guests.unpaid(month, cadres.map(\.id))
    }

    /// Other counties whose sheets of the month name people that this county issued to for it.
    func counties(beside month: CountyMonth) -> [CountyCode] { beside[month] ?? [] }

    // MARK: Making

    /// Computes the stale months of a county, the earliest first: what closed months owe stands before it is carried.
    func make(_ county: CountyCode, _ ledger: LedgerReader) throws -> [Result] {
        var work = work
        var results: [Result] = []
        let desk = try CountyDesk(county, self, ledger)
        for month in months(county) where !isCurrent(month, work) {
            // A county without registers of its own has nothing to correct.
            var result: Result
            switch desk.hasRecords ? standing(month) : .open {
            case .open:
                let isFirst = lastClosed[county] == nil && months(county).first == month
                let answered = BankAnswers.match(
                    isFirst ? desk.bankReturns : [], to: [], in: month.period, county, cadres: [])
                result = try self.result(month, try desk.entitlement(month), answered.findings, work)
            case .closed(let target):
                let issued = try desk.issued(month)
                let correction = Adjustments.correction(
                    desk.closed(issued), county: county, target: target)
                var own = issued.entitlement
                // A month that was passed over pays in no file of its own: all it owes is an adjustment.
                if !closed.contains(month) { own.lines = [] }
                var detail = PayDetail()
                detail.decisions = correction.decisions
                detail.policyChange = try desk.policyChange(month, issued.entitlement)
                result = try self.result(
                    month, own, correction.findings, work, correction: correction.lines, detail: detail)
            case .carrying:
                result = try carrying(month, desk, results, work)
            }
            work[.correction(month)] = result.correctionEntry
            work[.closedDetail(month)] = result.detailEntry
            work[.pay(month)] = result.entry
            results.append(result)
        }
        return results
    }

    /// The month that carries what closed ones owe.
    private func carrying(
        _ month: CountyMonth, _ desk: CountyDesk, _ results: [Result], _ work: WorkTable
    ) throws -> Result {
        let earlier = months(month.county).filter { $0 < month }
        let entitlement = try desk.entitlement(month)
        let corrections = try earlier.flatMap { earlier in
            try results.first { $0.pay.month == earlier }?.correction ?? desk.ledger.correction(earlier)
        }
        let details = try earlier.map { earlier in
            try (
                period: earlier.period,
                detail: results.first { $0.pay.month == earlier }?.pay.detail ?? desk.ledger.payDetail(earlier)
            )
        }
        let again = try desk.ledger.reissued(county: month.county)
        let answered = BankAnswers.match(
            desk.bankReturns, to: try desk.ledger.bankLines(county: month.county), in: month.period, month.county,
            again: again, cadres: desk.cadres)
        let reissues = BankAnswers.reissues(
            answered.answers, issued: again, cadres: desk.cadres,
            county: month.county, target: month.period)
        var adjusted = Adjustments.compute(corrections, own: entitlement.lines + reissues)
        adjusted.lines += reissues
        var detail = PayDetail()
        detail.laterSettlements = try desk.laterSettlements(details.flatMap(\.detail.settlements))
        let findings =
            answered.findings + policyFindings(month, details.map { ($0.period, $0.detail.policyChange) })
            + (try desk.staleDecisions(month, known: details.flatMap(\.detail.decisions.evidence)))
        var result = try self.result(month, entitlement, findings, work, adjusted: adjusted, detail: detail)
        result.answers = answered.answers
        return result
    }

    /// `policy-changed`: what the run's policy would pay otherwise of closed months, once for all of them.
    private func policyFindings(_ month: CountyMonth, _ changes: [(Period, PolicyChange?)]) -> [Finding] {
        let changed = changes.compactMap { period, change in change.map { (period: period, change: $0) } }
        guard !changed.isEmpty else { return editedFinding(month, changes.map(\.0)) }
        let people = Set(changed.flatMap(\.change.people))
        let net = changed.reduce(Fen.zero) { $0 + $1.change.net }
        return [
            Finding(
                .policyChanged, period: month.period, county: month.county,
                value: String(policies.currentSHA256.prefix(12)),
                arguments: [
                    context.policyFileName, changed.map(\.period.description).joined(separator: "、"),
                    String(people.count), net.yuanText,
                ])
        ]
    }

    /// The adopted file was edited and pays closed months the same: they go on by the adopted bytes, and that is told.
    private func editedFinding(_ month: CountyMonth, _ closed: [Period]) -> [Finding] {
        guard let adopted = policies.adopted, adopted.sha256 != policies.currentSHA256,
            adopted.name == context.policyFileName,
            closed.contains(where: {
                policies.sha256(of: CountyMonth(county: month.county, period: $0)) == adopted.sha256
            })
        else { return [] }
        let (old, new) = (String(adopted.sha256.prefix(12)), String(policies.currentSHA256.prefix(12)))
        return [
            Finding(
                .policyFileEdited, period: month.period, county: month.county, value: new,
                arguments: [adopted.name, old, new])
        ]
    }

    private func result(
        _ month: CountyMonth, _ entitlement: MonthEntitlement, _ findings: [Finding], _ work: WorkTable,
        correction: [PaymentLine]? = nil, adjusted: AdjustmentResult? = nil, detail: PayDetail = PayDetail()
    ) throws -> Result {
        var pay = MonthPay(
            month: month, lines: entitlement.lines, held: entitlement.held, findings: entitlement.findings + findings,
            detail: detail)
        pay.detail.settlements = entitlement.settlements
        pay.trace = entitlement.trace
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
                ? nil : WorkEntry(inputs: "", output: MonthPay(month: month, lines: owed).output()),
            detailEntry: try pay.detail.isEmpty
                ? nil : WorkEntry(inputs: "", output: MonthPay(month: month, detail: pay.detail).output()))
    }

    /// Keeps what was computed.
    func store(_ result: Result, _ ledger: LedgerWriter) throws {
        let month = result.pay.month
        context.made("pay/\(month.county.text)/\(month.period)")
        try ledger.replace(result.pay, correction: result.correction)
        if let answers = result.answers { try ledger.set(answers, county: month.county) }
        try ledger.set(.correction(month), result.correctionEntry)
        try ledger.set(.closedDetail(month), result.detailEntry)
        try ledger.set(.pay(month), result.entry)
    }
}
