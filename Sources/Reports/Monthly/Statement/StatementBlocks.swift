import Domain
import Tables

/// 发放明细: everyone in blocks by unit, each unit on pages of its own, with its totals, seals and signatures.
///
/// Spreadsheet programs repeat one set of rows on every page: title, facts and headings. Where a block goes on over
/// several pages the page breaks are set here, and a line with the unit stands again at the head of each: which rows a
/// page holds is known, as every height is.
struct StatementBlocks {
    private let statement: PaymentStatement
    private let cells: StatementCells
    private(set) var sheet: ReportSheet
    var columns: [StatementColumn] { cells.columns }
    /// For each unit, in order: where it begins, and its last total.
    private(set) var places: [Place] = []

    /// Where a unit stands on the sheet. Shape: rows from 0.
    struct Place {
        var top: Int
        /// The row of what the unit is paid in all.
        var total: Int?
        /// The row in which the parts of what has days and months add up; nil where nothing has any.
        var worked: Int?
        /// The row of what corrections of earlier months bring.
        var adjusted: Int?
        /// The row of what a bank returned.
        var reissued: Int?
    }

    /// What a page has below the repeated rows, unscaled. Unit: points.
    private let room: Double
    private var breaks: [Int] = []

    /// The rows that repeat: title, facts, headings.
    private static let repeated = 0...ReportFrame.headingRow

    init(_ statement: PaymentStatement, _ units: [PaymentStatement.Unit], _ earlier: EarlierMonths) {
        self.statement = statement
        let columns = StatementColumn.kept(
            units.flatMap(\.current), summed: units.flatMap(\.corrections), hasOrigin: false)
        cells = StatementCells(columns: columns)
        var frame = StatementBlocks.frame(statement, columns)
        // Laid out without pages first: content decides how wide columns are, and with them how much a page holds.
        for line in units.flatMap(\.current) { frame.add(cells.values(line, number: 100, row: nil)) }
        for unit in units { frame.addTotal("合计", labelled: cells.labelled, cells.totals(unit.all) { _ in "0" }) }
        frame.squeeze(percent: cells.percent) { [cells] in cells.columns[$0].least(of: $1) }
        let layout = ReportLayout(of: frame.sheet)
        func height(_ row: Int) -> Double { layout.rowHeights[row] ?? StatementLook.rowHeight }
        room =
            ReportPaper(frame.sheet.page).room(layout.columnWidths)
            - StatementBlocks.repeated.reduce(0) { $0 + height($1) }
        var heights = (ReportFrame.firstRow..<frame.row).map(height)
        var laid = StatementBlocks.frame(statement, columns)
        laid.sheet.columns = frame.sheet.columns
        sheet = laid.sheet
        for unit in units {
            let own = Array(heights.prefix(unit.current.count))
            heights.removeFirst(unit.current.count)
            add(unit, own, earlier, to: &laid)
        }
        laid.sheet.page.breaks = breaks
        sheet = laid.sheet
    }

    private static func frame(_ statement: PaymentStatement, _ columns: [StatementColumn]) -> ReportFrame {
        var frame = ReportFrame(
            name: PaymentStatement.blocksName, title: statement.title, left: statement.place, right: "金额单位：元",
            columns: columns.map(\.frame), frozenColumns: 2)
        frame.sheet.page.repeatedRows = repeated
        frame.sheet.defaultRowHeight = StatementLook.rowHeight
        frame.sheet.page.sideMarginMillimetres = StatementLook.sideMargin
        return frame
    }

    // MARK: Units

    private mutating func add(
        _ unit: PaymentStatement.Unit, _ heights: [Double], _ earlier: EarlierMonths, to frame: inout ReportFrame
    ) {
        if frame.row > ReportFrame.firstRow { breaks.append(frame.row) }
        let top = frame.row
        // Pages end before the totals and signatures do: they stand below people.
        let foot = StatementBlocks.footHeight(unit, samples: statement.usesSamples(unit.all))
        var pages = ReportPages(heights: heights, room: room - StatementLook.bandHeight, foot: foot).counts
        var first: Int?
        var number = 0
        addBand(unit.band, to: &frame)
        for line in unit.current {
            if pages[0] == 0 {
                pages.removeFirst()
                breaks.append(frame.row)
                addBand(unit.band + "（续）", to: &frame)
            }
            pages[0] -= 1
            number += 1
            first = first ?? frame.row
            frame.add(cells.values(line, number: number, row: frame.row))
        }
        var place = Place(top: top)
        addTotals(unit, first.map { $0...(frame.row - 1) }, earlier, &place, to: &frame)
        statement.addCapitals(unit.all.reduce(Fen.zero) { $0 + $1.total }, to: &frame)
        statement.addFoot(to: &frame, lines: unit.all)
        places.append(place)
    }

    private mutating func addBand(_ text: String, to frame: inout ReportFrame) {
        frame.sheet.rowHeights[frame.row] = StatementLook.bandHeight
        frame.addLine(text, StatementLook.band)
    }

    /// 小计, what earlier months brought, the sum of all that has parts; then what is paid again, an amount alone, and
    /// the amount of both: every line adds up from left to right, and every column down to the line that sums it.
    private func addTotals(
        _ unit: PaymentStatement.Unit, _ rows: ClosedRange<Int>?, _ earlier: EarlierMonths, _ place: inout Place,
        to frame: inout ReportFrame
    ) {
        var sums: [Int] = []
        if let rows {
            sums.append(frame.row)
            addTotal("小计（\(Set(unit.current.map(\.person)).count)人）", unit.current, to: &frame) {
                StatementCells.sum($0, rows)
            }
        } else {
            frame.addLine("本月没有当月应发的人员。", ReportLook.centered)
        }
        if let sheet = earlier.corrections, let rows = sheet.rows[unit.name] {
            place.adjusted = frame.row
            sums.append(frame.row)
            addEarlier("补发（扣回）", unit.corrections, rows, sheet, to: &frame) { _ in true }
            let label = unit.reissued.isEmpty ? "本单位合计" : "补助和补发合计"
            addTotal("\(label)（\(Set(unit.worked.map(\.person)).count)人）", unit.worked, to: &frame) { index in
                sums.map { ReportFrame.cell($0, index) }.joined(separator: "+")
            }
            sums = [frame.row - 1]
        }
        place.worked = sums.last
        if let sheet = earlier.reissued, let rows = sheet.rows[unit.name] {
            place.reissued = frame.row
            sums.append(frame.row)
            addEarlier("重发（银行退回）", unit.reissued, rows, sheet, to: &frame) { $0 == .total }
            addTotal("本单位合计（\(unit.people)人）", unit.all, to: &frame) { index in
                sums.map { ReportFrame.cell($0, index) }.joined(separator: "+")
            } where: {
                $0 == .total
            }
        }
        place.total = frame.row - 1
    }

    /// What rows of another sheet add up to.
    private func addEarlier(
        _ label: String, _ lines: [PaymentLine], _ rows: ClosedRange<Int>, _ sheet: StatementAdjustments,
        to frame: inout ReportFrame, where isTold: (StatementColumn) -> Bool
    ) {
        addTotal("\(label)，见“\(sheet.sheet.name)”", lines, to: &frame) { index in
            sheet.cells.place(cells.columns[index]).map {
                StatementCells.sum($0, rows, sheet: sheet.sheet.name)
            } ?? "0"
        } where: {
            isTold($0)
        }
    }

    /// - Parameter isTold: columns that the line has a figure in.
    private func addTotal(
        _ label: String, _ lines: [PaymentLine], to frame: inout ReportFrame, _ formula: (Int) -> String,
        where isTold: (StatementColumn) -> Bool = { _ in true }
    ) {
        let columns = cells.columns.dropFirst(cells.labelled)
        let figures = zip(columns, cells.totals(lines, formula)).map { isTold($0) ? $1 : ReportValue.empty }
        frame.addTotal(label, labelled: cells.labelled, figures)
    }

    /// What stands below the last person of a unit. Unit: points.
    private static func footHeight(_ unit: PaymentStatement.Unit, samples: Bool) -> Double {
        let totals = 1 + (unit.corrections.isEmpty ? 0 : 2) + (unit.reissued.isEmpty ? 0 : 2)
        let notes = 1 + (samples ? 1 : 0)
        return StatementLook.rowHeight * Double(totals + notes) + StatementLook.capitalsHeight
            + StatementLook.sealHeight + StatementLook.signatureHeight
    }

    /// The cell of a unit's figure; nil where the sheet has no such column.
    func cell(_ column: StatementColumn, row: Int) -> String? {
        cells.place(column).map { "\(SheetName.quoted(PaymentStatement.blocksName))!\(ReportFrame.cell(row, $0))" }
    }
}
