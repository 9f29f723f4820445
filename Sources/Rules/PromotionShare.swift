import Domain

// 青组字〔2018〕231号 第七条 (spec §7 M7): «(county, prefecture, province) share of cadres among those promoted, titled and
// raised, per county, year and class; cadres honoured at province level or above and not barred: eligible list.»
// What share is enough is left to people.

/// M7, cadres among the promoted.
public enum PromotionShare {
    public static let clause = LegalSource.measure(7)
    public static let forms: [FormID] = [.promotions, .promotionTotals]
    public static let eligibleForms: [FormID] = [.honours]

    /// One class.
    public struct Row: Hashable, Sendable, Codable {
        public var year: Int
        public var countyName: String
        public var category: PromotionCategory
        /// 总人数; nil where the county's total was not sent.
        public var totalPeople: Int?
        /// 驻村干部人数: distinct people.
        public var cadres: Int
        public var evidence: [SourceCell]

        /// 占比; nil without a total.
        public var share: Ratio? { totalPeople.flatMap { Ratio(cadres, of: $0) } }
    }

    /// One honour of an eligible cadre.
    public struct EligibleRow: Hashable, Sendable, Codable {
        public var year: Int
        public var countyName: String
        public var person: PersonColumns
        public var honour: String
        public var level: AdministrativeLevel
        public var date: CivilDate
        public var evidence: [SourceCell]
    }

    /// By class: 提拔任用, 专业技术职称, 晋级涨薪; 平级转任 only where a total of it was sent.
    public static func compute(_ input: YearInput) -> RuleResult<Row> {
        let rows = PromotionCategory.allCases.compactMap { category -> Row? in
            let total = input.records.promotionTotals.last { $0.year == input.year && $0.category == category }
            let promotions = input.records.promotions.filter {
                $0.category == category && input.hasElapsed($0.date) && isCounted($0.person, input)
            }
            guard total != nil || (category != .lateralTransfer && !promotions.isEmpty) else { return nil }
            return Row(
                year: input.year, countyName: input.records.county.name, category: category,
                totalPeople: total?.totalPeople, cadres: Set(promotions.map(\.person)).count,
                evidence: (total.map { [$0.source] } ?? []) + promotions.map(\.source).sorted())
        }
        return RuleResult(rows: rows, unreportedForms: input.unreported(forms))
    }

    /// Honours of the year at province level or above, of cadres who are not barred on as-of and were not on the day of
    /// the honour. By township, village, name, ID, date.
    public static func eligible(_ input: YearInput) -> RuleResult<EligibleRow> {
        let windows = AssessmentEffects.windows(input.records, policy: input.policy)
        let rows = input.records.honours.compactMap { honour -> EligibleRow? in
            guard honour.level <= .province, input.hasElapsed(honour.date), isCounted(honour.person, input),
                let cadre = input.cadre(honour.person),
                !(windows[honour.person] ?? []).contains(where: {
                    $0.days.contains(honour.date) || $0.days.contains(input.asOf)
                })
            else { return nil }
            return EligibleRow(
                year: input.year, countyName: input.records.county.name,
                person: PersonColumns(cadre, on: input.asOf), honour: honour.honour, level: honour.level,
                date: honour.date, evidence: [honour.source])
        }
        return RuleResult(
            rows: rows.sorted { ($0.person, $0.date, $0.honour) < ($1.person, $1.date, $1.honour) },
            unreportedForms: input.unreported(eligibleForms))
    }

    private static func isCounted(_ person: ResidentID, _ input: YearInput) -> Bool {
        input.cadre(person).map { input.isCounted($0, on: input.asOf) } ?? false
    }
    // MARK: Prefecture and province

    /// What a county contributes to the shares of prefecture and province: counts, nobody's name.
    public struct Count: Hashable, Sendable, Codable {
        public var category: PromotionCategory
        /// 总人数; nil where the county's total was not sent.
        public var totalPeople: Int?
        public var cadres: Int

        public init(category: PromotionCategory, totalPeople: Int?, cadres: Int) {
            self.category = category
            self.totalPeople = totalPeople
            self.cadres = cadres
        }
    }

    /// A county's contribution.
    public struct Extract: Hashable, Sendable, Codable {
        /// Of every class that was sent.
        public var counts: [Count]
        /// Whether any promotion was reported.
        public var isReported: Bool
        /// Cadres on the eligible list; nil where no honours were reported.
        public var eligible: Int?

        public init(counts: [Count], isReported: Bool, eligible: Int?) {
            self.counts = counts
            self.isReported = isReported
            self.eligible = eligible
        }
    }

    /// A province, prefecture or county and one class.
    public struct NodeRow: Hashable, Sendable {
        public var level: AdministrativeLevel
        /// Six digits.
        public var code: String
        public var name: String
        public var category: PromotionCategory
        /// Of the counties that sent their total; nil where none did.
        public var totalPeople: Int?
        /// Of the counties that sent their total.
        public var cadres: Int
        /// Of counties without a total: in no share.
        public var cadresWithoutTotal: Int
        /// Counties of the node without a total.
        public var countiesMissing: Int

        /// 占比.
        public var share: Ratio? { totalPeople.flatMap { Ratio(cadres, of: $0) } }
    }

    /// The county's contribution.
    public static func extract(_ input: YearInput) -> Extract {
        let rows = compute(input).rows
        let unreported = input.unreported(forms + eligibleForms)
        return Extract(
            counts: rows.map { Count(category: $0.category, totalPeople: $0.totalPeople, cadres: $0.cadres) },
            isReported: !unreported.contains(.promotions),
            eligible: unreported.contains(.honours) ? nil : Set(eligible(input).rows.map(\.person.id)).count)
    }

    /// Each node and class, in the order of the nodes. A person is counted by one county, so the sums count him once.
    public static func rows(
        _ nodes: [(level: AdministrativeLevel, code: String, name: String, counties: [CountyCode])],
        _ extracts: [CountyCode: Extract]
    ) -> [NodeRow] {
        nodes.flatMap { node in
            [PromotionCategory.promotion, .professionalTitle, .payRise].map { category in
                let counts = node.counties.map { county in
                    extracts[county]?.counts.first { $0.category == category }
                }
                let told = counts.compactMap { $0 }.filter { $0.totalPeople != nil }
                let untold = counts.compactMap { $0 }.filter { $0.totalPeople == nil }
                return NodeRow(
                    level: node.level, code: node.code, name: node.name, category: category,
                    totalPeople: told.isEmpty ? nil : told.reduce(0) { $0 + ($1.totalPeople ?? 0) },
                    cadres: told.reduce(0) { $0 + $1.cadres },
                    cadresWithoutTotal: untold.reduce(0) { $0 + $1.cadres },
                    countiesMissing: counts.count - told.count)
            }
        }
    }
}
