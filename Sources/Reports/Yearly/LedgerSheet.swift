import Domain
import Tables

/// The looks of the ledger: as those of all reports, with air between border and text.
enum LedgerLook {
    static let text = ReportLook.text.with { $0.indent = 1 }
    static let link = ReportLook.link.with { $0.indent = 1 }
    static let band = ReportLook.band.with {
        $0.indent = 1
        $0.wraps = true
    }
    static let heading = ReportStyle(
        font: .hei, size: 12, isBold: true, fill: 0xDCE6F1, border: .thin, horizontal: .left, indent: 1)
    static let headingCount = heading.with {
        $0.size = 10
        $0.horizontal = .right
    }
    static let note = ReportStyle(border: .thin, horizontal: .left, indent: 1, wraps: true)
    /// Under a row: what it rests on.
    static let under = note.with { $0.color = 0x404040 }
    static let foot = ReportLook.note.with { $0.size = 10 }
    static let warning = note.with {
        $0.isBold = true
        $0.color = 0xC00000
    }

    static func style(_ kind: ReportFrame.Kind) -> ReportStyle { kind == .text ? text : kind.style }
}

/// The matters of a measure under each other on one sheet: each has a heading that says how the county stands, then a
/// small table. Its columns are merged from one grid of narrow ones, so that tables of all shapes are as wide as the
/// page at a size that is read without effort.
struct LedgerSheet {
    /// Columns of the grid, and how wide each is: together they fill A4 landscape at nine points and more.
    static let units = 29
    static let unitWidth = 3.4

    private(set) var sheet: ReportSheet
    private var row = 2
    /// Where each matter begins.
    private var tops: [Int] = []

    init(name: String, title: String, left: String, right: String) {
        sheet = ReportSheet(name: name)
        sheet.columns = [ReportColumn](
            repeating: ReportColumn(.fixed(Self.unitWidth)), count: Self.units)
        let last = Self.units - 1
        sheet.putMerged(0, 0...last, .text(title), ReportLook.title)
        sheet.putMerged(1, 0...(last * 2 / 3), .text(left), ReportLook.subline)
        sheet.putMerged(1, (last * 2 / 3 + 1)...last, .text(right), ReportLook.sublineRight)
        sheet.rowHeights[0] = 32
        sheet.rowHeights[1] = 18
        sheet.defaultRowHeight = 18
        sheet.frozenAt = CellAddress(row: 2, column: 0)
        sheet.page = ReportPage(repeatedRows: 0...1)
    }

    /// Adds a matter with its table. Returns the row of its heading.
    ///
    /// - Parameter elsewhere: the sheet of its own that has its rows; nil where they stand here.
    @discardableResult
    mutating func add(
        _ section: AnnualLedger.Section, of county: CountyRecord, elsewhere: String? = nil
    ) -> Int {
        if row > 2 { row += 1 }
        let top = row
        tops.append(top)
        let last = Self.units - 1
        let open = section.isSilent ? "未报送" : "未结 \(section.standing.open)"
        sheet.putMerged(
            row, 0...(last - 6), .text("\(section.name)　\(section.title)"), LedgerLook.heading)
        sheet.putMerged(row, (last - 5)...last, .text(open), LedgerLook.headingCount)
        sheet.rowHeights[row] = 21
        row += 1
        addLine("情况：\(section.statusText)", LedgerLook.note)
        let due = section.standing.due.map { "　时限：\($0.iso)" } ?? ""
        addLine("要求：\(section.asks)　责任单位：\(section.acts)\(due)", LedgerLook.note)
        if !section.unreported.isEmpty { addLine(section.missingText, LedgerLook.warning) }
        if let elsewhere {
            sheet.putMerged(
                row, 0...last,
                .link(
                    text: "共 \(section.rows.count) 行，见“\(elsewhere)”", sheet: elsewhere,
                    cell: CellAddress(row: 0, column: 0)), LedgerLook.link)
            row += 1
        } else if !section.rows.isEmpty {
            addTable(section, county)
        } else if section.unreported.isEmpty {
            addLine("已报送，没有需要列出的事项。", LedgerLook.note)
        }
        return top
    }

    // MARK: Pages

    /// Whether the matter with its table is more than a page: on a sheet of several nobody would repeat its headings.
    static func isLong(_ section: AnnualLedger.Section, of county: CountyRecord) -> Bool {
        guard section.rows.count > rowsOfPageMin else { return false }
        var alone = LedgerSheet(name: "1", title: "", left: "", right: "")
        alone.add(section, of: county)
        let heights = alone.heights
        return heights.rows.reduce(0, +) > heights.room
    }

    /// So many rows fit on a page whatever wraps in them.
    private static let rowsOfPageMin = 5

    /// Begins a page where a matter would else be torn apart.
    mutating func breakPages() {
        let heights = heights
        var filled = 0.0
        for (place, top) in tops.enumerated() {
            let end = place + 1 < tops.count ? tops[place + 1] : row
            let needed = heights.rows[(top - 2)..<(end - 2)].reduce(0, +)
            if place > 0, filled + needed > heights.room {
                sheet.page.breaks.append(top)
                filled = 0
            }
            filled += needed
        }
    }

    /// Of the rows below title and facts, and what a page has for them. Unit: points.
    private var heights: (rows: [Double], room: Double) {
        let layout = ReportLayout(of: sheet)
        func height(_ row: Int) -> Double { layout.rowHeights[row] ?? sheet.defaultRowHeight ?? 15 }
        let room = ReportPaper(sheet.page).room(layout.columnWidths) - height(0) - height(1)
        return ((2..<max(2, row)).map(height), room)
    }

    private mutating func addLine(_ text: String, _ style: ReportStyle) {
        sheet.putMerged(row, 0...(Self.units - 1), .text(text), style)
        row += 1
    }

    private mutating func addTable(_ section: AnnualLedger.Section, _ county: CountyRecord) {
        let isBeside = Self.isBeside(section)
        let columns = isBeside ? section.allColumns : section.columns
        let rows = section.rows.map { isBeside ? $0.values(in: county) : $0.values }
        var spans: [ClosedRange<Int>] = []
        for units in Self.allocate(columns, rows) {
            let first = (spans.last?.upperBound ?? -1) + 1
            spans.append(first...(first + units - 1))
        }
        for (column, span) in zip(columns, spans) {
            sheet.putMerged(row, span, .text(column.heading), ReportLook.heading)
        }
        row += 1
        for (values, entry) in zip(rows, section.rows) {
            for (index, value) in values.enumerated() {
                sheet.putMerged(row, spans[index], value, LedgerLook.style(columns[index].kind))
            }
            row += 1
            if isBeside { continue }
            let last = Self.units - 1
            let next = entry.next.isEmpty ? "" : "下一步：\(entry.next)"
            sheet.putMerged(
                row, 0...(last - 9), .text("证据：\(entry.evidence.evidenceText(in: county))"),
                LedgerLook.under)
            sheet.putMerged(row, (last - 8)...last, .text(next), LedgerLook.under)
            row += 1
        }
    }

    /// Whether what a row rests on and asks for stands beside it; under it where its own columns need the page.
    static func isBeside(_ section: AnnualLedger.Section) -> Bool {
        needed(section.columns, section.rows.map(\.values)) <= units - unitsBeside
    }

    /// What 证据 and 下一步 take beside a table.
    private static let unitsBeside = 10

    /// Columns of the grid that a table needs, texts in two lines or so.
    private static func needed(_ columns: [ReportFrame.Column], _ rows: [[ReportValue]]) -> Int {
        columns.indices.reduce(0) { sum, index in
            let want = self.want(columns[index], rows.map { $0[index] })
            return sum + (columns[index].kind == .text ? min(want, max(3, (want + 1) / 2)) : want)
        }
    }

    // MARK: Widths

    /// How many columns of the grid each column of a table takes; together all of them.
    ///
    /// Each takes what its content needs within its bounds; what is left goes to the texts that need it most, what
    /// lacks is taken from the widest texts, which wrap.
    static func allocate(_ columns: [ReportFrame.Column], _ rows: [[ReportValue]]) -> [Int] {
        let wants = columns.indices.map { index in want(columns[index], rows.map { $0[index] }) }
        // Dates, numbers and names stand in one line; texts wrap, and so do words of a few characters.
        let floors = columns.indices.map { index -> Int in
            switch columns[index].kind {
            case .text: 2
            case .centered: min(wants[index], span(columns[index].least))
            default: wants[index]
            }
        }
        var taken = columns.indices.map { columns[$0].kind == .text ? min(wants[$0], 3) : wants[$0] }
        func sum() -> Int { taken.reduce(0, +) }
        /// The column that can best spare one.
        func spare() -> Int? {
            taken.indices.filter { taken[$0] > floors[$0] }.max {
                (taken[$0] - floors[$0], $1) < (taken[$1] - floors[$1], $0)
            }
        }
        while sum() > Self.units,
            let index = spare() ?? taken.indices.max(by: { (taken[$0], $0) < (taken[$1], $1) }),
            taken[index] > 1
        {
            taken[index] -= 1
        }
        while sum() < Self.units {
            // The greatest lack first; where nobody lacks anything, the widest text.
            let lacking =
                taken.indices.max { (wants[$0] - taken[$0], $1) < (wants[$1] - taken[$1], $0) } ?? 0
            if wants[lacking] > taken[lacking] {
                taken[lacking] += 1
            } else {
                let texts = columns.indices.filter { columns[$0].kind == .text }
                let widest = (texts.isEmpty ? Array(taken.indices) : texts).max {
                    (taken[$0], $0) < (taken[$1], $1)
                }
                taken[widest ?? 0] += 1
            }
        }
        return taken
    }

    /// How wide a column is that takes so many of the grid. Unit: widths of the digit 0.
    static func width(_ units: Int) -> Double { Double(units) * unit - ReportLayout.columnAir }

    /// What a column of the grid adds to a merged range. Unit: widths of the digit 0.
    private static let unit = unitWidth + ReportLayout.columnAir

    private static func span(_ width: Double) -> Int { max(1, Int((width / unit).rounded(.up))) }

    /// What a column would like to have.
    private static func want(_ column: ReportFrame.Column, _ values: [ReportValue]) -> Int {
        let longest = Double(([column.heading] + values.map(text)).map(TextWidth.of).max() ?? 0)
        guard column.kind == .text else { return span(longest + 1.2) }
        return span(min(column.most, max(column.least, longest + 3)))
    }

    /// About what the reader sees of a value.
    private static func text(_ value: ReportValue) -> String {
        switch value {
        case .text(let text): return text
        case .number(let number):
            let text = number.text
            let whole = text.prefix { $0 != "." }.utf8.count
            return text + String(repeating: ",", count: max(0, whole - 1) / 3) + " "
        case .date: return "2019-01-01"
        default: return ""
        }
    }
}
