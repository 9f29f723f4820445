import Domain
import Rules
import Tables

/// `visits-<yyyy>.csv`: M3, leaders' visits by quarter, expert tours and pairings by village.
public enum VisitsReport {
    public static let schema = CSVSchema(
        name: "visits", title: "联点走访、专家指导、结对帮扶",
        columns: [
            YearColumns.county, YearColumns.township, YearColumns.village,
            CSVColumn("类型", description: "联点走访、专家指导、结对帮扶", isRequired: true),
            CSVColumn("对象", description: "领导、领域、帮扶方"), CSVColumn("季度", description: "2019Q1；仅联点走访"),
            CSVColumn("次数", .integer, unit: "次"), CSVColumn("状态", description: "完成、待走访、未走访、未安排", isRequired: true),
        ])

    public static func table(_ rows: [LinkedVillages.Row]) -> CSVTable {
        CSVTable(
            schema,
            rows: rows.map { row in
                [
                    row.countyName, row.township, row.village, row.kind.chinese, IDMasking.masked(row.subject),
                    row.quarter?.text ?? "", String(row.count), row.status.chinese,
                ]
            })
    }
}
