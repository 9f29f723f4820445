import Domain
import Ledger
import Reports
import Sheets
import Work

/// What differs since the last finished report. Source: spec §9 (`changes.csv`).
///
/// What was told is kept when everything is written, so that a killed run and the one after it tell the same way.
struct ChangeReports: Sendable {
    /// A county's month, or what belongs to none.
    private enum Scope: Hashable, Sendable {
        case month(CountyMonth)
        case root

        var key: String {
            switch self {
            case .month(let month): "\(month.county.text)/\(month.period)"
            case .root: "root"
            }
        }
    }

    /// What is to be written, and what is to be kept afterwards.
    struct Outcome: Sendable {
        fileprivate var told: [(scope: String, inputs: String, packed: String)] = []
        fileprivate var gone: [String] = []
        fileprivate var policy = ""
        /// The file where anything differs; nil where what an earlier report left stays.
        fileprivate var file: (bytes: [UInt8], sha256: String)?
        /// What stands, as it was kept; nil before the first report.
        fileprivate var standing: String?
        /// For people; of the last report that told any.
        var lines: [String] = []

        fileprivate var isFresh: Bool { file != nil }
    }

    static let key = "root/changes"
    private let context: RunContext
    private let sources: ReportSources
    private let general: GeneralFindings
    private let papers: MonthPapers.Reader

    init(_ context: RunContext, _ sources: ReportSources, _ general: GeneralFindings) {
        self.context = context
        self.sources = sources
        self.general = general
        papers = MonthPapers.Reader(sources.batches)
    }

    /// Compares what is with what was told; only scopes whose inputs changed are looked into.
    ///
    /// - Parameter root: the fingerprint of the findings that belong to no month.
    func outcome(root: String) throws -> Outcome {
        let stored = try context.ledger.read { ledger in
            (
                scopes: try ledger.reportedScopes(), policy: try ledger.setting("reported.policy"),
                lines: try ledger.setting("reported.lines") ?? "",
                standing: try ledger.setting("reported.changes.sha256")
            )
        }
        var outcome = Outcome()
        var rows: [ChangesReport.Row] = []
        outcome.policy = context.policySHA256
        outcome.standing = stored.standing
        let now = inputs(root: root)
        let stale = now.filter { sources.work[.told($0.scope.key)]?.inputs != $0.inputs }
        let cause = stored.policy.map { $0 != context.policySHA256 } == true ? "政策文件" : ""
        let totals = stale.isEmpty ? [:] : try totals()
        try OrderedParallel.forEach(
            stale, jobs: context.options.jobs, makeWorker: { try context.ledger.reader() },
            work: { reader, item in
                try reader.read { ledger in
                    let after = try scope(item.scope, totals, ledger)
                    let before = try ledger.reported(item.scope.key).flatMap { ReportedScope(packed: $0) }
                    return (
                        after.packed,
                        ChangesReport.rows(
                            before: before, after: after, own: try own(item.scope, before, ledger), fallbackCause: cause
                        )
                    )
                }
            },
            take: { item, result in
                outcome.told.append((item.scope.key, item.inputs, result.0))
                rows += result.1
            })
        rows += try forget(stored.scopes, now: Set(now.map(\.scope.key)), &outcome)
        if rows.isEmpty {
            outcome.lines = stored.lines.split(separator: "\n").map(String.init)
        } else {
            let bytes = try CSVWriter.bytes(of: ChangesReport.table(rows, countyNames: sources.countyNames))
            outcome.file = (bytes, Fingerprint.sha256(bytes))
            outcome.lines = ChangesReport.lines(rows, countyNames: sources.countyNames)
        }
        return outcome
    }

    /// Scopes that were told and are no more.
    private func forget(
        _ stored: [String], now: Set<String>, _ outcome: inout Outcome
    ) throws -> [ChangesReport.Row] {
        var rows: [ChangesReport.Row] = []
        let county = context.options.county?.text
        for key in stored where !now.contains(key) && (county == nil || key.hasPrefix(county ?? "")) {
            let before = try context.ledger.read { try $0.reported(key) }.flatMap { ReportedScope(packed: $0) }
            rows += ChangesReport.rows(before: before, after: nil)
            outcome.gone.append(key)
        }
        return rows
    }

    /// The file: of what differs now, else of what differed last, which comes back where it was lost.
    func jobs(_ outcome: Outcome) -> [ReportJob] {
        if let file = outcome.file {
            return [
                ReportJob(key: ChangeReports.key, inputs: file.sha256) { _, _ in
                    [OutputBytes(ChangesReport.fileName, file.bytes)]
                }
            ]
        }
        guard let standing = outcome.standing else { return [] }
        return [
            ReportJob(key: ChangeReports.key, inputs: standing) { ledger, _ in
                let text = try ledger.setting("reported.changes") ?? ""
                return [OutputBytes(ChangesReport.fileName, Array(text.utf8))]
            }
        ]
    }

    /// Whether the last report told of something: the next one with nothing new has nothing to tell.
    static func isFresh(_ ledger: LedgerReader) throws -> Bool { try ledger.setting("reported.fresh") == "1" }

    static func forgetFreshness(_ ledger: LedgerWriter) throws { try ledger.setSetting("reported.fresh", "0") }

    /// Keeps what was told, once all of it is written.
    func keep(_ outcome: Outcome) throws {
        let fresh = outcome.isFresh ? "1" : "0"
        let isKept = try context.ledger.read { ledger in
            try ledger.setting("reported.fresh") == fresh && ledger.setting("reported.policy") == outcome.policy
        }
        guard !isKept || outcome.isFresh || !outcome.told.isEmpty || !outcome.gone.isEmpty else { return }
        try context.ledger.write { ledger in
            for scope in outcome.told {
                try ledger.setReported(scope.scope, told: scope.packed)
                try ledger.set(.told(scope.scope), WorkEntry(inputs: scope.inputs, output: ""))
            }
            for scope in outcome.gone {
                try ledger.deleteReported(scope)
                try ledger.set(.told(scope), nil)
            }
            if let file = outcome.file {
                try ledger.setSetting("reported.lines", outcome.lines.joined(separator: "\n"))
                try ledger.setSetting("reported.changes", String(decoding: file.bytes, as: UTF8.self))
                try ledger.setSetting("reported.changes.sha256", file.sha256)
            }
            try ledger.setSetting("reported.fresh", fresh)
            try ledger.setSetting("reported.policy", outcome.policy)
        }
    }

    // MARK: What is

    private func inputs(root: String) -> [(scope: Scope, inputs: String)] {
        let months = sources.matched.union(sources.computed).union(sources.batches.keys).union(general.months.keys)
            .sorted()
        return months.filter { context.options.county == nil || context.options.county == $0.county }.map { month in
            let parts = [
                sources.month(month), sources.sent(month), sources.batches[month]?.id ?? "",
                general.text(month),
            ]
            return (.month(month), Fingerprint.of(parts.joined(separator: " ")))
        } + [(.root, root)]
    }

    private func totals() throws -> [CountyMonth: (people: Int, total: Fen)] {
        let totals = try context.ledger.read { try $0.monthTotals() }
        return Dictionary(totals.map { ($0.month, ($0.people, $0.total)) }) { first, _ in first }
    }

    /// Of a month that was told without a sum: what was read for it. Nothing for any other.
    private func own(_ scope: Scope, _ before: ReportedScope?, _ ledger: LedgerReader) throws -> [FileDigest] {
        guard case .month(let month) = scope, before.map({ $0.people == 0 && $0.total == .zero }) ?? true else {
            return []
        }
        return try papers.sources(month, ledger)
    }

    private func scope(
        _ scope: Scope, _ totals: [CountyMonth: (people: Int, total: Fen)], _ ledger: LedgerReader
    ) throws -> ReportedScope {
        guard case .month(let month) = scope else {
            return ReportedScope(month: nil, findings: try RootReports(context, general).rootFindings(ledger))
        }
        return ReportedScope(
            month: (month.county, month.period), people: totals[month]?.people ?? 0,
            total: totals[month]?.total ?? .zero, sources: try papers.causes(month, ledger),
            findings: try Finding.told(ledger.monthFindings(month), ledger.payFindings(month))
                + (general.months[month] ?? []))
    }
}
