// Records of the forms about sending units (spec §5.3). `unit` is the full name of the unit register where it is known
// there.

/// A row of the unit-assessment form (班子考核): a unit's leadership in a year.
public struct UnitAssessmentRecord: Hashable, Sendable, Codable {
    public var unit: String
    public var year: Int
    /// 等次 as sent; the text names no list of grades for a leadership.
    public var grade: String
    public var source: SourceCell

    public init(unit: String, year: Int, grade: String, source: SourceCell) {
        self.unit = unit
        self.year = year
        self.grade = grade
        self.source = source
    }

    /// Whether the grade is 优秀, however it goes on (优秀等次, 优秀班子).
    public var isExcellent: Bool {
        let key = TextFolding.key(grade)
        return key == "优" || key.hasPrefix("优秀")
    }
}

/// A row of the talk records (约谈记录): one talk with a unit.
public struct AccountabilityTalkRecord: Hashable, Sendable, Codable {
    public var unit: String
    public var date: CivilDate
    /// 约谈人: a person or a department, as sent.
    public var talker: String
    /// 事由 as sent.
    public var cause: String?
    public var source: SourceCell

    public init(unit: String, date: CivilDate, talker: String, cause: String? = nil, source: SourceCell) {
        self.unit = unit
        self.date = date
        self.talker = talker
        self.cause = cause
        self.source = source
    }
}

/// What a unit does for a village beside its cadre (类型).
public enum UnitSupportKind: String, Hashable, Sendable, Codable, CaseIterable {
    case branchPairing, householdTies, serviceTeam

    public var chinese: String {
        switch self {
        case .branchPairing: "党组织共建"
        case .householdTies: "党员认亲"
        case .serviceTeam: "服务队"
        }
    }
}

/// A row of the unit-support form (结对共建/认亲帮户/服务队).
public struct UnitSupportRecord: Hashable, Sendable, Codable {
    public var unit: String
    public var kind: UnitSupportKind
    public var township: String
    public var village: String
    public var date: CivilDate
    /// 户数 of household ties.
    public var households: Int?
    /// 人数 of a service team.
    public var people: Int?
    public var source: SourceCell

    public init(
        unit: String, kind: UnitSupportKind, township: String, village: String, date: CivilDate,
        households: Int? = nil, people: Int? = nil, source: SourceCell
    ) {
        self.unit = unit
        self.kind = kind
        self.township = township
        self.village = village
        self.date = date
        self.households = households
        self.people = people
        self.source = source
    }

    public var villageKey: VillageKey { VillageKey(township: township, village: village) }
}

/// A row of the commendation lists (先进集体/表彰名单): a unit or a cadre, for a year.
public struct CommendationRecord: Hashable, Sendable, Codable {
    /// Who is commended.
    public enum Subject: Int, Hashable, Comparable, Sendable, Codable {
        case unit, person

        public var chinese: String { self == .unit ? "单位" : "个人" }
        public static func < (left: Subject, right: Subject) -> Bool { left.rawValue < right.rawValue }
    }

    public var year: Int
    public var level: AdministrativeLevel
    /// 类别 as sent: 先进集体, 优秀第一书记 …
    public var category: String
    public var subject: Subject
    /// The unit, or the person, as sent.
    public var name: String
    /// The cadre, where the row was matched to one.
    public var person: ResidentID?
    public var source: SourceCell

    public init(
        year: Int, level: AdministrativeLevel, category: String, subject: Subject, name: String,
        person: ResidentID? = nil, source: SourceCell
    ) {
        self.year = year
        self.level = level
        self.category = category
        self.subject = subject
        self.name = name
        self.person = person
        self.source = source
    }
}
