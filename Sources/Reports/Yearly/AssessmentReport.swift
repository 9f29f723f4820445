import Domain
import Rules
import Tables

/// `assessment-<yyyy>.csv`: M6, grades, barred windows and their breaches.
public enum AssessmentReport {
    public static let schema = CSVSchema(
        name: "assessment", title: "考核结果及限制",
        columns: [
            YearColumns.year, YearColumns.county, YearColumns.name, YearColumns.maskedID, YearColumns.unit,
            CSVColumn("等次", isRequired: true), CSVColumn("占单位优秀指标", description: "优秀不占单位指标：否"),
            CSVColumn("召回日期", .date), CSVColumn("限制起", .date), CSVColumn("限制止", .date), CSVColumn("违反日期", .date),
            CSVColumn("违反事项"),
        ])

    public static func table(_ rows: [AssessmentEffects.Row]) -> CSVTable {
        CSVTable(
            schema,
            rows: rows.map { row in
                [
                    String(row.assessment.year), row.countyName, row.person.name, row.person.id.masked,
                    row.person.sendingUnit, row.assessment.grade.chinese, row.quotaText,
                    row.assessment.recallDate?.iso ?? "", row.window?.start.iso ?? "", row.window?.end.iso ?? "",
                    row.breach?.date?.iso ?? "", IDMasking.masked(row.breach?.matter ?? ""),
                ]
            })
    }
}
