import Domain
import Tables

/// What layouts share: the person of a row, marks of a cell, stated totals.
struct PersonRow {
    let input: BlockInput

    private var view: SheetView { input.sheet.view }

    /// Whether a row names a person: not a subtotal, note, signature, repeated heading.
    func name(at row: Int) -> SubmittedText? {
        guard let column = input.block.columns[.name], let name = view.text(row, column) else { return nil }
        let text = name.text
        let hasID =
            input.block.columns[.residentID].flatMap { view.text(row, $0) }.map { PersonRow.looksLikeID($0.text) }
            ?? false
        if RowNoise.isTotal(text) && !hasID { return nil }
        if name.isNumber && !hasID { return nil }
        if let first = view.row(row)?.firstFilled, first.column != column, case .text(let opening) = first.value {
            if RowNoise.isTotal(opening) && !hasID { return nil }
            if first.column < column, RowNoise.isSignature(opening) || MarkLegend.body(of: opening) != nil {
                return nil
            }
        }
        if !hasID, RowNoise.isSignature(text) || MarkLegend.body(of: text) != nil { return nil }
        if !hasID, let merge = view.merge(row, column), merge.right - merge.left >= 2 { return nil }
        if !hasID, isSentence(text, row: row, column: column) { return nil }
        // A village alone in its row heads the rows below it.
        if !hasID, view.row(row)?.filled.count == 1, PlaceText.isPlace(text) { return nil }
        if let hit = input.sheet.form.hit(text), input.sheet.form.definition.fields[hit.field].field == .name {
            return nil
        }
        return name
    }

    /// Digits enough to be meant as an ID number, valid or not.
    static func looksLikeID(_ text: String) -> Bool {
        text.unicodeScalars.reduce(0) { $0 + ($1.digit != nil || (0xFF10...0xFF19).contains($1.value) ? 1 : 0) } >= 12
    }

    /// A long text alone in its row is a note, not a name.
    private func isSentence(_ text: String, row: Int, column: Int) -> Bool {
        let key = TextFolding.key(text)
        if let first = key.unicodeScalars.first, first.digit != nil {
            // «2.△请假», «3、本表一式两份»: a numbered line of notes.
            return view.row(row)?.filled.count ?? 0 <= 1
        }
        guard key.count > 8, !text.unicodeScalars.contains("·"), !text.unicodeScalars.contains("•") else {
            return false
        }
        let others = view.row(row)?.filled.filter { $0.column != column }.count ?? 0
        return others == 0 || key.count > 30
    }

    func field(_ field: FieldID, at row: Int) -> SubmittedText? {
        input.block.columns[field].flatMap { view.text(row, $0) }
    }

    func finding(
        _ reason: FindingReason, _ name: String, cell: CellAddress, value: String = "", _ arguments: [String] = []
    )
        -> Finding
    {
        Finding(
            reason, period: input.period, file: input.file, sheet: view.grid.name, cell: cell,
            person: TextFolding.trimmed(name), value: value, arguments: arguments)
    }

    /// The person of a row, without days.
    func start(_ name: SubmittedText, at row: Int) -> AttendanceRow {
        var person = AttendanceRow(
            name: name, residentID: field(.residentID, at: row), county: field(.county, at: row),
            township: field(.township, at: row), village: field(.village, at: row),
            sendingUnit: field(.sendingUnit, at: row))
        if let column = input.block.columns[.residentID], let cell = view.row(row)?.cell(column), cell.isUncachedFormula
        {
            let address = CellAddress(row: row, column: column)
            person.findings.append(finding(.uncachedFormula, name.text, cell: address))
        }
        if view.row(row)?.isHidden ?? false { hide(&person) }
        person.total = total(at: row, person: &person)
        return person
    }

    func hide(_ person: inout AttendanceRow) {
        guard !person.isHidden else { return }
        person.isHidden = true
        person.findings.append(finding(.rowHidden, person.name.text, cell: person.name.cell))
    }

    private func total(at row: Int, person: inout AttendanceRow) -> StatedTotal? {
        guard let column = input.block.columns[.attendanceDays], let (cell, address) = view.cell(row, column) else {
            return nil
        }
        if cell.isUncachedFormula {
            let reason: FindingReason = input.block.layout.id.hasDailyMarks ? .uncachedTotal : .uncachedFormula
            person.findings.append(finding(reason, person.name.text, cell: address))
            return StatedTotal(halfDays: nil, text: "", cell: address, isUncached: true)
        }
        return StatedTotal(halfDays: DayCountText.read(cell.value), text: cell.value.display, cell: address)
    }

    /// One finding for a mark that could not be read.
    func complain(_ problem: MarkReading.Problem?, _ text: String, at address: CellAddress, person: inout AttendanceRow)
    {
        guard let problem else { return }
        let reason: FindingReason =
            switch problem {
            case .unknown: .unknownMark
            case .error: .unknownMarkError
            case .uncached: .uncachedFormula
            }
        // A mark merged over several days is one mistake.
        if person.findings.last?.cell == address, person.findings.last?.reason == reason { return }
        let value = problem == .uncached ? "" : text
        person.findings.append(
            finding(reason, person.name.text, cell: address, value: value, problem == .uncached ? [] : [value]))
    }

    /// Puts the mark of a whole-day cell, or of one half's, at that date.
    func add(
        _ reading: MarkReading, _ cell: Cell?, at address: CellAddress, date: CivilDate, person: inout AttendanceRow
    ) {
        let text = cell?.value.display ?? ""
        person.days.append(
            DayMark(
                date: date, morning: reading.morning, afternoon: reading.afternoon, text: text, cell: address,
                isUnnamedHalf: reading.isUnnamedHalf))
        complain(reading.problem, text, at: address, person: &person)
    }

    /// Puts two half-day cells at that date.
    func add(
        morning: MarkReading, _ first: (cell: Cell?, address: CellAddress), afternoon: MarkReading,
        _ second: (cell: Cell?, address: CellAddress), date: CivilDate, person: inout AttendanceRow
    ) {
        let texts = (first.cell?.value.display ?? "", second.cell?.value.display ?? "")
        person.days.append(
            DayMark(
                date: date, morning: morning.morning, afternoon: afternoon.morning,
                text: texts.0.isEmpty && texts.1.isEmpty ? "" : texts.0 + "/" + texts.1, cell: first.address,
                afternoonCell: second.address))
        complain(morning.problem, texts.0, at: first.address, person: &person)
        // The same unknown mark in both halves of a day is one finding.
        if afternoon.problem != morning.problem || texts.0 != texts.1 {
            complain(afternoon.problem, texts.1, at: second.address, person: &person)
        }
    }

    /// A mark on a date that the month does not have.
    func impossible(_ text: String, day: String, at address: CellAddress, person: inout AttendanceRow) {
        guard !text.isEmpty else { return }
        person.findings.append(
            finding(.impossibleDay, person.name.text, cell: address, value: text, [input.period.chinese, day, text]))
    }
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
                return nil
            }
            return halves(number)
        default: return nil
        }
    }

    private static func halves(_ number: Double) -> HalfDays? {
        let doubled = number * 2
        guard doubled == doubled.rounded(), (0...200).contains(doubled) else { return nil }
        return HalfDays(Int(doubled))
    }
}
