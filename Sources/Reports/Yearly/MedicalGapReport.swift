import Domain
import Rules
import Tables

/// `medical-gap-<yyyy>.csv`: M5, what on-duty incidents cost beyond every reimbursement.
public enum MedicalGapReport {
    public static let schema = CSVSchema(
        name: "medical-gap", title: "医疗费用差额",
        columns: [
            YearColumns.county, YearColumns.name, YearColumns.maskedID, YearColumns.unit, CSVColumn("类型"),
            CSVColumn("发生日期", .date, isRequired: true), YearColumns.yuan("总费用"), YearColumns.yuan("保险报销"),
            YearColumns.yuan("其他报销"), YearColumns.yuan("差额", "由派出单位解决"),
        ])

    public static func table(_ rows: [UnreimbursedGap.Row]) -> CSVTable {
        CSVTable(
            schema,
            rows: rows.map { row in
                [
                    row.countyName, row.person.name, row.person.id.masked, row.person.sendingUnit, row.kind,
                    row.date.iso, row.totalCost.yuanText, row.insurancePaid.yuanText, row.otherPaid.yuanText,
                    row.gap.yuanText,
                ]
            })
    }
}
