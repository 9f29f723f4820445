import Domain
import Matching
import Rules

/// A day of a row that another county's batch issued: excluded, and settled between the counties. Source: spec §8.
struct ElsewhereDay {
    let batch: String
    let date: CivilDate
    let township: String
    let village: String
    /// Days left unpaid for it, as they would be paid.
    let halfDays: HalfDays
    /// Halves of it that are left unpaid, 1…2.
    let halves: HalfDays
    /// The halves that are claimed.
    let claim: IssuedHalves

    /// By person, in the order of rows and days; rows that are held claim no pay.
    static func all(_ attendance: MonthAttendance, _ policy: Policy) -> [ResidentID: [ElsewhereDay]] {
        guard attendance.findings.contains(where: { $0.code == .alreadyIssued }) else { return [:] }
        struct Place: Hashable {
            let file: String
            let sheet: String
            let cell: CellAddress
        }
        var batches: [Place: String] = [:]
        // Days on another county's sheet have no cell here: their person and date tell them.
        var visitors: [[String]: String] = [:]
        for finding in attendance.findings where finding.code == .alreadyIssued {
            guard finding.arguments.count > 1 else { continue }
            if let cell = finding.cell {
                batches[Place(file: finding.file, sheet: finding.sheet, cell: cell)] = finding.arguments[1]
            } else {
                visitors[[finding.personID, finding.arguments[0]]] = finding.arguments[1]
            }
        }
        var days: [ResidentID: [ElsewhereDay]] = [:]
        for row in attendance.rows where !row.isHeld {
            guard let person = row.cadre else { continue }
            for day in row.days where day.exclusion == .alreadyIssued {
                let cells = [day.cell, day.afternoonCell].compactMap { $0 }
                let batch =
                    row.isVisitor
                    ? visitors[[row.personID, day.date.iso]]
                    : cells.lazy.compactMap { batches[Place(file: row.file, sheet: row.sheet, cell: $0)] }.first
                let statuses = policy.statuses(.payableStatuses, on: day.date)?.value ?? []
                let marked = [day.morning, day.afternoon].count { statuses.contains($0) }
                let whole = LivingStipend.payable(halves: marked, on: day.date, policy: policy)
                let paid = LivingStipend.payable(halves: day.counted.count, on: day.date, policy: policy)
                days[person, default: []].append(
                    ElsewhereDay(
                        batch: batch ?? "", date: day.date, township: day.township, village: day.village,
                        halfDays: (whole ?? .zero) - (paid ?? .zero), halves: HalfDays(marked) - day.counted,
                        claim: IssuedStates.halves(of: day, count: HalfDays(marked), statuses)))
            }
        }
        return days
    }

    /// What an attendance leaves to days that the counties issued: what they keep for it.
    static func settled(_ attendance: MonthAttendance, _ policy: Policy) -> [SettledElsewhere] {
        all(attendance, policy).sorted { $0.key < $1.key }.flatMap { person, days in
            days.map {
                SettledElsewhere(
                    person: person, county: attendance.county, date: $0.date, halfDays: $0.halves, claim: $0.claim)
            }
        }
    }
}

extension MonthAttendance {
    /// The days that this county's reading claims and others' batches issued: they take nothing back for them.
    public func settledElsewhere(_ policy: Policy) -> [SettledElsewhere] { ElsewhereDay.settled(self, policy) }
}
