import Domain
import Foundation
import Ledger
import Reports
import Settings
import Sheets
import Synchronization
import Tables
import Work

/// Report: writes what changed, leaves the rest alone.
///
/// Reads what compute committed; commits which files stand where in one transaction.
public struct ReportStage: Sendable {
    /// What it did.
    public struct Summary: Sendable {
        public var reports = 0
        public var files = 0
        /// Files of closed months that were missing or changed and were put back, in the order of the months.
        public var restored: [Restored] = []
    }

    /// A file of a closed month that was put back; or the folder of a month of which no file was there.
    public struct Restored: Sendable {
        /// Within the output; of a folder with a slash at its end.
        public var path: String
        /// How many files.
        public var count = 1
    }

    private let context: RunContext
    private let folder: OutputFolder

    public init(_ context: RunContext) {
        self.context = context
        folder = OutputFolder(root: context.options.output)
    }

    public func run(progress: ProgressBar) throws -> Summary {
        try AtomicFile.makeFolder(context.options.output)
        let sources = try context.ledger.read { try ReportSources($0, context) }
        var summary = Summary()
        let expected = try expectedMonths()
        let general = try context.ledger.read { try GeneralFindings($0, sources.counties) }
        let months = MonthReports(context, sources, general).jobs()
        let strays = try context.ledger.read { try StrayFiles($0, countyCount: sources.counties.count) }
        let returns = try ReturnReports(context, sources, strays).jobs()
        let notices = NoticeReports(context, sources, strays, expected: expected).jobs()
        let years = try context.ledger.read { try YearReports(context, sources, $0) }
        let yearly = years.jobs()
        try write(months, sources, progress, &summary)
        try write(returns + notices, sources, progress, &summary)
        try write(yearly, sources, progress, &summary)
        let exchange = try context.ledger.read { try ExchangeReports(context, sources, $0) }.jobs()
        try write(exchange, sources, progress, &summary)
        try removeStale(made: months + returns + notices + yearly + exchange, sources, &summary)
        let root = try RootReports(context, general).jobs(sources)
        try write(root, sources, progress, &summary)
        let changes = ChangeReports(context, sources, general)
        let differences = try changes.outcome(root: root.map(\.inputs).joined())
        try write(changes.jobs(differences), sources, progress, &summary)
        // The data package tells of all the others, and the page links the package too: each sees what stands by then.
        func reread() throws -> ReportSources {
            summary.reports == 0 ? sources : try context.ledger.read { try ReportSources($0, context) }
        }
        let packed = try reread()
        try write([DataPackageReport(sources: packed).job()], packed, progress, &summary)
        let written = try reread()
        let page = PageReports(context, written, general, years: years, changes: differences.lines)
        try write(try context.ledger.read { try page.jobs($0) }, written, progress, &summary)
        try changes.keep(differences)
        try IssuedBatches.write(
            sources.batches.values.sorted { $0.id < $1.id }, output: context.options.output)
        return summary
    }

    /// Whether every file that was written lies where and as it was left.
    func holdsFiles(_ ledger: LedgerReader) throws -> Bool {
        try ledger.outputFiles().values.allSatisfy { folder.holds($0) }
    }

    /// `missing-month` by its month.
    private func expectedMonths() throws -> [CountyMonth: Finding] {
        let findings = try context.ledger.read { try $0.generalFindings(ExpectedArrivals.scope) }
        var months: [CountyMonth: Finding] = [:]
        for finding in findings {
            guard let county = finding.county, let period = finding.period else { continue }
            months[CountyMonth(county: county, period: period)] = finding
        }
        return months
    }

    /// Removes reports of months and years of which nothing is left (an understanding changed): nobody may pay on them.
    private func removeStale(made jobs: [ReportJob], _ sources: ReportSources, _ summary: inout Summary) throws {
        let made = Set(jobs.map(\.key))
        let stale = sources.reports.filter { key in
            if let county = context.options.county, !key.contains("/\(county.text)/") { return false }
            return !made.contains(key) && !key.hasPrefix("root/")
        }
        guard !stale.isEmpty else { return }
        try context.ledger.write { ledger in
            for key in stale {
                try folder.remove((sources.files[key] ?? []).map(\.path))
                try ledger.deleteReport(key)
                try ledger.set(.files(key), nil)
                summary.reports += 1
            }
        }
    }

    /// Which files of a closed month are not as they were left, by content: a copy of the output with other times is no
    /// change. Where none is there at all (an output that is new) their folder says so once.
    private func putBack(_ files: [OutputFileRecord]) -> [Restored] {
        let found = files.map { AtomicFile.contents("\(context.options.output)/\($0.path)") }
        if files.count > 1, found.allSatisfy({ $0 == nil }) {
            let folders = files.map { AtomicFile.parent(of: $0.path) + "/" }
            return [Restored(path: folders.min { $0.utf8.count < $1.utf8.count } ?? "", count: files.count)]
        }
        return zip(files, found).filter { $1.map(Fingerprint.sha256) != $0.sha256 }.map { Restored(path: $0.0.path) }
    }

    /// Writes the reports whose inputs changed or whose files are not as they were left.
    private func write(
        _ jobs: [ReportJob], _ sources: ReportSources, _ progress: ProgressBar, _ summary: inout Summary
    ) throws {
        let stale = jobs.filter { job in
            let made = sources.work[.files(job.key)]
            return made?.inputs != job.inputs || job.days?.hold(made?.uses.first) == false
                || !folder.holds(sources.files[job.key] ?? [])
        }
        guard !stale.isEmpty else { return }
        for job in stale where job.isDurable && sources.work[.files(job.key)]?.inputs == job.inputs {
            summary.restored += putBack(sources.files[job.key] ?? [])
        }
        progress.begin(stale.count)
        try context.ledger.write { ledger in
            try OrderedParallel.forEach(
                stale, jobs: context.options.jobs, makeWorker: { try context.ledger.reader() },
                work: { reader, job in
                    try folder.write(
                        try reader.read { try job.make($0, folder) }, report: job.key, isDurable: job.isDurable)
                },
                take: { job, files in
                    progress.advance()
                    context.made("files/\(job.key)")
                    let kept = Set(files.map(\.path))
                    try folder.remove((sources.files[job.key] ?? []).map(\.path).filter { !kept.contains($0) })
                    try ledger.setReport(job.key, files: files)
                    let uses = job.days?.made.map { [$0.iso] } ?? []
                    try ledger.set(.files(job.key), WorkEntry(inputs: job.inputs, uses: uses, output: ""))
                    summary.reports += 1
                    summary.files += files.count
                })
        }
    }
}

/// A group of files that are made together from the same inputs.
struct ReportJob: Sendable {
    /// `finance/630202/2018-11`.
    let key: String
    /// Digest of what the content is made of.
    let inputs: String
    /// Whether the files must be on the disk before anyone is told: those of a closed month.
    var isDurable = false
    /// Of files that depend on the day: on which days they stay as they are.
    var days: ReportDays?
    let make: @Sendable (LedgerReader, OutputFolder) throws -> [OutputBytes]
}

/// The days on which the files of a report stay as they are; known once they are made.
final class ReportDays: Sendable {
    private let asOf: CivilDate
    private let kept = Mutex<CivilDateRange?>(nil)

    init(asOf: CivilDate) { self.asOf = asOf }

    var made: CivilDateRange? { kept.withLock { $0 } }

    func note(_ days: CivilDateRange) { kept.withLock { $0 = days } }

    /// Whether files made for those days are those of today.
    func hold(_ days: String?) -> Bool { days.flatMap(CivilDateRange.init(iso:))?.contains(asOf) ?? false }
}

/// What the report stage knows before it reads any month.
struct ReportSources: Sendable {
    let work: WorkTable
    let files: [String: [OutputFileRecord]]
    let matched: Set<CountyMonth>
    let computed: Set<CountyMonth>
    let years: [CountyYear]
    let batches: [CountyMonth: BatchRecord]
    let profiles: [ExportProfile]
    let counties: [CountyCode: CountyRecord]
    /// Of the data that every report shares: profiles, program, policy.
    let common: String

    init(_ ledger: LedgerReader, _ context: RunContext) throws {
        work = try ledger.work()
        files = try ledger.outputFiles()
        matched = try ledger.matchedMonths()
        computed = try ledger.computedMonths()
        years = try ledger.computedYears().filter { $0.year <= context.options.asOf.year }
        batches = Dictionary(uniqueKeysWithValues: try ledger.batches().map { ($0.month, $0) })
        var print = Fingerprint()
        print.add(ProgramVersion.text)
        print.add(ProgramVersion.computing)
        print.add(context.policySHA256)
        let texts = try context.options.exports.map { (text: try context.text($0), file: $0) }
        for (text, _) in texts { print.add(text) }
        profiles = try ExportProfileFile.profiles(texts)
        common = print.value
        var counties: [CountyCode: CountyRecord] = [:]
        for (code, name) in try ledger.countyNames() { counties[code] = name }
        for code in Set(matched.map(\.county)) where counties[code] == nil {
            counties[code] =
                try context.regions().first { $0.code == code }
                ?? CountyRecord(code: code, name: code.text, prefecture: "", isDeepPoverty: false)
        }
        self.counties = counties
    }

    var countyNames: [CountyCode: String] { counties.mapValues(\.name) }

    /// Keys of the reports that were written, sorted.
    var reports: [String] {
        work.entries.keys.compactMap { node in
            node.name.hasPrefix("files/") ? String(node.name.dropFirst("files/".count)) : nil
        }.sorted()
    }

    /// A month as matched and as computed.
    func month(_ month: CountyMonth) -> String { work.output(.month(month)) + " " + work.output(.pay(month)) }

    /// The files that a month rests on, as they were sent.
    func sent(_ month: CountyMonth) -> String {
        var sent = work.output(.sources(month)) + " " + work.output(.register(month.county, for: .files))
        let closed = batches.keys.filter { $0.county == month.county }
        if closed.map(\.period).max()?.next == month.period {
            // It carries what closed months owe, and what banks returned: it rests on those files too.
            for earlier in matched.sorted().filter({ $0.county == month.county && $0 < month }) {
                sent += " " + work.output(.sources(earlier))
            }
            sent += " " + work.output(.register(month.county, for: .returns))
        }
        return sent
    }
}
