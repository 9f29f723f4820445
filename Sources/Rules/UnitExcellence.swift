import Domain

// 青组字〔2018〕231号 第六条 (spec §7 M6): «优秀: counts as the sending unit's result and outside its quota … per unit the 优秀
// that stand outside its quota».

/// M6, the 优秀 that stand outside their units' quotas, summed per unit.
public enum UnitExcellence {
    public static let clause = LegalSource.measure(6)
    public static let forms: [FormID] = [.assessment]

    /// One unit.
    public struct Row: Hashable, Sendable, Codable {
        public var sendingUnit: String
        public var level: AdministrativeLevel?
        /// Cadres assessed in the year whom this county counts.
        public var assessed: Int
        /// 优秀 among them: outside the unit's quota.
        public var excellent: Int
        /// 优秀 of the unit's cadres whom other counties count.
        public var excellentElsewhere: Int
        public var evidence: [SourceCell]

        /// 优秀 outside the quota, over all counties.
        public var total: Int { excellent + excellentElsewhere }
    }

    /// Units with an assessment, by unit. The unit is that of the posting on as-of.
    public static func compute(_ input: YearInput) -> RuleResult<Row> { input.once { made(input) } }

    private static func made(_ input: YearInput) -> RuleResult<Row> {
        let assessed = input.records.assessments.filter { assessment in
            assessment.year == input.year
                && input.cadre(assessment.person).map { input.isCounted($0) } ?? false
        }
        let rows = Dictionary(grouping: assessed) { input.unit(of: $0.person, on: input.asOf) }
            .filter { !$0.key.isEmpty }.sorted { $0.key < $1.key }.map { unit, assessments in
                let excellent = assessments.filter { $0.grade == .excellent }
                return Row(
                    sendingUnit: unit, level: input.unit(named: unit)?.level,
                    assessed: Set(assessments.map(\.person)).count, excellent: Set(excellent.map(\.person)).count,
                    excellentElsewhere: input.elsewhere.units[TextFolding.key(unit)]?.excellent ?? 0,
                    evidence: excellent.map(\.source).sorted())
            }
        return RuleResult(rows: rows, unreportedForms: input.unreported(forms))
    }
}
