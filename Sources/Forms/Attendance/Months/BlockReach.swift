import Domain

/// Of which days, of whom and how a block speaks: what a newer file may replace by it. Source: spec §5.2.
enum BlockReach {
    static func scope(_ table: AttendanceReader.ReadTable, _ block: AttendanceBlock, _ place: SheetPlace) -> BlockScope
    {
        let titles = table.preamble.titles.map(\.text)
        let said = titles + [place.sheetName, place.fileName]
        var scope = BlockScope(
            roleAlone: role(titles), isSupplement: said.contains { $0.hasBytes(of: "补报") || $0.hasBytes(of: "补充") })
        if let days = days(table, block) { (scope.firstDay, scope.lastDay) = (days.lowerBound, days.upperBound) }
        return scope
    }

    /// From the first to the last day column; where a sheet has none, or has columns that stay blank beyond it, what
    /// title or names say.
    private static func days(_ table: AttendanceReader.ReadTable, _ block: AttendanceBlock) -> ClosedRange<Int>? {
        if block.layout.hasDailyMarks, block.layout != .log {
            let days = block.rows.flatMap(\.days).map { Int($0.date.day) }
            if let first = days.min(), let last = days.max() { return part(first...last, block, table.months.span) }
        }
        return table.months.span
    }

    /// Of columns for a whole month the part that title or names speak of, where no mark stands beyond it.
    private static func part(
        _ columns: ClosedRange<Int>, _ block: AttendanceBlock, _ said: ClosedRange<Int>?
    ) -> ClosedRange<Int> {
        guard let said, said.overlaps(columns) else { return columns }
        let isBeyond = block.rows.contains { row in
            row.days.contains { day in
                !said.contains(Int(day.date.day)) && (day.morning != .blank || day.afternoon != .blank)
            }
        }
        return isBeyond ? columns : columns.clamped(to: said)
    }

    /// The role that titles name alone.
    private static func role(_ titles: [String]) -> PostingRole? {
        let key = titles.map(TextFolding.key).joined()
        let isOfSecretaries = key.hasBytes(of: "第一书记")
        let isOfMembers = ["工作队员", "驻村队员", "队员考勤"].contains(where: key.hasBytes)
        let isOfTeams = key.hasBytes(of: "工作队") && !isOfMembers
        if isOfSecretaries, !isOfMembers, !isOfTeams { return .firstSecretary }
        return isOfMembers && !isOfSecretaries ? .teamMember : nil
    }
}
