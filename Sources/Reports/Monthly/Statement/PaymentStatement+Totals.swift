import Domain
import Tables

extension PaymentStatement {
    private typealias Column = ReportFrame.Column

    /// A column of 汇总: a row a unit, and below them the sum of all.
    private struct Total {
        let column: Column
        /// What it refers to in the unit's block; nil for words and counts.
        var block: StatementColumn?
        let value: (Unit, StatementBlocks.Place, Int) -> ReportValue
        let sum: ReportValue?
    }

    /// 汇总: a row a unit, the grand total in figures and in capitals.
    func totalsSheet(_ units: [Unit], _ blocks: StatementBlocks) -> ReportSheet {
        let first = ReportFrame.firstRow
        let rows = first...max(first, first + units.count - 1)
        let columns = totals(units, blocks, rows)
        var frame = ReportFrame(
            name: Self.totalsName, title: title, left: place, right: "金额单位：元", columns: columns.map(\.column),
            frozenColumns: 3)
        frame.sheet.defaultRowHeight = StatementLook.rowHeight
        for (index, (unit, place)) in zip(units, blocks.places).enumerated() {
            frame.add(columns.map { $0.value(unit, place, index + 1) }, showsLinks: false)
        }
        if units.isEmpty { frame.addLine("本月没有应发放的补助。", ReportLook.centered) }
        let foot = frame.row
        let labelled = columns.firstIndex { $0.sum != nil } ?? columns.count
        frame.addTotal("合计", labelled: labelled, columns.dropFirst(labelled).map { $0.sum ?? .empty })
        addCapitals(lines.reduce(Fen.zero) { $0 + $1.total }, to: &frame)
        if !held.isEmpty {
            frame.addLine("另有 \(held.count) 行暂缓发放，未计入本表，见“\(Self.heldName)”。", StatementLook.note)
        }
        if !outstanding.isEmpty {
            frame.addLine("另有 \(outstanding.count) 笔待扣回，见“\(Self.outstandingName)”。", StatementLook.note)
        }
        addAdoptions(to: &frame)
        addFoot(to: &frame, lines: lines)
        frame.squeeze(percent: 90)
        frame.keepTogether(from: foot)
        return frame.sheet
    }

    private func totals(_ units: [Unit], _ blocks: StatementBlocks, _ rows: ClosedRange<Int>) -> [Total] {
        var columns = [
            Total(column: Column("序号", .centered, min: 6, max: 6), value: { _, _, number in .count(number) }, sum: nil)
        ]
        if units.contains(where: { !$0.code.isEmpty }) {
            columns.append(
                Total(
                    column: Column("单位编码", .centered, min: 9, max: 14), value: { unit, _, _ in .text(unit.code) },
                    sum: nil))
        }
        columns.append(
            Total(
                column: Column("派出单位", .text, min: 18, max: 50),
                value: { unit, place, _ in Self.link(unit.shownName, to: place) }, sum: nil))
        columns.append(peopleColumn(units, rows, at: columns.count))
        for column in blocks.columns where column.isSummed {
            if column == .total, units.contains(where: { !$0.reissued.isEmpty }) {
                columns.append(
                    earlierColumn(
                        "重发\n（银行退回）", \.reissued, \.reissued, units, blocks, rows, at: columns.count))
            }
            columns.append(amountColumn(column, units, blocks, rows, at: columns.count))
        }
        if units.contains(where: { !$0.corrections.isEmpty }) {
            columns.append(
                earlierColumn(
                    "其中：\n补发（扣回）", \.corrections, \.adjusted, units, blocks, rows, at: columns.count))
        }
        return columns
    }

    /// A unit's name that leads to its block. A formula: LibreOffice cuts a cell with a link of the file's own off at
    /// its border where another reader wraps it.
    private static func link(_ name: String, to place: StatementBlocks.Place) -> ReportValue {
        // The longest text that a formula can name.
        guard name.utf16.count <= 255 else { return .text(name) }
        let target = "#\(SheetName.quoted(blocksName))!\(ReportFrame.cell(place.top, 0))"
        let text = name.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"")
        return .formula("HYPERLINK(\"\(target)\",\"\(text)\")", stored: .text(name))
    }

    private func sum(_ column: Int, _ rows: ClosedRange<Int>, _ value: ReportDecimal, isEmpty: Bool) -> ReportValue {
        isEmpty
            ? .number(value)
            : .formula("ROUND(\(StatementCells.sum(column, rows)),2)", stored: .number(value))
    }

    private func peopleColumn(_ units: [Unit], _ rows: ClosedRange<Int>, at place: Int) -> Total {
        let people = Set(lines.map(\.person)).count
        // Somebody with two units counts once: then the column does not add up to it.
        let isSum = people == units.reduce(0) { $0 + $1.people } && !units.isEmpty
        return Total(
            column: Column("人数", .count, min: 7, max: 8), value: { unit, _, _ in .count(unit.people) },
            sum: isSum ? sum(place, rows, ReportDecimal(digits: people), isEmpty: false) : .count(people))
    }

    private func amountColumn(
        _ column: StatementColumn, _ units: [Unit], _ blocks: StatementBlocks, _ rows: ClosedRange<Int>, at place: Int
    ) -> Total {
        let least = column == .days ? 9.0 : column == .total ? 14.0 : 13.0
        let frame = column.frame
        return Total(
            column: Column(frame.heading, frame.kind, min: least, max: 22),
            value: { unit, place, _ in
                let (lines, row) = column == .total ? (unit.all, place.total) : (unit.worked, place.worked)
                guard let row, let sum = column.sum(lines), let cell = blocks.cell(column, row: row) else {
                    return .empty
                }
                return .formula(cell, stored: .number(sum))
            }, sum: column.sum(lines).map { sum(place, rows, $0, isEmpty: units.isEmpty) } ?? .empty)
    }

    /// What earlier months brought: a part of the row's total beside those of days and months.
    private func earlierColumn(
        _ heading: String, _ lines: @escaping (Unit) -> [PaymentLine],
        _ row: @escaping (StatementBlocks.Place) -> Int?, _ units: [Unit], _ blocks: StatementBlocks,
        _ rows: ClosedRange<Int>, at place: Int
    ) -> Total {
        Total(
            column: Column(heading, .amount, min: 13, max: 18),
            value: { unit, place, _ in
                guard let row = row(place), let sum = StatementColumn.total.sum(lines(unit)),
                    let cell = blocks.cell(.total, row: row)
                else { return .empty }
                return .formula(cell, stored: .number(sum))
            },
            sum: StatementColumn.total.sum(units.flatMap(lines)).map { sum(place, rows, $0, isEmpty: false) })
    }
}
