/// Why nothing is paid to a person until a register is mended: a row that cannot be read, or rows that contradict each
/// other on who he is or what he is due. Source: spec §5.2, §5.3.
public struct RegisterHold: Hashable, Comparable, Sendable, Codable {
    public enum Kind: String, Hashable, Comparable, Sendable, Codable {
        /// A required field or the end of a posting is not understood.
        case unreadable
        /// Two rows of one file contradict each other.
        case conflict

        public static func < (left: Kind, right: Kind) -> Bool { left.rawValue < right.rawValue }
    }

    public var person: ResidentID
    public var kind: Kind
    /// The heading of the field in question, in Chinese.
    public var field: String
    /// The cell to mend.
    public var source: SourceCell

    public init(person: ResidentID, kind: Kind, field: String, source: SourceCell) {
        self.person = person
        self.kind = kind
        self.field = field
        self.source = source
    }

    public static func < (left: RegisterHold, right: RegisterHold) -> Bool {
        (left.person, left.kind, left.source, left.field) < (right.person, right.kind, right.source, right.field)
    }
}
