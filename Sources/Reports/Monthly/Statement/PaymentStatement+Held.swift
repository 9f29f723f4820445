import Domain
import Tables

extension PaymentStatement {
    private typealias Column = ReportFrame.Column

    /// 暂缓发放: rows that wait for a correction, with why.
    func heldSheet() -> ReportSheet {
        let sorted = held.sorted(by: HeldReport.inReportOrder)
        let rows = sorted.enumerated().map { index, line -> [ReportValue] in
            let reasons = line.codes.map { "\($0.chinese)（\($0.rawValue)）" }.joined(separator: "；")
            return [
                .count(index + 1), .text(line.sendingUnit), .text(line.name), .text(line.personID),
                .text(line.township), .text(line.village), .text(reasons), .amount(line.pendingAmount),
                .text(line.note),
            ]
        }
        let pending = sorted.reduce(Fen.zero) { $0 + ($1.pendingAmount ?? .zero) }
        return listSheet(
            Self.heldName,
            columns: [
                Column("序号", .centered, min: 5, max: 6), Column("派出单位", .text, min: 12, max: 24),
                Column("姓名", .centered, min: 8, max: 16), Column("身份证号", .number, min: 19, max: 20),
                Column("乡镇", .text, min: 8, max: 14), Column("村", .text, min: 8, max: 16),
                Column("原因", .text, min: 20, max: 40), Column("待核金额", .amount, min: 12, max: 16),
                Column("备注", .text, min: 10, max: 30),
            ], rows: rows, amount: 7, total: ("合计（\(sorted.count)行）", pending),
            note: "以上各行未计入汇总表，核实更正后发放。待核金额为空的，现有记录不足以估算。")
    }

    /// 待扣回: what could not be taken back from this month's pay. Source: spec §8.
    func outstandingSheet() -> ReportSheet {
        let sorted = outstanding.sorted(by: OutstandingLine.inReportOrder)
        let rows = sorted.enumerated().map { index, line -> [ReportValue] in
            [
                .count(index + 1), .text(line.sendingUnit), .text(line.name), .text(line.person.text),
                .text(line.township), .text(line.village), .text(line.originPeriod.description), .amount(line.amount),
            ]
        }
        return listSheet(
            Self.outstandingName,
            columns: [
                Column("序号", .centered, min: 5, max: 6), Column("派出单位", .text, min: 12, max: 40),
                Column("姓名", .centered, min: 10, max: 16), Column("身份证号", .number, min: 19, max: 20),
                Column("乡镇", .text, min: 10, max: 14), Column("村", .text, min: 10, max: 16),
                Column("原所属期", .number, min: 10, max: 10), Column("待扣回金额", .amount, min: 14, max: 18),
            ], rows: rows, amount: 7, total: ("合计（\(sorted.count)笔）", sorted.reduce(Fen.zero) { $0 + $1.amount }),
            note: "本月应发不足以扣回的部分，待下一所属期关账时继续扣回。")
    }

    /// A list with one column of amounts; columns in which no row has anything are left out.
    private func listSheet(
        _ name: String, columns: [Column], rows: [[ReportValue]], amount: Int, total: (label: String, sum: Fen),
        note: String
    ) -> ReportSheet {
        let kept = columns.indices.filter { index in
            index == amount || rows.contains { $0[index] != .empty && $0[index] != .text("") }
        }
        var frame = ReportFrame(
            name: name, title: "\(title)（\(name)）", left: place, right: "金额单位：元", columns: kept.map { columns[$0] },
            frozenColumns: 3)
        let first = frame.row
        for row in rows { frame.add(kept.map { row[$0] }) }
        let place = kept.firstIndex(of: amount) ?? 0
        let formula = "ROUND(\(StatementCells.sum(place, first...(frame.row - 1))),2)"
        frame.addTotal(
            total.label, labelled: place,
            [.formula(formula, stored: .number(ReportDecimal(total.sum)))]
                + [ReportValue](repeating: .empty, count: kept.count - place - 1))
        frame.addLine(note, StatementLook.note)
        frame.squeeze(percent: 90)
        return frame.sheet
    }
}
