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
    /// The days it leaves open, both included; nil for no bound.
    public var from: CivilDate?
    public var through: CivilDate?

    public init(
        person: ResidentID, kind: Kind, field: String, source: SourceCell, from: CivilDate? = nil,
        through: CivilDate? = nil
    ) {
        self.from = from
        self.through = through
        self.person = person
        self.kind = kind
        self.field = field
        self.source = source
    }

    /// Whether it leaves anything open in a month.
    public func concerns(_ period: Period) -> Bool {
        (from.map { $0 <= period.lastDay } ?? true) && (through.map { $0 >= period.firstDay } ?? true)
    }

    public static func < (left: RegisterHold, right: RegisterHold) -> Bool {
        (left.person, left.kind, left.source, left.field) < (right.person, right.kind, right.source, right.field)
    }
}
