import Domain

/// Reads a legend's text: a list of marks with a meaning each. Prose has no marks, or no meaning that is known.
///
/// A clause is a mark and its words in either order (√出勤, 出勤√, 出勤（√）, 用√表示出勤), or several of them without
/// a sign between (√出勤△请假). What follows without a mark of its own goes on with the words before (△公差，视同出勤).
/// Source: spec §5.5.
struct LegendGrammar {
    /// Whether cells of the sheet hold that figure or word as a mark.
    let occurs: (String) -> Bool

    /// A part of a clause: a mark, or words and where they may be cut.
    private enum Part {
        case mark(String)
        case figure(String)
        case word(String)
        case gap
        case joint
        /// Opens a bracket.
        case open
    }

    /// What was read so far of a text.
    private struct State {
        var entries: [LegendEntry] = []
        /// Marks without words yet, and words without a mark.
        var marks: [String] = []
        var word: String?
        /// The entries that the last words belong to.
        var latest = 0..<0
        /// Words that 、 lists without a mark: 公差、培训计入出勤.
        var list: [String] = []
        /// What counts as what: 公差 as 计入出勤.
        var rules: [(word: String, counts: String)] = []
    }

    // MARK: Openings

    private static let openings = [
        "考勤符号说明", "考勤符号", "考勤标记", "考勤说明", "符号说明", "标记说明", "填表说明", "填写说明", "填报说明", "图例说明", "图例", "注释", "备注",
        "说明", "标记", "标识", "代号", "符号", "注意", "注明", "注",
    ]
    /// After these alone a Chinese character makes another word: 注册, 说明书.
    private static let partial: Set<String> = ["注", "说明", "备注", "标记", "标识", "符号"]

    /// What an opening begins with: nearly every text is none, by its first character.
    private static let openers: Set<Unicode.Scalar> = {
        let first = Set(openings.compactMap(\.unicodeScalars.first))
        return first.union(TraditionalText.twins(of: first))
    }()

    /// What follows the opening word of a legend or note (注：, 图例); nil where the text does not open so.
    static func body(of text: String) -> String? {
        var scalars = text.unicodeScalars[...]
        func isLead(_ scalar: Unicode.Scalar) -> Bool {
            TextFolding.isSpace(scalar) || "(（【[※★*".unicodeScalars.contains(scalar)
        }
        guard let start = scalars.first(where: { !isLead($0) }), openers.contains(start), text.utf8.count < 4_000 else {
            return nil
        }
        scalars = scalars.drop(while: isLead)
        let simplified = TraditionalText.folded(String(Substring(scalars))).unicodeScalars
        for opening in openings {
            guard let rest = LegendGrammar.rest(of: simplified[...], after: opening) else { continue }
            if partial.contains(opening), let next = rest.first, next.isCJK { continue }
            return String(scalars.suffix(rest.count))
        }
        return nil
    }

    /// What follows a word, in which there may be spaces; nil where the text does not begin with it.
    private static func rest(
        of scalars: Substring.UnicodeScalarView, after word: String
    ) -> Substring.UnicodeScalarView? {
        var rest = scalars
        for wanted in word.unicodeScalars {
            rest = rest.drop { $0 != wanted && TextFolding.isSpace($0) }
            guard rest.first == wanted else { return nil }
            rest = rest.dropFirst()
        }
        return rest
    }

    /// Whether a text explains two marks by words that are known, or is nothing but one and its meaning: nobody's note,
    /// but a legend.
    static func explainsMarks(_ text: String) -> Bool {
        let body = body(of: text)
        let cell = CellAddress(row: 0, column: 0)
        let entries = LegendGrammar { _ in false }.entries(body ?? text, cell: cell, isOpened: false)
        return areLegend(entries.filter { $0.meaning != nil }, text)
    }

    /// Whether entries of known meanings make a text a legend that no opening word announces.
    static func areLegend(_ known: [LegendEntry], _ text: String) -> Bool {
        known.count >= 2 || known.count == 1 && TextFolding.key(text).count <= 12 && known[0].isShape
    }

    // MARK: Entries

    /// Entries of one cell's text. `isOpened`: the text follows a legend's opening word, so unknown meanings count.
    func entries(_ text: some StringProtocol, cell: CellAddress, isOpened: Bool) -> [LegendEntry] {
        var state = State()
        var clause: [Part] = []
        for sentence in LegendGrammar.sentences(LegendLexer.tokens(text, occurs: occurs)) {
            if let pairs = lists(sentence) {
                read(clause, until: "\n", cell, &state)
                clause = []
                for pair in pairs { add([pair.mark], pair.word, cell, &state) }
            } else {
                read(sentence, cell, &clause, &state)
            }
        }
        read(clause, until: "\n", cell, &state)
        settle(state.rules, &state.entries)
        let isKnown = state.entries.contains { $0.meaning != nil }
        return state.entries.filter { entry in
            entry.meaning != nil
                || ((isOpened || isKnown) && entry.isShape && !LegendGrammar.isInstruction(entry.words))
        }
    }

    /// 公差视同出勤 holds for every mark that means 公差.
    private func settle(_ rules: [(word: String, counts: String)], _ entries: inout [LegendEntry]) {
        for rule in rules {
            guard let status = MarkMeaning.status(of: rule.word) else { continue }
            for index in entries.indices
            where entries[index].meaning == .whole(status) && ByteText.contains(entries[index].words, rule.word) {
                entries[index].meaning = MarkMeaning.reading(of: rule.counts)
            }
        }
    }

    /// Tokens up to a full stop, a semicolon or a line's end, that with them.
    private static func sentences(_ tokens: [LegendToken]) -> [ArraySlice<LegendToken>] {
        var sentences: [ArraySlice<LegendToken>] = []
        var start = 0
        for (place, token) in tokens.enumerated() {
            guard case .stop(let stop) = token, stop == "。" || stop == ";" || stop == "\n" else { continue }
            sentences.append(tokens[start...place])
            start = place + 1
        }
        if start < tokens.count { sentences.append(tokens[start...]) }
        return sentences
    }

    private func read(
        _ sentence: ArraySlice<LegendToken>, _ cell: CellAddress, _ clause: inout [Part], _ state: inout State
    ) {
        for token in sentence {
            switch token {
            case .mark(let mark): clause.append(.mark(mark))
            case .figure(let figure): clause.append(.figure(figure))
            case .word(let word): append(word, to: &clause)
            case .gap: clause.append(.gap)
            case .joint: clause.append(.joint)
            case .open: clause.append(.open)
            case .stop(let stop):
                read(clause, until: stop, cell, &state)
                clause = []
            }
        }
    }

    /// Words that run on (正常/出勤) and a figure with its unit (1天) are one.
    private func append(_ word: String, to clause: inout [Part]) {
        switch clause.last {
        case .word(let before)?:
            clause[clause.count - 1] = .word(before + word)
        case .figure(let figure)? where LegendGrammar.isUnit(word):
            clause.removeLast()
            append(figure + word, to: &clause)
        default: clause.append(.word(word))
        }
    }

    private static func isUnit(_ word: String) -> Bool {
        ["小时", "天", "日", "个", "次", "月", "年", "分", "周", "人", "元", "号", "时", "名", "份", "条", "款", "项"].contains {
            word.hasPrefix($0)
        }
    }

    /// Words of what to do in which box are no meaning: 在相应栏内打“√”.
    private static func isInstruction(_ words: String) -> Bool {
        ["栏", "格", "填", "签", "请于", "请在", "相应", "对应", "不得", "必须", "须", "打勾", "报送", "盖章"].contains {
            ByteText.contains(words, $0)
        }
    }

    // MARK: Clauses

    private func read(_ clause: [Part], until stop: Unicode.Scalar, _ cell: CellAddress, _ state: inout State) {
        var parts = trimmed(clause)
        dropCounter(&parts, until: stop, &state)
        guard !parts.isEmpty else { return }
        let marks = parts.filter { if case .mark = $0 { true } else if case .figure = $0 { true } else { false } }
        if marks.isEmpty {
            readWords(parts, cell, &state)
            let words = parts.compactMap { if case .word(let word) = $0 { word } else { nil } }
            state.list = stop == "、" && words.count == 1 ? state.list + words : []
        } else if marks.count == parts.filter({ isContent($0) }).count {
            // A mark alone: its words come next, or came before.
            let texts = marks.compactMap(markText)
            if let word = state.word, texts.count == 1 {
                add(texts, word, cell, &state)
                state.word = nil
            } else {
                state.marks += texts
            }
        } else {
            readPairs(parts, cell, &state)
        }
        if stop == "。" || stop == "\n" { state.word = nil }
    }

    private func isContent(_ part: Part) -> Bool {
        switch part {
        case .mark, .figure, .word: true
        case .gap, .joint, .open: false
        }
    }

    /// The mark's text; a figure is one only where cells hold it.
    private func markText(_ part: Part) -> String? {
        switch part {
        case .mark(let mark): mark
        case .figure(let figure): occurs(figure) ? figure : nil
        default: nil
        }
    }

    private func trimmed(_ clause: [Part]) -> [Part] {
        var parts = clause[...]
        while let first = parts.first, !isContent(first) { parts.removeFirst() }
        while let last = parts.last, !isContent(last) { parts.removeLast() }
        return Array(parts)
    }

    /// `1、出勤√`, `2.√出勤`, `①出勤√`: what counts the entries is none of their marks.
    private func dropCounter(_ parts: inout [Part], until stop: Unicode.Scalar, _ state: inout State) {
        guard let first = parts.first else { return }
        let others = parts.dropFirst()
        let hasMark = others.contains { if case .mark = $0 { true } else { false } }
        switch first {
        case .figure:
            if others.isEmpty, stop == "、" {
                // Only the marks that follow can tell whether it counts or is one itself.
                state.marks = state.marks.filter { Double($0) == nil }
                if let mark = markText(first) { state.marks.append(mark) }
                parts = []
            } else if hasMark, case .joint? = others.first {
                parts.removeFirst()
                parts = trimmed(parts)
            }
        case .mark(let mark)
        where mark.unicodeScalars.count == 1 && (0x2460...0x2473).contains(mark.unicodeScalars.first!.value):
            // ①出勤 ②请假 where cells hold ①: a mark, and no counter.
            if hasMark, !occurs(mark) {
                parts.removeFirst()
                parts = trimmed(parts)
            }
        default: break
        }
        // A figure before an entry that has a mark of its own counted it.
        if hasMark || parts.contains(where: { if case .mark = $0 { true } else { false } }) {
            state.marks.removeAll { Double($0) != nil }
        }
    }

    private func readWords(_ parts: [Part], _ cell: CellAddress, _ state: inout State) {
        let words = parts.compactMap { if case .word(let word) = $0 { word } else { nil } }
        if !state.marks.isEmpty, let word = words.first, words.count == 1 {
            // 1、本表由驻村工作队填写: a figure before a sentence counts paragraphs.
            let isParagraph = state.marks.allSatisfy { Double($0) != nil } && word.count > 6
            if !isParagraph { add(state.marks, word, cell, &state) }
            state.marks = []
            return
        }
        let pieces = parts.split { if case .gap = $0 { true } else { false } }
        let short = pieces.map { shortAndLong(trimmed(Array($0))) }
        if !short.isEmpty, short.allSatisfy({ $0 != nil }) {
            for pair in short.compactMap({ $0 }) { add([MarkText.key(pair.mark)], pair.word, cell, &state) }
            return
        }
        let word = words.joined()
        if let meaning = LegendGrammar.ofOthers(word) {
            add([LegendEntry.others], meaning, cell, &state)
            return
        }
        if !state.latest.isEmpty, LegendGrammar.goesOn(word) || isOtherHalf(word, state) {
            for index in state.latest {
                state.entries[index].words += word
                state.entries[index].meaning = MarkMeaning.reading(of: state.entries[index].words)
            }
            return
        }
        if let rule = countsAs(word) {
            for mark in state.list + [rule.mark] {
                add([MarkText.key(mark)], rule.word, cell, &state)
                state.rules.append((mark, rule.word))
            }
            return
        }
        state.word = words.count == 1 ? word : nil
        state.latest = 0..<0
    }

    /// 其余符号均为缺勤: what is said of the signs that a legend does not list; nil for other words.
    private static func ofOthers(_ word: String) -> String? {
        func without(_ openings: [String], _ text: Substring) -> Substring? {
            openings.first { text.hasPrefix($0) }.map { text.dropFirst($0.count) }
        }
        guard var rest = without(["其余", "其他", "其它"], word[...]) else { return nil }
        let isOfSigns = without(["的符号", "符号", "标记", "记号", "标识"], rest)
        rest = isOfSigns ?? rest
        guard let said = without(["均", "都", "一律", "皆", "全部"], rest) ?? (isOfSigns == nil ? nil : rest),
            MarkMeaning.reading(of: String(said)) != nil
        else { return nil }
        // 其余均为出勤 speaks of blank cells as well.
        return isOfSigns == nil && MarkMeaning.status(of: String(said)) == .present ? nil : String(said)
    }

    private static func goesOn(_ word: String) -> Bool {
        [
            "视同", "视为", "按", "不计", "不算", "计为", "计入", "算作", "不作", "不予", "不纳", "不发", "均不", "无效", "作废",
        ].contains { word.hasPrefix($0) }
    }

    /// 上午请假，下午出勤: the second half of what the mark says.
    private func isOtherHalf(_ word: String, _ state: State) -> Bool {
        guard let before = state.latest.last.map({ state.entries[$0].words }) else { return false }
        return before.hasPrefix("上午") && word.hasPrefix("下午") || before.hasPrefix("下午") && word.hasPrefix("上午")
    }

    /// 公差视同出勤: a word that cells hold counts as another.
    private func countsAs(_ word: String) -> (mark: String, word: String)? {
        for link in ["视同", "视为", "计入出勤", "按"] {
            guard let range = word.firstBytes(of: link), range.lowerBound > word.startIndex else { continue }
            var mark = String(word[..<range.lowerBound])
            while mark.count > 1, let last = mark.last, "均都也可".contains(last) { mark.removeLast() }
            if mark.hasSuffix("不") { return nil }
            guard mark.count <= 2 || occurs(mark), mark.count <= 4, MarkMeaning.status(of: word) != nil,
                MarkMeaning.status(of: mark) != nil
            else { return nil }
            return (mark, String(word[range.lowerBound...]))
        }
        return nil
    }

    /// 公：公差, 公差－公: a short word bound to a longer one that has a meaning.
    private func shortAndLong(_ parts: [Part]) -> (mark: String, word: String)? {
        guard parts.count == 3, case .word(let left) = parts[0], case .joint = parts[1],
            case .word(let right) = parts[2]
        else { return nil }
        func isMark(_ text: String) -> Bool { text.count == 1 || (text.count == 2 && occurs(text)) }
        if isMark(left), left.count < right.count, MarkMeaning.reading(of: right) != nil { return (left, right) }
        if isMark(right), right.count < left.count, MarkMeaning.reading(of: left) != nil { return (right, left) }
        return nil
    }

    // MARK: Pairs

    private func readPairs(_ parts: [Part], _ cell: CellAddress, _ state: inout State) {
        state.word = nil
        let shared = state.marks
        state.marks = []
        let pieces = parts.split { if case .gap = $0 { true } else { false } }.map(Array.init)
        let isWhole = pieces.allSatisfy { piece in
            piece.contains { if case .word = $0 { true } else { false } }
                && piece.contains { markText($0) != nil }
        }
        var pairs: [(marks: [String], word: String)] = []
        for piece in isWhole ? pieces : [parts] { pairs += self.pairs(piece) }
        for (place, pair) in pairs.enumerated() {
            // √、✓均为出勤: marks before share the first meaning.
            add(place == 0 ? shared + pair.marks : pair.marks, pair.word, cell, &state)
        }
        if pairs.isEmpty { state.latest = 0..<0 }
    }

    /// A mark, or words, of a clause in their order.
    private struct Item {
        var mark: String?
        var word: String
    }

    /// Marks and words that alternate, in the order that leaves none over, else that the known meanings show.
    private func pairs(_ parts: [Part]) -> [(marks: [String], word: String)] {
        var items = items(parts)
        // 出勤情况（○出勤、△请假）: what the legend is about is no meaning of its first mark.
        if items.count > 2, items[0].mark == nil, LegendGrammar.isHead(items[0].word) { items.removeFirst() }
        guard let first = items.first, let last = items.last else { return [] }
        var isMarkFirst = first.mark != nil
        if first.mark == nil, last.mark == nil, items.count > 1 {
            // W M W: the end whose words mean nothing is none of the legend's.
            let knowsLast = MarkMeaning.reading(of: last.word) != nil
            guard knowsLast != (MarkMeaning.reading(of: first.word) != nil) else {
                return [(items.compactMap(\.mark), LegendGrammar.unclear)]
            }
            isMarkFirst = knowsLast
        }
        var result: [(marks: [String], word: String)] = []
        var marks: [String] = []
        var word: String?
        for item in items {
            if let mark = item.mark {
                if !isMarkFirst, let held = word {
                    result.append(([mark], held))
                    word = nil
                } else {
                    marks.append(mark)
                }
            } else if isMarkFirst, !marks.isEmpty {
                result.append((marks, item.word))
                marks = []
            } else {
                word = item.word
            }
        }
        return result
    }

    /// Words that name what a legend stands in or speaks of.
    private static func isHead(_ word: String) -> Bool {
        ["情况", "记录", "登记", "状况", "标准", "标记", "符号", "一栏", "日期"].contains { word.hasSuffix($0) }
    }

    /// Stands for the words of a mark that could belong to either side.
    static let unclear = "？"

    private func items(_ parts: [Part]) -> [Item] {
        var items: [Item] = []
        var isApart = false
        var isRemark = false
        for part in parts {
            switch part {
            case .gap: isApart = true
            case .open: isRemark = true
            case .joint: break
            case .mark, .figure:
                if let mark = markText(part) { items.append(Item(mark: mark, word: "")) }
                (isApart, isRemark) = (false, false)
            case .word(let word):
                add(word, isApart: isApart, isRemark: isRemark, to: &items)
                (isApart, isRemark) = (false, false)
            }
        }
        return items
    }

    private func add(_ word: String, isApart: Bool, isRemark: Bool, to items: inout [Item]) {
        guard let last = items.last else {
            items.append(Item(mark: nil, word: word))
            return
        }
        let place = items.count - 1
        if last.mark != nil {
            if isRemark, items.count > 1, items[0].mark == nil {
                // 请假△（附假条）: said of the words before the mark.
                items[place - 1].word += word
            } else {
                items.append(Item(mark: nil, word: word))
            }
        } else if MarkMeaning.reading(of: last.word) == nil {
            // 考勤符号：出勤√: the lead is no part of the meaning; 正常 出勤 after a mark is.
            items[place].word = place > 0 && !isApart ? last.word + word : word
        } else if !isApart {
            items[place].word = last.word + word
        } else if place == 0 {
            items[place].word = word
        }
    }

    private static func isRule(_ word: String) -> Bool {
        ["以内", "以上", "以下", "批准", "审批", "累计", "超过", "通报", "召回", "扣发", "扣除", "天内"].contains {
            ByteText.contains(word, $0)
        }
    }

    private func add(_ marks: [String], _ word: String, _ cell: CellAddress, _ state: inout State) {
        let start = state.entries.count
        // 1.请假1天以内由乡镇批准: a paragraph's number before a rule, whatever cells hold that figure.
        if LegendGrammar.isRule(word), marks.allSatisfy({ Double($0) != nil }) { return }
        for mark in marks where !mark.isEmpty {
            state.entries.append(
                LegendEntry(
                    mark: MarkText.key(mark), words: word, cell: cell, meaning: MarkMeaning.reading(of: word)))
        }
        state.latest = start..<state.entries.count
    }
}
