import Domain
import Ledger

/// Findings of registers, decisions, expectations: found in no county's month, told where their readers look.
///
/// Source: spec §9: the findings at the root are those «without both a county and a period».
struct GeneralFindings: Sendable {
    /// Those about a month of a county whose files are made.
    private(set) var months: [CountyMonth: [Finding]] = [:]
    /// All others.
    private(set) var root: [Finding] = []

    init(_ ledger: LedgerReader, _ counties: [CountyCode: CountyRecord]) throws {
        for scope in try ledger.generalFindingScopes() {
            for finding in try ledger.generalFindings(scope) {
                if let county = finding.county, let period = finding.period, counties[county] != nil {
                    months[CountyMonth(county: county, period: period), default: []].append(finding)
                } else {
                    root.append(finding)
                }
            }
        }
    }

    /// What is told of a month, as one text: inputs of the files that tell it.
    func text(_ month: CountyMonth) -> String {
        (months[month] ?? []).map { "\($0.file) \($0.sheet) \($0.cell?.a1 ?? "") \($0.message(.zh))" }.joined(
            separator: " ")
    }
}
