import Domain
import Ledger
import Matching
import Reports

/// A digest for each township that has something to send or to mend in an open month. Source: spec §10.
struct NoticeReports: Sendable {
    private let context: RunContext
    private let sources: ReportSources
    private let strays: StrayFiles
    /// Months that were expected and of which nothing came.
    private let expected: [CountyMonth: Finding]

    init(
        _ context: RunContext, _ sources: ReportSources, _ strays: StrayFiles, expected: [CountyMonth: Finding]
    ) {
        self.context = context
        self.sources = sources
        self.strays = strays
        self.expected = expected
    }

    /// Of the report of a county's month.
    static func key(_ month: CountyMonth) -> String { "notices/\(month.county.text)/\(month.period)" }

    /// One job a county and month.
    func jobs() -> [ReportJob] {
        let months = sources.matched.union(sources.computed).union(expected.keys).sorted()
        return months.compactMap { month in
            if let only = context.options.county, only != month.county { return nil }
            guard sources.batches[month] == nil, let county = sources.counties[month.county] else { return nil }
            let due = context.options.expectations.flatMap {
                $0.counties.contains(month.county) ? $0.due(month.period) : nil
            }
            let stray = strays.findings(of: month)
            let changes = [
                ProgramVersion.text, ProgramVersion.computing, county.name, sources.month(month),
                due.map { "\($0.iso) \(context.options.asOf <= $0)" } ?? "",
                "\(context.options.asOf > month.period.lastDay)",
                expected[month] == nil ? "" : sources.work.output(.register(month.county, for: .months)),
                stray.map { "\($0.reason) \($0.file) \($0.sheet) \($0.arguments)" }.joined(separator: "\u{1E}"),
            ]
            return ReportJob(
                key: NoticeReports.key(month),
                inputs: Fingerprint.of(changes.joined(separator: "\u{1F}"))
            ) { ledger, _ in try make(month, county, due, stray, ledger) }
        }
    }

    private func make(
        _ month: CountyMonth, _ county: CountyRecord, _ due: CivilDate?, _ stray: [Finding], _ ledger: LedgerReader
    ) throws -> [OutputBytes] {
        var byTownship: [String: [Finding]] = [:]
        if let finding = expected[month] {
            for township in try ledger.postedTownships(month) { byTownship[township, default: []].append(finding) }
        }
        let found = try Finding.told(ledger.monthFindings(month), ledger.payFindings(month))
        for finding in found where !finding.township.isEmpty {
            byTownship[finding.township, default: []].append(finding)
        }
        let blanks = try ledger.month(month).map { BlankDays.of($0, asOf: context.options.asOf) } ?? []
        for row in blanks { byTownship[row.township, default: []] += [] }
        return byTownship.sorted { $0.key < $1.key }.compactMap { township, findings in
            let digest = TownshipDigest(
                county: county.name, township: township, period: month.period, asOf: context.options.asOf, due: due,
                findings: findings, files: stray.filter { $0.file.contains(township) },
                blanks: blanks.filter { $0.township == township }.map {
                    "\(IDMasking.masked($0.person))：\($0.text)" + ($0.isWhole ? "（全月没有填写）" : "")
                })
            guard digest.isNeeded else { return nil }
            let name = OutputNames.safe(TownshipDigest.fileName(township: township, period: month.period))
            return OutputBytes(OutputNames.townships(month.period, county) + name, digest.bytes)
        }
    }
}
