/// The six-digit code of a county: `630202`.
public struct CountyCode: Hashable, Comparable, Sendable, Codable {
    /// Six digits.
    public let text: String

    /// Nil unless `text` is six digits.
    public init?(_ text: String) {
        guard text.utf8.count == 6, text.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
        self.text = text
    }

    /// The county a longer administrative code (village: 12 digits) begins with; nil below six digits.
    public init?(prefixOf code: String) { self.init(String(code.prefix(6))) }

    /// Whether the first two digits are those of a province: 201811 is none's.
    public var isOfProvince: Bool {
        let digits = Array(text.utf8.prefix(2))
        return digits.count == 2 && ResidentID.isProvince(digits[0], digits[1])
    }

    /// `630200`: the prefecture's code.
    public var prefectureCode: String { String(text.prefix(4)) + "00" }
    /// `630000`: the province's code.
    public var provinceCode: String { String(text.prefix(2)) + "0000" }

    public static func < (left: CountyCode, right: CountyCode) -> Bool { left.text < right.text }
}

/// Keys by which places and units compare. Source: spec §5.6.
public enum PlaceKey {
    /// Villages compare without 村, 村委会, 村民委员会, 社区, 嘎查.
    public static func village(_ name: String) -> String {
        dropping(villageEndings, from: TextFolding.key(name))
    }

    /// The name by which a township compares in full.
    public static func township(_ name: String) -> String { TextFolding.key(name) }

    /// A township without 镇, 乡, 街道, 苏木: used only where it stays unique in the county.
    public static func townshipStem(_ name: String) -> String {
        dropping(townshipEndings, from: TextFolding.key(name))
    }

    /// Counties compare without spaces; `县(区)` suffixes stay, 平安 is not 平安区 only where both exist.
    public static func county(_ name: String) -> String { TextFolding.key(name) }

    private static let villageEndings = endings("村民委员会", "居民委员会", "村委会", "居委会", "嘎查村", "嘎查", "社区", "村")
    private static let townshipEndings = endings(
        "街道办事处", "民族乡", "街道办", "街道", "镇人民政府", "乡人民政府", "苏木", "镇", "乡")

    private static func endings(_ texts: String...) -> [[UInt8]] { texts.map { Array($0.utf8) } }

    /// Without the first of the endings that the name has and is more than. Keys are made by the million: bytes only.
    private static func dropping(_ endings: [[UInt8]], from name: String) -> String {
        let bytes = name.utf8
        for ending in endings where bytes.count > ending.count {
            let start = bytes.index(bytes.endIndex, offsetBy: -ending.count)
            if bytes[start...].elementsEqual(ending) { return String(name[..<start]) }
        }
        return name
    }
}

/// A village inside a county: township and village, because village names repeat.
public struct VillageKey: Hashable, Comparable, Sendable, Codable {
    /// `PlaceKey.township` of the register's name.
    public let township: String
    /// `PlaceKey.village`.
    public let village: String

    /// The key of a village as named.
    public init(township: String, village: String) {
        self.township = PlaceKey.township(township)
        self.village = PlaceKey.village(village)
    }

    public static func < (left: VillageKey, right: VillageKey) -> Bool {
        (left.township, left.village) < (right.township, right.village)
    }
}
