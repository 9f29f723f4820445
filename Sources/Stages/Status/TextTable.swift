/// A table of plain text whose columns line up on a terminal, CJK characters counting as two columns.
public struct TextTable: Sendable {
    /// Where a column's texts stand.
    public enum Alignment: Hashable, Sendable { case left, right }

    private let columns: [(title: String, alignment: Alignment)]
    private var rows: [[String]] = []

    public init(_ columns: [(title: String, alignment: Alignment)]) { self.columns = columns }

    /// One text for each column.
    public mutating func add(_ row: [String]) {
        precondition(row.count == columns.count, "a row has one text for each column")
        rows.append(row.map(TextTable.oneLine))
    }

    public var isEmpty: Bool { rows.isEmpty }

    /// The lines, heading first, without spaces at their ends.
    public func text(indent: String = "") -> String {
        let all = [columns.map(\.title)] + rows
        let widths = columns.indices.map { column in all.map { TextTable.width($0[column]) }.max() ?? 0 }
        return all.map { row in
            var line = indent
            for (index, cell) in row.enumerated() {
                let space = String(repeating: " ", count: widths[index] - TextTable.width(cell))
                line += (columns[index].alignment == .left ? cell + space : space + cell) + "  "
            }
            while line.hasSuffix(" ") { line.removeLast() }
            return line
        }.joined(separator: "\n")
    }

    /// Columns of a terminal that a text takes.
    public static func width(_ text: String) -> Int { text.unicodeScalars.reduce(0) { $0 + width($1) } }

    private static func width(_ scalar: Unicode.Scalar) -> Int {
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format, .control: return 0
        default: break
        }
        switch scalar.value {
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xA000...0xA4CF,
            0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE4F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1FAFF,
            0x20000...0x3FFFD:
            return 2
        default: return 1
        }
    }

    /// Control characters of a name never reach a terminal.
    private static func oneLine(_ text: String) -> String {
        var scalars = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            scalars.append(scalar.properties.generalCategory == .control ? " " : scalar)
        }
        return String(scalars)
    }
}
