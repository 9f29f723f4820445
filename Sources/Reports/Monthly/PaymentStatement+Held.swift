import Domain
import Tables

extension PaymentStatement {
    private typealias Column = ReportFrame.Column

    /// 暂缓发放: rows that wait for a correction, with why.
    func heldSheet() -> ReportSheet {
        let columns = [
            Column("序号", .centered, min: 5, max: 6), Column("派出单位", .text, min: 14, max: 24),
            Column("姓名", .centered, min: 9, max: 16), Column("身份证号", .number, min: 20, max: 20),
            Column("乡镇", .text, min: 9, max: 14), Column("村", .text, min: 9, max: 16),
            Column("原因", .text, min: 20, max: 36), Column("待核金额", .amount, min: 12, max: 16),
            Column("备注", .text, min: 12, max: 30),
        ]
        var frame = ReportFrame(
            name: Self.heldName, title: "\(title)（暂缓发放）", left: place, right: "金额单位：元", columns: columns,
            frozenColumns: 3)
        let first = frame.row
        let sorted = held.sorted(by: HeldReport.inReportOrder)
        for (index, line) in sorted.enumerated() {
            let reasons = line.codes.map { "\($0.chinese)（\($0.rawValue)）" }.joined(separator: "；")
            frame.add([
                .count(index + 1), .text(line.sendingUnit), .text(line.name), .text(line.personID),
                .text(line.township), .text(line.village), .text(reasons), .amount(line.pendingAmount),
                .text(line.note),
            ])
        }
        let pending = sorted.reduce(Fen.zero) { $0 + ($1.pendingAmount ?? .zero) }
        let range = "\(ReportFrame.cell(first, 7)):\(ReportFrame.cell(frame.row - 1, 7))"
        frame.addTotal(
            "合计（\(sorted.count)行）", labelled: 7,
            [.formula("ROUND(SUM(\(range)),2)", stored: .number(ReportDecimal(pending))), .empty])
        frame.addLine("以上各行未计入汇总表，核实更正后发放。待核金额为空的，现有记录不足以估算。", ReportLook.note)
        return frame.sheet
    }

    /// 待扣回: what could not be taken back from this month's pay. Source: spec §8.
    func outstandingSheet() -> ReportSheet {
        let columns = [
            Column("序号", .centered, min: 5, max: 6), Column("派出单位", .text, min: 16, max: 28),
            Column("姓名", .centered, min: 10, max: 16), Column("身份证号", .number, min: 20, max: 20),
            Column("乡镇", .text, min: 10, max: 14), Column("村", .text, min: 10, max: 16),
            Column("原所属期", .number, min: 10, max: 10), Column("待扣回金额", .amount, min: 14, max: 18),
        ]
        var frame = ReportFrame(
            name: Self.outstandingName, title: "\(title)（待扣回）", left: place, right: "金额单位：元", columns: columns,
            frozenColumns: 3)
        let first = frame.row
        let sorted = outstanding.sorted(by: OutstandingLine.inReportOrder)
        for (index, line) in sorted.enumerated() {
            frame.add([
                .count(index + 1), .text(line.sendingUnit), .text(line.name), .text(line.person.text),
                .text(line.township), .text(line.village), .text(line.originPeriod.description), .amount(line.amount),
            ])
        }
        let owed = sorted.reduce(Fen.zero) { $0 + $1.amount }
        let range = "\(ReportFrame.cell(first, 7)):\(ReportFrame.cell(frame.row - 1, 7))"
        frame.addTotal(
            "合计", labelled: 7, [.formula("ROUND(SUM(\(range)),2)", stored: .number(ReportDecimal(owed)))])
        frame.addLine("本月应发不足以扣回的部分，待下一所属期关账时继续扣回。", ReportLook.note)
        return frame.sheet
    }
}
