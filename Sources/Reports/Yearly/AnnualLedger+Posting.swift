import Domain
import Rules
import Tables

/// Measures 1 to 4: who is posted, trained, visited, absent.
extension AnnualLedger {
    private typealias Column = ReportFrame.Column

    var staffingSection: Section {
        let gaps = staffing.rows.filter { $0.gap != .candidate }
        let villages = Set(gaps.map(\.village.key)).count
        return Section(
            measure: 1, name: "1 选派", title: "选派第一书记和工作队",
            asks: "贫困村有第一书记和工作队，任期到2020年底，选调生任村党组织副书记；薄弱村、深度贫困村优先。",
            stands: "\(villages) 个贫困村有缺项，共 \(gaps.count) 项；可任副书记的选调生 \(staffing.rows.count - gaps.count) 人。",
            openCases: gaps.count, unreported: staffing.unreportedForms,
            columns: [
                Column("乡镇", .text, min: 10, max: 14), Column("村", .text, min: 10, max: 16),
                Column("深度\n贫困村", .centered, min: 7, max: 7), Column("薄弱村", .centered, min: 7, max: 7),
                Column("缺项", .text, min: 16, max: 22), Column("姓名", .centered, min: 9, max: 16),
                Column("说明", .text, min: 14, max: 30),
            ],
            rows: staffing.rows.map { row in
                Section.Row(
                    values: [
                        .text(row.village.township), .text(row.village.village),
                        .text(YearColumns.flag(row.village.isDeepPoverty)), .text(YearColumns.flag(row.village.isWeak)),
                        .text(row.gap.chinese), .text(row.personName ?? ""), .text(IDMasking.masked(row.note)),
                    ], evidence: row.evidence, next: Self.next(row.gap))
            })
    }

    private static func next(_ gap: Staffing.Gap) -> String {
        switch gap {
        case .noFirstSecretary: "选派第一书记，更新花名册"
        case .noTeam: "选派工作队，更新花名册"
        case .shortTerm: "延长任期或确定接任人选"
        case .noDeputy: "从选调生中研究副书记人选"
        case .candidate: "供研究副书记人选"
        }
    }

    var trainingSection: Section {
        let counts = coverage?.counts
        let plan = coverage?.plan
        var stands = "未报。"
        if let counts {
            stands =
                "驻村干部 \(counts.headcount) 人，已训 \(counts.trainedOverall) 人"
                + (coverage?.coverage.map { "（\($0.percentText)）" } ?? "") + "，未训 \(counts.untrained) 人。"
            if let plan, plan.count == 3, counts.trained.count == 3 {
                stands +=
                    "省、市、县三级计划 \(plan[0])、\(plan[1])、\(plan[2]) 人，已训 \(counts.trained[0])、\(counts.trained[1])、\(counts.trained[2]) 人。"
            }
        }
        return Section(
            measure: 2, name: "2 培训", title: "培训全覆盖",
            asks: "每年对驻村干部轮训一遍，省、市、县分别承担10%、30%、60%；任前培训另计，薄弱村优先。", stands: stands,
            openCases: counts?.untrained ?? 0, unreported: nominations.unreportedForms,
            columns: [Column("层级", .centered, min: 7, max: 7), Column("序号", .count, min: 6, max: 6)]
                + Self.personColumns + [
                    Column("任职起", .date, min: 11, max: 11), Column("理由", .text, min: 12, max: 24),
                ],
            rows: nominations.rows.map { row in
                Section.Row(
                    values: [.text(row.tier.chinese), .count(row.number)] + Self.person(row.person)
                        + [.day(row.firstPosted), .text(row.reason)],
                    evidence: row.evidence, next: "推荐参加\(row.tier.chinese)级培训")
            })
    }

    var visitsSection: Section {
        func count(_ status: LinkedVillages.Status) -> Int {
            visits.rows.count { $0.kind == .leaderVisit && $0.status == status }
        }
        let open = visits.rows.filter { $0.status == .missed || $0.status == .none }.count
        let none = LinkedVillages.Kind.allCases.map { kind in
            "\(kind.chinese)未安排 \(visits.rows.count { $0.kind == kind && $0.status == .none }) 个村"
        }
        return Section(
            measure: 3, name: "3 联点", title: "领导联点、专家指导、结对帮扶",
            asks: "贫困村有联点领导，每季度至少走访一次；专家巡回指导，强村带弱村、企业和党组织结对。",
            stands: "联点走访完成 \(count(.done))、待走访 \(count(.due))、未走访 \(count(.missed)) 个季度；"
                + none.joined(separator: "，") + "。",
            openCases: open, unreported: visits.unreportedForms,
            columns: [
                Column("乡镇", .text, min: 10, max: 14), Column("村", .text, min: 10, max: 16),
                Column("类型", .centered, min: 10, max: 12), Column("对象", .text, min: 12, max: 28),
                Column("季度", .centered, min: 9, max: 9), Column("次数", .count, min: 6, max: 6),
                Column("状态", .centered, min: 8, max: 8),
            ],
            rows: visits.rows.map { row in
                Section.Row(
                    values: [
                        .text(row.township), .text(row.village), .text(row.kind.chinese),
                        .text(IDMasking.masked(row.subject)), .text(row.quarter?.text ?? ""), .count(row.count),
                        .text(row.status.chinese),
                    ], evidence: row.evidence, next: Self.next(row))
            })
    }

    private static func next(_ row: LinkedVillages.Row) -> String {
        switch (row.status, row.kind) {
        case (.done, _): ""
        case (.due, _): "本季度内走访并登记"
        case (.missed, _): "说明原因，尽快补访"
        case (.none, .leaderVisit): "确定联点领导"
        case (.none, .expertTour): "安排专家巡回指导"
        case (.none, .pairing): "安排结对帮扶"
        }
    }

    var disciplineSection: Section {
        let people = discipline.rows.filter { $0.subject == .person }
        let absences = people.filter { $0.discipline.situations.contains(.absence) }.count
        let withdrawals = people.filter { $0.discipline.situations.contains(.withdrawal) }.count
        return Section(
            measure: 4, name: "4 纪律", title: "到岗纪律",
            asks: "擅自脱岗或派出单位抽调的，干部当年不得评先评优，派出单位领导班子当年考核不得评优秀。",
            stands: "脱岗 \(absences) 人次日，抽调 \(withdrawals) 人次日，涉及派出单位 "
                + "\(Set(people.map(\.discipline.person.sendingUnit)).count) 个。",
            openCases: people.count, unreported: discipline.unreportedForms,
            columns: [Column("日期", .date, min: 11, max: 11), Column("对象", .centered, min: 7, max: 7)]
                + Self.personColumns + [
                    Column("情形", .centered, min: 9, max: 12), Column("后果", .text, min: 18, max: 28),
                ],
            rows: discipline.rows.map { row in
                let isPerson = row.subject == .person
                var person = Self.person(row.discipline.person)
                if !isPerson { person = [.empty, .empty, person[2], .empty, .empty] }
                return Section.Row(
                    values: [.day(row.discipline.date), .text(row.subject.chinese)] + person + [
                        .text(row.discipline.situationText), .text(row.subject.consequence),
                    ], evidence: row.discipline.evidence,
                    next: isPerson ? "核实后取消当年评先评优资格" : "通报派出单位，年度考核时执行")
            })
    }
}
