import Domain
import Rules
import Tables

/// Measure 5: pay, work funds, insurance, unreimbursed cost.
extension AnnualLedger {
    private typealias Column = ReportFrame.Column

    /// Pay stands in the months' own files: only what is held is counted here.
    var paymentsStanding: Standing {
        Standing(
            .payments, open: payments.reduce(0) { $0 + $1.heldRows },
            unreported: payments.isEmpty ? [.attendance] : [], hasRows: !payments.isEmpty)
    }

    var paymentsSection: Section {
        let total = payments.reduce(Fen.zero) { $0 + $1.total }
        let held = payments.reduce(0) { $0 + $1.heldRows }
        return Section(
            name: "5-1 补助", title: "生活补助和津贴", asks: "按实际出勤天数发放生活补助，每人每天60元，从派出单位公用经费列支；按规定发放艰苦边远等津贴。",
            acts: "县财政局、派出单位",
            stands: "已核算 \(payments.count) 个月，合计 \(AmountText.grouped(total)) 元；暂缓发放 \(held) 行。",
            columns: [
                Column("所属期", .centered, min: 10, max: 10), Column("批次号", .centered, min: 20, max: 22),
                Column("人数", .count, min: 8, max: 8), Column("出勤天数", .days, min: 10, max: 12),
                Column("合计（元）", .amount, min: 14, max: 20), Column("暂缓发放（行）", .count, min: 14, max: 14),
            ],
            rows: payments.sorted { $0.period < $1.period }.map { month in
                Section.Row(
                    values: [
                        .text(month.period.description),
                        .text(month.batch ?? month.passedTo.map { "（列入 \($0)）" } ?? "（未关账）"), .count(month.people),
                        .days(month.days), .amount(month.total), .count(month.heldRows),
                    ], evidence: [],
                    next: month.heldRows > 0
                        ? "更正暂缓发放的行" : month.batch == nil && month.passedTo == nil ? "核对后关账" : "")
            })
    }

    var workFundsSection: Section {
        let open = results.workFunds.rows.filter { $0.status == .short || $0.status == .unpaid }
        let due = results.workFunds.rows.reduce(Fen.zero) { $0 + $1.due }
        let paid = results.workFunds.rows.reduce(Fen.zero) {
            $0 + ($1.countyPaid ?? .zero) + ($1.provincePaid ?? .zero)
        }
        return Section(
            name: "5-2 经费", title: "驻村工作经费", asks: "每个工作队每年不低于2万元：县级1万元，增加的1万元深度贫困地区贫困县由省级转移支付，其他由县级承担。",
            acts: "县财政局、省级财政",
            stands:
                "应拨 \(AmountText.grouped(due)) 元，已拨 \(AmountText.grouped(paid)) 元；\(open.count) 个村不足或未拨。",
            columns: [
                Column("乡镇", .text, min: 10, max: 14), Column("村", .text, min: 10, max: 16),
                Column("应拨县级", .amount, min: 12, max: 16), Column("应拨省级", .amount, min: 12, max: 16),
                Column("已拨县级", .amount, min: 12, max: 16), Column("已拨省级", .amount, min: 12, max: 16),
                Column("差额", .amount, min: 12, max: 16), Column("状态", .centered, min: 8, max: 8),
            ],
            rows: results.workFunds.rows.map { row in
                Section.Row(
                    values: [
                        .text(row.township), .text(row.village), .amount(row.countyDue),
                        .amount(row.provinceDue),
                        .amount(row.countyPaid), .amount(row.provincePaid), .amount(row.difference),
                        .text(row.status.chinese),
                    ], evidence: row.evidence, next: Self.next(row))
            })
    }

    private static func next(_ row: WorkFunds.Row) -> String {
        switch row.status {
        case .full: return ""
        case .excess: return "核对拨付记录"
        case .unreported: return "报送工作经费拨付表"
        case .short, .unpaid:
            let county = row.countyPaid.map { $0 < row.countyDue } ?? false
            let province = row.provincePaid.map { $0 < row.provinceDue } ?? false
            return county && province ? "补拨县级和省级资金" : county ? "补拨县级资金" : "补拨省级资金"
        }
    }

    var insuranceSection: Section {
        let people = Set(results.insurance.rows.map(\.person.id)).count
        let byFlag = InsuranceCover.Flag.allCases.compactMap { flag -> String? in
            let count = results.insurance.rows.count { $0.flag == flag }
            return count > 0 ? "\(flag.chinese) \(count)" : nil
        }
        return Section(
            name: "5-3 保险", title: "人身意外伤害保险", asks: "派出单位为驻村干部办理人身意外伤害保险并提高保额，驻村期间不断保。", acts: "派出单位",
            stands: results.insurance.rows.isEmpty
                ? "没有发现问题。" : "\(people) 人有问题：\(byFlag.joined(separator: "，"))。",
            columns: Self.personColumns + [
                Column("问题", .centered, min: 12, max: 14), Column("起", .date, min: 11, max: 11),
                Column("止", .date, min: 11, max: 11), Column("保额（元）", .amount, min: 12, max: 16),
                Column("说明", .text, min: 14, max: 26),
            ],
            rows: results.insurance.rows.map { row in
                Section.Row(
                    values: Self.person(row.person) + [
                        .text(row.flag.chinese), .day(row.days.start), .day(row.days.end),
                        .amount(row.sumInsured),
                        .text(InsuranceReport.note(row)),
                    ], evidence: row.evidence, next: Self.next(row.flag))
            })
    }

    private static func next(_ flag: InsuranceCover.Flag) -> String {
        switch flag {
        case .uninsured: "派出单位立即办理保险"
        case .gap: "核实断保原因，补办"
        case .expiring: "到期前续保"
        case .belowMinimum: "提高保额"
        case .notRaised: "按文件提高保额"
        }
    }

    var medicalSection: Section {
        let rows = results.medicalGaps.rows
        let totals = UnreimbursedGap.totals(rows).map {
            "\($0.sendingUnit) \(AmountText.grouped($0.gap)) 元"
        }
        let unsettled = rows.count { $0.reliefStatus.isOpen }
        return Section(
            name: "5-4 医疗", title: "因公医疗费用差额", asks: "驻村期间因公患病、受伤的费用，保险等报销后的差额由派出单位解决。", acts: "派出单位",
            stands: totals.isEmpty
                ? "没有差额。" : "差额：\(totals.joined(separator: "；"))；未救助、部分救助或未登记 \(unsettled) 件。",
            columns: Self.personColumns.prefix(2) + [
                Column("类型", .centered, min: 5, max: 12), Column("发生日期", .date, min: 11, max: 11),
                Column("总费用", .amount, min: 10, max: 14), Column("保险\n报销", .amount, min: 10, max: 14),
                Column("其他\n报销", .amount, min: 10, max: 14), Column("差额", .amount, min: 10, max: 14),
                Column("救助\n金额", .amount, min: 10, max: 14), Column("救助", .centered, min: 5, max: 10),
            ],
            rows: rows.map { row in
                Section.Row(
                    values: Self.person(row.person).prefix(2) + [
                        .text(row.kind), .day(row.date), .amount(row.totalCost), .amount(row.insurancePaid),
                        .amount(row.otherPaid), .amount(row.gap), .amount(row.relief),
                        .text(row.reliefStatus.chinese),
                    ], evidence: row.evidence, next: Self.next(row.reliefStatus))
            })
    }

    private static func next(_ status: UnreimbursedGap.ReliefStatus) -> String {
        switch status {
        case .notNeeded, .whole: ""
        case .notRecorded: "由派出单位解决差额，登记救助金额"
        case .refused, .part: "由派出单位解决余下差额"
        }
    }

    var renewalsSection: Section {
        let rows = results.renewals.rows
        let renewed = rows.filter { $0.isUnderMeasures && $0.change != nil }
        func count(_ change: InsuranceRenewals.Change) -> Int { renewed.count { $0.change == change } }
        return Section(
            name: "5-5 保额", title: "保额逐人逐次比较", asks: "提高驻村干部人身意外伤害保险保额（提高多少文件未定，只列数字）。", acts: "派出单位",
            stands:
                "措施施行后的续保 \(renewed.count) 份：提高 \(count(.raised))，未提高 \(count(.same))，降低 \(count(.lowered))。",
            columns: Self.personColumns.prefix(2) + [
                Column("保险公司", .text, min: 12, max: 20), Column("保单号", .text, min: 12, max: 20),
                Column("起保", .date, min: 11, max: 11), Column("终保", .date, min: 11, max: 11),
                Column("保额（元）", .amount, min: 10, max: 14), Column("上一份\n保额（元）", .amount, min: 10, max: 14),
                Column("变化", .centered, min: 8, max: 8),
            ],
            rows: rows.map { row in
                let isOpen = row.isUnderMeasures && (row.change == .same || row.change == .lowered)
                return Section.Row(
                    values: Self.person(row.person).prefix(2) + [
                        .text(IDMasking.masked(row.insurer)), .text(IDMasking.masked(row.policyNumber)),
                        .day(row.cover.start), .day(row.cover.end), .amount(row.sumInsured),
                        .amount(row.previousSum), .text(row.change?.chinese ?? "首份"),
                    ], evidence: row.evidence, next: isOpen ? "按文件提高保额" : "")
            })
    }
}
