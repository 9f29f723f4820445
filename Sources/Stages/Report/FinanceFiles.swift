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
    /// As the manifest names it.
    var programVersion = ProgramVersion.text
    /// Files as they were, by name, where what is made again has another look than it had: the manifest names those.
    var kept: [String: FileDigest] = [:]
    /// How a batch was reckoned.
    var reckoning = Reckoning.current

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

    /// Statement, a workbook a unit at closing, payments by every profile, what no bank can pay, held rows, what people
    /// decide, manifest; paths relative to the finance folder.
    func make(_ papers: MonthPapers, batch: String?) throws -> [OutputBytes] {
        let pay = papers.pay
        let period = pay.month.period
        let lines = pay.lines.map { line in
            var line = line
            line.batch = batch
            return line
        }
        var files: [OutputBytes] = []
        let adoptions = papers.adoptions.map(AdoptionNote.init)
        var statement = PaymentStatement(
            county: county.code, countyName: county.name, period: period, batch: batch, lines: lines, held: pay.held,
            outstanding: pay.outstanding, sampleRates: sampleRates)
        statement.adoptions = adoptions
        if let rate = policy.value(.livingStipendPerDay, on: period.lastDay) { statement.clause = rate.source }
        files.append(OutputBytes(PaymentStatement.fileName(period), try folder.bytes(statement.workbook())))
        // What is sent to units is what was issued, no draft.
        if batch != nil {
            let units = statement.unitWorkbooks()
            for (name, unit) in zip(UnitFileNames.names(units.map(\.unit), period: period), units) {
                files.append(OutputBytes(name, try folder.bytes(unit.workbook)))
            }
        }
        let bank = self.bank(lines, papers.standing)
        for (profile, told) in zip(profiles, netFiles(bank)) {
            let table = PaymentsReport.table(lines, bank: told, countyName: county.name, profile: profile)
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
            let form = DecisionForm(
                county: county, period: period, lines: papers.decisions.map { line($0, papers, bank) })
            files.append(OutputBytes(DecisionForm.fileName(period), try folder.bytes(form.workbook())))
        }
        var manifest = ManifestReport(
            period: period, county: county.code, countyName: county.name, batch: batch, lines: lines, held: pay.held,
            outstanding: pay.outstanding, bank: bank, settled: papers.decisions.filter { $0.decision != nil },
            financeFiles: files.map {
                kept[$0.path] ?? FileDigest(path: $0.path, sha256: $0.digest.sha256, sizeBytes: $0.digest.size)
            },
            sourceFiles: papers.sources,
            policyFile: policyFile,
            programVersion: programVersion)
        manifest.adoptions = adoptions
        manifest.settlements = papers.settlements
        files.append(OutputBytes("manifest-\(period).json", Array(manifest.text.utf8)))
        return files
    }

    /// What the bank is told to pay of lines, and what no bank can or is told to.
    func bank(_ lines: [PaymentLine], _ standing: AccountStanding) -> BankLines {
        reckoning < Reckoning.rows
            ? BankLines(lines, standing: standing)
            : PaymentsReport.bank(lines, standing: standing, countyName: county.name, profiles: profiles)
    }

    /// The files for banks by name, with their lines, in the order of the profiles.
    func netFiles(_ bank: BankLines, _ period: Period, isClosed: Bool) -> [(String, [BankLines.Line])] {
        zip(profiles, netFiles(bank)).filter { $0.0.isNetted }.map { profile, lines in
            let name = profile.fileName(
                period: period, county: county.code, countyName: county.name, isClosed: isClosed)
            return (name, lines)
        }
    }

    /// The net lines of each profile.
    private func netFiles(_ bank: BankLines) -> [[BankLines.Line]] {
        reckoning < Reckoning.oneFile
            ? profiles.map { _ in bank.payable }
            : PaymentsReport.netFiles(bank.payable, countyName: county.name, profiles: profiles)
    }

    /// Whether a file of a batch, made again, must have the bytes it had: a workbook of an earlier look has others.
    static func comesOutAlike(_ name: String, _ evidence: BatchEvidence) -> Bool {
        !name.hasSuffix(".xlsx") || evidence.papers == ProgramVersion.papers
    }

    /// What each answer pays: the stipend at stake, with the allowances that wait for it; of an account, what the bank
    /// would be told to pay to it.
    private func line(_ finding: DecidableFinding, _ papers: MonthPapers, _ bank: BankLines) -> DecisionLine {
        if finding.finding.code == .bankAccountShared {
            let own = (bank.payable + bank.unpayable).filter {
                $0.person.text == finding.finding.personID && $0.account == finding.finding.value
            }
            return DecisionLine(
                finding, ifAccepted: own.reduce(.zero) { $0 + $1.amount }, ifRefused: DecisionAmounts.ifRefused(finding)
            )
        }
        guard let period = finding.finding.period else { return DecisionLine(finding, ifAccepted: nil, ifRefused: nil) }
        var line = DecisionLine(
            finding, ifAccepted: DecisionAmounts.ifAccepted(finding, in: period, policy: policy),
            ifRefused: DecisionAmounts.ifRefused(finding))
        if finding.decision == nil, let month = papers.asked[period], let records = papers.records {
            let waiting = DecisionAmounts.beside(
                finding, in: month, records: records, policy: policy, asOf: period.lastDay,
                reckoning: reckoning)
            line.ifAccepted = line.ifAccepted.map { $0 + waiting.ifAccepted }
            line.ifRefused = line.ifRefused.map { $0 + waiting.ifRefused }
        }
        return line
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
