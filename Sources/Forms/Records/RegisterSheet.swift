import Domain
import Tables

/// A sheet of any form but attendance, from recognition to rows and findings.
struct RegisterSheet {
    let view: SheetView
    let form: FormIndex
    let heading: RegisterHeading?
    let place: SheetPlace
    let context: [ContextText]

    /// All findings of the sheet; rows and what belongs to none go into `submitted`.
    func read(_ reading: inout SheetReading, into submitted: inout SubmittedWorkbook, explains: Bool) -> [Finding] {
        var own: [Finding] = []
        if view.grid.isHidden { own.append(Finding(.sheetHidden, file: place.file, sheet: place.sheetName)) }
        let missing = heading?.missing ?? form.definition.fields.filter(\.isRequired)
        func findings(_ reason: FindingReason, _ fields: [FieldDefinition]) -> [Finding] {
            fields.map { field in
                Finding(
                    reason, file: place.file, sheet: place.sheetName,
                    arguments: [form.definition.title, field.heading])
            }
        }
        let lacking = findings(.columnMissing, heading == nil ? Array(missing.prefix(1)) : missing)
        // Whether other lists fill the columns shows when the registers are merged: its rows carry what they lack.
        let isCompletable = heading?.isCompletable ?? false
        if !isCompletable { own += lacking }
        guard let heading else {
            submitted.findings += own
            if explains { reading.cells = CellClaims(view.grid).roles() }
            return own
        }
        let cells = RegisterCells(view, form, heading)
        defer { if explains { reading.cells = cells.claims.roles() } }
        var section = section(heading, reading.why)
        var rows: [FormRow] = []
        if missing.isEmpty || isCompletable {
            rows = RegisterReader(
                view: view, form: form, heading: heading, place: place, context: context, cells: cells
            ).read()
            section.rowCount = rows.count
            if let first = rows.first?.cell.row, let last = rows.last?.cell.row {
                section.rows = first...max(first, last)
            }
            own += headingFindings(cells) + leftOver(cells, told: rows.flatMap(\.findings))
            own += formulas(told: Set(rows.flatMap(\.findings).compactMap(\.cell)))
        }
        reading.sections = [section]
        if isCompletable, rows.isEmpty { own += lacking }
        submitted.findings += own
        submitted.formRows += rows
        let waiting = isCompletable && !rows.isEmpty ? findings(.columnLacking, missing) : []
        return own + waiting + rows.flatMap(\.findings)
    }

    private func section(_ heading: RegisterHeading, _ why: [BilingualText]) -> SectionReading {
        var section = SectionReading(why: why)
        section.headingRows = Array(heading.rows)
        for (index, column) in heading.columns.sorted(by: { $0.value.column < $1.value.column }) {
            let field = form.definition.fields[index]
            section.columns.append(
                ColumnReading(field: field.field, heading: field.heading, asSent: column.text, cell: column.cell))
        }
        return section
    }

    private func headingFindings(_ cells: RegisterCells) -> [Finding] {
        cells.unknown.map { heading in
            Finding(
                .headingUnknown, file: place.file, sheet: place.sheetName, cell: heading.cell, value: heading.text,
                arguments: [TextFolding.key(heading.text)])
        }
    }

    /// Formulas without a value of which no row tells: one hint, at the first.
    private func formulas(told: Set<CellAddress>) -> [Finding] {
        let cells = view.grid.rows.flatMap { row in
            row.cells.filter(\.isUncachedFormula).map { CellAddress(row: row.index, column: $0.column) }
        }.filter { !told.contains($0) }
        return cells.prefix(1).map {
            Finding(
                .uncachedElsewhere, file: place.file, sheet: place.sheetName, cell: $0, arguments: ["\(cells.count)"])
        }
    }

    /// Cells that nobody read and of which no row tells: one hint, at the first.
    private func leftOver(_ cells: RegisterCells, told: [Finding]) -> [Finding] {
        let told = Set(told.filter { $0.reason == .unreadInRow }.compactMap(\.cell))
        var first: (address: CellAddress, text: String)?
        var count = 0
        for row in view.grid.rows {
            for cell in row.cells where !cell.value.isBlank && !cells.claims.isClaimed(row.index, cell.column) {
                let address = CellAddress(row: row.index, column: cell.column)
                if told.contains(address) { continue }
                count += 1
                first = first ?? (address, cell.value.display)
            }
        }
        guard let first else { return [] }
        return [
            Finding(
                .unreadElsewhere, file: place.file, sheet: place.sheetName, cell: first.address, value: first.text,
                arguments: ["\(count)"])
        ]
    }
}
