import Domain

/// The decisions in force, by evidence. Pure; the order in which the sources are given does not matter.
///
/// Source: spec §5.8: of several for one 证据 the latest 裁定日期, then time of receipt, counts; 撤销 takes it back.
///
/// A form that names a county decides about that county alone. The evidence of two counties can be the same (villages
/// of one name, one person, one mark): each county then goes by its own forms and by those that name none.
public struct DecisionBook: Sendable {
    /// In force, by evidence; where forms of several counties answer one, by `key`. Withdrawn ones are not, but for a
    /// county that took back what still counts for the others: `inForce(in:)` leaves those out.
    public let decisions: [String: Decision]
    /// In report order.
    public let findings: [Finding]

    /// Under which a county's own answer stands.
    static func key(_ evidence: String, _ county: CountyCode) -> String { "\(evidence) \(county.text)" }

    /// The county that a row's title, sheet, folder or file names: the decision is about it. Nil where none does.
    public static func county(of row: FormRow, _ index: CountyIndex) -> CountyCode? {
        row.context.sorted { $0.kind < $1.kind }.lazy.compactMap { index.code(in: $0.text) }.first
    }

    /// - Parameters:
    ///   - folders: inbox folders that decisions are taken from; empty for any.
    ///   - deciders: names that may decide; empty for anybody.
    ///   - index: tells the county that a form's title or folder names.
    ///   - asOf: the day of the run; nil where dates are not compared with it.
    public init(
        _ sources: [RegisterSource], folders: [String] = [], deciders: [String] = [], index: CountyIndex? = nil,
        asOf: CivilDate? = nil
    ) {
        var reading = DecisionReading(folders: folders, deciders: deciders, index: index, asOf: asOf)
        for source in sources.sorted(by: { $0.order < $1.order }) {
            for row in source.rows where row.form == .decisions { reading.read(row, of: source) }
        }
        reading.compareRecords()
        decisions = reading.decide()
        findings = reading.findings.sorted(by: Finding.inReportOrder)
    }
}

/// Reads forms row by row, then says which decision counts.
private struct DecisionReading {
    /// A row that decides, as far as it alone can tell.
    private struct Entry {
        let decision: Decision
        let row: FormRow
        let source: RegisterSource

        /// Two entries of one file and date are of one order.
        var order: (CivilDate, FileOrder) { (decision.date, source.order) }
    }

    private(set) var findings: [Finding] = []
    private var entries: [Entry] = []
    /// Rows of the sheet of settled decisions.
    private var records: [Entry] = []
    private let folders: [String]
    private let mayDecide: Set<String>
    private let index: CountyIndex?
    private let asOf: CivilDate?

    init(folders: [String], deciders: [String], index: CountyIndex?, asOf: CivilDate?) {
        self.folders = folders
        mayDecide = Set(deciders.map { PersonName($0).key })
        self.index = index
        self.asOf = asOf
    }

    // MARK: Rows

    mutating func read(_ row: FormRow, of source: RegisterSource) {
        // What was settled is a record; what is new in it can only be that it is taken back.
        let isRecord = row.isOfSettledDecisions && row.text(.action) != DecisionAction.withdraw.chinese
        if source.isCurrent, !isRecord { findings += row.findings.map { placed($0, source.order.path, row) } }
        guard !row.isHeld else { return }
        guard let decision = decision(row, source.order.path) else {
            if !isRecord { raiseMissingChange(row, source) }
            return
        }
        let entry = Entry(decision: decision, row: row, source: source)
        if isRecord {
            records.append(entry)
        } else if isAllowed(entry) {
            entries.append(entry)
        }
    }

    private mutating func raise(_ finding: Finding, _ row: FormRow, _ source: RegisterSource, at field: FieldID) {
        if let told = source.told(finding, row, at: field) { findings.append(told) }
    }

    /// 改为 without what it is changed to: who wrote it believes that it is decided.
    private mutating func raiseMissingChange(_ row: FormRow, _ source: RegisterSource) {
        guard row.text(.action) == "改为", row.text(.replacement) == nil else { return }
        let period = row.text(.period).flatMap { Period(TextFolding.key($0)) }
        raise(
            Finding(.decisionUnfit, period: period, arguments: ["改为", "“改为”一栏没有填写"]), row, source, at: .action)
    }

    /// Whether the row may decide anything; says why not.
    private mutating func isAllowed(_ entry: Entry) -> Bool {
        let (decision, row, source) = (entry.decision, entry.row, entry.source)
        guard !decision.evidence.isEmpty else {
            raise(
                Finding(
                    .decisionWithoutEvidence, period: decision.period, county: decision.county,
                    arguments: [decision.code.chinese]), row, source, at: .action)
            return false
        }
        guard InboxFolder.allows(source.order.path, folders) else {
            raise(
                Finding(
                    .notAuthorisedFolder, value: source.order.path,
                    arguments: ["裁定表", folders.joined(separator: "、")]), row, source, at: .action)
            return false
        }
        guard mayDecide.isEmpty || DeciderText(decision.decider).areAll(of: mayDecide) else {
            raise(
                Finding(
                    .notAuthorisedDecider, value: decision.decider, arguments: [IDMasking.masked(decision.decider)]),
                row, source, at: .decider)
            return false
        }
        guard !isOfTheFuture(entry) else {
            raise(
                Finding(
                    .decisionUnfit, period: decision.period, county: decision.county, value: decision.date.iso,
                    arguments: [IDMasking.masked(decision.answer), "裁定日期 \(decision.date.iso) 还没有到"]),
                row, source, at: .date)
            return false
        }
        return true
    }

    /// Whether it is dated after the day of the run and after it was received.
    ///
    /// A run for a day long past (`--as-of`) still uses what was decided since: such a form is received after its date.
    /// A day is allowed for time zones.
    private func isOfTheFuture(_ entry: Entry) -> Bool {
        guard let asOf else { return false }
        let received = CivilDate(dayNumber: Int32(clamping: entry.source.order.modified / 86_400_000_000_000))
        return entry.decision.date > asOf && entry.decision.date > received.adding(days: 1)
    }

    private func placed(_ finding: Finding, _ file: String, _ row: FormRow) -> Finding {
        var finding = finding
        finding.file = file
        finding.sheet = row.sheet
        if finding.cell == nil { finding.cell = row.cell }
        return finding
    }

    // MARK: Which one counts

    /// Rows of the sheet of settled decisions that say something new are told: they decide nothing.
    mutating func compareRecords() {
        let known = Set(entries.map { DecisionReading.words($0.decision) })
        for entry in records where !known.contains(DecisionReading.words(entry.decision)) {
            raise(
                Finding(
                    .decisionUnfit, period: entry.decision.period, county: entry.decision.county,
                    arguments: [
                        IDMasking.masked(entry.decision.answer), "“已裁定”表只是记录，除“撤销”外不作裁定；要改，请在“裁定表”上另填一行",
                    ]), entry.row, entry.source, at: .action)
        }
    }

    private static func words(_ decision: Decision) -> [String] {
        [
            decision.evidence, decision.code.rawValue, TextFolding.key(decision.answer),
            PersonName(decision.decider).key, decision.date.iso, TextFolding.key(decision.ground),
        ]
    }

    /// The last of each evidence, and county where forms of several counties answer it.
    mutating func decide() -> [String: Decision] {
        var decided: [String: Decision] = [:]
        let groups = Dictionary(grouping: entries) { $0.decision.evidence }
        for (evidence, group) in groups.sorted(by: { $0.key < $1.key }) {
            let counties = Set(group.map(\.decision.county))
            guard counties.count > 1 else {
                if let last = last(group), last.action != .withdraw { decided[evidence] = last }
                continue
            }
            let ofAll = group.filter { $0.decision.county == nil }
            let common = last(ofAll)
            if let common, common.action != .withdraw { decided[evidence] = common }
            for county in counties.compactMap({ $0 }).sorted() {
                guard var own = last(group.filter { $0.decision.county == county || $0.decision.county == nil }) else {
                    continue
                }
                if own.action == .withdraw, decided[evidence] == nil { continue }
                own.county = county
                decided[DecisionBook.key(evidence, county)] = own
            }
        }
        return decided
    }

    /// The last answer. Rows of one file and date that contradict each other count for nothing.
    private mutating func last(_ group: [Entry]) -> Decision? {
        var newest: Decision?
        let ordered = group.enumerated().sorted {
            let (left, right) = ($0.element.order, $1.element.order)
            return left == right ? $0.offset < $1.offset : left < right
        }.map(\.element)
        for (place, entry) in ordered.enumerated() {
            let other = ordered.enumerated().first { other in
                other.offset != place && other.element.order == entry.order
                    && other.element.decision.action != entry.decision.action
            }?.element
            guard let other else {
                newest = entry.decision
                continue
            }
            let finding =
                Finding(
                    .registerConflict, period: entry.decision.period, county: entry.decision.county,
                    value: IDMasking.masked(entry.decision.answer),
                    arguments: [
                        "处理", IDMasking.masked(entry.decision.answer), IDMasking.masked(other.decision.answer),
                        other.decision.source.text,
                    ])
            let told = entry.source.told(finding, entry.row, at: .action)
            // Forms that name no county are looked at once more for each that is named.
            if let told, !findings.contains(told) { findings.append(told) }
        }
        return newest
    }

    // MARK: What a row says

    /// Nil where the row lacks what it must say.
    private func decision(_ row: FormRow, _ file: String) -> Decision? {
        guard let code = row.text(.code).map(TextFolding.key).flatMap(FindingCode.init(rawValue:)),
            let decider = row.text(.decider), let date = row.date(.date), let ground = row.text(.ground),
            let action = action(row)
        else { return nil }
        return Decision(
            evidence: row.text(.evidence).map(TextFolding.key) ?? "", code: code,
            period: row.text(.period).flatMap { Period(TextFolding.key($0)) },
            county: index.flatMap { DecisionBook.county(of: row, $0) },
            action: action, decider: TextFolding.trimmed(decider), date: date, ground: TextFolding.trimmed(ground),
            source: SourceCell(file: file, sheet: row.sheet, address: row.fields[.action]?.cell ?? row.cell),
            person: row.text(.name).map(TextFolding.trimmed), personID: row.text(.residentID).map(TextFolding.key))
    }

    private func action(_ row: FormRow) -> DecisionAction? {
        switch row.text(.action) {
        case "认可": .accept
        case "不认可": .refuse
        case "撤销": .withdraw
        case "改为": row.text(.replacement).map { .change(TextFolding.trimmed($0)) }
        default: nil
        }
    }
}

extension FormRow {
    /// Whether the row stands on the sheet that lists what was settled, which the program adds to each 裁定表: known by
    /// the sheet's name, and by its title where the sheet was saved alone.
    fileprivate var isOfSettledDecisions: Bool {
        let word = "已裁定"
        if TextFolding.key(sheet) == word { return true }
        return context.contains { text in
            text.kind == .sheetName && TextFolding.key(text.text) == word
                || text.kind == .title && TextFolding.key(text.text).hasSuffix("裁定表(\(word))")
        }
    }
}

extension Sequence<Decision> {
    /// What counts in a county: its own answer to an evidence, else one of a form that names no county.
    public func inForce(in county: CountyCode) -> [Decision] {
        var own: [String: Decision] = [:]
        for decision in self where decision.county == nil || decision.county == county {
            if decision.county == nil, own[decision.evidence] != nil { continue }
            own[decision.evidence] = decision
        }
        return own.values.filter { $0.action != .withdraw }.sorted { $0.evidence < $1.evidence }
    }
}
