import Domain
import Ledger

/// Files that lie in the inbox and count for no month: damaged, without a month, or no form that is known.
///
/// Whose they are is told by their path alone, so they are listed in a return and nothing more: a township that is told
/// that it sent nothing sees that its file came and could not be used.
struct StrayFiles {
    private let findings: [Finding]
    /// Whether a path that names no county can be of one only.
    private let hasOneCounty: Bool

    init(_ ledger: LedgerReader, countyCount: Int) throws {
        hasOneCounty = countyCount <= 1
        findings = try ledger.currentSubmissionsWithFindings().flatMap { path, submission in
            try ledger.fileFindings(submission: submission).filter { $0.effect == .held }.map { finding in
                var finding = finding
                finding.file = path
                return finding
            }
        }.sorted(by: FindingOrder.total)
    }

    /// Findings of files that may be of that county and month.
    func findings(of month: CountyMonth) -> [Finding] {
        findings.filter { StrayFiles.mayBe(of: month, path: $0.file, hasOneCounty: hasOneCounty) }
    }

    static func mayBe(of month: CountyMonth, path: String, hasOneCounty: Bool) -> Bool {
        let folders = path.split(separator: "/").dropLast()
        let codes = folders.compactMap { CountyCode(prefixOf: String($0)) }
        guard codes.isEmpty ? hasOneCounty : codes.contains(month.county) else { return false }
        let months = StrayFiles.months(in: path)
        return months.isEmpty || months.contains(month.period.month)
    }

    /// The numbers before each 月.
    private static func months(in path: String) -> [Int] {
        var months: [Int] = []
        var number: Int?
        for scalar in TextFolding.halfWidth(path).unicodeScalars {
            switch scalar {
            case "0"..."9":
                let digit = Int(scalar.value - 48)
                number = number.map { $0 > 99_999 ? $0 : $0 * 10 + digit } ?? digit
            case "月":
                if let number { months.append(number) }
                number = nil
            default: number = nil
            }
        }
        return months
    }
}
