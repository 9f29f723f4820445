import Domain

// 青组字〔2018〕231号 第二条 (spec §7 M2): «业务 training of weak villages shown apart.»

/// M2, 业务 training of the cadres of weak villages.
public enum WeakVillageTraining {
    public static let clause = LegalSource.measure(2)
    public static let forms: [FormID] = [.villageRegister, .training]

    /// A cadre of a weak village.
    public struct Row: Hashable, Sendable, Codable {
        public var person: PersonColumns
        /// The 业务 classes of the year that were not failed, by start.
        public var classes: [String]
        /// Cells of the classes; of the roster where there is none.
        public var evidence: [SourceCell]

        public var isTrained: Bool { !classes.isEmpty }
    }

    /// Every cadre in post in a weak village on as-of, by township, village, name, ID.
    public static func compute(_ input: YearInput) -> RuleResult<Row> {
        let weak = Set(input.records.villages.filter(\.isWeak).map(\.key))
        let trainings = Dictionary(
            grouping: input.records.trainings.filter {
                $0.kind == .professional && !$0.isFailed && input.hasElapsed($0.start)
            }, by: \.person)
        let rows = input.counted.compactMap { cadre -> Row? in
            guard let posting = input.postings(cadre).last(where: { weak.contains($0.villageKey) }) else {
                return nil
            }
            let own = (trainings[cadre.id] ?? []).sorted { ($0.start, $0.trainingClass) < ($1.start, $1.trainingClass) }
            return Row(
                person: PersonColumns(cadre, in: posting), classes: own.map(\.trainingClass),
                evidence: own.isEmpty ? [posting.source] : own.map(\.source))
        }
        return input.result(rows.sorted { $0.person < $1.person }, of: forms, needs: [.training])
    }
}
