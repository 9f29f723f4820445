import Domain

/// What of a county's registers another county may need: rows sealed for whoever has the key and knows whom they are
/// about. Source: spec §11, «records of IDs that C's registers do not know».
public struct ExchangedRegisters: Hashable, Sendable, Codable {
    /// Rows under a name that finds them.
    public struct Sealed: Hashable, Sendable, Codable {
        /// HMAC of an ID, key of a sending unit, code of a county.
        public var name: String
        /// Sealed bytes, base64.
        public var rows: String

        public init(name: String, rows: String) {
            self.name = name
            self.rows = rows
        }
    }

    /// An account and who has it, both as HMAC.
    public struct Owner: Hashable, Sendable, Codable {
        public var account: String
        public var person: String

        public init(account: String, person: String) {
            self.account = account
            self.person = person
        }
    }

    /// Rosters and records of persons, by HMAC of the ID.
    public var people: [Sealed] = []
    /// Registers and records of sending units, by the unit's key.
    public var units: [Sealed] = []
    /// Keys of the units that the county's own registers hold.
    public var registeredUnits: [String] = []
    /// Rows about places of another county, by its code.
    public var counties: [Sealed] = []
    /// Rows of county registers, sealed: by which names counties go is known to all of them; nil where none came.
    public var countyRegisters: String?
    /// Keys of the unit names that the county's sheets and lists use.
    public var unitTexts: [String] = []
    /// Keys of the units that its cadres come from.
    public var unitKeys: [String] = []
    /// Visits of heads of its units to villages of their cadres.
    public var headVisits: [HeadVisitElsewhere] = []
    /// Whether any leader visits were sent.
    public var isVisitsSent = false
    public var accounts: [Owner] = []
    /// Files in the county's folder that speak of another county, sealed, by that one's code; nil in what an earlier
    /// version made.
    public var workbooks: [Sealed]?
    /// Every name and account on the rosters, as one HMAC, and whose they are; nil in what an earlier version made.
    public var payees: [Owner]?

    public init() {}
}
