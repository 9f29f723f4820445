/// Folding for comparison. What was sent is stored as sent; these make the keys beside it.
public enum TextFolding {
    /// Full-width ASCII (U+FF01–FF5E) and the ideographic space to their ASCII twins; all else unchanged.
    public static func halfWidth(_ text: String) -> String {
        guard text.utf8.contains(where: { $0 == 0xEF || $0 == 0xE3 }) else { return text }
        var scalars = String.UnicodeScalarView()
        for scalar in text.unicodeScalars { scalars.append(halfWidth(scalar)) }
        return String(scalars)
    }

    static func halfWidth(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        switch scalar.value {
        case 0xFF01...0xFF5E: Unicode.Scalar(scalar.value - 0xFEE0)!
        case 0x3000: " "
        case 0xFFE5: "¥"
        default: scalar
        }
    }

    /// White space of every kind: ASCII, no-break, thin, ideographic, zero-width, BOM.
    public static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x09...0x0D, 0x20, 0x85, 0xA0, 0x1680, 0x180E, 0x2000...0x200F, 0x2028...0x202F, 0x205F, 0x2060, 0x3000,
            0xFEFF:
            true
        default: false
        }
    }

    /// Without white space at either end.
    public static func trimmed(_ text: String) -> String {
        guard mayChange(text) else { return text }
        let scalars = text.unicodeScalars
        guard let first = scalars.first, let last = scalars.last, isSpace(first) || isSpace(last) else { return text }
        guard let start = scalars.firstIndex(where: { !isSpace($0) }) else { return "" }
        let end = scalars.lastIndex(where: { !isSpace($0) })!
        return String(scalars[start...end])
    }

    /// Without any white space at all.
    public static func withoutSpaces(_ text: String) -> String {
        guard mayChange(text), text.unicodeScalars.contains(where: isSpace) else { return text }
        var scalars = String.UnicodeScalarView()
        for scalar in text.unicodeScalars where !isSpace(scalar) { scalars.append(scalar) }
        return String(scalars)
    }

    /// Half-width, without any white space: the key of headings, marks, choices and place names.
    public static func key(_ text: String) -> String {
        mayChange(text) ? withoutSpaces(halfWidth(text)) : text
    }

    /// Whether a byte occurs that a space or a full-width form begins with: most names and marks have none.
    private static func mayChange(_ text: String) -> Bool {
        for byte in text.utf8 where byte <= 0x20 || (byte >= 0xC2 && isSpecialLead[Int(byte)]) { return true }
        return false
    }

    /// The first bytes of U+0080–U+00BF, U+1000–U+3FFF and U+F000–U+FFFF: all spaces and full-width forms lie there.
    private static let isSpecialLead = (0...255).map { [0xC2, 0xE1, 0xE2, 0xE3, 0xEF].contains($0) }

    /// Whether every middle-dot variant of the spec's §5.6 counts as the separator of a name's parts.
    static func isMiddleDot(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0xB7, 0x2022, 0x2219, 0x2027, 0x30FB, 0xFF0E, 0x2E, 0x25CF, 0xFF65, 0x22C5, 0x2E31, 0x387: true
        default: false
        }
    }
}
