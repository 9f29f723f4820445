/// What registers say of one person, posting, village or unit, and which cell said it. Source: spec §5.2.
///
/// Registers are merged field by field from many files; this keeps for each field in force the cell it came from.
public struct RegisterEntry: Hashable, Sendable {
    /// What an entry is about.
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        case person, posting, village, unit
    }

    /// One field in force.
    public struct Field: Hashable, Sendable {
        /// As the form calls it: 派出单位.
        public var title: String
        /// As sent; IDs, accounts and telephone numbers masked.
        public var text: String
        public var source: SourceCell

        public init(title: String, text: String, source: SourceCell) {
            self.title = title
            self.text = text
            self.source = source
        }
    }

    public var kind: Kind
    /// ID of the person (also of a posting); name of the unit; empty for a village.
    public var key: String
    /// Township and village; empty for a person and a unit.
    public var place: String
    /// First day of a posting.
    public var start: CivilDate?
    /// By title.
    public var fields: [Field]

    public init(kind: Kind, key: String, place: String = "", start: CivilDate? = nil, fields: [Field]) {
        self.kind = kind
        self.key = key
        self.place = place
        self.start = start
        self.fields = fields
    }

    /// Whether the entry is about a person, or about a posting of his.
    public func concerns(_ id: ResidentID) -> Bool { key == id.text && (kind == .person || kind == .posting) }
}
