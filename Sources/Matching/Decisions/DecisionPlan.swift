import Domain

/// What decisions change of a month's rows before they are matched, and of what is found about them after.
///
/// Rows are known by their number in reading order. Source: spec §5.8.
struct DecisionPlan {
    /// Whose a row is.
    var persons: [Int: ResidentID] = [:]
    /// Of which village it speaks: one of the person's postings.
    var villages: [Int: (township: String, village: String)] = [:]
    /// What a mark that was not understood means, by row and cell.
    var statuses: [Int: [CellAddress: AttendanceStatus]] = [:]
    /// What a legend's mark means, by block.
    var legends: [Int: [String: AttendanceStatus]] = [:]
    /// Findings that hold a row no more.
    var accepted: [Int: Set<FindingCode>] = [:]
    /// Cells whose spot check does not stand against them.
    var acceptedCells: [Int: Set<CellAddress>] = [:]
    /// Rows that pay nothing.
    var refused: Set<Int> = []
    /// Days of rows that pay nothing, with the half-days that they are of a total.
    var refusedDays: [Int: [CivilDate: HalfDays]] = [:]
    /// Days that rows pay together, at most what they would pay undecided.
    var caps: [(rows: [Int], halfDays: HalfDays)] = []
    /// The same of a row without daily marks.
    var totals: [Int: HalfDays] = [:]

    /// A row as sent, with the statuses decided; what was found about those cells is settled.
    func row(_ row: AttendanceRow, number: Int, block: Int) -> AttendanceRow {
        let cells = statuses[number] ?? [:]
        let marks = legends[block] ?? [:]
        guard !cells.isEmpty || !marks.isEmpty else { return row }
        var row = row
        for index in row.days.indices {
            let day = row.days[index]
            for half in [DayHalf.morning, .afternoon] {
                let status = half == .morning ? day.morning : day.afternoon
                guard status == .unknown else { continue }
                let cell = half == .morning ? day.cell : day.afternoonCell ?? day.cell
                guard let decided = cells[cell] ?? marks[MarkText.mark(of: day, half)] else { continue }
                if half == .morning { row.days[index].morning = decided } else { row.days[index].afternoon = decided }
            }
        }
        let stillUnknown = row.days.flatMap { day in
            (day.morning == .unknown ? [day.cell] : [])
                + (day.afternoon == .unknown ? [day.afternoonCell ?? day.cell] : [])
        }
        row.findings.removeAll { finding in
            guard [.unknownMark, .legendConflict].contains(finding.code), let cell = finding.cell else { return false }
            return !stillUnknown.contains(cell)
        }
        return row
    }
}

/// The mark of one half of a day as sent.
enum MarkText {
    /// Of halves with a cell each, and of `√/△`, the half's own part.
    static func mark(of day: DayMark, _ half: DayHalf) -> String {
        let parts = day.text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2 else { return TextFolding.key(day.text) }
        return TextFolding.key(half == .morning ? parts[0] : parts[1])
    }
}
