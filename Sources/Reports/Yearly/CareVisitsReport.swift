import Domain
import Rules
import Tables

/// `care-visits-<yyyy>.csv`: M9, events that call for a visit, and how long it took.
public enum CareVisitsReport {
    public static let schema = CSVSchema(
        name: "care-visits", title: "五必访",
        columns: [
            YearColumns.county, YearColumns.name, YearColumns.maskedID, YearColumns.unit,
            CSVColumn("日期", .date, isRequired: true), CSVColumn("情形"), CSVColumn("走访日期", .date),
            CSVColumn("天数", .integer, unit: "天", description: "至走访日；未走访的至截止日"),
            CSVColumn("状态", description: "已走访、逾期走访、未走访", isRequired: true),
        ])

    public static func table(_ rows: [CareVisits.Row]) -> CSVTable {
        CSVTable(
            schema,
            rows: rows.map { row in
                [
                    row.countyName, row.person.name, row.person.id.masked, row.person.sendingUnit, row.date.iso,
                    row.situation, row.visitDate?.iso ?? "", String(row.days), row.status.chinese,
                ]
            })
    }
}
