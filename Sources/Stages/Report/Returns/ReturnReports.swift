import Domain
import Forms
import Ledger
import Matching
import Reports
import Sheets
import Synchronization
import Tables

/// A return workbook for each township with findings in a month. Source: spec §9.
struct ReturnReports: Sendable {
    private let context: RunContext
    private let sources: ReportSources
    private let strays: StrayFiles
    private let reader: SharedReader

    init(_ context: RunContext, _ sources: ReportSources, _ strays: StrayFiles) {
        self.context = context
        self.sources = sources
        self.strays = strays
        reader = SharedReader(context)
    }

    /// One job a county and month.
    func jobs() throws -> [ReportJob] {
        let understanding = try context.ledger.read { try $0.setting("understanding") ?? "" }
        let months = sources.matched.union(sources.computed).sorted()
        return months.compactMap { month in
            if let county = context.options.county, county != month.county { return nil }
            guard let county = sources.counties[month.county] else { return nil }
            let stray = strays.findings(of: month)
            var changes = [
                sources.common, understanding, county.name, sources.month(month), sources.work.output(.sources(month)),
                "\(context.options.asOf > month.period.lastDay) \(sources.batches[month] == nil)",
            ]
            changes += stray.map { "\($0.reason) \($0.file) \($0.sheet) \($0.cell?.a1 ?? "") \($0.arguments)" }
            return ReportJob(
                key: "returns/\(month.county.text)/\(month.period)",
                inputs: Fingerprint.of(changes.joined(separator: " "))
            ) { ledger, folder in
                try make(month, county, stray, ledger, folder)
            }
        }
    }

    private func make(
        _ month: CountyMonth, _ county: CountyRecord, _ stray: [Finding], _ ledger: LedgerReader,
        _ folder: OutputFolder
    ) throws -> [OutputBytes] {
        let findings = try Finding.told(ledger.monthFindings(month), ledger.payFindings(month))
        let attendance = try ledger.month(month)
        // A month that is closed is mended by whoever knows what to mend: nobody is asked about its blanks.
        let isOpen = sources.batches[month] == nil
        let blanks = isOpen ? attendance.map { BlankDays.of($0, asOf: context.options.asOf) } ?? [] : []
        guard !findings.isEmpty || !blanks.isEmpty else { return [] }
        let sent = try SentMonth(
            month, attendance, findings: findings, blanks: blanks, ledger, context, reader: try reader.reader())
        var byTownship: [String: [Finding]] = [:]
        for row in blanks { byTownship[row.township] = [] }
        for finding in findings {
            for township in sent.townships(of: finding) { byTownship[township, default: []].append(finding) }
        }
        return try byTownship.sorted { $0.key < $1.key }.compactMap { township, findings in
            let returned = sent.returned(to: township)
            let told =
                findings + returned.fileFindings
                + stray.filter { stray in
                    stray.file.contains(township) && !returned.fileFindings.contains { $0.file == stray.file }
                }
            // A file that is nobody's is told beside what is to be mended; alone it may be an old one.
            let blanks = blanks.filter { $0.township == township }
            guard !blanks.isEmpty || (findings + returned.fileFindings).contains(where: \.isToMend) else {
                return nil
            }
            let workbook = ReturnWorkbook(
                county: county.name, township: township, period: month.period, sheets: returned.sheets,
                findings: told,
                blanks: blanks.map {
                    ReturnWorkbook.Blank(
                        person: $0.person, file: $0.file, sheet: $0.sheet, cells: $0.cells, days: $0.text,
                        isWhole: $0.isWhole)
                })
            let name = OutputNames.safe(ReturnWorkbook.fileName(township: township, period: month.period))
            return OutputBytes(
                OutputNames.townships(month.period, county) + name, try folder.bytes(workbook.workbook()))
        }
    }
}

/// The form reader of a run, made once it is needed: most months of most runs have nothing to return.
final class SharedReader: Sendable {
    private let context: RunContext
    private let made = Mutex<FormReader?>(nil)

    init(_ context: RunContext) { self.context = context }

    func reader() throws -> FormReader {
        try made.withLock { made in
            if let reader = made { return reader }
            let reader = try context.formReader(marks: context.policy.marks, explains: true)
            made = reader
            return reader
        }
    }
}
