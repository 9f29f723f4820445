import Domain

/// What a county's year needs of other counties' years: plain inputs, gathered by whoever has several counties.
///
/// Source: spec §5.3 («who is posted in two counties is counted once, where the latest posting is»), §7 M6, M8, M10.
public struct YearElsewhere: Hashable, Sendable {
    /// Absences and withdrawals of the county's own cadres in the sheets of other counties.
    public var absences: [AttendanceFact]
    /// Payable present half-days of the county's own cadres in the sheets of other counties.
    public var presentHalfDays: [ResidentID: HalfDays]
    /// How the county's sending units stand in all other counties together, by the unit's key.
    public var units: [String: UnitStanding]

    public init(
        absences: [AttendanceFact] = [], presentHalfDays: [ResidentID: HalfDays] = [:],
        units: [String: UnitStanding] = [:]
    ) {
        self.absences = absences
        self.presentHalfDays = presentHalfDays
        self.units = units
    }

    /// Nothing is known of other counties, or there are none.
    public static let nothing = YearElsewhere()
}
