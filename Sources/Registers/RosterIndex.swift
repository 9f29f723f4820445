import Domain

/// A roster row that was not used: who depends on it is told which row.
public struct HeldRosterRow: Hashable, Sendable, Codable {
    public let name: PersonName
    /// As sent.
    public let residentID: String
    public var source: SourceCell

    public init(name: PersonName, residentID: String, source: SourceCell) {
        self.name = name
        self.residentID = residentID
        self.source = source
    }
}

/// A county's cadres by ID and by name.
public struct RosterIndex: Sendable {
    /// By ID.
    public let cadres: [Cadre]
    /// Village keys of each cadre's postings, in their order: compared for every row, so made once.
    private let postingKeys: [[VillageKey]]
    private var byID: [String: Int] = [:]
    private var byName: [String: [Int]] = [:]
    private let heldRows: [HeldRosterRow]

    public init(_ cadres: [Cadre], heldRows: [HeldRosterRow] = []) {
        self.cadres = cadres
        self.heldRows = heldRows
        postingKeys = cadres.map { $0.postings.map(\.villageKey) }
        for (index, cadre) in cadres.enumerated() {
            byID[cadre.id.text] = index
            byName[cadre.name.key, default: []].append(index)
        }
    }

    /// The cadre of that ID.
    public func cadre(_ id: ResidentID) -> Cadre? { byID[id.text].map { cadres[$0] } }

    /// Village keys of the postings of the cadre with that ID, in their order.
    public func postingKeys(_ id: ResidentID) -> [VillageKey] { byID[id.text].map { postingKeys[$0] } ?? [] }

    /// Every cadre of that name.
    public func cadres(named name: PersonName) -> [Cadre] { (byName[name.key] ?? []).map { cadres[$0] } }

    /// The unused roster row of that name, for the advice of `not-on-roster`.
    public func heldRow(named name: PersonName) -> HeldRosterRow? { heldRows.first { $0.name.key == name.key } }

    /// Who is meant by a name in a village, else in its township; postings in force in the month come first.
    ///
    /// Shape: none, one, or all candidates of the narrowest place that has any.
    public func candidates(
        _ name: PersonName, township: String?, village: String?, in range: CivilDateRange
    ) -> [Cadre] {
        let fits = cadres(named: name)
        guard !fits.isEmpty, let township else { return [] }
        let townshipKey = PlaceKey.township(township)
        let villageKey = village.map { VillageKey(township: township, village: $0) }
        func inVillage(_ posting: Posting) -> Bool { posting.villageKey == villageKey }
        func inTownship(_ posting: Posting) -> Bool { PlaceKey.township(posting.township) == townshipKey }
        func inForce(_ posting: Posting) -> Bool { posting.days(within: range) != nil }
        let tests: [(Posting) -> Bool] = [
            { inVillage($0) && inForce($0) }, { inTownship($0) && inForce($0) }, inVillage, inTownship,
        ]
        for test in tests {
            let found = fits.filter { $0.postings.contains(where: test) }
            if !found.isEmpty { return found }
        }
        return []
    }
}
