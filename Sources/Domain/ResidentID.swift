/// A resident identity number by GB 11643-1999: 17 digits and a check character that verifies.
///
/// Its six leading digits are the place of registration, old codes included; they say nothing about the posting.
public struct ResidentID: Hashable, Comparable, Sendable, Codable {
    /// Eighteen characters, the last a digit or `X`.
    public let text: String

    private init(verified text: String) { self.text = text }

    /// Nil unless `text` is exactly a valid 18-character number.
    public init?(_ text: String) {
        guard case .valid(let id) = ResidentID.read(text), id.text == text else { return nil }
        self = id
    }

    /// What a text says when read as an ID number.
    public enum Reading: Equatable, Sendable {
        /// Eighteen characters that verify.
        case valid(ResidentID)
        /// Fifteen digits, made eighteen.
        case upgraded(ResidentID)
        /// Neither; `reason` says what is wrong.
        case invalid(Reason)
        /// No ID was given.
        case blank
    }

    /// Why a text is no ID number.
    public enum Reason: String, Sendable, Codable {
        case length, characters, checkCharacter
    }

    /// Reads what was sent: full-width digits, spaces and a leading `'` folded, `x` made `X`, 15 digits upgraded.
    public static func read(_ sent: String) -> Reading {
        var text = TextFolding.key(sent)
        while let first = text.first, first == "'" || first == "’" || first == "‘" || first == "`" {
            text.removeFirst()
        }
        if text.isEmpty { return .blank }
        var bytes = Array(text.utf8)
        guard bytes.count == 15 || bytes.count == 18 else { return .invalid(.length) }
        if bytes.count == 18, bytes[17] == 0x78 { bytes[17] = 0x58 }
        guard bytes.prefix(17).allSatisfy({ (48...57).contains($0) }),
            bytes.count == 15 || (48...57).contains(bytes[17]) || bytes[17] == 0x58
        else { return .invalid(.characters) }
        let upgrade = bytes.count == 15
        if upgrade {
            bytes.insert(contentsOf: [49, 57], at: 6)
            bytes.append(checkCharacter(of: bytes))
        }
        guard bytes[17] == checkCharacter(of: bytes) else { return .invalid(.checkCharacter) }
        let id = ResidentID(verified: String(decoding: bytes, as: UTF8.self))
        return upgrade ? .upgraded(id) : .valid(id)
    }

    /// The check character (ASCII) of the first 17 digits. Source: GB 11643-1999, ISO 7064 MOD 11-2.
    private static func checkCharacter(of digits: [UInt8]) -> UInt8 {
        let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
        var sum = 0
        for index in 0..<17 { sum += weights[index] * Int(digits[index] - 48) }
        return Array("10X98765432".utf8)[sum % 11]
    }

    /// `630202********123X`: for everything that is not finance or the township's own return.
    public var masked: String { ResidentID.masked(text) }

    /// Masks any text that may be an ID or an account: six characters, stars, the last four.
    public static func masked(_ text: String) -> String {
        let characters = Array(text)
        guard characters.count >= 11 else {
            return String(characters.prefix(2)) + String(repeating: "*", count: max(0, characters.count - 2))
        }
        return String(characters.prefix(6)) + String(repeating: "*", count: characters.count - 10)
            + String(characters.suffix(4))
    }

    public static func < (left: ResidentID, right: ResidentID) -> Bool { left.text < right.text }
}
