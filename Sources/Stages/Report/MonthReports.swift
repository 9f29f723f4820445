import Domain
import Foundation
import Ledger
import Reports
import Sheets

/// The files of a county's month: finance and findings.
struct MonthReports: Sendable {
    private let context: RunContext
    private let sources: ReportSources
    private let papers: MonthPapers.Reader
    private let general: GeneralFindings

    init(_ context: RunContext, _ sources: ReportSources, _ general: GeneralFindings) {
        self.context = context
        self.sources = sources
        self.general = general
        papers = MonthPapers.Reader(sources.batches)
    }

    func jobs() -> [ReportJob] {
        let months = sources.matched.union(sources.computed).union(sources.batches.keys).union(general.months.keys)
            .sorted()
        return months.flatMap { month -> [ReportJob] in
            if let county = context.options.county, county != month.county { return [] }
            guard let county = sources.counties[month.county] else { return [] }
            let place = "\(month.county.text)/\(month.period)"
            let content = [sources.common, sources.month(month)].joined(separator: " ")
            return [
                ReportJob(
                    key: "finance/\(place)",
                    inputs: sources.batches[month].map { "closed \($0.id)" }
                        ?? Fingerprint.of(
                            content, sources.sent(month), county.name,
                            sources.work.output(.register(month.county, for: .papers)),
                            papers.carried(month).map { "\($0.period) \(sources.work.output(.month($0)))" }.joined()),
                    isDurable: sources.batches[month] != nil
                ) { ledger, folder in try finance(month, county, ledger, folder) },
                ReportJob(
                    key: "findings/\(place)",
                    inputs: Fingerprint.of(content, county.name, general.text(month))
                ) { ledger, _ in
                    try findings(month, county, ledger)
                },
            ]
        }
    }

    // MARK: Finance

    private func finance(
        _ month: CountyMonth, _ county: CountyRecord, _ ledger: LedgerReader, _ folder: OutputFolder
    ) throws -> [OutputBytes] {
        if let batch = sources.batches[month] {
            // Its folder too is called what it was called then.
            let place = OutputNames.folder(month.period, try ledger.county(batch: batch.id) ?? county) + "/finance/"
            // What was issued is not made again: its bytes were kept when it was closed.
            return try ledger.files(batch: batch.id).map {
                OutputBytes(place + $0.name, try context.originals.bytes($0.sha256))
            }
        }
        let place = OutputNames.folder(month.period, county) + "/finance/"
        guard let papers = try papers.read(month, ledger) else { return [] }
        let set = FinanceFiles(context, profiles: sources.profiles, county: county, folder: folder)
        return try set.make(papers, batch: nil).map { OutputBytes(place + $0.path, $0.bytes) }
    }

    // MARK: Findings

    private func findings(
        _ month: CountyMonth, _ county: CountyRecord, _ ledger: LedgerReader
    ) throws -> [OutputBytes] {
        let found =
            try Finding.told(ledger.monthFindings(month), ledger.payFindings(month))
            + (general.months[month] ?? [])
        let table = FindingsReport.table(found, countyNames: sources.countyNames)
        return [OutputBytes(OutputNames.findings(month.period, county), try CSVWriter.bytes(of: table))]
    }
}
