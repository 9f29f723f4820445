import Domain
import Foundation
import Ledger
import Matching
import Payroll
import Rules

/// Compute: what every affected month pays, and what corrections to closed months mean for the first open one.
///
/// Reads what normalize committed; commits lines and held rows in one transaction.
public struct ComputeStage: Sendable {
    /// What it did.
    public struct Summary: Sendable {
        public var months = 0
        public var isChanged = false
    }

    private let context: RunContext

    public init(_ context: RunContext) { self.context = context }

    public func run(progress: ProgressBar) throws -> Summary {
        let state = try context.ledger.read { try State($0) }
        let counties = dirtyCounties(state)
        var summary = Summary()
        try context.ledger.write { ledger in
            for (name, value) in [
                ("policy.path", context.options.policy), ("policy.sha256", context.policySHA256),
                ("asOf", context.options.asOf.iso), ("inbox", context.options.inbox),
                ("output", context.options.output),
            ] { try ledger.setSetting(name, value) }
            guard !counties.isEmpty else { return }
            try context.originals.keep(Array(context.policyText.utf8), sha256: context.policySHA256)
            progress.begin(counties.count)
            try OrderedParallel.forEach(
                counties, jobs: context.options.jobs, window: 4,
                makeWorker: { try context.ledger.reader() },
                work: { reader, county in try reader.read { try compute(county, state, $0) } },
                take: { _, results in
                    progress.advance()
                    for result in results {
                        try ledger.replace(result.pay, fingerprint: result.fingerprint)
                        summary.months += 1
                    }
                })
            summary.isChanged = summary.months > 0
        }
        return summary
    }

    // MARK: What must be computed

    private struct State: Sendable {
        var months: [CountyMonth: String]
        var pay: [CountyMonth: String]
        var records: [CountyCode: String]
        var batches: [CountyMonth: BatchRecord]

        init(_ ledger: LedgerReader) throws {
            months = try ledger.monthFingerprints()
            pay = try ledger.payFingerprints()
            records = try ledger.countyFingerprints()
            batches = Dictionary(uniqueKeysWithValues: try ledger.batches().map { ($0.month, $0) })
        }

        /// The county's last closed month; nil where none is closed.
        func lastClosed(_ county: CountyCode) -> Period? {
            batches.keys.filter { $0.county == county }.map(\.period).max()
        }

        /// Months of a county that are computed: those with data, the closed ones, and the one that carries adjustments.
        func months(_ county: CountyCode) -> [CountyMonth] {
            var all = Set(months.keys.filter { $0.county == county })
            all.formUnion(batches.keys.filter { $0.county == county })
            if let last = lastClosed(county) { all.insert(CountyMonth(county: county, period: last.next)) }
            return all.sorted()
        }
    }

    /// A month depends on its attendance, the registers and the policy; in a county with closed months all of them hang
    /// together by the adjustments.
    private func fingerprint(_ month: CountyMonth, _ state: State) -> String {
        var print = Fingerprint()
        print.add(ProgramVersion.computing)
        print.add(context.policySHA256)
        print.add(state.records[month.county] ?? "")
        print.add(context.asOfMark(month.period))
        guard let last = state.lastClosed(month.county), month.period <= last.next else {
            print.add(state.months[month] ?? "")
            return print.value
        }
        for other in state.months(month.county) where other.period <= last.next {
            print.add("\(other.period) \(state.months[other] ?? "") \(state.batches[other]?.id ?? "")")
        }
        return print.value
    }

    private func dirtyCounties(_ state: State) -> [CountyCode] {
        let counties = Set(state.months.keys.map(\.county)).union(state.batches.keys.map(\.county))
        return counties.filter { county in
            if let only = context.options.county, only != county { return false }
            return state.months(county).contains { state.pay[$0] != fingerprint($0, state) }
        }.sorted()
    }

    // MARK: Computing a county

    private struct Result: Sendable {
        var pay: MonthPay
        var fingerprint: String
    }

    private func compute(_ county: CountyCode, _ state: State, _ ledger: LedgerReader) throws -> [Result] {
        guard let entry = try ledger.countyRecord(county) else {
            return try state.months(county).map { month in
                let attendance = try ledger.month(month) ?? MonthAttendance(county: county, period: month.period)
                let records = CountyRecords(
                    county: CountyRecord(code: county, name: county.text, prefecture: "", isDeepPoverty: false))
                return Result(
                    pay: pay(month, entitlement(attendance, records)), fingerprint: fingerprint(month, state))
            }
        }
        let last = state.lastClosed(county)
        let months = state.months(county)
        var results: [Result] = []
        var closed: [ClosedMonth] = []
        for month in months {
            let print = fingerprint(month, state)
            // With closed months the entitlements up to the carrying one are needed whether they changed or not.
            let isNeeded = last.map { month.period <= $0.next } ?? false
            if !isNeeded, state.pay[month] == print { continue }
            let entitlement: MonthEntitlement
            if let attendance = try ledger.month(month) {
                entitlement = self.entitlement(attendance, entry.records)
            } else {
                entitlement = MonthEntitlement.nothing
            }
            var pay = pay(month, entitlement)
            if let last, month.period <= last {
                closed.append(
                    ClosedMonth(
                        period: month.period, issued: try ledger.issued(county: county, origin: month.period),
                        entitlement: entitlement))
            } else if let last, month.period == last.next {
                let adjustments = Adjustments.compute(
                    closed, county: county, target: month.period, own: entitlement.lines)
                pay.lines = (pay.lines + adjustments.lines).sorted(by: PaymentLine.inStatementOrder)
                pay.outstanding = adjustments.outstanding
                for finding in adjustments.findings {
                    guard let index = results.firstIndex(where: { $0.pay.month.period == finding.period }) else {
                        continue
                    }
                    results[index].pay.findings.append(finding)
                }
            }
            results.append(Result(pay: pay, fingerprint: print))
        }
        return results
    }

    private func entitlement(_ attendance: MonthAttendance, _ records: CountyRecords) -> MonthEntitlement {
        EntitlementBuilder.build(attendance, records: records, policy: context.policy, asOf: context.options.asOf)
    }

    private func pay(_ month: CountyMonth, _ entitlement: MonthEntitlement) -> MonthPay {
        MonthPay(
            month: month, lines: entitlement.lines, held: entitlement.held, outstanding: [],
            findings: entitlement.findings)
    }
}
