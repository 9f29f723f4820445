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
        // What an earlier version kept has 0 or 1 here.
        let standings = PresenceClaim.standings
        writer.write(unpostedIn == nil ? UInt8(0) : UInt8(1 + (standings.firstIndex(of: standing) ?? 0)))
        if let unpostedIn { writer.write(unpostedIn) }
    }
    public init(_ reader: inout PackReader) throws(PackingError) {
        self.init(
            personID: try reader.string(), date: try reader.date(),
            morning: try reader.bool(), afternoon: try reader.bool(), isUnnamedHalf: try reader.bool(),
            place: try reader.string(),
            total: try reader.optional { (reader) throws(PackingError) in HalfDays(try reader.int()) },
            countyName: try reader.optional { (reader) throws(PackingError) in try reader.string() })
        let number = Int(try reader.byte())
        guard number > 0 else { return }
        guard number <= PresenceClaim.standings.count else { throw PackingError(what: "standing \(number)") }
        standing = PresenceClaim.standings[number - 1]
        unpostedIn = try reader.string()
    }

    /// Their order is what is kept: a new one goes to the end.
    private static let standings: [UnpostedStanding?] = [nil, .decided, .waits, .leftOut]
}
