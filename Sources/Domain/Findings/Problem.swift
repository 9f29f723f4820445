/// Findings of one cause, as people read them: one problem with its cells. Source: spec §5.7.
///
/// `findings.csv` keeps a row a cell; return workbooks, run page, mail and `inspect` show problems.
public struct Problem: Hashable, Sendable {
    /// The first of its findings in report order: reason, texts and place are those of all.
    public var first: Finding
    /// Ascending, none twice; empty where the findings have no cell.
    public var cells: [CellAddress]
    /// Names of the people concerned, in the order of their findings, none twice.
    public var people: [String]
    /// How many findings it gathers.
    public var count: Int

    /// Problems of some findings, in the order of the first finding of each.
    ///
    /// One cause: the same reason said in the same words of the same sheet and month; a column that stores text as
    /// numbers is one cause, whatever numbers it has, and so are a sheet's marks that nothing explains: one legend is
    /// missing. Complexity: O(n log n).
    public static func grouped(_ findings: [Finding]) -> [Problem] {
        var problems: [Problem] = []
        var places: [Cause: Int] = [:]
        var values: [Int: [[String]]] = [:]
        for finding in findings {
            let cause = Cause(finding)
            guard let place = places[cause] else {
                places[cause] = problems.count
                problems.append(
                    Problem(
                        first: finding, cells: finding.cell.map { [$0] } ?? [],
                        people: finding.person.isEmpty ? [] : [finding.person], count: 1))
                continue
            }
            problems[place].count += 1
            if finding.reason.isOfSheet {
                values[place, default: [problems[place].first.arguments]].append(finding.arguments)
            }
            if let cell = finding.cell { problems[place].cells.append(cell) }
            if !finding.person.isEmpty, !problems[place].people.contains(finding.person) {
                problems[place].people.append(finding.person)
            }
        }
        for (place, arguments) in values {
            let texts = joined(arguments)
            let first = problems[place].first
            if let same = first.arguments.firstIndex(of: first.value) { problems[place].first.value = texts[same] }
            problems[place].first.arguments = texts
        }
        for index in problems.indices {
            var cells: [CellAddress] = []
            for cell in problems[index].cells.sorted() where cells.last != cell { cells.append(cell) }
            problems[index].cells = cells
        }
        return problems
    }

    /// Values of several findings as one text each: the first three, then how many there are.
    private static func joined(_ arguments: [[String]]) -> [String] {
        (0..<(arguments.map(\.count).min() ?? 0)).map { index in
            var texts: [String] = []
            for text in arguments.map({ $0[index] }) where !texts.contains(text) { texts.append(text) }
            let shown = texts.prefix(3).joined(separator: "、")
            return texts.count > 3 ? shown + "等 \(texts.count) 个" : shown
        }
    }

    private struct Cause: Hashable {
        let reason: FindingReason
        let period: Period?
        let county: CountyCode?
        let file: String
        let sheet: String
        let arguments: [String]

        init(_ finding: Finding) {
            reason = finding.reason
            period = finding.period
            county = finding.county
            file = finding.file
            sheet = finding.sheet
            arguments = finding.reason.isOfSheet ? [] : finding.arguments
        }
    }

    /// Its cells as ranges: `F2:AH2、C5`; of more than eight the first, with the number of the others.
    public var cellText: String {
        let ranges = CellRangeText.ranges(cells)
        let shown = ranges.prefix(8).joined(separator: "、")
        return ranges.count > 8 ? shown + " … +\(ranges.count - 8)" : shown
    }
}

/// Cells as the rectangles that they fill.
public enum CellRangeText {
    /// `A1:B3` or `A1` each, by first cell. The cells are ascending, none twice.
    public static func ranges(_ cells: [CellAddress]) -> [String] {
        CellRectangles.covering(cells).map { $0.from == $0.to ? $0.from.a1 : "\($0.from.a1):\($0.to.a1)" }
    }
}

/// Rectangles that cells fill.
public enum CellRectangles {
    /// By first cell. The cells are ascending, none twice; each lies in one rectangle.
    public static func covering(_ cells: [CellAddress]) -> [(from: CellAddress, to: CellAddress)] {
        var open: [(from: CellAddress, to: CellAddress)] = []
        var closed: [(from: CellAddress, to: CellAddress)] = []
        for run in runs(cells) {
            if let place = open.firstIndex(where: {
                $0.from.column == run.from.column && $0.to.column == run.to.column && $0.to.row == run.from.row - 1
            }) {
                open[place].to = run.to
            } else {
                open.append(run)
            }
            closed += open.filter { $0.to.row < run.from.row - 1 }
            open.removeAll { $0.to.row < run.from.row - 1 }
        }
        return (closed + open).sorted { $0.from < $1.from }
    }

    /// Cells side by side in a row.
    private static func runs(_ cells: [CellAddress]) -> [(from: CellAddress, to: CellAddress)] {
        var runs: [(from: CellAddress, to: CellAddress)] = []
        for cell in cells {
            if let last = runs.last, last.to.row == cell.row, last.to.column == cell.column - 1 {
                runs[runs.count - 1].to = cell
            } else {
                runs.append((cell, cell))
            }
        }
        return runs
    }
}

extension FindingReason {
    /// Whether the format of a whole column is the cause, or a legend that the sheet lacks.
    fileprivate var isOfSheet: Bool {
        switch self {
        case .idPrecisionLostUsed, .idPrecisionLostHeld, .idPrecisionLostRegister, .bankAccountPrecisionLost: true
        case .unknownMark: true
        default: false
        }
    }
}
