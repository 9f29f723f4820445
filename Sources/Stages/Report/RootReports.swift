import Domain
import Ledger
import Reports
import Sheets

/// The files at the top of the output.
struct RootReports: Sendable {
    private let context: RunContext
    private let general: GeneralFindings

    init(_ context: RunContext, _ general: GeneralFindings) {
        self.context = context
        self.general = general
    }

    func jobs(_ sources: ReportSources) throws -> [ReportJob] {
        let findings = try context.ledger.read { try rootFindings($0) }
        let table = FindingsReport.table(findings, countyNames: sources.countyNames)
        let bytes = try CSVWriter.bytes(of: table)
        return [
            ReportJob(key: "root/findings", inputs: Fingerprint.sha256(bytes)) { _, _ in
                [OutputBytes("findings.csv", bytes)]
            }
        ]
    }

    /// Findings without both a county and a period: of files as they lie in the inbox now, of registers, of places.
    func rootFindings(_ ledger: LedgerReader) throws -> [Finding] {
        var findings: [Finding] = []
        for (path, submission) in try ledger.currentSubmissionsWithFindings() {
            findings += try ledger.fileFindings(submission: submission).map { finding in
                var finding = finding
                finding.file = path
                return finding
            }
        }
        return findings + general.root
    }
}
