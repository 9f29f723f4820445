import Domain
import Ledger
import RunPage

/// Every month's counts and sums, read from the ledger without decoding a row. Run page and status share them.
struct MonthFigures {
    private let received: [CountyMonth: MonthSummary]
    private let computed: [CountyMonth: PaySummary]
    private let totals: [CountyMonth: MonthTotals]
    private let paid: [CountyMonth: [PaidSum]]
    private let bank: [String: BankStanding]
    private let lastClosed: [CountyCode: Period]
    /// Townships that were to send, of months of which no sheet came at all.
    private var silent: [CountyMonth: Set<String>] = [:]
    /// Months of which anything is known.
    let keys: Set<CountyMonth>

    init(_ ledger: LedgerReader, county: CountyCode? = nil) throws {
        received = try ledger.monthSummaries(county)
        computed = try ledger.paySummaries(county)
        totals = Dictionary(
            try ledger.monthTotals().filter { county == nil || $0.month.county == county }.map { ($0.month, $0) },
            uniquingKeysWith: { first, _ in first })
        paid = Dictionary(grouping: try ledger.paidSums(county), by: \.month)
        bank = Dictionary(
            try ledger.bankStandings(county).values.flatMap { $0.map { ($0.batch, $0) } },
            uniquingKeysWith: { first, _ in first })
        lastClosed = totals.values.filter { $0.batch != nil }.reduce(into: [:]) { last, total in
            last[total.month.county] = max(last[total.month.county] ?? total.month.period, total.month.period)
        }
        keys = Set(received.keys).union(totals.keys)
        for key in keys.subtracting(received.keys) { silent[key] = try ledger.postedTownships(key) }
    }

    /// A month as the page shows it.
    ///
    /// - Parameter files: its files, relative to the output, by path.
    func month(_ key: CountyMonth, asOf: CivilDate, files: [String]) -> RunPageModel.Month {
        let total = totals[key]
        let held = computed[key]?.held ?? []
        let sums = (paid[key] ?? []).filter { $0.part == .unit }
        // By their names alone: a path is searched for every township of every month.
        let returns = files.compactMap { path -> (name: Substring, path: String)? in
            let parts = path.split(separator: "/")
            return parts.dropLast().last == "townships" ? parts.last.map { ($0, path) } : nil
        }
        var month = RunPageModel.Month(
            period: key.period, batch: total?.batch, people: total?.people ?? 0, paid: total?.total ?? .zero,
            adjusted: sums.reduce(.zero) { $0 + $1.adjusted }, outstanding: computed[key]?.outstanding ?? .zero,
            heldRows: held.reduce(0) { $0 + $1.rows }, pending: held.reduce(.zero) { $0 + $1.pending },
            townships: townships(key, asOf: asOf).map { figure in
                let name = OutputNames.safe(figure.name) + "-"
                return RunPageModel.Township(
                    name: figure.name, state: figure.state, standing: figure.standing, warnings: figure.warnings,
                    returnFile: returns.first { $0.name.utf8.starts(with: name.utf8) }?.path)
            },
            units: units(sums, held), findings: FigureCounts.findings(tallies(key)), files: files,
            bank: total?.batch.map { bank[$0] ?? BankStanding(batch: $0) })
        if total?.batch == nil, let last = lastClosed[key.county], key.period < last { month.passedTo = last.next }
        return month
    }

    /// A township's month in counts.
    struct TownshipFigure {
        var name: String
        var state: RunPageModel.State
        var standing = 0
        var warnings = 0
        var people = 0
        var paid = Fen.zero
        var heldRows = 0
        var pending = Fen.zero
    }

    /// Townships from which a sheet is due or came, by name.
    func townships(_ key: CountyMonth, asOf: CivilDate) -> [TownshipFigure] {
        guard let summary = received[key] else {
            let state: RunPageModel.State = asOf > key.period.lastDay ? .missing : .awaited
            return (silent[key] ?? []).sorted().map { TownshipFigure(name: $0, state: state) }
        }
        let sent = Set(summary.sentTownships)
        let sentKeys = Set(summary.sentTownships.map(PlaceKey.township))
        var figures: [String: TownshipFigure] = [:]
        for name in sent { figures[name] = TownshipFigure(name: name, state: .received) }
        for name in summary.dueTownships where !sentKeys.contains(PlaceKey.township(name)) {
            figures[name] = TownshipFigure(name: name, state: .awaited)
        }
        for tally in tallies(key) where !tally.township.isEmpty {
            let entry = tally.reason.entry
            if tally.reason.code == .missingSubmission {
                figures[tally.township, default: TownshipFigure(name: tally.township, state: .missing)].state = .missing
            } else if entry.effect == .held || entry.effect == .excluded {
                figures[tally.township]?.standing += tally.problems
            } else if entry.severity != .info {
                figures[tally.township]?.warnings += tally.problems
            }
        }
        for sum in paid[key] ?? [] where sum.part == .township {
            figures[sum.name]?.people += sum.people
            figures[sum.name]?.paid += sum.total
        }
        for tally in computed[key]?.held ?? [] {
            figures[tally.township]?.heldRows += tally.rows
            figures[tally.township]?.pending += tally.pending
        }
        return figures.values.sorted { $0.name < $1.name }.map { figure in
            var figure = figure
            if figure.state == .received, figure.standing + figure.warnings > 0 { figure.state = .withFindings }
            return figure
        }
    }

    private func tallies(_ key: CountyMonth) -> [FindingTally] {
        (received[key]?.findings ?? []) + (computed[key]?.findings ?? [])
    }

    private func units(_ sums: [PaidSum], _ held: [HeldTally]) -> [RunPageModel.UnitSum] {
        var units: [String: RunPageModel.UnitSum] = [:]
        for sum in sums {
            units[sum.name, default: .init(name: sum.name, paid: .zero)].paid += sum.total
            units[sum.name]?.adjusted += sum.adjusted
        }
        for tally in held {
            units[tally.unit, default: .init(name: tally.unit, paid: .zero)].heldRows += tally.rows
        }
        return units.values.sorted { $0.name < $1.name }
    }
}

/// Tallies by code, severity and effect, as people read them: findings of one cause are one.
enum FigureCounts {
    static func findings(_ tallies: [FindingTally]) -> [RunPageModel.FindingCount] {
        var counts: [FindingReason: Int] = [:]
        for tally in tallies { counts[tally.reason, default: 0] += tally.problems }
        var result: [RunPageModel.FindingCount] = []
        for reason in FindingReason.allCases {
            guard let count = counts[reason] else { continue }
            let entry = reason.entry
            let same = result.firstIndex {
                $0.code == entry.code && $0.severity == entry.severity && $0.effect == entry.effect
            }
            if let same {
                result[same].count += count
            } else {
                result.append(
                    .init(code: entry.code, severity: entry.severity, effect: entry.effect, count: count))
            }
        }
        return result
    }
}
