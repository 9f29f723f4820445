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
    ///
    /// A legend sheet rules every sheet beside it, so it goes back with the whole of its own file alone; where sheets
    /// of several files, or one township's of several, go back together, each says below itself what it inherited.
    func returned(to township: String) -> Returned {
        var result = Returned()
        let sent = files.filter { $0.senders(month.period).contains(township) }
        for file in sent where file.senders(month.period) == [township] { result.fileFindings += file.findings }
        if sent.count == 1, sent[0].senders(month.period) == [township] {
            let sheets = sheetsWithLegends(of: sent[0], to: township)
            if readsTheSame(sheets, sent[0]) {
                result.sheets = sheets
                return result
            }
        }
        result.sheets = named(sent.flatMap { sheetsWithoutLegends(of: $0, to: township) })
        if sent.count > 1 { result.sheets = withoutNewLegends(result.sheets) }
        return result
    }

    private func sheets(of file: SentFile, to township: String) -> [(index: Int, sheet: ReturnSheet)] {
        let isOnlySender = file.senders(month.period) == [township]
        return file.workbook.sheets.indices.compactMap { index in
            guard file.goesBack(index, to: township, month.period, isOnlySender: isOnlySender) else { return nil }
            var sheet = file.returnSheet(index, to: township, asOf: asOf, marks: marks)
            for row in blanks
            where row.township == township && row.file == file.path && row.sheet == sheet.sheetAsSent {
                sheet.blanks.formUnion(row.cells)
            }
            return (index, sheet)
        }
    }

    /// With the file's legend sheets, which ask what the sheets that they rule would ask.
    private func sheetsWithLegends(of file: SentFile, to township: String) -> [ReturnSheet] {
        let sheets = sheets(of: file, to: township).map(\.sheet)
        var asked: [String: [ReturnSheet.LegendLine]] = [:]
        for sheet in sheets {
            guard let ruling = sheet.legendSheet else { continue }
            for line in sheet.legend where !asked[ruling, default: []].contains(line) {
                asked[ruling, default: []].append(line)
            }
        }
        return named(
            sheets.map { sheet in
                var sheet = sheet
                if sheet.legendSheet != nil { sheet.legend = [] }
                sheet.legend += asked[sheet.sheetAsSent] ?? []
                if sheet.legendSheet == nil, !sheet.legend.isEmpty, !readsTheSame(sheet, file) { sheet.legend = [] }
                return sheet
            })
    }

    /// Without legend sheets: what they say stands below each sheet that they rule. A sheet whose marks would not mean
    /// the same then does not go back.
    private func sheetsWithoutLegends(of file: SentFile, to township: String) -> [ReturnSheet] {
        sheets(of: file, to: township).compactMap { index, sheet in
            let reading = file.readings[index]
            if reading.isLegend { return nil }
            var sheet = sheet
            guard sheet.legendSheet != nil else {
                if !sheet.legend.isEmpty, !readsTheSame(sheet, file) { sheet.legend = [] }
                return sheet
            }
            guard let said = SentLegend.said(reading) else { return nil }
            sheet.legend = said + sheet.legend.filter { asked in !said.contains { $0.label == asked.label } }
            if readsTheSame(sheet, file) { return sheet }
            sheet.legend = said
            return readsTheSame(sheet, file) ? sheet : nil
        }
    }

    /// Without sheets that explained nobody's marks where they were sent and would explain other files' here.
    private func withoutNewLegends(_ sheets: [ReturnSheet]) -> [ReturnSheet] {
        let formless = sheets.contains { sheet in
            files.first { $0.path == sheet.file }?.readings.first { $0.sheet == sheet.sheetAsSent }?.form == nil
        }
        guard formless else { return sheets }
        let read = reader.read(Workbook(format: .xlsx, sheets: sheets.map(\.gridAsReturned)), path: "退回.xlsx")
        return zip(sheets, read.sheets).filter { !$0.1.isLegend }.map(\.0)
    }

    /// Whether the lines below a sheet change nothing of what is read of it while nobody has filled them in.
    private func readsTheSame(_ sheet: ReturnSheet, _ file: SentFile) -> Bool {
        let grids = file.workbook.sheets.map { $0.name == sheet.sheetAsSent ? sheet.gridWithLegend : $0 }
        return isTheSame(grids, file)
    }

    /// Whether sheets that go back together mean what their file meant; rows that are cleared are not asked.
    private func readsTheSame(_ sheets: [ReturnSheet], _ file: SentFile) -> Bool {
        guard file.readings.contains(where: \.isLegend) else { return true }
        let grids = file.workbook.sheets.map { grid in
            sheets.first { $0.sheetAsSent == grid.name }?.gridWithLegend ?? CellGrid(name: grid.name, rows: [])
        }
        let kept = Set(sheets.map(\.sheetAsSent))
        return isTheSame(grids, file) { kept.contains($0.sheet) }
    }

    /// Whether sheets in place of a file's say the same of everybody's days.
    private func isTheSame(
        _ grids: [CellGrid], _ file: SentFile, where isMeant: (AttendanceBlock) -> Bool = { _ in true }
    ) -> Bool {
        func days(_ blocks: [AttendanceBlock]) -> [[SaidRow]] {
            blocks.filter(isMeant).map { $0.rows.map { SaidRow(name: $0.name, days: $0.days, total: $0.total) } }
        }
        let workbook = Workbook(format: file.workbook.format, sheets: grids)
        return days(reader.read(workbook, path: file.path).submitted.blocks) == days(file.blocks.map(\.block))
    }

    /// What a row says of its person, whatever is found of it.
    private struct SaidRow: Hashable {
        let name: SubmittedText
        let days: [DayMark]
        let total: StatedTotal?
    }

    /// Sheets keep their names, which may tell a village or a month; those that clash or have none get the file's.
    private func named(_ sheets: [ReturnSheet]) -> [ReturnSheet] {
        var sheets = sheets
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
        return sheets
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
