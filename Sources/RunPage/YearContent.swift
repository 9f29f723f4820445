import Domain

/// A year's measures, coverage and insurance flags as the template reads them.
enum YearContent {
    /// Counties drawn one by one only where the picture stays a picture.
    private static let barsMax = 24

    static func context(_ year: RunPageModel.YearFigures) -> [String: Any] {
        var context: [String: Any] = ["year": year.year]
        if !year.measures.isEmpty { context["measures"] = measures(year.measures) }
        if !year.coverage.isEmpty { context["coverage"] = coverage(year.coverage) }
        if !year.insurance.isEmpty { context["insurance"] = insurance(year.insurance) }
        return context
    }

    private static func coverage(_ rows: [RunPageModel.Coverage]) -> [String: Any] {
        // Counties of which nothing came are one line, not a table of dashes.
        let told = rows.filter { $0.isReported || $0.level == .province }
        let silent = rows.filter { !$0.isReported && $0.level == .county }.map(\.name)
        let drawn = told.count <= barsMax ? told : told.filter { $0.level != .county }
        let tierNames = rows.first { !$0.tiers.isEmpty }?.tiers.map(\.name) ?? []
        return [
            "rows": drawn.map { row in
                let text =
                    row.isReported
                    ? "\(PageNumber.percent(row.trained, of: row.headcount))（\(row.trained)/\(row.headcount)）" : "未报"
                return [
                    "label": row.name, "spoken": text, "value": text,
                    "parts": row.isReported
                        ? PageBar.parts([.init(length: row.trained, look: "paid")], scale: row.headcount) : [],
                ] as [String: Any]
            },
            "tierHeads": tierNames.map { "\($0) 已训/计划" },
            "silent": silent.isEmpty
                ? [] : [["count": silent.count, "names": silent.joined(separator: "、")] as [String: Any]],
            "coverageRows": told.map { row in
                let tiers = tierNames.map { name -> String in
                    guard let tier = row.tiers.first(where: { $0.name == name }) else { return "–" }
                    return row.isReported ? "\(tier.done)/\(tier.planned)" : "–"
                }
                let figures =
                    row.isReported
                    ? [
                        PageNumber.grouped(row.headcount), PageNumber.grouped(row.trained),
                        PageNumber.percent(row.trained, of: row.headcount),
                    ] : ["未报", "–", "–"]
                return ["area": row.name, "depth": "d\(row.level.rawValue)", "cells": figures + tiers] as [String: Any]
            },
        ]
    }

    private static let measureNames = ["选派", "培训", "联点", "纪律", "保障", "考核", "提拔", "追责", "关爱", "表彰"]

    private static func measures(_ rows: [RunPageModel.Measures]) -> [String: Any] {
        let heads = measureNames.enumerated().map { "\($0.offset + 1) \($0.element)" }
        var context: [String: Any] = [
            "measureHeads": heads,
            "measureRows": rows.map { row in
                let missing = Set(row.cells.flatMap(\.missing)).count
                let cells = row.cells.map { $0.open.map(PageNumber.grouped) ?? "未报送" }
                return ["area": row.countyName, "cells": cells + [missing == 0 ? "–" : String(missing)]]
                    as [String: Any]
            },
        ]
        if let only = rows.first, rows.count == 1 {
            let missing = Set(only.cells.flatMap(\.missing)).sorted()
            if !missing.isEmpty { context["missing"] = missing.joined(separator: "、") }
        }
        return context
    }

    private static func insurance(_ rows: [RunPageModel.Insurance]) -> [String: Any] {
        var names: [String] = []
        for name in rows.flatMap({ $0.flags.map(\.name) }) where !names.contains(name) { names.append(name) }
        func count(_ row: RunPageModel.Insurance, _ name: String) -> Int {
            row.flags.reduce(0) { $1.name == name ? $0 + $1.count : $0 }
        }
        let sums = names.map { name in (name, rows.reduce(0) { $0 + count($1, name) }) }
        let scale = sums.map(\.1).max() ?? 0
        let isReported = rows.contains(where: \.isReported)
        return [
            "rows": sums.map { name, sum in
                [
                    "label": name, "spoken": isReported ? "\(sum) 项" : "未报",
                    "value": isReported ? "\(PageNumber.grouped(sum)) 项" : "未报",
                    "parts": PageBar.parts([.init(length: sum, look: "warn")], scale: scale),
                ] as [String: Any]
            },
            "flagHeads": names,
            "insuranceRows": rows.map { row in
                [
                    "area": row.countyName,
                    "cells": names.map { row.isReported ? PageNumber.grouped(count(row, $0)) : "未报" },
                ] as [String: Any]
            },
        ]
    }
}
