import Domain
import Tables

/// A workbook as it was understood: what was submitted, and how each sheet was read.
public struct WorkbookReading: Sendable {
    public var submitted: SubmittedWorkbook
    /// One a sheet, in the order of the file.
    public var sheets: [SheetReading]

    public init(submitted: SubmittedWorkbook, sheets: [SheetReading]) {
        self.submitted = submitted
        self.sheets = sheets
    }
}

/// From a workbook to typed rows and findings: which form each sheet is, where its headings stand, what its cells say.
///
/// Source: spec §5.1, §5.3–5.5, §5.7. Nothing is matched to persons or places here.
public struct FormReader: Sendable {
    private let forms: FormCatalogue
    private let marks: FoldedMarks
    private let own: OwnHeaders
    /// Whether readings carry what only `inspect` and return workbooks show: roles of cells, candidates that lost.
    private let explains: Bool
    private let silenced: CellRole?

    public init(forms: FormCatalogue, marks: MarkTable, own: OwnHeaders = OwnHeaders(), explains: Bool = false) {
        self.init(forms: forms, marks: marks, own: own, explains: explains, silenced: nil)
    }

    /// - Parameter silenced: a role of attendance sheets that nobody reads.
    init(forms: FormCatalogue, marks: MarkTable, own: OwnHeaders, explains: Bool, silenced: CellRole?) {
        self.silenced = silenced
        self.forms = forms
        self.marks = FoldedMarks(marks)
        self.own = own
        self.explains = explains
    }

    /// A sheet on its way through the reader.
    private enum Sheet {
        case empty
        case guidance(String)
        case legend([LegendEntry], CellClaims)
        case form(SheetView, FormRecognition.Result)
    }

    /// Reads every sheet. `path`: relative to the inbox, with `/`; its names tell months and places.
    ///
    /// Findings: those of §6 that a file alone can raise; county, person's ID and place are filled in by matching.
    public func read(_ workbook: Workbook, path: String) -> WorkbookReading {
        if let written = OwnOutputs(headers: own, foreign: forms.foreign).name(workbook) {
            return passedOver(workbook, path, written)
        }
        let sheets = workbook.sheets.map { sheet($0, workbook, path) }
        // The legend of a sheet of its own rules the whole workbook.
        let legend = LegendReach.settled(
            zip(sheets, workbook.sheets).flatMap { sheet, grid -> [LegendEntry] in
                guard case .legend(let entries, _) = sheet else { return [] }
                return entries.map { entry in
                    var entry = entry
                    entry.sheet = grid.name
                    return entry
                }
            })
        var submitted = SubmittedWorkbook()
        var readings: [SheetReading] = []
        for (sheet, grid) in zip(sheets, workbook.sheets) {
            readings.append(read(sheet, grid, path, legend, into: &submitted))
        }
        tellUnknown(&readings, path, &submitted)
        tellNobody(&readings, path, &submitted)
        for grid in workbook.sheets {
            guard let cell = grid.replaced else { continue }
            submitted.findings.append(Finding(.charactersReplaced, file: path, sheet: grid.name, cell: cell))
        }
        return WorkbookReading(submitted: submitted, sheets: readings)
    }

    // MARK: What a sheet is

    private func sheet(_ grid: CellGrid, _ workbook: Workbook, _ path: String) -> Sheet {
        if grid.isEmpty { return .empty }
        if let title = guidance(grid) { return .guidance(title) }
        let view = SheetView(grid, isTextFile: workbook.format == .text)
        let place = SheetPlace(path: path, sheetName: grid.name)
        let recognised = FormRecognition(forms: forms, view: view, place: place, marks: marks, explains: explains)
            .recognise()
        if case .none = recognised.kind, workbook.sheets.count > 1,
            let legend = LegendSheet.read(view, occurs: { isFrequent($0, workbook, but: grid) })
        {
            return .legend(legend.entries, legend.claims)
        }
        return .form(view, recognised)
    }

    /// Whether a figure stands in more cells of the other sheets than headings and serial numbers would hold.
    private func isFrequent(_ figure: String, _ workbook: Workbook, but own: CellGrid) -> Bool {
        var count = 0
        for grid in workbook.sheets where grid.name != own.name {
            for row in grid.rows {
                for cell in row.cells where TextFolding.key(cell.value.display) == figure { count += 1 }
            }
            if count > 2 { return true }
            count = 0
        }
        return false
    }

    /// The title of a sheet of instructions; nil for every other sheet.
    private func guidance(_ grid: CellGrid) -> String? {
        guard !forms.guidance.isEmpty, !grid.name.isEmpty,
            case .text(let title)? = grid.rows.lazy.compactMap(\.firstFilled).first?.value,
            let known = forms.guidance.first(where: { $0.fits(sheet: grid.name, title: title) })
        else { return nil }
        return known.sheet.title
    }

    // MARK: Reading

    private func read(
        _ sheet: Sheet, _ grid: CellGrid, _ path: String, _ legend: [LegendEntry],
        into submitted: inout SubmittedWorkbook
    ) -> SheetReading {
        switch sheet {
        case .empty: return SheetReading(sheet: grid.name, isHidden: grid.isHidden, isEmpty: true)
        case .guidance(let title):
            var reading = SheetReading(sheet: grid.name, isHidden: grid.isHidden)
            reading.isGuidance = true
            reading.why = [
                BilingualText(
                    zh: "工作表名和标题是“\(title)”，不是数据，跳过", en: "its name and title are «\(title)»: no records, passed over")
            ]
            reading.cells = roles(grid, all: .noise)
            return reading
        case .legend(let entries, let claims):
            var reading = SheetReading(sheet: grid.name, isHidden: grid.isHidden)
            reading.isLegend = true
            reading.why = [BilingualText(zh: "是整个工作簿的图例", en: "the legend of the whole workbook")]
            reading.sections = [SectionReading(legend: entries)]
            if explains { reading.cells = claims.roles() }
            return reading
        case .form(let view, let recognised):
            return read(view, SheetPlace(path: path, sheetName: grid.name), recognised, legend, into: &submitted)
        }
    }

    private func read(
        _ view: SheetView, _ place: SheetPlace, _ recognised: FormRecognition.Result, _ legend: [LegendEntry],
        into submitted: inout SubmittedWorkbook
    ) -> SheetReading {
        var reading = SheetReading(sheet: view.grid.name, isHidden: view.grid.isHidden)
        reading.why = recognised.why
        reading.weighed = recognised.weighed
        var findings: [Finding] = []
        switch recognised.kind {
        case .none: reading.cells = roles(view.grid, all: .unread)
        case .foreign(let reason, let named):
            let finding = Finding(
                reason, file: place.file, sheet: place.sheetName, cell: named.cell, value: named.text,
                arguments: [TextFolding.trimmed(named.text)])
            submitted.findings.append(finding)
            findings.append(finding)
            reading.isForeign = true
            reading.cells = roles(view.grid, all: .unread)
        case .attendance(let sheet, let blocks):
            reading.form = .attendance
            findings = read(sheet, blocks, place, legend, &reading, into: &submitted)
        case .register(let form, let heading, let context):
            reading.form = form.definition.id
            let register = RegisterSheet(view: view, form: form, heading: heading, place: place, context: context)
            findings = register.read(&reading, into: &submitted, explains: explains)
        }
        reading.findings = findings.sorted(by: Finding.inReportOrder)
        return reading
    }

    private func read(
        _ sheet: AttendanceSheet, _ blocks: [[RecognisedBlock]], _ place: SheetPlace, _ legend: [LegendEntry],
        _ reading: inout SheetReading, into submitted: inout SubmittedWorkbook
    ) -> [Finding] {
        defer { if explains { reading.cells = sheet.claims.roles() } }
        guard !blocks.isEmpty else {
            let finding = missingInAttendance(sheet, place)
            submitted.findings.append(finding)
            return [finding]
        }
        sheet.claims.silenced = silenced
        let reader = AttendanceReader(
            sheet: sheet, marks: marks, place: place, workbookLegend: legend, titles: TitleJudge(forms: forms))
        let result = reader.read(blocks)
        reading.sections = result.sections
        submitted.findings += result.findings
        submitted.blocks += result.blocks
        return result.findings + result.blocks.flatMap { $0.findings + $0.rows.flatMap(\.findings) }
    }

    private func missingInAttendance(_ sheet: AttendanceSheet, _ place: SheetPlace) -> Finding {
        let isHeaded = sheet.profiles.contains { $0.hits.count >= 2 || $0.hasDays }
        if !isHeaded, let mark = sheet.firstMark {
            let text = sheet.view.text(mark.row, mark.column)?.text ?? ""
            return Finding(
                .unreadTable, file: place.file, sheet: place.sheetName, cell: mark, value: text, arguments: [text])
        }
        let list = sheet.profiles.first { $0.column(.name) != nil && $0.column(.date) != nil }
        if let list, let date = list.column(.date) {
            return Finding(
                .columnMissing, file: place.file, sheet: place.sheetName,
                cell: CellAddress(row: list.index, column: date),
                arguments: [sheet.form.definition.title, "考勤情况"])
        }
        let name = sheet.profiles.lazy.compactMap { row in row.column(.name).map { (row.index, $0) } }.first
        return name != nil
            ? Finding(
                .dayColumnsMissing, file: place.file, sheet: place.sheetName,
                cell: name.map { CellAddress(row: $0.0, column: $0.1) })
            : Finding(
                .columnMissing, file: place.file, sheet: place.sheetName,
                arguments: [sheet.form.definition.title, "姓名"])
    }

    // MARK: What is no form

    /// A file without any form is one error; beside a form, each sheet that is none is a hint.
    private func tellUnknown(_ sheets: inout [SheetReading], _ path: String, _ submitted: inout SubmittedWorkbook) {
        let isRecognised = sheets.contains { $0.form != nil }
        var unknown = sheets.indices.filter {
            let sheet = sheets[$0]
            return sheet.form == nil && !sheet.isEmpty && !sheet.isGuidance && !sheet.isLegend && !sheet.isForeign
        }
        // Nothing but instructions: still a file without any form; nothing at all as well.
        if !isRecognised, unknown.isEmpty, !sheets.contains(where: \.isForeign) {
            guard let first = sheets.firstIndex(where: { !$0.isEmpty }) ?? sheets.indices.first else {
                submitted.findings.append(Finding(.formUnknown, file: path))
                return
            }
            unknown = [first]
        }
        for (order, index) in unknown.enumerated() where isRecognised || order == 0 {
            let finding = Finding(isRecognised ? .sheetUnknown : .formUnknown, file: path, sheet: sheets[index].sheet)
            submitted.findings.append(finding)
            sheets[index].findings.append(finding)
        }
    }

    /// An attendance sheet with headings and nobody is a hint; a file in which nobody is found is none that was sent.
    private func tellNobody(_ sheets: inout [SheetReading], _ path: String, _ submitted: inout SubmittedWorkbook) {
        let empty = sheets.indices.filter { index in
            let sheet = sheets[index]
            return sheet.form == .attendance && sheet.sections.allSatisfy { $0.rowCount == 0 }
                && !sheet.findings.contains { $0.effect == .held }
        }
        guard !empty.isEmpty else { return }
        let isAll =
            submitted.formRows.isEmpty && submitted.blocks.allSatisfy(\.rows.isEmpty)
            && !submitted.findings.contains { $0.effect == .held }
        for (order, index) in empty.enumerated() where !isAll || order == 0 {
            let heading = sheets[index].sections.first
            let column = heading?.columns.first { $0.field == .name } ?? heading?.columns.first
            let finding = Finding(
                isAll ? .nobodyInFile : .nobodyInSheet, file: path, sheet: sheets[index].sheet,
                cell: column?.cell ?? heading?.headingRows.first.map { CellAddress(row: $0, column: 0) },
                value: column?.asSent ?? "")
            submitted.findings.append(finding)
            sheets[index].findings.append(finding)
        }
    }

    /// What this program wrote is no form: told, and nothing of it is read.
    private func passedOver(_ workbook: Workbook, _ path: String, _ written: String) -> WorkbookReading {
        let finding = Finding(.ownOutput, file: path, value: written, arguments: [written])
        var sheets = workbook.sheets.map { grid in
            var reading = SheetReading(sheet: grid.name, isHidden: grid.isHidden)
            reading.isForeign = true
            reading.why = [BilingualText(zh: "是本系统生成的文件", en: "written by this program")]
            reading.cells = roles(grid, all: .noise)
            return reading
        }
        if !sheets.isEmpty { sheets[0].findings = [finding] }
        return WorkbookReading(submitted: SubmittedWorkbook(findings: [finding]), sheets: sheets)
    }

    private func roles(_ grid: CellGrid, all role: CellRole) -> [CellRoleReading] {
        guard explains else { return [] }
        let claims = CellClaims(grid)
        for row in grid.rows { claims.claim(row, role) }
        return claims.roles()
    }
}
