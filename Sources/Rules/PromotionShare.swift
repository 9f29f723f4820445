import Domain

// 青组字〔2018〕231号 第七条 (spec §7 M7): «(county, prefecture, province) share of cadres among those promoted, titled and
// raised, per county, year and class; cadres honoured at province level or above and not barred: eligible list.»
// What share is enough is left to people.

/// M7, cadres among the promoted.
public enum PromotionShare {
    public static let clause = LegalSource.measure(7)
    public static let forms: [FormID] = [.promotions, .promotionTotals]
    public static let eligibleForms: [FormID] = [.honours, .commendations]

    /// One class.
    public struct Row: Hashable, Sendable, Codable {
        public var year: Int
        public var countyName: String
        public var category: PromotionCategory
        /// 总人数; nil where the county's total was not sent.
        public var totalPeople: Int?
        /// 驻村干部人数: distinct people; nil where the county's promotions were not sent.
        public var cadres: Int?
        /// Promoted people who were in post on no day of the year: in no share.
        public var formerCadres: Int
        public var evidence: [SourceCell]

        /// More cadres than people: one of both is wrong, and there is no share.
        public var isConflict: Bool { PromotionShare.isConflict(totalPeople, cadres) }
        /// 占比; nil without a total, without promotions on file, and where both contradict each other.
        public var share: Ratio? {
            guard !isConflict, let totalPeople, let cadres else { return nil }
            return Ratio(cadres, of: totalPeople)
        }
    }

    static func isConflict(_ total: Int?, _ cadres: Int?) -> Bool {
        guard let total, let cadres else { return false }
        return cadres > total
    }

    /// One honour of an eligible cadre.
    public struct EligibleRow: Hashable, Sendable, Codable {
        public var year: Int
        public var countyName: String
        public var person: PersonColumns
        public var honour: String
        public var level: AdministrativeLevel
        /// Nil for a commendation, of which only the year is on record.
        public var date: CivilDate?
        public var evidence: [SourceCell]
    }

    /// By class: 提拔任用, 专业技术职称, 晋级涨薪; 平级转任 only where a total of it was sent.
    ///
    /// A cadre is who was in post on a day of the year up to as-of, in whichever county; who left in an earlier year is
    /// named, and in no share. The text does not say how long somebody counts as one.
    public static func compute(_ input: YearInput) -> RuleResult<Row> {
        var findings: [Finding] = []
        let rows = PromotionCategory.allCases.compactMap { category -> Row? in
            let total = input.records.promotionTotals.last { $0.year == input.year && $0.category == category }
            let promotions = input.records.promotions.filter {
                $0.category == category && input.hasElapsed($0.date) && isCounted($0.person, input)
            }
            let current = promotions.filter { wasPosted($0.person, input) }
            guard total != nil || (category != .lateralTransfer && !promotions.isEmpty) else { return nil }
            let row = Row(
                year: input.year, countyName: input.records.county.name, category: category,
                totalPeople: total?.totalPeople,
                cadres: input.isSent(.promotions) ? Set(current.map(\.person)).count : nil,
                formerCadres: Set(promotions.map(\.person)).subtracting(current.map(\.person)).count,
                evidence: (total.map { [$0.source] } ?? []) + promotions.map(\.source).sorted())
            if row.isConflict, let total, let cadres = row.cadres {
                findings.append(
                    input.finding(
                        .promotionCountsConflict, at: total.source, value: String(cadres),
                        arguments: [category.chinese, String(cadres), String(total.totalPeople)]))
            }
            return row
        }
        return RuleResult(rows: rows, findings: findings, unreportedForms: input.unreported(forms))
    }

    private static func wasPosted(_ person: ResidentID, _ input: YearInput) -> Bool {
        input.cadre(person).map { input.wasPosted($0) } ?? false
    }

    /// Honours and commendations of the year at province level or above, of cadres who are not barred on as-of and were
    /// not on the day of the honour. By township, village, name, ID, date; what has only a year last. A commendation
    /// that the honours have under the same name and level is the same one.
    public static func eligible(_ input: YearInput) -> RuleResult<EligibleRow> {
        let windows = AssessmentEffects.windows(input.records, policy: input.policy)
        func isBarred(_ person: ResidentID, on days: [CivilDate]) -> Bool {
            (windows[person] ?? []).contains { window in days.contains { window.days.contains($0) } }
        }
        func row(
            _ person: ResidentID, _ honour: String, _ level: AdministrativeLevel, _ date: CivilDate?, _ cell: SourceCell
        )
            -> EligibleRow?
        {
            guard level <= .province, isCounted(person, input), let cadre = input.cadre(person),
                !isBarred(person, on: [date, input.asOf].compactMap { $0 })
            else { return nil }
            return EligibleRow(
                year: input.year, countyName: input.records.county.name,
                person: input.person(cadre), honour: honour, level: level, date: date,
                evidence: [cell])
        }
        var rows = input.records.honours.filter { input.hasElapsed($0.date) }.compactMap {
            row($0.person, $0.honour, $0.level, $0.date, $0.source)
        }
        let known = Set(rows.map { "\($0.person.id.text) \($0.level.chinese) \(TextFolding.key($0.honour))" })
        rows += input.records.commendations.filter { $0.year == input.year }.compactMap { commendation in
            guard let person = commendation.person,
                !known.contains(
                    "\(person.text) \(commendation.level.chinese) \(TextFolding.key(commendation.category))")
            else { return nil }
            return row(person, commendation.category, commendation.level, nil, commendation.source)
        }
        let end = input.wholeYear.end.adding(days: 1)
        return RuleResult(
            rows: rows.sorted {
                ($0.person, $0.date ?? end, $0.honour, $0.evidence[0])
                    < ($1.person, $1.date ?? end, $1.honour, $1.evidence[0])
            }, unreportedForms: input.unreported(eligibleForms))
    }

    private static func isCounted(_ person: ResidentID, _ input: YearInput) -> Bool {
        input.cadre(person).map { input.isCounted($0) } ?? false
    }

    // MARK: Prefecture and province

    /// What a county contributes to the shares of prefecture and province: counts, nobody's name.
    public struct Count: Hashable, Sendable, Codable {
        public var category: PromotionCategory
        /// 总人数; nil where the county's total was not sent.
        public var totalPeople: Int?
        /// Nil where the county's promotions were not sent.
        public var cadres: Int?

        /// Whether both are on file and do not contradict each other.
        public var isWhole: Bool {
            totalPeople != nil && cadres != nil && !PromotionShare.isConflict(totalPeople, cadres)
        }

        public init(category: PromotionCategory, totalPeople: Int?, cadres: Int?) {
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
        /// Of the counties that sent both numbers; nil where none did.
        public var totalPeople: Int?
        /// Of the counties that sent both numbers.
        public var cadres: Int
        /// Of counties without a total, or with less people than cadres: in no share.
        public var cadresWithoutTotal: Int
        /// Counties of the node without both numbers.
        public var countiesMissing: Int

        /// 占比.
        public var share: Ratio? { totalPeople.flatMap { Ratio(cadres, of: $0) } }
    }

    /// The county's contribution.
    public static func extract(_ input: YearInput) -> Extract {
        let rows = compute(input).rows
        let isHonoured = eligibleForms.contains(where: input.isSent)
        return Extract(
            counts: rows.map { Count(category: $0.category, totalPeople: $0.totalPeople, cadres: $0.cadres) },
            isReported: input.isSent(.promotions),
            eligible: isHonoured ? Set(eligible(input).rows.map(\.person.id)).count : nil)
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
                let told = counts.compactMap { $0 }.filter(\.isWhole)
                let untold = counts.compactMap { $0 }.filter { !$0.isWhole }
                return NodeRow(
                    level: node.level, code: node.code, name: node.name, category: category,
                    totalPeople: told.isEmpty ? nil : told.reduce(0) { $0 + ($1.totalPeople ?? 0) },
                    cadres: told.reduce(0) { $0 + ($1.cadres ?? 0) },
                    cadresWithoutTotal: untold.reduce(0) { $0 + ($1.cadres ?? 0) },
                    countiesMissing: counts.count - told.count)
            }
        }
    }
}
