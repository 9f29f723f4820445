import Domain
import Forms
import Tables

/// Totals that were formulas, as formulas again: once a mark is corrected, the total follows.
///
/// Readers keep no formulas, so the total is made anew from the marks as the sheet uses them. Only where that gives
/// what the file stored; elsewhere the stored value stays.
enum SheetTotals {
    static func formulas(
        _ grid: CellGrid, _ blocks: [SentBlock], _ reading: Forms.SheetReading
    ) -> [CellAddress: String] {
        var formulas: [CellAddress: String] = [:]
        let legend = reading.sections.flatMap(\.legend)
        for block in blocks where block.block.layout == .grid {
            let marks = marks(block.block, legend)
            for row in block.rows {
                guard let total = row.row.total, let stated = total.halfDays,
                    let cell = grid.cell(total.cell.row, total.cell.column), cell.isFormula, !cell.isUncachedFormula,
                    let range = days(row.row)
                else { continue }
                for statuses in [[AttendanceStatus.present], [.present, .official, .training]] {
                    let halves = row.row.days.reduce(0) { sum, day in
                        sum + (statuses.contains(day.morning) ? 1 : 0) + (statuses.contains(day.afternoon) ? 1 : 0)
                    }
                    guard halves == stated.count, let formula = formula(range, marks, statuses) else { continue }
                    formulas[total.cell] = formula
                    break
                }
            }
        }
        return formulas
    }

    private struct Mark {
        let text: String
        let morning: AttendanceStatus
        let afternoon: AttendanceStatus
    }

    /// Marks as they stand in the block, then those of the legend that nobody used yet.
    private static func marks(_ block: AttendanceBlock, _ legend: [LegendEntry]) -> [Mark] {
        var seen: Set<String> = []
        var marks: [Mark] = []
        for row in block.rows {
            for day in row.days where !day.text.isEmpty && seen.insert(day.text.lowercased()).inserted {
                marks.append(Mark(text: day.text, morning: day.morning, afternoon: day.afternoon))
            }
        }
        for entry in legend where seen.insert(entry.mark.lowercased()).inserted {
            guard let status = entry.status else { continue }
            marks.append(Mark(text: entry.mark, morning: status, afternoon: entry.isHalf ? .blank : status))
        }
        return marks.sorted { $0.text < $1.text }
    }

    /// The range of the row's days, nil where other columns stand between them.
    private static func days(_ row: AttendanceRow) -> String? {
        guard let first = row.days.first?.cell, let last = row.days.last?.cell, first.row == last.row,
            last.column - first.column + 1 == row.days.count,
            row.days.allSatisfy({ $0.cell.row == first.row && $0.afternoonCell == nil })
        else { return nil }
        return "\(first.a1):\(last.a1)"
    }

    private static func formula(_ range: String, _ marks: [Mark], _ statuses: [AttendanceStatus]) -> String? {
        var whole: [String] = []
        var half: [String] = []
        for mark in marks {
            let halves = (statuses.contains(mark.morning) ? 1 : 0) + (statuses.contains(mark.afternoon) ? 1 : 0)
            guard halves > 0 else { continue }
            guard let condition = condition(mark.text) else { return nil }
            if halves == 2 { whole.append(condition) } else { half.append(condition) }
        }
        var terms = whole.map { "COUNTIF(\(range),\($0))" }
        terms += half.map { "0.5*COUNTIF(\(range),\($0))" }
        let formula = terms.joined(separator: "+")
        // What the file format holds of a formula, with room to spare.
        return terms.isEmpty || formula.utf16.count > 4_000 ? nil : formula
    }

    /// The text as a condition; nil where a spreadsheet program would compare instead of looking for it.
    private static func condition(_ text: String) -> String? {
        guard let first = text.unicodeScalars.first, !"=<>".unicodeScalars.contains(first) else { return nil }
        var result = "\""
        for scalar in text.unicodeScalars {
            if "~*?".unicodeScalars.contains(scalar) { result += "~" }
            if scalar == "\"" { result += "\"" }
            result.unicodeScalars.append(scalar)
        }
        return result + "\""
    }
}
