import Domain
import Tables

/// What stands above a table: titles, labels, month cells.
struct Preamble {
    var titles: [SubmittedText] = []
    var labels: [ContextText] = []
    /// Months of month cells (月份：2018年11月), in order.
    var months: [(reading: MonthReading, cell: CellAddress)] = []
    var mentionsHours = false
    /// The first formula without a stored value: what it says, nobody knows.
    var formula: CellAddress?

    /// Equal for the repeated headings of one printed table.
    var key: String {
        (titles.map { TextFolding.key($0.text) } + labels.map { ($0.field?.name ?? "") + TextFolding.key($0.text) }
            + months.map { $0.reading.chinese } + (formula == nil ? [] : ["="])).joined(separator: "|")
    }

    /// Reads a row above the headings, claiming what it understands.
    mutating func read(_ row: CellRow, in sheet: AttendanceSheet) {
        let filled = row.filled
        if formula == nil, let cell = filled.first(where: \.isUncachedFormula) {
            formula = CellAddress(row: row.index, column: cell.column)
        }
        if Preamble.isOfMarks(filled) { return }
        var place = 0
        while place < filled.count {
            if let count = readMonthInPieces(row.index, filled[place...], sheet) {
                place += count
                continue
            }
            let next = place + 1 < filled.count ? filled[place + 1] : nil
            place += read(filled[place], next, row.index, sheet) ? 2 : 1
        }
    }

    /// A legend in cells of its own, or somebody's days above the headings that should stand over them: no titles.
    private static func isOfMarks(_ filled: [Cell]) -> Bool {
        filled.count > 3
            && filled.count { cell in
                guard case .text(let text) = cell.value else { return false }
                return MarkText.isCommonMark(MarkText.key(text))
            } >= 3
    }

    /// 2020 | 年 | 1 | 月: a month whose figures and words stand in cells of their own, perhaps between the words of a
    /// title. How many cells it takes; nil where none begins here.
    private mutating func readMonthInPieces(_ row: Int, _ filled: ArraySlice<Cell>, _ sheet: AttendanceSheet) -> Int? {
        guard filled.count >= 3, let first = filled.first, first.value.display.utf8.count <= 12 else { return nil }
        let pieces = filled.prefix(6).map(\.value.display)
        guard pieces.dropFirst().contains(where: { $0.contains("月") }) else { return nil }
        for count in (3...pieces.count).reversed() {
            let text = pieces.prefix(count).joined()
            guard text.contains("月"), Preamble.isBareMonth(text) else { continue }
            let reading = MonthText.read(text)
            guard !reading.months.isEmpty else { continue }
            months.append((reading, CellAddress(row: row, column: first.column)))
            for cell in filled.prefix(count) { sheet.claims.claim(row, cell.column, .label) }
            return count
        }
        return nil
    }

    /// Whether the next cell was read with this one.
    private mutating func read(_ cell: Cell, _ next: Cell?, _ row: Int, _ sheet: AttendanceSheet) -> Bool {
        let address = CellAddress(row: row, column: cell.column)
        let claims = sheet.claims
        guard case .text(let whole) = cell.value else {
            readNumber(cell, address, sheet)
            return false
        }
        let text = RowNoise.withoutAnnexMark(whole)
        if ByteText.contains(text, "小时") || ByteText.contains(text, "工时") { mentionsHours = true }
        if LegendGrammar.body(of: text) != nil { return false }
        let split = LabelText.split(text, sheet.form)
        if !split.labels.isEmpty {
            claims.claim(address, split.title.isEmpty ? .label : .title)
            if !split.title.isEmpty { addTitle(split.title, address, sheet) }
            return read(split.labels, address, next, row, sheet)
        }
        // 姓名 | 张三 | 身份证号 | 6321…: a heading with its value beside it.
        if let meaning = LabelText.meaning(text, sheet.form), let next,
            LabelText.meaning(next.value.display, sheet.form) == nil,
            LabelText.labels(next.value.display, sheet.form).isEmpty
        {
            let beside = CellAddress(row: row, column: next.column)
            add(meaning, text, next.value.display, at: beside, cell: next)
            claims.claim(address, .label)
            claims.claim(beside, .label)
            return true
        }
        let isTitle = sheet.form.titleFit(TextFolding.key(text)) > 0
        if !isTitle, RowNoise.isSignature(text) || RowNoise.isNote(text) {
            claims.claim(address, .noise)
            return false
        }
        if Preamble.isBareMonth(text) {
            months.append((MonthText.read(text), address))
            claims.claim(address, .label)
            return false
        }
        addTitle(text, address, sheet)
        claims.claim(address, .title)
        return false
    }

    private mutating func readNumber(_ cell: Cell, _ address: CellAddress, _ sheet: AttendanceSheet) {
        switch cell.value {
        case .date, .dateTime:
            // The day of filling in or sending names no month; what is shown without a day is one.
            if let month = cell.month { months.append((month, address)) }
            sheet.claims.claim(address, .label)
        case .number(let number):
            guard let reading = DateText.read(number), let year = reading.year, let month = reading.month,
                reading.days.isEmpty
            else { return }
            months.append((MonthReading(year: year, month: month), address))
            sheet.claims.claim(address, .label)
        default: break
        }
    }

    private mutating func read(
        _ found: [Label], _ address: CellAddress, _ next: Cell?, _ row: Int, _ sheet: AttendanceSheet
    ) -> Bool {
        var isNextRead = false
        for (index, label) in found.enumerated() {
            guard label.value.isEmpty, index == found.count - 1, let next,
                LabelText.labels(next.value.display, sheet.form).isEmpty
            else {
                add(label.meaning, label.word, label.value, at: address, cell: nil)
                continue
            }
            let beside = CellAddress(row: row, column: next.column)
            // A signature without a name is not signed by the label beside it.
            if LabelText.meaning(next.value.display, sheet.form) != nil { continue }
            isNextRead = true
            sheet.claims.claim(beside, .label)
            add(label.meaning, label.word, next.value.display, at: beside, cell: next)
        }
        return isNextRead
    }

    /// Titles of the form come first: what they say outranks a village or a note above the table.
    private mutating func addTitle(_ text: String, _ address: CellAddress, _ sheet: AttendanceSheet) {
        let title = SubmittedText(text: text, cell: address)
        func fits(_ text: String) -> Bool { sheet.form.titleFit(TextFolding.key(text)) > 0 }
        if fits(text), let place = titles.firstIndex(where: { !fits($0.text) }) {
            titles.insert(title, at: place)
        } else {
            titles.append(title)
        }
    }

    private mutating func add(
        _ meaning: Label.Meaning, _ word: String, _ value: String, at address: CellAddress, cell: Cell?
    ) {
        guard !value.isEmpty else { return }
        switch meaning {
        case .field(let field): labels.append(ContextText(kind: .label, field: field, text: value, cell: address))
        case .sender: labels.append(ContextText(kind: .label, text: value, cell: address))
        case .month: addMonth(word, value, at: address, cell: cell)
        case .date:
            // 日期：2018年12月3日 is the day of reporting; a month alone or a range is the month.
            let reading = cell?.month ?? MonthText.read(value)
            if !reading.months.isEmpty { months.append((reading, address)) }
        case .unit: if value.contains("时") { mentionsHours = true }
        case .other: break
        }
    }

    private mutating func addMonth(_ word: String, _ value: String, at address: CellAddress, cell: Cell?) {
        switch cell?.value {
        case .date(let date)?, .dateTime(let date, _)?:
            // 时间 beside a real day is the day of filling in; 月份 can only mean the month that it lies in.
            let key = TextFolding.key(word)
            guard key.contains("月") || key.contains("属") || cell?.showsMonth ?? false else { return }
            months.append((MonthReading(year: date.year, month: date.month), address))
            return
        case .number(let number)? where number == number.rounded() && (1...12).contains(number):
            months.append((MonthReading(month: Int(number)), address))
            return
        default: break
        }
        // 月份 12, 年度 2019: a bare number beside the label, typed as text.
        if let number = Int(TextFolding.key(value)), (1...12).contains(number) {
            months.append((MonthReading(month: number), address))
            return
        }
        months.append((MonthText.read(value), address))
    }

    /// A text that names a month or a range of days and nothing else: `（2018年11月份）`, `10月26日—11月25日`.
    private static func isBareMonth(_ text: String) -> Bool {
        guard text.utf8.count <= 90 else { return false }
        let reading = MonthText.read(text)
        guard !reading.months.isEmpty || reading.year != nil || reading.span != nil || isBareDate(text) else {
            return false
        }
        let rest = TextFolding.key(text).unicodeScalars.filter {
            $0.digit == nil && $0.chineseDigit == nil
                && !"十年月日份度号至到-./()（）[]【】~—–〔〕第季上下半旬中".unicodeScalars.contains($0)
        }
        return rest.isEmpty
    }

    private static func isBareDate(_ text: String) -> Bool { DateText.read(text)?.date != nil }
}

extension Cell {
    /// The month that a date shown without its day names. Source: spec §5.1.
    var month: MonthReading? {
        guard showsMonth, case .date(let date) = value else { return nil }
        return MonthReading(year: date.year, month: date.month)
    }
}
