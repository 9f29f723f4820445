/// A county's attendance over a calendar year, as far as the year's rules need it.
public struct YearAttendance: Sendable, Codable {
    /// Every person and date with an absence (脱岗) or withdrawal (抽调) mark in a row in force, half days included,
    /// by date, then person.
    public var absences: [AttendanceFact]
    /// Payable present half-days of the year per person, after every exclusion.
    public var presentHalfDays: [ResidentID: HalfDays]
    /// Marks that count as present on a date with a spot check, so that checks and marks can be joined.
    public var presentOnCheckedDates: [AttendanceFact]
    /// Whether any attendance sheet of the year was received.
    public var isReported: Bool

    public init(
        absences: [AttendanceFact] = [], presentHalfDays: [ResidentID: HalfDays] = [:],
        presentOnCheckedDates: [AttendanceFact] = [], isReported: Bool = false
    ) {
        self.absences = absences
        self.presentHalfDays = presentHalfDays
        self.presentOnCheckedDates = presentOnCheckedDates
        self.isReported = isReported
    }

    /// Adds what another month, or another part of one, says.
    public mutating func add(_ other: YearAttendance) {
        if other.isReported { isReported = true }
        presentHalfDays.merge(other.presentHalfDays) { $0 + $1 }
        absences += other.absences
        presentOnCheckedDates += other.presentOnCheckedDates
    }
}

/// On which halves of which days of a month somebody was marked present at a place.
public struct PresenceMask: Hashable, Sendable {
    /// HMAC of the ID: equal for equal numbers, and says nothing else.
    public var person: String
    public var period: Period
    /// Bit 0 is the first of the month.
    public var mornings: UInt32
    public var afternoons: UInt32
    /// County, township, village.
    public var place: String

    public init(person: String, period: Period, mornings: UInt32, afternoons: UInt32, place: String) {
        self.person = person
        self.period = period
        self.mornings = mornings
        self.afternoons = afternoons
        self.place = place
    }
}
