import Domain

// 青组字〔2018〕231号 第四条 (spec §7 M4): «sending unit's leadership: year's assessment not 优秀 … An award or 优秀 on record
// against it, the unit's own 优秀 (unit assessment) included, is a `record-conflict` … absence and withdrawal by unit.»

/// M4, absence and withdrawal by sending unit, against the unit's own grade.
public enum UnitDiscipline {
    public static let clause = LegalSource.measure(4)
    public static let forms: [FormID] = [.attendance, .spotChecks, .unitAssessment]

    /// One unit with a case, or with a grade on record.
    public struct Row: Hashable, Sendable, Codable {
        public var sendingUnit: String
        /// Cadres in post on as-of.
        public var cadres: Int
        /// 脱岗: person-dates; nil where neither attendance nor checks were sent.
        public var absences: Int?
        /// 抽调: as `absences`.
        public var withdrawals: Int?
        /// 等次 of the leadership in the year; nil where none is on record.
        public var grade: String?
        /// The leadership is 优秀 in spite of a case.
        public var isConflict: Bool
        /// Cells of the cases, then of the grade.
        public var evidence: [SourceCell]

        public var hasCase: Bool { (absences ?? 0) + (withdrawals ?? 0) > 0 }
    }

    /// Units with a case first, by unit.
    public static func compute(_ input: YearInput) -> RuleResult<Row> {
        let cases = Dictionary(grouping: Discipline.cases(input)) { TextFolding.key($0.person.sendingUnit) }
        let grades = Dictionary(
            input.records.unitAssessments.filter { $0.year == input.year }.map { (TextFolding.key($0.unit), $0) },
            uniquingKeysWith: { _, last in last })
        let cadres = input.countedByUnit
        let isTold = input.isSent(.attendance) || input.isSent(.spotChecks)
        var rows: [Row] = []
        var findings: [Finding] = []
        for key in Set(cases.keys).union(grades.keys.filter { cadres[$0] != nil }) {
            let own = cases[key] ?? []
            let grade = grades[key]
            let name = own.first?.person.sendingUnit ?? grade?.unit ?? ""
            let isConflict = !own.isEmpty && grade?.isExcellent ?? false
            rows.append(
                Row(
                    sendingUnit: name, cadres: cadres[key]?.count ?? 0,
                    absences: isTold ? own.count { $0.situations.contains(.absence) } : nil,
                    withdrawals: isTold ? own.count { $0.situations.contains(.withdrawal) } : nil, grade: grade?.grade,
                    isConflict: isConflict,
                    evidence: own.flatMap(\.evidence) + (grade.map { [$0.source] } ?? [])))
            if isConflict, let grade {
                findings.append(
                    input.finding(
                        .unitExcellentDespiteAbsence, at: grade.source, value: grade.grade,
                        arguments: [name, String(input.year), dates(own)]))
            }
        }
        rows.sort { left, right in
            left.hasCase == right.hasCase ? left.sendingUnit < right.sendingUnit : left.hasCase
        }
        return RuleResult(
            rows: rows, findings: findings.sorted(by: Finding.inReportOrder),
            unreportedForms: input.unreported(forms))
    }

    private static func dates(_ cases: [Discipline.Case]) -> String {
        var seen: Set<CivilDate> = []
        return cases.map(\.date).filter { seen.insert($0).inserted }.map(\.iso).joined(separator: "、")
    }
}
