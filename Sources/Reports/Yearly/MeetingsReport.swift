import Domain
import Rules
import Tables

/// `meetings-<yyyy>.csv`: M9, who was at county and township meetings; working meetings.
public enum MeetingsReport {
    public static let schema = CSVSchema(
        name: "meetings", title: "会议",
        columns: [
            YearColumns.county, YearColumns.township, CSVColumn("日期", .date, isRequired: true),
            CSVColumn("类型", description: "县级会议、乡镇会议、工作例会、谈心谈话", isRequired: true),
            CSVColumn("会议", isRequired: true), YearColumns.people("参会人数"), YearColumns.people("驻村干部人数"),
            CSVColumn("占比", .percent, description: "县级、乡镇会议：驻村干部人数占参会人数"),
        ])

    public static func table(_ rows: [MeetingShares.Row]) -> CSVTable {
        CSVTable(
            schema,
            rows: rows.map { row in
                [
                    row.countyName, row.township, row.date.iso, row.kind.chinese, IDMasking.masked(row.meeting),
                    row.attendees.map { String($0) } ?? "", row.cadres.map { String($0) } ?? "",
                    row.share?.percentText ?? "",
                ]
            })
    }
}

/// `talks-<yyyy>.csv`: M9, talks with every cadre in every quarter.
public enum TalksReport {
    public static let schema = CSVSchema(
        name: "talks", title: "谈心谈话",
        columns: [
            YearColumns.county, YearColumns.name, YearColumns.maskedID, YearColumns.unit,
            CSVColumn("季度", description: "2019Q1", isRequired: true), CSVColumn("次数", .integer, unit: "次"),
            CSVColumn("状态", description: "已谈话、待谈话、未谈话", isRequired: true),
        ])

    public static func table(_ rows: [CadreTalks.Row]) -> CSVTable {
        CSVTable(
            schema,
            rows: rows.map { row in
                [
                    row.countyName, row.person.name, row.person.id.masked, row.person.sendingUnit, row.quarter.text,
                    String(row.count), row.status.chinese,
                ]
            })
    }
}
