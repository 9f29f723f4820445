import Domain

/// A date that a person's marks name twice, as logs do: each half of a day counts once. A second group of columns over
/// the same days (夜间值守, 计划) adds no day to a row: where it marks others, it is unread.
///
/// Source: spec §5.7, §6 `duplicate-row`.
enum RepeatedDates {
    /// Leaves one mark a date: halves that complement each other are joined, the same mark sent again is said
    /// (`duplicate-row`, used), marks that contradict each other hold the row and leave the smaller claim.
    ///
    /// - Parameter finding: makes a finding of the reason at the later mark, with the earlier one's cell.
    static func settle(_ person: inout AttendanceRow, finding: (FindingReason, DayMark, DayMark) -> Finding) {
        guard zip(person.days, person.days.dropFirst()).contains(where: { $0.date >= $1.date }) else { return }
        var sorted = person.days.enumerated().sorted { ($0.element.date, $0.offset) < ($1.element.date, $1.offset) }
        if let unread = dropSecondGroup(&sorted) { person.findings.append(finding(.unreadInRow, unread, unread)) }
        var days: [DayMark] = []
        for day in sorted.map(\.element) {
            guard let earlier = days.last, earlier.date == day.date else {
                days.append(day)
                continue
            }
            if isBlank(day) { continue }
            if isBlank(earlier) {
                days[days.count - 1] = day
            } else if let joined = join(earlier, day) {
                days[days.count - 1] = joined
            } else if earlier.morning == day.morning, earlier.afternoon == day.afternoon {
                person.findings.append(finding(.duplicateRowSame, day, earlier))
            } else {
                person.findings.append(finding(.duplicateRowConflict, day, earlier))
                if present(day) < present(earlier) { days[days.count - 1] = day }
            }
        }
        person.days = days
    }

    /// Drops a second group of columns whose marks are not those of the first; returns its first mark.
    private static func dropSecondGroup(_ days: inout [(offset: Int, element: DayMark)]) -> DayMark? {
        var seconds: [(offset: Int, element: DayMark)] = []
        var differs = false
        var first: DayMark?
        for entry in days {
            let day = entry.element
            if let known = first, known.date == day.date, known.cell.row == day.cell.row,
                known.cell.column != day.cell.column, day.morning == day.afternoon, known.morning == known.afternoon
            {
                seconds.append(entry)
                differs = differs || known.morning != day.morning
            } else {
                first = day
            }
        }
        let marked = seconds.filter { !isBlank($0.element) }.min { $0.element.cell < $1.element.cell }
        guard differs, let marked else { return nil }
        let dropped = Set(seconds.map(\.offset))
        days.removeAll { dropped.contains($0.offset) }
        return marked.element
    }

    private static func isBlank(_ day: DayMark) -> Bool { day.morning == .blank && day.afternoon == .blank }

    private static func present(_ day: DayMark) -> Int {
        (day.morning == .present ? 1 : 0) + (day.afternoon == .present ? 1 : 0)
    }

    /// The morning of one and the afternoon of the other; nil where both say something of one half.
    private static func join(_ first: DayMark, _ second: DayMark) -> DayMark? {
        if first.isUnnamedHalf || second.isUnnamedHalf { return nil }
        let isAhead = first.afternoon == .blank && second.morning == .blank
        guard isAhead || first.morning == .blank && second.afternoon == .blank else { return nil }
        let (morning, afternoon) = isAhead ? (first, second) : (second, first)
        var joined = morning
        joined.afternoon = afternoon.afternoon
        joined.afternoonCell = afternoon.afternoonCell ?? afternoon.cell
        joined.text = morning.text + "/" + afternoon.text
        return joined
    }
}
