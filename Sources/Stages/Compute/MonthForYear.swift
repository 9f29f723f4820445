import Codec
import Domain
import Ledger
import Matching
import Rules

/// What a county's year reads of one of its months: made while the month is at hand, so that no year unpacks it again.
struct MonthForYear: Packable, Sendable {
    /// In the order of the rows.
    private(set) var attendance = YearAttendance()

    private struct CheckedDate: Hashable {
        let person: ResidentID
        let date: CivilDate
    }

    /// - Parameter checks: spot checks, those of the month among them.
    init(_ month: MonthAttendance, checks: [SpotCheckRecord]) {
        attendance.isReported = !month.rows.isEmpty || !month.sentTownships.isEmpty
        let checked = Set(
            checks.filter { $0.date.period == month.period }.map { CheckedDate(person: $0.person, date: $0.date) })
        // Whom only another county's roster knows is the very person that may be in two places.
        for row in month.rows where !row.personID.isEmpty && !row.isLeftOut { add(row, month, checked) }
    }

    private mutating func add(_ row: RowOutcome, _ month: MonthAttendance, _ checked: Set<CheckedDate>) {
        var present = HalfDays.zero
        for day in row.days {
            guard let person = row.cadre else { continue }
            if !row.isHeld { present += MonthForYear.present(day) }
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
            if isAbsence { attendance.absences.append(fact) } else { attendance.presentOnCheckedDates.append(fact) }
        }
        if let person = row.cadre, !row.isHeld {
            present += row.acceptedHalfDays ?? .zero
            if present > .zero { attendance.presentHalfDays[person, default: .zero] += present }
        }
    }

    /// Who was there was there, though another county's batch pays the day. Source: spec §7 M10, present days.
    private static func present(_ day: DayOutcome) -> HalfDays {
        guard day.exclusion == .alreadyIssued else { return day.counted }
        return max(day.counted, HalfDays([day.morning, day.afternoon].count { $0 == .present }))
    }

    func pack(_ writer: inout PackWriter) {
        writer.write(attendance)
    }

    init(_ reader: inout PackReader) throws(PackingError) {
        attendance = try reader.value(YearAttendance.self)
    }

    /// What is kept of a month; nil where there is none. A month that an earlier version matched is looked at again.
    static func kept(_ month: CountyMonth, _ records: CountyRecords, _ ledger: LedgerReader) throws -> MonthForYear? {
        if let bytes = try ledger.monthForYear(month), let kept = try MonthForYear(marked: bytes) { return kept }
        return try ledger.month(month).map { MonthForYear($0, checks: records.spotChecks) }
    }
}
