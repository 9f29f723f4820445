import Domain
import Rules
import Tables

/// `accountability-<yyyy>.csv`: M8, sending units that call for a talk, and why.
public enum AccountabilityReport {
    public static let schema = CSVSchema(
        name: "accountability", title: "约谈事由",
        columns: [
            YearColumns.year, YearColumns.county, CSVColumn("派出单位", isRequired: true),
            CSVColumn("事由", description: "脱岗、抽调、召回、未参保、负责人未走访", isRequired: true),
            CSVColumn("次数", .integer, description: "脱岗、抽调按人次日，其余按人"), CSVColumn("说明"),
        ], primaryKey: ["年度", "县区", "派出单位", "事由"])

    public static func table(_ rows: [Accountability.Row]) -> CSVTable {
        CSVTable(
            schema,
            rows: rows.map { row in
                [
                    String(row.year), row.countyName, row.sendingUnit, row.reason.chinese, String(row.count),
                    IDMasking.masked(row.note),
                ]
            })
    }
}
