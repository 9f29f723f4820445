import Domain

/// An entry of a sheet's legend: a mark and what the sheet says it means.
public struct LegendEntry: Hashable, Sendable {
    /// As folded for comparison.
    public var mark: String
    /// The words beside it.
    public var words: String
    /// Nil where the words have no known meaning.
    public var status: AttendanceStatus?
    /// The words say half a day.
    public var isHalf: Bool
    public var cell: CellAddress

    var isNumber: Bool { mark.utf8.allSatisfy { (48...57).contains($0) || $0 == 46 } }
}

/// Reads legends: 注：√出勤 △请假 …, with every kind of separator. Source: spec §5.5.
enum MarkLegend {
    private static let prefixes = [
        "符号说明", "考勤符号说明", "考勤符号", "考勤标记", "标记说明", "填表说明", "填写说明", "考勤说明", "图例说明", "图例", "注释", "备注", "说明",
        "标记", "代号", "符号", "注意", "注明", "注",
    ].sorted { $1.count < $0.count }

    private static let openings: Set<Unicode.Scalar> = Set("符考标填图注备说代(【[（".unicodeScalars)

    /// What follows the legend's opening word; nil where the text does not open like a legend.
    static func body(of text: String) -> Substring? {
        guard let opening = text.unicodeScalars.first(where: { !TextFolding.isSpace($0) }), openings.contains(opening)
        else {
            return nil
        }
        var rest = Substring(text)
        while let first = rest.unicodeScalars.first, TextFolding.isSpace(first) || "(【[（".unicodeScalars.contains(first)
        {
            rest.unicodeScalars.removeFirst()
        }
        for prefix in prefixes where rest.hasPrefix(prefix) {
            rest = rest.dropFirst(prefix.count)
            // 注 册 … is no legend: what follows is a mark of separation, a number, a symbol, or nothing.
            guard let next = rest.unicodeScalars.first else { return rest }
            if prefix == "注" || prefix == "说明" || prefix == "备注" || prefix == "标记" || prefix == "符号", next.isCJK {
                return nil
            }
            return rest
        }
        return nil
    }

    /// Entries of one cell's text. `isOpened`: the text follows a legend's opening word, so unknown meanings count.
    static func entries(_ text: some StringProtocol, cell: CellAddress, isOpened: Bool) -> [LegendEntry] {
        var entries: [LegendEntry] = []
        var pending: Token?
        for piece in pieces(String(text)) {
            let tokens = lex(piece)
            if tokens.isEmpty { continue }
            if tokens.count == 1 {
                let token = tokens[0]
                if let held = pending, let entry = pair(held, token, cell) {
                    entries.append(entry)
                    pending = nil
                } else {
                    pending = token
                }
                continue
            }
            var index = 0
            // A number before a whole entry counts entries: «1、出勤：√».
            if let held = pending, held.isMark, !held.isNumber || tokens.count % 2 == 1, !tokens[0].isMark,
                let entry = pair(held, tokens[0], cell)
            {
                entries.append(entry)
                index = 1
            }
            pending = nil
            while index < tokens.count {
                if index + 1 < tokens.count, let entry = pair(tokens[index], tokens[index + 1], cell) {
                    entries.append(entry)
                    index += 2
                } else {
                    if index == tokens.count - 1 { pending = tokens[index] }
                    index += 1
                }
            }
        }
        let known = entries.contains { $0.status != nil }
        return entries.filter { $0.status != nil || ((isOpened || known) && isShape($0.mark)) }
    }

    private static func isShape(_ mark: String) -> Bool { mark.unicodeScalars.allSatisfy(MarkText.isSymbol) }

    private enum Token {
        case mark(String)
        case number(String)
        case word(String)

        var isMark: Bool { if case .word = self { false } else { true } }
        var isNumber: Bool { if case .number = self { true } else { false } }
    }

    /// Parts between spaces and hard punctuation.
    private static func pieces(_ text: String) -> [String] {
        var pieces: [String] = []
        var current = String.UnicodeScalarView()
        for scalar in TextFolding.halfWidth(text).unicodeScalars {
            if TextFolding.isSpace(scalar) || ";,、。|!．".unicodeScalars.contains(scalar) {
                if !current.isEmpty { pieces.append(String(current)) }
                current = String.UnicodeScalarView()
            } else {
                current.append(scalar)
            }
        }
        if !current.isEmpty { pieces.append(String(current)) }
        return pieces
    }

    private static let joiners: Set<Unicode.Scalar> = [
        ".", "-", "=", ":", ">", "~", "→", "～", "(", ")", "[", "]", "【", "】", "“", "”", "\"", "'", "‘", "’", "《", "》",
        "〈", "〉", "<", "「", "」",
    ]
    private static let fillers: Set<String> = [
        "表示", "代表", "用", "以", "打", "其中", "为", "是", "标记", "填", "画", "示", "即", "以上", "符号", "和", "及",
    ]

    /// Marks and words of a piece, separators between them dropped.
    private static func lex(_ piece: String) -> [Token] {
        let scalars = Array(piece.unicodeScalars)
        var runs: [(kind: Int, text: [Unicode.Scalar])] = []
        for (index, sent) in scalars.enumerated() {
            var kind = 0
            var scalar = MarkText.fold(sent)
            if sent.isCJK {
                kind = 1
                scalar = sent
            } else if sent.digit != nil
                || (sent == "." && index > 0 && scalars[index - 1].digit != nil && index + 1 < scalars.count
                    && scalars[index + 1].digit != nil)
            {
                kind = 2
                scalar = sent
            }
            if sent.isLatinLetter { kind = 0 }
            if runs.last?.kind == kind {
                runs[runs.count - 1].text.append(scalar)
            } else {
                runs.append((kind, [scalar]))
            }
        }
        var tokens: [Token] = []
        for (index, run) in runs.enumerated() {
            switch run.kind {
            case 1:
                let word = String(String.UnicodeScalarView(run.text))
                if !fillers.contains(word) { tokens.append(.word(word)) }
            case 2: tokens.append(.number(String(String.UnicodeScalarView(run.text))))
            default:
                if let mark = mark(run.text, isFirst: index == 0, isLast: index == runs.count - 1) {
                    tokens.append(.mark(mark))
                } else if run.text.contains("/"), index > 0, index < runs.count - 1,
                    case .word(let before)? = tokens.last
                {
                    // 因公外出/开会: the stroke joins words; they are read as one meaning.
                    tokens[tokens.count - 1] = .word(before + "/")
                }
            }
        }
        return joined(tokens)
    }

    private static func joined(_ tokens: [Token]) -> [Token] {
        var result: [Token] = []
        for token in tokens {
            if case .word(let word) = token, case .word(let before)? = result.last, before.hasSuffix("/") {
                result[result.count - 1] = .word(before + word)
            } else {
                result.append(token)
            }
        }
        return result
    }

    /// The mark in a run of symbols: separators stripped; nil where nothing but separators stands there.
    private static func mark(_ run: [Unicode.Scalar], isFirst: Bool, isLast: Bool) -> String? {
        var core = run.filter { !joiners.contains($0) && !"：".unicodeScalars.contains($0) }
        if core.isEmpty {
            // A dash that opens or closes the piece is itself the mark: «—休息».
            return (isFirst || isLast) && run.contains("-")
                && !run.contains(where: { ":=(".unicodeScalars.contains($0) })
                || (isFirst || isLast) && run.first == "-" && run.count > 1 ? "-" : nil
        }
        if core.count > 1 {
            if core.first == "/" && !isFirst { core.removeFirst() }
            if core.count > 1, core.last == "/" && !isLast { core.removeLast() }
        }
        if core == ["/"], !isFirst, !isLast, run.count == 1 { return nil }
        guard core.count <= 2, core.allSatisfy({ MarkText.isSymbol($0) }) else { return nil }
        return String(String.UnicodeScalarView(core))
    }

    private static func pair(_ first: Token, _ second: Token, _ cell: CellAddress) -> LegendEntry? {
        switch (first, second) {
        case (.mark(let mark), .word(let word)), (.word(let word), .mark(let mark)):
            return entry(mark, word, cell)
        case (.number(let number), .word(let word)), (.word(let word), .number(let number)):
            // A number is a mark only where its meaning is known; else it counts paragraphs.
            let found = entry(number, word, cell)
            return found.status == nil ? nil : found
        case (.word(let left), .word(let right)):
            if left.count <= 2, left.count < right.count, MarkMeaning.status(of: right) != nil {
                return entry(left, right, cell)
            }
            if right.count <= 2, right.count < left.count, MarkMeaning.status(of: left) != nil {
                return entry(right, left, cell)
            }
            return nil
        default: return nil
        }
    }

    private static func entry(_ mark: String, _ word: String, _ cell: CellAddress) -> LegendEntry {
        let isHalf = word.contains("半")
        let status = MarkMeaning.status(of: word) ?? (isHalf && word.count <= 3 ? .present : nil)
        return LegendEntry(mark: MarkText.key(mark), words: word, status: status, isHalf: isHalf, cell: cell)
    }
}
