import Domain

/// What a county's sheets say of somebody in a year, for another county in which the person is posted. Source: §11.
public struct PersonYear: Hashable, Sendable, Codable {
    /// HMAC of the ID.
    public var person: String
    /// Half-days that count as present.
    public var presentHalfDays: Int
    /// Days with a mark of absence or withdrawal, ascending.
    public var absences: [CivilDate]
    /// The day on which the latest posting in force on as-of began; nil for whom the county does not count.
    public var countedFrom: CivilDate?

    public init(person: String, presentHalfDays: Int, absences: [CivilDate], countedFrom: CivilDate?) {
        self.person = person
        self.presentHalfDays = presentHalfDays
        self.absences = absences
        self.countedFrom = countedFrom
    }
}
