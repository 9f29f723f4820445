import Domain
import Rules
import Tables

/// `unpayable-<yyyy-mm>.csv`: amounts that no bank can pay, and why. Source: spec §9.
public enum UnpayableReport {
    public static let schema = CSVSchema(
        name: "unpayable", title: "银行无法代发明细",
        columns: [
            CSVColumn("批次号", description: "关账批次；未关账时为空"),
            CSVColumn("所属期", .yearmonth, isRequired: true), CSVColumn("派出单位", isRequired: true),
            CSVColumn("姓名", isRequired: true), CSVColumn("身份证号", isRequired: true), CSVColumn("开户行"),
            CSVColumn("银行账号"), CSVColumn("金额", .number, unit: "元", isRequired: true),
            CSVColumn("原因", isRequired: true),
        ])

    public static func fileName(_ period: Period) -> String { "unpayable-\(period).csv" }

    /// One row a person and account, in statement order.
    public static func table(_ lines: [BankLines.Line], period: Period, batch: String?) -> CSVTable {
        CSVTable(
            schema,
            rows: lines.map { line in
                [
                    batch ?? "", period.description, line.sendingUnit, line.name, line.person.text, line.bank ?? "",
                    line.account ?? "", line.amount.yuanText, line.obstacle?.chinese ?? "",
                ]
            })
    }
}
