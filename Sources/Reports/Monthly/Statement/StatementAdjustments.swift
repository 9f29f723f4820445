import Domain
import Tables

/// 补发扣回 and 重发: what earlier months brought, in blocks by unit, a sheet a kind. Source: spec §8, §9.
struct StatementAdjustments {
    enum Kind {
        /// Differences of closed months.
        case corrections
        /// What a bank returned: no new money.
        case reissued

        var sheetName: String {
            switch self {
            case .corrections: PaymentStatement.adjustmentsName
            case .reissued: PaymentStatement.reissuedName
            }
        }

        /// Behind the statement's title.
        fileprivate var title: String {
            switch self {
            case .corrections: "（补发扣回）"
            case .reissued: "（银行退回重发）"
            }
        }

        fileprivate var unitOfAmounts: String {
            switch self {
            case .corrections: "金额单位：元；负数为扣回"
            case .reissued: "金额单位：元"
            }
        }

        fileprivate func lines(_ unit: PaymentStatement.Unit) -> [PaymentLine] {
            switch self {
            case .corrections: unit.corrections
            case .reissued: unit.reissued
            }
        }

        fileprivate func note(_ lines: [PaymentLine]) -> String {
            switch self {
            case .corrections: "更正已关账月份所产生的差额，按出勤当月的标准计算；已计入汇总表。"
            case .reissued: "银行退回后重发 \(lines.count) 笔，每笔一行：以前批次已经发放、银行没有付出的，不是新增的补助；已计入汇总表。"
            }
        }
    }

    private(set) var sheet: ReportSheet
    let cells: StatementCells
    /// Each unit's rows on it.
    private(set) var rows: [String: ClosedRange<Int>] = [:]

    private let kind: Kind
    private let statement: PaymentStatement
    private let units: [PaymentStatement.Unit]

    /// Nil where no unit has any.
    init?(_ kind: Kind, _ statement: PaymentStatement, _ units: [PaymentStatement.Unit]) {
        self.kind = kind
        self.statement = statement
        self.units = units.filter { !kind.lines($0).isEmpty }
        let all = self.units.flatMap(kind.lines)
        guard !all.isEmpty else { return nil }
        cells = StatementCells(columns: StatementColumn.kept(all, hasOrigin: true))
        sheet = ReportSheet(name: kind.sheetName)
        // Laid out without pages first: content decides how wide columns are, and with them how much a page holds.
        var frame = self.frame()
        let foot = lay(&frame, pages: [])
        frame.squeeze(percent: cells.percent) { [cells] in cells.columns[$0].least(of: $1) }
        let pages = pageBeginnings(frame, foot: foot)
        var laid = self.frame()
        laid.sheet.columns = frame.sheet.columns
        _ = lay(&laid, pages: pages)
        sheet = laid.sheet
    }

    private func frame() -> ReportFrame {
        var frame = ReportFrame(
            name: kind.sheetName, title: statement.title + kind.title, left: statement.place,
            right: kind.unitOfAmounts, columns: cells.columns.map(\.frame), frozenColumns: 2)
        frame.sheet.defaultRowHeight = StatementLook.rowHeight
        frame.sheet.page.sideMarginMillimetres = StatementLook.sideMargin
        return frame
    }

    /// Rows of the table, by number from 0, with which pages begin after the first: what ends the sheet stands on one
    /// page, and a page that goes on with a unit has room for saying so.
    private func pageBeginnings(_ frame: ReportFrame, foot: Int) -> Set<Int> {
        let layout = ReportLayout(of: frame.sheet)
        func height(_ rows: Range<Int>) -> [Double] {
            rows.map { layout.rowHeights[$0] ?? StatementLook.rowHeight }
        }
        var heads: Set<Int> = []
        var next = 0
        for unit in units {
            heads.insert(next)
            next += kind.lines(unit).count + 2
        }
        let first = ReportFrame.firstRow
        let pages = ReportPages(
            heights: height(first..<foot), heads: heads,
            room: ReportPaper(frame.sheet.page).room(layout.columnWidths) - height(0..<first).reduce(0, +),
            foot: height(foot..<frame.row).reduce(0, +)
        ) { heads.contains($0) ? 0 : StatementLook.bandHeight }
        return Set(
            pages.counts.dropLast().reduce(into: [Int]()) { $0.append(($0.last ?? 0) + $1) })
    }

    /// Blocks by unit, then sums, notes, places to sign.
    ///
    /// - Parameter pages: rows of the table, by number from 0, with which a page begins.
    /// - Returns: the row at which what ends the sheet begins.
    private mutating func lay(_ frame: inout ReportFrame, pages: Set<Int>) -> Int {
        var number = 0
        var sums: [Int] = []
        func turn(_ unit: PaymentStatement.Unit?) {
            if pages.contains(number) {
                frame.sheet.page.breaks.append(frame.row)
                if let unit { addBand(unit.band + "（续）", to: &frame) }
            }
            number += 1
        }
        for unit in units {
            turn(nil)
            addBand(unit.band, to: &frame)
            let first = frame.row
            let lines = kind.lines(unit)
            for (index, line) in lines.enumerated() {
                turn(unit)
                frame.add(cells.values(line, number: index + 1, row: frame.row))
            }
            let own = first...(frame.row - 1)
            rows[unit.name] = own
            turn(unit)
            sums.append(frame.row)
            frame.addTotal(
                "小计（\(Set(lines.map(\.person)).count)人）", labelled: cells.labelled,
                cells.totals(lines) { StatementCells.sum($0, own) })
        }
        let foot = frame.row
        addFoot(sums, to: &frame)
        return foot
    }

    private func addBand(_ text: String, to frame: inout ReportFrame) {
        frame.sheet.rowHeights[frame.row] = StatementLook.bandHeight
        frame.addLine(text, StatementLook.band)
    }

    private func addFoot(_ sums: [Int], to frame: inout ReportFrame) {
        let all = units.flatMap(kind.lines)
        frame.addTotal(
            "合计（\(Set(all.map(\.person)).count)人）", labelled: cells.labelled,
            cells.totals(all) { index in sums.map { ReportFrame.cell($0, index) }.joined(separator: "+") })
        statement.addCapitals(all.reduce(Fen.zero) { $0 + $1.total }, to: &frame)
        frame.addLine(kind.note(all), StatementLook.note)
        if kind == .corrections { statement.addAdoptions(to: &frame) }
        statement.addFoot(to: &frame, lines: all)
    }
}
