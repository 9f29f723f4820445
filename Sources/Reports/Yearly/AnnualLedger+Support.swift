import Domain
import Rules
import Tables

/// Measure 5: pay, work funds, insurance, unreimbursed cost.
extension AnnualLedger {
    private typealias Column = ReportFrame.Column

    var paymentsSection: Section {
        let total = payments.reduce(Fen.zero) { $0 + $1.total }
        let held = payments.reduce(0) { $0 + $1.heldRows }
        return Section(
            measure: 5, name: "5-1 补助", title: "生活补助和津贴", asks: "按实际出勤天数发放生活补助，每人每天60元，从派出单位公用经费列支；按规定发放艰苦边远等津贴。",
            stands: "已核算 \(payments.count) 个月，合计 \(AmountText.grouped(total)) 元；暂缓发放 \(held) 行。", openCases: held,
            unreported: payments.isEmpty ? [.attendance] : [],
            columns: [
                Column("所属期", .centered, min: 10, max: 10), Column("批次号", .centered, min: 20, max: 22),
                Column("人数", .count, min: 8, max: 8), Column("出勤天数", .days, min: 10, max: 12),
                Column("合计（元）", .amount, min: 14, max: 20), Column("暂缓发放（行）", .count, min: 14, max: 14),
            ],
            rows: payments.sorted { $0.period < $1.period }.map { month in
                Section.Row(
                    values: [
                        .text(month.period.description), .text(month.batch ?? "（未关账）"), .count(month.people),
                        .days(month.days), .amount(month.total), .count(month.heldRows),
                    ], evidence: [],
                    next: month.heldRows > 0 ? "更正暂缓发放的行" : month.batch == nil ? "核对后关账" : "")
            })
    }

    var workFundsSection: Section {
        let open = workFunds.rows.filter { $0.status == .short || $0.status == .unpaid }
        let due = workFunds.rows.reduce(Fen.zero) { $0 + $1.due }
        let paid = workFunds.rows.reduce(Fen.zero) { $0 + $1.countyPaid + $1.provincePaid }
        return Section(
            measure: 5, name: "5-2 经费", title: "驻村工作经费", asks: "每个工作队每年不低于2万元：县级1万元，增加的1万元深度贫困地区贫困县由省级转移支付，其他由县级承担。",
            stands: "应拨 \(AmountText.grouped(due)) 元，已拨 \(AmountText.grouped(paid)) 元；\(open.count) 个村不足或未拨。",
            openCases: open.count, unreported: workFunds.unreportedForms,
            columns: [
                Column("乡镇", .text, min: 10, max: 14), Column("村", .text, min: 10, max: 16),
                Column("应拨县级", .amount, min: 12, max: 16), Column("应拨省级", .amount, min: 12, max: 16),
                Column("已拨县级", .amount, min: 12, max: 16), Column("已拨省级", .amount, min: 12, max: 16),
                Column("差额", .amount, min: 12, max: 16), Column("状态", .centered, min: 8, max: 8),
            ],
            rows: workFunds.rows.map { row in
                Section.Row(
                    values: [
                        .text(row.township), .text(row.village), .amount(row.countyDue), .amount(row.provinceDue),
                        .amount(row.countyPaid), .amount(row.provincePaid), .amount(row.difference),
                        .text(row.status.chinese),
                    ], evidence: row.evidence, next: Self.next(row))
            })
    }

    private static func next(_ row: WorkFunds.Row) -> String {
        switch row.status {
        case .full: return ""
        case .excess: return "核对拨付记录"
        case .short, .unpaid:
            let county = row.countyPaid < row.countyDue
            let province = row.provincePaid < row.provinceDue
            return county && province ? "补拨县级和省级资金" : county ? "补拨县级资金" : "补拨省级资金"
        }
    }

    var insuranceSection: Section {
        let people = Set(insurance.rows.map(\.person.id)).count
        let byFlag = InsuranceCover.Flag.allCases.compactMap { flag -> String? in
            let count = insurance.rows.count { $0.flag == flag }
            return count > 0 ? "\(flag.chinese) \(count)" : nil
        }
        return Section(
            measure: 5, name: "5-3 保险", title: "人身意外伤害保险", asks: "派出单位为驻村干部办理人身意外伤害保险并提高保额，驻村期间不断保。",
            stands: insurance.rows.isEmpty ? "没有发现问题。" : "\(people) 人有问题：\(byFlag.joined(separator: "，"))。",
            openCases: insurance.rows.count, unreported: insurance.unreportedForms,
            columns: Self.personColumns + [
                Column("问题", .centered, min: 12, max: 14), Column("起", .date, min: 11, max: 11),
                Column("止", .date, min: 11, max: 11), Column("保额（元）", .amount, min: 12, max: 16),
                Column("说明", .text, min: 14, max: 26),
            ],
            rows: insurance.rows.map { row in
                Section.Row(
                    values: Self.person(row.person) + [
                        .text(row.flag.chinese), .day(row.days.start), .day(row.days.end), .amount(row.sumInsured),
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
        let totals = UnreimbursedGap.totals(medicalGaps.rows).map {
            "\($0.sendingUnit) \(AmountText.grouped($0.gap)) 元"
        }
        return Section(
            measure: 5, name: "5-4 医疗", title: "因公医疗费用差额", asks: "驻村期间因公患病、受伤的费用，保险等报销后的差额由派出单位解决。",
            stands: totals.isEmpty ? "没有差额。" : "差额：\(totals.joined(separator: "；"))。",
            openCases: medicalGaps.rows.filter { $0.gap > .zero }.count, unreported: medicalGaps.unreportedForms,
            columns: Self.personColumns.prefix(3) + [
                Column("类型", .centered, min: 10, max: 12), Column("发生日期", .date, min: 11, max: 11),
                Column("总费用", .amount, min: 12, max: 16), Column("保险报销", .amount, min: 12, max: 16),
                Column("其他报销", .amount, min: 12, max: 16), Column("差额", .amount, min: 12, max: 16),
            ],
            rows: medicalGaps.rows.map { row in
                Section.Row(
                    values: Self.person(row.person).prefix(3) + [
                        .text(row.kind), .day(row.date), .amount(row.totalCost), .amount(row.insurancePaid),
                        .amount(row.otherPaid), .amount(row.gap),
                    ], evidence: row.evidence, next: row.gap > .zero ? "由派出单位解决差额" : "")
            })
    }
}
