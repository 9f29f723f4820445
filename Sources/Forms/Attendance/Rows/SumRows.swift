import Domain
import Tables

/// Rows of sums (小计 合计): each figure against what it sums, the figures above it, else the marks. Source: spec §5.4.
struct SumRows {
    let input: BlockInput
    let hasMarks: Bool

    private var view: SheetView { input.sheet.view }

    /// Findings of the sums of a page; their cells are claimed.
    ///
    /// - Parameter start: the first person that no sum before counted; afterwards the first that none of these did.
    func check(_ sums: [SumRow], _ people: [PersonReading], from start: inout Int) -> [Finding] {
        var findings: [Finding] = []
        let figures = Dictionary(input.block.figures.map { ($0.index, $0) }, uniquingKeysWith: { first, _ in first })
        for sum in sums {
            let row = sum.label.cell.row
            guard let cells = view.row(row) else { continue }
            let since = Array(people[min(start, sum.peopleAbove)..<sum.peopleAbove])
            let all = Array(people[..<sum.peopleAbove])
            start = sum.peopleAbove
            let isOfPeople = ["人数", "人次", "出勤率"].contains { ByteText.contains(sum.label.text, $0) }
            for cell in cells.cells where cell.isFilled && input.block.range.contains(cell.column) {
                let address = CellAddress(row: row, column: cell.column)
                defer { input.sheet.claims.claim(address, DayCountText.read(cell.value) == nil ? .noise : .total) }
                if cell.isUncachedFormula {
                    findings.append(
                        Finding(
                            .uncachedBeside, file: input.file, sheet: view.grid.name, cell: address,
                            arguments: [TextFolding.key(sum.label.text)]))
                    continue
                }
                guard !isOfPeople, address != sum.label.cell, !since.isEmpty || !all.isEmpty,
                    let stated = DayCountText.read(cell.value)
                else { continue }
                let possible: [HalfDays]
                if let figure = figures[cell.column] {
                    possible = self.possible(figure, since) + self.possible(figure, all)
                } else if input.block.days.contains(where: { $0.column == cell.column }) {
                    possible = self.possible(cell.column, since) + self.possible(cell.column, all)
                } else {
                    continue
                }
                guard !possible.isEmpty, !possible.contains(stated) else { continue }
                findings.append(
                    Finding(
                        .sumMismatch, file: input.file, sheet: view.grid.name, cell: address,
                        value: cell.value.display,
                        arguments: [TextFolding.key(sum.label.text), stated.daysText, possible[0].daysText]))
            }
        }
        return findings
    }

    /// What the figures of a column add up to; where they state none, the marks they would count.
    private func possible(_ line: FigureLine, _ people: [PersonReading]) -> [HalfDays] {
        let figures = people.compactMap { person in person.figures.first { $0.line.index == line.index } }
        let stated = figures.compactMap(\.halfDays)
        // A figure that is a formula without a value, or a word, leaves the sum unchecked.
        if stated.count < figures.count { return [] }
        if !stated.isEmpty { return [stated.reduce(.zero, +)] }
        guard hasMarks else { return [] }
        let sums = people.map(\.sums).reduce(MarkSums(), +)
        switch line.meaning {
        case .status(let status): return [HalfDays(sums[status])]
        case .worked, .sum: return [sums.present, sums.stationed, sums.marked]
        default: return []
        }
    }

    /// How many were there on a day, or marked, or stand in the table: days or people.
    private func possible(_ column: Int, _ people: [PersonReading]) -> [HalfDays] {
        guard hasMarks, Set(input.block.days.map(\.line)).count == 1 else { return [] }
        var present = 0
        var stationed = 0
        var marked = 0
        var heads = 0
        for person in people {
            for day in person.row.days {
                let isMorning = day.cell.column == column
                let isAfternoon = day.afternoonCell.map { $0.column == column } ?? isMorning
                guard isMorning || isAfternoon else { continue }
                let halves = (isMorning ? [day.morning] : []) + (isAfternoon ? [day.afternoon] : [])
                // A column of one half counts each person whole.
                let weight = halves.count == 1 ? 2 : 1
                present += halves.filter { $0 == .present }.count * weight
                stationed += halves.filter { [.present, .official, .training].contains($0) }.count * weight
                marked += halves.filter { $0 != .blank }.count * weight
                heads += halves.contains(.present) ? 2 : 0
            }
        }
        return [present, stationed, marked, heads, people.count * 2].map(HalfDays.init)
    }
}
