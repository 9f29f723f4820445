import Domain
import Tables

/// The headings of a register on a sheet, as one form's definition understands them.
struct RegisterHeading {
    var rows: ClosedRange<Int>
    /// By field of the definition: column, heading, note of its brackets.
    var columns: [Int: (column: Int, text: String, cell: CellAddress, note: String)]
    /// Required fields without a column that nothing else tells.
    var missing: [FieldDefinition]
    /// Whether other lists may fill all of them.
    let isCompletable: Bool

    /// The row of the first ones that names most of the form's fields; nil where none names two.
    static func find(_ view: SheetView, _ form: FormIndex, context: [ContextText]) -> RegisterHeading? {
        var best: (count: Int, row: Int)?
        for (seen, row) in view.grid.rows.enumerated() {
            if seen >= 40 { break }
            var fields: Set<Int> = []
            for cell in row.cells {
                if case .text(let text) = cell.value, let hit = form.hit(text) { fields.insert(hit.field) }
            }
            if fields.count >= 2, fields.count > best?.count ?? 0 { best = (fields.count, row.index) }
        }
        guard let best else { return nil }
        return RegisterHeading(view, form, row: best.row, context: context)
    }

    private init(_ view: SheetView, _ form: FormIndex, row: Int, context: [ContextText]) {
        columns = [:]
        // A second row of headings under merged ones.
        var bottom = row
        let isWide = view.grid.merges.contains { $0.top == row && $0.right > $0.left && $0.bottom == row }
        let isTall = view.grid.merges.contains { $0.top == row && $0.bottom == row + 1 }
        if isTall
            || (isWide
                && (view.row(row + 1)?.cells.filter {
                    if case .text(let t) = $0.value { form.hit(t, loosely: true) != nil } else { false }
                }.count ?? 0) >= 2)
        {
            bottom = row + 1
        }
        var top = row
        if view.grid.merges.contains(where: { $0.bottom == row && $0.top == row - 1 && $0.left == $0.right }) {
            top = row - 1
        }
        rows = top...bottom
        var best: [Int: (rank: Int, column: Int, text: String, cell: CellAddress, note: String)] = [:]
        for index in rows {
            for cell in view.row(index)?.cells ?? [] {
                guard case .text(let text) = cell.value else { continue }
                var hit = form.hit(text, loosely: true)
                if index > rows.lowerBound, let parent = view.text(index - 1, cell.column), parent.cell.row < index,
                    let joined = form.hit(parent.text + text, loosely: false)
                {
                    hit = joined
                }
                guard let hit else { continue }
                if best[hit.field] == nil || best[hit.field]!.rank > hit.rank {
                    let address = CellAddress(row: index, column: cell.column)
                    best[hit.field] = (hit.rank, cell.column, text, address, hit.note)
                }
            }
        }
        var taken: Set<Int> = []
        for (field, found) in best.sorted(by: { ($0.value.rank, $0.key) < ($1.value.rank, $1.key) })
        where taken.insert(found.column).inserted {
            columns[field] = (found.column, found.text, found.cell, found.note)
        }
        let columns = columns
        missing = form.definition.fields.enumerated().compactMap { place, field in
            guard field.isRequired, columns[place] == nil else { return nil }
            return RegisterContext(form, context).tells(place) ? nil : field
        }
        // Spec §5.2: a column that a newer list lacks changes nothing. Whose row it is the key must tell; records that
        // happened once are sent once, whole.
        isCompletable =
            form.definition.id == .roster && missing.allSatisfy { !$0.isKey && $0.field != .county }
    }
}

/// From a register sheet to typed rows.
struct RegisterReader {
    let view: SheetView
    let form: FormIndex
    let heading: RegisterHeading
    let place: SheetPlace
    let context: [ContextText]
    let cells: RegisterCells

    /// What title, labels and folders tell.
    private let told: RegisterContext
    /// What they tell of fields without a column.
    private let toldMissing: [(field: FieldID, value: SubmittedField)]

    init(
        view: SheetView, form: FormIndex, heading: RegisterHeading, place: SheetPlace, context: [ContextText],
        cells: RegisterCells
    ) {
        self.view = view
        self.form = form
        self.heading = heading
        self.place = place
        self.context = context
        self.cells = cells
        let told = RegisterContext(form, context)
        let corner = CellAddress(row: heading.rows.lowerBound, column: 0)
        toldMissing = form.definition.fields.enumerated().compactMap { place, field in
            guard heading.columns[place] == nil, let known = told.value(place) else { return nil }
            let value = SubmittedField(value: known.value, cell: known.cell ?? corner, asSent: known.text)
            return (field.field, value)
        }
        self.told = told
    }

    func read() -> [FormRow] {
        var rows: [FormRow] = []
        for row in view.grid.rows where row.index > heading.rows.upperBound {
            if let read = read(row) { rows.append(read) } else { cells.claimNoRow(row) }
        }
        return rows
    }

    private var nameColumn: Int? { form.fieldIndex(.name).flatMap { heading.columns[$0]?.column } }

    private func read(_ row: CellRow) -> FormRow? {
        guard isData(row) else { return nil }
        var fields = FieldMap<SubmittedField>()
        var blankCells = FieldMap<CellAddress>()
        var findings: [Finding] = []
        var isHeld = false
        let person = nameColumn.flatMap { view.text(row.index, $0)?.text } ?? ""
        func add(_ reason: FindingReason, _ cell: CellAddress, _ value: String, _ arguments: [String]) {
            findings.append(
                Finding(
                    reason, file: place.file, sheet: place.sheetName, cell: cell, person: TextFolding.trimmed(person),
                    value: value, arguments: arguments))
        }
        for (place, field) in form.definition.fields.enumerated() {
            guard let column = heading.columns[place] else { continue }
            let own = CellAddress(row: row.index, column: column.column)
            let found = view.cell(row.index, column.column)
            let reading =
                found.map {
                    ValueReader.read($0.cell, field, choices: form.choiceWords[place], note: column.note)
                } ?? .blank
            let sent = found?.cell.value.display ?? ""
            let cell = found?.address ?? own
            if reading == .unreadable, field.field == .startDate, let span = SpanText.read(sent) {
                spans(span, field, cell, sent, &fields)
                continue
            }
            switch reading {
            case .value(let value):
                fields[field.field] = SubmittedField(
                    value: value, cell: cell, asSent: sent, isNumber: found?.cell.value.isNumber ?? false)
            case .blank:
                guard field.isRequired else {
                    blankCells[field.field] = own
                    continue
                }
                if field.kind == .flag {
                    // Empty is a word for no. Source: spec §5.3.
                    fields[field.field] = SubmittedField(value: .flag(false), cell: own, asSent: "")
                } else if let told = told.value(place) {
                    fields[field.field] = SubmittedField(value: told.value, cell: told.cell ?? own, asSent: told.text)
                } else if !told.tells(place) {
                    isHeld = true
                    // What an older row of its key gives completes it; the key itself nothing can.
                    if !field.isKey { blankCells[field.field] = own }
                    add(.valueBlank, own, "", [field.heading])
                }
            case .unreadable:
                let arguments = [field.heading, sent, ValueReader.expectation(field)]
                // The end of a posting decides what is due, whether the form requires it or not.
                let isHolding = field.isRequired || field.field == .endDate && form.definition.id == .roster
                if isHolding { isHeld = true }
                add(isHolding ? .valueUnreadable : .valueUnreadableOptional, cell, sent, arguments)
            case .uncached:
                if field.isRequired { isHeld = true }
                add(
                    field.isRequired ? .uncachedFormula : .valueUnreadableOptional, cell, "",
                    field.isRequired ? [] : [field.heading, "公式", ValueReader.expectation(field)])
            }
        }
        fillMissingColumns(&fields)
        let cell =
            nameColumn.flatMap { view.text(row.index, $0)?.cell }
            ?? CellAddress(row: row.index, column: row.firstFilled?.column ?? 0)
        if row.isHidden { add(.rowHidden, cell, "", []) }
        // A value under no heading may be what the row is about: nobody is paid by a row half read.
        for unread in cells.claim(row) where cells.isOfPeople {
            isHeld = true
            add(
                .unreadInRow, CellAddress(row: row.index, column: unread.column), unread.value.display,
                [unread.value.display])
        }
        var result = FormRow(
            form: form.definition.id, sheet: place.sheetName, cell: cell, fields: fields, context: context,
            isHeld: isHeld || !heading.missing.isEmpty, findings: findings, blankCells: blankCells)
        result.lacking = heading.missing.map(\.field)
        return result
    }

    /// A whole posting in one cell; an end that a column of its own gives stands.
    private func spans(
        _ span: SpanText, _ field: FieldDefinition, _ cell: CellAddress, _ sent: String,
        _ fields: inout FieldMap<SubmittedField>
    ) {
        fields[field.field] = SubmittedField(value: .date(span.start), cell: cell, asSent: sent)
        if let end = span.end, fields[.endDate] == nil, form.fieldIndex(.endDate) != nil {
            fields[.endDate] = SubmittedField(value: .date(end), cell: cell, asSent: sent)
        } else if sent.hasSuffix(SpanText.openEnd), fields[.endDate] == nil, form.fieldIndex(.endDate) != nil {
            fields[.endDate] = SubmittedField(value: .text(SpanText.openEnd), cell: cell, asSent: sent)
        }
    }

    /// Fields without a column that the title or a folder tells.
    private func fillMissingColumns(_ fields: inout FieldMap<SubmittedField>) {
        for (field, value) in toldMissing where fields[field] == nil { fields[field] = value }
    }

    /// Whether a row holds data: not only a number, a note, a sum, a signature or the headings again.
    private func isData(_ row: CellRow) -> Bool {
        let filled = row.filled
        guard let first = filled.first else { return false }
        let columns = Set(
            heading.columns.filter { place, _ in
                let field = form.definition.fields[place].field
                return field != .sequence && field != .remark
            }.values.map(\.column))
        let known = filled.filter { columns.contains($0.column) }
        guard !known.isEmpty else { return false }
        if let deciding = form.definition.onlyWith.flatMap(form.fieldIndex).flatMap({ heading.columns[$0] }),
            row.cell(deciding.column)?.value.isBlank ?? true
        {
            return false
        }
        let idColumn = form.fieldIndex(.residentID).flatMap { heading.columns[$0]?.column }
        let hasID = idColumn.flatMap { view.text(row.index, $0) } != nil
        if case .text(let text) = first.value, !hasID {
            if RowNoise.isTotal(text) || RowNoise.isSignature(text) || LegendGrammar.body(of: text) != nil {
                return false
            }
            if known.contains(where: { RowNoise.isTotal($0.value.display) }) { return false }
        }
        var repeated = 0
        for column in heading.columns.values {
            if let cell = row.cell(column.column), case .text(let text) = cell.value, text == column.text {
                repeated += 1
            }
        }
        if repeated >= 2 { return false }
        if filled.count == 1, case .text(let text) = first.value {
            if let merge = view.merge(row.index, first.column), merge.right - merge.left >= 2 { return false }
            if text.unicodeScalars.count > 12 || text.contains("：") || text.contains(":") { return false }
        }
        return true
    }
}
