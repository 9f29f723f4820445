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
/// Source: spec §5.1, §5.3–5.5. Nothing is matched to persons or places here.
public struct FormReader: Sendable {
    private let forms: FormCatalogue
    private let marks: FoldedMarks

    public init(forms: FormCatalogue, marks: MarkTable) {
        self.forms = forms
        self.marks = FoldedMarks(marks)
    }

    /// Reads every sheet. `path`: relative to the inbox, with `/`; its names tell months and places.
    ///
    /// Findings: those of §6 that a file alone can raise; county, person's ID and place are filled in by matching.
    public func read(_ workbook: Workbook, path: String) -> WorkbookReading {
        var submitted = SubmittedWorkbook()
        var sheets: [SheetReading] = []
        var unknown: [Int] = []
        var passedOver: Int?
        for grid in workbook.sheets {
            if grid.isEmpty {
                sheets.append(SheetReading(sheet: grid.name, isHidden: grid.isHidden, isEmpty: true))
                continue
            }
            if let sheet = guidance(grid) {
                if passedOver == nil { passedOver = sheets.count }
                sheets.append(sheet)
                continue
            }
            let place = SheetPlace(path: path, sheetName: grid.name)
            let view = SheetView(grid, isTextFile: workbook.format == .text)
            let sheet = read(view, place, into: &submitted)
            if sheet.form == nil { unknown.append(sheets.count) }
            sheets.append(sheet)
        }
        let isRecognised = sheets.contains { $0.form != nil }
        // Nothing but instructions: still a file without any form.
        if !isRecognised, unknown.isEmpty, let passedOver { unknown = [passedOver] }
        // A file without any form is one error; beside a form, each sheet that is none is a hint.
        for (order, index) in unknown.enumerated() where isRecognised || order == 0 {
            let finding = Finding(isRecognised ? .sheetUnknown : .formUnknown, file: path, sheet: sheets[index].sheet)
            submitted.findings.append(finding)
            sheets[index].findings.append(finding)
        }
        return WorkbookReading(submitted: submitted, sheets: sheets)
    }

    /// The reading of a sheet of instructions; nil for every other sheet.
    private func guidance(_ grid: CellGrid) -> SheetReading? {
        guard !forms.guidance.isEmpty, !grid.name.isEmpty,
            case .text(let title)? = grid.rows.lazy.compactMap(\.firstFilled).first?.value,
            let known = forms.guidance.first(where: { $0.fits(sheet: grid.name, title: title) })
        else { return nil }
        var reading = SheetReading(sheet: grid.name, isHidden: grid.isHidden)
        reading.isGuidance = true
        reading.why = [
            BilingualText(
                zh: "工作表名和标题是“\(known.sheet.title)”，不是数据，跳过",
                en: "its name and title are «\(known.sheet.title)»: no records, passed over")
        ]
        return reading
    }

    private func read(_ view: SheetView, _ place: SheetPlace, into submitted: inout SubmittedWorkbook) -> SheetReading {
        var reading = SheetReading(sheet: view.grid.name, isHidden: view.grid.isHidden)
        let recognised = FormRecognition(forms: forms, view: view, place: place, marks: marks).recognise()
        reading.why = recognised.why
        var findings: [Finding] = []
        switch recognised.kind {
        case .none: return reading
        case .attendance(let sheet, let blocks):
            reading.form = .attendance
            if blocks.isEmpty {
                findings.append(missingInAttendance(sheet, place))
                submitted.findings += findings
            } else {
                let result = AttendanceReader(sheet: sheet, marks: marks, place: place).read(blocks)
                submitted.findings += result.findings
                for block in result.blocks {
                    submitted.blocks.append(block)
                    findings += block.findings + block.rows.flatMap(\.findings)
                }
                findings += result.findings
                reading.sections = result.sections
                reading.regions = result.regions
            }
        case .register(let form, let heading, let context):
            reading.form = form.definition.id
            var own: [Finding] = []
            if view.grid.isHidden { own.append(Finding(.sheetHidden, file: place.file, sheet: place.sheetName)) }
            let missing = heading?.missing ?? form.definition.fields.filter(\.isRequired)
            for field in heading == nil ? Array(missing.prefix(1)) : missing {
                own.append(
                    Finding(
                        .columnMissing, file: place.file, sheet: place.sheetName,
                        arguments: [form.definition.title, field.heading]))
            }
            submitted.findings += own
            findings += own
            if let heading {
                var section = SectionReading(why: recognised.why)
                section.headingRows = Array(heading.rows)
                for (index, column) in heading.columns.sorted(by: { $0.value.column < $1.value.column }) {
                    let field = form.definition.fields[index]
                    section.columns.append(
                        ColumnReading(
                            field: field.field, heading: field.heading, asSent: column.text, cell: column.cell))
                }
                if missing.isEmpty {
                    let rows = RegisterReader(view: view, form: form, heading: heading, place: place, context: context)
                        .read()
                    submitted.formRows += rows
                    findings += rows.flatMap(\.findings)
                    section.rowCount = rows.count
                    if let first = rows.first?.cell.row, let last = rows.last?.cell.row {
                        section.rows = first...max(first, last)
                    }
                }
                reading.sections = [section]
                reading.regions = registerRegions(form, heading, view)
            }
        }
        reading.findings = findings.sorted(by: Finding.inReportOrder)
        return reading
    }

    private func missingInAttendance(_ sheet: AttendanceSheet, _ place: SheetPlace) -> Finding {
        let hasName = sheet.profiles.contains { $0.column(.name) != nil }
        return hasName
            ? Finding(.dayColumnsMissing, file: place.file, sheet: place.sheetName)
            : Finding(
                .columnMissing, file: place.file, sheet: place.sheetName,
                arguments: [sheet.form.definition.title, "姓名"])
    }

    private func registerRegions(_ form: FormIndex, _ heading: RegisterHeading, _ view: SheetView) -> [CellRegion] {
        let last = view.grid.rows.last?.index ?? heading.rows.upperBound
        var regions = [
            CellRegion(
                role: .title, from: CellAddress(row: 0, column: 0),
                to: CellAddress(row: max(0, heading.rows.lowerBound - 1), column: 16_383))
        ]
        regions.append(
            CellRegion(
                role: .heading, from: CellAddress(row: heading.rows.lowerBound, column: 0),
                to: CellAddress(row: heading.rows.upperBound, column: 16_383)))
        guard last > heading.rows.upperBound else { return regions }
        for (index, column) in heading.columns.sorted(by: { $0.value.column < $1.value.column }) {
            let role: CellRole =
                switch form.definition.fields[index].kind {
                case .name: .name
                case .residentID: .residentID
                default: .field
                }
            regions.append(
                CellRegion(
                    role: role, from: CellAddress(row: heading.rows.upperBound + 1, column: column.column),
                    to: CellAddress(row: last, column: column.column)))
        }
        return regions
    }
}
