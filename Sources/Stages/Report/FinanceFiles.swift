import Domain
import Ledger
import Payroll
import Reports
import Rules
import Sheets
import Tables

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

    /// Statement, payments by every profile, what no bank can pay, held rows, what people decide, manifest; paths
    /// relative to the finance folder.
    func make(_ papers: MonthPapers, batch: String?) throws -> [OutputBytes] {
        let pay = papers.pay
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
        let bank = BankLines(lines, standing: papers.standing)
        for profile in profiles {
            let table = PaymentsReport.table(lines, bank: bank.payable, countyName: county.name, profile: profile)
            let name = profile.fileName(
                period: period, county: county.code, countyName: county.name, isClosed: batch != nil)
            switch profile.format {
            case .csv: files.append(OutputBytes(name, try CSVWriter.bytes(of: table, dialect: profile.dialect)))
            case .xlsx:
                let workbook = ExportWorkbook.workbook(table, profile: profile, created: period.firstDay)
                files.append(OutputBytes(name, try folder.bytes(workbook)))
            }
        }
        let unpayable = UnpayableReport.table(bank.unpayable, period: period, batch: batch)
        files.append(OutputBytes(UnpayableReport.fileName(period), try CSVWriter.bytes(of: unpayable)))
        files.append(
            OutputBytes(
                "held-\(period).csv",
                try CSVWriter.bytes(of: HeldReport.table(pay.held, countyName: county.name))))
        if !papers.settlements.isEmpty {
            let table = SettlementReport.table(
                papers.settlements, countyName: county.name, issuers: papers.issuers)
            files.append(OutputBytes(SettlementReport.fileName(period), try CSVWriter.bytes(of: table)))
        }
        if !papers.decisions.isEmpty {
            let form = DecisionForm(county: county, period: period, lines: papers.decisions.map(line))
            files.append(OutputBytes(DecisionForm.fileName(period), try folder.bytes(form.workbook())))
        }
        var manifest = ManifestReport(
            period: period, county: county.code, countyName: county.name, batch: batch, lines: lines, held: pay.held,
            outstanding: pay.outstanding, bank: bank, settled: papers.decisions.filter { $0.decision != nil },
            financeFiles: files.map {
                FileDigest(path: $0.path, sha256: $0.digest.sha256, sizeBytes: $0.digest.size)
            },
            sourceFiles: papers.sources,
            policyFile: policyFile,
            programVersion: ProgramVersion.text)
        manifest.adoptions = papers.adoptions.map(AdoptionNote.init)
        manifest.settlements = papers.settlements
        files.append(OutputBytes("manifest-\(period).json", Array(manifest.text.utf8)))
        return files
    }

    private func line(_ finding: DecidableFinding) -> DecisionLine {
        let period = finding.finding.period
        return DecisionLine(
            finding,
            ifAccepted: period.flatMap { DecisionAmounts.ifAccepted(finding, in: $0, policy: policy) },
            ifRefused: DecisionAmounts.ifRefused(finding))
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

extension AdoptionNote {
    init(_ adoption: PolicyAdoption) {
        self.init(
            name: adoption.name, sha256: adoption.sha256, reason: adoption.reason, who: adoption.who,
            asOf: adoption.asOf)
    }
}
