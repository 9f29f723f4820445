import Domain

// 青组字〔2018〕231号 第十条 (spec §7 M10): «Candidates among units (no absence, no talk, work funds and insurance in order,
// head's visits done)». Who is commended is decided by people.

/// M10, candidates for a commendation among the sending units.
public enum UnitCandidates {
    public static let clause = LegalSource.measure(10)
    public static let forms: [FormID] = needed + [.spotChecks]
    /// Without these nothing can be said of any unit; checks are evidence beside the marks.
    public static let needed: [FormID] = [
        .attendance, .assessment, .insurance, .workFunds, .leaderVisits, .unitRegister, .accountabilityTalks,
    ]

    /// One candidate.
    public struct Row: Hashable, Sendable, Codable {
        public var year: Int
        public var countyName: String
        /// Nil where the unit register does not say.
        public var level: AdministrativeLevel?
        /// 名次 within the level, from 1.
        public var rank: Int
        public var sendingUnit: String
        /// 驻村干部数 in post on as-of.
        public var cadres: Int
        /// Present half-days of the posted days' halves, of those cadres together.
        public var attendance: Ratio
        /// How often the head came, over all counties.
        public var headVisits: Int
        /// Cells of the head's visits and of the cadres' postings.
        public var evidence: [SourceCell]
    }

    /// By level from the township up (those without one last), then rank: attendance rate, more cadres, name.
    ///
    /// What another county has on record of the unit counts as well. Nothing where a form is missing on which it rests.
    public static func compute(_ input: YearInput) -> RuleResult<Row> {
        let heads = HeadVisits(input)
        let talked = Set(
            input.records.talks.filter { input.hasElapsed($0.date) }.map { TextFolding.key($0.unit) })
        let cadres = input.countedByUnit
        var rows = UnitStanding.compute(input).compactMap { standing -> Row? in
            let key = TextFolding.key(standing.unit)
            let whole = input.elsewhere.units[key].map { standing + $0 } ?? standing
            let visits = heads.visits(of: standing.unit)
            guard !whole.callsForTalk, whole.insuranceOpen == 0, whole.fundsOpen == 0,
                heads.isTold(standing.unit, input), !talked.contains(key),
                !visits.isEmpty, let own = cadres[key], let attendance = attendance(of: own, input)
            else { return nil }
            return Row(
                year: input.year, countyName: input.records.county.name, level: standing.level, rank: 0,
                sendingUnit: standing.unit, cadres: own.count, attendance: attendance, headVisits: visits.count,
                evidence: visits.compactMap(\.source)
                    + own.compactMap { input.posting($0)?.source }.sorted())
        }
        rows.sort { left, right in
            if left.level != right.level {
                guard let leftLevel = left.level else { return false }
                guard let rightLevel = right.level else { return true }
                return leftLevel > rightLevel
            }
            if left.attendance != right.attendance { return left.attendance > right.attendance }
            return left.cadres == right.cadres ? left.sendingUnit < right.sendingUnit : left.cadres > right.cadres
        }
        for index in rows.indices {
            rows[index].rank = index > 0 && rows[index - 1].level == rows[index].level ? rows[index - 1].rank + 1 : 1
        }
        return input.result(rows, of: forms, needs: needed)
    }

    private static func attendance(of cadres: [Cadre], _ input: YearInput) -> Ratio? {
        let ratios = cadres.compactMap { AwardCandidates.attendance(of: $0, input) }
        return Ratio(ratios.reduce(0) { $0 + $1.part }, of: ratios.reduce(0) { $0 + $1.whole })
    }
}
