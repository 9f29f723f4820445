import Domain

/// A county's part of the page: grid, units, findings, files.
struct CountyContent {
    let county: RunPageModel.County
    /// One of many: what is told twice is told once, and in full of the newest months, so that a province's page stays
    /// small and grows with its counties.
    let isFolded: Bool
    /// The months told in full.
    private let months: [RunPageModel.Month]

    /// So many months of one county of many are told in full.
    static let foldedMonths = 3

    init(_ county: RunPageModel.County, isFolded: Bool = false) {
        self.county = county
        self.isFolded = isFolded
        months = isFolded ? county.months.suffix(CountyContent.foldedMonths) : county.months
    }

    var context: [String: Any] {
        let units = self.unitRows
        let kinds = self.kindRows
        return [
            "code": county.code.text, "countyName": county.name, "countyLine": line,
            "monthHeads": months.map(\.period.description), "townshipRows": townshipRows,
            "hasUnits": !units.isEmpty, "unitRows": units, "unitFeet": unitFeet, "hasKinds": !kinds.isEmpty,
            "findingHeads": findingHeads, "kindRows": kinds, "fileGroups": fileGroups,
            "hasBatches": !batchRows.isEmpty, "batchRows": batchRows,
        ]
    }

    /// What the folded county says of itself.
    private var line: String {
        let paid = county.months.reduce(Fen.zero) { $0 + $1.paid }
        let held = county.months.reduce(0) { $0 + $1.heldRows }
        let tally = TownshipTally(county.months)
        return "\(county.months.count) 个月，计发 \(PageNumber.yuan(paid)) 元"
            + (held > 0 ? "，暂缓 \(held) 行" : "") + (tally.missing > 0 ? "，未报 \(tally.missing) 乡镇月" : "")
    }

    // MARK: Townships

    private var townshipRows: [[String: Any]] {
        let byMonth = months.map { month in
            Dictionary(month.townships.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        }
        let names = Set(byMonth.flatMap(\.keys)).sorted()
        return names.map { name in
            ["township": name, "cells": zip(months, byMonth).map { cell($0, $1[name]) }]
        }
    }

    private func cell(_ month: RunPageModel.Month, _ township: RunPageModel.Township?) -> [String: Any] {
        guard let township else { return ["look": "none", "text": "–"] }
        switch township.state {
        case .received: return ["look": "ok", "text": "✓ 已报"]
        case .missing: return ["look": "miss", "text": "✕ 未报"]
        case .awaited: return ["look": "wait", "text": "… 待报"]
        case .withFindings:
            var cell: [String: Any] = ["look": "warn", "text": "! \(township.standing + township.warnings)项"]
            if !isFolded { cell["hint"] = "暂缓或不计 \(township.standing) 项，其他 \(township.warnings) 项" }
            if let file = township.returnFile { cell["href"] = PageLink.href(file) }
            return cell
        }
    }

    // MARK: Units

    private var unitRows: [[String: Any]] {
        let byMonth = months.map { month in
            Dictionary(month.units.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        }
        let names = Set(byMonth.flatMap(\.keys)).sorted()
        return names.map { name in
            let cells = byMonth.map { units -> [String: Any] in
                guard let unit = units[name] else { return ["text": "–"] }
                var cell: [String: Any] = ["text": PageNumber.yuan(unit.paid)]
                if unit.heldRows > 0 { cell["held"] = unit.heldRows }
                if unit.adjusted != .zero { cell["adjusted"] = PageNumber.yuan(unit.adjusted) }
                return cell
            }
            return ["unit": name.isEmpty ? "（未填单位）" : name, "cells": cells]
        }
    }

    private var unitFeet: [[String: Any]] {
        func foot(_ name: String, _ value: (RunPageModel.Month) -> String) -> [String: Any] {
            ["foot": name, "cells": months.map(value)]
        }
        var feet = [foot("计发合计", { PageNumber.yuan($0.paid) }), foot("人数", { PageNumber.grouped($0.people) })]
        if months.contains(where: { $0.adjusted != .zero }) {
            feet.append(foot("其中调整", { PageNumber.yuan($0.adjusted) }))
        }
        if months.contains(where: { $0.heldRows > 0 }) {
            feet.append(foot("暂缓（行）", { PageNumber.grouped($0.heldRows) }))
            feet.append(foot("待核金额", { PageNumber.yuan($0.pending) }))
        }
        if months.contains(where: { $0.batch != nil }) {
            feet.append(
                foot(
                    "状态",
                    { month in
                        month.passedTo.map { "列入 \($0)" } ?? (month.batch == nil ? "未关账" : "已关账")
                    }))
        }
        return feet
    }

    // MARK: The bank

    /// A closed month with lines: what became of it at the bank.
    private var batchRows: [[String: Any]] {
        county.months.compactMap { month in
            guard let bank = month.bank, bank.issued != .zero else { return nil }
            let sums = [
                bank.issued, bank.paid, bank.returned, bank.dueAgain, bank.unpayable, bank.unanswered,
                month.outstanding,
            ]
            return ["batch": bank.batch, "cells": sums.map { $0 == .zero ? "–" : PageNumber.yuan($0) }]
        }
    }

    // MARK: Findings

    private var findingHeads: [[String: Any]] {
        months.map { month in
            var head: [String: Any] = ["text": month.period.description]
            if let file = month.files.first(where: { PageLink.name($0) == "findings.csv" }) {
                head["href"] = PageLink.href(file)
            }
            return head
        }
    }

    private var kindRows: [[String: Any]] {
        FindingKind.merged(months.flatMap(\.findings)).map { kind in
            [
                "kind": kind.code.chinese, "effect": kind.effectText,
                "counts": months.map { month in
                    let count = month.findings.reduce(0) {
                        $1.code == kind.code && $1.severity == kind.severity && $1.effect == kind.effect
                            ? $0 + $1.count : $0
                    }
                    return count == 0 ? "–" : PageNumber.grouped(count)
                },
            ]
        }
    }

    // MARK: Files

    /// Monthly folders, latest first, then the yearly ones.
    var fileGroups: [[String: Any]] {
        var groups = months.reversed().filter { !$0.files.isEmpty }.map { month in
            CountyContent.fileGroup(month.period.chinese + (month.batch.map { "（\($0)）" } ?? ""), month.files)
        }
        let earlier = county.months.dropLast(months.count).reversed().compactMap { month in
            month.files.first.map { ["href": PageLink.href(CountyContent.folder($0)), "name": "\(month.period)"] }
        }
        if !earlier.isEmpty { groups.append(["group": "较早月份（文件夹）", "links": earlier]) }
        let years = Dictionary(grouping: county.yearFiles) { String($0.prefix { $0 != "/" }) }
        for (year, files) in years.sorted(by: { $0.key > $1.key }) {
            groups.append(CountyContent.fileGroup("\(year)年", files))
        }
        return groups
    }

    /// Month and county of an output: `2018-11/630202-乐都区/`.
    private static func folder(_ path: String) -> String {
        path.split(separator: "/").prefix(2).joined(separator: "/") + "/"
    }

    static func fileGroup(_ name: String, _ paths: [String]) -> [String: Any] {
        ["group": name, "links": paths.map { ["href": PageLink.href($0), "name": PageLink.name($0)] }]
    }
}
