/// Text that every file format here can hold. Source: spec §9.
///
/// XML 1.0 has no place for most control characters and for U+FFFE and U+FFFF: one of them, and Excel refuses the whole
/// workbook.
public enum LegalText {
    /// Whether the text has a character that XML cannot hold.
    public static func isLegal(_ text: String) -> Bool {
        var text = text
        return text.withUTF8 { bytes in
            var index = 0
            while index < bytes.count {
                let byte = bytes[index]
                if byte < 0x20, byte != 0x09, byte != 0x0A, byte != 0x0D { return false }
                // U+FFFE and U+FFFF are EF BF BE and EF BF BF.
                if byte == 0xEF, index + 2 < bytes.count, bytes[index + 1] == 0xBF, bytes[index + 2] >= 0xBE {
                    return false
                }
                index += 1
            }
            return true
        }
    }

    /// The same with U+FFFD in the place of every such character.
    public static func legal(_ text: String) -> String {
        if isLegal(text) { return text }
        var scalars = String.UnicodeScalarView()
        for scalar in text.unicodeScalars { scalars.append(isLegal(String(scalar)) ? scalar : "\u{FFFD}") }
        return String(scalars)
    }
}
