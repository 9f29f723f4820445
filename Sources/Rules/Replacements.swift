import Domain

// 青组字〔2018〕231号 第二条、第六条 (spec §7 M6): «recalled but still posted, recalled and not replaced»; and, of everybody
// who left in the year, whether somebody came (recalled or adjusted cadres replaced or not). Whether a place has to be
// filled again is decided by people.

/// M2 and M6, who was recalled or left, and who came in his place.
public enum Replacements {
    public static let clause = LegalSource.measure(6)
    public static let forms: [FormID] = [.roster]
    /// Recalls rest on the assessments.
    public static let recallForms: [FormID] = [.roster, .assessment]

    /// Why a place is empty.
    public enum Cause: Int, Hashable, Comparable, Sendable, Codable {
        case recall, adjustment

        public var chinese: String { self == .recall ? "召回" : "调整" }
        public static func < (left: Cause, right: Cause) -> Bool { left.rawValue < right.rawValue }
    }

    /// 状态.
    public enum Status: String, Hashable, Sendable, Codable {
        /// Recalled, and the posting is still in force on as-of.
        case stillPosted
        case open, replaced

        public var chinese: String {
            switch self {
            case .stillPosted: "召回后仍在岗"
            case .open: "未补派"
            case .replaced: "已补派"
            }
        }
    }

    /// A place in a village: a first secretary does not replace a member of the team.
    public enum Seat: Int, Hashable, Sendable, Codable {
        case firstSecretary, deputy, team

        public init(_ role: PostingRole) {
            switch role {
            case .firstSecretary: self = .firstSecretary
            case .deputyVillageSecretary: self = .deputy
            case .teamLeader, .teamMember, .other: self = .team
            }
        }

        public var chinese: String {
            switch self {
            case .firstSecretary: "第一书记"
            case .deputy: "村党组织副书记"
            case .team: "工作队"
            }
        }
    }

    /// One cadre who was recalled, or whose posting ended.
    public struct Row: Hashable, Sendable, Codable {
        public var countyName: String
        public var person: PersonColumns
        public var seat: Seat
        public var cause: Cause
        /// 离任日期: the last day of the posting; of who is still there, the day of the recall.
        public var date: CivilDate
        public var status: Status
        /// Who came; nil where nobody did.
        public var successor: PersonColumns?
        public var successorStart: CivilDate?
        /// 天数 without anybody: from the first day after the posting to the day before his successor's first, else to
        /// as-of, both counted; 0 for who is still there.
        public var days: Int
        /// Cells of the posting, the assessment, the successor's posting.
        public var evidence: [SourceCell]
    }

    /// Recalls of the year, those of earlier years that are not settled (still posted, not replaced), and postings that
    /// ended in the year; by date, township, village, name, ID.
    ///
    /// A successor is another cadre in the same seat of the same village, whose posting began after that of the one who
    /// left and no earlier than `handoverDays` before the place was free (without the parameter: than that day). Nobody
    /// is successor twice. Who stays in his village in another role, or with a new posting, has not left.
    public static func compute(_ input: YearInput) -> RuleResult<Row> {
        var findings: [Finding] = []
        var departures = self.departures(input)
        for recall in recalls(input) {
            guard let posting = input.cadre(recall.person)?.postings.last(where: { $0.start <= recall.date }) else {
                continue
            }
            // Whose posting had ended before the recall, or long before, left then.
            guard posting.isInForce(on: recall.date) || departures.contains(where: { $0.posting == posting }) else {
                continue
            }
            let free = posting.end?.adding(days: 1)
            let isStillPosted = posting.isInForce(on: input.asOf)
            departures.removeAll { $0.person == recall.person && $0.posting == posting }
            departures.append(
                Departure(
                    person: recall.person, posting: posting, cause: .recall,
                    date: isStillPosted ? recall.date : posting.end ?? recall.date, free: isStillPosted ? nil : free,
                    isOfYear: input.hasElapsed(recall.date) || free.map(input.hasElapsed) ?? false,
                    evidence: [posting.source, recall.source]))
            if isStillPosted, recall.date < input.asOf {
                findings.append(
                    input.finding(
                        .recalledStillPosted, about: recall.person, at: recall.source, value: recall.date.iso,
                        arguments: [recall.date.iso, posting.township + posting.village]))
            }
        }
        departures.sort { ($0.date, $0.posting.villageKey, $0.person) < ($1.date, $1.posting.villageKey, $1.person) }
        var taken: Set<Arrival> = []
        let arrivals = self.arrivals(input)
        let rows = departures.compactMap { departure in
            row(departure, arrivals, &taken, input).flatMap { $0.status != .replaced || departure.isOfYear ? $0 : nil }
        }
        return RuleResult(
            rows: rows.sorted { ($0.date, $0.person) < ($1.date, $1.person) },
            findings: findings.sorted(by: Finding.inReportOrder), unreportedForms: input.unreported(forms),
            parameters: input.used(.handoverDays))
    }

    /// What the measures on recalls say: those rows alone.
    public static func recalled(_ result: RuleResult<Row>, _ input: YearInput) -> RuleResult<Row> {
        RuleResult(
            rows: result.rows.filter { $0.cause == .recall }, unreportedForms: input.unreported(recallForms),
            parameters: result.parameters)
    }

    // MARK: Who left

    private struct Departure {
        let person: ResidentID
        let posting: Posting
        let cause: Cause
        let date: CivilDate
        /// First day on which the place was free; nil where it is not.
        let free: CivilDate?
        /// Whether recall or departure lie in the year; else it stands only while it is not settled.
        let isOfYear: Bool
        let evidence: [SourceCell]
    }

    private struct Arrival: Hashable {
        let person: ResidentID
        let village: VillageKey
        let seat: Seat
        let start: CivilDate
    }

    private static func departures(_ input: YearInput) -> [Departure] {
        input.records.cadres.flatMap { cadre in
            cadre.postings.compactMap { posting -> Departure? in
                guard let free = posting.end?.adding(days: 1), input.hasElapsed(free),
                    !cadre.postings.contains(where: { $0.villageKey == posting.villageKey && $0.isInForce(on: free) })
                else { return nil }
                return Departure(
                    person: cadre.id, posting: posting, cause: .adjustment, date: free.adding(days: -1), free: free,
                    isOfYear: true, evidence: [posting.source])
            }
        }
    }

    private static func recalls(
        _ input: YearInput
    ) -> [(person: ResidentID, date: CivilDate, source: SourceCell)] {
        input.records.assessments.compactMap { assessment in
            guard let date = assessment.recallDate, input.hasCome(date) else { return nil }
            return (assessment.person, date, assessment.source)
        }.sorted { ($0.1, $0.0, $0.2) < ($1.1, $1.0, $1.2) }
    }

    // MARK: Who came

    private static func arrivals(_ input: YearInput) -> [Arrival: Posting] {
        var arrivals: [Arrival: Posting] = [:]
        for cadre in input.records.cadres {
            for posting in cadre.postings where input.hasCome(posting.start) {
                let arrival = Arrival(
                    person: cadre.id, village: posting.villageKey, seat: Seat(posting.role), start: posting.start)
                arrivals[arrival] = posting
            }
        }
        return arrivals
    }

    private static func row(
        _ departure: Departure, _ arrivals: [Arrival: Posting], _ taken: inout Set<Arrival>, _ input: YearInput
    ) -> Row? {
        guard let cadre = input.cadre(departure.person) else { return nil }
        var row = Row(
            countyName: input.records.county.name, person: PersonColumns(cadre, in: departure.posting),
            seat: Seat(departure.posting.role), cause: departure.cause, date: departure.date, status: .stillPosted,
            days: 0, evidence: departure.evidence)
        guard let free = departure.free else { return row }
        let handover = input.policy.count(.handoverDays, on: free)?.value ?? 0
        let successor = arrivals.keys.filter { arrival in
            arrival.person != departure.person && arrival.village == departure.posting.villageKey
                && arrival.seat == row.seat && arrival.start > departure.posting.start
                && arrival.start >= free.adding(days: -handover) && !taken.contains(arrival)
        }.min { ($0.start, $0.person) < ($1.start, $1.person) }
        row.status = successor == nil ? .open : .replaced
        row.days = max(0, (successor?.start ?? input.asOf.adding(days: 1)).days(since: free))
        if let successor, let posting = arrivals[successor], let cadre = input.cadre(successor.person) {
            taken.insert(successor)
            row.successor = PersonColumns(cadre, in: posting)
            row.successorStart = successor.start
            row.evidence.append(posting.source)
        }
        return row
    }
}
