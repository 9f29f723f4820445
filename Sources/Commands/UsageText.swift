import Domain
import Stages

/// Help and usage errors, which the argument parser writes in English around the commands' own «中文 / English» texts,
/// in one language. Any other text passes as it is.
struct UsageText {
    /// As the parser writes it, not wrapped.
    private let message: String

    init(_ message: String) { self.message = message }

    func text(_ language: Language, columns: Int) -> String {
        if message.hasPrefix("OVERVIEW: ") || message.hasPrefix("USAGE: ") { return help(language, columns) }
        if message.hasPrefix("Error: ") { return error(language) }
        return message
    }

    // MARK: Help

    private static let titles = [
        "OVERVIEW": "概述", "USAGE": "用法", "ARGUMENTS": "参数", "OPTIONS": "选项", "SUBCOMMANDS": "子命令",
    ]
    /// Where the parser begins the text beside a name.
    private static let textColumn = 26

    private func help(_ language: Language, _ columns: Int) -> String {
        var lines: [String] = []
        var overview: [String]? = []
        for line in message.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
            if overview != nil, line.hasPrefix("USAGE:") {
                lines += UsageText.overview(overview ?? [], language)
                overview = nil
            }
            if overview != nil {
                overview?.append(line)
            } else {
                lines += UsageText.helpLine(line, language, columns)
            }
        }
        return lines.joined(separator: "\n")
    }

    /// What a command is about: its first line, then prose of both languages and lists.
    private static func overview(_ lines: [String], _ language: Language) -> [String] {
        guard let first = lines.first else { return [] }
        let title = "OVERVIEW: "
        let rest = lines.dropFirst()
        let isBilingual = rest.contains(where: hasChinese)
        let kept = rest.filter { line in
            !isBilingual || line.isEmpty || line.hasPrefix(" ") || hasChinese(line) == (language == .zh)
        }
        let summary = choose(String(first.dropFirst(title.count)), language)
        return [(language == .zh ? "概述：" : title) + summary] + kept
    }

    private static func helpLine(_ line: String, _ language: Language, _ columns: Int) -> [String] {
        if !line.hasPrefix(" "), let colon = line.firstIndex(of: ":"), let title = titles[String(line[..<colon])] {
            return language == .zh ? [title + "：" + line[line.index(after: colon)...].drop { $0 == " " }] : [line]
        }
        if line.hasPrefix("  See '") {
            let command = line.dropFirst(7).prefix { $0 != "'" }
            return language == .zh ? ["  各命令的说明：\(command.replacing("<subcommand>", with: "<子命令>"))"] : [line]
        }
        guard line.hasPrefix("  ") else { return [line] }
        let (label, text) = split(line)
        guard !text.isEmpty else { return [line] }
        let shown = TextWidth.wrapped(choose(text, language), columns: max(20, columns - textColumn))
        let indent = String(repeating: " ", count: textColumn)
        let isBeside = TextTable.width(label) < textColumn - 1
        var lines = isBeside ? [] : label.isEmpty ? [] : [label]
        for (index, part) in shown.enumerated() {
            let begins = index == 0 && isBeside && !label.isEmpty
            lines.append((begins ? label + indent.dropFirst(TextTable.width(label)) : indent) + part)
        }
        return lines
    }

    /// The name and what is said about it; a long name's text stands on a line of its own.
    private static func split(_ line: String) -> (label: String, text: String) {
        if line.prefix(textColumn).allSatisfy({ $0 == " " }) { return ("", String(line.drop { $0 == " " })) }
        guard let gap = line.dropFirst(2).firstRange(of: "  ") else { return (line, "") }
        return (String(line[..<gap.lowerBound]), String(line[gap.upperBound...].drop { $0 == " " }))
    }

    // MARK: Errors

    private func error(_ language: Language) -> String {
        message.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            let line = String(line)
            if line.hasPrefix("Error: ") {
                let text = UsageText.withoutFarFetched(String(line.dropFirst(7)))
                return language == .zh
                    ? "错误：" + UsageText.chinese(UsageText.choose(text, .zh)) : "Error: " + UsageText.choose(text, .en)
            }
            if line.hasPrefix("Help:  "), let gap = line.dropFirst(7).firstRange(of: "  ") {
                let text = UsageText.choose(String(line[gap.upperBound...]), language)
                let label = line[..<gap.upperBound].dropFirst(7)
                return (language == .zh ? "说明：" : "Help:  ") + label + text
            }
            guard language == .zh else { return line }
            if line.hasPrefix("Usage: ") { return "用法：" + line.dropFirst(7) }
            if line.hasPrefix("  See '") { return "  详见 " + line.dropFirst(7).prefix { $0 != "'" } }
            return UsageText.chinese(line)
        }.joined(separator: "\n")
    }

    /// The parser proposes the nearest option however far it is (`--jobs` for `--frob`): what no slip of the hand
    /// explains is left out.
    static func withoutFarFetched(_ text: String) -> String {
        guard let values = values(of: "Unknown option '*'. Did you mean '*'?", in: text) else { return text }
        let written = values[0].drop { $0 == "-" }
        let meant = values[1].drop { $0 == "-" }
        let isNear = meant.hasPrefix(written) || slips(Array(written), Array(meant)) <= max(1, meant.count / 3)
        return isNear ? text : "Unknown option '\(values[0])'"
    }

    /// How many characters are wrong, missing, too many or exchanged with the next.
    private static func slips(_ left: [Character], _ right: [Character]) -> Int {
        var rows = [Array(0...right.count)]
        for row in left.indices {
            var next = [row + 1]
            for column in right.indices {
                var least = min(
                    rows[row][column] + (left[row] == right[column] ? 0 : 1), rows[row][column + 1] + 1,
                    next[column] + 1)
                if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
                    least = min(least, rows[row - 1][column - 1] + 1)
                }
                next.append(least)
            }
            rows.append(next)
        }
        return rows[left.count][right.count]
    }

    /// What the parser can say of arguments. `*` is a name, a value or a list of them.
    private static let errors: [(english: String, chinese: String)] = [
        ("Unknown option '*'. Did you mean '*'?", "没有选项 *，是不是 *？"),
        ("Unknown option '*'", "没有选项 *"),
        ("Missing value for '*'", "缺少 * 的值"),
        ("The option '*' does not take any value, but '*' was specified.", "选项 * 不带值，却写了 *"),
        ("Unexpected argument '*'", "多余的参数：*"),
        ("* unexpected arguments: '*'", "多余的 * 个参数：*"),
        ("Value to be set with flag '*' had already been set with flag '*'", "* 与前面的 * 不能同时用"),
        ("Missing expected argument '*'", "缺少参数 *"),
        ("Missing one of: '*'", "缺少其中之一：*"),
        ("The value '*' is invalid for '*'. Please provide one of *.", "* 不能作为 * 的值，可用：*"),
        ("The value '*' is invalid for '*'. Please provide one of the following:", "* 不能作为 * 的值，可用："),
        ("The value '*' is invalid for '*': *", "* 不能作为 * 的值：*"),
        ("The value '*' is invalid for '*'", "* 不能作为 * 的值"),
        ("Invalid option: *", "无效的选项：*"),
        ("Missing required subcommand.", "缺少子命令"),
        ("Can't autodetect a supported shell.", "认不出是哪种 shell"),
        ("Can't generate completion scripts for '*'.", "不能为 * 生成补全脚本"),
        ("Please use --generate-completion-script=<shell> with one of:", "请用 --generate-completion-script=<shell>，可用："),
    ]

    /// The Chinese of one of the parser's own sentences; another text stays.
    static func chinese(_ text: String) -> String {
        for (english, chinese) in errors {
            guard let values = values(of: english, in: text) else { continue }
            var rest = values[...]
            var result = ""
            for character in chinese {
                if character == "*", let value = rest.popFirst() {
                    result += value.replacing("', '", with: "、").replacing("'", with: "")
                        .replacing(" or ", with: "、").replacing(" and ", with: "、").replacing(", ", with: "、")
                } else {
                    result.append(character)
                }
            }
            return result
        }
        return text
    }

    /// What stands in the places of the asterisks; nil where the text is another one.
    private static func values(of pattern: String, in text: String) -> [String]? {
        let parts = pattern.split(separator: "*", omittingEmptySubsequences: false).map(String.init)
        guard let first = parts.first, let last = parts.last, text.hasPrefix(first) else { return nil }
        guard parts.count > 1 else { return text == pattern ? [] : nil }
        var values: [String] = []
        var rest = text.dropFirst(first.count)
        for part in parts.dropFirst().dropLast() {
            guard let range = rest.firstRange(of: part) else { return nil }
            values.append(String(rest[..<range.lowerBound]))
            rest = rest[range.upperBound...]
        }
        guard rest.hasSuffix(last) else { return nil }
        return values + [String(rest.dropLast(last.count))]
    }

    // MARK: Texts of both languages

    private static let parserTexts = [
        "Show the version.": "显示版本。", "Show help information.": "显示帮助。",
        "Show subcommand help information.": "显示子命令的帮助。",
    ]

    /// One language of «中文 / English», with what the parser adds about values.
    static func choose(_ text: String, _ language: Language) -> String {
        var words = text
        var addition = ""
        let openings = ["(values: ", "(default: ", "(default as flag: "]
        let starts = openings.compactMap { text.ranges(of: $0).last?.lowerBound }
        if text.hasSuffix(")"), let start = starts.max() {
            words = String(text[..<start])
            while words.last == " " { words.removeLast() }
            addition = String(text[start...])
        }
        if language == .zh {
            words = parserTexts[words] ?? words
            addition = addition.replacing("(values: ", with: "（可用 ").replacing("; default: ", with: "；默认 ")
                .replacing("(default: ", with: "（默认 ").replacing("(default as flag: ", with: "（默认 ")
            if addition.hasSuffix(")") { addition = addition.dropLast() + "）" }
        } else if !addition.isEmpty {
            addition = " " + addition
        }
        return part(of: words, language) + addition
    }

    private static func part(of text: String, _ language: Language) -> String {
        for range in text.ranges(of: "/ ") {
            var chinese = text[..<range.lowerBound]
            guard let last = chinese.last, last == " " || TextTable.width(String(last)) > 1 else { continue }
            while chinese.last == " " { chinese.removeLast() }
            guard hasChinese(String(chinese)) else { continue }
            return language == .zh ? String(chinese) : String(text[range.upperBound...])
        }
        return text
    }

    private static func hasChinese(_ text: String) -> Bool {
        text.unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) }
    }
}
