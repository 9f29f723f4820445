import Domain

// 青组字〔2018〕231号 第八条 (spec §7 M8): «Sending units that call for a talk: any of absences or withdrawals, a recall
// for 不称职, uninsured cadres, no visit in the year by the unit's head (主要负责人, found in the leader visits) to a
// village with the unit's cadre; with reasons» and «the head's visits in every county counted together». The talks
// themselves stand in UnitTalks.

/// M8, sending units that call for a talk (约谈).
public enum Accountability {
    public static let clause = LegalSource.measure(8)
    public static let forms: [FormID] = [
        .attendance, .spotChecks, .assessment, .insurance, .leaderVisits, .unitRegister,
    ]

    /// 事由.
    public enum Reason: Int, Hashable, Comparable, Sendable, Codable, CaseIterable {
        case absence, withdrawal, recall, uninsured, noVisitByHead

        public var chinese: String {
            switch self {
            case .absence: "脱岗"
            case .withdrawal: "抽调"
            case .recall: "召回"
            case .uninsured: "未参保"
            case .noVisitByHead: "负责人未走访"
            }
        }

        public static func < (left: Reason, right: Reason) -> Bool { left.rawValue < right.rawValue }
    }

    /// One reason of one unit.
    public struct Row: Hashable, Sendable, Codable {
        public var year: Int
        public var countyName: String
        public var sendingUnit: String
        public var reason: Reason
        /// 次数: person-dates of absences and withdrawals, people of recalls and missing cover; 1 for no visit.
        public var count: Int
        /// 说明: who and when, or who should have visited.
        public var note: String
        /// The day of the last case; nil for what lasts (no cover, no visit).
        public var latest: CivilDate?
        public var evidence: [SourceCell]
    }

    /// By unit, reason. A unit whose head the unit register does not name is not said to lack a visit, nor is one of
    /// which a county with its cadres sent no visits; nobody is uninsured where no insurance was sent.
    public static func compute(_ input: YearInput) -> RuleResult<Row> { input.once { made(input) } }

    private static func made(_ input: YearInput) -> RuleResult<Row> {
        var rows: [Row] = []
        func add(
            _ unit: String, _ reason: Reason, _ count: Int, _ note: String, _ evidence: [SourceCell],
            latest: CivilDate? = nil
        ) {
            rows.append(
                Row(
                    year: input.year, countyName: input.records.county.name, sendingUnit: unit, reason: reason,
                    count: count, note: note, latest: latest, evidence: evidence))
        }

        let cases = Dictionary(grouping: Discipline.cases(input), by: \.person.sendingUnit)
        for (unit, cases) in cases {
            for (situation, reason) in [(Discipline.Situation.absence, Reason.absence), (.withdrawal, .withdrawal)] {
                let cases = cases.filter { $0.situations.contains(situation) }
                guard !cases.isEmpty else { continue }
                let note = cases.map { "\($0.person.name) \($0.date.iso)" }.joined(separator: "、")
                add(
                    unit, reason, cases.count, note, cases.flatMap(\.evidence), latest: cases.map(\.date).max())
            }
        }

        let recalls = input.records.assessments.filter {
            $0.grade == .incompetent && isCountedRecall($0, input)
        }
        for (unit, recalls) in Dictionary(
            grouping: recalls, by: { input.unit(of: $0.person, on: $0.recallDate ?? input.asOf) }) where !unit.isEmpty
        {
            let sorted = recalls.sorted {
                ($0.recallDate ?? input.asOf, $0.person) < ($1.recallDate ?? input.asOf, $1.person)
            }
            let names = sorted.compactMap { recall in
                input.cadre(recall.person).map { "\($0.name.display) \(recall.recallDate?.iso ?? "")" }
            }
            add(
                unit, .recall, Set(recalls.map(\.person)).count, names.joined(separator: "、"), sorted.map(\.source),
                latest: recalls.compactMap(\.recallDate).max())
        }

        let uninsured = InsuranceCover.compute(input).rows.filter { $0.flag == .uninsured }
        for (unit, rows) in Dictionary(grouping: uninsured, by: \.person.sendingUnit) {
            add(unit, .uninsured, rows.count, rows.map(\.person.name).joined(separator: "、"), rows.flatMap(\.evidence))
        }

        let heads = HeadVisits(input)
        for name in unitsWithPostings(input) where heads.isTold(name, input) {
            guard let unit = input.unit(named: name), !unit.heads.isEmpty, heads.visits(of: name).isEmpty else {
                continue
            }
            let names = unit.heads.map(\.display).joined(separator: "、")
            add(name, .noVisitByHead, 1, "主要负责人 \(names)", [unit.source])
        }
        rows.sort { ($0.sendingUnit, $0.reason) < ($1.sendingUnit, $1.reason) }
        return RuleResult(rows: rows, unreportedForms: input.unreported(forms))
    }

    /// Whether a recall of the year counts here: that of a cadre whom this county counts on its day.
    private static func isCountedRecall(_ assessment: AssessmentRecord, _ input: YearInput) -> Bool {
        guard let date = assessment.recallDate, input.hasElapsed(date) else { return false }
        return input.cadre(assessment.person).map { input.isCounted($0, on: date) } ?? true
    }

    /// Units with a posting in the year up to as-of, by name.
    private static func unitsWithPostings(_ input: YearInput) -> [String] {
        Set(input.records.cadres.flatMap(\.postings).filter(input.wasPosted).map(\.sendingUnit)).sorted()
    }
}
