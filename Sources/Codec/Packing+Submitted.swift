import Domain

extension CellAddress: Packable {
    public func pack(_ writer: inout PackWriter) {
        writer.write(row)
        writer.write(column)
    }
    public init(_ reader: inout PackReader) throws(PackingError) {
        self.init(row: try reader.int(), column: try reader.int())
    }
}

extension SubmittedText: Packable {
    public func pack(_ writer: inout PackWriter) {
        writer.write(text)
        writer.write(cell)
        writer.write(isNumber)
    }
    public init(_ reader: inout PackReader) throws(PackingError) {
        self.init(text: try reader.string(), cell: try reader.value(CellAddress.self), isNumber: try reader.bool())
    }
}

// A day on its own: as an earlier version kept them, and as rows of very many days do.
extension DayMark: Packable {
    public func pack(_ writer: inout PackWriter) {
        writer.write(Int(date.dayNumber))
        writer.write(StatusCode.number(morning))
        writer.write(StatusCode.number(afternoon))
        writer.write(text)
        writer.write(cell)
        writer.write(optional: afternoonCell) { $0.write($1) }
        writer.write(isUnnamedHalf)
    }
    public init(_ reader: inout PackReader) throws(PackingError) {
        self.init(
            date: try reader.date(),
            morning: try StatusCode.status(try reader.byte()),
            afternoon: try StatusCode.status(try reader.byte()), text: try reader.string(),
            cell: try reader.value(CellAddress.self),
            afternoonCell: try reader.optional { (reader) throws(PackingError) in try CellAddress(&reader) },
            isUnnamedHalf: try reader.bool())
    }
}

extension StatedTotal: Packable {
    public func pack(_ writer: inout PackWriter) {
        writer.write(optional: halfDays) { $0.write($1.count) }
        writer.write(text)
        writer.write(cell)
        writer.write(isUncached)
        writer.write(presentBeyond.count)
        writer.write(stationedBeyond.count)
    }
    public init(_ reader: inout PackReader) throws(PackingError) {
        self.init(
            halfDays: try reader.optional { (reader) throws(PackingError) in HalfDays(try reader.int()) },
            text: try reader.string(), cell: try reader.value(CellAddress.self), isUncached: try reader.bool(),
            presentBeyond: HalfDays(try reader.int()), stationedBeyond: HalfDays(try reader.int()))
    }
}

extension ContextText: Packable {
    public func pack(_ writer: inout PackWriter) {
        writer.write(kind)
        writer.write(optional: field) { $0.write($1.name) }
        writer.write(text)
        writer.write(optional: cell) { $0.write($1) }
    }
    public init(_ reader: inout PackReader) throws(PackingError) {
        self.init(
            kind: try reader.raw(ContextText.Kind.self),
            field: try reader.optional { (reader) throws(PackingError) in FieldID(try reader.string()) },
            text: try reader.string(),
            cell: try reader.optional { (reader) throws(PackingError) in try CellAddress(&reader) })
    }
}

extension Finding: Packable {
    public func pack(_ writer: inout PackWriter) {
        writer.write(reason)
        writer.write(optional: period) { $0.write($1.ordinal) }
        writer.write(optional: county) { $0.write($1.text) }
        writer.write(township)
        writer.write(file)
        writer.write(sheet)
        writer.write(optional: cell) { $0.write($1) }
        writer.write(person)
        writer.write(personID)
        writer.write(value)
        writer.write(arguments)
    }
    public init(_ reader: inout PackReader) throws(PackingError) {
        self.init(
            try reader.raw(FindingReason.self),
            period: try reader.optional { (reader) throws(PackingError) in Period(ordinal: try reader.int()) },
            county: try reader.optional { (reader) throws(PackingError) in try CountyCode(&reader) },
            township: try reader.string(), file: try reader.string(), sheet: try reader.string(),
            cell: try reader.optional { (reader) throws(PackingError) in try CellAddress(&reader) },
            person: try reader.string(), personID: try reader.string(), value: try reader.string(),
            arguments: try reader.stringArray())
    }
}

extension CountyCode: Packable {
    public func pack(_ writer: inout PackWriter) { writer.write(text) }
    public init(_ reader: inout PackReader) throws(PackingError) {
        let text = try reader.string()
        guard let code = CountyCode(text) else { throw PackingError(what: "county code") }
        self = code
    }
}

extension AttendanceRow: Packable {
    public func pack(_ writer: inout PackWriter) {
        writer.write(name)
        for text in [residentID, county, township, village, sendingUnit] {
            writer.write(optional: text) { $0.write($1) }
        }
        writer.write(isHidden)
        writer.write(columns: days)
        // 1: a figure, 2: leave ranges; an earlier version wrote the figure alone.
        writer.write(UInt8((total == nil ? 0 : 1) + (leave.isEmpty ? 0 : 2)))
        if let total { writer.write(total) }
        if !leave.isEmpty { writer.write(leave) }
        writer.write(findings)
    }
    public init(_ reader: inout PackReader) throws(PackingError) {
        let name = try reader.value(SubmittedText.self)
        var texts: [SubmittedText?] = []
        for _ in 0..<5 {
            texts.append(try reader.optional { (reader) throws(PackingError) in try SubmittedText(&reader) })
        }
        let isHidden = try reader.bool()
        let days = try reader.dayMarks()
        let parts = try reader.byte()
        guard parts < 4 else { throw PackingError(what: "parts of a row") }
        self.init(
            name: name, residentID: texts[0], county: texts[1], township: texts[2], village: texts[3],
            sendingUnit: texts[4], isHidden: isHidden, days: days,
            total: parts & 1 == 1 ? try reader.value(StatedTotal.self) : nil,
            leave: parts & 2 == 2 ? try reader.string() : "", findings: try reader.array(Finding.self))
    }
}

extension BlockScope: Packable {
    public func pack(_ writer: inout PackWriter) {
        writer.write(firstDay)
        writer.write(lastDay)
        writer.write(optional: roleAlone) { $0.write($1) }
        writer.write(isSupplement)
    }
    public init(_ reader: inout PackReader) throws(PackingError) {
        self.init(
            firstDay: try reader.int(), lastDay: try reader.int(),
            roleAlone: try reader.optional { (reader) throws(PackingError) in try reader.raw(PostingRole.self) },
            isSupplement: try reader.bool())
    }
}

extension AttendanceBlock: Packable {
    public func pack(_ writer: inout PackWriter) {
        writer.write(sheet)
        writer.write(index)
        writer.write(layout)
        writer.write(period.ordinal)
        writer.write(context)
        writer.write(rows)
        writer.write(findings)
        writer.write(scope)
    }
    public init(_ reader: inout PackReader) throws(PackingError) {
        self.init(
            sheet: try reader.string(), index: try reader.int(), layout: try reader.raw(AttendanceLayoutID.self),
            period: Period(ordinal: try reader.int()), context: try reader.array(ContextText.self),
            rows: try reader.array(AttendanceRow.self), findings: try reader.array(Finding.self),
            scope: try reader.value(BlockScope.self))
    }
}

extension SubmittedField: Packable {
    public func pack(_ writer: inout PackWriter) {
        switch value {
        case .text(let text):
            writer.write(UInt8(0))
            writer.write(text)
        case .date(let date):
            writer.write(UInt8(1))
            writer.write(Int(date.dayNumber))
        case .amount(let amount):
            writer.write(UInt8(2))
            writer.write(amount.amount)
        case .count(let count):
            writer.write(UInt8(3))
            writer.write(count)
        case .flag(let flag):
            writer.write(UInt8(4))
            writer.write(flag)
        case .choice(let choice):
            writer.write(UInt8(5))
            writer.write(choice)
        case .cleared: writer.write(UInt8(6))
        }
        writer.write(cell)
        writer.write(asSent)
        writer.write(isNumber)
    }
    public init(_ reader: inout PackReader) throws(PackingError) {
        let value: FieldValue =
            switch try reader.byte() {
            case 0: .text(try reader.string())
            case 1: .date(try reader.date())
            case 2: .amount(Fen(try reader.int()))
            case 3: .count(try reader.int())
            case 4: .flag(try reader.bool())
            case 5: .choice(try reader.string())
            case 6: .cleared
            default: throw PackingError(what: "field value")
            }
        self.init(
            value: value, cell: try reader.value(CellAddress.self), asSent: try reader.string(),
            isNumber: try reader.bool())
    }
}

extension FormRow: Packable {
    public func pack(_ writer: inout PackWriter) {
        writer.write(form)
        writer.write(sheet)
        writer.write(cell)
        writer.write(fields.count)
        for (field, value) in fields {
            writer.write(field.name)
            writer.write(value)
        }
        writer.write(context)
        writer.write(isHeld)
        writer.write(findings)
        // Rows of ledgers of before `lacking` go on being read: a count below zero says that its fields follow.
        writer.write(lacking.isEmpty ? blankCells.count : -1 - blankCells.count)
        for (field, cell) in blankCells {
            writer.write(field.name)
            writer.write(cell)
        }
        guard !lacking.isEmpty else { return }
        writer.write(lacking.count)
        for field in lacking { writer.write(field.name) }
    }
    public init(_ reader: inout PackReader) throws(PackingError) {
        let form = try reader.raw(FormID.self)
        let sheet = try reader.string()
        let cell = try reader.value(CellAddress.self)
        let fieldCount = max(0, try reader.int())
        // A count is only as good as the bytes behind it.
        var fields = FieldMap<SubmittedField>(minimumCapacity: min(fieldCount, 64))
        for _ in 0..<fieldCount {
            let name = FieldID(try reader.string())
            fields[name] = try reader.value(SubmittedField.self)
        }
        let context = try reader.array(ContextText.self)
        let isHeld = try reader.bool()
        let findings = try reader.array(Finding.self)
        var blank = FieldMap<CellAddress>()
        let count = try reader.int()
        for _ in 0..<(count < 0 ? -1 - count : count) {
            let name = FieldID(try reader.string())
            blank[name] = try reader.value(CellAddress.self)
        }
        self.init(
            form: form, sheet: sheet, cell: cell, fields: fields, context: context, isHeld: isHeld,
            findings: findings, blankCells: blank)
        guard count < 0 else { return }
        for _ in 0..<max(0, try reader.int()) { lacking.append(FieldID(try reader.string())) }
    }
}
