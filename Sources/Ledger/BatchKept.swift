import Domain
import Matching

/// What a batch was made from beside workbooks and policy: `verify` reads nothing of today. Source: spec §8.
public struct BatchKept: Sendable, Codable {
    /// Bytes kept under their SHA-256, by the name they had.
    public struct File: Hashable, Sendable, Codable {
        public var name: String
        public var sha256: String

        public init(name: String, sha256: String) {
            self.name = name
            self.sha256 = sha256
        }
    }

    /// What other counties said of the people of a month, when the batch was closed.
    public struct Foreign: Sendable, Codable {
        public var period: Period
        public var claims: [PresenceClaim]
        public var issued: [IssuedElsewhere]
        public var settled: [SettledElsewhere]
        /// What other counties' batches issued to accounts of the county's people.
        public var others: [IssuedDays]
        /// Allowances that other counties' batches issued to the county's people; nil where there were none.
        public var allowances: [AllowancesElsewhere]?

        public init(
            period: Period, claims: [PresenceClaim], issued: [IssuedElsewhere], settled: [SettledElsewhere],
            others: [IssuedDays], allowances: [AllowancesElsewhere]? = nil
        ) {
            self.allowances = allowances
            self.others = others
            self.period = period
            self.claims = claims
            self.issued = issued
            self.settled = settled
        }

        public var isEmpty: Bool {
            claims.isEmpty && issued.isEmpty && settled.isEmpty && others.isEmpty && allowances == nil
        }
    }

    /// The policy that a month before was read with.
    public struct MonthPolicy: Hashable, Sendable, Codable {
        public var period: Period
        public var sha256: String

        public init(period: Period, sha256: String) {
            self.period = period
            self.sha256 = sha256
        }
    }

    /// `2018-11/630202-乐都区`, relative to the output.
    public var folder: String
    /// The file of counties.
    public var regions: File
    /// The files of forms, by name.
    public var forms: [File]
    public var limits: [String: Int]
    /// Folders and people that decide, in the order of `Authority`: decisions, bank returns, deciders, registers.
    public var authority: [[String]]
    /// Of every month the batch reads, its own first.
    public var foreign: [Foreign]
    /// Of months before that are read with another policy than the batch's own.
    public var policies: [MonthPolicy]
    /// The months before that the batch carries corrections of, closed or passed over.
    public var carried: [Period]
    /// As its settlement file says.
    public var settlements: [SettlementLine]
    /// Names of the counties in it, by code.
    public var issuers: [String: String]
    /// How many policy files were adopted by then.
    public var adoptions: Int
    /// Rows of other counties' registers that the province gave back, packed; nil where there were none.
    public var guests: File?
    /// Accounts of the county's people that somebody of another county has too; nil where the province told none.
    public var sharedAccounts: [String]?
    /// How it read the months that it pays for, packed; nil for batches of programs that kept none.
    public var readings: File?
    /// How its corrections were reckoned, see `Reckoning`; nil for batches of programs that knew one way.
    public var reckoning: Int?
    /// That the ledger keeps which rows belong to the batch; nil for batches of programs that did not.
    public var hasSet: Bool?

    public init(
        folder: String, regions: File, forms: [File], limits: [String: Int], authority: [[String]],
        foreign: [Foreign], policies: [MonthPolicy], carried: [Period], settlements: [SettlementLine],
        issuers: [String: String], adoptions: Int
    ) {
        self.issuers = issuers
        self.adoptions = adoptions
        self.folder = folder
        self.regions = regions
        self.forms = forms
        self.limits = limits
        self.authority = authority
        self.foreign = foreign
        self.policies = policies
        self.carried = carried
        self.settlements = settlements
    }
}
