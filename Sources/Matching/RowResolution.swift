import Domain
import Registers

/// A row with everything that could be told of its place and person, before days are looked at.
struct ResolvedRow {
    /// Its place among the month's rows in reading order: the same however often the month is gone through.
    var number: Int
    let order: FileOrder
    let block: AttendanceBlock
    var row: AttendanceRow
    /// Number of its block among the month's, for findings of blocks.
    let blockNumber: Int
    let name: PersonName
    /// Official township the sheet names; nil where it names none that is known.
    let statedTownship: String?
    /// Village the sheet names: official where it is known, else as sent.
    let statedVillage: PlaceIndex.Village?
    /// Key of the stated village.
    let statedKey: VillageKey?
    let match: PersonMatch
    /// Keys of the villages of the cadre's postings, in their order.
    let postingKeys: [VillageKey]
    /// Village by which versions replace each other; nil where neither sheet nor roster tells.
    let versionKey: VillageKey?
    var findings: [Finding] = []
    /// Number of the group of rows that contradict each other.
    var contradictionGroup: Int?
    /// Its contradicting twin carries the finding.
    var isHeldByTwin = false
    /// A totals sheet that disagrees carries the finding.
    var isHeldByTotals = false
    /// States the same total as a row before it, which is the one that counts.
    var repeatsTotal = false
    /// Policy, or a decision, accepts its stated total as evidence.
    var isAccepted = false
    /// What its stated total counts for in this county alone.
    var acceptedTotal: HalfDays?
    /// Days that a decision leaves unpaid, with the half-days that they are of a total.
    var refusedDays: [CivilDate: HalfDays] = [:]
    /// Of days that another county's sheet claims: the place it names (county's code, township, village).
    var visitorPlace: String?
    /// A decision says that it pays nothing: neither held nor counted, nor evidence of presence.
    var isRefused = false

    var cadre: Cadre? { match.cadre }
    /// Its days stand on another county's sheet.
    var isVisitor: Bool { visitorPlace != nil }
    var hasDailyMarks: Bool { block.layout.hasDailyMarks }

    /// Words (全勤) stand in place of marks: its figure, if anything, says how many days. Source: spec §5.4.
    var isStatement: Bool { row.findings.contains { $0.reason == .presenceStated } }

    /// The ID of the roster, else a valid one as sent; empty else.
    var personID: String {
        switch match.outcome {
        case .cadre(let cadre): cadre.id.text
        case .stranger(let id): id.text
        case .nobody: ""
        }
    }

    /// Its name cell.
    var source: SourceCell { SourceCell(file: order.path, sheet: block.sheet, address: row.name.cell) }

    /// What rows of one person share; nil where it is not known whose the row is.
    var identity: String? { personID.isEmpty ? nil : personID }

    /// Its days stood in a file that a newer one replaced, which leaves the person out, and nobody confirmed them.
    var isLeftOut: Bool { findings.contains { $0.code == .leftOut } }

    /// Whether its marks count for pay.
    var counts: Bool { !isRefused && heldCodes.isEmpty }

    /// Codes that hold the row, in catalogue order.
    var heldCodes: [FindingCode] {
        if isRefused { return [] }
        var codes = Set(findings.filter { $0.effect == .held }.map(\.code))
        if isHeldByTwin { codes.insert(.duplicateRow) }
        if isHeldByTotals { codes.insert(.totalMismatch) }
        return FindingCode.allCases.filter(codes.contains)
    }

    /// The posting that the row is about: of the stated village, else of the stated township, else the first in force.
    let posting: Posting?
    /// Key of that posting's village.
    let postingKey: VillageKey?
    /// The township the sheet names, where it names no village and the posting is in another township.
    let foreignTownship: String?

    init(
        number: Int, order: FileOrder, block: AttendanceBlock, row: AttendanceRow, blockNumber: Int, name: PersonName,
        statedTownship: String?, statedVillage: PlaceIndex.Village?, match: PersonMatch, postingKeys: [VillageKey],
        period: Period
    ) {
        self.number = number
        self.order = order
        self.block = block
        self.row = row
        self.blockNumber = blockNumber
        self.name = name
        self.statedTownship = statedTownship
        self.statedVillage = statedVillage
        self.match = match
        self.postingKeys = postingKeys
        statedKey = statedVillage?.key
        let index = ResolvedRow.posting(match.cadre?.postings ?? [], postingKeys, statedKey, statedTownship, period)
        posting = index.flatMap { match.cadre?.postings[$0] }
        postingKey = index.map { postingKeys[$0] }
        if statedVillage == nil, let stated = statedTownship, let home = posting?.township,
            PlaceKey.township(home) != PlaceKey.township(stated)
        {
            foreignTownship = stated
        } else {
            foreignTownship = nil
        }
        versionKey = statedKey ?? foreignTownship.map { VillageKey(township: $0, village: "") } ?? postingKey
    }

    private static func posting(
        _ postings: [Posting], _ keys: [VillageKey], _ village: VillageKey?, _ township: String?, _ period: Period
    ) -> Int? {
        if postings.count <= 1 { return postings.indices.first }
        let range = period.range
        let inForce = postings.indices.filter { postings[$0].days(within: range) != nil }
        let candidates = inForce.isEmpty ? [postings.count - 1] : inForce
        if let village, let fit = candidates.first(where: { keys[$0] == village }) { return fit }
        if let township, let fit = candidates.first(where: { postings[$0].township == township }) { return fit }
        return candidates.first
    }

    /// Township of every finding about the row.
    var township: String { statedTownship ?? statedVillage?.township ?? posting?.township ?? "" }
}

extension MonthBuilder {
    /// Places and persons of every row, in reading order; who and where as decided, where somebody decided it.
    func resolveRows(_ plan: DecisionPlan) -> [ResolvedRow] {
        let resolver = PlaceResolver(places: places, countyName: input.records.county.name)
        let matcher = PersonMatcher(roster, asOf: min(input.asOf, input.period.lastDay))
        var resolved: [ResolvedRow] = []
        for (number, submitted) in blocks.enumerated() {
            let block = submitted.block
            let ofBlock = resolver.place(of: block)
            for sent in submitted.rows {
                let row = plan.row(sent, number: resolved.count, block: number)
                var township = ofBlock.township
                if let text = row.township?.text, let own = places.township(named: text) { township = own }
                var village = ofBlock.village
                if village == nil, let unknown = ofBlock.unknownVillage {
                    village = PlaceIndex.Village(township: township ?? ofBlock.unknownTownship ?? "", village: unknown)
                }
                if let text = row.village?.text, !TextFolding.key(text).isEmpty {
                    village =
                        resolver.village(named: text, township: township)
                        ?? PlaceIndex.Village(
                            township: township ?? row.township?.text ?? "", village: TextFolding.trimmed(text))
                }
                if let decided = plan.villages[resolved.count] {
                    village = PlaceIndex.Village(township: decided.township, village: decided.village)
                    township = decided.township
                }
                if township == nil, let stated = village?.township, !stated.isEmpty { township = stated }
                let name = PersonName(row.name.text)
                let match =
                    plan.persons[resolved.count].flatMap { roster.cadre($0) }.map {
                        PersonMatch(outcome: .cadre($0), findings: [])
                    }
                    ?? matcher.match(
                        name: name, id: row.residentID, township: township, village: village?.village,
                        in: input.period.range)
                resolved.append(
                    ResolvedRow(
                        number: resolved.count, order: submitted.order, block: block, row: row, blockNumber: number,
                        name: name,
                        statedTownship: township, statedVillage: village, match: match,
                        postingKeys: match.cadre.map { roster.postingKeys($0.id) } ?? [], period: input.period))
            }
        }
        return resolved
    }
}
