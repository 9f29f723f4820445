import Domain
import Rules
import Tables

/// `unit-support-<yyyy>.csv`: M8, what sending units do for the villages of their cadres.
public enum UnitSupportReport {
    public static let schema = CSVSchema(
        name: "unit-support", title: "派出单位帮扶",
        columns: [
            YearColumns.county, CSVColumn("派出单位", isRequired: true), CSVColumn("层级", description: "省、市、县、乡"),
            YearColumns.village, CSVColumn("党组织共建", description: "是、否；没有报送帮扶登记的为空"),
            CSVColumn("认亲户数", .integer, unit: "户", description: "没有报送帮扶登记的、没有写明户数的为空"),
            CSVColumn("服务队", .integer, unit: "次", description: "没有报送帮扶登记的为空"),
            CSVColumn(
                "负责人走访次数", .integer, unit: "次",
                description: "该单位主要负责人当年到各县区有本单位干部的村走访的次数，各县区合计；不知道负责人的、没有报送走访记录的为空"),
        ])

    public static func table(_ rows: [UnitSupport.Row]) -> CSVTable {
        CSVTable(
            schema,
            rows: rows.map { row in
                [
                    row.countyName, row.sendingUnit, row.level?.chinese ?? "", row.village,
                    row.isPaired.map(YearColumns.flag) ?? "", row.households.map { String($0) } ?? "",
                    row.serviceTeams.map { String($0) } ?? "",
                    row.headVisitsEverywhere.map { String($0) } ?? "",
                ]
            })
    }
}

/// `talks-held-<yyyy>.csv`: M8, talks with sending units, held and open.
public enum TalksHeldReport {
    public static let schema = CSVSchema(
        name: "talks-held", title: "约谈",
        columns: [
            YearColumns.year, CSVColumn("派出单位", isRequired: true), CSVColumn("层级", description: "省、市、县、乡"),
            CSVColumn("约谈单位", description: "同级组织部门；不知道层级的为登记的约谈人"), CSVColumn("事由"),
            CSVColumn("约谈日期", .date, description: "未约谈的为空"),
            CSVColumn("状态", description: "已约谈、未约谈", isRequired: true),
        ])

    public static func table(_ rows: [UnitTalks.Row]) -> CSVTable {
        CSVTable(
            schema,
            rows: rows.map { row in
                [
                    String(row.year), row.sendingUnit, row.level?.chinese ?? "",
                    row.department.isEmpty ? IDMasking.masked(row.talker) : row.department,
                    IDMasking.masked(row.causes.joined(separator: "、")), row.date?.iso ?? "", row.status,
                ]
            })
    }
}

/// `commendation-<yyyy>.csv`: M10, units and cadres commended.
public enum CommendationReport {
    public static let schema = CSVSchema(
        name: "commendation", title: "表彰",
        columns: [
            YearColumns.year, CSVColumn("级别", description: "国家、省、市、县、乡", isRequired: true),
            CSVColumn("类别", isRequired: true), CSVColumn("对象", description: "个人、单位", isRequired: true),
            CSVColumn("名称", isRequired: true), YearColumns.maskedID,
        ])

    public static func table(_ rows: [Commendations.Row]) -> CSVTable {
        CSVTable(
            schema,
            rows: rows.map { row in
                [
                    String(row.year), row.level.chinese, IDMasking.masked(row.category), row.subject.chinese,
                    IDMasking.masked(row.name), row.person?.masked ?? "",
                ]
            })
    }
}

/// `unit-candidates-<yyyy>.csv`: M10, units that may be put forward, ranked.
public enum UnitCandidatesReport {
    public static let schema = CSVSchema(
        name: "unit-candidates", title: "先进单位候选",
        columns: [
            YearColumns.year, YearColumns.county, CSVColumn("层级", description: "派出单位层级"),
            CSVColumn("名次", .integer, isRequired: true), CSVColumn("派出单位", isRequired: true),
            YearColumns.people("驻村干部数", "截至日在岗"), CSVColumn("出勤率", .percent, description: "实际出勤天数占驻村天数"),
            CSVColumn("说明"),
        ], primaryKey: ["年度", "县区", "层级", "名次"])

    public static func table(_ rows: [UnitCandidates.Row]) -> CSVTable {
        CSVTable(
            schema,
            rows: rows.map { row in
                [
                    String(row.year), row.countyName, row.level?.chinese ?? "", String(row.rank), row.sendingUnit,
                    String(row.cadres), row.attendance.percentText, note(row),
                ]
            })
    }

    /// 说明: on what the proposal rests.
    static func note(_ row: UnitCandidates.Row) -> String {
        "无脱岗、抽调和约谈，经费、保险齐备，负责人走访 \(row.headVisits) 次"
    }
}
