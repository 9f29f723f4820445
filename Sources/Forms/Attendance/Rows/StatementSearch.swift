import Domain
import Tables

/// Finds words of presence that stand for many days: a statement (全勤), not marks. Source: spec §5.4.
struct StatementSearch {
    private let input: BlockInput
    /// Rows of the person.
    private let rows: [Int]
    private var merged: [(cell: CellAddress, text: String)] = []

    init(input: BlockInput, rows: [Int]) {
        self.input = input
        self.rows = rows
    }

    /// The reading of a cell; unknown where it is presence merged over several days or people.
    mutating func checked(_ reading: MarkReading, _ cell: GridCell, date: CivilDate) -> MarkReading {
        guard let merge = cell.merge, reading.isPresence, isOverMany(merge) else {
            return reading
        }
        if merged.last?.cell != cell.address { merged.append((cell.address, cell.cell?.value.display ?? "")) }
        return MarkReading(morning: .unknown, afternoon: .unknown)
    }

    private func isOverMany(_ merge: CellRange) -> Bool {
        if merge.top < rows[0] || merge.bottom > rows[rows.count - 1] { return true }
        var first: DayColumn?
        for day in input.block.days where (merge.left...merge.right).contains(day.column) {
            if let first, first.day != day.day || first.run != day.run || first.line != day.line { return true }
            first = first ?? day
        }
        return false
    }

    private static let wholeMonth: Set<String> = [
        "全勤", "满勤", "全月", "整月", "全月在岗", "全月出勤", "全月驻村", "全程驻村", "全部出勤", "全部在岗", "每天在岗", "每日在岗", "天天在岗", "正常出勤",
    ]

    /// So many marks that nobody can read beside a word do not make it one mark of many.
    private static let unreadMax = 2

    /// Says what was stated; a word that is the row's only mark is a statement too, unless its figure says one day.
    func settle(_ reading: inout PersonReading, _ people: PersonRow, dayCount: Int) {
        for (cell, text) in merged { complain(cell, text, &reading, people) }
        guard merged.isEmpty, dayCount >= 5 else { return }
        var only: Int?
        var unread = 0
        for (place, day) in reading.row.days.enumerated() where !day.text.isEmpty {
            if day.morning == .unknown, day.afternoon == .unknown, unread < StatementSearch.unreadMax {
                unread += 1
                continue
            }
            if only != nil { return }
            only = place
        }
        guard let only else { return }
        let day = reading.row.days[only]
        guard day.morning == .present || day.afternoon == .present else { return }
        let key = MarkText.key(day.text)
        let isWord = key.count >= 2 && key.unicodeScalars.allSatisfy(\.isCJK)
        let halves = HalfDays((day.morning == .present ? 1 : 0) + (day.afternoon == .present ? 1 : 0))
        let isConfirmed = reading.figures.contains {
            ($0.line.meaning == .worked || $0.line.meaning == .sum) && $0.halfDays == halves
        }
        guard isWord, StatementSearch.wholeMonth.contains(key) || !isConfirmed else { return }
        for status in [day.morning, day.afternoon] { reading.sums.forget(status) }
        reading.row.days[only].morning = .unknown
        reading.row.days[only].afternoon = .unknown
        complain(day.cell, day.text, &reading, people)
    }

    /// 全勤 in the remarks of a row without a mark is a statement as well.
    func settle(remark: SubmittedText?, _ reading: inout PersonReading, _ people: PersonRow) {
        guard let remark, StatementSearch.wholeMonth.contains(MarkText.key(remark.text)), !reading.row.days.isEmpty,
            reading.row.days.allSatisfy({ $0.text.isEmpty })
        else { return }
        complain(remark.cell, remark.text, &reading, people)
    }

    private func complain(_ cell: CellAddress, _ text: String, _ reading: inout PersonReading, _ people: PersonRow) {
        reading.row.findings.append(
            people.finding(.presenceStated, reading.row.name.text, cell: cell, value: text, [text]))
    }
}
