import Domain

/// A part of a legend's text.
enum LegendToken: Equatable {
    /// One or two symbols, or what stands in quotes.
    case mark(String)
    case figure(String)
    case word(String)
    /// Ends a clause: ； ， 、 。 or a line.
    case stop(Unicode.Scalar)
    case gap
    /// Binds what stands on its sides: ：= — ( ) 表示.
    case joint
    /// Opens what is said in addition about the word before it.
    case open

    var isMark: Bool {
        switch self {
        case .mark, .figure: true
        default: false
        }
    }
    var word: String? { if case .word(let word) = self { word } else { nil } }
}

/// Splits a legend's text into marks, figures, words and what stands between them.
struct LegendLexer {
    private let scalars: [Unicode.Scalar]
    private var index = 0
    private(set) var tokens: [LegendToken] = []
    private let occurs: (String) -> Bool

    /// - Parameter occurs: whether cells hold that text, which tells a mark of two signs (√-) from what binds one.
    static func tokens(
        _ text: some StringProtocol, occurs: @escaping (String) -> Bool = { _ in false }
    ) -> [LegendToken] {
        var lexer = LegendLexer(String(text), occurs)
        lexer.run()
        return lexer.tokens
    }

    private init(_ text: String, _ occurs: @escaping (String) -> Bool) {
        scalars = Array(TextFolding.halfWidth(text).unicodeScalars)
        self.occurs = occurs
    }

    private static let stops: Set<Unicode.Scalar> = Set(";,、。|!\n．".unicodeScalars)
    private static let joints: Set<Unicode.Scalar> = Set(":=~→>.<～»«".unicodeScalars)
    private static let closing: [Unicode.Scalar: Set<Unicode.Scalar>] = [
        "“": ["”", "“", "\""], "\"": ["\"", "”"], "'": ["'", "’"], "‘": ["’", "‘", "'"], "「": ["」"], "『": ["』"],
        "《": ["》"], "〈": ["〉"], "<": [">"],
    ]

    private mutating func run() {
        while index < scalars.count {
            let scalar = scalars[index]
            if scalar != "\n", TextFolding.isSpace(scalar) {
                if tokens.last != .gap { tokens.append(.gap) }
                index += 1
            } else if LegendLexer.stops.contains(scalar) {
                tokens.append(.stop(scalar))
                index += 1
            } else if scalar.digit != nil {
                figure()
            } else if scalar.isCJK {
                words()
            } else if quoted() {
                continue
            } else if "([【{〔（[".unicodeScalars.contains(scalar) {
                tokens.append(.open)
                index += 1
            } else if ")]】}〕）]".unicodeScalars.contains(scalar) {
                tokens.append(.joint)
                index += 1
            } else if markOfTwo() {
                continue
            } else if MarkText.fold(scalar) == "-" {
                dash()
            } else if LegendLexer.joints.contains(scalar)
                || LegendLexer.closing.values.contains(where: { $0.contains(scalar) })
            {
                tokens.append(.joint)
                index += 1
            } else {
                symbols()
            }
        }
    }

    private mutating func figure() {
        let start = index
        while index < scalars.count {
            if scalars[index].digit != nil {
                index += 1
            } else if scalars[index] == ".", index + 1 < scalars.count, scalars[index + 1].digit != nil {
                index += 1
            } else {
                break
            }
        }
        tokens.append(.figure(string(start..<index)))
    }

    private static let verbs = ["表示", "代表", "表明", "意为", "即为", "指的是", "的意思是"]
    private static let leading: Set<Unicode.Scalar> = Set("用以打为是填画划标指即则均都者的以".unicodeScalars)
    private static let trailing: Set<Unicode.Scalar> = Set("用以打为是填画划标者的时则记".unicodeScalars)
    private static let fillers: Set<String> = ["其中", "注明", "符号", "标记", "标注", "标识", "以上", "即"]

    /// A run of Chinese characters, cut at the verbs that bind a mark and its meaning.
    private mutating func words() {
        let start = index
        while index < scalars.count, scalars[index].isCJK { index += 1 }
        var run = string(start..<index)
        while let verb = LegendLexer.verbs.lazy.compactMap({ run.firstBytes(of: $0) }).min(by: {
            $0.lowerBound < $1.lowerBound
        }) {
            word(String(run[..<verb.lowerBound]))
            tokens.append(.joint)
            run = String(run[verb.upperBound...])
        }
        word(run)
    }

    private mutating func word(_ text: String) {
        var scalars = Array(text.unicodeScalars)
        while scalars.count > 1, let first = scalars.first, LegendLexer.leading.contains(first) {
            scalars.removeFirst()
        }
        while scalars.count > 1, let last = scalars.last, LegendLexer.trailing.contains(last) { scalars.removeLast() }
        let word = String(String.UnicodeScalarView(scalars))
        if scalars.count == 1, "或和与及".unicodeScalars.contains(scalars[0]), tokens.last?.isMark ?? false {
            // ○和△: two marks of one meaning.
            tokens.append(.stop("、"))
            return
        }
        if word.isEmpty || LegendLexer.fillers.contains(word) { return }
        if scalars.count == 1, LegendLexer.leading.contains(scalars[0]) || LegendLexer.trailing.contains(scalars[0]) {
            tokens.append(.joint)
            return
        }
        tokens.append(.word(word))
    }

    /// One or two characters in quotes are a mark, whatever they are; longer ones are words.
    private mutating func quoted() -> Bool {
        guard let closing = LegendLexer.closing[scalars[index]] else { return false }
        for length in 1...2 {
            let end = index + 1 + length
            guard end < scalars.count, closing.contains(scalars[end]) else { continue }
            let content = scalars[(index + 1)..<end]
            guard !content.contains(where: { TextFolding.isSpace($0) || closing.contains($0) }) else { continue }
            let text = MarkText.key(string((index + 1)..<end))
            tokens.append(content.allSatisfy { $0.digit != nil } ? .figure(text) : .mark(text))
            index = end + 1
            return true
        }
        return false
    }

    private var standsAlone: Bool {
        switch tokens.last {
        case nil, .stop?, .gap?, .open?, .joint?: true
        default: false
        }
    }

    /// √-, -√, √/, --: two signs that stand together in cells, a dash or a stroke among them.
    private mutating func markOfTwo() -> Bool {
        guard index + 1 < scalars.count else { return false }
        let pair = [MarkText.fold(scalars[index]), MarkText.fold(scalars[index + 1])]
        guard pair.contains("-") || pair.contains("/"), pair.allSatisfy({ $0 == "-" || isSymbol($0) }) else {
            return false
        }
        let next = index + 2 < scalars.count ? scalars[index + 2] : "\n"
        // √-—上午出勤: a dash of another kind binds.
        let binds = MarkText.fold(next) == "-" && next != scalars[index + 1]
        let isWhole = binds || MarkText.fold(next) != "-" && !isSymbol(next)
        let text = String(String.UnicodeScalarView(pair))
        guard isWhole, occurs(text) else { return false }
        tokens.append(.mark(text))
        index += 2
        return true
    }

    /// A dash is a mark where it opens or closes a clause beside a word (—休息), else it binds.
    private mutating func dash() {
        let opens = standsAlone
        while index < scalars.count, MarkText.fold(scalars[index]) == "-" { index += 1 }
        let next = index < scalars.count ? scalars[index] : "\n"
        if opens, next.isCJK, tokens.last != .joint {
            tokens.append(.mark("-"))
        } else if tokens.last?.word != nil, TextFolding.isSpace(next) || LegendLexer.stops.contains(next) {
            tokens.append(.mark("-"))
        } else {
            tokens.append(.joint)
        }
    }

    /// Symbols that stand together; a stroke between words or pairs only separates them.
    private mutating func symbols() {
        let start = index
        while index < scalars.count, isSymbol(scalars[index]) { index += 1 }
        if index == start {
            index += 1
            return
        }
        var run = scalars[start..<index].map(MarkText.fold)
        let next = index < scalars.count ? scalars[index] : "\n"
        let isAfterWord = tokens.last?.word != nil
        if run == ["/"] {
            if isAfterWord, next.isCJK {
                // 因公/外出: two words of one meaning.
                tokens.append(.word("/"))
                return
            }
            if !standsAlone, !isAfterWord {
                tokens.append(.stop("/"))
                return
            }
        }
        // 出勤√/请假△: the stroke beside another mark is none itself.
        if run.count > 1, run.first == "/", !standsAlone {
            run.removeFirst()
            tokens.append(.stop("/"))
        }
        // √/△/□: marks that strokes list.
        let listed = run.split(separator: "/", omittingEmptySubsequences: false)
        if listed.count > 2, listed.allSatisfy({ $0.count == 1 }) {
            for mark in listed {
                if mark.startIndex > run.startIndex { tokens.append(.stop("、")) }
                tokens.append(.mark(String(String.UnicodeScalarView(mark))))
            }
            return
        }
        var endsInStroke = false
        if run.count > 1, run.last == "/", next.isCJK || isAfterWord {
            run.removeLast()
            endsInStroke = true
        }
        if (1...2).contains(run.count) {
            tokens.append(.mark(String(String.UnicodeScalarView(run))))
        }
        if endsInStroke { tokens.append(.stop("/")) }
    }

    private func isSymbol(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isCJK || scalar.digit != nil || TextFolding.isSpace(scalar) { return false }
        if LegendLexer.stops.contains(scalar) || LegendLexer.joints.contains(scalar) { return false }
        if LegendLexer.closing[scalar] != nil || "%‰℃≥≤&@".unicodeScalars.contains(scalar) { return false }
        let folded = MarkText.fold(scalar)
        return folded != "-" && MarkText.isSymbol(folded)
    }

    private func string(_ range: Range<Int>) -> String { String(String.UnicodeScalarView(scalars[range])) }
}
