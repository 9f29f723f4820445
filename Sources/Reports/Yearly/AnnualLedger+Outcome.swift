import Domain
import Rules
import Tables

/// Measures 6 and 7: assessment, promotion.
extension AnnualLedger {
    private typealias Column = ReportFrame.Column

    var assessmentSection: Section {
        let breaches = results.assessment.rows.filter { $0.breach != nil }.count
        let own = results.assessment.rows.filter { $0.assessment.year == year }
        let excellent = Set(own.filter { $0.assessment.grade == .excellent }.map(\.person.id)).count
        let barred = Set(
            results.assessment.rows.filter { $0.window?.contains(asOf) ?? false }.map(\.person.id)
        ).count
        let grades = results.assessment.isReported ? "优秀 \(excellent) 人，" : "本年度考核结果未报送；"
        return Section(
            name: "6-1 考核", title: "考核和限制期", asks: "优秀不占派出单位指标；不称职被召回的，两年内不得提拔任用、晋级涨薪、评先评优或转任重要岗位。",
            acts: "县委组织部、派出单位", stands: grades + "限制期内 \(barred) 人，限制期内违反 \(breaches) 项。",
            columns: [Column("年度", .centered, min: 7, max: 7)] + Self.personColumns.prefix(2) + [
                Column("等次", .centered, min: 9, max: 10), Column("占单位\n优秀指标", .centered, min: 9, max: 9),
                Column("召回日期", .date, min: 11, max: 11), Column("限制期", .centered, min: 13, max: 13),
                Column("违反日期", .date, min: 11, max: 11),
                Column("违反事项", .text, min: 12, max: 24),
            ],
            rows: results.assessment.rows.map { row in
                let next: String
                if row.breach != nil {
                    next = "组织部门核实处理"
                } else if let window = row.window {
                    next = window.end < asOf ? "限制期已满" : "限制期内不得提拔评优"
                } else {
                    next = row.assessment.grade == .excellent ? "计入派出单位考核，不占指标" : ""
                }
                return Section.Row(
                    values: [.text(String(row.assessment.year))] + Self.person(row.person).prefix(2) + [
                        .text(row.assessment.grade.chinese), .text(row.quotaText), .day(row.assessment.recallDate),
                        .text(row.window.map { "\($0.start.iso)\n至 \($0.end.iso)" } ?? ""), .day(row.breach?.date),
                        .text(IDMasking.masked(row.breach?.matter ?? "")),
                    ], evidence: row.evidence, next: next)
            })
    }

    var unassessedSection: Section {
        let rows = results.unassessed.rows
        let missing = rows.count { !$0.isAwaited }
        return Section(
            name: "6-2 未考核", title: "没有考核结果的干部", asks: "对驻村干部进行年度考核。", acts: "县委组织部、派出单位",
            stands: rows.isEmpty ? "在岗的驻村干部都有考核结果。" : "没有考核结果 \(rows.count) 人，其中年度已过 \(missing) 人。",
            columns: Self.personColumns + [
                Column("任职起", .date, min: 11, max: 11), Column("状态", .centered, min: 9, max: 9),
            ],
            rows: rows.map { row in
                Section.Row(
                    values: Self.person(row.person) + [.day(row.posted), .text(row.status)], evidence: row.evidence,
                    next: row.isAwaited ? "年度考核时考核" : "补报考核结果")
            })
    }

    var recallsSection: Section {
        let rows = results.recalls.rows
        func count(_ status: Replacements.Status) -> Int { rows.count { $0.status == status } }
        return Section(
            name: "6-3 召回", title: "召回的驻村干部", asks: "不称职的召回，并由派出单位另派。", acts: "派出单位、县委组织部",
            stands: rows.isEmpty
                ? "年内没有召回。"
                : "召回 \(rows.count) 人：仍在岗 \(count(.stillPosted))，未补派 \(count(.open))，已补派 \(count(.replaced))。",
            columns: Self.replacementColumns, rows: rows.map(Self.replacement))
    }

    var excellenceSection: Section {
        let rows = results.excellence.rows
        let elsewhere = rows.reduce(0) { $0 + $1.excellentElsewhere }
        return Section(
            name: "6-4 优秀", title: "不占指标的优秀", asks: "驻村干部优秀等次计入派出单位考核结果，不占单位优秀指标。", acts: "派出单位",
            stands: "\(rows.count { $0.total > 0 }) 个派出单位有优秀 \(rows.reduce(0) { $0 + $1.excellent }) 人"
                + (elsewhere > 0 ? "，另在其他县区 \(elsewhere) 人。" : "。"),
            columns: [
                Column("派出单位", .text, min: 18, max: 34), Column("层级", .centered, min: 7, max: 7),
                Column("已考核", .count, min: 8, max: 8), Column("优秀\n（本县）", .count, min: 9, max: 9),
                Column("优秀\n（其他县区）", .count, min: 12, max: 12), Column("指标外\n合计", .count, min: 8, max: 8),
            ],
            rows: rows.map { row in
                Section.Row(
                    values: [
                        .text(row.sendingUnit), .text(row.level?.chinese ?? ""), .count(row.assessed),
                        .count(row.excellent), .count(row.excellentElsewhere), .count(row.total),
                    ], evidence: row.evidence, next: row.total > 0 ? "单位核定优秀时另计" : "")
            })
    }

    var promotionSection: Section {
        let shares = results.promotion.rows.compactMap { row in
            row.share.map { "\(row.category.chinese) \(row.cadres ?? 0)/\(row.totalPeople ?? 0)（\($0.percentText)）" }
        }
        let former = results.promotion.rows.reduce(0) { $0 + $1.formerCadres }
        return Section(
            name: "7-1 占比", title: "提拔晋升占比", asks: "提拔任用、职称评聘、晋级涨薪中驻村干部占一定比例（文件未定数额，只列数字）。", acts: "县委组织部",
            stands: (shares.isEmpty ? "人数不全，无法计算占比。" : shares.joined(separator: "；") + "。")
                + (former > 0 ? "本年没有驻村的 \(former) 人次不计入。" : ""),
            columns: [
                Column("类别", .text, min: 16, max: 20), Column("总人数", .count, min: 10, max: 12),
                Column("驻村干部人数", .count, min: 14, max: 14), Column("占比", .centered, min: 10, max: 10),
            ],
            rows: results.promotion.rows.map { row in
                Section.Row(
                    values: [
                        .text(row.category.chinese), row.totalPeople.map { .count($0) } ?? .text("未报"),
                        row.cadres.map { .count($0) } ?? .text("未报"), .text(row.share?.percentText ?? ""),
                    ], evidence: row.evidence, next: Self.next(row))
            })
    }

    private static func next(_ row: PromotionShare.Row) -> String {
        if row.totalPeople == nil { return "报送提拔任用统计" }
        if row.cadres == nil { return "报送提拔晋升登记" }
        return row.isConflict ? "核对总人数和驻村干部人数" : "由组织部门研究"
    }

    var eligibleSection: Section {
        Section(
            name: "7-2 人选", title: "受省级以上表彰人选", asks: "受省级以上表彰的驻村干部可优先提拔使用（由组织裁量）。", acts: "各级组织部门",
            stands: "符合条件 \(Set(results.eligible.rows.map(\.person.id)).count) 人，荣誉 \(results.eligible.rows.count) 项。",
            columns: Self.personColumns + [
                Column("荣誉", .text, min: 16, max: 30), Column("级别", .centered, min: 7, max: 8),
                Column("日期", .date, min: 11, max: 11),
            ],
            rows: results.eligible.rows.map { row in
                Section.Row(
                    values: Self.person(row.person) + [
                        .text(IDMasking.masked(row.honour)), .text(row.level.chinese), .day(row.date),
                    ], evidence: row.evidence, next: "供组织部门研究")
            })
    }
}
