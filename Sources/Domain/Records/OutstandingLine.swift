/// What a person still owes after adjustments were capped (待扣回). Source: spec §8.
public struct OutstandingLine: Hashable, Sendable, Codable {
    public var person: ResidentID
    public var name: String
    public var sendingUnit: String
    public var township: String
    public var village: String
    public var originPeriod: Period
    /// Still to be taken back, above 0.
    public var amount: Fen

    public init(
        person: ResidentID, name: String, sendingUnit: String, township: String, village: String,
        originPeriod: Period, amount: Fen
    ) {
        self.person = person
        self.name = name
        self.sendingUnit = sendingUnit
        self.township = township
        self.village = village
        self.originPeriod = originPeriod
        self.amount = amount
    }

    /// Unit, name, ID, village, origin month.
    public static func inReportOrder(_ left: OutstandingLine, _ right: OutstandingLine) -> Bool {
        let a = (left.sendingUnit, left.name, left.person.text, left.village, left.township)
        let b = (right.sendingUnit, right.name, right.person.text, right.village, right.township)
        return a == b ? left.originPeriod < right.originPeriod : a < b
    }
}
