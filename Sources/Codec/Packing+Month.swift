import Domain
import Matching

// A day on its own: as an earlier version kept them, and as rows of very many days do.
extension DayOutcome: Packable {
    public func pack(_ writer: inout PackWriter) {
        writer.write(Int(date.dayNumber))
        writer.write(StatusCode.number(morning))
        writer.write(StatusCode.number(afternoon))
        writer.write(text)
        writer.write(cell)
        writer.write(optional: afternoonCell) { $0.write($1) }
        writer.write(counted.count)
        writer.write(township)
        writer.write(village)
        writer.write(optional: exclusion) { $0.write($1) }
    }
    public init(_ reader: inout PackReader) throws(PackingError) {
        self.init(
            date: try reader.date(),
            morning: try StatusCode.status(try reader.byte()),
            afternoon: try StatusCode.status(try reader.byte()), text: try reader.string(),
            cell: try reader.value(CellAddress.self),
            afternoonCell: try reader.optional { (reader) throws(PackingError) in try CellAddress(&reader) },
            counted: HalfDays(try reader.int()), township: try reader.string(), village: try reader.string(),
            exclusion: try reader.optional { (reader) throws(PackingError) in try reader.raw(FindingCode.self) })
    }
}

extension RowOutcome: Packable {
    public func pack(_ writer: inout PackWriter) {
        writer.write(file)
        writer.write(sheet)
        writer.write(layout)
        writer.write(nameCell)
        writer.write(nameAsSent)
        writer.write(optional: cadre) { $0.write($1.text) }
        writer.write(personID)
        writer.write(sendingUnit)
        writer.write(township)
        writer.write(village)
        writer.write(heldCodes.map(\.rawValue))
        writer.write(optional: pendingHalfDays) { $0.write($1.count) }
        writer.write(optional: contradictionGroup) { $0.write($1) }
        writer.write(accepted: acceptedHalfDays, on: acceptedHalves)
        writer.write(columns: days)
    }
    public init(_ reader: inout PackReader) throws(PackingError) {
        self.init(
            file: try reader.string(), sheet: try reader.string(), layout: try reader.raw(AttendanceLayoutID.self),
            nameCell: try reader.value(CellAddress.self), nameAsSent: try reader.string(),
            cadre: try reader.optional { (reader) throws(PackingError) in try reader.residentID() },
            personID: try reader.string(), sendingUnit: try reader.string(), township: try reader.string(),
            village: try reader.string(),
            heldCodes: try reader.codes(),
            pendingHalfDays: try reader.optional { (reader) throws(PackingError) in HalfDays(try reader.int()) },
            contradictionGroup: try reader.optional { (reader) throws(PackingError) in try reader.int() },
            acceptedHalfDays: nil, days: [])
        (acceptedHalfDays, acceptedHalves) = try reader.accepted()
        days = try reader.dayOutcomes()
    }
}

// A stated total that counts: 0 none, 1 so many half-days, 2 so many on these halves. Earlier versions know 0 and 1.
extension PackWriter {
    fileprivate mutating func write(accepted total: HalfDays?, on halves: IssuedHalves?) {
        write(UInt8(total == nil ? 0 : halves == nil ? 1 : 2))
        guard let total else { return }
        write(total.count)
        guard let halves else { return }
        for mask in [halves.mornings, halves.afternoons, halves.unnamed] { write(Int(mask)) }
    }
}

extension PackReader {
    fileprivate mutating func accepted() throws(PackingError) -> (HalfDays?, IssuedHalves?) {
        let kind = try byte()
        guard kind <= 2 else { throw PackingError(what: "accepted total") }
        guard kind > 0 else { return (nil, nil) }
        let total = HalfDays(try int())
        guard kind == 2 else { return (total, nil) }
        let halves = IssuedHalves(mornings: try mask(), afternoons: try mask(), unnamed: try mask())
        return (total, halves)
    }

    /// A bit a day of a month.
    private mutating func mask() throws(PackingError) -> UInt32 {
        guard let mask = UInt32(exactly: try int()) else { throw PackingError(what: "days of a month") }
        return mask
    }
}

extension PackReader {
    /// A day, kept as the number of its day.
    mutating func date() throws(PackingError) -> CivilDate {
        CivilDate(dayNumber: Int32(truncatingIfNeeded: try int()))
    }

    /// - Throws: where the text is no valid ID: the bytes are damaged.
    public mutating func residentID() throws(PackingError) -> ResidentID {
        guard let id = ResidentID(try string()) else { throw PackingError(what: "ID number") }
        return id
    }

    mutating func codes() throws(PackingError) -> [FindingCode] {
        var codes: [FindingCode] = []
        for text in try stringArray() {
            guard let code = FindingCode(rawValue: text) else { throw PackingError(what: "finding code") }
            codes.append(code)
        }
        return codes
    }
}

extension MonthAttendance: Packable {
    // Findings come before the rows: reports want them alone, and the rows are nearly all of a month.
    public func pack(_ writer: inout PackWriter) {
        writer.write(county)
        writer.write(period.ordinal)
        writer.write(supersededRowCount)
        writer.write(sentTownships)
        writer.write(findings)
        writer.write(rows)
    }
    public init(_ reader: inout PackReader) throws(PackingError) {
        let county = try reader.value(CountyCode.self)
        let period = Period(ordinal: try reader.int())
        let superseded = try reader.int()
        let townships = try reader.stringArray()
        let findings = try reader.array(Finding.self)
        self.init(
            county: county, period: period, rows: try reader.array(RowOutcome.self), supersededRowCount: superseded,
            sentTownships: townships, findings: findings)
    }

    /// The findings of a packed month, its rows left unread.
    public static func findings(packed bytes: [UInt8]) throws(PackingError) -> [Finding] {
        var reader = try PackReader(bytes)
        _ = try reader.value(CountyCode.self)
        _ = try reader.int()
        _ = try reader.int()
        _ = try reader.stringArray()
        return try reader.array(Finding.self)
    }
}
