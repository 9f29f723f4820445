import Domain
import Forms
import Reports
import Tables

/// A row that was sent, and to which township it counts; nil where it counts no more, or not here.
struct SentRow {
    let row: AttendanceRow
    var township: String?
    /// Rows of the sheet that it stands in.
    let sheetRows: Set<Int>
    /// Cells of days that a newer file speaks of, and of the figure that counts them too.
    let replaced: Set<CellAddress>

    /// - Parameter standing: cells of its days that still count.
    init(row: AttendanceRow, township: String?, standing: Set<CellAddress> = []) {
        self.row = row
        let gone = row.days.filter { !standing.contains($0.cell) }
        if township == nil || gone.isEmpty {
            replaced = []
        } else {
            replaced = Set(
                gone.flatMap { [$0.cell, $0.afternoonCell ?? $0.cell] } + (row.total.map { [$0.cell] } ?? []))
        }
        self.township = township
        var rows: Set<Int> = [row.name.cell.row]
        for day in row.days {
            rows.insert(day.cell.row)
            if let cell = day.afternoonCell { rows.insert(cell.row) }
        }
        sheetRows = rows
    }
}

/// A block of attendance that was sent.
struct SentBlock {
    let block: AttendanceBlock
    /// Rows that name no township of their own count to the one that most of the block's rows count to: who sent it.
    let rows: [SentRow]

    init(_ block: AttendanceBlock, _ rows: [SentRow]) {
        self.block = block
        var counts: [String: Int] = [:]
        for row in rows {
            if let township = row.township, !township.isEmpty { counts[township, default: 0] += 1 }
        }
        let sender = counts.min { ($1.value, $0.key) < ($0.value, $1.key) }?.key ?? ""
        self.rows = rows.map { row in
            guard let township = row.township else { return row }
            let namesOne = row.row.township.map { !TextFolding.key($0.text).isEmpty } ?? false
            var counted = row
            counted.township = namesOne && !township.isEmpty ? township : sender
            return counted
        }
    }

    func contains(_ cell: CellAddress, _ row: SentRow) -> Bool {
        if block.layout == .peopleAcross {
            return row.row.name.cell == cell || row.row.days.contains { $0.cell == cell || $0.afternoonCell == cell }
        }
        return row.sheetRows.contains(cell.row)
    }
}

/// A workbook that was sent, with whose its rows are.
struct SentFile {
    let path: String
    let workbook: Workbook
    let readings: [Forms.SheetReading]
    let blocks: [SentBlock]
    /// Of the file itself.
    let findings: [Finding]

    /// Townships with rows in force in a month, sorted.
    func senders(_ period: Period) -> [String] {
        var senders: Set<String> = []
        for block in blocks where block.block.period == period {
            for row in block.rows { if let township = row.township, !township.isEmpty { senders.insert(township) } }
        }
        return senders.sorted()
    }

    /// Who sent the row of that cell; all senders of the sheet (of the file) where no row is meant.
    func senders(_ period: Period, sheet: String, cell: CellAddress?) -> [String] {
        var senders: Set<String> = []
        var owner: String?
        for block in blocks where block.block.period == period && block.block.sheet == sheet {
            for row in block.rows {
                guard let township = row.township, !township.isEmpty else { continue }
                senders.insert(township)
                if let cell, block.contains(cell, row) { owner = owner ?? township }
            }
        }
        if let owner { return [owner] }
        return senders.isEmpty ? self.senders(period) : senders.sorted()
    }

    /// Months of a sheet's blocks, in reading order.
    func periods(ofSheet sheet: String) -> [Period] {
        blocks.filter { $0.block.sheet == sheet }.map(\.block.period)
    }

    /// Sheets with rows of the township; of a file that only it sent the others too, but for registers (sending an old
    /// register again would undo newer ones), instructions, and attendance that counts no more.
    func goesBack(_ index: Int, to township: String, _ period: Period, isOnlySender: Bool) -> Bool {
        let reading = readings[index]
        guard !reading.isEmpty, !reading.isGuidance else { return false }
        let own = blocks.filter { $0.block.sheet == reading.sheet }
        if own.contains(where: { $0.rows.contains { $0.township == township } }) {
            return isOnlySender
                || own.contains { $0.block.period == period && $0.rows.contains { $0.township == township } }
        }
        return isOnlySender && own.allSatisfy(\.rows.isEmpty) && (reading.form == nil || reading.form == .attendance)
    }

    // MARK: The sheet

    /// - Parameters:
    ///   - asOf: later days are not due yet.
    ///   - marks: the table of what marks mean without a legend.
    func returnSheet(_ index: Int, to township: String, asOf: CivilDate, marks: MarkTable) -> ReturnSheet {
        let grid = SentLegend.withoutQuestions(workbook.sheets[index])
        let reading = readings[index]
        let own = blocks.filter { $0.block.sheet == reading.sheet }
        var sheet = ReturnSheet(
            file: path, sheetAsSent: reading.sheet, name: reading.sheet, grid: grid,
            cleared: cleared(grid, own, township), regions: SheetLook.regions(reading, grid),
            totals: SheetTotals.formulas(grid, own, reading), blanks: blanks(own, township, asOf))
        let days = SheetDays(own, township, grid)
        sheet.days = days.cells
        sheet.choices = days.choices(reading.sections.flatMap(\.legend), marks)
        sheet.legend = SentLegend.asked(own, township, reading)
        sheet.legendSheet = SentLegend.sheet(reading)
        sheet.meanings = LegendLine.meanings
        return sheet
    }

    /// Empty days of the township's people on which others of the block have a mark: what was forgotten looks so. Days
    /// that nobody filled in are days of rest.
    private func blanks(_ blocks: [SentBlock], _ township: String, _ asOf: CivilDate) -> Set<CellAddress> {
        var blanks: Set<CellAddress> = []
        for block in blocks {
            let kept = Set(block.rows.flatMap { $0.row.days.filter(\.isMarked).map(\.date) })
            for row in block.rows where row.township == township {
                let gone = row.row.days.filter { !$0.isMarked && $0.date <= asOf && kept.contains($0.date) }
                blanks.formUnion(gone.flatMap { [$0.cell, $0.afternoonCell ?? $0.cell] })
                blanks.subtract(row.replaced)
            }
        }
        return blanks
    }

    /// Cells of rows that are not given back: what a newer file replaced must not win again, and what another township
    /// sent is none of this one's business.
    private func cleared(_ grid: CellGrid, _ blocks: [SentBlock], _ township: String) -> Set<CellAddress> {
        var dropped: [(block: SentBlock, row: SentRow)] = []
        var keptRows: Set<Int> = []
        var keptCells: Set<CellAddress> = []
        for block in blocks {
            for row in block.rows {
                if row.township == township {
                    keptRows.formUnion(row.sheetRows)
                    keptCells.insert(row.row.name.cell)
                } else {
                    dropped.append((block, row))
                }
            }
        }
        var cleared = blocks.reduce(into: Set<CellAddress>()) { cells, block in
            for row in block.rows { cells.formUnion(row.replaced) }
        }
        guard !dropped.isEmpty else { return cleared }
        for (block, row) in dropped where !keptCells.contains(row.row.name.cell) {
            if block.block.layout == .peopleAcross {
                cleared.formUnion(SentFile.column(of: row))
            } else {
                for line in row.sheetRows.subtracting(keptRows) {
                    for cell in grid.row(line)?.cells ?? [] {
                        cleared.insert(CellAddress(row: line, column: cell.column))
                    }
                }
            }
        }
        // A merged village cell can count for rows that stay.
        for merge in grid.merges where merge.bottom > merge.top {
            let corner = CellAddress(row: merge.top, column: merge.left)
            if cleared.contains(corner), keptRows.contains(where: { (merge.top...merge.bottom).contains($0) }) {
                cleared.remove(corner)
            }
        }
        return cleared
    }

    private static func column(of row: SentRow) -> Set<CellAddress> {
        var columns: Set<Int> = [row.row.name.cell.column]
        var last = row.row.name.cell.row
        for day in row.row.days {
            columns.insert(day.cell.column)
            last = max(last, day.cell.row)
            if let cell = day.afternoonCell {
                columns.insert(cell.column)
                last = max(last, cell.row)
            }
        }
        if let total = row.row.total { last = max(last, total.cell.row) }
        var cells: Set<CellAddress> = []
        for line in row.row.name.cell.row...last {
            for column in columns { cells.insert(CellAddress(row: line, column: column)) }
        }
        return cells
    }
}
