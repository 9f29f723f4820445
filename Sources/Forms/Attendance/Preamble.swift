import Domain
import Tables

/// What stands above a block: titles, labels, month cells.
struct Preamble {
    var titles: [SubmittedText] = []
    var labels: [ContextText] = []
    /// Months of month cells (月份：2018年11月), in order.
    var months: [(reading: MonthReading, cell: CellAddress)] = []
    var mentionsHours = false
    var regions: [CellRegion] = []

    /// Equal for the repeated headings of one printed table.
    var key: String {
        (titles.map { TextFolding.key($0.text) } + labels.map { ($0.field?.name ?? "") + TextFolding.key($0.text) }
            + months.map { $0.reading.chinese }).joined(separator: "|")
    }

    mutating func read(_ row: CellRow, in sheet: AttendanceSheet) {
        let filled = row.filled
        // 2020 | 年 | 1 | 月: a month whose figures and words stand in cells of their own.
        if (3...6).contains(filled.count), let first = filled.first {
            let text = filled.map(\.value.display).joined()
            if text.contains("月"), Preamble.isBareMonth(text), MonthText.read(text).month != nil {
                let address = CellAddress(row: row.index, column: first.column)
                months.append((MonthText.read(text), address))
                regions.append(CellRegion(role: .label, from: address, to: address))
                return
            }
        }
        var skip: Set<Int> = []
        for (place, cell) in filled.enumerated() where !skip.contains(place) {
            let address = CellAddress(row: row.index, column: cell.column)
            switch cell.value {
            case .date(let date), .dateTime(let date, _):
                // A real date shown as a month.
                months.append((MonthReading(year: date.year, month: date.month), address))
                continue
            case .number(let number):
                if let reading = DateText.read(number), reading.year != nil, let month = reading.month {
                    months.append((MonthReading(year: reading.year, month: month), address))
                }
                continue
            case .text: break
            default: continue
            }
            guard case .text(let text) = cell.value else { continue }
            if ByteText.contains(text, "小时") || ByteText.contains(text, "工时") { mentionsHours = true }
            if MarkLegend.body(of: text) != nil { continue }
            let next = place + 1 < filled.count ? filled[place + 1] : nil
            let labels = LabelText.labels(text, sheet.form)
            if !labels.isEmpty {
                for (index, label) in labels.enumerated() {
                    var value = label.value
                    var from = address
                    if value.isEmpty, index == labels.count - 1, let next,
                        LabelText.labels(next.value.display, sheet.form).isEmpty
                    {
                        value = next.value.display
                        from = CellAddress(row: row.index, column: next.column)
                        skip.insert(place + 1)
                    }
                    add(label.meaning, value, at: from, cell: value == label.value ? nil : next)
                }
                regions.append(CellRegion(role: .label, from: address, to: address))
                continue
            }
            // 姓名 | 张三 | 身份证号 | 6321…: a heading with its value beside it.
            if let meaning = LabelText.meaning(text, sheet.form), let next,
                LabelText.meaning(next.value.display, sheet.form) == nil,
                LabelText.labels(next.value.display, sheet.form).isEmpty
            {
                skip.insert(place + 1)
                add(meaning, next.value.display, at: CellAddress(row: row.index, column: next.column), cell: next)
                regions.append(
                    CellRegion(role: .label, from: address, to: CellAddress(row: row.index, column: next.column)))
                continue
            }
            if RowNoise.isSignature(text) { continue }
            if Preamble.isBareMonth(text) {
                months.append((MonthText.read(text), address))
                regions.append(CellRegion(role: .label, from: address, to: address))
                continue
            }
            titles.append(SubmittedText(text: text, cell: address))
            regions.append(CellRegion(role: .title, from: address, to: address))
        }
    }

    private mutating func add(_ meaning: Label.Meaning, _ value: String, at address: CellAddress, cell: Cell?) {
        guard !value.isEmpty else { return }
        switch meaning {
        case .field(let field): labels.append(ContextText(kind: .label, field: field, text: value, cell: address))
        case .sender: labels.append(ContextText(kind: .label, text: value, cell: address))
        case .month:
            if let cell {
                switch cell.value {
                case .date(let date), .dateTime(let date, _):
                    months.append((MonthReading(year: date.year, month: date.month), address))
                    return
                case .number(let number) where number == number.rounded() && (1...12).contains(number):
                    months.append((MonthReading(month: Int(number)), address))
                    return
                default: break
                }
            }
            // 月份 12, 年度 2019: a bare number beside the label, typed as text.
            if let number = Int(TextFolding.key(value)), (1...12).contains(number) {
                months.append((MonthReading(month: number), address))
                return
            }
            months.append((MonthText.read(value), address))
        case .date:
            // 日期：2018年12月3日 is the day of reporting; a month alone or a range is the month.
            let reading = MonthText.read(value)
            if DateText.read(value)?.date == nil, reading.month != nil { months.append((reading, address)) }
        case .unit: if value.contains("时") { mentionsHours = true }
        case .other: break
        }
    }

    /// A text that names a month and nothing else: `（2018年11月份）`.
    private static func isBareMonth(_ text: String) -> Bool {
        guard text.utf8.count <= 60 else { return false }
        let reading = MonthText.read(text)
        guard reading.month != nil || reading.year != nil else { return false }
        let rest = TextFolding.key(text).unicodeScalars.filter {
            $0.digit == nil && $0.chineseDigit == nil && !"十年月日份度号至-./()（）[]【】~—〔〕第季".unicodeScalars.contains($0)
        }
        return rest.isEmpty
    }
}
