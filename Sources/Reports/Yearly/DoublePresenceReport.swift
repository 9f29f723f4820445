import Domain
import Rules
import Tables

/// Somebody present in two counties on a date: for the province, which has extracts only, without a name.
public enum DoublePresenceReport {
    public static let schema = CSVSchema(
        name: "double-presence", title: "跨县区重复在岗",
        columns: [
            CSVColumn("人员摘要", description: "身份证号的 HMAC-SHA256；同一人相同，没有密钥不能还原", isRequired: true),
            CSVColumn("日期", .date, isRequired: true),
            CSVColumn("驻村一", isRequired: true),
            CSVColumn("驻村二", isRequired: true),
        ])

    /// Pairs of claims of different counties that name the same half of a day.
    public static func table(_ masks: [PresenceMask]) -> CSVTable {
        var groups: [String: [PresenceMask]] = [:]
        for mask in masks { groups["\(mask.period) \(mask.person)", default: []].append(mask) }
        var rows: [[String]] = []
        for (_, claims) in groups.sorted(by: { $0.key < $1.key }) where claims.count > 1 {
            let sorted = claims.sorted { $0.place < $1.place }
            for (index, first) in sorted.enumerated() {
                for second in sorted[(index + 1)...] where county(first) != county(second) {
                    let common = first.mornings & second.mornings | first.afternoons & second.afternoons
                    for day in 1...first.period.dayCount where common & 1 << UInt32(day - 1) != 0 {
                        guard let date = first.period.date(day: day) else { continue }
                        rows.append([first.person, date.iso, first.place, second.place])
                    }
                }
            }
        }
        return CSVTable(schema, rows: rows)
    }

    private static func county(_ mask: PresenceMask) -> Substring { mask.place.prefix { $0 != "/" } }
}
