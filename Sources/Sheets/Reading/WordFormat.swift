import Domain

/// A number format that shows words or a sign in place of some numbers: `[=1]"△";[=2]"√"`, `"√";;"×"`.
///
/// What a sheet says is what it shows: whoever fills it in types 1 and sees √. Source: spec §5.5, «a mark means what
/// its sheet says».
struct WordFormat: Sendable {
    private enum Condition: Sendable {
        case always
        case compare(String, Double)

        func holds(_ number: Double) -> Bool {
            guard case .compare(let sign, let bound) = self else { return true }
            return switch sign {
            case "=": number == bound
            case "<>": number != bound
            case "<": number < bound
            case "<=": number <= bound
            case ">": number > bound
            default: number >= bound
            }
        }
    }

    private struct Section: Sendable {
        var condition: Condition?
        /// nil where the number itself is shown.
        var words: String?
    }

    private let sections: [(condition: Condition, words: String?)]

    /// nil where every number is shown as one, or not at all.
    init?(code: String) {
        guard code.utf8.count <= 4096 else { return nil }
        // The fourth section is that of texts.
        let parsed = WordFormat.split(code).prefix(3).map(WordFormat.section)
        guard parsed.contains(where: { $0.words.map(WordFormat.says) ?? false }) else { return nil }
        let defaults: [Condition] =
            switch parsed.count {
            case 1: [.always]
            case 2: [.compare(">=", 0), .always]
            default: [.compare(">", 0), .compare("<", 0), .always]
            }
        sections = zip(parsed, defaults).map { ($0.condition ?? $1, $0.words) }
    }

    /// What stands in the cell of a number; nil where the number does, or a dash or nothing in its place.
    func shown(_ number: Double) -> String? {
        guard let words = sections.first(where: { $0.condition.holds(number) })?.words, WordFormat.says(words) else {
            return nil
        }
        return words
    }

    /// A dash stands for a nought in tables of figures.
    private static func says(_ words: String) -> Bool {
        words.unicodeScalars.contains { !TextFolding.isSpace($0) && !"-–—−―".unicodeScalars.contains($0) }
    }

    /// The sections, at semicolons that are neither quoted nor behind a backslash.
    private static func split(_ code: String) -> [[Character]] {
        var sections: [[Character]] = [[]]
        var isQuoted = false
        var isEscaped = false
        for character in code {
            if character == ";", !isQuoted, !isEscaped {
                sections.append([])
                continue
            }
            if isEscaped {
                isEscaped = false
            } else if character == "\"" {
                isQuoted.toggle()
            } else if !isQuoted, "\\_*".contains(character) {
                isEscaped = true
            }
            sections[sections.count - 1].append(character)
        }
        return sections
    }

    private static func section(_ code: [Character]) -> Section {
        var section = Section(condition: nil, words: nil)
        var words = ""
        var position = 0
        while position < code.count {
            let character = code[position]
            switch character {
            case "\"":
                position += 1
                while position < code.count, code[position] != "\"" {
                    words.append(code[position])
                    position += 1
                }
            case "\\":
                position += 1
                if position < code.count { words.append(code[position]) }
            case "_", "*": position += 1
            case "[":
                let start = position + 1
                while position < code.count, code[position] != "]" { position += 1 }
                section.condition = section.condition ?? condition(String(code[start..<max(start, position)]))
            default:
                // Places of digits, of the text, of dates; General.
                if character.isASCII, character.isLetter || "0#?@.,%".contains(character) { return section }
                words.append(character)
            }
            position += 1
        }
        section.words = words
        return section
    }

    /// `=1`, `>=2.5`; nil for a colour or a language.
    private static func condition(_ text: String) -> Condition? {
        let sign = text.prefix { "<>=".contains($0) }
        guard !sign.isEmpty, let bound = Double(text.dropFirst(sign.count)) else { return nil }
        return .compare(String(sign), bound)
    }
}
