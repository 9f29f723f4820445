import Domain
import Rules
import Tables

/// Measure 8: what the sending units answer for.
extension AnnualLedger {
    private typealias Column = ReportFrame.Column

    var accountabilitySection: Section {
        let rows = results.accountability.rows
        return Section(
            name: "8-1 事由", title: "派出单位约谈事由", asks: "干部脱岗、被抽调、被召回、未参保，或主要负责人全年未到村走访的，约谈派出单位。",
            acts: "各级组织部门",
            stands: "\(Set(rows.map(\.sendingUnit)).count) 个派出单位有约谈事由，共 \(rows.count) 条。",
            columns: [
                Column("派出单位", .text, min: 18, max: 34), Column("事由", .centered, min: 14, max: 16),
                Column("次数", .count, min: 7, max: 7), Column("说明", .text, min: 24, max: 50),
            ],
            rows: rows.map { row in
                Section.Row(
                    values: [
                        .text(row.sendingUnit), .text(row.reason.chinese), .count(row.count),
                        .text(IDMasking.masked(row.note)),
                    ], evidence: row.evidence, next: "约谈见“8-2 约谈”")
            })
    }

    var unitTalksSection: Section {
        let rows = results.unitTalks.rows
        return Section(
            name: "8-2 约谈", title: "约谈派出单位", asks: "有约谈事由的派出单位，由同级组织部门约谈主要负责人。", acts: "派出单位同级组织部门",
            stands: rows.isEmpty
                ? "没有需要约谈的派出单位。" : "已约谈 \(rows.count { $0.isHeld }) 次，未约谈 \(rows.count { !$0.isHeld }) 个单位。",
            columns: [
                Column("派出单位", .text, min: 18, max: 34), Column("层级", .centered, min: 7, max: 7),
                Column("约谈单位", .text, min: 14, max: 22), Column("事由", .text, min: 14, max: 26),
                Column("约谈日期", .date, min: 11, max: 11), Column("约谈人", .text, min: 10, max: 18),
                Column("状态", .centered, min: 8, max: 8),
            ],
            rows: rows.map { row in
                Section.Row(
                    values: [
                        .text(row.sendingUnit), .text(row.level?.chinese ?? "未注明"), .text(row.department),
                        .text(IDMasking.masked(row.causes.joined(separator: "、"))), .day(row.date),
                        .text(IDMasking.masked(row.talker)), .text(row.status),
                    ], evidence: row.evidence,
                    next: row.isHeld ? "" : row.level == nil ? "在派出单位名录注明层级后约谈" : "约谈主要负责人并登记")
            })
    }

    var unitSupportSection: Section {
        let rows = results.unitSupport.rows
        let untold = rows.count { $0.ties > 0 && $0.households == nil }
        return Section(
            name: "8-3 共建", title: "共建、认亲、服务队", asks: "派出单位党组织与村党组织结对共建，党员认亲帮户，组建服务队，主要负责人到村走访。",
            acts: "派出单位",
            stands:
                "\(rows.count) 个单位和村：党组织共建 \(rows.count { $0.isPaired == true })，认亲 \(rows.reduce(0) { $0 + ($1.households ?? 0) }) 户"
                + (untold > 0 ? "（另 \(untold) 处未填户数）" : "")
                + "，服务队 \(rows.reduce(0) { $0 + ($1.serviceTeams ?? 0) }) 次；一项都没有的 \(rows.count { $0.hasCadre && $0.isBare })。",
            columns: [
                Column("派出单位", .text, min: 16, max: 30), Column("层级", .centered, min: 7, max: 7),
                Column("乡镇", .text, min: 9, max: 14), Column("村", .text, min: 9, max: 16),
                Column("党组织\n共建", .centered, min: 8, max: 8), Column("认亲\n户数", .count, min: 7, max: 7),
                Column("服务队\n（次）", .count, min: 8, max: 8), Column("负责人走访\n（本村）", .count, min: 11, max: 11),
                Column("负责人走访\n（各县合计）", .count, min: 12, max: 12),
            ],
            rows: rows.map { row in
                func count(_ number: Int?) -> ReportValue { number.map { .count($0) } ?? .text("未报") }
                return Section.Row(
                    values: [
                        .text(row.sendingUnit), .text(row.level?.chinese ?? ""), .text(row.township),
                        .text(row.village), .text(row.isPaired.map(YearColumns.flag) ?? "未报"), count(row.households),
                        count(row.serviceTeams), count(row.headVisits), count(row.headVisitsEverywhere),
                    ], evidence: row.evidence, next: Self.next(row))
            })
    }

    private static func next(_ row: UnitSupport.Row) -> String {
        if !row.hasHead { return "在派出单位名录填写主要负责人" }
        if row.ties > 0, row.households == nil { return "补填认亲户数" }
        return row.isBare ? "开展共建、认亲或服务" : ""
    }
}
