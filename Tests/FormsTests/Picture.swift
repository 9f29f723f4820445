import Domain
import Tables

/// A grid built cell by cell, or from a picture: rows by line, cells by `|`, `<` merges with the cell to the left,
/// `^` with the cell above.
struct Picture {
    var cells: [Int: [Int: Cell]] = [:]
    var merges: [CellRange] = []
    var hiddenRows: Set<Int> = []
    var hiddenColumns: [Int] = []
    var isHidden = false
    var name = "Sheet1"

    mutating func set(_ row: Int, _ column: Int, _ value: CellValue) {
        cells[row, default: [:]][column] = Cell(column: column, value: value)
    }

    mutating func text(_ row: Int, _ column: Int, _ text: String) {
        if !text.isEmpty { set(row, column, .text(text)) }
    }

    mutating func formula(_ row: Int, _ column: Int) {
        cells[row, default: [:]][column] = Cell(column: column, value: .empty, isFormula: true, isUncachedFormula: true)
    }

    /// A date of which its format shows year and month.
    mutating func month(_ row: Int, _ column: Int, _ date: CivilDate) {
        cells[row, default: [:]][column] = Cell(column: column, value: .date(date), showsMonth: true)
    }

    mutating func merge(_ top: Int, _ left: Int, _ bottom: Int, _ right: Int) {
        merges.append(CellRange(top: top, left: left, bottom: bottom, right: right))
    }

    var grid: CellGrid {
        let rows = cells.keys.sorted().map { index in
            let row = cells[index] ?? [:]
            return CellRow(
                index: index, isHidden: hiddenRows.contains(index), cells: row.keys.sorted().compactMap { row[$0] })
        }
        return CellGrid(name: name, isHidden: isHidden, rows: rows, merges: merges, hiddenColumns: hiddenColumns)
    }

    /// Plain numbers become number cells; `'12` stays text.
    init(_ picture: String = "", name: String = "Sheet1") {
        self.name = name
        guard !picture.isEmpty else { return }
        var origin: [[Int]: (Int, Int)] = [:]
        var extents: [[Int]: (bottom: Int, right: Int)] = [:]
        for (row, line) in picture.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            for (column, part) in line.split(separator: "|", omittingEmptySubsequences: false).enumerated() {
                let text = TextFolding.trimmed(String(part))
                if text.isEmpty { continue }
                if text == "<" || text == "^" {
                    let from = text == "<" ? [row, column - 1] : [row - 1, column]
                    let start = origin[from] ?? (from[0], from[1])
                    origin[[row, column]] = start
                    let key = [start.0, start.1]
                    let old = extents[key] ?? (start.0, start.1)
                    extents[key] = (max(old.bottom, row), max(old.right, column))
                } else if text == "=" {
                    formula(row, column)
                } else if text.hasPrefix("'") {
                    self.text(row, column, String(text.dropFirst()))
                } else if let number = Double(text), text.utf8.allSatisfy({ $0 == 46 || (48...57).contains($0) }) {
                    set(row, column, .number(number))
                } else if let date = CivilDate(iso: text) {
                    set(row, column, .date(date))
                } else {
                    self.text(row, column, text.replacingOccurrences(of: "\\n", with: "\n"))
                }
            }
        }
        for (start, end) in extents.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
            merge(start[0], start[1], end.bottom, end.right)
        }
    }
}

extension String {
    func replacingOccurrences(of part: String, with other: String) -> String {
        var result = ""
        var rest = Substring(self)
        while let range = rest.firstRange(of: part) {
            result += rest[..<range.lowerBound] + other
            rest = rest[range.upperBound...]
        }
        return result + rest
    }
}

/// Repeatable chance.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64
    init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 0x1234_5678_9ABC_DEF1 }
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
