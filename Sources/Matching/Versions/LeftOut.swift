import Domain
import Registers

// Spec §5.2: «A person with paid days in the replaced rows whom the newer file leaves out is left-out at his older
// name cell: those days are held, with what they would pay, never silently dropped nor paid; a row of his with blank or
// other marks answers it, and so do other sheets in force for the days they mark.»

/// Finds the paid days of replaced rows that no newer sheet answers.
struct LeftOut {
    /// Numbers of left-out rows begin here, beyond those of the rows as sent.
    private static let numbersFrom = 1_000_000_000

    private let builder: MonthBuilder
    /// Rows of a person, in whatever file; an ambiguous row counts as each candidate's.
    private let rowsOf: [String: [ResolvedRow]]
    /// Days that sheets in force mark, by person.
    private let marked: [String: DaySet]
    /// Files that speak of a village as a whole.
    private let filesOf: [VillageKey: Set<FileOrder>]

    init(_ builder: MonthBuilder, rows: [ResolvedRow], inForce: [ResolvedRow]) {
        self.builder = builder
        var rowsOf: [String: [ResolvedRow]] = [:]
        for row in rows { for person in row.mayBe { rowsOf[person, default: []].append(row) } }
        self.rowsOf = rowsOf
        var marked: [String: DaySet] = [:]
        for row in inForce {
            for person in row.mayBe {
                for day in row.row.days where day.isMarked {
                    marked[person, default: DaySet()].insert(Int(day.date.day))
                }
            }
        }
        self.marked = marked
        var filesOf: [VillageKey: Set<FileOrder>] = [:]
        for row in rows where !row.block.scope.isSupplement {
            if let key = row.versionKey { filesOf[key, default: []].insert(row.order) }
        }
        self.filesOf = filesOf
    }

    /// The rows, newest first so that a day is held once, each with its unanswered paid days alone.
    func find(_ replaced: [VersionedRows.Replaced]) -> [ResolvedRow] {
        var taken: [String: DaySet] = [:]
        var found: [ResolvedRow] = []
        let newestFirst = replaced.sorted { ($1.row.order, $0.row.number) < ($0.row.order, $1.row.number) }
        for (row, gone, by) in newestFirst {
            guard let cadre = row.cadre, row.hasDailyMarks else { continue }
            let person = cadre.id.text
            var answered = marked[person] ?? DaySet()
            for other in rowsOf[person] ?? [] where answers(other, row) {
                answered.formUnion(DaySet(other.block.scope))
            }
            let days = row.row.days.filter { day in
                let number = Int(day.date.day)
                return gone.contains(number) && !answered.contains(number)
                    && !(taken[person]?.contains(number) ?? false)
                    && (builder.isPayable(day, cadre) || builder.isAway(day, cadre))
            }
            // Days on which nobody posts him here wait with those that would be paid here; alone they are nobody's.
            guard days.contains(where: { builder.isPayable($0, cadre) }) else { continue }
            for day in days { taken[person, default: DaySet()].insert(Int(day.date.day)) }
            var result = row
            // A part of the same row may stand: for decisions the two are two rows.
            result.number += LeftOut.numbersFrom
            result.row.days = days
            result.row.findings = []
            result.row.total = nil
            result.findings = [
                Finding(
                    .leftOut, value: row.name.display,
                    arguments: [row.name.display, LeftOut.text(days), by.path])
            ]
            found.append(result)
        }
        return found
    }

    /// Whether a newer row is the person's own word about the days it speaks of: in a file that speaks of his village.
    private func answers(_ other: ResolvedRow, _ row: ResolvedRow) -> Bool {
        guard other.order > row.order, let key = row.versionKey else { return false }
        return filesOf[key]?.contains(other.order) ?? false
    }

    /// `11月1日、2日、3日` in short: `1–3、5日`.
    private static func text(_ days: [DayMark]) -> String {
        DayRuns.texts(days.map(\.date.day)).joined(separator: "、") + "日"
    }
}

extension ResolvedRow {
    /// Whoever the row may be of, by ID.
    var mayBe: [String] {
        if let identity { return [identity] }
        if case .nobody(let candidates) = match.outcome { return candidates.map(\.id.text) }
        return []
    }
}

extension MonthBuilder {
    /// Whether a mark would have been paid, here or in another county that posts the person: payable, posted, not in
    /// the future, no spot check against it.
    func isPayable(_ day: DayMark, _ cadre: Cadre) -> Bool {
        (payable.contains(day.morning, on: day.date) || payable.contains(day.afternoon, on: day.date))
            && day.date <= input.asOf
            && isPostedAnywhere(cadre, day.date) && checks[cadre.id.text]?[day.date] == nil
    }

    private func isPostedAnywhere(_ cadre: Cadre, _ date: CivilDate) -> Bool {
        isPosted(cadre, date)
            || input.records.postingsElsewhere.contains { $0.person == cadre.id && $0.isInForce(on: date) }
    }
}
