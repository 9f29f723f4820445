import Domain

// 青组字〔2018〕231号 第六条 (spec §7 M6): «优秀: counts as the sending unit's result and outside its quota. 不称职 and recalled:
// for two years from the recall date (last day: the day before the second anniversary; recalled on 29 February: 28
// February) no 提拔任用, 晋级涨薪, award, or 平级转任 to an important post (专业技术职称 is not barred): list of windows, and
// every recorded breach.»

/// M6, what an assessment leads to.
public enum AssessmentEffects {
    public static let clause = LegalSource.measure(6)
    public static let forms: [FormID] = [.assessment]

    /// Days on which a recalled cadre is barred.
    public struct Window: Hashable, Sendable, Codable {
        public var assessment: AssessmentRecord
        public var days: CivilDateRange
    }

    /// An event inside a window.
    public struct Breach: Hashable, Sendable, Codable {
        /// Nil for a commendation, of which only the year is on record.
        public var date: CivilDate?
        /// 违反事项: the honour or commendation, or the class of the promotion.
        public var matter: String
        public var source: SourceCell
    }

    /// An assessment, or one breach of its window.
    public struct Row: Hashable, Sendable, Codable {
        public var countyName: String
        public var person: PersonColumns
        public var assessment: AssessmentRecord
        /// 限制起/止; nil without a bar.
        public var window: CivilDateRange?
        public var breach: Breach?

        /// 占单位优秀指标: 否 for 优秀, which lies outside the unit's quota; empty else.
        public var quotaText: String { assessment.grade == .excellent ? "否" : "" }
        /// Cells of the assessment and the breach.
        public var evidence: [SourceCell] { [assessment.source] + (breach.map { [$0.source] } ?? []) }
    }

    /// The assessments of the year, and those of other years whose window reaches into it; a row for each breach of the
    /// year. By year of assessment, township, village, name, ID, date of breach.
    public static func compute(_ input: YearInput) -> RuleResult<Row> {
        var rows: [Row] = []
        var findings: [Finding] = []
        for assessment in input.records.assessments {
            guard let cadre = input.cadre(assessment.person), input.isCounted(cadre) else { continue }
            let window = AssessmentEffects.window(of: assessment, policy: input.policy)
            let breaches = window.map { AssessmentEffects.breaches(of: $0.days, by: assessment.person, input) } ?? []
            if isBarring(assessment), window == nil, assessment.year == input.year, let date = assessment.recallDate {
                findings.append(input.parameterMissing(.barYears, on: date))
            }
            let row = Row(
                countyName: input.records.county.name, person: input.person(cadre),
                assessment: assessment, window: window?.days)
            for breach in breaches {
                var breached = row
                breached.breach = breach
                rows.append(breached)
                if let window {
                    findings.append(
                        input.finding(
                            .breachOfBar, about: assessment.person, at: breach.source, value: breach.matter,
                            arguments: [
                                breach.date?.iso ?? "\(input.year)年度", breach.matter, window.days.start.iso,
                                window.days.end.iso,
                            ]))
                }
            }
            let reaches = window.flatMap { input.elapsed?.intersection($0.days) } != nil
            if breaches.isEmpty && (assessment.year == input.year || reaches) { rows.append(row) }
        }
        rows.sort { left, right in
            if left.assessment.year != right.assessment.year { return left.assessment.year < right.assessment.year }
            if left.person != right.person { return left.person < right.person }
            guard let leftBreach = left.breach, let rightBreach = right.breach else {
                return left.breach == nil && right.breach != nil
            }
            // What has only a year, after what has a day.
            let days = (leftBreach.date ?? input.wholeYear.end, rightBreach.date ?? input.wholeYear.end)
            return (days.0, leftBreach.matter, leftBreach.source) < (days.1, rightBreach.matter, rightBreach.source)
        }
        return RuleResult(
            rows: rows, findings: findings.sorted(by: Finding.inReportOrder),
            unreportedForms: input.unreported(forms), parameters: input.used(.barYears))
    }

    /// Every window of the records, by person.
    public static func windows(_ records: CountyRecords, policy: Policy) -> [ResidentID: [Window]] {
        Dictionary(grouping: records.assessments.compactMap { window(of: $0, policy: policy) }, by: \.assessment.person)
    }

    /// The window of a recall for 不称职; nil for any other assessment, and where `barYears` has no value that day.
    public static func window(of assessment: AssessmentRecord, policy: Policy) -> Window? {
        guard isBarring(assessment), let start = assessment.recallDate,
            let years = policy.count(.barYears, on: start)?.value,
            let days = CivilDateRange(start, start.anniversary(years: years).adding(days: -1))
        else { return nil }
        return Window(assessment: assessment, days: days)
    }

    private static func isBarring(_ assessment: AssessmentRecord) -> Bool {
        assessment.grade == .incompetent && assessment.recallDate != nil
    }

    /// What the person was given in the year, up to as-of, within the window.
    private static func breaches(of window: CivilDateRange, by person: ResidentID, _ input: YearInput) -> [Breach] {
        let honours = input.records.honours.filter { $0.person == person }.map {
            Breach(date: $0.date, matter: $0.honour, source: $0.source)
        }
        let promotions = input.records.promotions.filter { $0.person == person && isBarred($0) }.map {
            Breach(date: $0.date, matter: $0.category.chinese, source: $0.source)
        }
        let dated = (honours + promotions).filter { breach in
            breach.date.map { window.contains($0) && input.hasElapsed($0) } ?? false
        }
        // A commendation has no day: barred at the year's end, or today, one should not stand.
        guard window.contains(input.asOf) else { return dated }
        return dated
            + input.records.commendations.filter { $0.person == person && $0.year == input.year }.map {
                Breach(date: nil, matter: "\($0.year)年度\($0.category)", source: $0.source)
            }
    }

    private static func isBarred(_ promotion: PromotionRecord) -> Bool {
        switch promotion.category {
        case .promotion, .payRise: true
        case .lateralTransfer: promotion.isImportantPost
        case .professionalTitle: false
        }
    }
}
