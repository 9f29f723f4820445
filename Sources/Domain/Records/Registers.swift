/// A county (县区名录, or one of those shipped in `pipelines/regions/`).
public struct CountyRecord: Hashable, Sendable, Codable {
    /// Six-digit code.
    public var code: CountyCode
    /// Full name: 乐都区.
    public var name: String
    /// Full name of the prefecture: 海东市.
    public var prefecture: String
    /// A poor county in a deep-poverty area: M5, who pays the increase of the work funds.
    public var isDeepPoverty: Bool

    public init(code: CountyCode, name: String, prefecture: String, isDeepPoverty: Bool) {
        self.code = code
        self.name = name
        self.prefecture = prefecture
        self.isDeepPoverty = isDeepPoverty
    }

    /// `630202-乐都区`, the folder of its outputs.
    public var folderName: String { "\(code.text)-\(name)" }
}

/// A village of the village register (村名录).
public struct VillageRecord: Hashable, Sendable, Codable {
    public var township: String
    public var village: String
    public var isPoor: Bool
    public var isDeepPoverty: Bool
    public var isWeak: Bool
    /// 艰边类别; nil where not given.
    public var hardshipCategory: String?
    /// 乡镇补贴档次; nil where not given.
    public var subsidyClass: String?
    /// 联点领导; nil where none.
    public var linkedLeader: String?
    public var source: SourceCell

    public init(
        township: String, village: String, isPoor: Bool = false, isDeepPoverty: Bool = false, isWeak: Bool = false,
        hardshipCategory: String? = nil, subsidyClass: String? = nil, linkedLeader: String? = nil, source: SourceCell
    ) {
        self.township = township
        self.village = village
        self.isPoor = isPoor
        self.isDeepPoverty = isDeepPoverty
        self.isWeak = isWeak
        self.hardshipCategory = hardshipCategory
        self.subsidyClass = subsidyClass
        self.linkedLeader = linkedLeader
        self.source = source
    }

    public var key: VillageKey { VillageKey(township: township, village: village) }
}

/// Level of a unit, a leader, a class or an honour.
public enum AdministrativeLevel: String, Hashable, Sendable, Codable, CaseIterable, Comparable {
    case national, province, prefecture, county, township

    /// 国家, 省, 市, 县, 乡 — the short form of the registers and reports.
    public var chinese: String {
        switch self {
        case .national: "国家"
        case .province: "省"
        case .prefecture: "市"
        case .county: "县"
        case .township: "乡"
        }
    }

    /// Higher levels first.
    public static func < (left: AdministrativeLevel, right: AdministrativeLevel) -> Bool {
        allCases.firstIndex(of: left)! < allCases.firstIndex(of: right)!
    }
}

extension AdministrativeLevel {
    /// Reads 国家, 省, 市, 县, 乡 and their longer forms.
    public init?(chinese text: String) {
        switch TextFolding.key(text).first {
        case "国", "中": self = .national
        case "省": self = .province
        case "市", "州", "地": self = .prefecture
        case "县", "区": self = .county
        case "乡", "镇": self = .township
        default: return nil
        }
    }
}

/// A sending unit (派出单位名录).
public struct UnitRecord: Hashable, Sendable, Codable {
    public var code: String?
    public var name: String
    public var level: AdministrativeLevel?
    /// 所在地艰边类别; nil where not given.
    public var hardshipCategory: String?
    /// 主要负责人; nil where not given.
    public var head: String?
    public var source: SourceCell

    public init(
        code: String? = nil, name: String, level: AdministrativeLevel? = nil, hardshipCategory: String? = nil,
        head: String? = nil, source: SourceCell
    ) {
        self.code = code
        self.name = name
        self.level = level
        self.hardshipCategory = hardshipCategory
        self.head = head
        self.source = source
    }

    /// Everybody whom 主要负责人 names.
    public var heads: [PersonName] { PeopleText.people(head ?? "").map(\.name) }
}
