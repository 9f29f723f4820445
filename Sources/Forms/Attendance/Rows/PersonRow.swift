import Domain
import Tables

/// What layouts share: the person of a row, marks of a cell, stated figures, findings.
struct PersonRow {
    let input: BlockInput
    let columns: TableColumns

    private var view: SheetView { input.sheet.view }

    /// Digits enough to be meant as an ID number, valid or not.
    static func looksLikeID(_ text: String) -> Bool {
        text.unicodeScalars.reduce(0) { $0 + ($1.digit != nil || (0xFF10...0xFF19).contains($1.value) ? 1 : 0) } >= 12
    }

    /// A name and the ID number behind it in one cell: `王守成 632123…`, `王守成（632123…）`.
    static func withoutID(_ sent: SubmittedText) -> (name: SubmittedText, number: SubmittedText?) {
        let brackets: [Unicode.Scalar] = ["(", "（", ")", "）", ":", "："]
        func isBeside(_ scalar: Unicode.Scalar) -> Bool { TextFolding.isSpace(scalar) || brackets.contains(scalar) }
        guard sent.text.utf8.count > 18, looksLikeID(sent.text) else { return (sent, nil) }
        let scalars = Array(sent.text.unicodeScalars)
        guard let last = scalars.lastIndex(where: { !isBeside($0) }) else { return (sent, nil) }
        var first = last + 1
        while first > 0,
            scalars[first - 1].digit != nil || (first == last + 1 && "Xx".unicodeScalars.contains(scalars[last]))
        {
            first -= 1
        }
        guard let end = scalars[..<first].lastIndex(where: { !isBeside($0) }), [15, 18].contains(last + 1 - first),
            scalars[...end].allSatisfy({ $0.digit == nil })
        else { return (sent, nil) }
        func text(_ part: ArraySlice<Unicode.Scalar>) -> String { String(String.UnicodeScalarView(part)) }
        return (
            SubmittedText(text: text(scalars[...end]), cell: sent.cell),
            SubmittedText(text: text(scalars[first...last]), cell: sent.cell)
        )
    }

    /// What stands in a field's column in the first of the rows where something does.
    func field(_ field: FieldID, at rows: [Int]) -> SubmittedText? {
        guard let column = input.block.columns[field] else { return nil }
        for row in rows { if let text = view.text(row, column) { return text } }
        return nil
    }

    func finding(
        _ reason: FindingReason, _ name: String, cell: CellAddress, value: String = "", _ arguments: [String] = [],
        in period: Period? = nil
    )
        -> Finding
    {
        Finding(
            reason, period: period, file: input.file, sheet: view.grid.name, cell: cell,
            person: TextFolding.trimmed(name), value: value, arguments: arguments)
    }

    /// The person of some rows, without days.
    func start(_ name: SubmittedText, at rows: [Int], group: GridGroup? = nil) -> AttendanceRow {
        let sent = PersonRow.withoutID(name)
        let name = sent.name
        var person = AttendanceRow(
            name: name, residentID: field(.residentID, at: rows) ?? sent.number, county: field(.county, at: rows),
            township: field(.township, at: rows), village: field(.village, at: rows),
            sendingUnit: field(.sendingUnit, at: rows))
        if let text = person.residentID, RowShift.isMark(text.text) { complainOfShift(&person, text) }
        for text in [person.sendingUnit, person.township, person.village].compactMap({ $0 })
        where RowShift.isMark(text.text) || RowShift.isNumber(text.text) {
            complainOfShift(&person, text)
        }
        if let sub = group?.subHeading {
            if person.village == nil, let village = SubHeading.village(sub.text) {
                person.village = SubmittedText(text: village, cell: sub.cell)
            } else if person.township == nil, let township = PlaceText.township(in: sub.text) {
                person.township = SubmittedText(text: township, cell: sub.cell)
            }
        }
        for row in rows {
            if let column = input.block.columns[.residentID], view.row(row)?.cell(column)?.isUncachedFormula ?? false {
                let address = CellAddress(row: row, column: column)
                person.findings.append(finding(.uncachedFormula, name.text, cell: address))
            }
            if view.row(row)?.isHidden ?? false { hide(&person) }
        }
        return person
    }

    /// The leave ranges of a row, as sent.
    func leave(at row: Int) -> String { field(.leaveRanges, at: [row])?.text ?? "" }

    func hide(_ person: inout AttendanceRow) {
        guard !person.isHidden else { return }
        person.isHidden = true
        person.findings.append(finding(.rowHidden, person.name.text, cell: person.name.cell))
    }

    /// Marks without a name, or with one that is none: nobody is paid for them, and nobody is guessed.
    func complainOfName(_ person: inout AttendanceRow, _ name: SubmittedText) {
        let isUncached = view.row(name.cell.row)?.cell(name.cell.column)?.isUncachedFormula ?? false
        if isUncached {
            person.findings.append(finding(.uncachedName, name.text, cell: name.cell))
        } else {
            person.findings.append(finding(.unreadName, name.text, cell: name.cell, value: name.text, [name.text]))
        }
    }

    /// A row under a name that is neither half, place nor status.
    func complainOfLine(_ person: inout AttendanceRow, _ row: Int) {
        let column = columns.firstMark ?? input.block.columns[.name] ?? 0
        let cell = CellAddress(row: row, column: column)
        let value = view.text(row, column)?.text ?? ""
        person.findings.append(finding(.unreadLine, person.name.text, cell: cell, value: value, [person.name.text]))
    }

    /// What stands in a column where it cannot: the row's marks may all stand under other days than theirs.
    func complainOfShift(_ person: inout AttendanceRow, _ text: SubmittedText) {
        person.findings.append(
            finding(.rowShifted, person.name.text, cell: text.cell, value: text.text, [text.text]))
    }

    // MARK: One person's sheet

    private static func withoutColon(_ text: String) -> String {
        var key = TextFolding.key(text)
        while let last = key.last, ":：".contains(last) { key.removeLast() }
        return key
    }

    /// ID and places that labels above the table give its person.
    func describe(_ person: inout AttendanceRow) {
        func label(_ field: FieldID) -> SubmittedText? {
            guard let found = input.labels.last(where: { $0.field == field }), let cell = found.cell else { return nil }
            let isNumber = view.cell(cell.row, cell.column)?.cell.value.isNumber ?? false
            return SubmittedText(text: found.text, cell: cell, isNumber: isNumber)
        }
        person.residentID = person.residentID ?? label(.residentID)
    }

    /// Whether a row under the headings of one person's sheet is no day: a figure with its label, a note, a signature.
    ///
    /// Figures are read into the person's, notes claimed.
    func isBesideTheDays(_ row: CellRow, _ reading: inout PersonReading) -> Bool {
        let claims = input.sheet.claims
        let filled = row.cells.filter {
            $0.isFilled && input.block.range.contains($0.column) && claims.role(row.index, $0.column) != .legend
        }
        guard let first = filled.first else { return true }
        guard case .text(let text) = first.value else { return false }
        if RowNoise.isSignature(text) || LegendGrammar.body(of: text) != nil {
            for cell in filled {
                if case .text(let text) = cell.value, LegendGrammar.explainsMarks(text) { continue }
                claims.claim(row.index, cell.column, .noise)
            }
            return true
        }
        // 出勤 √ √ …: a line of marks, not a figure.
        let isLine =
            LineWord.read(text) != nil
            && (filled.count > 3
                || filled.count > 1 && DayCountText.read(filled[1].value) == nil && !filled[1].isUncachedFormula)
        if isLine { return false }
        let meaning = FigureMeaning.read(PersonRow.withoutColon(text)) ?? (RowNoise.isTotal(text) ? .sum : nil)
        guard var meaning else { return false }
        var label = SubmittedText(text: text, cell: CellAddress(row: row.index, column: first.column))
        for cell in filled.dropFirst() {
            let address = CellAddress(row: row.index, column: cell.column)
            if case .text(let text) = cell.value, let other = FigureMeaning.read(text) {
                (meaning, label) = (other, SubmittedText(text: text, cell: address))
                claims.claim(address, .heading)
                continue
            }
            guard DayCountText.read(cell.value) != nil || cell.isUncachedFormula else { continue }
            reading.figures.append(
                FigureReading(
                    line: FigureLine(index: row.index, meaning: meaning, heading: label), cell: cell, at: address))
            claims.claim(address, .total)
        }
        claims.claim(row.index, first.column, .heading)
        return true
    }

    // MARK: Figures

    /// Every figure that the rows state, merged cells looked at.
    func figures(at rows: [Int]) -> [FigureReading] {
        input.block.figures.compactMap { line in
            for row in rows {
                guard let (cell, address) = view.cell(row, line.index) else { continue }
                return FigureReading(line: line, cell: cell, at: address)
            }
            return nil
        }
    }

    // MARK: Marks

    /// One finding for a mark that could not be read.
    func complain(
        _ problem: MarkReading.Problem?, _ text: String, at address: CellAddress, person: inout AttendanceRow,
        in period: Period? = nil
    ) {
        guard let problem else { return }
        let reason: FindingReason =
            switch problem {
            case .unknown: .unknownMark
            case .error: .unknownMarkError
            case .uncached: .uncachedFormula
            case .contradicted: .legendConflictMark
            }
        // A mark merged over several days is one mistake.
        if person.findings.last?.cell == address, person.findings.last?.reason == reason { return }
        let value = problem == .uncached ? "" : text
        person.findings.append(
            finding(
                reason, person.name.text, cell: address, value: value, problem == .uncached ? [] : [value], in: period))
    }

    /// Puts the mark of a whole-day cell, or of one half's, at that date.
    func add(
        _ mark: MarkReading, _ cell: Cell?, at address: CellAddress, date: CivilDate, reading: inout PersonReading
    ) {
        let text = cell?.value.display ?? ""
        reading.row.days.append(
            DayMark(
                date: date, morning: mark.morning, afternoon: mark.afternoon, text: text, cell: address,
                isUnnamedHalf: mark.isUnnamedHalf))
        if mark.problem != nil {
            complain(mark.problem, text, at: address, person: &reading.row, in: date.period)
        }
    }

    /// Puts two half-day cells at that date.
    func add(
        morning: MarkReading, _ first: (cell: Cell?, address: CellAddress), afternoon: MarkReading,
        _ second: (cell: Cell?, address: CellAddress), date: CivilDate, reading: inout PersonReading
    ) {
        let texts = (first.cell?.value.display ?? "", second.cell?.value.display ?? "")
        reading.row.days.append(
            DayMark(
                date: date, morning: morning.morning, afternoon: afternoon.morning,
                text: texts.0.isEmpty && texts.1.isEmpty ? "" : texts.0 + "/" + texts.1, cell: first.address,
                afternoonCell: second.address))
        complain(morning.problem, texts.0, at: first.address, person: &reading.row, in: date.period)
        // The same unknown mark in both halves of a day is one finding.
        if afternoon.problem != morning.problem || texts.0 != texts.1 {
            complain(afternoon.problem, texts.1, at: second.address, person: &reading.row, in: date.period)
        }
    }

    /// A mark on a date that the month does not have.
    func impossible(
        _ text: String, day: String, in period: Period, at address: CellAddress, person: inout AttendanceRow
    ) {
        guard !text.isEmpty else { return }
        person.findings.append(
            finding(
                .impossibleDay, person.name.text, cell: address, value: text, [period.chinese, day, text], in: period))
    }
}

extension FigureReading {
    init(line: FigureLine, cell: Cell, at address: CellAddress) {
        self.line = line
        self.cell = address
        text = cell.value.display
        isUncached = cell.isUncachedFormula
        halfDays = cell.isUncachedFormula ? nil : DayCountText.read(cell.value)
    }

    /// As the worked figure of a row.
    var total: StatedTotal { StatedTotal(halfDays: halfDays, text: text, cell: cell, isUncached: isUncached) }
}

/// 出勤天数 as people write it.
enum DayCountText {
    /// Whole or half days from `22`, `18.5天`, `２０`; nil for anything else.
    static func read(_ value: CellValue) -> HalfDays? {
        switch value {
        case .number(let number): return halves(number)
        case .text(let text):
            var key = TextFolding.key(text)
            for unit in ["天半"] where key.hasSuffix(unit) { key = String(key.dropLast(2)) + ".5" }
            for unit in ["天", "日"] where key.hasSuffix(unit) { key = String(key.dropLast()) }
            guard !key.isEmpty, key.utf8.allSatisfy({ $0 == 46 || (48...57).contains($0) }), let number = Double(key)
            else {
                return chinese(key)
            }
            return halves(number)
        default: return nil
        }
    }

    /// 二十一; nil for anything else.
    private static func chinese(_ key: String) -> HalfDays? {
        guard key.utf8.count <= 9, key.unicodeScalars.allSatisfy({ $0.chineseDigit != nil || $0 == "十" }),
            case .number(let number, _, true)? = NumberScan.tokens(key).first
        else { return nil }
        return halves(Double(number))
    }

    private static func halves(_ number: Double) -> HalfDays? {
        let doubled = number * 2
        guard doubled == doubled.rounded(), (0...1_000).contains(doubled) else { return nil }
        return HalfDays(Int(doubled))
    }
}
