import Domain
import Tables

/// `县际结算-<yyyy-mm>.csv`: days that another county's batch issued and this county would owe. Source: spec §8.
public enum SettlementReport {
    public static let schema = CSVSchema(
        name: "settlement", title: "县际结算",
        columns: [
            CSVColumn("所属期", .yearmonth, isRequired: true), CSVColumn("姓名", isRequired: true),
            CSVColumn("身份证号", isRequired: true), CSVColumn("发放县区", isRequired: true),
            CSVColumn("发放批次", isRequired: true), CSVColumn("应付县区", isRequired: true),
            CSVColumn("乡镇", isRequired: true), CSVColumn("村", isRequired: true),
            CSVColumn("天数", .number, unit: "天", isRequired: true),
            CSVColumn("金额", .number, unit: "元", isRequired: true),
        ])

    public static func fileName(_ period: Period) -> String { "县际结算-\(period).csv" }

    /// - Parameters:
    ///   - countyName: of the county that did not pay.
    ///   - issuers: names of the counties that did, by code.
    public static func table(
        _ lines: [SettlementLine], countyName: String, issuers: [CountyCode: String]
    ) -> CSVTable {
        CSVTable(
            schema,
            rows: lines.map { line in
                [
                    line.period.description, line.name, line.person.text, issuers[line.issuer] ?? line.issuer.text,
                    line.batch, countyName, line.township, line.village, line.halfDays.daysText,
                    line.amount.yuanText,
                ]
            })
    }
}
