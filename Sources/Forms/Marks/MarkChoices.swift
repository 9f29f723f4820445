import Domain
import Tables

/// The marks that a sheet's days are filled in with: what its legend lists, what stands in it, and for what neither
/// says the first mark of the table. Source: spec §9 (drop-downs of return workbooks).
public struct MarkChoices {
    private let table: MarkTable
    private var marks: [(text: String, status: AttendanceStatus, isWhole: Bool)] = []
    private var keys: Set<String> = []

    /// In which the marks are offered.
    private static let order: [AttendanceStatus] = [
        .present, .leave, .sick, .official, .training, .absent, .withdrawn, .rest,
    ]

    public init(_ table: MarkTable) { self.table = table }

    /// A cell of a day and what it says of its half or day.
    public mutating func add(_ value: CellValue, _ morning: AttendanceStatus, _ afternoon: AttendanceStatus) {
        let status = morning == .blank ? afternoon : morning
        add(value.display, status, isWhole: morning == afternoon)
    }

    /// Entries of the sheet's legend.
    public mutating func add(_ legend: [LegendEntry]) {
        for entry in legend {
            if let status = entry.status {
                add(entry.mark, status, isWhole: !entry.isHalf)
            } else {
                // The legend lists it without a known meaning: the table's is not offered.
                keys.insert(entry.mark)
            }
        }
    }

    private mutating func add(_ text: String, _ status: AttendanceStatus, isWhole: Bool) {
        let key = MarkText.key(text)
        guard MarkChoices.order.contains(status), (1...4).contains(key.unicodeScalars.count), !text.contains(","),
            !key.contains("("),
            !text.contains("\n"), keys.insert(key).inserted
        else { return }
        marks.append((TextFolding.trimmed(text), status, isWhole))
    }

    /// Hours are no marks to choose from.
    private var areHours: Bool { marks.contains { Double($0.text).map { $0 > 1 } ?? false } }

    /// The texts in the order of their meanings, half days last; none where figures count hours.
    public var texts: [String] {
        guard !areHours else { return [] }
        let writesWords = marks.contains {
            $0.status == .present && $0.text.count > 1 && $0.text.unicodeScalars.allSatisfy(\.isCJK)
        }
        var whole: [String] = []
        for status in MarkChoices.order {
            let own = marks.filter { $0.status == status && $0.isWhole }.map(\.text)
            whole += own.isEmpty ? [usual(status, isWord: writesWords)].compactMap { $0 } : own
        }
        return whole + marks.filter { !$0.isWhole }.map(\.text)
    }

    /// The table's mark for what the sheet has none for.
    private func usual(_ status: AttendanceStatus, isWord: Bool) -> String? {
        let free = (table.marks[status] ?? []).filter { !keys.contains(MarkText.key($0)) }
        return (isWord ? free.first { $0.count > 1 } : nil) ?? free.first
    }
}
