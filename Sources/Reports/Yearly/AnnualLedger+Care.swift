import Domain
import Rules
import Tables

/// Measures 9 and 10: care, meetings, talks, commendations.
extension AnnualLedger {
    private typealias Column = ReportFrame.Column

    var careSection: Section {
        let rows = results.careVisits.rows
        func count(_ status: CareVisits.Status) -> Int { rows.count { $0.status == status } }
        return Section(
            name: "9-1 五必访", title: "关心关爱五必访", asks: "思想异常、生病住院、意外伤害、家庭困难、工作难度大的必访。", acts: "乡镇党委、派出单位",
            stands: "已走访 \(count(.visited))，逾期走访 \(count(.late))，未走访 \(count(.open))。",
            columns: Self.personColumns + [
                Column("日期", .date, min: 11, max: 11), Column("情形", .text, min: 12, max: 14),
                Column("走访日期", .date, min: 11, max: 11), Column("天数", .count, min: 6, max: 8),
                Column("状态", .centered, min: 10, max: 10),
            ],
            rows: rows.map { row in
                Section.Row(
                    values: Self.person(row.person) + [
                        .day(row.date), .text(row.situation), .day(row.visitDate), .count(row.days),
                        .text(row.status.chinese),
                    ], evidence: row.evidence, next: row.status == .open ? "立即走访并登记" : "")
            })
    }

    var meetingsSection: Section {
        let rows = results.meetings.rows
        let shares = [MeetingKind.county, .township].compactMap { kind -> String? in
            let own = rows.filter { $0.kind == kind }
            guard !own.isEmpty else { return nil }
            let share = MeetingShares.total(kind, own).map { "，驻村干部占 \($0.percentText)" } ?? ""
            return "\(kind.chinese) \(own.count) 次\(share)"
        }
        return Section(
            name: "9-2 会议", title: "参加县、乡会议", asks: "县、乡镇召开有关会议安排驻村干部参加（占比文件未定，只列数字）。", acts: "县委、乡镇党委",
            stands: shares.isEmpty ? "年内没有县级、乡镇会议记录。" : shares.joined(separator: "；") + "。",
            columns: [
                Column("日期", .date, min: 11, max: 11), Column("类型", .centered, min: 10, max: 10),
                Column("乡镇", .text, min: 9, max: 14), Column("会议", .text, min: 24, max: 44),
                Column("参会\n人数", .count, min: 8, max: 8), Column("驻村干部\n人数", .count, min: 10, max: 10),
                Column("占比", .centered, min: 9, max: 9),
            ],
            rows: rows.map { row in
                Section.Row(
                    values: [
                        .day(row.date), .text(row.kind.chinese), .text(row.township),
                        .text(IDMasking.masked(row.meeting)), row.attendees.map { .count($0) } ?? .empty,
                        row.cadres.map { .count($0) } ?? .empty, .text(row.share?.percentText ?? ""),
                    ], evidence: row.evidence,
                    next: (row.kind == .county || row.kind == .township) && row.share == nil ? "补填参会人数和驻村干部人数" : "")
            })
    }

    var workingMeetingsSection: Section {
        let rows = results.workingMeetings.rows
        let none = rows.count { $0.count == 0 && !$0.township.isEmpty && !$0.isRunning }
        return Section(
            name: "9-3 例会", title: "驻村工作例会", asks: "定期召开驻村工作例会（次数文件未定，只列数字）。", acts: "县委组织部、乡镇党委",
            stands: "工作例会 \(rows.reduce(0) { $0 + $1.count }) 次；已过季度中没有例会的乡镇 \(none) 个（乡镇·季度）。",
            columns: [
                Column("季度", .centered, min: 10, max: 10), Column("召开单位", .text, min: 14, max: 22),
                Column("次数", .count, min: 8, max: 8),
            ],
            rows: rows.map { row in
                Section.Row(
                    values: [
                        .text(row.quarter.text), .text(row.township.isEmpty ? "县级" : row.township), .count(row.count),
                    ], evidence: row.evidence, next: row.count == 0 && row.isRunning ? "本季度内召开并登记" : "")
            })
    }

    var cadreTalksSection: Section {
        let rows = results.cadreTalks.rows
        let quarters = Set(rows.map(\.quarter)).sorted().map { quarter in
            let own = rows.filter { $0.quarter == quarter }
            return "\(quarter.text) 已谈 \(own.count { $0.status == .held })/\(own.count)"
        }
        return Section(
            name: "9-4 谈话", title: "与驻村干部谈心谈话", asks: "定期与驻村干部谈心谈话，每季度至少一次。", acts: "乡镇党委、派出单位",
            stands: quarters.isEmpty ? "年内没有谈心谈话记录。" : quarters.joined(separator: "；") + "。",
            columns: [Column("季度", .centered, min: 9, max: 9)] + Self.personColumns + [
                Column("次数", .count, min: 6, max: 6), Column("状态", .centered, min: 8, max: 8),
            ],
            rows: rows.map { row in
                let next =
                    switch row.status {
                    case .held: ""
                    case .due: "本季度内谈话并登记"
                    case .missed: "尽快谈话"
                    }
                return Section.Row(
                    values: [.text(row.quarter.text)] + Self.person(row.person) + [
                        .count(row.count), .text(row.status.chinese),
                    ], evidence: row.evidence, next: next)
            })
    }

    // MARK: Commendations

    var commendationsSection: Section {
        let rows = results.commendations.rows
        let totals = Commendations.totals(rows).map { total in
            "\(total.level.chinese)级\(IDMasking.masked(total.category))：单位 \(total.units)、个人 \(total.people)"
        }
        return Section(
            name: "10-1 表彰", title: "受表彰的单位和个人", asks: "对驻村工作先进单位和优秀驻村干部予以表彰，宣传先进典型。", acts: "各级组织部门",
            stands: totals.isEmpty ? "年内没有表彰记录。" : totals.joined(separator: "；") + "。",
            columns: [
                Column("级别", .centered, min: 7, max: 7), Column("类别", .text, min: 16, max: 30),
                Column("对象", .centered, min: 7, max: 7), Column("名称", .text, min: 16, max: 34),
                Column("身份证号", .number, min: 20, max: 20),
            ],
            rows: rows.map { row in
                Section.Row(
                    values: [
                        .text(row.level.chinese), .text(IDMasking.masked(row.category)), .text(row.subject.chinese),
                        .text(IDMasking.masked(row.name)), .text(row.person?.masked ?? ""),
                    ], evidence: row.evidence,
                    next: row.subject == .person && row.person == nil ? "补填身份证号" : "")
            })
    }

    var unitCandidatesSection: Section {
        let rows = results.unitCandidates.rows
        return Section(
            name: "10-2 先进单位", title: "先进单位候选",
            asks: "无脱岗、抽调和约谈，工作经费和保险齐备，主要负责人到村走访的派出单位，按层级和出勤率排列，供表彰时研究。", acts: "各级组织部门",
            stands: "候选 \(rows.count) 个单位。",
            columns: [
                Column("层级", .centered, min: 7, max: 7), Column("名次", .count, min: 6, max: 6),
                Column("派出单位", .text, min: 18, max: 34), Column("驻村\n干部数", .count, min: 8, max: 8),
                Column("出勤率", .centered, min: 9, max: 9), Column("负责人\n走访（次）", .count, min: 10, max: 10),
            ],
            rows: rows.map { row in
                Section.Row(
                    values: [
                        .text(row.level?.chinese ?? ""), .count(row.rank), .text(row.sendingUnit), .count(row.cadres),
                        .text(row.attendance.percentText), .count(row.headVisits),
                    ], evidence: row.evidence, next: "供表彰时研究")
            })
    }

    var awardsSection: Section {
        let rows = results.awards.rows
        return Section(
            name: "10-3 评优", title: "评先评优候选", asks: "对年度考核优秀、无脱岗抽调且不在限制期的在岗干部评先评优，按派出单位层级排列。", acts: "各级组织部门",
            stands: "候选 \(rows.count) 人。",
            columns: [Column("层级", .centered, min: 7, max: 7), Column("名次", .count, min: 6, max: 6)]
                + Self.personColumns + [
                    Column("出勤率", .centered, min: 9, max: 9), Column("荣誉数", .count, min: 7, max: 7),
                ],
            rows: rows.map { row in
                Section.Row(
                    values: [.text(row.level?.chinese ?? ""), .count(row.rank)] + Self.person(row.person) + [
                        .text(row.attendance.percentText), .count(row.honours),
                    ], evidence: row.evidence, next: "供评先评优时研究")
            })
    }
}
