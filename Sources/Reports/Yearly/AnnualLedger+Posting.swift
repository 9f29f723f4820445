import Domain
import Rules
import Tables

/// Measures 1 to 3: who is posted, trained, visited.
extension AnnualLedger {
    private typealias Column = ReportFrame.Column

    var staffingSection: Section {
        let rows = results.staffing.rows
        let gaps = rows.filter { $0.gap != .candidate }
        return Section(
            name: "1-1 选派", title: "选派第一书记和工作队",
            asks: "贫困村有第一书记和工作队，任期到2020年底，选调生任村党组织副书记；薄弱村、深度贫困村优先。", acts: "县委组织部、派出单位",
            stands:
                "\(Set(gaps.map(\.village.key)).count) 个贫困村有缺项，共 \(gaps.count) 项；可任副书记的选调生 \(rows.count - gaps.count) 人。",
            columns: [
                Column("乡镇", .text, min: 10, max: 14), Column("村", .text, min: 10, max: 16),
                Column("深度\n贫困村", .centered, min: 7, max: 7), Column("薄弱村", .centered, min: 7, max: 7),
                Column("缺项", .text, min: 16, max: 22), Column("姓名", .centered, min: 9, max: 16),
                Column("说明", .text, min: 14, max: 30),
            ],
            rows: rows.map { row in
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

    var deputiesSection: Section {
        let rows = results.deputies.rows
        let named = rows.count { $0.graduate != nil }
        return Section(
            name: "1-2 副书记", title: "选调生任副书记的建议", asks: "符合条件的选调生任村党组织副书记，薄弱村优先（建议，由组织决定）。",
            acts: "县委组织部",
            stands: rows.isEmpty ? "贫困村都有选调生副书记。" : "\(rows.count) 个贫困村没有选调生副书记，\(named) 个村有可用人选。",
            columns: [
                Column("乡镇", .text, min: 10, max: 14), Column("村", .text, min: 10, max: 16),
                Column("薄弱村", .centered, min: 7, max: 7), Column("深度\n贫困村", .centered, min: 7, max: 7),
                Column("建议人选\n身份证号", .centered, min: 20, max: 20),
                Column("现驻村", .text, min: 12, max: 20), Column("距离", .centered, min: 9, max: 10),
                Column("参加工作", .date, min: 11, max: 11),
            ],
            rows: rows.map { row in
                let graduate = row.graduate
                let posted = graduate.map { $0.person.township + $0.person.village } ?? ""
                return Section.Row(
                    values: [
                        .text(row.village.township), .text(row.village.village),
                        .text(YearColumns.flag(row.village.isWeak)), .text(YearColumns.flag(row.village.isDeepPoverty)),
                        .text(graduate.map { "\($0.person.name)\n\($0.person.id.masked)" } ?? "无可用人选"),
                        .text(posted), .text(graduate?.nearness.chinese ?? ""), .day(graduate?.workStart),
                    ], evidence: row.evidence,
                    next: graduate == nil
                        ? "选派选调生" : graduate?.isFirstSecretary == true ? "现任第一书记，调整须另选第一书记" : "供研究副书记人选")
            })
    }

    // MARK: Training

    var trainingSection: Section {
        Section(
            name: "2-1 培训", title: "培训全覆盖",
            asks: "每年对驻村干部轮训一遍，省、市、县分别承担10%、30%、60%；任前培训另计，薄弱村优先。", acts: "省、市、县组织部门和扶贫部门",
            stands: trainingText,
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

    private var trainingText: String {
        guard let counts = coverage?.counts else { return "未报。" }
        let plan = coverage?.plan ?? []
        let planned = plan.count == 3 ? "省、市、县三级计划 \(plan[0])、\(plan[1])、\(plan[2]) 人" : ""
        guard let trained = coverage?.told else {
            let known = counts.trainedOverall > 0 ? "其他县(区)名单上已训 \(counts.trainedOverall) 人。" : ""
            return "驻村干部 \(counts.headcount) 人，培训情况未报送。" + known + (planned.isEmpty ? "" : planned + "。")
        }
        var text =
            "驻村干部 \(counts.headcount) 人，已训 \(trained.trainedOverall) 人"
            + (coverage?.coverage.map { "（\($0.percentText)）" } ?? "") + "，未训 \(trained.untrained) 人。"
        if !planned.isEmpty, trained.trained.count == 3 {
            text += planned + "，已训 \(trained.trained[0])、\(trained.trained[1])、\(trained.trained[2]) 人。"
        }
        return text
    }

    var organisersSection: Section {
        let rows = results.organisers.rows
        let byOrganiser = TrainingOrganisers.Organiser.allCases.compactMap { organiser -> String? in
            let own = rows.filter { $0.organiser == organiser && !$0.isPrePosting }
            guard !own.isEmpty else { return nil }
            return
                "\(organiser.chinese) \(own.reduce(0) { $0 + $1.classes.count }) 期 \(own.reduce(0) { $0 + $1.attendances }) 人次"
        }
        let before = rows.filter(\.isPrePosting)
        let beforeText =
            before.isEmpty
            ? []
            : [
                "任前培训（另计） \(before.reduce(0) { $0 + $1.classes.count }) 期 \(before.reduce(0) { $0 + $1.attendances }) 人次"
            ]
        return Section(
            name: "2-2 主办", title: "各级各部门办班", asks: "组织部门和扶贫部门分级办班（各办多少文件未定，只列数字）。", acts: "各级组织部门、扶贫部门",
            stands: rows.isEmpty ? "年内没有办班记录。" : (byOrganiser + beforeText).joined(separator: "；") + "。",
            columns: [
                Column("级别", .centered, min: 7, max: 10), Column("主办部门", .text, min: 14, max: 22),
                Column("期数", .count, min: 7, max: 7), Column("人次", .count, min: 7, max: 7),
                Column("人数", .count, min: 7, max: 7), Column("培训班", .text, min: 24, max: 50),
            ],
            rows: rows.map { row in
                Section.Row(
                    values: [
                        .text(row.tier.chinese + (row.isPrePosting ? "（任前）" : "")), .text(row.organiser.chinese),
                        .count(row.classes.count),
                        .count(row.attendances), .count(row.people),
                        .text(
                            IDMasking.masked(
                                row.classes.map { "\($0.name)（\($0.start.iso)）" }.joined(separator: "；"))),
                    ], evidence: row.evidence, next: row.organiser == .unnamed ? "补填主办单位" : "")
            })
    }

    var weakVillagesSection: Section {
        let rows = results.weakVillages.rows
        return Section(
            name: "2-3 业务培训", title: "薄弱村业务培训", asks: "薄弱村驻村干部的业务培训单独统计（次数文件未定，只列数字）。",
            acts: "县委组织部、扶贫部门",
            stands: "薄弱村驻村干部 \(rows.count) 人，参加过业务培训 \(rows.count { $0.isTrained }) 人。",
            columns: Self.personColumns + [
                Column("业务培训", .centered, min: 9, max: 9), Column("培训班", .text, min: 20, max: 40),
            ],
            rows: rows.map { row in
                Section.Row(
                    values: Self.person(row.person) + [
                        .text(row.isTrained ? "已参加" : "未参加"),
                        .text(IDMasking.masked(row.classes.joined(separator: "；"))),
                    ], evidence: row.evidence, next: row.isTrained ? "" : "安排业务培训时优先")
            })
    }

    var replacementsSection: Section {
        let rows = results.replacements.rows
        func count(_ status: Replacements.Status) -> Int { rows.count { $0.status == status } }
        return Section(
            name: "2-4 补派", title: "召回和调整后的补派", asks: "召回、调整的驻村干部及时补派（是否需要补派由组织研究）。", acts: "派出单位、县委组织部",
            stands: rows.isEmpty
                ? "年内没有召回和调整。"
                : "召回、调整 \(rows.count) 人：已补派 \(count(.replaced))，未补派 \(count(.open))，召回后仍在岗 \(count(.stillPosted))。",
            columns: Self.replacementColumns, rows: rows.map(Self.replacement))
    }

    static let replacementColumns =
        personColumns + [
            Column("岗位", .centered, min: 9, max: 14), Column("原因", .centered, min: 7, max: 7),
            Column("离任日期", .date, min: 11, max: 11), Column("状态", .centered, min: 10, max: 12),
            Column("接任人、\n到任日期", .centered, min: 11, max: 12), Column("空岗\n天数", .count, min: 6, max: 7),
        ]

    private static func successorText(_ row: Replacements.Row) -> String {
        guard let successor = row.successor, let start = row.successorStart else { return "" }
        return "\(successor.name)\n\(start.iso)"
    }

    static func replacement(_ row: Replacements.Row) -> Section.Row {
        let next =
            switch row.status {
            case .replaced: ""
            case .open: "补派，或注明不再补派"
            case .stillPosted: "核实召回，更新花名册"
            }
        return Section.Row(
            values: person(row.person) + [
                .text(row.seat.chinese), .text(row.cause.chinese), .day(row.date), .text(row.status.chinese),
                .text(successorText(row)), row.status == .stillPosted ? .empty : .count(row.days),
            ], evidence: row.evidence, next: next)
    }

    // MARK: Linked villages

    var visitsSection: Section {
        Section(
            name: "3 联点", title: "联点、专家、结对",
            asks: "贫困村有联点领导，每季度至少走访一次；专家巡回指导，强村带弱村、企业和党组织结对。", acts: "联点领导、县委组织部", stands: visitsText,
            columns: [
                Column("乡镇", .text, min: 10, max: 14), Column("村", .text, min: 10, max: 16),
                Column("类型", .centered, min: 10, max: 12), Column("对象", .text, min: 12, max: 28),
                Column("层级", .centered, min: 7, max: 7), Column("季度", .centered, min: 9, max: 9),
                Column("次数", .count, min: 6, max: 6), Column("状态", .centered, min: 8, max: 8),
            ],
            rows: results.visits.rows.map { row in
                Section.Row(
                    values: [
                        .text(row.township), .text(row.village), .text(row.kind.chinese),
                        .text(IDMasking.masked(row.subject)), .text(Self.levelText(row)),
                        .text(row.quarter?.text ?? ""), .count(row.count), .text(row.status.chinese),
                    ], evidence: row.evidence, next: Self.next(row))
            })
    }

    private static func levelText(_ row: LinkedVillages.Row) -> String {
        guard row.kind == .leaderVisit, row.status != .none else { return "" }
        return row.level.map { $0 == .township ? "乡镇" : $0.chinese } ?? "未注明"
    }

    private var visitsText: String {
        let visits = results.visits.rows.filter { $0.kind == .leaderVisit && $0.status != .none }
        func counts(_ rows: [LinkedVillages.Row]) -> String {
            func count(_ status: LinkedVillages.Status) -> Int { rows.count { $0.status == status } }
            return "完成 \(count(.done))、待走访 \(count(.due))、未走访 \(count(.missed))"
        }
        let levels: [(String, AdministrativeLevel?)] = [
            ("市级领导", .prefecture), ("县级领导", .county), ("乡镇领导", .township), ("层级未注明", nil),
        ]
        let byLevel = levels.compactMap { name, level -> String? in
            let own = visits.filter { $0.level == level }
            return own.isEmpty ? nil : "\(name)\(counts(own))"
        }
        let none = LinkedVillages.Kind.allCases.map { kind in
            "\(kind.chinese)未安排 \(results.visits.rows.count { $0.kind == kind && $0.status == .none }) 个村"
        }
        return "联点走访（季度）：" + (byLevel.isEmpty ? "无" : byLevel.joined(separator: "；")) + "。"
            + none.joined(separator: "，")
            + "。"
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
}
