import Domain

/// Townships by state, over any number of months.
struct TownshipTally {
    var received = 0
    var withFindings = 0
    var missing = 0
    var awaited = 0

    init(_ months: [RunPageModel.Month]) {
        for township in months.lazy.flatMap(\.townships) {
            switch township.state {
            case .received: received += 1
            case .withFindings: withFindings += 1
            case .missing: missing += 1
            case .awaited: awaited += 1
            }
        }
    }

    var sent: Int { received + withFindings }
    var due: Int { sent + missing + awaited }

    /// `✓ 12　! 5　✕ 2`: the same in the legend's signs.
    var signs: String {
        [("✓", received), ("!", withFindings), ("✕", missing), ("…", awaited)].filter { $0.1 > 0 }
            .map { "\($0.0) \($0.1)" }.joined(separator: "\u{3000}")
    }

    /// `已报 12，有问题 5，未报 2`; what is none is not named.
    var text: String {
        let parts = [("已报", received), ("已报有问题", withFindings), ("未报", missing), ("待报", awaited)]
        let told = parts.filter { $0.1 > 0 }.map { "\($0.0) \($0.1)" }
        return told.isEmpty ? "没有应报乡镇" : told.joined(separator: "，")
    }
}

/// Findings that hold or exclude something, and the others.
struct FindingTotals {
    var standing = 0
    var other = 0

    init(_ findings: [RunPageModel.FindingCount]) {
        for finding in findings {
            if finding.effect == .held || finding.effect == .excluded {
                standing += finding.count
            } else if finding.severity != .info {
                other += finding.count
            }
        }
    }
}

/// Findings of one code with one effect, over everything.
struct FindingKind {
    var code: FindingCode
    var severity: FindingSeverity
    var effect: FindingEffect
    var count: Int

    private struct Key: Hashable {
        let code: FindingCode
        let severity: FindingSeverity
        let effect: FindingEffect
    }

    /// What holds first, then what excludes; the most frequent of each before the rest.
    static func merged(_ counts: [RunPageModel.FindingCount]) -> [FindingKind] {
        var sums: [Key: Int] = [:]
        for item in counts where item.count > 0 {
            sums[Key(code: item.code, severity: item.severity, effect: item.effect), default: 0] += item.count
        }
        var kinds: [FindingKind] = []
        for code in FindingCode.allCases {
            for severity in FindingSeverity.allCases {
                for effect in FindingEffect.allCases {
                    guard let sum = sums[Key(code: code, severity: severity, effect: effect)] else { continue }
                    kinds.append(FindingKind(code: code, severity: severity, effect: effect, count: sum))
                }
            }
        }
        func rank(_ kind: FindingKind) -> Int { FindingEffect.allCases.firstIndex(of: kind.effect) ?? 0 }
        // Sorting is stable in effect: the code's place in the list ends every tie.
        return kinds.enumerated().sorted { left, right in
            let (a, b) = (rank(left.element), rank(right.element))
            if a != b { return a < b }
            if left.element.count != right.element.count { return left.element.count > right.element.count }
            return left.offset < right.offset
        }.map(\.element)
    }

    var effectText: String { effect == .none ? "仅提醒" : effect.chinese }

    var look: String {
        switch effect {
        case .held: "miss"
        case .excluded: "warn"
        case .used: "paid"
        case .none: "wait"
        }
    }
}

/// Sums of a month over counties.
struct MonthSum {
    var period: Period
    var people = 0
    var paid = Fen.zero
    var adjusted = Fen.zero
    var held = 0
    var pending = Fen.zero
    var outstanding = Fen.zero

    init(_ period: Period, _ months: [RunPageModel.Month]) {
        self.period = period
        for month in months {
            people += month.people
            paid += month.paid
            adjusted += month.adjusted
            held += month.heldRows
            pending += month.pending
            outstanding += month.outstanding
        }
    }

    var cells: [String] {
        [
            PageNumber.grouped(people), PageNumber.yuan(paid), PageNumber.yuan(adjusted), PageNumber.grouped(held),
            PageNumber.yuan(pending), PageNumber.yuan(outstanding),
        ]
    }

    /// The last row. People are not added up: the same ones come every month. Nor is what is outstanding.
    static func total(_ sums: [MonthSum]) -> [String] {
        [
            "", PageNumber.yuan(sums.reduce(.zero) { $0 + $1.paid }),
            PageNumber.yuan(sums.reduce(.zero) { $0 + $1.adjusted }),
            PageNumber.grouped(sums.reduce(0) { $0 + $1.held }),
            PageNumber.yuan(sums.reduce(.zero) { $0 + $1.pending }), "",
        ]
    }
}
