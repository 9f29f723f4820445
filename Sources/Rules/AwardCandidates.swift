import Domain

// 青组字〔2018〕231号 第十条 (spec §7 M10): «Award candidates per county and unit level: 优秀 in the year, no absence or
// withdrawal in it, not barred, in post; ranked by attendance rate (present days ÷ posted days of the year), then
// honours, then ID.»

/// M10, award candidates.
public enum AwardCandidates {
    public static let clause = LegalSource.measure(10)
    public static let forms: [FormID] = [.assessment, .attendance, .spotChecks]
    /// Without these nobody is proposed; checks are evidence beside the marks.
    public static let needed: [FormID] = [.assessment, .attendance]

    /// One candidate.
    public struct Row: Hashable, Sendable, Codable {
        public var year: Int
        public var countyName: String
        /// Of the sending unit; nil where the unit register does not say.
        public var level: AdministrativeLevel?
        /// 名次 within the level, from 1.
        public var rank: Int
        public var person: PersonColumns
        /// Present half-days of the posted days' halves.
        public var attendance: Ratio
        /// 荣誉数 of the year.
        public var honours: Int
        public var evidence: [SourceCell]
    }

    /// By level from the township up (those without one last), then rank.
    public static func compute(_ input: YearInput) -> RuleResult<Row> {
        let disciplined = Set(Discipline.cases(input).map(\.person.id)).union(disciplinedElsewhere(input))
        let windows = AssessmentEffects.windows(input.records, policy: input.policy)
        let excellent = Dictionary(
            input.records.assessments.filter { $0.year == input.year && $0.grade == .excellent }.map {
                ($0.person, $0)
            },
            uniquingKeysWith: { first, _ in first })
        var rows = input.counted.compactMap { cadre -> Row? in
            guard let assessment = excellent[cadre.id], !disciplined.contains(cadre.id),
                !(windows[cadre.id] ?? []).contains(where: { $0.days.contains(input.asOf) }),
                let attendance = attendance(of: cadre, input)
            else { return nil }
            let person = input.person(cadre)
            return Row(
                year: input.year, countyName: input.records.county.name,
                level: input.unit(named: person.sendingUnit)?.level, rank: 0, person: person,
                attendance: attendance,
                honours: input.records.honours.count { $0.person == cadre.id && input.hasElapsed($0.date) },
                evidence: [assessment.source])
        }
        rows.sort { left, right in
            if left.level != right.level {
                guard let leftLevel = left.level else { return false }
                guard let rightLevel = right.level else { return true }
                return leftLevel > rightLevel
            }
            if left.attendance != right.attendance { return left.attendance > right.attendance }
            if left.honours != right.honours { return left.honours > right.honours }
            return left.person.id < right.person.id
        }
        for index in rows.indices {
            rows[index].rank = index > 0 && rows[index - 1].level == rows[index].level ? rows[index - 1].rank + 1 : 1
        }
        return input.result(rows, of: forms, needs: needed)
    }

    /// Present half-days of the halves of the posted days, in whichever county; nil for nobody's days.
    static func attendance(of cadre: Cadre, _ input: YearInput) -> Ratio? {
        let present =
            (input.attendance.presentHalfDays[cadre.id] ?? .zero)
            + (input.elsewhere.presentHalfDays[cadre.id] ?? .zero)
        return Ratio(present.count, of: input.postedDays(cadre).dayCount * 2)
    }

    /// Who was absent or pulled back on a day of his posting in another county.
    private static func disciplinedElsewhere(_ input: YearInput) -> Set<ResidentID> {
        Set(
            input.elsewhere.absences.filter {
                input.hasElapsed($0.date) && input.isPostedElsewhere($0.person, on: $0.date)
            }.map(\.person))
    }
}
