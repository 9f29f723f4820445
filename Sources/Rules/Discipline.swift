import Domain

// 青组字〔2018〕231号 第四条 (spec §7 M4): «Absence (mark `absent` or spot check 脱岗) or withdrawal (抽调) → cadre: no awards
// that year; sending unit's leadership: year's assessment not 优秀; with the evidence, cell or check, a row per
// person and date (a half day absent counts). An award or 优秀 on record against it, the unit's own 优秀 (unit
// assessment) included, is a `record-conflict`.» The units' part stands in UnitDiscipline.

/// M4, discipline.
public enum Discipline {
    public static let clause = LegalSource.measure(4)
    public static let forms: [FormID] = [.attendance, .spotChecks]

    /// 情形.
    public enum Situation: Int, Hashable, Comparable, Sendable, Codable {
        case absence, withdrawal

        public var chinese: String { self == .absence ? "脱岗" : "抽调" }
        public static func < (left: Situation, right: Situation) -> Bool { left.rawValue < right.rawValue }
    }

    /// 对象.
    public enum Subject: Int, Hashable, Comparable, Sendable, Codable {
        case person, unit

        public var chinese: String { self == .person ? "个人" : "单位" }
        /// 后果.
        public var consequence: String { self == .person ? "本年度不得评先评优" : "领导班子年度考核不得评优秀" }
        public static func < (left: Subject, right: Subject) -> Bool { left.rawValue < right.rawValue }
    }

    /// One person and date, with what shows it.
    public struct Case: Hashable, Sendable, Codable {
        public var person: PersonColumns
        public var date: CivilDate
        /// Both where a person was absent one half and pulled back the other.
        public var situations: [Situation]
        /// Marks, then checks, then the marks of presence that a check contradicts.
        public var evidence: [SourceCell]
        /// How the evidence reads: `考勤 瞿昙镇.xlsx 12月!M3`, `抽查（实地）抽查.xlsx 表!C4`.
        public var evidenceText: String

        /// 脱岗, 抽调 or 脱岗、抽调.
        public var situationText: String { situations.map(\.chinese).joined(separator: "、") }
    }

    /// A consequence of a case, for the person or for the unit.
    public struct Row: Hashable, Sendable, Codable {
        public var year: Int
        public var subject: Subject
        public var discipline: Case
    }

    /// By date, township, village, name, ID; the person before the unit.
    public static func compute(_ input: YearInput) -> RuleResult<Row> {
        let cases = cases(input)
        let rows = cases.flatMap { discipline in
            [Subject.person, .unit].map { Row(year: input.year, subject: $0, discipline: discipline) }
        }
        return RuleResult(
            rows: rows, findings: conflicts(input, cases), unreportedForms: input.unreported(forms))
    }

    /// Every absence and withdrawal of the year up to as-of on a day on which the person was posted, in report order.
    public static func cases(_ input: YearInput) -> [Case] { input.once { made(input) } }

    private static func made(_ input: YearInput) -> [Case] {
        struct Key: Hashable {
            let person: ResidentID
            let date: CivilDate
        }
        var situations: [Key: Set<Situation>] = [:]
        var marks: [Key: [SourceCell]] = [:]
        var checks: [Key: [SpotCheckRecord]] = [:]
        for fact in input.attendance.absences where input.hasElapsed(fact.date) {
            let key = Key(person: fact.person, date: fact.date)
            let halves = [fact.morning, fact.afternoon]
            if halves.contains(.absent) { situations[key, default: []].insert(.absence) }
            if halves.contains(.withdrawn) { situations[key, default: []].insert(.withdrawal) }
            marks[key, default: []].append(fact.source)
        }
        for check in input.records.spotChecks where input.hasElapsed(check.date) {
            let key = Key(person: check.person, date: check.date)
            switch check.result {
            case .absent: situations[key, default: []].insert(.absence)
            case .withdrawn: situations[key, default: []].insert(.withdrawal)
            case .onPost, .leave, .official: continue
            }
            checks[key, default: []].append(check)
        }
        var claimed: [Key: [SourceCell]] = [:]
        for fact in input.attendance.presentOnCheckedDates {
            claimed[Key(person: fact.person, date: fact.date), default: []].append(fact.source)
        }
        return situations.compactMap { key, situations -> Case? in
            guard let cadre = input.cadre(key.person), !cadre.postings(on: key.date).isEmpty else { return nil }
            // A mark is a case where its sheet lies; a check alone, where the person is counted that day.
            guard marks[key] != nil || input.isCounted(cadre, on: key.date) else { return nil }
            let marks = (marks[key] ?? []).sorted()
            let checks = (checks[key] ?? []).sorted { $0.source < $1.source }
            let claimed = checks.isEmpty ? [] : (claimed[key] ?? []).sorted()
            let texts =
                marks.map { "考勤 \($0.text)" }
                + checks.map { "抽查\($0.method.map { "（\($0)）" } ?? "") \($0.source.text)" }
                + claimed.map { "考勤表记为出勤 \($0.text)" }
            return Case(
                person: PersonColumns(cadre, on: key.date), date: key.date, situations: situations.sorted(),
                evidence: marks + checks.map(\.source) + claimed, evidenceText: texts.joined(separator: "；"))
        }.sorted { ($0.date, $0.person) < ($1.date, $1.person) }
    }

    /// 优秀 and honours of the same year that stand on record against a case.
    private static func conflicts(_ input: YearInput, _ cases: [Case]) -> [Finding] {
        let dates = Dictionary(grouping: cases, by: \.person.id).mapValues {
            $0.map(\.date.iso).joined(separator: "、")
        }
        var findings: [Finding] = []
        for assessment in input.records.assessments
        where assessment.year == input.year && assessment.grade == .excellent {
            guard let dates = dates[assessment.person] else { continue }
            findings.append(
                input.finding(
                    .excellentDespiteAbsence, about: assessment.person, at: assessment.source,
                    value: assessment.grade.chinese, arguments: [String(input.year), dates]))
        }
        for honour in input.records.honours where input.hasElapsed(honour.date) {
            guard let dates = dates[honour.person] else { continue }
            findings.append(
                input.finding(
                    .awardDespiteAbsence, about: honour.person, at: honour.source, value: honour.honour,
                    arguments: [honour.date.iso, honour.honour, dates]))
        }
        for commendation in input.records.commendations where commendation.year == input.year {
            guard let person = commendation.person, let dates = dates[person] else { continue }
            findings.append(
                input.finding(
                    .awardDespiteAbsence, about: person, at: commendation.source, value: commendation.category,
                    arguments: ["\(input.year)年度", commendation.category, dates]))
        }
        return findings.sorted(by: Finding.inReportOrder)
    }
}
