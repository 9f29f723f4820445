import Domain

extension MonthBuilder {
    /// Splits rows into those in force and those a newer file replaced. Source: spec §5.2.
    ///
    /// A totals-only file never replaces daily marks: it is checked against them, so that a summary sent after the
    /// daily sheets takes nobody's evidence away.
    func currentVersions(_ rows: [ResolvedRow]) -> (inForce: [ResolvedRow], superseded: [ResolvedRow]) {
        struct Newest {
            var daily: FileOrder?
            var totals: FileOrder?
        }
        var newest: [VillageKey: Newest] = [:]
        var newestOfPath: [String: FileOrder] = [:]
        var newestOfName: [String: FileOrder] = [:]
        let keys = rows.map { $0.versionKey }
        for (row, key) in zip(rows, keys) {
            newestOfPath[row.order.path] = max(newestOfPath[row.order.path] ?? row.order, row.order)
            newestOfName[row.name.key] = max(newestOfName[row.name.key] ?? row.order, row.order)
            guard let key else { continue }
            if row.hasDailyMarks {
                newest[key, default: Newest()].daily = max(newest[key]?.daily ?? row.order, row.order)
            } else {
                newest[key, default: Newest()].totals = max(newest[key]?.totals ?? row.order, row.order)
            }
        }
        func isInForce(_ row: ResolvedRow, _ key: VillageKey?) -> Bool {
            guard let key, let entry = newest[key] else {
                return row.order == newestOfPath[row.order.path] && row.order == newestOfName[row.name.key]
            }
            if row.hasDailyMarks { return row.order == entry.daily }
            return row.order == entry.totals && entry.daily.map { row.order >= $0 } ?? true
        }
        var inForce: [ResolvedRow] = []
        var superseded: [ResolvedRow] = []
        for (row, key) in zip(rows, keys) {
            if isInForce(row, key) { inForce.append(row) } else { superseded.append(row) }
        }
        return (inForce, superseded)
    }

    /// One `superseded` for each older file, township and newer file.
    func supersededFindings(_ superseded: [ResolvedRow], _ inForce: [ResolvedRow]) -> [Finding] {
        var newer: [VillageKey: String] = [:]
        for row in inForce { if let key = row.versionKey { newer[key] = row.order.path } }
        var seen: Set<[String]> = []
        var findings: [Finding] = []
        for row in superseded {
            let township = row.township
            let replacement = row.versionKey.flatMap { newer[$0] } ?? ""
            guard seen.insert([row.order.path, township, replacement]).inserted else { continue }
            findings.append(
                Finding(
                    .superseded, period: input.period, county: county, township: township, file: row.order.path,
                    arguments: [
                        township.isEmpty ? row.statedVillage?.village ?? "" : township, input.period.chinese,
                        replacement,
                    ]))
        }
        return findings
    }
}
