import Domain
import Forms
import Reports
import Tables

/// A small picture of a sheet's grid: each part in the colour of its role, or, without colours, as its role's letter.
struct GridPicture {
    /// Rows and columns shown at most; what is beyond is counted.
    static let rowsMax = 36
    static let columnsMax = 60

    let grid: CellGrid
    let language: Language
    let isColoured: Bool
    /// Unit: columns of the terminal.
    let width: Int
    /// What each cell was consumed as.
    private let roles: [CellAddress: CellRole]

    init(grid: CellGrid, reading: Forms.SheetReading, language: Language, isColoured: Bool, width: Int) {
        self.grid = grid
        self.language = language
        self.isColoured = isColoured
        self.width = width
        roles = Dictionary(reading.cells.map { ($0.cell, $0.role) }, uniquingKeysWith: { first, _ in first })
    }

    private func role(_ row: Int, _ column: Int) -> CellRole? { roles[CellAddress(row: row, column: column)] }

    func lines() -> [String] {
        guard let first = grid.rows.first?.index, let last = grid.rows.last?.index else { return [] }
        let columnCount = min(GridPicture.columnsMax, (grid.rows.map { $0.cells.last?.column ?? 0 }.max() ?? 0) + 1)
        let shown = grid.rows.prefix(GridPicture.rowsMax)
        var lines = isColoured ? coloured(shown, columnCount) : letters(shown, columnCount)
        if grid.rows.count > shown.count {
            let rest = grid.rows.count - shown.count
            lines.append(
                language == .zh
                    ? "  … 还有 \(rest) 行（第 \(first + 1)–\(last + 1) 行有内容）"
                    : "  … \(rest) more rows (rows \(first + 1)–\(last + 1) hold something)")
        }
        lines.append("  " + key())
        return lines
    }

    // MARK: Letters

    /// A character a cell.
    private func letters(_ rows: ArraySlice<CellRow>, _ columnCount: Int) -> [String] {
        rows.map { row in
            var line = number(row.index) + " "
            var next = 0
            for cell in row.cells.prefix(while: { $0.column < columnCount }) where shows(cell) {
                line += String(repeating: " ", count: cell.column - next)
                line += role(row.index, cell.column)?.letter ?? " "
                next = cell.column + 1
            }
            return line
        }
    }

    private func shows(_ cell: Cell) -> Bool { !cell.value.isBlank || cell.isUncachedFormula }

    // MARK: Colours

    private func coloured(_ rows: ArraySlice<CellRow>, _ columnCount: Int) -> [String] {
        let widths = columnWidths(rows, columnCount)
        return rows.map { row in
            var line = number(row.index) + " "
            var room = width - 9
            var column = 0
            while column < columnCount {
                guard widths[column] > 0 else {
                    column += 1
                    continue
                }
                let role = role(row.index, column)
                let text = row.cell(column).map { shown($0, role) } ?? ""
                var span = widths[column]
                var next = column + 1
                if !text.isEmpty, role?.isWide ?? true {
                    // Titles and notes run over the empty cells beside them, as in a spreadsheet.
                    while next < columnCount, row.cell(next).map(shows) != true {
                        if widths[next] > 0 { span += widths[next] + 1 }
                        next += 1
                    }
                }
                if room < span {
                    if room > 4 { line += paint(clipped(text, room), text.isEmpty ? nil : role) }
                    line += "…"
                    break
                }
                line += paint(clipped(text, span), text.isEmpty ? nil : role) + " "
                room -= span + 1
                column = next
            }
            return line
        }
    }

    /// By what stands in the table; titles and notes run over.
    private func columnWidths(_ rows: ArraySlice<CellRow>, _ columnCount: Int) -> [Int] {
        var widths = [Int](repeating: 0, count: columnCount)
        for row in rows {
            for cell in row.cells where cell.column < columnCount && shows(cell) {
                let role = role(row.index, cell.column)
                let limit: Int
                switch role {
                case .mark?, .dayHeading?, .total?: limit = 5
                case .some(let role): limit = role.isWide ? 2 : 10
                case nil: limit = row.cells.count > 4 ? 8 : 2
                }
                widths[cell.column] = max(widths[cell.column], min(limit, TextWidth.of(shown(cell, role))))
            }
        }
        return widths
    }

    /// The cell's text on one line, numbers that may be an ID or an account masked.
    private func shown(_ cell: Cell, _ role: CellRole?) -> String {
        if cell.isUncachedFormula { return "=?" }
        var text = TextFolding.trimmed(cell.value.display)
        if role == .residentID, cell.value.typeName != "text" || text.utf8.count >= 6,
            text.utf8.contains(where: { (48...57).contains($0) })
        {
            text = ResidentID.masked(text)
        }
        text = IDMasking.masked(text)
        return InspectionText.plain(text)
    }

    private func clipped(_ text: String, _ width: Int) -> String {
        var result = ""
        var used = 0
        for scalar in text.unicodeScalars {
            let step = TextWidth.of(String(scalar))
            if used + step > width { break }
            result.unicodeScalars.append(scalar)
            used += step
        }
        return result + String(repeating: " ", count: width - used)
    }

    private func paint(_ text: String, _ role: CellRole?) -> String {
        guard let role else { return text }
        return "\u{1B}[\(role.colour)m\(text)\u{1B}[0m"
    }

    private func number(_ row: Int) -> String {
        let text = String(row + 1)
        return String(repeating: " ", count: max(0, 5 - text.utf8.count)) + text
    }

    private func key() -> String {
        let found = Set(roles.values)
        let roles = CellRole.allCases.filter(found.contains)
        let parts = roles.map { role in
            isColoured ? paint(" \(role.name(language)) ", role) : "\(role.letter) \(role.name(language))"
        }
        guard !parts.isEmpty else { return language == .zh ? "（没有识别出的部分）" : "(no part was recognised)" }
        return parts.joined(separator: isColoured ? " " : " · ")
    }
}

extension CellRole {
    /// What the role is called in the picture's key.
    func name(_ language: Language) -> String {
        switch self {
        case .title: language == .zh ? "标题" : "title"
        case .label: language == .zh ? "标签" : "label"
        case .heading: language == .zh ? "表头" : "heading"
        case .dayHeading: language == .zh ? "日期" : "day"
        case .name: language == .zh ? "姓名" : "name"
        case .residentID: language == .zh ? "身份证号" : "ID"
        case .field: language == .zh ? "栏目" : "field"
        case .mark: language == .zh ? "考勤" : "mark"
        case .total: language == .zh ? "合计" : "total"
        case .legend: language == .zh ? "图例" : "legend"
        case .subHeading: language == .zh ? "小标题" : "sub-heading"
        case .noise: language == .zh ? "不是数据" : "no record"
        case .unread: language == .zh ? "未读懂" : "not read"
        }
    }

    /// Whether it stands beside the table rather than in it.
    fileprivate var isWide: Bool {
        switch self {
        case .title, .label, .legend, .noise, .subHeading: true
        default: false
        }
    }

    var letter: String {
        switch self {
        case .title: "T"
        case .label: "L"
        case .heading: "H"
        case .dayHeading: "D"
        case .name: "N"
        case .residentID: "I"
        case .field: "f"
        case .mark: "m"
        case .total: "S"
        case .legend: "G"
        case .subHeading: "s"
        case .noise: "-"
        case .unread: "?"
        }
    }

    /// The SGR code of its colour: readable on dark and on light terminals.
    fileprivate var colour: String {
        switch self {
        case .title: "1;35"
        case .label: "35"
        case .heading: "1;34"
        case .dayHeading: "34"
        case .name: "1;32"
        case .residentID: "36"
        case .field: "32"
        case .mark: "33"
        case .total: "1;33"
        case .legend: "1;36"
        case .subHeading: "1;32"
        case .noise: "2"
        case .unread: "1;31"
        }
    }
}
