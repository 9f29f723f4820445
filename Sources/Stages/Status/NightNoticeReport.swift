import Domain
import Ledger
import Reports

extension NightNotice {
    /// Of the ledger as the last run left it: open months, and files that lie in the inbox and could not be read.
    ///
    /// What changed is told of the last run alone: a night with nothing new has nothing to tell.
    public init(_ ledger: LedgerReader) throws {
        let isFresh = try ledger.setting("reported.fresh") == "1"
        let changes = isFresh ? try ledger.setting("reported.lines") ?? "" : ""
        let status = try StatusReport(ledger, county: nil, period: nil)
        let months = status.months.filter { $0.page.batch == nil }.map { month in
            Month(
                period: month.period, county: month.countyName, people: month.page.people, paid: month.page.paid,
                heldRows: month.page.heldRows, pending: month.page.pending,
                missing: month.rows.filter { $0.state == "missing" }.map(\.township),
                toMend: month.rows.filter { $0.standing + $0.heldRows > 0 }.map {
                    Township(name: $0.township, standing: $0.standing, heldRows: $0.heldRows)
                })
        }
        self.init(
            months: months, refused: try NightNotice.refused(ledger),
            expected: try ledger.generalFindings(ExpectedArrivals.scope),
            changes: changes.split(separator: "\n").map(String.init))
    }

    /// What holds a file or a sheet of it, not a person's row.
    private static func refused(_ ledger: LedgerReader) throws -> [Finding] {
        var findings: [Finding] = []
        for (path, submission) in try ledger.currentSubmissionsWithFindings() {
            for var finding in try ledger.fileFindings(submission: submission)
            where finding.effect == .held && finding.person.isEmpty && finding.personID.isEmpty {
                finding.file = path
                findings.append(finding)
            }
        }
        return findings
    }
}
