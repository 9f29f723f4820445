import Domain

/// The rate tables that a policy file may have. The raw value is the key in the file.
public enum RateTableID: String, Hashable, Sendable, Codable, CaseIterable {
    /// 艰苦边远地区津贴.
    case hardshipAllowance
    /// 青海津贴.
    case qinghaiAllowance
    /// 乡镇工作补贴.
    case townshipSubsidy

    /// Name of the column in statements.
    public var chinese: String {
        switch self {
        case .hardshipAllowance: "艰苦边远地区津贴"
        case .qinghaiAllowance: "青海津贴"
        case .townshipSubsidy: "乡镇工作补贴"
        }
    }
}

/// What a column of a rate table's key names.
public enum RateKey: String, Hashable, Sendable, Codable, CaseIterable {
    case villageHardshipCategory = "village.hardshipCategory"
    case villageSubsidyClass = "village.subsidyClass"
    case villageTownship = "village.township"
    case villageCounty = "village.county"
    case cadreRank = "cadre.rank"
    case cadreRole = "cadre.role"
    case unitLevel = "unit.level"
    case postingWholeYears = "posting.wholeYears"
}

/// Monthly rates by free key columns and date.
public struct RateTable: Hashable, Sendable {
    /// A rate for one key.
    public struct Row: Hashable, Sendable, Codable {
        /// One text for each of the table's keys.
        public let key: [String]
        public let rate: DatedValue<Fen>

        public init(key: [String], rate: DatedValue<Fen>) {
            self.key = key
            self.rate = rate
        }
    }

    public let id: RateTableID
    public let title: String
    public let unit: String
    public let source: LegalSource
    public let keys: [RateKey]
    /// In the file's order; the rows of one key ascend by date and do not overlap.
    public let rows: [Row]

    private let ratesByKey: [String: [DatedValue<Fen>]]

    public init(
        id: RateTableID, title: String, unit: String, source: LegalSource, keys: [RateKey], rows: [Row]
    ) {
        self.id = id
        self.title = title
        self.unit = unit
        self.source = source
        self.keys = keys
        self.rows = rows
        ratesByKey = Dictionary(grouping: rows) { RateTable.joined($0.key.map(TextFolding.key)) }
            .mapValues { $0.map(\.rate) }
    }

    /// The rate in force on a day for a key whose columns may each go by several names; nil where there is none.
    ///
    /// The first name of each column that has a row wins. A column without a name (rank not given) has no rate.
    public func rate(_ names: [[String]], on date: CivilDate) -> DatedValue<Fen>? {
        rates(names).last { $0.covers(date) }
    }

    /// Every rate of that key, ascending by date.
    func rates(_ names: [[String]]) -> [DatedValue<Fen>] {
        precondition(names.count == keys.count, "a key has one column for each of its table's keys")
        if names.allSatisfy({ $0.count == 1 }) {
            return ratesByKey[RateTable.joined(names.map { TextFolding.key($0[0]) })] ?? []
        }
        for key in combinations(names.map { $0.map(TextFolding.key) }) {
            if let rates = ratesByKey[RateTable.joined(key)] { return rates }
        }
        return []
    }

    private func combinations(_ names: [[String]]) -> [[String]] {
        names.reduce([[]]) { keys, column in keys.flatMap { key in column.map { key + [$0] } } }
    }

    /// One text for a folded key; folded texts hold no white space.
    private static func joined(_ key: [String]) -> String { key.joined(separator: "\n") }
}
