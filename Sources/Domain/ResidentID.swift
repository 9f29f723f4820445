/// A resident identity number by GB 11643-1999: a province that exists, a real date of birth, a check character that
/// verifies.
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
        /// The first two digits are no province's.
        case province
        /// Digits 7–14 are no day of the calendar.
        case birthDate
        /// Nobody of that date of birth is 16 to 80 years old.
        case age
    }

    /// Youngest and oldest whom an ID can belong to. Unit: years. Source: spec §5.6.
    public static let ages = 16...80

    /// The number of a text of 18 characters or of 15; nil for anything else.
    public static func whole(_ text: String) -> ResidentID? {
        switch read(text) {
        case .valid(let id), .upgraded(let id): id
        case .blank, .invalid: nil
        }
    }

    /// Reads what was sent: full-width digits, spaces and a leading `'` folded, `x` made `X`, 15 digits upgraded.
    ///
    /// - Parameter asOf: the day on which the person must be of an age to be posted; nil where that is not asked.
    public static func read(_ sent: String, asOf: CivilDate? = nil) -> Reading {
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
        guard isProvince(bytes[0], bytes[1]) else { return .invalid(.province) }
        guard let birth = birthDate(of: bytes) else { return .invalid(.birthDate) }
        if let asOf, !isOfAge(birth, on: asOf) { return .invalid(.age) }
        let id = ResidentID(verified: String(decoding: bytes, as: UTF8.self))
        return upgrade ? .upgraded(id) : .valid(id)
    }

    /// The day the number says its owner was born.
    public var birthDate: CivilDate { ResidentID.birthDate(of: Array(text.utf8))! }

    private static func birthDate(of digits: [UInt8]) -> CivilDate? {
        func number(_ range: Range<Int>) -> Int { digits[range].reduce(0) { $0 * 10 + Int($1 - 48) } }
        return CivilDate(number(6..<10), number(10..<12), number(12..<14))
    }

    /// The day on which its owner turns 16.
    public var firstDayOfAge: CivilDate { ResidentID.birthday(birthDate, ResidentID.ages.lowerBound) }

    /// The day on which its owner turns 81.
    public var firstDayTooOld: CivilDate { ResidentID.birthday(birthDate, ResidentID.ages.upperBound + 1) }

    /// Whether somebody born on `birth` is 16 to 80 years old on `day`, the birthdays included.
    private static func isOfAge(_ birth: CivilDate, on day: CivilDate) -> Bool {
        birthday(birth, ages.lowerBound) <= day && day < birthday(birth, ages.upperBound + 1)
    }

    private static func birthday(_ birth: CivilDate, _ years: Int) -> CivilDate {
        let parts = birth.parts
        // Born on 29 February: the day before March in other years.
        return CivilDate(parts.year + years, parts.month, parts.day) ?? CivilDate(parts.year + years, 2, 28)!
    }

    /// The provinces of GB/T 2260, Hong Kong, Macao and Taiwan among them.
    static func isProvince(_ first: UInt8, _ second: UInt8) -> Bool {
        let last: ClosedRange<UInt8>
        switch first {
        case 49: last = 49...53
        case 50: last = 49...51
        case 51: last = 49...55
        case 52: last = 49...54
        case 53: last = 48...52
        case 54: last = 49...53
        case 55: last = 49...49
        case 56: last = 49...51
        default: return false
        }
        return last.contains(second)
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
