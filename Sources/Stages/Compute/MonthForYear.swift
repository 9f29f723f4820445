import Domain
import Foundation
import Ledger
import Matching
import Rules

/// What a county's year reads of one of its months: made while the month is at hand, so that no year unpacks it again.
struct MonthForYear: Codable, Sendable {
    /// Whether anything of the month was sent.
    private var isReported = false
    private var presentHalfDays: [ResidentID: HalfDays] = [:]
    /// In the order of the rows.
    private var absences: [AttendanceFact] = []
    private var presentOnCheckedDates: [AttendanceFact] = []
    private var presence: [PresenceMask] = []

    private struct CheckedDate: Hashable {
        let person: ResidentID
        let date: CivilDate
    }

    /// - Parameter checks: spot checks, those of the month among them.
    init(_ month: MonthAttendance, checks: [SpotCheckRecord]) {
        isReported = !month.rows.isEmpty || !month.sentTownships.isEmpty
        let checked = Set(
            checks.filter { $0.date.period == month.period }.map { CheckedDate(person: $0.person, date: $0.date) })
        // Whom only another county's roster knows is the very person that may be in two places.
        for row in month.rows where !row.personID.isEmpty && !row.isLeftOut { add(row, month, checked) }
    }

    private mutating func add(_ row: RowOutcome, _ month: MonthAttendance, _ checked: Set<CheckedDate>) {
        var mornings: UInt32 = 0
        var afternoons: UInt32 = 0
        var present = HalfDays.zero
        for day in row.days {
            let bit = UInt32(1) << UInt32(day.date.day - 1)
            if day.morning == .present { mornings |= bit }
            if day.afternoon == .present { afternoons |= bit }
            guard let person = row.cadre else { continue }
            if !row.isHeld { present += day.counted }
            let isAbsence = [day.morning, day.afternoon].contains { $0 == .absent || $0 == .withdrawn }
            let isPresent = day.morning == .present || day.afternoon == .present
            guard
                isAbsence
                    || isPresent && !checked.isEmpty
                        && checked.contains(CheckedDate(person: person, date: day.date))
            else { continue }
            let fact = AttendanceFact(
                person: person, date: day.date, morning: day.morning, afternoon: day.afternoon,
                presentHalfDays: row.isHeld ? .zero : day.counted,
                source: SourceCell(file: row.file, sheet: row.sheet, address: day.cell))
            if isAbsence { absences.append(fact) } else { presentOnCheckedDates.append(fact) }
        }
        if let person = row.cadre, !row.isHeld {
            present += row.acceptedHalfDays ?? .zero
            if present > .zero { presentHalfDays[person, default: .zero] += present }
        }
        guard mornings | afternoons != 0 else { return }
        presence.append(
            PresenceMask(
                person: String(Fingerprint.of("zhucun presence", row.personID).prefix(20)), period: month.period,
                mornings: mornings, afternoons: afternoons,
                place: "\(month.county.text)/\(row.township)/\(row.village)"))
    }

    /// As the ledger keeps it.
    func packed() throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return try encoder.encode(self)
    }

    /// What is kept of a month; nil where there is none. A month that an earlier version matched is looked at again.
    static func kept(_ month: CountyMonth, _ records: CountyRecords, _ ledger: LedgerReader) throws -> MonthForYear? {
        if let data = try ledger.monthForYear(month) { return try JSONDecoder().decode(MonthForYear.self, from: data) }
        return try ledger.month(month).map { MonthForYear($0, checks: records.spotChecks) }
    }

    func add(to attendance: inout YearAttendance, _ presence: inout [PresenceMask]) {
        if isReported { attendance.isReported = true }
        attendance.presentHalfDays.merge(presentHalfDays) { $0 + $1 }
        attendance.absences += absences
        attendance.presentOnCheckedDates += presentOnCheckedDates
        presence += self.presence
    }
}
