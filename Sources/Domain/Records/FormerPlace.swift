/// A name a place had before; sheets that still use it mean the place of today. Source: spec §5.3.
public struct FormerPlace: Hashable, Comparable, Sendable, Codable {
    public var township: String
    /// Empty where the township itself was renamed.
    public var village: String
    public var nowTownship: String
    public var nowVillage: String

    public init(township: String, village: String, nowTownship: String, nowVillage: String) {
        self.township = township
        self.village = village
        self.nowTownship = nowTownship
        self.nowVillage = nowVillage
    }

    public static func < (left: FormerPlace, right: FormerPlace) -> Bool {
        (left.township, left.village, left.nowTownship, left.nowVillage)
            < (right.township, right.village, right.nowTownship, right.nowVillage)
    }
}
