import Domain

extension SourceCell: Packable {
    public func pack(_ writer: inout PackWriter) {
        writer.write(file)
        writer.write(sheet)
        writer.write(address)
    }
    public init(_ reader: inout PackReader) throws(PackingError) {
        self.init(
            file: try reader.string(), sheet: try reader.string(), address: try reader.value(CellAddress.self))
    }
}

extension RegisterEntry.Field: Packable {
    public func pack(_ writer: inout PackWriter) {
        writer.write(title)
        writer.write(text)
        writer.write(source)
    }
    public init(_ reader: inout PackReader) throws(PackingError) {
        self.init(
            title: try reader.string(), text: try reader.string(), source: try reader.value(SourceCell.self))
    }
}

extension RegisterEntry: Packable {
    public func pack(_ writer: inout PackWriter) {
        writer.write(kind)
        writer.write(key)
        writer.write(place)
        writer.write(optional: start) { $0.write(Int($1.dayNumber)) }
        writer.write(fields)
    }
    public init(_ reader: inout PackReader) throws(PackingError) {
        self.init(
            kind: try reader.raw(RegisterEntry.Kind.self), key: try reader.string(), place: try reader.string(),
            start: try reader.optional { (reader) throws(PackingError) in try reader.date() },
            fields: try reader.array(RegisterEntry.Field.self))
    }
}
