import Domain

// 青组字〔2018〕231号 第十条 (spec §7 M10): «Commended units and cadres by level and class on record».

/// M10, commendations on record.
public enum Commendations {
    public static let clause = LegalSource.measure(10)
    public static let forms: [FormID] = [.commendations]

    /// One unit or cadre.
    public struct Row: Hashable, Sendable, Codable {
        public var year: Int
        public var level: AdministrativeLevel
        public var category: String
        public var subject: CommendationRecord.Subject
        public var name: String
        /// Nil for a unit, and for a person the sheet gives no ID of.
        public var person: ResidentID?
        public var evidence: [SourceCell]
    }

    /// Those of the year, by level from the nation down, class, units before people, name, ID.
    public static func compute(_ input: YearInput) -> RuleResult<Row> {
        let rows = input.records.commendations.filter { commendation in
            guard commendation.year == input.year else { return false }
            guard let cadre = commendation.person.flatMap(input.cadre) else { return true }
            return input.isCounted(cadre)
        }.map {
            Row(
                year: $0.year, level: $0.level, category: $0.category, subject: $0.subject, name: $0.name,
                person: $0.person, evidence: [$0.source])
        }.sorted { left, right in
            if left.level != right.level { return left.level < right.level }
            if left.category != right.category { return left.category < right.category }
            return (left.subject, left.name, left.person?.text ?? "", left.evidence[0])
                < (right.subject, right.name, right.person?.text ?? "", right.evidence[0])
        }
        return RuleResult(rows: rows, unreportedForms: input.unreported(forms))
    }

    /// How many units and how many people, by level and class.
    public static func totals(
        _ rows: [Row]
    ) -> [(level: AdministrativeLevel, category: String, units: Int, people: Int)] {
        var totals: [(level: AdministrativeLevel, category: String, units: Int, people: Int)] = []
        for row in rows {
            if totals.last?.level != row.level || totals.last?.category != row.category {
                totals.append((row.level, row.category, 0, 0))
            }
            if row.subject == .unit {
                totals[totals.count - 1].units += 1
            } else {
                totals[totals.count - 1].people += 1
            }
        }
        return totals
    }
}
