import Domain
import Rules
import Tables

/// `insurance-<yyyy>.csv`: M5, cadres whose cover is missing, interrupted, ending or too low.
public enum InsuranceReport {
    public static let schema = CSVSchema(
        name: "insurance", title: "保险问题",
        columns: [
            YearColumns.county, YearColumns.name, YearColumns.maskedID, YearColumns.unit, YearColumns.township,
            YearColumns.village,
            CSVColumn(
                "标志",
                description: "uninsured 未参保，gap 保障中断，expiring 即将到期，below-minimum 低于最低保额，not-raised 保额未提高",
                isRequired: true),
            CSVColumn("起", .date), CSVColumn("止", .date), YearColumns.yuan("保额"), CSVColumn("说明"),
        ])

    public static func table(_ rows: [InsuranceCover.Row]) -> CSVTable {
        CSVTable(
            schema,
            rows: rows.map { row in
                [
                    row.countyName, row.person.name, row.person.id.masked, row.person.sendingUnit, row.person.township,
                    row.person.village, row.flag.rawValue, row.days.start.iso, row.days.end.iso,
                    row.sumInsured?.yuanText ?? "", note(row),
                ]
            })
    }

    /// 说明: what is compared.
    static func note(_ row: InsuranceCover.Row) -> String {
        let compared = row.comparedSum?.yuanText ?? ""
        switch row.flag {
        case .uninsured: return "\(row.days.dayCount)天没有保险"
        case .gap: return "\(row.days.dayCount)天没有保障"
        case .expiring: return "\(row.days.end.iso) 到期"
        case .belowMinimum: return compared.isEmpty ? "低于最低保额" : "最低保额 \(compared) 元"
        case .notRaised: return compared.isEmpty ? "保额未提高" : "原保额 \(compared) 元"
        }
    }
}
