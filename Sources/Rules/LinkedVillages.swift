import Domain

// 青组字〔2018〕231号 第三条 (spec §7 M3): «Linked villages: each poor village has a linked leader; each leader–village
// pair at least one visit per quarter: done, due (quarter running), missed; expert tours and pairings per village,
// villages without.»

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

    /// A quarter of a year.
    public struct Quarter: Hashable, Sendable, Codable {
        public var year: Int
        /// 1…4.
        public var number: Int

        /// `2019Q1`.
        public var text: String { "\(year)Q\(number)" }
        /// Its days.
        public var range: CivilDateRange {
            let first = Period(ordinal: year * 12 + (number - 1) * 3)
            let last = Period(ordinal: first.ordinal + 2)
            return CivilDateRange(first.firstDay, last.lastDay) ?? first.range
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
    /// A quarter is missed once it is over on the run's date; on its last day it still runs. A visit dated after the
    /// run's date is a finding and does not count.
    public static func compute(_ input: YearInput) -> RuleResult<Row> {
        var rows: [Row] = []
        let visits = Dictionary(
            grouping: input.records.leaderVisits.filter { $0.date <= input.runDate }, by: \.villageKey)
        let tours = Dictionary(
            grouping: input.records.expertTours.filter { input.hasElapsed($0.date) }, by: \.villageKey)
        let pairings = Dictionary(
            grouping: input.records.pairings.filter { $0.start.map { $0 <= input.asOf } ?? true }, by: \.villageKey)
        let quarters = (1...4).map { Quarter(year: input.year, number: $0) }.filter { $0.range.start <= input.asOf }
        var seen: Set<VillageKey> = []
        for village in input.records.villages where seen.insert(village.key).inserted {
            func add(
                _ kind: Kind, _ subject: String, _ quarter: Quarter?, _ status: Status,
                _ evidence: [SourceCell]
            ) {
                rows.append(
                    Row(
                        countyName: input.records.county.name, township: village.township, village: village.village,
                        kind: kind, subject: subject, quarter: quarter, count: evidence.count, status: status,
                        evidence: evidence.isEmpty ? [village.source] : evidence.sorted()))
            }
            let leaders = leaders(of: village)
            if leaders.isEmpty && village.isPoor { add(.leaderVisit, "", nil, .none, []) }
            for leader in leaders {
                for quarter in quarters {
                    let made = (visits[village.key] ?? []).filter {
                        $0.leader.key == leader.key && quarter.range.contains($0.date)
                    }
                    let isOver = quarter.range.end < input.runDate
                    add(
                        .leaderVisit, leader.display, quarter, made.isEmpty ? (isOver ? .missed : .due) : .done,
                        made.map(\.source))
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

    /// The leaders a register names in one cell: 马国强、韩建明.
    private static func leaders(of village: VillageRecord) -> [PersonName] {
        let text = village.linkedLeader ?? ""
        var seen: Set<String> = []
        return text.split { "、,，;；/\n".contains($0) }.map { PersonName(String($0)) }
            .filter { !$0.isBlank && seen.insert($0.key).inserted }
    }

    /// Visits of the year that lie after the run's date.
    private static func futureVisits(_ input: YearInput) -> [Finding] {
        let visits = input.records.leaderVisits.map { ($0.date, $0.township, $0.leader.display, $0.source) }
        let tours = input.records.expertTours.map { ($0.date, $0.township, "", $0.source) }
        return (visits + tours).filter { $0.0 > input.runDate && $0.0.year == input.year }.map {
            date, township, person, source in
            Finding(
                .visitInFuture, county: input.records.county.code, township: township, file: source.file,
                sheet: source.sheet, cell: source.address, person: person, value: date.iso,
                arguments: [date.iso, input.runDate.iso])
        }
    }
}
