import Domain
import Foundation
import Work

/// Files that begin with a digest of all that follows: what was cut, flipped or doubled on its way is told by name.
/// Source: spec §11.
///
/// Shape: `{"sha256":"…",` and the rest of a JSON object; of lines of text the first is `#` and such an object, and the
/// digest is over all lines. It guards against damage, not against whoever makes a new one.
enum DigestedFile {
    private static let opening = Array(#"{"sha256":""#.utf8)
    private static let closing = Array(#"","#.utf8)
    private static let digits = 64

    /// A JSON file of a record.
    static func json(_ value: some Encodable) throws -> [UInt8] { digested(try object(value)) }

    /// Lines under a header, parted by CR LF.
    static func lines(_ header: some Encodable, _ lines: [String]) throws -> [UInt8] {
        let body = lines.map { $0 + "\r\n" }.joined()
        return [0x23] + digested(try object(header) + Array("\r\n\(body)".utf8))
    }

    /// Whether the bytes are those that were written. A file without a digest is not.
    static func isWhole(_ bytes: [UInt8]) -> Bool {
        let file = bytes.first == 0x23 ? bytes.dropFirst() : bytes[...]
        let head = opening.count + digits + closing.count
        guard file.count > head, file.starts(with: opening),
            file.dropFirst(opening.count + digits).starts(with: closing)
        else { return false }
        let told = String(decoding: file.dropFirst(opening.count).prefix(digits), as: UTF8.self)
        return told == Fingerprint.sha256([0x7B] + file.dropFirst(head))
    }

    private static func object(_ value: some Encodable) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let bytes = [UInt8](try encoder.encode(value))
        precondition(bytes.count > 2 && bytes.first == 0x7B, "a record is an object with something in it")
        return bytes
    }

    private static func digested(_ object: [UInt8]) -> [UInt8] {
        opening + Array(Fingerprint.sha256(object).utf8) + closing + object.dropFirst()
    }
}
