import Domain
import Rules
import Tables

/// `checks-<yyyy>.csv`: M4, the spot checks themselves, by month, department and method.
public enum ChecksReport {
    public static let schema = CSVSchema(
        name: "checks", title: "抽查情况",
        columns: [
            YearColumns.county, CSVColumn("所属期", .yearmonth, isRequired: true), CSVColumn("检查单位"),
            CSVColumn("方式", description: "电话、实地"), CSVColumn("次数", .integer, unit: "人次", isRequired: true),
            CSVColumn("村数", .integer, unit: "个"), YearColumns.people("干部数"),
            CSVColumn("脱岗", .integer, unit: "人次"), CSVColumn("抽调", .integer, unit: "人次"),
        ], primaryKey: ["县区", "所属期", "检查单位", "方式"])

    public static func table(_ rows: [SpotCheckCounts.Row]) -> CSVTable {
        CSVTable(
            schema,
            rows: rows.map { row in
                [
                    row.countyName, row.period.description, IDMasking.masked(row.department), row.method,
                    String(row.checks), String(row.villages), String(row.cadres), String(row.absences),
                    String(row.withdrawals),
                ]
            })
    }
}

/// `unchecked-<yyyy>.csv`: M4, villages with cadres in post that no check of the year concerned.
public enum UncheckedReport {
    public static let schema = CSVSchema(
        name: "unchecked", title: "未抽查的村",
        columns: [
            YearColumns.county, YearColumns.township, YearColumns.village,
            YearColumns.people("驻村干部数", "截至日在岗"),
        ], primaryKey: ["县区", "乡镇", "村"])

    public static func table(_ rows: [Unchecked.VillageRow]) -> CSVTable {
        CSVTable(schema, rows: rows.map { [$0.countyName, $0.township, $0.village, String($0.cadres)] })
    }
}
