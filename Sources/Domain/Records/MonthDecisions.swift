/// What each answer to a finding would pay: the stipend of what the finding concerns. Source: spec §5.8.
public enum DecisionConcern: Hashable, Sendable, Codable {
    /// Half-days that count if it is confirmed, by date; no date twice.
    case days([CountedDay])
    /// A figure stated without daily marks.
    case total(HalfDays)
    /// An amount that stands, or is taken back.
    case amount(Fen)
    /// Nothing can be said before somebody names a status or a person.
    case unknown
}

/// Half-days of a date that count for pay (0…2).
public struct CountedDay: Hashable, Sendable, Codable {
    public var date: CivilDate
    public var halfDays: HalfDays

    public init(date: CivilDate, halfDays: HalfDays) {
        self.date = date
        self.halfDays = halfDays
    }
}

/// A finding that a person may settle.
public struct DecidableFinding: Hashable, Sendable, Codable {
    public var finding: Finding
    /// 证据.
    public var evidence: String
    /// Words of 处理 that fit it.
    public var choices: [String]
    public var concern: DecisionConcern
    /// The decision in force; nil while nobody decided.
    public var decision: Decision?
    /// Rows that the decision pays or stops, by file, sheet and name cell; of an open one those that it holds.
    public var rows: [SourceCell]

    public init(
        finding: Finding, evidence: String, choices: [String], concern: DecisionConcern, decision: Decision? = nil,
        rows: [SourceCell] = []
    ) {
        self.finding = finding
        self.evidence = evidence
        self.choices = choices
        self.concern = concern
        self.decision = decision
        self.rows = rows
    }
}

/// What a person may settle of a county's month, and what was settled.
public struct MonthDecisions: Hashable, Sendable, Codable {
    /// Not decided yet, in reading order.
    public var open: [DecidableFinding]
    /// Settled, with the decision; in the order in which they were carried out.
    public var settled: [DecidableFinding]
    /// Evidence of decisions that the month knows, carried out or not, sorted: of any other they are stale.
    public var evidence: [String]

    public init(open: [DecidableFinding] = [], settled: [DecidableFinding] = [], evidence: [String] = []) {
        self.open = open
        self.settled = settled
        self.evidence = evidence
    }

    public var isEmpty: Bool { open.isEmpty && settled.isEmpty && evidence.isEmpty }
}
