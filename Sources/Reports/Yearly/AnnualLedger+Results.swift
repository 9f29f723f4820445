import Domain
import Rules
import Tables

/// Measures 6 to 10: assessment, promotion, accountability, care, awards.
extension AnnualLedger {
    private typealias Column = ReportFrame.Column

    var assessmentSection: Section {
        let breaches = assessment.rows.filter { $0.breach != nil }.count
        let excellent = assessment.rows.count { $0.assessment.grade == .excellent }
        let barred = Set(assessment.rows.filter { $0.window != nil }.map(\.person.id)).count
        return Section(
            measure: 6, name: "6 考核", title: "考核和召回", asks: "优秀不占派出单位指标；不称职被召回的，两年内不得提拔任用、晋级涨薪、评先评优或转任重要岗位。",
            stands: "优秀 \(excellent) 人次，限制期内 \(barred) 人，限制期内违反 \(breaches) 项。", openCases: breaches,
            unreported: assessment.unreportedForms,
            columns: [Column("年度", .centered, min: 7, max: 7)] + Self.personColumns.prefix(3) + [
                Column("等次", .centered, min: 9, max: 10), Column("占单位\n优秀指标", .centered, min: 9, max: 9),
                Column("召回日期", .date, min: 11, max: 11), Column("限制起", .date, min: 11, max: 11),
                Column("限制止", .date, min: 11, max: 11), Column("违反日期", .date, min: 11, max: 11),
                Column("违反事项", .text, min: 12, max: 24),
            ],
            rows: assessment.rows.map { row in
                let next: String
                if row.breach != nil {
                    next = "组织部门核实处理"
                } else if row.window != nil {
                    next = "限制期内不得提拔评优"
                } else {
                    next = row.assessment.grade == .excellent ? "计入派出单位考核，不占指标" : ""
                }
                return Section.Row(
                    values: [.text(String(row.assessment.year))] + Self.person(row.person).prefix(3) + [
                        .text(row.assessment.grade.chinese), .text(row.quotaText), .day(row.assessment.recallDate),
                        .day(row.window?.start), .day(row.window?.end), .day(row.breach?.date),
                        .text(IDMasking.masked(row.breach?.matter ?? "")),
                    ], evidence: row.evidence, next: next)
            })
    }

    var promotionSection: Section {
        let shares = promotion.rows.compactMap { row in
            row.share.map { "\(row.category.chinese) \(row.cadres)/\(row.totalPeople ?? 0)（\($0.percentText)）" }
        }
        return Section(
            measure: 7, name: "7-1 占比", title: "提拔晋升占比", asks: "提拔任用、职称评聘、晋级涨薪中驻村干部占一定比例（文件未定数额，只列数字）。",
            stands: shares.isEmpty ? "没有总人数，无法计算占比。" : shares.joined(separator: "；") + "。",
            openCases: promotion.rows.filter { $0.totalPeople == nil }.count, unreported: promotion.unreportedForms,
            columns: [
                Column("类别", .text, min: 16, max: 20), Column("总人数", .count, min: 10, max: 12),
                Column("驻村干部人数", .count, min: 14, max: 14), Column("占比", .centered, min: 10, max: 10),
            ],
            rows: promotion.rows.map { row in
                Section.Row(
                    values: [
                        .text(row.category.chinese), row.totalPeople.map { .count($0) } ?? .empty, .count(row.cadres),
                        .text(row.share?.percentText ?? ""),
                    ], evidence: row.evidence, next: row.totalPeople == nil ? "报送提拔任用统计" : "由组织部门研究")
            })
    }

    var eligibleSection: Section {
        Section(
            measure: 7, name: "7-2 人选", title: "受省级以上表彰人选", asks: "受省级以上表彰的驻村干部可优先提拔使用（由组织裁量）。",
            stands: "符合条件 \(Set(eligible.rows.map(\.person.id)).count) 人，荣誉 \(eligible.rows.count) 项。", openCases: 0,
            unreported: eligible.unreportedForms,
            columns: Self.personColumns + [
                Column("荣誉", .text, min: 16, max: 30), Column("级别", .centered, min: 7, max: 8),
                Column("日期", .date, min: 11, max: 11),
            ],
            rows: eligible.rows.map { row in
                Section.Row(
                    values: Self.person(row.person) + [
                        .text(IDMasking.masked(row.honour)), .text(row.level.chinese), .day(row.date),
                    ], evidence: row.evidence, next: "供组织部门研究")
            })
    }

    var accountabilitySection: Section {
        let units = Set(accountability.rows.map(\.sendingUnit)).count
        return Section(
            measure: 8, name: "8 约谈", title: "派出单位责任", asks: "干部脱岗、被抽调、被召回、未参保，或主要负责人全年未到村走访的，约谈派出单位。",
            stands: "\(units) 个派出单位有约谈事由，共 \(accountability.rows.count) 条。", openCases: units,
            unreported: accountability.unreportedForms,
            columns: [
                Column("派出单位", .text, min: 18, max: 34), Column("事由", .centered, min: 14, max: 16),
                Column("次数", .count, min: 7, max: 7), Column("说明", .text, min: 24, max: 50),
            ],
            rows: accountability.rows.map { row in
                Section.Row(
                    values: [
                        .text(row.sendingUnit), .text(row.reason.chinese), .count(row.count),
                        .text(IDMasking.masked(row.note)),
                    ], evidence: row.evidence, next: "约谈派出单位主要负责人")
            })
    }

    var careSection: Section {
        func count(_ status: CareVisits.Status) -> Int { careVisits.rows.count { $0.status == status } }
        return Section(
            measure: 9, name: "9 五必访", title: "关心关爱五必访", asks: "思想异常、生病住院、意外伤害、家庭困难、工作难度大的必访。",
            stands: "已走访 \(count(.visited))，逾期走访 \(count(.late))，未走访 \(count(.open))。", openCases: count(.open),
            unreported: careVisits.unreportedForms,
            columns: Self.personColumns + [
                Column("日期", .date, min: 11, max: 11), Column("情形", .text, min: 12, max: 14),
                Column("走访日期", .date, min: 11, max: 11), Column("天数", .count, min: 6, max: 8),
                Column("状态", .centered, min: 10, max: 10),
            ],
            rows: careVisits.rows.map { row in
                Section.Row(
                    values: Self.person(row.person) + [
                        .day(row.date), .text(row.situation), .day(row.visitDate), .count(row.days),
                        .text(row.status.chinese),
                    ], evidence: row.evidence, next: row.status == .open ? "立即走访并登记" : "")
            })
    }

    var awardsSection: Section {
        Section(
            measure: 10, name: "10 评优", title: "评先评优候选", asks: "对年度考核优秀、无脱岗抽调且不在限制期的在岗干部评先评优，按派出单位层级排列。",
            stands: "候选 \(awards.rows.count) 人。", openCases: 0, unreported: awards.unreportedForms,
            columns: [Column("层级", .centered, min: 7, max: 7), Column("名次", .count, min: 6, max: 6)]
                + Self.personColumns + [
                    Column("出勤率", .centered, min: 9, max: 9), Column("荣誉数", .count, min: 7, max: 7),
                ],
            rows: awards.rows.map { row in
                Section.Row(
                    values: [.text(row.level?.chinese ?? ""), .count(row.rank)] + Self.person(row.person) + [
                        .text(row.attendance.percentText), .count(row.honours),
                    ], evidence: row.evidence, next: "供评先评优时研究")
            })
    }
}
