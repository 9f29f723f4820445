import Domain

extension AttendanceFact: Packable {
    public func pack(_ writer: inout PackWriter) {
        writer.write(person.text)
        writer.write(Int(date.dayNumber))
        writer.write(StatusCode.number(morning))
        writer.write(StatusCode.number(afternoon))
        writer.write(presentHalfDays.count)
        writer.write(source.file)
        writer.write(source.sheet)
        writer.write(source.address)
    }
    public init(_ reader: inout PackReader) throws(PackingError) {
        self.init(
            person: try reader.residentID(), date: try reader.date(),
            morning: try StatusCode.status(try reader.byte()), afternoon: try StatusCode.status(try reader.byte()),
            presentHalfDays: HalfDays(try reader.int()),
            source: SourceCell(
                file: try reader.string(), sheet: try reader.string(), address: try reader.value(CellAddress.self)))
    }
}

extension YearAttendance: Packable {
    public func pack(_ writer: inout PackWriter) {
        writer.write(isReported)
        writer.write(absences)
        writer.write(presentOnCheckedDates)
        writer.write(presentHalfDays.count)
        for (person, halfDays) in presentHalfDays.sorted(by: { $0.key < $1.key }) {
            writer.write(person.text)
            writer.write(halfDays.count)
        }
    }
    public init(_ reader: inout PackReader) throws(PackingError) {
        self.init()
        isReported = try reader.bool()
        absences = try reader.array(AttendanceFact.self)
        presentOnCheckedDates = try reader.array(AttendanceFact.self)
        for _ in 0..<max(0, try reader.int()) {
            let person = try reader.residentID()
            presentHalfDays[person] = HalfDays(try reader.int())
        }
    }
}
