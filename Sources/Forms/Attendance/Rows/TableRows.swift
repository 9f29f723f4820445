import Domain
import Tables

/// What a row of a table's body is.
enum TableRow {
    /// A person, with the cell that names one.
    case person(SubmittedText)
    /// Marks, figures or an ID without a name that could be one; with what stands in the name's cell.
    case unnamed(SubmittedText)
    /// 小计 合计 总计.
    case total(SubmittedText)
    /// A village, a role, alone between the people.
    case subHeading(SubmittedText)
    /// Notes, signatures, headings again, empty lines of a template.
    case noise
}

/// Tells the rows of a table apart, and claims the cells of those that are nobody.
struct TableRows {
    let input: BlockInput
    let columns: TableColumns

    private var view: SheetView { input.sheet.view }
    private var block: RecognisedBlock { input.block }
    private var claims: CellClaims { input.sheet.claims }

    init(_ input: BlockInput, _ columns: TableColumns) {
        self.input = input
        self.columns = columns
    }

    /// What the row is; cells of rows that are nobody are claimed.
    func read(_ row: CellRow) -> TableRow {
        let filled = row.cells.filter {
            $0.isFilled && block.range.contains($0.column) && claims.role(row.index, $0.column) != .legend
        }
        guard !filled.isEmpty, let nameColumn = block.columns[.name] else { return .noise }
        if isHeadingAgain(row) {
            claims.claim(row, block.range, .noise)
            return .noise
        }
        let hasMarks = filled.contains { columns.isMark($0.column) && !claims.isClaimed(row.index, $0.column) }
        let hasID =
            block.columns[.residentID].flatMap { view.text(row.index, $0) }.map { PersonRow.looksLikeID($0.text) }
            ?? false
        if !hasID, let label = total(filled, nameColumn, row.index) { return .total(label) }
        if !hasID, isNote(filled, nameColumn, row.index) {
            claimNote(row)
            return .noise
        }
        let hasFigures = filled.contains { columns.role($0.column) == .total }
        return named(row, filled, nameColumn, hasID: hasID, counts: hasMarks || hasFigures)
    }

    /// A row that is no sum and no note: a person, a heading between people, or nobody.
    private func named(
        _ row: CellRow, _ filled: [Cell], _ nameColumn: Int, hasID: Bool, counts: Bool
    ) -> TableRow {
        let blank = SubmittedText(text: "", cell: CellAddress(row: row.index, column: nameColumn))
        if row.cell(nameColumn)?.isUncachedFormula ?? false { return counts || hasID ? .unnamed(blank) : .noise }
        guard let name = view.text(row.index, nameColumn) else {
            if !counts, !hasID, filled.count <= 2, let sub = subHeading(filled, row.index) {
                claimSerials(filled, row.index)
                return .subHeading(sub)
            }
            return counts || hasID ? .unnamed(blank) : empty(row)
        }
        if !hasID, !counts, let sub = subHeading(filled, row.index) {
            claimSerials(filled, row.index)
            return .subHeading(sub)
        }
        if hasID { return .person(name) }
        let isPlace = PlaceText.isPlace(name.text) && TextFolding.key(name.text).count > 2
        if name.isNumber || NameText.isNobody(name.text) || isPlace {
            return counts ? .unnamed(name) : empty(row)
        }
        if let hit = input.sheet.form.hit(name.text), input.sheet.form.definition.fields[hit.field].field == .name {
            return counts ? .unnamed(name) : empty(row)
        }
        return .person(name)
    }

    /// The number of a village before its name.
    private func claimSerials(_ filled: [Cell], _ row: Int) {
        for cell in filled where columns.role(cell.column) == .noise { claims.claim(row, cell.column, .noise) }
    }

    /// A line of notes; what explains marks is the legend's to read.
    private func claimNote(_ row: CellRow) {
        for cell in row.cells where cell.isFilled && block.range.contains(cell.column) {
            if case .text(let text) = cell.value, LegendGrammar.explainsMarks(text) { continue }
            claims.claim(row.index, cell.column, .noise)
        }
    }

    // MARK: Headings again

    /// A printed page's headings: what stands in the row stands in a row of the headings too.
    private func isHeadingAgain(_ row: CellRow) -> Bool {
        guard row.cells.count >= 2 else { return false }
        for index in block.headingRows {
            guard let heading = view.row(index) else { continue }
            var same = 0
            var all = 0
            for cell in row.cells where cell.isFilled && block.range.contains(cell.column) {
                all += 1
                if heading.cell(cell.column)?.value == cell.value { same += 1 }
            }
            // People all marked alike under a line of the like are no headings: a name would differ.
            if same >= 2, same * 5 >= all * 4 { return true }
        }
        return false
    }

    // MARK: Sums and notes

    private func total(_ filled: [Cell], _ nameColumn: Int, _ row: Int) -> SubmittedText? {
        let limit = max(nameColumn, (columns.firstMark ?? nameColumn + 1) - 1)
        for cell in filled where cell.column <= limit {
            guard case .text(let text) = cell.value, RowNoise.isTotal(text) else { continue }
            return SubmittedText(text: text, cell: CellAddress(row: row, column: cell.column))
        }
        return nil
    }

    /// Signatures and notes: what opens the row says so, or it is a sentence.
    private func isNote(_ filled: [Cell], _ nameColumn: Int, _ row: Int) -> Bool {
        guard let first = filled.first, case .text(let text) = first.value else { return false }
        if first.column <= nameColumn, RowNoise.isSignature(text) || LegendGrammar.body(of: text) != nil {
            return !holdsMarksAlone(filled, nameColumn)
        }
        guard let name = view.text(row, nameColumn) else { return false }
        if RowNoise.isSignature(name.text) || LegendGrammar.body(of: name.text) != nil {
            return !holdsMarksAlone(filled, nameColumn)
        }
        if filled.contains(where: { columns.isMark($0.column) && $0.column != first.column }) { return false }
        if filled.count == 1, SubHeading.village(name.text) != nil || SubHeading.isRole(name.text) { return false }
        return isSentence(name.text, filled)
    }

    /// Nothing but marks behind a note's word: somebody's, whose name it took.
    private func holdsMarksAlone(_ filled: [Cell], _ nameColumn: Int) -> Bool {
        let others = filled.filter { $0.column > nameColumn }
        return others.count > 2
            && others.allSatisfy {
                columns.isMark($0.column) && MarkText.isCommonMark(MarkText.key($0.value.display))
            }
    }

    /// A long text alone in its row is a note, not a name.
    private func isSentence(_ text: String, _ filled: [Cell]) -> Bool {
        let key = TextFolding.key(text)
        // «2.△请假», «3、本表一式两份»: a numbered line of notes.
        if let first = key.unicodeScalars.first, first.digit != nil { return filled.count <= 1 }
        guard key.count > 8, !key.unicodeScalars.contains(where: { "·•・‧".unicodeScalars.contains($0) }) else {
            return false
        }
        return filled.count <= 1 || key.count > 30
    }

    /// A village or a role alone in its row, over the people below it.
    private func subHeading(_ filled: [Cell], _ row: Int) -> SubmittedText? {
        // The number of the village before its name is no second word.
        let texts = filled.count == 1 ? filled : filled.filter { columns.role($0.column) != .noise }
        guard texts.count == 1, let cell = texts.first, case .text(let text) = cell.value else { return nil }
        let found = SubmittedText(text: text, cell: CellAddress(row: row, column: cell.column))
        if PlaceText.isPlace(text) || SubHeading.isRole(text) { return found }
        guard let merge = view.merge(row, cell.column), let firstMark = columns.firstMark, merge.right >= firstMark
        else {
            return nil
        }
        return SubHeading.isShort(text) ? found : nil
    }

    /// A line of a template that nobody filled in: its number, its village.
    private func empty(_ row: CellRow) -> TableRow {
        for cell in row.cells where cell.isFilled && block.range.contains(cell.column) {
            guard let role = columns.role(cell.column), role != .mark, role != .total else { continue }
            if role == .name, !NameText.isNobody(cell.value.display) { continue }
            claims.claim(row.index, cell.column, role == .name ? .noise : role)
        }
        return .noise
    }
}

/// What stands alone in a row between people.
enum SubHeading {
    private static let roles = [
        "第一书记", "工作队员", "队员", "工作队", "选调生", "省派", "市派", "县派", "省级", "市级", "县级", "乡镇派", "驻村干部", "人员", "名单",
    ]

    static func isRole(_ text: String) -> Bool {
        let key = bare(text)
        return key.count <= 12 && roles.contains { key.hasPrefix($0) || key.hasSuffix($0) }
    }

    /// Short words without a sentence's signs.
    static func isShort(_ text: String) -> Bool {
        let key = TextFolding.key(text)
        return key.count <= 14 && !key.unicodeScalars.contains { "。；;，,：:".unicodeScalars.contains($0) }
    }

    /// The village that a heading between people names: 青禾湾村, （一）班彦村驻村工作队, 青禾湾村（2人）.
    static func village(_ text: String) -> String? {
        let key = bare(text)
        for ending in ["村委会", "村民委员会", "社区", "村"] {
            guard let range = key.firstBytes(of: ending), range.lowerBound > key.startIndex else { continue }
            let word = String(key[..<range.upperBound])
            // 驻村 is no village's name.
            if word.hasSuffix("驻村") { continue }
            return word
        }
        return nil
    }

    /// Without what numbers it and what stands in brackets behind.
    private static func bare(_ text: String) -> String {
        var key = TextFolding.key(text)
        while let last = key.last, ":：、".contains(last) { key.removeLast() }
        if key.hasPrefix("("), let close = key.firstIndex(of: ")") { key = String(key[key.index(after: close)...]) }
        key = HeadingText.withoutBrackets(key)
        if let place = key.firstIndex(where: { "、.．".contains($0) }), key.distance(from: key.startIndex, to: place) <= 2
        {
            key = String(key[key.index(after: place)...])
        }
        return key
    }
}
