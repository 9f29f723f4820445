import Domain

/// Days without a mark that somebody seems to have forgotten: a row that nobody filled in, or days that all others of
/// the township have a mark on. A blank is never presence (spec §5.5), and no finding: who did not come may be left
/// blank. The township is told, so that it can say which of both it meant. Source: spec §9, §10.
public struct BlankDays: Hashable, Sendable {
    public var township: String
    public var person: String
    public var file: String
    public var sheet: String
    /// Ascending by date, none twice; never empty.
    public var dates: [CivilDate]
    /// Their cells, ascending, none twice.
    public var cells: [CellAddress]
    /// No day of the person has a mark.
    public var isWhole: Bool

    /// Of the month's rows in force, once it is over; by township, file, sheet, cell.
    public static func of(_ month: MonthAttendance, asOf: CivilDate) -> [BlankDays] {
        guard asOf > month.period.lastDay else { return [] }
        let rows = month.rows.filter { $0.layout.hasDailyMarks && !$0.isVisitor && !$0.isLeftOut && $0.cadre != nil }
        let townships = Set(rows.map(\.township)).subtracting([""]).sorted()
        return townships.flatMap { township in
            TownshipDays(rows.filter { $0.township == township }, township).blanks
        }
    }

    /// `3–5日、8日`
    public var text: String { DayRuns.texts(dates.map(\.day)).map { $0 + "日" }.joined(separator: "、") }
}

/// The days of a township's people, looked at together.
private struct TownshipDays {
    private let rows: [RowOutcome]
    private let township: String
    /// Dates with a mark, by person.
    private var marked: [ResidentID: Set<CivilDate>] = [:]
    /// Dates that a row of the person has a cell for, by person.
    private var offered: [ResidentID: Set<CivilDate>] = [:]

    init(_ rows: [RowOutcome], _ township: String) {
        self.rows = rows
        self.township = township
        for row in rows {
            guard let person = row.cadre else { continue }
            offered[person, default: []].formUnion(row.days.map(\.date))
            marked[person, default: []].formUnion(row.days.filter(TownshipDays.isMarked).map(\.date))
        }
    }

    private static func isMarked(_ day: DayOutcome) -> Bool { day.morning != .blank || day.afternoon != .blank }

    /// Others fill in what they can: fewer than a tenth of the days that most of them have are blank.
    private static let leftBlankMax = 10

    var blanks: [BlankDays] {
        rows.compactMap { row in
            guard let person = row.cadre, let own = marked[person] else { return nil }
            let kept = own.isEmpty ? anybodys(but: person) : fullDays(but: person)
            // Where a day is paid somebody is posted.
            let days = row.days.filter { kept.contains($0.date) && !own.contains($0.date) && !$0.township.isEmpty }
            guard !days.isEmpty else { return nil }
            return BlankDays(
                township: township, person: row.nameAsSent, file: row.file, sheet: row.sheet,
                dates: Set(days.map(\.date)).sorted(),
                cells: Set(days.flatMap { [$0.cell, $0.afternoonCell ?? $0.cell] }).sorted(), isWhole: own.isEmpty)
        }
    }

    /// Days that anybody else has a mark on; where nobody has any, all that there are cells for.
    private func anybodys(but person: ResidentID) -> Set<CivilDate> {
        let dates = marked.reduce(into: Set<CivilDate>()) { if $1.key != person { $0.formUnion($1.value) } }
        return dates.isEmpty ? offered[person] ?? [] : dates
    }

    /// Days that most others have a mark on, where hardly any of them leaves such a day blank; of one other alone
    /// nobody can tell.
    private func fullDays(but person: ResidentID) -> Set<CivilDate> {
        let others = marked.filter { $0.key != person && !$0.value.isEmpty }
        guard others.count > 1 else { return [] }
        var counts: [CivilDate: Int] = [:]
        for date in others.values.flatMap({ $0 }) { counts[date, default: 0] += 1 }
        let kept = Set(counts.filter { $0.value * 2 > others.count }.map(\.key))
        var cells = 0
        var left = 0
        for (other, dates) in others {
            let asked = kept.intersection(offered[other] ?? [])
            cells += asked.count
            left += asked.subtracting(dates).count
        }
        return left * TownshipDays.leftBlankMax <= cells ? kept : []
    }
}
