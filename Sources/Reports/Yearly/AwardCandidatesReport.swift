import Domain
import Rules
import Tables

/// `award-candidates-<yyyy>.csv`: M10, who may be put forward, ranked.
public enum AwardCandidatesReport {
    public static let schema = CSVSchema(
        name: "award-candidates", title: "评先评优候选",
        columns: [
            YearColumns.year, YearColumns.county, CSVColumn("层级", description: "派出单位层级"),
            CSVColumn("名次", .integer, isRequired: true), YearColumns.name, YearColumns.maskedID, YearColumns.unit,
            CSVColumn("出勤率", .percent, description: "实际出勤天数占驻村天数"), CSVColumn("荣誉数", .integer),
        ], primaryKey: ["年度", "县区", "层级", "名次"])

    public static func table(_ rows: [AwardCandidates.Row]) -> CSVTable {
        CSVTable(
            schema,
            rows: rows.map { row in
                [
                    String(row.year), row.countyName, row.level?.chinese ?? "", String(row.rank), row.person.name,
                    row.person.id.masked, row.person.sendingUnit, row.attendance.percentText, String(row.honours),
                ]
            })
    }
}
