/// A JSON value, written with sorted keys, two-space indentation and no floating point: bytes repeat.
public indirect enum JSONText: Hashable, Sendable {
    case null
    case boolean(Bool)
    case integer(Int)
    /// Exact decimal digits such as `12.50`; the caller vouches that they are a JSON number.
    case decimal(String)
    case string(String)
    case array([JSONText])
    case object([String: JSONText])
    /// As `written` gave it for the same depth.
    case verbatim(String)

    /// Text or null.
    public static func optional(_ text: String?) -> JSONText { text.map { .string($0) } ?? .null }

    /// The document, ending in a line feed.
    public var document: String {
        var text = ""
        write(to: &text, indent: "")
        return text + "\n"
    }

    /// The value as it stands so many levels deep: what stands in many places is written once.
    func written(depth: Int) -> JSONText {
        var text = ""
        write(to: &text, indent: String(repeating: "  ", count: depth))
        return .verbatim(text)
    }

    private func write(to text: inout String, indent: String) {
        let inner = indent + "  "
        switch self {
        case .null: text += "null"
        case .boolean(let flag): text += flag ? "true" : "false"
        case .integer(let number): text += String(number)
        case .decimal(let digits): text += digits
        case .string(let string): JSONText.append(string, to: &text)
        case .verbatim(let written): text += written
        case .array(let values):
            if values.isEmpty {
                text += "[]"
                return
            }
            text += "[\n"
            for (index, value) in values.enumerated() {
                text += inner
                value.write(to: &text, indent: inner)
                text += index + 1 < values.count ? ",\n" : "\n"
            }
            text += indent + "]"
        case .object(let members):
            if members.isEmpty {
                text += "{}"
                return
            }
            text += "{\n"
            let keys = members.keys.sorted()
            for (index, key) in keys.enumerated() {
                text += inner
                JSONText.append(key, to: &text)
                text += ": "
                (members[key] ?? .null).write(to: &text, indent: inner)
                text += index + 1 < keys.count ? ",\n" : "\n"
            }
            text += indent + "}"
        }
    }

    private static func append(_ string: String, to text: inout String) {
        text += "\""
        defer { text += "\"" }
        guard string.utf8.contains(where: { $0 < 0x20 || $0 == 0x22 || $0 == 0x5C }) else { return text += string }
        for scalar in string.unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "\n": text += "\\n"
            case "\r": text += "\\r"
            case "\t": text += "\\t"
            case _ where scalar.value < 0x20:
                let digits = String(scalar.value, radix: 16)
                text += "\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits
            default: text.unicodeScalars.append(scalar)
            }
        }
    }
}
