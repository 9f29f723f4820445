import Domain
import Rules
import Tables

/// `work-funds-<yyyy>.csv` of a county and of the province: M5, due against disbursed.
public enum WorkFundsReport {
    public static let schema = CSVSchema(
        name: "work-funds", title: "驻村工作经费",
        columns: [
            YearColumns.year, CSVColumn("县区代码", isRequired: true), YearColumns.county, YearColumns.township,
            YearColumns.village, YearColumns.yuan("应拨合计"), YearColumns.yuan("应拨县级"), YearColumns.yuan("应拨省级"),
            YearColumns.yuan("已拨县级", "未报送时为空"), YearColumns.yuan("已拨省级", "未报送时为空"),
            YearColumns.yuan("差额", "已拨减应拨；未报送时为空"),
            CSVColumn("状态", description: "足额、不足、超拨、未拨，以较差的来源为准；没有报送当年拨付的：未报", isRequired: true),
        ], primaryKey: ["年度", "县区代码", "乡镇", "村"])

    /// Any counties' rows together; those of the province by county.
    public static func table(_ rows: [WorkFunds.Row]) -> CSVTable {
        let sorted = rows.sorted { left, right in
            (left.county, left.township, left.village) < (right.county, right.township, right.village)
        }
        return CSVTable(
            schema,
            rows: sorted.map { row in
                [
                    String(row.year), row.county.text, row.countyName, row.township, row.village, row.due.yuanText,
                    row.countyDue.yuanText, row.provinceDue.yuanText, row.countyPaid?.yuanText ?? "",
                    row.provincePaid?.yuanText ?? "", row.difference?.yuanText ?? "", row.status.chinese,
                ]
            })
    }
}
