import Domain
import Foundation
import Ledger
import Matching
import Reports
import Rules
import Sheets
import Synchronization
import Tables

/// The files of a county's month: finance and findings.
struct MonthReports: Sendable {
    private let context: RunContext
    private let sources: ReportSources
    private let registerFiles = RegisterFiles()
    /// Months that were expected and of which nothing came.
    private let expected: [CountyMonth: Finding]

    init(_ context: RunContext, _ sources: ReportSources, expected: [CountyMonth: Finding] = [:]) {
        self.context = context
        self.sources = sources
        self.expected = expected
    }

    func jobs() -> [ReportJob] {
        let months = Set(sources.months.keys).union(sources.pay.keys).union(sources.batches.keys)
            .union(expected.keys).sorted()
        return months.flatMap { month -> [ReportJob] in
            if let county = context.options.county, county != month.county { return [] }
            guard let county = sources.counties[month.county] else { return [] }
            let place = "\(month.county.text)/\(month.period)"
            let changes = [sources.common, sources.months[month] ?? "", sources.pay[month] ?? ""].joined(separator: " ")
            return [
                ReportJob(
                    key: "finance/\(place)",
                    fingerprint: sources.batches[month].map { "closed \($0.id)" } ?? Fingerprint.of(changes)
                ) { ledger, folder in try finance(month, county, ledger, folder) },
                ReportJob(
                    key: "findings/\(place)",
                    fingerprint: Fingerprint.of(changes + (expected[month].map { $0.message(.zh) } ?? ""))
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
        let place = OutputNames.folder(month.period, county) + "/finance/"
        if let batch = sources.batches[month] {
            // What was issued is not made again: its bytes were kept when it was closed.
            return try ledger.files(batch: batch.id).map {
                OutputBytes(place + $0.name, try context.originals.bytes($0.sha256))
            }
        }
        guard let pay = try ledger.pay(month) else { return [] }
        let set = FinanceFiles(context, profiles: sources.profiles, county: county, folder: folder)
        return try set.make(pay, batch: nil, sources: try sourceFiles(month, ledger)).map {
            OutputBytes(place + $0.path, $0.bytes)
        }
    }

    /// The workbooks that a month's lines rest on: its attendance, the registers its county was read from.
    func sourceFiles(_ month: CountyMonth, _ ledger: LedgerReader) throws -> [FileDigest] {
        let registers = try registerFiles.files(month.county) {
            try ledger.countyRecord(month.county)?.records.sourceFiles ?? []
        }
        return try ledger.sources(of: month, registers: registers).map {
            FileDigest(path: $0.path, sha256: $0.sha256, sizeBytes: $0.size)
        }.sorted()
    }

    // MARK: Findings

    private func findings(
        _ month: CountyMonth, _ county: CountyRecord, _ ledger: LedgerReader
    ) throws -> [OutputBytes] {
        let found =
            try Finding.told(ledger.monthFindings(month), ledger.payFindings(month))
            + (expected[month].map { [$0] } ?? [])
        let table = FindingsReport.table(found, countyNames: sources.countyNames)
        return [OutputBytes(OutputNames.findings(month.period, county), try CSVWriter.bytes(of: table))]
    }
}

/// Which files a county's registers were read from: asked for every month of the county, read once.
final class RegisterFiles: Sendable {
    private let known = Mutex<[CountyCode: Set<String>]>([:])

    func files(_ county: CountyCode, _ read: () throws -> Set<String>) throws -> Set<String> {
        if let files = known.withLock({ $0[county] }) { return files }
        let files = try read()
        known.withLock { $0[county] = files }
        return files
    }
}

/// The files of a finance folder, from lines: the same for an open month and for one that is closed.
struct FinanceFiles {
    let policy: Policy
    let policyFile: FileDigest
    let profiles: [ExportProfile]
    let county: CountyRecord
    let folder: OutputFolder

    init(policy: Policy, policyFile: FileDigest, profiles: [ExportProfile], county: CountyRecord, folder: OutputFolder)
    {
        self.policy = policy
        self.policyFile = policyFile
        self.profiles = profiles
        self.county = county
        self.folder = folder
    }

    /// With the policy of the run.
    init(_ context: RunContext, profiles: [ExportProfile], county: CountyRecord, folder: OutputFolder) {
        self.init(
            policy: context.policy,
            policyFile: FileDigest(
                path: context.policyFileName, sha256: context.policySHA256,
                sizeBytes: context.policyText.utf8.count),
            profiles: profiles, county: county, folder: folder)
    }

    /// Statement, payments by every profile, held rows, manifest; paths relative to the finance folder.
    func make(_ pay: MonthPay, batch: String?, sources: [FileDigest]) throws -> [OutputBytes] {
        let period = pay.month.period
        let lines = pay.lines.map { line in
            var line = line
            line.batch = batch
            return line
        }
        var files: [OutputBytes] = []
        let statement = PaymentStatement(
            county: county.code, countyName: county.name, period: period, batch: batch, lines: lines, held: pay.held,
            outstanding: pay.outstanding, sampleRates: sampleRates)
        files.append(OutputBytes(PaymentStatement.fileName(period), try folder.bytes(statement.workbook())))
        for profile in profiles {
            let table = PaymentsReport.table(lines, countyName: county.name, profile: profile)
            let name = profile.fileName(period: period, county: county.code, countyName: county.name)
            files.append(OutputBytes(name, try CSVWriter.bytes(of: table, dialect: profile.dialect)))
        }
        files.append(
            OutputBytes(
                "held-\(period).csv",
                try CSVWriter.bytes(of: HeldReport.table(pay.held, countyName: county.name))))
        let manifest = ManifestReport(
            period: period, county: county.code, countyName: county.name, batch: batch, lines: lines, held: pay.held,
            outstanding: pay.outstanding,
            financeFiles: files.map {
                FileDigest(path: $0.path, sha256: $0.digest.sha256, sizeBytes: $0.digest.size)
            },
            sourceFiles: sources,
            policyFile: policyFile,
            programVersion: ProgramVersion.text)
        files.append(OutputBytes("manifest-\(period).json", Array(manifest.text.utf8)))
        return files
    }

    /// Parts whose rates the policy file calls samples: every sheet that uses them says so.
    private var sampleRates: Set<PayComponent> {
        var parts: Set<PayComponent> = []
        for (id, table) in policy.rateTables where table.title.contains("样例") {
            switch id {
            case .hardshipAllowance: parts.insert(.hardshipAllowance)
            case .qinghaiAllowance: parts.insert(.qinghaiAllowance)
            case .townshipSubsidy: parts.insert(.townshipSubsidy)
            }
        }
        return parts
    }
}
