import Domain

// Spec §5.2: «A file changed in place within 20 days of its last version, so that the same people have the same marks
// on the same day numbers under another month or village, mends a typing error: what it said before is withdrawn. Any
// other overwriting (townships reuse one name every month) adds and takes nothing away.»

/// Tells whether a new version of a file mends the month or village that its last version named.
public enum MendedInPlace {
    /// Unit: nanoseconds; 20 days.
    static let reachMax = 20 * 24 * 3600 * 1_000_000_000

    /// Whether the times of receipt of two versions are near enough for the newer to mend the older.
    public static func isWithinReach(_ received: (old: Int, new: Int)) -> Bool {
        received.new >= received.old && received.new - received.old <= reachMax
    }

    /// The blocks of `old`, by index, that `new` takes back, with the month it names instead.
    ///
    /// - Parameters:
    ///   - old: what the path said last; `new`: what it says now.
    ///   - received: times of receipt of both, in nanoseconds.
    public static func withdrawn(
        _ old: [AttendanceBlock], by new: [AttendanceBlock], received: (old: Int, new: Int)
    ) -> [Int: Period] {
        guard isWithinReach(received) else { return [:] }
        var result: [Int: Period] = [:]
        for (index, block) in old.enumerated() {
            guard block.layout.hasDailyMarks, hasMarks(block) else { continue }
            // What the new version still says is an ordinary version of itself.
            let isSaidAgain = new.contains { $0.period == block.period && isSamePlace($0, block) }
            guard !isSaidAgain, let mended = new.first(where: { isSame($0, block) }) else { continue }
            result[index] = mended.period
        }
        return result
    }

    private static func hasMarks(_ block: AttendanceBlock) -> Bool {
        block.rows.contains { row in row.days.contains(where: \.isMarked) }
    }

    /// Whether titles, labels and cells name the same places.
    private static func isSamePlace(_ left: AttendanceBlock, _ right: AttendanceBlock) -> Bool {
        places(left) == places(right)
    }

    /// Places as sent, months and the rest of titles left out as far as they can be told apart.
    private static func places(_ block: AttendanceBlock) -> [String] {
        let around = block.context.filter { $0.kind == .title || $0.kind == .label || $0.kind == .sheetName }
            .map { $0.text.filter { !$0.isNumber && $0 != "年" && $0 != "月" && !$0.isWhitespace } }
        return around + block.rows.flatMap { [$0.county?.text, $0.township?.text, $0.village?.text].map { $0 ?? "" } }
    }

    /// Whether both hold the same people with the same marks on the same day numbers.
    private static func isSame(_ left: AttendanceBlock, _ right: AttendanceBlock) -> Bool {
        guard left.rows.count == right.rows.count, left.layout == right.layout else { return false }
        let common = min(left.period.dayCount, right.period.dayCount)
        return zip(left.rows, right.rows).allSatisfy { left, right in
            PersonName(left.name.text).key == PersonName(right.name.text).key
                && left.residentID?.text == right.residentID?.text
                && marks(left, to: common) == marks(right, to: common)
                && hasLaterMarks(left, than: common) == hasLaterMarks(right, than: common)
        }
    }

    private struct Mark: Hashable {
        let day: Int
        let morning: AttendanceStatus
        let afternoon: AttendanceStatus
    }

    private static func marks(_ row: AttendanceRow, to last: Int) -> [Mark] {
        row.days.compactMap { day in
            let number = Int(day.date.day)
            guard number <= last, day.isMarked else { return nil }
            return Mark(day: number, morning: day.morning, afternoon: day.afternoon)
        }.sorted { $0.day < $1.day }
    }

    /// Whether a mark stands behind the shorter month's last day: there it is a finding, not a day.
    private static func hasLaterMarks(_ row: AttendanceRow, than last: Int) -> Bool {
        row.days.contains { Int($0.date.day) > last && $0.isMarked }
            || row.findings.contains { $0.code == .impossibleDay }
    }
}
