import Domain
import Yams

/// A settings file that cannot be used, with the place to mend.
public struct SettingsFileError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Name of the file as it was given.
    public let file: String
    /// From 1; nil where the whole file is meant.
    public let line: Int?
    /// `parameters.livingStipendPerDay.values[0].value`; empty for the file itself.
    public let key: String
    public let problem: BilingualText

    public init(file: String, line: Int?, key: String, problem: BilingualText) {
        self.file = file
        self.line = line
        self.key = key
        self.problem = problem
    }

    /// One line for the operator.
    public func message(_ language: Language) -> String {
        let place = line.map { "\(file):\($0)" } ?? file
        let subject = key.isEmpty ? "" : "\(key)\(language == .zh ? "：" : ": ")"
        return "\(place): \(subject)\(problem.text(language))"
    }

    public var description: String { message(.en) }
}

/// A node of a settings file: reads what it must be, and says where it is not.
struct StrictYAML {
    let file: String
    let path: String
    let node: Node

    /// The root of a file's text, which must be a mapping.
    static func root(of text: String, file: String) throws(SettingsFileError) -> StrictYAML {
        let composed: Node?
        do {
            composed = try Yams.compose(yaml: text)
        } catch let error as YamlError {
            throw SettingsFileError(
                file: file, line: line(of: error), key: "",
                problem: BilingualText(
                    zh: "不是有效的 YAML：\(problem(of: error))", en: "not valid YAML: \(problem(of: error))"))
        } catch {
            throw SettingsFileError(
                file: file, line: nil, key: "",
                problem: BilingualText(zh: "不是有效的 YAML", en: "not valid YAML"))
        }
        guard let composed else {
            throw SettingsFileError(
                file: file, line: nil, key: "", problem: BilingualText(zh: "文件是空的", en: "the file is empty"))
        }
        return StrictYAML(file: file, path: "", node: composed)
    }

    private static func line(of error: YamlError) -> Int? {
        switch error {
        case .scanner(_, _, let mark, _), .parser(_, _, let mark, _), .composer(_, _, let mark, _): mark.line
        case .duplicatedKeysInMapping(_, let context): context.mark.line
        default: nil
        }
    }

    private static func problem(of error: YamlError) -> String {
        switch error {
        case .scanner(_, let problem, _, _), .parser(_, let problem, _, _), .composer(_, let problem, _, _): problem
        case .duplicatedKeysInMapping(let duplicates, _):
            "duplicate key " + duplicates.sorted().joined(separator: ", ")
        default: "unreadable"
        }
    }

    /// An error about this node.
    func refuse(zh: String, en: String) -> SettingsFileError {
        SettingsFileError(file: file, line: node.mark?.line, key: path, problem: BilingualText(zh: zh, en: en))
    }

    private func child(_ node: Node, _ step: String) -> StrictYAML {
        StrictYAML(file: file, path: path.isEmpty || step.hasPrefix("[") ? path + step : "\(path).\(step)", node: node)
    }

    /// The mapping's entries in the file's order.
    func entries() throws(SettingsFileError) -> [(key: String, value: StrictYAML)] {
        guard let mapping = node.mapping else { throw refuse(zh: "应为键值表", en: "must be a mapping") }
        var entries: [(key: String, value: StrictYAML)] = []
        for (key, value) in mapping {
            guard let name = key.string else { throw refuse(zh: "键应为文字", en: "keys must be text") }
            entries.append((name, child(value, name)))
        }
        return entries
    }

    /// The mapping's entries by key; a key that is neither required nor optional is refused.
    func fields(required: [String], optional: [String] = []) throws(SettingsFileError) -> [String: StrictYAML] {
        var fields: [String: StrictYAML] = [:]
        for (key, value) in try entries() {
            guard required.contains(key) || optional.contains(key) else {
                throw value.refuseUnknownKey(known: (required + optional).sorted())
            }
            fields[key] = value
        }
        for key in required where fields[key] == nil {
            throw refuse(zh: "缺少“\(key)”", en: "\(key) is missing")
        }
        return fields
    }

    /// - Parameter known: the keys that may stand there.
    func refuseUnknownKey(known: [String]) -> SettingsFileError {
        let list = known.joined(separator: ", ")
        return refuse(zh: "不认识的键；这里可以写：\(list)", en: "unknown key; known here: \(list)")
    }

    /// The sequence's items.
    func items() throws(SettingsFileError) -> [StrictYAML] {
        guard let sequence = node.sequence else { throw refuse(zh: "应为列表", en: "must be a list") }
        return sequence.enumerated().map { child($0.element, "[\($0.offset)]") }
    }

    /// Text that is not empty; numbers too, as they are written.
    func text() throws(SettingsFileError) -> String {
        guard let scalar = node.scalar, node.tag != Tag(.null), !TextFolding.trimmed(scalar.string).isEmpty
        else { throw refuse(zh: "应为文字", en: "must be text") }
        return scalar.string
    }

    /// yyyy-mm-dd.
    func date() throws(SettingsFileError) -> CivilDate {
        guard let date = CivilDate(iso: try text()) else {
            throw refuse(zh: "应为 yyyy-mm-dd 日期", en: "must be a date yyyy-mm-dd")
        }
        return date
    }

    /// true or false.
    func flag() throws(SettingsFileError) -> Bool {
        switch (isQuoted, try text()) {
        case (false, "true"): true
        case (false, "false"): false
        default: throw refuse(zh: "应为 true 或 false", en: "must be true or false")
        }
    }

    /// A whole number that is not negative.
    func count() throws(SettingsFileError) -> Int {
        guard let digits = try number(), let count = Int(digits) else {
            throw refuse(zh: "应为非负整数", en: "must be a whole number, not negative")
        }
        return count
    }

    /// Yuan with at most two decimals, not negative. Further decimals are accepted only where they are zeros.
    func money() throws(SettingsFileError) -> Fen {
        guard let digits = try number(), let fen = Fen(yuanText: StrictYAML.withoutTrailingZeros(digits)) else {
            throw refuse(
                zh: "应为非负金额（元），最多两位小数", en: "must be an amount in yuan, not negative, with at most two decimals")
        }
        return fen
    }

    /// Days in halves.
    func halfDays() throws(SettingsFileError) -> HalfDays {
        guard let digits = try number(), let hundredths = Fen(yuanText: StrictYAML.withoutTrailingZeros(digits)),
            hundredths.amount % 50 == 0
        else { throw refuse(zh: "应为 0.5 的整数倍", en: "must be a multiple of 0.5") }
        return HalfDays(hundredths.amount / 50)
    }

    /// The digits of an unquoted decimal number, nil for anything else: no sign, exponent, octal, grouping.
    private func number() throws(SettingsFileError) -> String? {
        let text = try text()
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard !isQuoted, parts.count <= 2, parts.allSatisfy({ !$0.isEmpty }),
            parts[0] == "0" || !parts[0].hasPrefix("0"),
            parts.allSatisfy({ $0.utf8.allSatisfy { (48...57).contains($0) } })
        else { return nil }
        return text
    }

    private var isQuoted: Bool {
        switch node.scalar?.style {
        case .singleQuoted, .doubleQuoted, .literal, .folded: true
        default: false
        }
    }

    private static func withoutTrailingZeros(_ digits: String) -> String {
        guard let point = digits.firstIndex(of: ".") else { return digits }
        var decimals = digits[digits.index(after: point)...]
        while decimals.count > 2, decimals.last == "0" { decimals = decimals.dropLast() }
        return String(digits[...point] + decimals)
    }
}
