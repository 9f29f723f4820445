import Domain

/// The days around an as-of date on which every ID of the registers is as much of age as on that date, and as many
/// decisions are dated by then.
///
/// On any of them the registers read the same. Source: spec §5.6, §11 («as-of only where a rule reads it»).
public struct RegisterAges: Hashable, Sendable {
    private let first: CivilDate
    private let last: CivilDate

    public init(_ sources: [RegisterSource], around asOf: CivilDate) {
        var first = CivilDate(1900, 1, 1)!
        var last = CivilDate(2999, 12, 31)!
        for row in sources.lazy.flatMap(\.rows) {
            if row.form == .decisions, let day = row.date(.date) {
                if day <= asOf { first = max(first, day) } else { last = min(last, day.adding(days: -1)) }
            }
            guard case .valid(let id) = ResidentID.read(row.text(.residentID) ?? "") else { continue }
            for day in [id.firstDayOfAge, id.firstDayTooOld] {
                if day <= asOf { first = max(first, day) } else { last = min(last, day.adding(days: -1)) }
            }
        }
        self.first = first
        self.last = last
    }

    /// As `text` gave it; nil where it is none.
    public init?(text: String) {
        let parts = text.split(separator: " ")
        guard parts.count == 2, let first = CivilDate(iso: String(parts[0])),
            let last = CivilDate(iso: String(parts[1]))
        else { return nil }
        self.first = first
        self.last = last
    }

    public var text: String { "\(first.iso) \(last.iso)" }

    public func contains(_ day: CivilDate) -> Bool { first <= day && day <= last }
}
