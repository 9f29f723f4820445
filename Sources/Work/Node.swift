import Domain

/// A result that is kept, by name: `month/630202/2018-11`.
public struct Node: Hashable, Comparable, Sendable {
    public let name: String

    private init(_ kind: String, _ place: String...) { name = kind + "/" + place.joined(separator: "/") }

    /// As it stands in a ledger.
    public init(name: String) { self.name = name }

    public static func < (left: Node, right: Node) -> Bool { left.name < right.name }

    // MARK: Registers

    /// All register rows merged, field by field.
    public static let registers = Node("registers", "all")
    /// The names by which sheets tell counties.
    public static let countyNames = Node("registers", "county names")
    /// Blocks that only registers can give to a county, and that none could place.
    public static let unplaced = Node("assignment", "unplaced")

    /// A county's registers and yearly records, all of them.
    public static func register(_ county: CountyCode) -> Node { Node("register", county.text) }

    /// What of a county's registers one kind of result reads.
    public static func register(_ county: CountyCode, for use: RegisterUse) -> Node {
        Node("register for \(use.rawValue)", county.text)
    }

    /// The spot checks and decisions that a county's month reads.
    public static func checks(_ month: CountyMonth) -> Node { Node("checks", month) }

    /// What the unit registers answer to the names that a month's sheets send.
    public static func units(_ month: CountyMonth) -> Node { Node("units", month) }

    // MARK: Months and years

    public static func month(_ month: CountyMonth) -> Node { Node("month", month) }
    /// What other counties' sheets claim of a month's people.
    public static func claims(_ month: CountyMonth) -> Node { Node("claims", month) }
    /// The files a month's rows were sent in.
    public static func sources(_ month: CountyMonth) -> Node { Node("sources", month) }
    public static func pay(_ month: CountyMonth) -> Node { Node("pay", month) }
    /// What a closed month owes or is owed beside what was issued for it.
    public static func correction(_ month: CountyMonth) -> Node { Node("correction", month) }
    /// What a closed month says beside its lines: questions, another policy, settlements between counties.
    public static func closedDetail(_ month: CountyMonth) -> Node { Node("detail", month) }
    /// What batches issued to people of a month: other counties' for its days, its own under another ID.
    public static func issued(_ month: CountyMonth) -> Node { Node("issued", month) }
    public static func year(_ year: CountyYear) -> Node { Node("year", year.county.text, String(year.year)) }

    private init(_ kind: String, _ month: CountyMonth) { self.init(kind, month.county.text, "\(month.period)") }

    /// What the province gave back, as far as it was taken in: claims of other counties.
    public static let handedBack = Node("handed back", "claims")

    // MARK: Reports

    /// What the calendar expected and did not come.
    public static let expectations = Node("expectations", "all")
    /// The files of a report, by its key.
    public static func files(_ report: String) -> Node { Node("files", report) }
    /// What the last finished report told of a scope.
    public static func told(_ scope: String) -> Node { Node("told", scope) }
}

/// Who reads a part of a county's registers.
public enum RegisterUse: String, CaseIterable, Sendable {
    /// Matching a month: places, persons, postings, rows that cannot be used.
    case months
    /// Pay: places, persons, postings, the units they name.
    case pay
    /// What finance files say beside pay: accounts that no bank can pay to, decisions about them.
    case papers
    /// What banks answered about the county's batches.
    case returns
    /// Which years anything is on record of; the output is those years.
    case years
    /// The workbooks that manifests name.
    case files
    /// Which cell said what stands: read where somebody asks where a field comes from.
    case entries
    /// Accounts by name and ID: to whom another county's batch issued under another ID.
    case accounts
}
