import Domain

/// The decisions in force, by evidence. Pure; the order in which the sources are given does not matter.
///
/// Source: spec §5.8: of several for one 证据 the latest 裁定日期, then time of receipt, counts; 撤销 takes it back.
public struct DecisionBook: Sendable {
    /// In force, by evidence; withdrawn ones are not.
    public let decisions: [String: Decision]
    /// In report order.
    public let findings: [Finding]

    /// - Parameters:
    ///   - folders: inbox folders that decisions are taken from; empty for any.
    ///   - deciders: names that may decide; empty for anybody.
    ///   - index: tells the county that a form's title or folder names.
    public init(
        _ sources: [RegisterSource], folders: [String] = [], deciders: [String] = [], index: CountyIndex? = nil
    ) {
        var newest: [String: (order: (CivilDate, FileOrder), decision: Decision)] = [:]
        var findings: [Finding] = []
        let mayDecide = Set(deciders.map { PersonName($0).key })
        for source in sources.sorted(by: { $0.order < $1.order }) {
            for row in source.rows where row.form == .decisions {
                func raise(_ finding: Finding, at field: FieldID) {
                    if let told = source.told(finding, row, at: field) { findings.append(told) }
                }
                if source.isCurrent {
                    findings += row.findings.map { DecisionBook.placed($0, source.order.path, row) }
                }
                guard !row.isHeld, let decision = DecisionBook.decision(row, source.order.path, index) else { continue }
                guard !decision.evidence.isEmpty else {
                    raise(
                        Finding(
                            .decisionWithoutEvidence, period: decision.period, county: decision.county,
                            arguments: [decision.code.chinese]), at: .action)
                    continue
                }
                guard InboxFolder.allows(source.order.path, folders) else {
                    raise(
                        Finding(
                            .notAuthorisedFolder, value: source.order.path,
                            arguments: ["裁定表", folders.joined(separator: "、")]), at: .action)
                    continue
                }
                guard mayDecide.isEmpty || mayDecide.contains(PersonName(decision.decider).key) else {
                    raise(
                        Finding(
                            .notAuthorisedDecider, value: decision.decider, arguments: [decision.decider]),
                        at: .decider)
                    continue
                }
                let order = (decision.date, source.order)
                if let known = newest[decision.evidence], order < known.order { continue }
                newest[decision.evidence] = (order, decision)
            }
        }
        decisions = newest.compactMapValues { $0.decision.action == .withdraw ? nil : $0.decision }
        self.findings = findings.sorted(by: Finding.inReportOrder)
    }

    private static func placed(_ finding: Finding, _ file: String, _ row: FormRow) -> Finding {
        var finding = finding
        finding.file = file
        finding.sheet = row.sheet
        if finding.cell == nil { finding.cell = row.cell }
        return finding
    }

    /// Nil where the row lacks what it must say.
    private static func decision(_ row: FormRow, _ file: String, _ index: CountyIndex?) -> Decision? {
        guard let code = row.text(.code).map(TextFolding.key).flatMap(FindingCode.init(rawValue:)),
            let decider = row.text(.decider), let date = row.date(.date), let ground = row.text(.ground),
            let action = action(row)
        else { return nil }
        return Decision(
            evidence: row.text(.evidence).map(TextFolding.key) ?? "", code: code,
            period: row.text(.period).flatMap { Period(TextFolding.key($0)) },
            county: row.context.sorted { $0.kind < $1.kind }.lazy.compactMap { index?.code(in: $0.text) }.first,
            action: action, decider: TextFolding.trimmed(decider), date: date, ground: TextFolding.trimmed(ground),
            source: SourceCell(file: file, sheet: row.sheet, address: row.fields[.action]?.cell ?? row.cell))
    }

    private static func action(_ row: FormRow) -> DecisionAction? {
        switch row.text(.action) {
        case "认可": .accept
        case "不认可": .refuse
        case "撤销": .withdraw
        case "改为": row.text(.replacement).map { .change(TextFolding.trimmed($0)) }
        default: nil
        }
    }
}
