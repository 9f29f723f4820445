import Domain
import Forms
import Ledger
import Matching
import Reports
import Sheets
import Tables

/// What the townships of a county sent for a month, read again from the originals, with whose each row is.
struct SentMonth {
    /// A row that was sent, by the cell of its name.
    private struct RowKey: Hashable {
        let file: String
        let sheet: String
        let cell: CellAddress
    }

    /// What became of a row: where it counts, and which of its days still do.
    private struct Standing {
        let township: String
        let nameAsSent: String
        var days: Set<CellAddress> = []

        init(_ row: RowOutcome) {
            township = row.township
            nameAsSent = row.nameAsSent
        }
    }

    private let month: CountyMonth
    private let reader: FormReader
    private let asOf: CivilDate
    private let marks: MarkTable
    private let blanks: [BlankDays]
    private var files: [SentFile] = []

    /// Reads the originals of the workbooks with rows in force that findings are about.
    ///
    /// - Throws: `LedgerError.missingOriginal` where the bytes of one are gone.
    init(
        _ month: CountyMonth, _ attendance: MonthAttendance?, findings: [Finding], blanks: [BlankDays],
        _ ledger: LedgerReader, _ context: RunContext, reader: FormReader
    ) throws {
        self.month = month
        self.reader = reader
        asOf = context.options.asOf
        marks = MarkTable(marks: context.policy.marks)
        self.blanks = blanks
        let concerned = SentMonth.files(
            of: attendance?.rows ?? [], concernedBy: findings, townships: blanks.map(\.township))
        guard !concerned.isEmpty else { return }
        var outcomes: [Period: [RowKey: Standing]] = [:]
        func outcome(_ period: Period) throws -> [RowKey: Standing] {
            if let known = outcomes[period] { return known }
            var byKey: [RowKey: Standing] = [:]
            for row in try ledger.month(CountyMonth(county: month.county, period: period))?.rows ?? [] {
                let key = RowKey(file: row.file, sheet: row.sheet, cell: row.nameCell)
                byKey[key, default: Standing(row)].days.formUnion(row.days.map(\.cell))
            }
            outcomes[period] = byKey
            return byKey
        }
        // Two contents of one path can both have rows in force; the newer one's come first.
        var claimed: Set<[String]> = []
        for record in try ledger.attendanceSubmissions(of: month)
        where !record.isRefused && concerned.contains(record.path) {
            let workbook = try WorkbookOpener.open(
                bytes: context.originals.bytes(record.sha256), limits: context.limits)
            let reading = reader.read(workbook, path: record.path)
            var blocks: [SentBlock] = []
            for block in reading.submitted.blocks {
                let rows = try block.rows.map { row -> SentRow in
                    let key = RowKey(file: record.path, sheet: block.sheet, cell: row.name.cell)
                    let claim = [block.period.description, key.file, key.sheet, key.cell.a1, String(block.index)]
                    guard let found = try outcome(block.period)[key],
                        found.nameAsSent == PersonName(row.name.text).display, claimed.insert(claim).inserted
                    else { return SentRow(row: row, township: nil) }
                    return SentRow(row: row, township: found.township, standing: found.days)
                }
                blocks.append(SentBlock(block, rows))
            }
            let file = SentFile(
                path: record.path, workbook: workbook, readings: reading.sheets, blocks: blocks,
                findings: try ledger.fileFindings(submission: record.id))
            if !file.senders(month.period).isEmpty { files.append(file) }
        }
        files.reverse()
    }

    /// Files with rows of a township that has a finding: most months of most counties need few of theirs read again.
    private static func files(
        of rows: [RowOutcome], concernedBy findings: [Finding], townships: [String]
    ) -> Set<String> {
        let named = Set(findings.map(\.file)).subtracting([""])
        var townships = Set(findings.map(\.township) + townships).subtracting([""])
        for row in rows where named.contains(row.file) { townships.insert(row.township) }
        return Set(rows.lazy.filter { townships.contains($0.township) }.map(\.file)).union(named)
    }

    // MARK: Whose findings

    /// Who is told: the township of the finding, and who sent the sheet it stands in.
    func townships(of finding: Finding) -> [String] {
        var townships: [String] = finding.township.isEmpty ? [] : [finding.township]
        if !finding.file.isEmpty, let file = files.first(where: { $0.path == finding.file }) {
            let senders = file.senders(month.period, sheet: finding.sheet, cell: finding.cell)
            for sender in senders where !townships.contains(sender) { townships.append(sender) }
        }
        return townships
    }

    // MARK: What goes back

    struct Returned {
        var sheets: [ReturnSheet] = []
        /// Of the files themselves: sheets that are no form, columns that are missing.
        var fileFindings: [Finding] = []
    }

    /// The sheets that a township has in force, in the order in which they were sent.
    func returned(to township: String) -> Returned {
        var result = Returned()
        for file in files {
            let senders = file.senders(month.period)
            guard senders.contains(township) else { continue }
            let isOnlySender = senders == [township]
            if isOnlySender { result.fileFindings += file.findings }
            for index in file.workbook.sheets.indices {
                guard file.goesBack(index, to: township, month.period, isOnlySender: isOnlySender) else { continue }
                var sheet = file.returnSheet(index, to: township, asOf: asOf, marks: marks)
                for row in blanks
                where row.township == township && row.file == file.path && row.sheet == sheet.sheetAsSent {
                    sheet.blanks.formUnion(row.cells)
                }
                if !sheet.legend.isEmpty, !readsTheSame(sheet, file) { sheet.legend = [] }
                result.sheets.append(sheet)
            }
        }
        name(&result.sheets)
        return result
    }

    /// Whether the lines below a sheet change nothing of what is read of it while nobody has filled them in.
    private func readsTheSame(_ sheet: ReturnSheet, _ file: SentFile) -> Bool {
        let grids = file.workbook.sheets.map { $0.name == sheet.sheetAsSent ? sheet.gridWithLegend : $0 }
        let workbook = Workbook(format: file.workbook.format, sheets: grids)
        return reader.read(workbook, path: file.path).submitted.blocks == file.blocks.map(\.block)
    }

    /// Sheets keep their names, which may tell a village or a month; those that clash or have none get the file's.
    private func name(_ sheets: inout [ReturnSheet]) {
        var counts: [String: Int] = [:]
        for sheet in sheets { counts[sheet.sheetAsSent.lowercased(), default: 0] += 1 }
        let wishes = sheets.map { sheet in
            if !sheet.sheetAsSent.isEmpty, counts[sheet.sheetAsSent.lowercased()] == 1 { return sheet.sheetAsSent }
            let stem = SentMonth.stem(sheet.file)
            return sheet.sheetAsSent.isEmpty ? stem : "\(sheet.sheetAsSent)·\(stem)"
        }
        var names = SheetName.unique(wishes, taken: [ReturnWorkbook.listName])
        for (index, sheet) in sheets.enumerated() {
            guard let better = nameThatTellsTheMonth(names[index], sheet, number: index + 1) else { continue }
            let others = names.enumerated().filter { $0.offset != index }.map(\.element)
            names[index] = SheetName.unique([better], taken: [ReturnWorkbook.listName] + others)[0]
        }
        for index in sheets.indices { sheets[index].name = names[index] }
    }

    /// A sheet whose month was told by the name of its file or folder is named for it: it may come back under any name.
    private func nameThatTellsTheMonth(_ name: String, _ sheet: ReturnSheet, number: Int) -> String? {
        let file = files.first { $0.path == sheet.file }
        let periods = file?.periods(ofSheet: sheet.sheetAsSent) ?? []
        let sections = file?.readings.first { $0.sheet == sheet.sheetAsSent }?.sections ?? []
        guard !periods.isEmpty, !sections.allSatisfy(\.namesItsMonth) else { return nil }
        func reads(_ name: String) -> Bool {
            let grid = CellGrid(
                name: name, isHidden: sheet.grid.isHidden, rows: sheet.grid.rows, merges: sheet.grid.merges,
                hiddenColumns: sheet.grid.hiddenColumns)
            let reading = reader.read(Workbook(format: .xlsx, sheets: [grid]), path: "退回.xlsx")
            return reading.submitted.blocks.map(\.period) == periods
        }
        if reads(name) { return nil }
        for candidate in ["\(month.period.chinese) \(name)", "\(month.period.chinese) 表\(number)"] {
            let legal = SheetName.unique([candidate])[0]
            if reads(legal) { return legal }
        }
        return nil
    }

    private static func stem(_ path: String) -> String {
        let name = path.split(separator: "/").last.map(String.init) ?? path
        guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return name }
        return String(name[..<dot])
    }
}
