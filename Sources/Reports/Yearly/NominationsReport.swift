import Domain
import Rules
import Tables

/// `nominations-<yyyy>.csv`: M2, who goes to which tier's class for what is left of the plan.
public enum NominationsReport {
    public static let schema = CSVSchema(
        name: "nominations", title: "培训推荐名单",
        columns: [
            YearColumns.year, YearColumns.county, CSVColumn("层级", description: "省、市、县", isRequired: true),
            CSVColumn("序号", .integer, isRequired: true), YearColumns.name, YearColumns.maskedID, YearColumns.unit,
            YearColumns.township, YearColumns.village, CSVColumn("理由"),
        ], primaryKey: ["年度", "县区", "层级", "序号"])

    public static func table(_ rows: [Nominations.Row]) -> CSVTable {
        CSVTable(
            schema,
            rows: rows.map { row in
                [
                    String(row.year), row.countyName, row.tier.chinese, String(row.number), row.person.name,
                    row.person.id.masked, row.person.sendingUnit, row.person.township, row.person.village, row.reason,
                ]
            })
    }
}
