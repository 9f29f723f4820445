import Domain
import Tables

/// Finds the legends of a table: in every cell that is none of the table's own. Source: spec §5.5 (any place).
struct LegendScan {
    let sheet: AttendanceSheet
    let grammar: LegendGrammar
    /// Texts with a mark in them that are none; kept where `inspect` asks.
    let passedOver = PassedOverLegends()
    let blanks = BlankLegends()

    init(_ sheet: AttendanceSheet, marks: MarkOccurrences) {
        self.sheet = sheet
        grammar = LegendGrammar { marks.contains($0) }
    }

    /// Entries in some rows, their cells claimed.
    ///
    /// - Parameters:
    ///   - table: of whose names, marks and fields nothing is looked at.
    ///   - isLegend: the rows are known to be nothing but a legend.
    func entries(_ rows: [CellRow], beside table: TableCells? = nil, isLegend: Bool = false) -> [LegendEntry] {
        var entries: [LegendEntry] = []
        var isOpen = false
        var above: CellRow?
        for row in rows {
            defer { above = row }
            if let upper = above, LegendRow.lists(upper, row) {
                entries += pairs(upper, row)
                continue
            }
            var cells = row.filled
            if LegendRow.isHeading(row) {
                sheet.claims.claim(row, .legend)
                isOpen = true
                continue
            }
            if let table {
                let kind = table.kind(row)
                cells = cells.filter { !table.isOwn(row, $0, kind) }
            }
            entries += answers(row.index, &cells)
            let found = self.entries(row.index, cells, isOpen: isOpen, isLegend: isLegend)
            isOpen = found.opens || (isOpen && !found.entries.isEmpty)
            entries += found.entries
        }
        return entries
    }

    /// Lines that ask for a mark's meaning, taken out of a row's cells: whatever stands behind one is its answer, and
    /// whoever was asked is told that nobody understands it.
    private func answers(_ row: Int, _ cells: inout [Cell]) -> [LegendEntry] {
        var entries: [LegendEntry] = []
        var place = 0
        while place < cells.count {
            guard case .text(let text) = cells[place].value, let mark = LegendLine.asked(text) else {
                place += 1
                continue
            }
            let cell = CellAddress(row: row, column: cells[place].column)
            sheet.claims.claim(cell, .legend)
            cells.remove(at: place)
            // Beside it another one asks: this one has no answer.
            guard place < cells.count, LegendLine.asked(cells[place].value.display) == nil else { continue }
            let words = cells.remove(at: place)
            sheet.claims.claim(CellAddress(row: row, column: words.column), .legend)
            entries.append(LegendLine.entry(mark, words.value.display, cell))
        }
        return entries
    }

    private func entries(_ row: Int, _ cells: [Cell], isOpen: Bool, isLegend: Bool) -> (
        entries: [LegendEntry], opens: Bool
    ) {
        var entries: [LegendEntry] = []
        var opens = isOpen
        var rowOpens = false
        /// Marks and words in cells of their own.
        var loose: [(cell: CellAddress, text: String)] = []
        for cell in cells {
            let address = CellAddress(row: row, column: cell.column)
            let text: String
            switch cell.value {
            case .text(let found): text = found
            case .number(let number) where opens: text = CellValue.numberText(number)
            default: continue
            }
            blanks.look(text, at: address)
            let body = LegendGrammar.body(of: text)
            if body != nil { (opens, rowOpens) = (true, true) }
            let isOpened = body != nil || rowOpens || (opens || isLegend) && LegendScan.isEntry(text)
            let found = grammar.entries(body ?? text, cell: address, isOpened: isOpened)
            if accepts(found, text, isOpened: isOpened || opens) {
                sheet.claims.claim(address, .legend)
                entries += found
            } else if body != nil, TextFolding.key(body ?? "").count <= 2 {
                sheet.claims.claim(address, .legend)
            } else {
                if sheet.explains, !found.isEmpty { passedOver.add(text, address, found) }
                if TextFolding.key(text).count <= 8 { loose.append((address, text)) }
            }
        }
        entries += pairs(loose, isOpened: opens)
        return (entries, rowOpens)
    }

    /// 符号 | √ | ○ over 含义 | 出勤 | 请假.
    private func pairs(_ upper: CellRow, _ lower: CellRow) -> [LegendEntry] {
        sheet.claims.claim(upper, .legend)
        sheet.claims.claim(lower, .legend)
        return zip(upper.filled, lower.filled).dropFirst().flatMap { mark, meaning in
            let cell = CellAddress(row: upper.index, column: mark.column)
            return grammar.entries("\(mark.value.display)：\(meaning.value.display)", cell: cell, isOpened: true)
        }
    }

    /// √ 甲类: a mark and a word or two, which in a legend is an entry whether or not anybody understands it.
    private static func isEntry(_ text: String) -> Bool {
        let key = MarkText.key(text)
        guard let first = key.unicodeScalars.first, MarkText.isSymbol(first), !first.isLatinLetter else { return false }
        return (2...8).contains(key.count)
    }

    /// A legend opens as one, explains two marks, or is nothing but a mark and its known meaning.
    private func accepts(_ found: [LegendEntry], _ text: String, isOpened: Bool) -> Bool {
        isOpened ? !found.isEmpty : LegendGrammar.areLegend(found.filter { $0.meaning != nil }, text)
    }

    /// √ | 出勤 | △ | 请假: mark and meaning side by side in cells of their own.
    private func pairs(_ loose: [(cell: CellAddress, text: String)], isOpened: Bool) -> [LegendEntry] {
        guard loose.count >= 2 else { return [] }
        var entries: [LegendEntry] = []
        var place = 0
        while place + 1 < loose.count {
            let text = loose[place].text + " " + loose[place + 1].text
            let found = grammar.entries(text, cell: loose[place].cell, isOpened: isOpened)
            if found.count == 1, found[0].meaning != nil, found[0].isShape || isOpened {
                entries += found
                sheet.claims.claim(loose[place].cell, .legend)
                sheet.claims.claim(loose[place + 1].cell, .legend)
                place += 2
            } else {
                place += 1
            }
        }
        return entries
    }
}

/// Which figures and short words stand as marks in a sheet's tables; looked up only where a legend asks.
final class MarkOccurrences {
    private let collect: () -> Set<String>
    private let collectPairs: () -> Set<String>
    private lazy var texts = collect()
    /// Of two signs alone, which many a legend asks for: √—出勤 would be one of √-.
    private lazy var pairs = collectPairs()

    init(_ collect: @escaping () -> Set<String>, pairs: @escaping () -> Set<String> = { [] }) {
        self.collect = collect
        collectPairs = pairs
    }

    func contains(_ text: String) -> Bool {
        let key = MarkText.key(text)
        return MarkText.isCommonMark(key) && key.unicodeScalars.count == 2 ? pairs.contains(key) : texts.contains(key)
    }
}

/// Which of the legends of a workbook rules a table: its own, else its sheet's, else the workbook's. Source: spec §5.5.
enum LegendReach {
    /// Two entries of one reach that give a mark two meanings leave it without one.
    static func settled(_ entries: [LegendEntry]) -> [LegendEntry] {
        var result: [LegendEntry] = []
        for entry in entries {
            guard let place = result.firstIndex(where: { $0.mark == entry.mark }) else {
                result.append(entry)
                continue
            }
            if result[place].meaning == entry.meaning || result[place].isContradicted { continue }
            if result[place].meaning == nil {
                result[place] = entry
            } else if entry.meaning != nil {
                result[place].isContradicted = true
                result[place].meaning = nil
                result[place].words += " / " + entry.words
                result[place].cell = entry.cell
                result[place].sheet = entry.sheet
            }
        }
        return result
    }

    /// Entries that lost against those that rule a table, and why. Source: spec §5.5 (the nearest legend rules).
    static func lost(_ own: [[LegendEntry]], workbook: [LegendEntry], at index: Int) -> [WeighedCandidate] {
        let others = own.enumerated().filter { $0.offset != index }.flatMap(\.element)
        let ofSheet = own.flatMap { $0 }
        func candidates(_ entries: [LegendEntry], _ zh: String, _ en: String) -> [WeighedCandidate] {
            entries.map { entry in
                WeighedCandidate(
                    subject: .legend,
                    what: BilingualText(zh: entry.mark + " " + entry.words, en: entry.mark + " " + entry.words),
                    cell: entry.cell, reason: BilingualText(zh: zh, en: en))
            }
        }
        if !own[index].isEmpty {
            let isOwn = Set(own[index].map(\.cell))
            return candidates(
                others.filter { !isOwn.contains($0.cell) } + workbook, "本表自己有图例", "the table has a legend of its own")
        }
        return ofSheet.isEmpty ? [] : candidates(workbook, "本工作表自己有图例", "the sheet has a legend of its own")
    }

    /// The legend of each table, in order. `own`: what stands in each table's rows.
    static func legends(_ own: [[LegendEntry]], workbook: [LegendEntry]) -> [[LegendEntry]] {
        let ofSheet = own.flatMap { $0 }
        return own.map { entries in
            if !entries.isEmpty { return settled(entries) }
            return settled(ofSheet.isEmpty ? workbook : ofSheet)
        }
    }
}
