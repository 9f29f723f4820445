import Domain
import Tables

/// Finds the column of names where no heading says 姓名: by what stands in it, and by a heading that names a role.
enum NameColumns {
    /// Words that head a column of people where names stand in it. Source: spec §5.4 (files by role).
    private static let roles: Set<String> = [
        "第一书记", "工作队员", "驻村工作队员", "队员", "干部", "驻村工作队", "工作队", "选调生", "驻村第一书记", "村第一书记", "队长", "工作队长", "帮扶干部", "成员",
        "同志",
        "驻村同志", "驻村人", "名单", "对象", "工作人员", "驻村工作人员", "第一书记(队长)", "第一书记/队员", "队长/队员",
    ]

    /// The zone with its name column, where its words or its content show one beyond doubt.
    static func completed(_ zone: HeadingZone) -> HeadingZone {
        guard zone.columns[.name] == nil, zone.hasDays || !zone.figures.isEmpty else { return zone }
        let found = candidates(zone)
        let byRole = found.filter { roles.contains(HeadingText.withoutBrackets(HeadingText.key($0.text))) }
        guard byRole.count == 1, let heading = byRole.first else { return zone }
        // A second column of names without a role's word: whose marks these are, nobody knows.
        return found.count == 1 ? zone.named(by: heading) : zone
    }

    /// Columns that hold names, with the heading's cell, its text empty where it has none; the surest first.
    static func candidates(_ zone: HeadingZone) -> [SubmittedText] {
        let days = zone.dayColumns
        let body = zone.sheet.bodyRows(after: zone.rows.upperBound)
        var names: [Int: Int] = [:]
        var filled: [Int: Int] = [:]
        for row in body {
            for cell in row.cells where zone.range.contains(cell.column) && !days.contains(cell.column) {
                guard case .text(let text) = cell.value, !cell.value.isBlank else {
                    if cell.isFilled { filled[cell.column, default: 0] += 1 }
                    continue
                }
                filled[cell.column, default: 0] += 1
                if NameText.isPlausible(text) { names[cell.column, default: 0] += 1 }
            }
        }
        let fields = Set(zone.columns.values)
        return names.keys.sorted().filter { column in
            guard let count = names[column], let all = filled[column], !fields.contains(column) else { return false }
            return count * 3 >= all * 2 && !zone.figures.contains { $0.index == column }
        }.map { column in
            let own = zone.others.first { $0.cell.column == column }
            return own ?? SubmittedText(text: "", cell: CellAddress(row: zone.rows.lowerBound, column: column))
        }
    }
}
