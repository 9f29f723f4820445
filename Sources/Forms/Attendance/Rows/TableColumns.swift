import Domain
import Tables

/// What each column of a table is read as, and so what role its cells have in a person's row.
struct TableColumns {
    private let first: Int
    private var roles: [CellRole?]
    private var marks: [Bool]
    /// Columns among the days, or beside them, that no day heads although marks stand in them.
    private(set) var unheaded: [Int] = []
    /// Columns under a heading that no field knows, which hold no marks.
    private(set) var unknown: [SubmittedText] = []
    let firstMark: Int?

    init(_ input: BlockInput) {
        let block = input.block
        first = block.range.lowerBound
        roles = [CellRole?](repeating: nil, count: block.range.count)
        marks = [Bool](repeating: false, count: block.range.count)
        var markColumns = block.days.map(\.column) + block.people.map(\.column)
        for pair in block.dateColumns { markColumns += pair.marks }
        markColumns += block.uncached.map(\.column)
        firstMark = markColumns.min()
        for column in markColumns where block.range.contains(column) {
            roles[column - first] = .mark
            marks[column - first] = true
        }
        for (field, column) in block.columns { set(column, TableColumns.role(of: field)) }
        for pair in block.dateColumns {
            for column in [pair.date, pair.month, pair.year].compactMap({ $0 }) { set(column, .dayHeading) }
        }
        for figure in block.figures { set(figure.index, .total) }
        for column in block.known { set(column, .field) }
        if let line = block.lineColumn { set(line, .field) }
        spread(input)
        findSerials(input)
        findUnheaded(input)
    }

    private static func role(of field: FieldID) -> CellRole {
        switch field {
        case .name: .name
        case .residentID: .residentID
        case .sequence: .noise
        case .attendanceDays: .total
        case .date: .dayHeading
        case .mark: .mark
        default: .field
        }
    }

    private mutating func set(_ column: Int, _ role: CellRole) {
        guard column >= first, column - first < roles.count, roles[column - first] == nil else { return }
        roles[column - first] = role
    }

    func role(_ column: Int) -> CellRole? {
        column >= first && column - first < roles.count ? roles[column - first] : nil
    }

    func isMark(_ column: Int) -> Bool { column >= first && column - first < marks.count && marks[column - first] }

    /// A heading merged over several columns heads them all: 姓名 over B to D.
    private mutating func spread(_ input: BlockInput) {
        for heading in Array(input.block.headings.values) + input.block.figures.map(\.heading) {
            guard let merge = input.sheet.view.merge(heading.cell.row, heading.cell.column), merge.right > merge.left
            else {
                continue
            }
            for column in merge.left...merge.right { set(column, .field) }
        }
    }

    /// Numbers that count the rows, without a heading that says so.
    private mutating func findSerials(_ input: BlockInput) {
        guard let known = roles.firstIndex(where: { $0 != nil }), known > 0 else { return }
        for offset in 0..<known {
            let column = first + offset
            var last = 0
            var isSerial = true
            var seen = 0
            for row in input.rows {
                guard let cell = row.cell(column), cell.isFilled else { continue }
                guard let number = TableColumns.whole(cell.value), number > last || number == 1 else {
                    // Notes and signatures begin in the first column too.
                    if case .text(let text) = cell.value, text.utf8.count > 6 { continue }
                    isSerial = false
                    break
                }
                last = number
                seen += 1
            }
            if isSerial, seen > 0 { roles[offset] = .noise }
        }
    }

    private static func whole(_ value: CellValue) -> Int? {
        switch value {
        case .number(let number): number == number.rounded() && number > 0 && number < 10_000 ? Int(number) : nil
        case .text(let text): Int(TextFolding.key(text)).flatMap { $0 > 0 ? $0 : nil }
        default: nil
        }
    }

    // MARK: Columns without a day

    /// Texts that stand in the days' columns, and in columns that no day heads.
    private struct Values {
        var ofDays: Set<String> = []
        var others: [Int: [String]] = [:]

        /// Whether a text is what stands under days, or two of it for the halves of one.
        func isMark(_ text: String) -> Bool {
            if ofDays.contains(text) || MarkText.isCommonMark(text) { return true }
            guard let halves = LegendLine.halves(text) else { return false }
            return [halves.morning, halves.afternoon].allSatisfy { ofDays.contains($0) || MarkText.isCommonMark($0) }
        }
    }

    private func values(_ input: BlockInput) -> Values {
        var values = Values()
        for row in input.rows {
            guard row.cells.contains(where: { isMark($0.column) && $0.isFilled }) else { continue }
            for cell in row.cells where cell.isFilled && input.block.range.contains(cell.column) {
                if isMark(cell.column) {
                    values.ofDays.insert(MarkText.key(cell.value.display))
                } else if role(cell.column) == nil, !input.sheet.claims.isClaimed(row.index, cell.column) {
                    values.others[cell.column, default: []].append(MarkText.key(cell.value.display))
                }
            }
        }
        return values
    }

    private mutating func findUnheaded(_ input: BlockInput) {
        let block = input.block
        guard !block.days.isEmpty || !block.uncached.isEmpty else {
            for other in block.others {
                set(other.cell.column, .field)
                unknown.append(other)
            }
            return
        }
        let days = block.days.map(\.column) + block.uncached.map(\.column)
        guard let left = days.min(), let right = days.max() else { return }
        // Nearly all sheets: every column among the days and beside them has its heading.
        let mayBeUnheaded = !block.others.isEmpty || !block.slips.isEmpty || hasFilledGap(input, left, right)
        guard mayBeUnheaded else { return }
        let values = values(input)
        func areMarks(_ column: Int) -> Bool {
            guard let found = values.others[column], !found.isEmpty else { return false }
            // Halves in one cell (√/△), and among marks a word that stands under no day: most of them show the column.
            return found.count { values.isMark($0) } * 2 > found.count
        }
        for column in left...right where role(column) == nil { unheaded.append(column) }
        for slip in block.slips where role(slip.cell.column) == nil && !unheaded.contains(slip.cell.column) {
            unheaded.append(slip.cell.column)
        }
        var edge = right + 1
        while role(edge) == nil, block.range.contains(edge), unheaded.contains(edge) || areMarks(edge) {
            if !unheaded.contains(edge) { unheaded.append(edge) }
            edge += 1
        }
        edge = left - 1
        while edge >= first, role(edge) == nil, unheaded.contains(edge) || areMarks(edge) {
            if !unheaded.contains(edge) { unheaded.append(edge) }
            edge -= 1
        }
        for other in block.others where role(other.cell.column) == nil && !unheaded.contains(other.cell.column) {
            // Figures under an unknown heading are a field's; marks that are no figures are nobody's.
            let isNumeric = values.others[other.cell.column]?.allSatisfy { Double($0) != nil } ?? true
            guard !areMarks(other.cell.column) || isNumeric else { continue }
            set(other.cell.column, .field)
            unknown.append(other)
        }
        unheaded.sort()
    }

    private func hasFilledGap(_ input: BlockInput, _ left: Int, _ right: Int) -> Bool {
        if (left...right).contains(where: { role($0) == nil }) { return true }
        for row in input.rows {
            for cell in row.cells
            where input.block.range.contains(cell.column) && role(cell.column) == nil && cell.isFilled {
                return true
            }
        }
        return false
    }
}
