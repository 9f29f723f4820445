import Domain

// Spec §5.2: «A newer file for a (period, village) replaces the older rows of just that (period, village), and there
// only of the span from its first to its last day column; nothing is deleted, the old rows stay as superseded.»

/// What newer files leave of the rows that were sent.
struct VersionedRows {
    /// A row, the days of it that newer files speak of, and the newest of these.
    typealias Replaced = (row: ResolvedRow, days: DaySet, by: FileOrder)

    /// Rows that stand, each with the days that no newer file speaks of.
    var inForce: [ResolvedRow] = []
    /// Rows of which a newer file replaced all or some days, with the newest that did.
    var superseded: [Replaced] = []
    /// Rows of which nothing stands.
    var supersededRowCount = 0
    /// Paid days of people whom the newer files leave out: held, never dropped.
    var leftOut: [ResolvedRow] = []
}

/// The days of a village that a file speaks of.
private struct Reach {
    let order: FileOrder
    let hasDailyMarks: Bool
    /// The only role it speaks of; nil for everybody.
    let role: PostingRole?
    var days: DaySet

    func replaces(_ row: ResolvedRow) -> Bool {
        // A totals file never replaces daily marks: it is checked against them, so that a summary sent after the daily
        // sheets takes nobody's evidence away.
        order > row.order && (hasDailyMarks || !row.hasDailyMarks) && (role.map { row.hasRole($0) } ?? true)
    }
}

extension MonthBuilder {
    /// Splits rows into those in force, those a newer file replaced, and whom it leaves out.
    func currentVersions(_ rows: [ResolvedRow]) -> VersionedRows {
        var result = VersionedRows()
        let reaches = reaches(of: rows)
        let unplaced = newestUnplaced(rows)
        for row in rows {
            guard let key = row.versionKey else {
                if row.order == unplaced.path[row.order.path], row.order == unplaced.name[row.name.key] {
                    result.inForce.append(row)
                } else {
                    let newer = max(
                        unplaced.path[row.order.path] ?? row.order, unplaced.name[row.name.key] ?? row.order)
                    result.superseded.append((row, DaySet(from: 1, to: 31), newer))
                    result.supersededRowCount += 1
                }
                continue
            }
            let newer = (reaches[key] ?? []).filter { $0.replaces(row) }
            guard let by = newer.map(\.order).max() else {
                result.inForce.append(row)
                continue
            }
            let gone = newer.reduce(into: DaySet()) { $0.formUnion($1.days) }
            guard let rest = remainder(row, without: gone) else {
                result.superseded.append((row, gone, by))
                result.supersededRowCount += 1
                continue
            }
            if rest.row.days.count < row.row.days.count {
                result.superseded.append((row, gone, by))
            }
            result.inForce.append(rest)
        }
        if !result.superseded.isEmpty {
            result.leftOut = LeftOut(self, rows: rows, inForce: result.inForce).find(result.superseded)
            result.supersededRowCount -= whollyLeftOut(result)
        }
        return result
    }

    /// Rows of which a part stands as left out and none in force.
    private func whollyLeftOut(_ result: VersionedRows) -> Int {
        let standing = Set(result.inForce.map(\.place))
        return result.leftOut.count { !standing.contains($0.place) }
    }

    /// What each file says of each village, oldest first. Sheets of one workbook are one version.
    private func reaches(of rows: [ResolvedRow]) -> [VillageKey: [Reach]] {
        let roles = rolesAlone(rows)
        var reaches: [VillageKey: [Reach]] = [:]
        for row in rows where !row.block.scope.isSupplement {
            guard let key = row.versionKey else { continue }
            let role = roles[row.blockNumber] ?? nil
            let days = DaySet(row.block.scope)
            if let last = reaches[key]?.lastIndex(where: {
                $0.order == row.order && $0.hasDailyMarks == row.hasDailyMarks && $0.role == role
            }) {
                reaches[key]?[last].days.formUnion(days)
            } else {
                reaches[key, default: []].append(
                    Reach(order: row.order, hasDailyMarks: row.hasDailyMarks, role: role, days: days))
            }
        }
        return reaches
    }

    /// The role that a block's title names alone, where everybody on it has it on the roster; by block.
    private func rolesAlone(_ rows: [ResolvedRow]) -> [Int: PostingRole?] {
        var roles: [Int: PostingRole?] = [:]
        for row in rows {
            guard let role = row.block.scope.roleAlone else { continue }
            let known = roles[row.blockNumber, default: role]
            roles[row.blockNumber] = row.hasRole(role) ? known : .some(nil)
        }
        return roles
    }

    /// Newest files by path and by name, for rows whose village nobody knows.
    private func newestUnplaced(_ rows: [ResolvedRow]) -> (path: [String: FileOrder], name: [String: FileOrder]) {
        var path: [String: FileOrder] = [:]
        var name: [String: FileOrder] = [:]
        guard rows.contains(where: { $0.versionKey == nil }) else { return (path, name) }
        for row in rows where !row.block.scope.isSupplement || row.versionKey == nil {
            path[row.order.path] = max(path[row.order.path] ?? row.order, row.order)
            name[row.name.key] = max(name[row.name.key] ?? row.order, row.order)
        }
        return (path, name)
    }

    /// The row with the days that newer files do not speak of; nil where none is left.
    private func remainder(_ row: ResolvedRow, without gone: DaySet) -> ResolvedRow? {
        if gone.covers(DaySet(row.block.scope), in: input.period) { return nil }
        guard row.hasDailyMarks, !row.row.days.isEmpty else { return row }
        let kept = row.row.days.filter { !gone.contains(Int($0.date.day)) }
        if kept.count == row.row.days.count { return row }
        return kept.isEmpty ? nil : row.keeping(kept)
    }

    // MARK: Findings

    /// One `superseded` for each older file, township and newer file; and what a file mended in place took back.
    func supersededFindings(_ versions: VersionedRows) -> [Finding] {
        var seen: Set<[String]> = []
        var findings: [Finding] = []
        for (row, _, by) in versions.superseded {
            let township = row.township
            guard seen.insert([row.order.path, township, by.path]).inserted else { continue }
            findings.append(
                Finding(
                    .superseded, period: input.period, county: county, township: township, file: row.order.path,
                    arguments: [
                        township.isEmpty ? row.statedVillage?.village ?? "" : township, input.period.chinese, by.path,
                    ]))
        }
        let resolver = PlaceResolver(places: places, countyName: input.records.county.name)
        for submitted in mended {
            let place = resolver.place(of: submitted.block)
            let township = place.township ?? place.unknownTownship ?? ""
            let period = submitted.mendedTo.map { $0 == input.period ? "其他乡镇（村）" : $0.chinese } ?? ""
            guard seen.insert([submitted.order.path, township, period]).inserted else { continue }
            findings.append(
                Finding(
                    .supersededMended, period: input.period, county: county, township: township,
                    file: submitted.order.path, sheet: submitted.block.sheet,
                    arguments: [township, input.period.chinese, period]))
        }
        return findings
    }
}

extension ResolvedRow {
    /// The cell its name stands in, of all files.
    var place: [String] { [order.path, String(order.arrival), block.sheet, row.name.cell.a1, String(blockNumber)] }

    /// Whether the roster posts the person in that role here; a team's leader is one of its members.
    func hasRole(_ role: PostingRole) -> Bool {
        guard let own = posting?.role else { return false }
        return own == role || role == .teamMember && own == .teamLeader
    }

    /// The same row with fewer days; what is stated of all of them still counts them all.
    func keeping(_ days: [DayMark]) -> ResolvedRow {
        var result = self
        let kept = Set(days.map(\.cell))
        let gone = row.days.filter { !kept.contains($0.cell) }
        result.row.days = days
        if result.row.total != nil {
            for day in gone {
                for status in [day.morning, day.afternoon] {
                    if status == .present { result.row.total?.presentBeyond += HalfDays(1) }
                    if status.isStationed { result.row.total?.stationedBeyond += HalfDays(1) }
                }
            }
        }
        let cells = Set(gone.flatMap { [$0.cell, $0.afternoonCell].compactMap { $0 } })
        result.row.findings.removeAll { finding in finding.cell.map(cells.contains) ?? false }
        return result
    }
}
