import Glibc

/// A name of the file system, which is bytes, as text. Source: spec §5.1.
///
/// An archive from a Windows program unpacks to names in GB18030. They are shown as they were meant and opened by their
/// bytes.
public enum FileName {
    /// UTF-8, else GB18030, else each byte that is neither as `%FF`.
    public static func text(_ bytes: [UInt8]) -> String {
        if let text = String(validating: bytes, as: UTF8.self) { return LegalFileText.shown(text) }
        if let converted = TextDecoding.fromGB18030(bytes) {
            return LegalFileText.shown(String(decoding: converted, as: UTF8.self))
        }
        var text = ""
        for byte in bytes {
            if (0x20..<0x7F).contains(byte) {
                text.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                text +=
                    "%" + String(byte >> 4, radix: 16, uppercase: true)
                    + String(byte & 15, radix: 16, uppercase: true)
            }
        }
        return text
    }
}

/// Control characters in a name are shown as what they are, so that no terminal obeys them and no table breaks.
private enum LegalFileText {
    static func shown(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: isControl) else { return text }
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars { result.append(isControl(scalar) ? "\u{FFFD}" : scalar) }
        return String(result)
    }

    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value) || scalar.value & 0xFFFE == 0xFFFE
    }
}
