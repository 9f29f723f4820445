import Domain

/// An entry of a legend: a mark and what the sheet says it means.
public struct LegendEntry: Hashable, Sendable {
    /// As folded for comparison.
    public var mark: String
    /// The words beside it.
    public var words: String
    public var cell: CellAddress
    /// The sheet it stands on, of a legend that rules a whole workbook; nil on the marks' own sheet.
    public var sheet: String?
    /// What they say of a day; nil where they have no known meaning, or another entry of the same reach contradicts it.
    var meaning: MarkReading?
    /// Two entries of the same reach give the mark two meanings.
    var isContradicted = false

    /// Nil where the words have no known meaning.
    public var status: AttendanceStatus? {
        meaning.map { $0.morning == .blank ? $0.afternoon : $0.morning }
    }
    /// The words say half a day, or something else of each half.
    public var isHalf: Bool { meaning.map { $0.isUnnamedHalf || $0.morning != $0.afternoon } ?? false }

    /// Stands for every sign that the legend does not list: 其余符号均为缺勤.
    static let others = "其余符号"

    var isShape: Bool { mark.unicodeScalars.allSatisfy { MarkText.isSymbol($0) } }
}
