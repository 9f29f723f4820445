import Domain

// 青组字〔2018〕231号 第八条 (spec §7 M8): «Sending units that call for a talk: any of absences or withdrawals, a recall
// for 不称职, uninsured cadres, no visit in the year by the unit's head (主要负责人, found in the leader visits) to a
// village with the unit's cadre; with reasons.»

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
        public var evidence: [SourceCell]
    }

    /// By unit, reason. A unit whose head the unit register does not name is not said to lack a visit.
    public static func compute(_ input: YearInput) -> RuleResult<Row> {
        var rows: [Row] = []
        func add(_ unit: String, _ reason: Reason, _ count: Int, _ note: String, _ evidence: [SourceCell]) {
            rows.append(
                Row(
                    year: input.year, countyName: input.records.county.name, sendingUnit: unit, reason: reason,
                    count: count, note: note, evidence: evidence))
        }

        let cases = Dictionary(grouping: Discipline.cases(input), by: \.person.sendingUnit)
        for (unit, cases) in cases {
            for (situation, reason) in [(Discipline.Situation.absence, Reason.absence), (.withdrawal, .withdrawal)] {
                let cases = cases.filter { $0.situations.contains(situation) }
                guard !cases.isEmpty else { continue }
                let note = cases.map { "\($0.person.name) \($0.date.iso)" }.joined(separator: "、")
                add(unit, reason, cases.count, note, cases.flatMap(\.evidence))
            }
        }

        let recalls = input.records.assessments.filter {
            $0.grade == .incompetent && ($0.recallDate.map(input.hasElapsed) ?? false)
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
            add(unit, .recall, Set(recalls.map(\.person)).count, names.joined(separator: "、"), sorted.map(\.source))
        }

        let uninsured = InsuranceCover.compute(input).rows.filter { $0.flag == .uninsured }
        for (unit, rows) in Dictionary(grouping: uninsured, by: \.person.sendingUnit) {
            add(unit, .uninsured, rows.count, rows.map(\.person.name).joined(separator: "、"), rows.flatMap(\.evidence))
        }

        let units = Dictionary(
            input.records.units.map { (TextFolding.key($0.name), $0) }, uniquingKeysWith: { first, _ in first })
        for (name, postings) in postingsByUnit(input) {
            guard let unit = units[TextFolding.key(name)], let head = unit.head.map({ PersonName($0) }), !head.isBlank
            else { continue }
            let hasVisited = input.records.leaderVisits.contains { visit in
                visit.leader.key == head.key && input.hasElapsed(visit.date)
                    && postings.contains { $0.villageKey == visit.villageKey && $0.isInForce(on: visit.date) }
            }
            if !hasVisited { add(name, .noVisitByHead, 1, "主要负责人 \(head.display)", [unit.source]) }
        }
        rows.sort { ($0.sendingUnit, $0.reason) < ($1.sendingUnit, $1.reason) }
        return RuleResult(rows: rows, unreportedForms: input.unreported(forms))
    }

    /// Postings of the year up to as-of by sending unit.
    private static func postingsByUnit(_ input: YearInput) -> [String: [Posting]] {
        guard let elapsed = input.elapsed else { return [:] }
        return Dictionary(
            grouping: input.records.cadres.flatMap(\.postings).filter { $0.days(within: elapsed) != nil },
            by: \.sendingUnit)
    }
}
