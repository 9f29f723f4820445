import Domain

/// Words and colours of return workbooks.
enum ReturnText {
    /// The fill of a cell: red for what must be mended, yellow for what should be looked at, blue for a hint.
    static func color(_ severity: FindingSeverity) -> Int {
        switch severity {
        case .error: 0xFFB3B3
        case .warning: 0xFFE699
        case .info: 0xBDD7EE
        }
    }

    /// The fill of a day without a mark, where other people have one: light violet.
    static let blankColor = 0xE4DFEC

    /// What stands in place of a formula whose file stores no value.
    static let uncached = "（公式无结果）"

    /// The same for a sheet's tab.
    static func strongColor(_ severity: FindingSeverity) -> Int {
        switch severity {
        case .error: 0xC00000
        case .warning: 0xFFC000
        case .info: 0x5B9BD5
        }
    }

    static func rank(_ severity: FindingSeverity) -> Int {
        switch severity {
        case .error: 0
        case .warning: 1
        case .info: 2
        }
    }

    static func worst(_ findings: [Finding]) -> FindingSeverity {
        findings.map(\.severity).min { rank($0) < rank($1) } ?? .info
    }

    /// What is wrong and what to do, the worst first.
    static func comment(_ findings: [Finding]) -> String {
        var lines: [String] = []
        for finding in findings.sorted(by: inListOrder) {
            let effect = finding.effect == .none ? "" : "·\(finding.effect.chinese)"
            let masked = FindingMasking.masked(finding)
            let text = "【\(finding.severity.chinese)\(effect)】\(masked.message(.zh))\n怎么改：\(masked.advice(.zh))"
            if !lines.contains(text) { lines.append(text) }
        }
        return lines.joined(separator: "\n\n")
    }

    /// Errors, warnings, hints; in each by the place in the files.
    static func inListOrder(_ left: Finding, _ right: Finding) -> Bool {
        if left.severity != right.severity { return rank(left.severity) < rank(right.severity) }
        return FindingsReport.inReportOrder(left, right)
    }
}
