import Domain
import Matching

extension PresenceClaim: Packable {
    public func pack(_ writer: inout PackWriter) {
        writer.write(personID)
        writer.write(Int(date.dayNumber))
        writer.write(morning)
        writer.write(afternoon)
        writer.write(isUnnamedHalf)
        writer.write(place)
        writer.write(optional: total) { $0.write($1.count) }
        writer.write(optional: countyName) { $0.write($1) }
        writer.write(optional: unpostedIn) { $0.write($1) }
    }
    public init(_ reader: inout PackReader) throws(PackingError) {
        self.init(
            personID: try reader.string(), date: CivilDate(dayNumber: Int32(truncatingIfNeeded: try reader.int())),
            morning: try reader.bool(), afternoon: try reader.bool(), isUnnamedHalf: try reader.bool(),
            place: try reader.string(),
            total: try reader.optional { (reader) throws(PackingError) in HalfDays(try reader.int()) },
            countyName: try reader.optional { (reader) throws(PackingError) in try reader.string() })
        unpostedIn = try reader.optional { (reader) throws(PackingError) in try reader.string() }
    }
}
