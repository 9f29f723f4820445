// Records of the yearly forms (spec §5.3). `person` is the cadre the row was matched to; `name` is as sent.
// `source` is the row's name cell, or the cell of its first key field where the form has no person.

/// Kind of a training (类型).
public enum TrainingKind: String, Hashable, Sendable, Codable {
    /// 任前
    case prePosting
    /// 轮训
    case rotation
    /// 业务
    case professional
    /// Not stated.
    case unspecified
}

/// A row of the training form: one person in one class.
public struct TrainingRecord: Hashable, Sendable, Codable {
    public var person: ResidentID
    public var trainingClass: String
    public var organiser: String?
    /// Province, prefecture or county.
    public var tier: AdministrativeLevel
    public var kind: TrainingKind
    public var start: CivilDate
    public var end: CivilDate?
    /// Only 不合格 fails.
    public var isFailed: Bool
    public var source: SourceCell

    public init(
        person: ResidentID, trainingClass: String, organiser: String? = nil, tier: AdministrativeLevel,
        kind: TrainingKind, start: CivilDate, end: CivilDate? = nil, isFailed: Bool = false, source: SourceCell
    ) {
        self.person = person
        self.trainingClass = trainingClass
        self.organiser = organiser
        self.tier = tier
        self.kind = kind
        self.start = start
        self.end = end
        self.isFailed = isFailed
        self.source = source
    }
}

/// A row of the insurance form: one policy of one cadre.
public struct InsuranceRecord: Hashable, Sendable, Codable {
    public var person: ResidentID
    public var insurer: String?
    public var policyNumber: String
    /// 保额.
    public var sumInsured: Fen
    public var cover: CivilDateRange
    public var source: SourceCell

    public init(
        person: ResidentID, insurer: String? = nil, policyNumber: String, sumInsured: Fen, cover: CivilDateRange,
        source: SourceCell
    ) {
        self.person = person
        self.insurer = insurer
        self.policyNumber = policyNumber
        self.sumInsured = sumInsured
        self.cover = cover
        self.source = source
    }
}

/// A row of the incident form (医疗/意外).
public struct IncidentRecord: Hashable, Sendable, Codable {
    public var person: ResidentID
    /// 重大疾病 or 意外伤害, as the form has it.
    public var kind: String
    /// 因公.
    public var isOnDuty: Bool
    public var date: CivilDate
    public var totalCost: Fen
    public var insurancePaid: Fen
    public var otherPaid: Fen
    /// 救助金额: what the sending unit gave for the rest; nil where nothing was recorded.
    public var relief: Fen?
    public var source: SourceCell

    public init(
        person: ResidentID, kind: String, isOnDuty: Bool, date: CivilDate, totalCost: Fen,
        insurancePaid: Fen = .zero, otherPaid: Fen = .zero, relief: Fen? = nil, source: SourceCell
    ) {
        self.person = person
        self.kind = kind
        self.isOnDuty = isOnDuty
        self.date = date
        self.totalCost = totalCost
        self.insurancePaid = insurancePaid
        self.otherPaid = otherPaid
        self.relief = relief
        self.source = source
    }
}

/// Result of a spot check.
public enum SpotCheckResult: String, Hashable, Sendable, Codable {
    /// 在岗
    case onPost
    /// 脱岗
    case absent
    /// 请假
    case leave
    /// 抽调
    case withdrawn
    /// 因公
    case official

    public var chinese: String {
        switch self {
        case .onPost: "在岗"
        case .absent: "脱岗"
        case .leave: "请假"
        case .withdrawn: "抽调"
        case .official: "因公"
        }
    }
}

/// A row of the spot-check form (抽查/督查).
public struct SpotCheckRecord: Hashable, Sendable, Codable {
    public var person: ResidentID
    public var date: CivilDate
    public var method: String?
    public var village: String?
    public var result: SpotCheckResult
    public var checkedBy: String?
    public var source: SourceCell

    public init(
        person: ResidentID, date: CivilDate, method: String? = nil, village: String? = nil, result: SpotCheckResult,
        checkedBy: String? = nil, source: SourceCell
    ) {
        self.person = person
        self.date = date
        self.method = method
        self.village = village
        self.result = result
        self.checkedBy = checkedBy
        self.source = source
    }
}

/// Grade of a yearly assessment (等次).
public enum AssessmentGrade: String, Hashable, Sendable, Codable {
    /// 优秀
    case excellent
    /// 称职
    case competent
    /// 基本称职
    case basicallyCompetent
    /// 不称职
    case incompetent

    public var chinese: String {
        switch self {
        case .excellent: "优秀"
        case .competent: "称职"
        case .basicallyCompetent: "基本称职"
        case .incompetent: "不称职"
        }
    }
}

/// A row of the assessment form (考核结果).
public struct AssessmentRecord: Hashable, Sendable, Codable {
    public var person: ResidentID
    public var year: Int
    public var grade: AssessmentGrade
    public var recallDate: CivilDate?
    public var source: SourceCell

    public init(
        person: ResidentID, year: Int, grade: AssessmentGrade, recallDate: CivilDate? = nil, source: SourceCell
    ) {
        self.person = person
        self.year = year
        self.grade = grade
        self.recallDate = recallDate
        self.source = source
    }
}

/// A row of the leader-visit form (联点/走访).
public struct LeaderVisitRecord: Hashable, Sendable, Codable {
    public var date: CivilDate
    public var leader: PersonName
    public var level: String?
    /// As the village register names it; nil where only the village was given and it is unique.
    public var township: String
    public var village: String
    public var matter: String?
    public var source: SourceCell

    public init(
        date: CivilDate, leader: PersonName, level: String? = nil, township: String, village: String,
        matter: String? = nil, source: SourceCell
    ) {
        self.date = date
        self.leader = leader
        self.level = level
        self.township = township
        self.village = village
        self.matter = matter
        self.source = source
    }

    public var villageKey: VillageKey { VillageKey(township: township, village: village) }
}

/// A row of the care-event form (五必访).
public struct CareEventRecord: Hashable, Sendable, Codable {
    public var person: ResidentID
    public var date: CivilDate
    /// 思想异常, 生病住院, 意外伤害, 家庭困难 or 工作难度大.
    public var situation: String
    public var visitDate: CivilDate?
    public var visitor: String?
    public var source: SourceCell

    public init(
        person: ResidentID, date: CivilDate, situation: String, visitDate: CivilDate? = nil, visitor: String? = nil,
        source: SourceCell
    ) {
        self.person = person
        self.date = date
        self.situation = situation
        self.visitDate = visitDate
        self.visitor = visitor
        self.source = source
    }
}

/// Who pays work funds (资金来源).
public enum FundSource: String, Hashable, Sendable, Codable {
    /// 县级
    case county
    /// 省级
    case province

    public var chinese: String { self == .county ? "县级" : "省级" }
}

/// A row of the work-funds form (工作经费): one disbursement.
public struct WorkFundsRecord: Hashable, Sendable, Codable {
    public var year: Int
    public var township: String
    public var village: String
    public var amount: Fen
    public var fundSource: FundSource
    public var date: CivilDate
    public var source: SourceCell

    public init(
        year: Int, township: String, village: String, amount: Fen, fundSource: FundSource, date: CivilDate,
        source: SourceCell
    ) {
        self.year = year
        self.township = township
        self.village = village
        self.amount = amount
        self.fundSource = fundSource
        self.date = date
        self.source = source
    }

    public var villageKey: VillageKey { VillageKey(township: township, village: village) }
}

/// A row of the honours form (表彰/奖励).
public struct HonourRecord: Hashable, Sendable, Codable {
    public var person: ResidentID
    public var date: CivilDate
    public var level: AdministrativeLevel
    public var honour: String
    public var source: SourceCell

    public init(
        person: ResidentID, date: CivilDate, level: AdministrativeLevel, honour: String, source: SourceCell
    ) {
        self.person = person
        self.date = date
        self.level = level
        self.honour = honour
        self.source = source
    }
}

/// Class of a promotion (类别).
public enum PromotionCategory: String, Hashable, Sendable, Codable, CaseIterable {
    /// 提拔任用
    case promotion
    /// 专业技术职称
    case professionalTitle
    /// 晋级涨薪
    case payRise
    /// 平级转任
    case lateralTransfer

    public var chinese: String {
        switch self {
        case .promotion: "提拔任用"
        case .professionalTitle: "专业技术职称"
        case .payRise: "晋级涨薪"
        case .lateralTransfer: "平级转任"
        }
    }
}

/// A row of the promotions form (提拔/晋升).
public struct PromotionRecord: Hashable, Sendable, Codable {
    public var person: ResidentID
    public var date: CivilDate
    public var category: PromotionCategory
    public var isImportantPost: Bool
    public var source: SourceCell

    public init(
        person: ResidentID, date: CivilDate, category: PromotionCategory, isImportantPost: Bool = false,
        source: SourceCell
    ) {
        self.person = person
        self.date = date
        self.category = category
        self.isImportantPost = isImportantPost
        self.source = source
    }
}

/// A row of the promotion totals (提拔任用统计).
public struct PromotionTotalRecord: Hashable, Sendable, Codable {
    public var year: Int
    public var category: PromotionCategory
    public var totalPeople: Int
    public var source: SourceCell

    public init(year: Int, category: PromotionCategory, totalPeople: Int, source: SourceCell) {
        self.year = year
        self.category = category
        self.totalPeople = totalPeople
        self.source = source
    }
}

/// A row of the expert-tour form (专家/巡回指导).
public struct ExpertTourRecord: Hashable, Sendable, Codable {
    public var date: CivilDate
    /// 农牧, 科技, 卫生 or 其他.
    public var domain: String
    public var township: String
    public var village: String
    public var peopleCount: Int?
    public var source: SourceCell

    public init(
        date: CivilDate, domain: String, township: String, village: String, peopleCount: Int? = nil,
        source: SourceCell
    ) {
        self.date = date
        self.domain = domain
        self.township = township
        self.village = village
        self.peopleCount = peopleCount
        self.source = source
    }

    public var villageKey: VillageKey { VillageKey(township: township, village: village) }
}

/// A row of the pairing form (结对/帮带).
public struct PairingRecord: Hashable, Sendable, Codable {
    /// 强村带弱村, 企业结对 or 党组织共建.
    public var kind: String
    public var helper: String
    public var township: String
    public var village: String
    public var start: CivilDate?
    public var source: SourceCell

    public init(
        kind: String, helper: String, township: String, village: String, start: CivilDate? = nil, source: SourceCell
    ) {
        self.kind = kind
        self.helper = helper
        self.township = township
        self.village = village
        self.start = start
        self.source = source
    }

    public var villageKey: VillageKey { VillageKey(township: township, village: village) }
}
