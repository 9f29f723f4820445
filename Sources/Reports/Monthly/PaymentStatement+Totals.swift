import Domain
import Tables

extension PaymentStatement {
    private typealias Column = ReportFrame.Column

    /// 汇总: a row a unit, the grand total in figures and in capitals.
    func totalsSheet(_ parts: [UnitPart]) -> ReportSheet {
        let hasAdjustments = parts.contains { $0.adjustmentRows != nil }
        var columns = [
            Column("序号", .centered, min: 6, max: 6), Column("单位编码", .centered, min: 9, max: 14),
            Column("派出单位", .text, min: 28, max: 50), Column("人数", .count, min: 7, max: 8),
            Column("出勤天数", .days, min: 10, max: 12), Column("生活补助", .amount, min: 14, max: 20),
            Column("艰苦边远\n地区津贴", .amount, min: 13, max: 18), Column("青海津贴", .amount, min: 13, max: 18),
            Column("乡镇工作\n补贴", .amount, min: 13, max: 18), Column("合计", .amount, min: 15, max: 22),
        ]
        if hasAdjustments { columns.append(Column("其中：\n补发（扣回）", .amount, min: 13, max: 18)) }
        var frame = ReportFrame(
            name: Self.totalsName, title: title, left: place, right: "金额单位：元", columns: columns, frozenColumns: 3)
        let first = frame.row
        for (index, part) in parts.enumerated() {
            frame.add(unitRow(part, number: index + 1, hasAdjustments: hasAdjustments), showsLinks: false)
        }
        if parts.isEmpty { frame.addLine("本月没有应发放的补助。", ReportLook.centered) }
        addGrandTotal(to: &frame, parts, rows: first..<(first + parts.count), hasAdjustments: hasAdjustments)
        if !held.isEmpty { frame.addLine("另有 \(held.count) 行暂缓发放，未计入本表，见“\(Self.heldName)”。", ReportLook.note) }
        if !outstanding.isEmpty {
            frame.addLine("另有 \(outstanding.count) 笔待扣回，见“\(Self.outstandingName)”。", ReportLook.note)
        }
        addFoot(to: &frame, lines: lines)
        return frame.sheet
    }

    private func unitRow(_ part: UnitPart, number: Int, hasAdjustments: Bool) -> [ReportValue] {
        let all = part.unit.all
        let halfDays = all.reduce(HalfDays.zero) { $0 + $1.halfDays }
        let total = all.reduce(Fen.zero) { $0 + $1.total }
        var name = ReportValue.text(part.unit.name)
        if let subtotal = part.subtotal {
            name = .link(
                text: part.unit.name.isEmpty ? subtotal.sheet : part.unit.name, sheet: subtotal.sheet,
                cell: CellAddress(row: 0, column: 0))
        }
        var values: [ReportValue] = [
            .count(number), .text(part.unit.code), name, .count(Set(all.map(\.person)).count),
            reference(part, offset: 0, ReportDecimal(halfDays)),
        ]
        for (index, component) in PayComponent.allCases.enumerated() {
            values.append(
                component.sum(all).map { reference(part, offset: 2 + index, ReportDecimal($0)) } ?? .empty)
        }
        values.append(reference(part, offset: 6, ReportDecimal(total)))
        if hasAdjustments {
            let adjusted = part.unit.adjustments.reduce(Fen.zero) { $0 + $1.total }
            values.append(
                part.adjustmentRows.map { rows in
                    .formula("ROUND(\(sumOfAdjustments(rows, offset: 6)),2)", stored: .number(ReportDecimal(adjusted)))
                } ?? .empty)
        }
        return values
    }

    /// A unit's figure by its 小计 and its rows of adjustments; `offset` counts columns from 出勤天数.
    private func reference(_ part: UnitPart, offset: Int, _ value: ReportDecimal) -> ReportValue {
        var terms: [String] = []
        if let subtotal = part.subtotal {
            let cell = ReportFrame.cell(subtotal.row, Self.unitDaysColumn + offset)
            terms.append("\(SheetName.quoted(subtotal.sheet))!\(cell)")
        }
        if let rows = part.adjustmentRows { terms.append(sumOfAdjustments(rows, offset: offset)) }
        guard terms.count > 1 else { return .formula(terms.first ?? "0", stored: .number(value)) }
        return .formula("ROUND(\(terms.joined(separator: "+")),2)", stored: .number(value))
    }

    private func sumOfAdjustments(_ rows: ClosedRange<Int>, offset: Int) -> String {
        let column = Self.adjustmentDaysColumn + offset
        let range = "\(ReportFrame.cell(rows.lowerBound, column)):\(ReportFrame.cell(rows.upperBound, column))"
        return "SUM(\(SheetName.quoted(Self.adjustmentsName))!\(range))"
    }

    private func addGrandTotal(
        to frame: inout ReportFrame, _ parts: [UnitPart], rows: Range<Int>, hasAdjustments: Bool
    ) {
        func sum(_ column: Int, _ value: ReportDecimal) -> ReportValue {
            guard !rows.isEmpty else { return .number(value) }
            let range = "\(ReportFrame.cell(rows.lowerBound, column)):\(ReportFrame.cell(rows.upperBound - 1, column))"
            return .formula("ROUND(SUM(\(range)),2)", stored: .number(value))
        }
        let people = Set(lines.map(\.person)).count
        let counted = parts.reduce(0) { $0 + Set($1.unit.all.map(\.person)).count }
        let total = lines.reduce(Fen.zero) { $0 + $1.total }
        var values: [ReportValue] = [
            // Somebody with two units counts once: then the column does not add up to it.
            people == counted ? sum(3, ReportDecimal(digits: people)) : .count(people),
            sum(4, ReportDecimal(lines.reduce(HalfDays.zero) { $0 + $1.halfDays })),
        ]
        for (index, component) in PayComponent.allCases.enumerated() {
            values.append(component.sum(lines).map { sum(5 + index, ReportDecimal($0)) } ?? .empty)
        }
        values.append(sum(9, ReportDecimal(total)))
        if hasAdjustments {
            let adjusted = lines.filter(\.isAdjustment).reduce(Fen.zero) { $0 + $1.total }
            values.append(sum(10, ReportDecimal(adjusted)))
        }
        frame.addTotal("合计", labelled: 3, values)
        let last = frame.columns.count - 1
        let style = ReportLook.capitals
        frame.sheet.putMerged(frame.row, 0...2, .text("合计金额（大写）"), style.with { $0.horizontal = .center })
        frame.sheet.putMerged(frame.row, 3...last, .text("人民币\(ChineseCapitals.text(total))"), style)
        frame.sheet.rowHeights[frame.row] = 24
        frame.row += 1
    }
}
