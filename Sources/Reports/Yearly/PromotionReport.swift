import Domain
import Rules
import Tables

/// `promotion-<yyyy>.csv`: M7, the cadres' share of those promoted, titled and raised.
public enum PromotionReport {
    public static let schema = CSVSchema(
        name: "promotion", title: "提拔晋升占比",
        columns: [
            YearColumns.year, YearColumns.county, CSVColumn("类别", isRequired: true),
            YearColumns.people("总人数", "未报送时为空"), YearColumns.people("驻村干部人数", "提拔晋升登记未报送时为空"),
            CSVColumn("占比", .percent, description: "驻村干部人数占总人数"),
        ], primaryKey: ["年度", "县区", "类别"])

    public static func table(_ rows: [PromotionShare.Row]) -> CSVTable {
        CSVTable(
            schema,
            rows: rows.map { row in
                [
                    String(row.year), row.countyName, row.category.chinese, row.totalPeople.map { String($0) } ?? "",
                    row.cadres.map { String($0) } ?? "", row.share?.percentText ?? "",
                ]
            })
    }
}

/// `promotion-eligible-<yyyy>.csv`: M7, cadres honoured at province level or above and not barred.
public enum PromotionEligibleReport {
    public static let schema = CSVSchema(
        name: "promotion-eligible", title: "可优先提拔人选",
        columns: [
            YearColumns.year, YearColumns.county, YearColumns.name, YearColumns.maskedID, YearColumns.unit,
            CSVColumn("荣誉"), CSVColumn("级别", description: "国家、省"), CSVColumn("日期", .date, description: "表彰名单只有年度的为空"),
        ])

    public static func table(_ rows: [PromotionShare.EligibleRow]) -> CSVTable {
        CSVTable(
            schema,
            rows: rows.map { row in
                [
                    String(row.year), row.countyName, row.person.name, row.person.id.masked, row.person.sendingUnit,
                    IDMasking.masked(row.honour), row.level.chinese, row.date?.iso ?? "",
                ]
            })
    }
}
