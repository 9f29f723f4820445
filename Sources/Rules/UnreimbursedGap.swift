import Domain

// 青组字〔2018〕231号 第五条 (spec §7 M5): «Unreimbursed gap: on-duty incidents during posting: total − insurance − other, per
// sending unit; negative is a finding.» Whether the unit's relief (救助) for the gap was granted is shown as recorded;
// how much is enough is left to people.

/// M5, unreimbursed gap (差额) of on-duty incidents, which the sending unit settles.
public enum UnreimbursedGap {
    public static let clause = LegalSource.measure(5)
    public static let forms: [FormID] = [.incidents]

    /// One incident.
    public struct Row: Hashable, Sendable, Codable {
        public var countyName: String
        public var person: PersonColumns
        public var kind: String
        public var date: CivilDate
        public var totalCost: Fen
        public var insurancePaid: Fen
        public var otherPaid: Fen
        /// 救助金额; nil where nothing was recorded.
        public var relief: Fen?
        public var evidence: [SourceCell]

        /// 差额, not negative.
        public var gap: Fen { totalCost - insurancePaid - otherPaid }
        public var reliefStatus: ReliefStatus {
            guard gap > .zero else { return .notNeeded }
            guard let relief else { return .notRecorded }
            return relief >= gap ? .whole : relief > .zero ? .part : .refused
        }
    }

    /// What was given for the gap.
    public enum ReliefStatus: String, Hashable, Sendable, Codable {
        /// There is no gap.
        case notNeeded
        /// The form says nothing: not the same as nothing.
        case notRecorded
        /// 0 is on record.
        case refused
        case part, whole

        public var chinese: String {
            switch self {
            case .notNeeded: ""
            case .notRecorded: "未登记"
            case .refused: "未救助"
            case .part: "部分救助"
            case .whole: "已救助"
            }
        }
        /// Whether somebody still has to settle or record it.
        public var isOpen: Bool { self != .notNeeded && self != .whole }
    }

    /// By sending unit, name, ID, date. The unit is that of the posting on the day of the incident.
    public static func compute(_ input: YearInput) -> RuleResult<Row> {
        var rows: [Row] = []
        var findings: [Finding] = []
        for incident in input.records.incidents where incident.isOnDuty && input.hasElapsed(incident.date) {
            guard let cadre = input.cadre(incident.person), input.isCounted(cadre, on: incident.date) else { continue }
            guard !cadre.postings(on: incident.date).isEmpty else {
                findings.append(
                    input.finding(
                        .recordOutsidePosting, about: incident.person, at: incident.source, value: incident.date.iso,
                        arguments: [incident.date.iso]))
                continue
            }
            let row = Row(
                countyName: input.records.county.name, person: PersonColumns(cadre, on: incident.date),
                kind: incident.kind, date: incident.date, totalCost: incident.totalCost,
                insurancePaid: incident.insurancePaid, otherPaid: incident.otherPaid, relief: incident.relief,
                evidence: [incident.source])
            if row.gap < .zero {
                findings.append(
                    input.finding(
                        .negativeGap, about: incident.person, at: incident.source, value: row.gap.yuanText,
                        arguments: [row.gap.yuanText]))
                continue
            }
            if let relief = row.relief, relief > row.gap {
                findings.append(
                    input.finding(
                        .reliefAboveGap, about: incident.person, at: incident.source, value: relief.yuanText,
                        arguments: [relief.yuanText, row.gap.yuanText]))
            }
            rows.append(row)
        }
        rows.sort {
            ($0.person.sendingUnit, $0.person.name, $0.person.id, $0.date, $0.kind, $0.evidence[0])
                < ($1.person.sendingUnit, $1.person.name, $1.person.id, $1.date, $1.kind, $1.evidence[0])
        }
        return RuleResult(rows: rows, findings: findings, unreportedForms: input.unreported(forms))
    }

    /// What each sending unit owes, by unit.
    public static func totals(_ rows: [Row]) -> [(sendingUnit: String, gap: Fen)] {
        Dictionary(grouping: rows, by: \.person.sendingUnit).sorted { $0.key < $1.key }.map {
            ($0.key, $0.value.reduce(.zero) { $0 + $1.gap })
        }
    }
}
