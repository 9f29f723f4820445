import Domain
import Tables

/// 补发扣回: what earlier months brought, in blocks by unit. Source: spec §8, §9.
struct StatementAdjustments {
    let sheet: ReportSheet
    let cells: StatementCells
    /// Each unit's lines on it.
    let rows: [String: ClosedRange<Int>]

    /// Nil where no unit has any.
    init?(_ statement: PaymentStatement, _ units: [PaymentStatement.Unit]) {
        let all = units.flatMap(\.adjustments)
        guard !all.isEmpty else { return nil }
        let cells = StatementCells(columns: StatementColumn.kept(all, hasOrigin: true))
        var frame = ReportFrame(
            name: PaymentStatement.adjustmentsName, title: "\(statement.title)（补发扣回）", left: statement.place,
            right: "金额单位：元；负数为扣回", columns: cells.columns.map(\.frame), frozenColumns: 2)
        frame.sheet.defaultRowHeight = StatementLook.rowHeight
        frame.sheet.page.sideMarginMillimetres = StatementLook.sideMargin
        var rows: [String: ClosedRange<Int>] = [:]
        var sums: [Int] = []
        var heads: [Int] = []
        for unit in units where !unit.adjustments.isEmpty {
            heads.append(frame.row)
            frame.addLine(unit.band, StatementLook.band)
            let first = frame.row
            for (index, line) in unit.adjustments.enumerated() {
                frame.add(cells.values(line, number: index + 1, row: frame.row))
            }
            let own = first...(frame.row - 1)
            rows[unit.name] = own
            sums.append(frame.row)
            frame.addTotal(
                "小计（\(Set(unit.adjustments.map(\.person)).count)人）", labelled: cells.labelled,
                cells.totals(unit.adjustments) { StatementCells.sum($0, own) })
        }
        let foot = frame.row
        frame.addTotal(
            "合计（\(Set(all.map(\.person)).count)人）", labelled: cells.labelled,
            cells.totals(all) { index in sums.map { ReportFrame.cell($0, index) }.joined(separator: "+") })
        statement.addCapitals(all.reduce(Fen.zero) { $0 + $1.total }, to: &frame)
        let again = all.filter { $0.reissue != nil }
        if !again.isEmpty {
            let total = again.reduce(Fen.zero) { $0 + $1.total }
            frame.addLine(
                "其中银行退回后重发 \(again.count) 笔，共 \(AmountText.grouped(total)) 元。", StatementLook.note)
        }
        frame.addLine("更正已关账月份所产生的差额，按出勤当月的标准计算；已计入汇总表。", StatementLook.note)
        statement.addAdoptions(to: &frame)
        statement.addFoot(to: &frame, lines: all)
        frame.squeeze(percent: cells.percent) { cells.columns[$0].least(of: $1) }
        frame.keepTogether(from: foot, heads: heads)
        sheet = frame.sheet
        self.cells = cells
        self.rows = rows
    }
}
