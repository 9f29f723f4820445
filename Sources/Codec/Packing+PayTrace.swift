import Domain

extension PayBasis: Packable {
    public func pack(_ writer: inout PackWriter) {
        writer.write(title)
        writer.write(value)
        writer.write(unit)
        writer.write(Int(from.dayNumber))
        writer.write(optional: to) { $0.write(Int($1.dayNumber)) }
        writer.write(source)
    }
    public init(_ reader: inout PackReader) throws(PackingError) {
        self.init(
            title: try reader.string(), value: try reader.string(), unit: try reader.string(),
            from: try reader.date(),
            to: try reader.optional { (reader) throws(PackingError) in try reader.date() },
            source: try reader.string())
    }
}

extension PayTrace.Span: Packable {
    public func pack(_ writer: inout PackWriter) {
        writer.write(firstDay)
        writer.write(bases)
    }
    public init(_ reader: inout PackReader) throws(PackingError) {
        self.init(firstDay: try reader.int(), bases: try reader.ints())
    }
}

extension PayTrace.Allowance: Packable {
    public func pack(_ writer: inout PackWriter) {
        writer.write(person.text)
        writer.write(title)
        writer.write(township)
        writer.write(village)
        writer.write(Int(days.start.dayNumber))
        writer.write(Int(days.end.dayNumber))
        writer.write(key)
        writer.write(optional: standard) { $0.write($1) }
        writer.write(optional: unitStandard) { $0.write($1) }
        writer.write(optional: topUp) { $0.write($1.amount) }
        writer.write(optional: amount) { $0.write($1.amount) }
    }
    public init(_ reader: inout PackReader) throws(PackingError) {
        let person = try reader.residentID()
        let title = try reader.string()
        let township = try reader.string()
        let village = try reader.string()
        let start = try reader.date()
        let end = try reader.date()
        guard let days = CivilDateRange(start, end) else { throw PackingError(what: "days of an allowance") }
        self.init(
            person: person, title: title, township: township, village: village, days: days,
            key: try reader.string(),
            standard: try reader.optional { (reader) throws(PackingError) in try reader.int() },
            unitStandard: try reader.optional { (reader) throws(PackingError) in try reader.int() },
            topUp: try reader.optional { (reader) throws(PackingError) in Fen(try reader.int()) },
            amount: try reader.optional { (reader) throws(PackingError) in Fen(try reader.int()) })
    }
}

extension PayTrace: Packable {
    public func pack(_ writer: inout PackWriter) {
        writer.write(bases)
        writer.write(spans)
        writer.write(allowances)
    }
    public init(_ reader: inout PackReader) throws(PackingError) {
        self.init(
            bases: try reader.array(PayBasis.self), spans: try reader.array(Span.self),
            allowances: try reader.array(Allowance.self))
    }
}
