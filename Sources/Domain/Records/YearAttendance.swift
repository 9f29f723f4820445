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
}
