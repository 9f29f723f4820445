/// What a cadre does in the village (驻村职务).
public enum PostingRole: String, Hashable, Sendable, Codable {
    case firstSecretary, teamLeader, teamMember, deputyVillageSecretary, other

    /// Reads 驻村职务; a first secretary who also leads the team is a first secretary.
    public init(text: String) {
        let key = TextFolding.key(text)
        if key.contains("第一书记") {
            self = .firstSecretary
        } else if key.contains("副书记") {
            self = .deputyVillageSecretary
        } else if key.contains("队长") {
            self = .teamLeader
        } else if key.contains("队员") || key.contains("工作队") {
            self = .teamMember
        } else {
            self = .other
        }
    }
}

/// One posting of a cadre to a village: a row of the roster.
public struct Posting: Hashable, Sendable, Codable {
    public var county: CountyCode
    /// As the village register names it, else as the roster does.
    public var township: String { didSet { villageKey = VillageKey(township: township, village: village) } }
    public var village: String { didSet { villageKey = VillageKey(township: township, village: village) } }
    /// Follows `township` and `village`; kept, because every day of every month asks for it.
    public private(set) var villageKey: VillageKey
    public var role: PostingRole
    /// 驻村职务 as sent.
    public var roleText: String
    /// Full name of the sending unit (the register's where it is known there).
    public var sendingUnit: String
    /// 职级; nil where not given.
    public var rank: String?
    public var start: CivilDate
    /// Last day; nil while open.
    public var end: CivilDate?
    public var bank: String?
    /// As sent, spaces removed.
    public var bankAccount: String?
    /// The account stood in a number cell of more than 15 digits: its last digits are lost.
    public var isAccountRounded: Bool
    /// Of the row's name cell.
    public var source: SourceCell
    /// The cell of the bank account, or where it would stand; nil where no roster has a column for it.
    public var accountSource: SourceCell?

    public init(
        county: CountyCode, township: String, village: String, role: PostingRole, roleText: String,
        sendingUnit: String, rank: String? = nil, start: CivilDate, end: CivilDate? = nil, bank: String? = nil,
        bankAccount: String? = nil, isAccountRounded: Bool = false, source: SourceCell,
        accountSource: SourceCell? = nil
    ) {
        self.county = county
        self.township = township
        self.village = village
        villageKey = VillageKey(township: township, village: village)
        self.role = role
        self.roleText = roleText
        self.sendingUnit = sendingUnit
        self.rank = rank
        self.start = start
        self.end = end
        self.bank = bank
        self.bankAccount = bankAccount
        self.isAccountRounded = isAccountRounded
        self.source = source
        self.accountSource = accountSource
    }

    private enum CodingKeys: String, CodingKey {
        case county, township, village, role, roleText, sendingUnit, rank, start, end, bank, bankAccount
        case isAccountRounded, source, accountSource
    }

    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            county: try values.decode(CountyCode.self, forKey: .county),
            township: try values.decode(String.self, forKey: .township),
            village: try values.decode(String.self, forKey: .village),
            role: try values.decode(PostingRole.self, forKey: .role),
            roleText: try values.decode(String.self, forKey: .roleText),
            sendingUnit: try values.decode(String.self, forKey: .sendingUnit),
            rank: try values.decodeIfPresent(String.self, forKey: .rank),
            start: try values.decode(CivilDate.self, forKey: .start),
            end: try values.decodeIfPresent(CivilDate.self, forKey: .end),
            bank: try values.decodeIfPresent(String.self, forKey: .bank),
            bankAccount: try values.decodeIfPresent(String.self, forKey: .bankAccount),
            isAccountRounded: try values.decodeIfPresent(Bool.self, forKey: .isAccountRounded) ?? false,
            source: try values.decode(SourceCell.self, forKey: .source),
            accountSource: try values.decodeIfPresent(SourceCell.self, forKey: .accountSource))
    }

    /// Whether the posting is in force on that day.
    public func isInForce(on date: CivilDate) -> Bool { start <= date && (end.map { date <= $0 } ?? true) }

    /// Its days within `range`, nil for none.
    public func days(within range: CivilDateRange) -> CivilDateRange? {
        CivilDateRange(max(start, range.start), min(end ?? range.end, range.end))
    }
}

/// A cadre posted to villages: one person of the roster, with every posting.
public struct Cadre: Hashable, Sendable, Codable {
    public var id: ResidentID
    public var name: PersonName
    public var sex: String?
    public var ethnicity: String?
    public var isSelectedGraduate: Bool
    /// 参加工作时间; the first of the month where only a month is given.
    public var workStart: CivilDate?
    /// 任前培训日期 of the roster.
    public var prePostingTraining: CivilDate?
    /// By start date, then township, village.
    public var postings: [Posting]

    public init(
        id: ResidentID, name: PersonName, sex: String? = nil, ethnicity: String? = nil,
        isSelectedGraduate: Bool = false, workStart: CivilDate? = nil, prePostingTraining: CivilDate? = nil,
        postings: [Posting]
    ) {
        self.id = id
        self.name = name
        self.sex = sex
        self.ethnicity = ethnicity
        self.isSelectedGraduate = isSelectedGraduate
        self.workStart = workStart
        self.prePostingTraining = prePostingTraining
        self.postings = postings
    }

    /// The postings in force on a day.
    public func postings(on date: CivilDate) -> [Posting] { postings.filter { $0.isInForce(on: date) } }

    /// The posting a yearly report names: in force on `date`, else the latest that began before it, else the first.
    public func posting(asOf date: CivilDate) -> Posting? {
        postings.last { $0.isInForce(on: date) } ?? postings.last { $0.start <= date } ?? postings.first
    }
}
