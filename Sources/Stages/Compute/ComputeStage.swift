import Domain
import Foundation
import Ledger
import Matching
import Registers
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
                ("asOf", context.options.asOf.iso), ("inbox", InstalledFiles.absolute(context.options.inbox)),
                ("output", InstalledFiles.absolute(context.options.output)),
            ] { try ledger.setSetting(name, value) }
            // Whoever speaks of this run later means the policy it had, even where it computed nothing.
            try context.originals.keep(Array(context.policyText.utf8), sha256: context.policySHA256)
            let years = try dirtyYears(state, ledger.reader)
            if !counties.isEmpty || !years.isEmpty { summary.isChanged = true }
            try computeYears(years, state, ledger)
            guard !counties.isEmpty else { return }
            progress.begin(counties.count)
            try OrderedParallel.forEach(
                counties, jobs: context.options.jobs, window: 4,
                makeWorker: { try context.ledger.reader() },
                work: { reader, county in try reader.read { try compute(county, state, $0) } },
                take: { _, results in
                    progress.advance()
                    for result in results {
                        context.made("pay/\(result.pay.month.county.text)/\(result.pay.month.period)")
                        try ledger.replace(result.pay, fingerprint: result.fingerprint)
                        summary.months += 1
                    }
                })
        }
        return summary
    }

    // MARK: What must be computed

    private struct State: Sendable {
        var months: [CountyMonth: String]
        var pay: [CountyMonth: String]
        var records: [CountyCode: String]
        var batches: [CountyMonth: BatchRecord]
        /// What decides which counties the province's tables name.
        var registered: String

        /// What a county's year depends on beside its months.
        func yearRecords(_ county: CountyCode) -> String { (records[county] ?? "") + registered }

        init(_ ledger: LedgerReader) throws {
            registered = try ledger.setting(RegisteredCounties.setting) ?? ""
            months = try ledger.monthFingerprints()
            pay = try ledger.payFingerprints()
            records = try ledger.countyFingerprints()
            batches = Dictionary(uniqueKeysWithValues: try ledger.batches().map { ($0.month, $0) })
        }

        /// The county's last closed month; nil where none is closed.
        func lastClosed(_ county: CountyCode) -> Period? {
            batches.keys.filter { $0.county == county }.map(\.period).max()
        }

        /// Months of a county that are computed: those with data, the closed ones, the one that carries adjustments.
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

    // MARK: Years

    /// A year to be computed, or (without months) to be forgotten.
    private struct YearJob: Sendable {
        let year: CountyYear
        let fingerprint: String
        let months: [Period]
    }

    private func dirtyYears(_ state: State, _ ledger: LedgerReader) throws -> [YearJob] {
        let known = try ledger.yearFingerprints()
        let computation = YearComputation(context: context)
        // As-of is part of a year's fingerprint; the stored mark tells whether the set of years may have changed.
        var jobs: [YearJob] = []
        for county in Set(state.records.keys).union(state.months.keys.map(\.county)).sorted() {
            if let only = context.options.county, only != county { continue }
            let months = state.months.filter { $0.key.county == county }.map { ($0.key.period, $0.value) }
                .sorted { $0.0 < $1.0 }
            let mark = computation.fingerprint(
                CountyYear(county: county, year: 0), months: [], records: state.yearRecords(county))
            var years = known.keys.filter { $0.county == county }.map(\.year)
            let setting = "years.\(county.text)"
            if try ledger.setting(setting) != mark || Set(months.map(\.0.year)).subtracting(years).isEmpty == false {
                years = computation.years(try ledger.countyRecord(county)?.records, months: months.map(\.0))
            }
            for year in years.sorted() {
                let key = CountyYear(county: county, year: year)
                let print = computation.fingerprint(key, months: months, records: state.yearRecords(county))
                if known[key] != print { jobs.append(YearJob(year: key, fingerprint: print, months: months.map(\.0))) }
            }
        }
        return jobs
    }

    private func computeYears(_ jobs: [YearJob], _ state: State, _ ledger: LedgerWriter) throws {
        let computation = YearComputation(context: context)
        try OrderedParallel.forEach(
            jobs, jobs: context.options.jobs, window: 4, makeWorker: { try context.ledger.reader() },
            work: { reader, job in
                try reader.read { ledger in
                    let entry =
                        try ledger.countyRecord(job.year.county)
                        ?? CountyRecordEntry(
                            records: CountyRecords(
                                county: try context.shippedCounty(job.year.county)), heldRosterRows: [], units: [])
                    return try computation.compute(
                        job.year, entry: entry, months: job.months, fingerprint: job.fingerprint, ledger)
                }
            },
            take: { _, entry in
                context.made("year/\(entry.key.county.text)/\(entry.key.year)")
                try ledger.upsert(
                    entry.key, fingerprint: entry.fingerprint, payload: entry.payload, province: entry.province,
                    extract: entry.extract)
                try ledger.setGeneralFindings("year:\(entry.key.county.text):\(entry.key.year)", entry.findings)
            })
        for county in Set(jobs.map(\.year.county)) {
            let mark = computation.fingerprint(
                CountyYear(county: county, year: 0), months: [], records: state.yearRecords(county))
            try ledger.setSetting("years.\(county.text)", mark)
        }
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
                let records = CountyRecords(county: try context.shippedCounty(county))
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
                    try IssuedMonth.closed(
                        month, issued: try ledger.issued(county: county, origin: month.period),
                        entitlement: entitlement, ledger))
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
