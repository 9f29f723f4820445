import Domain

// 青组字〔2018〕231号 第三条 (spec §7 M3): «Linked villages, by level of the leader (市 县 乡镇), none due for quarters before
// the measures are in force: each poor village has a linked leader; each leader–village pair at least one visit per
// quarter: done, due (quarter running), missed; expert tours and pairings per village, villages without.»

/// M3, linked villages (联点), expert tours and pairings.
public enum LinkedVillages {
    public static let clause = LegalSource.measure(3)

    /// What a row is about (类型).
    public enum Kind: Int, Hashable, Comparable, Sendable, Codable, CaseIterable {
        case leaderVisit, expertTour, pairing

        public var chinese: String {
            switch self {
            case .leaderVisit: "联点走访"
            case .expertTour: "专家指导"
            case .pairing: "结对帮扶"
            }
        }

        /// The form its rows rest on.
        public var form: FormID {
            switch self {
            case .leaderVisit: .leaderVisits
            case .expertTour: .expertTours
            case .pairing: .pairing
            }
        }

        public static func < (left: Kind, right: Kind) -> Bool { left.rawValue < right.rawValue }
    }

    /// 状态.
    public enum Status: String, Hashable, Sendable, Codable {
        /// 完成
        case done
        /// 待走访: the quarter is running.
        case due
        /// 未走访
        case missed
        /// 未安排: no leader, no tour, no pairing.
        case none

        public var chinese: String {
            switch self {
            case .done: "完成"
            case .due: "待走访"
            case .missed: "未走访"
            case .none: "未安排"
            }
        }
    }

    /// One leader, village and quarter; or what experts and partners did for a village.
    public struct Row: Hashable, Sendable, Codable {
        public var countyName: String
        public var township: String
        public var village: String
        public var kind: Kind
        /// 对象: the leader, the field of the tour, the partner; empty where there is none.
        public var subject: String
        /// Of the leader; nil where neither a visit nor the register says it.
        public var level: AdministrativeLevel?
        /// Only of a leader's visits.
        public var quarter: Quarter?
        /// 次数.
        public var count: Int
        public var status: Status
        /// Cells of the visits, tours or pairings; of the village where there is none.
        public var evidence: [SourceCell]
    }

    /// By kind, township, village, subject, quarter. Expert tours and pairings are listed for every village, linked
    /// leaders for poor villages and every village that has one.
    ///
    /// A quarter is missed once it is over on the run's date; on its last day it still runs. A quarter that ended
    /// before the measures were in force is listed only where somebody came. A visit dated after the run's date is a
    /// finding and does not count. Where a form was not sent, nothing is missed and nobody is without.
    public static func compute(_ input: YearInput) -> RuleResult<Row> {
        var rows: [Row] = []
        let visits = Dictionary(
            grouping: input.records.leaderVisits.filter { input.hasComeByRun($0.date) }, by: \.villageKey)
        let tours = Dictionary(
            grouping: input.records.expertTours.filter { input.hasElapsed($0.date) }, by: \.villageKey)
        let pairings = Dictionary(
            grouping: input.records.pairings.filter { $0.start.map { input.hasCome($0) } ?? true }, by: \.villageKey)
        let levels = levels(input.records.leaderVisits)
        var seen: Set<VillageKey> = []
        let sent = Set(Kind.allCases.filter { input.isSent($0.form) })
        for village in input.records.villages where seen.insert(village.key).inserted {
            func add(
                _ kind: Kind, _ subject: String, _ quarter: Quarter?, _ status: Status,
                _ evidence: [SourceCell], level: AdministrativeLevel? = nil
            ) {
                // That a village has no leader, its register says; all else only the form of its kind.
                guard sent.contains(kind) || kind == .leaderVisit && status == .none || !evidence.isEmpty else {
                    return
                }
                rows.append(
                    Row(
                        countyName: input.records.county.name, township: village.township, village: village.village,
                        kind: kind, subject: subject, level: level, quarter: quarter, count: evidence.count,
                        status: status,
                        evidence: evidence.isEmpty ? [village.source] : evidence.sorted()))
            }
            let leaders = leaders(of: village)
            if leaders.isEmpty && village.isPoor { add(.leaderVisit, "", nil, .none, []) }
            for leader in leaders {
                for quarter in input.begunQuarters {
                    let made = (visits[village.key] ?? []).filter {
                        $0.leader.key == leader.name.key && quarter.range.contains($0.date)
                    }
                    if made.isEmpty, !input.isDue(quarter) { continue }
                    add(
                        .leaderVisit, leader.name.display, quarter,
                        made.isEmpty ? (input.isOver(quarter) ? .missed : .due) : .done, made.map(\.source),
                        level: levels[leader.name.key] ?? leader.level)
                }
            }
            let domains = Dictionary(grouping: tours[village.key] ?? [], by: \.domain)
            if domains.isEmpty { add(.expertTour, "", nil, .none, []) }
            for (domain, tours) in domains { add(.expertTour, domain, nil, .done, tours.map(\.source)) }
            let helpers = Dictionary(grouping: pairings[village.key] ?? [], by: \.helper)
            if helpers.isEmpty { add(.pairing, "", nil, .none, []) }
            for (helper, pairings) in helpers { add(.pairing, helper, nil, .done, pairings.map(\.source)) }
        }
        rows.sort {
            ($0.kind, $0.township, $0.village, $0.subject, $0.quarter?.number ?? 0)
                < ($1.kind, $1.township, $1.village, $1.subject, $1.quarter?.number ?? 0)
        }
        return RuleResult(
            rows: rows, findings: futureVisits(input),
            unreportedForms: input.unreported([.villageRegister] + Kind.allCases.map(\.form)))
    }

    /// The leaders a register names in one cell: 马国强（县级）、韩建明.
    private static func leaders(of village: VillageRecord) -> [(name: PersonName, level: AdministrativeLevel?)] {
        PeopleText.people(village.linkedLeader ?? "").map { ($0.name, AdministrativeLevel(chinese: $0.remark)) }
    }

    /// The level that the latest visit with one gives its leader, by the leader's name.
    private static func levels(_ visits: [LeaderVisitRecord]) -> [String: AdministrativeLevel] {
        var levels: [String: AdministrativeLevel] = [:]
        for visit in visits.sorted(by: { ($0.date, $0.source) < ($1.date, $1.source) }) {
            if let level = visit.level.flatMap(AdministrativeLevel.init(chinese:)) { levels[visit.leader.key] = level }
        }
        return levels
    }

    /// Visits and tours that lie after the run's date.
    private static func futureVisits(_ input: YearInput) -> [Finding] {
        let visits = input.records.leaderVisits.map { ($0.date, $0.township, $0.leader.display, $0.source) }
        let tours = input.records.expertTours.map { ($0.date, $0.township, "", $0.source) }
        return (visits + tours).filter { input.isFuture($0.0) }.map { date, township, person, source in
            input.finding(
                .visitInFuture, township: township, person: person, at: source, value: date.iso,
                arguments: [date.iso, input.runDate.iso])
        }
    }
}
