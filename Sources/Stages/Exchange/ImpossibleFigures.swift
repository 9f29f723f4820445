import Domain
import Rules

/// Figures that no county can have: what a forged or damaged file may say.
enum ImpossibleFigures {
    /// Of how units stand.
    static func first(_ units: [UnitStanding]) -> String? {
        units.lazy.compactMap { unit -> String? in
            let counts = [
                unit.cadres, unit.absences, unit.withdrawals, unit.recalls, unit.excellent, unit.uninsured ?? 0,
                unit.insuranceOpen ?? 0, unit.fundsOpen ?? 0, unit.headVisits ?? 0, unit.talks,
            ]
            return counts.contains { $0 < 0 } ? "\(unit.unit) \(counts)" : nil
        }.first
    }

    /// Of people's years: more half-days than the year has, a day of another year.
    static func first(_ people: [PersonYear], in year: Int) -> String? {
        let days = Period(ordinal: year * 12 + 11).lastDay.dayNumber - Period(ordinal: year * 12).firstDay.dayNumber + 1
        return people.lazy.compactMap { person -> String? in
            let isPossible =
                person.person.utf8.count == 64 && (0...2 * Int(days)).contains(person.presentHalfDays)
                && person.absences.allSatisfy { $0.year == year }
            return isPossible ? nil : "\(person.person.prefix(8)) presentHalfDays \(person.presentHalfDays)"
        }.first
    }

    /// Of an extract.
    static func first(_ extract: CountyExtract) -> String? {
        if let counts = extract.training?.counts, let wrong = first(counts) { return wrong }
        if let row = extract.workFunds.first(where: { $0.countyDue < .zero || $0.provinceDue < .zero }) {
            return "workFunds \(row.township)\(row.village)"
        }
        if let row = extract.organisers.first(where: { $0.attendances < 0 || $0.people < 0 }) {
            return "organisers \(row.people)"
        }
        let months = (extract.claims ?? []).map(\.period)
        if let month = months.first(where: { Period($0)?.year != extract.year }) { return "claims \(month)" }
        return first(extract.units) ?? first(extract.people ?? [], in: extract.year)
    }

    private static func first(_ counts: TrainingCounts) -> String? {
        let parts =
            counts.trained + [
                counts.trainedOverall, counts.weakVillageHeadcount, counts.weakVillageTrained, counts.prePosting,
                counts.weakVillageProfessional,
            ]
        let isPossible =
            counts.trained.count == 3 && counts.headcount >= 0
            && parts.allSatisfy { $0 >= 0 && $0 <= counts.headcount }
        return isPossible ? nil : "headcount \(counts.headcount), trained \(parts)"
    }

    /// Refuses a file by name.
    static func refused(_ path: String, _ figure: String) -> RunFailure {
        .refused(
            BilingualText(
                zh: "\(path) 里有不可能的数字（\(figure)）。什么都没有写；请重新取得这个文件。",
                en: "\(path) has figures that cannot be (\(figure)). Nothing was written; fetch the file again."))
    }
}
