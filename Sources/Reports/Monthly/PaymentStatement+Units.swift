import Domain
import Tables

extension PaymentStatement {
    private typealias Column = ReportFrame.Column

    /// The columns from 出勤天数 to 备注, common to units and adjustments.
    private static let moneyColumns = [
        Column("出勤\n天数", .days, min: 7, max: 9),
        Column("日标准", .amount, min: 8, max: 12),
        Column("生活补助", .amount, min: 11, max: 16),
        Column("艰苦边远\n地区津贴", .amount, min: 11, max: 16),
        Column("青海津贴", .amount, min: 11, max: 16),
        Column("乡镇工作\n补贴", .amount, min: 11, max: 16),
        Column("合计", .amount, min: 12, max: 18),
        Column("备注", .text, min: 8, max: 20),
    ]

    private static let personColumns = [
        Column("姓名", .centered, min: 9, max: 16),
        Column("身份证号", .number, min: 20, max: 20),
        Column("乡镇", .text, min: 8, max: 14),
        Column("村", .text, min: 8, max: 16),
        Column("开户行", .text, min: 8, max: 16),
        Column("银行账号", .number, min: 21, max: 24),
    ]

    /// A unit's sheet and the row of its 小计.
    func unitSheet(_ unit: Unit) -> (sheet: ReportSheet, subtotalRow: Int) {
        let columns = [Column("序号", .centered, min: 5, max: 6)] + Self.personColumns + Self.moneyColumns
        let code = unit.code.isEmpty ? "" : "（\(unit.code)）"
        var frame = ReportFrame(
            name: unit.sheetName, title: title, left: "派出单位：\(unit.name)\(code)　　\(place)", right: "金额单位：元",
            columns: columns, frozenColumns: 2)
        let days = 1 + Self.personColumns.count
        let first = frame.row
        for (index, line) in unit.current.enumerated() {
            frame.add([.count(index + 1)] + person(line) + money(line, row: frame.row, days: days))
        }
        let subtotalRow = frame.row
        let people = Set(unit.current.map(\.person)).count
        frame.addTotal(
            "小计（\(people)人）", labelled: days, totals(unit.current, rows: first...(subtotalRow - 1), days: days))
        addFoot(to: &frame, lines: unit.current)
        return (frame.sheet, subtotalRow)
    }

    /// The sheet of adjustments, nil without any, and each unit's rows on it.
    func adjustmentSheet(_ units: [Unit]) -> (sheet: ReportSheet?, rows: [String: ClosedRange<Int>]) {
        let all = units.flatMap(\.adjustments)
        guard !all.isEmpty else { return (nil, [:]) }
        let columns =
            [
                Column("序号", .centered, min: 5, max: 6), Column("派出单位", .text, min: 12, max: 22),
            ] + Self.personColumns + [Column("原所属期", .number, min: 9, max: 9)] + Self.moneyColumns
        var frame = ReportFrame(
            name: Self.adjustmentsName, title: "\(title)（补发扣回）", left: place, right: "金额单位：元；负数为扣回",
            columns: columns, frozenColumns: 3)
        let days = 3 + Self.personColumns.count
        let first = frame.row
        var rows: [String: ClosedRange<Int>] = [:]
        var number = 0
        for unit in units where !unit.adjustments.isEmpty {
            rows[unit.name] = frame.row...(frame.row + unit.adjustments.count - 1)
            for line in unit.adjustments {
                number += 1
                frame.add(
                    [.count(number), .text(line.sendingUnit)] + person(line)
                        + [.text(line.originPeriod.description)] + money(line, row: frame.row, days: days))
            }
        }
        let people = Set(all.map(\.person)).count
        frame.addTotal(
            "合计（\(people)人）", labelled: days, totals(all, rows: first...(frame.row - 1), days: days))
        frame.addLine("更正已关账月份所产生的差额，按出勤当月的标准计算；已计入汇总表。", ReportLook.note)
        addFoot(to: &frame, lines: all)
        return (frame.sheet, rows)
    }

    /// The column of 出勤天数 on unit sheets and on that of adjustments; the amounts stand two columns on.
    static let unitDaysColumn = 1 + personColumns.count
    static let adjustmentDaysColumn = 3 + personColumns.count

    private func person(_ line: PaymentLine) -> [ReportValue] {
        [
            .text(line.name), .text(line.person.text), .text(line.township), .text(line.village),
            .text(line.bank ?? ""), .text(line.bankAccount ?? ""),
        ]
    }

    /// 出勤天数 … 备注 of a line; the stipend and the sum are formulas where the line is what they give.
    private func money(_ line: PaymentLine, row: Int, days: Int) -> [ReportValue] {
        var stipend = ReportValue.amount(line.livingStipend)
        // Half-days times the rate is twice the stipend; an odd product was rounded, another basis was not a product.
        if line.halfDays.count * line.dailyRate.amount == line.livingStipend.amount * 2 {
            let product = "\(ReportFrame.cell(row, days))*\(ReportFrame.cell(row, days + 1))"
            stipend = .formula("ROUND(\(product),2)", stored: .number(ReportDecimal(line.livingStipend)))
        }
        let parts = "\(ReportFrame.cell(row, days + 2)):\(ReportFrame.cell(row, days + 5))"
        return [
            .days(line.halfDays), .amount(line.dailyRate), stipend, .amount(line.hardshipAllowance),
            .amount(line.qinghaiAllowance), .amount(line.townshipSubsidy),
            .formula("ROUND(SUM(\(parts)),2)", stored: .number(ReportDecimal(line.total))), .text(line.note),
        ]
    }

    /// The totals below 出勤天数 … 备注.
    private func totals(_ lines: [PaymentLine], rows: ClosedRange<Int>, days: Int) -> [ReportValue] {
        func sum(_ column: Int, _ value: ReportDecimal) -> ReportValue {
            let range =
                "\(ReportFrame.cell(rows.lowerBound, column)):\(ReportFrame.cell(rows.upperBound, column))"
            return .formula("ROUND(SUM(\(range)),2)", stored: .number(value))
        }
        let halfDays = lines.reduce(HalfDays.zero) { $0 + $1.halfDays }
        var values: [ReportValue] = [sum(days, ReportDecimal(halfDays)), .empty]
        for (offset, component) in PayComponent.allCases.enumerated() {
            values.append(component.sum(lines).map { sum(days + 2 + offset, ReportDecimal($0)) } ?? .empty)
        }
        let total = lines.reduce(Fen.zero) { $0 + $1.total }
        return values + [sum(days + 6, ReportDecimal(total)), .empty]
    }
}
