import Domain

// 青组字〔2018〕231号 第一条 (spec §7 M1): «Per poor village: no first secretary, no team, first secretary's term ending
// before 2020-12-31, no deputy among selected graduates; list of selected graduates with ≥ 1 year of work who
// could serve; weak and deep-poverty villages first.»

/// M1, staffing of the poor villages.
public enum Staffing {
    public static let clause = LegalSource.measure(1)
    public static let forms: [FormID] = [.roster, .villageRegister]

    /// What a village lacks, or who could serve.
    public enum Gap: Int, Hashable, Comparable, Sendable, Codable {
        case noFirstSecretary, noTeam, shortTerm, noDeputy
        /// Not a gap: a selected graduate who could serve as deputy.
        case candidate

        /// 缺项.
        public var chinese: String {
            switch self {
            case .noFirstSecretary: "第一书记空缺"
            case .noTeam: "工作队空缺"
            case .shortTerm: "任期不足"
            case .noDeputy: "选调生副书记空缺"
            case .candidate: "可任副书记的选调生"
            }
        }

        public static func < (left: Gap, right: Gap) -> Bool { left.rawValue < right.rawValue }
    }

    /// One gap of one village, or one candidate.
    public struct Row: Hashable, Sendable, Codable {
        public var countyName: String
        public var village: VillageRecord
        public var gap: Gap
        /// Only of a candidate.
        public var personName: String?
        public var person: ResidentID?
        /// 说明.
        public var note: String
        public var evidence: [SourceCell]
    }

    /// Weak and deep-poverty villages first, then by township, village, gap, name, ID.
    public static func compute(_ input: YearInput) -> RuleResult<Row> { input.once { made(input) } }

    private static func made(_ input: YearInput) -> RuleResult<Row> {
        var rows: [Row] = []
        var findings: [Finding] = []
        let termEnd = input.policy.date(.mandatoryTermEnd, on: input.policyDay)?.value
        let workYears = input.policy.count(.minimumWorkYears, on: input.policyDay)?.value
        for id in [ParameterID.mandatoryTermEnd, .minimumWorkYears]
        where input.policy.value(id, on: input.policyDay) == nil {
            findings.append(input.parameterMissing(id, on: input.asOf))
        }
        var posted: [VillageKey: [(cadre: Cadre, posting: Posting)]] = [:]
        for cadre in input.inPost {
            for posting in input.postings(cadre) {
                posted[posting.villageKey, default: []].append((cadre, posting))
            }
        }
        let countyName = input.records.county.name
        let villages = Dictionary(input.records.villages.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
        for village in villages.values where village.isPoor {
            let team = posted[village.key] ?? []
            func add(_ gap: Gap, _ note: String = "", _ evidence: [SourceCell]) {
                rows.append(Row(countyName: countyName, village: village, gap: gap, note: note, evidence: evidence))
            }
            let secretaries = team.filter { $0.posting.role == .firstSecretary }
            if secretaries.isEmpty { add(.noFirstSecretary, "", [village.source]) }
            if team.isEmpty { add(.noTeam, "", [village.source]) }
            // The term reaches far enough if that of any first secretary in force does; an open term does.
            let longest = secretaries.max { ($0.posting.end ?? .distantFuture) < ($1.posting.end ?? .distantFuture) }
            if let termEnd, let longest, let end = longest.posting.end, end < termEnd {
                add(.shortTerm, "\(longest.cadre.name.display)任期至 \(end.iso)", [longest.posting.source])
            }
            if !team.contains(where: { $0.posting.role == .deputyVillageSecretary && $0.cadre.isSelectedGraduate }) {
                add(.noDeputy, "", [village.source])
            }
        }
        if let workYears {
            for cadre in input.counted where cadre.isSelectedGraduate {
                let postings = input.postings(cadre)
                guard let workStart = cadre.workStart, input.hasCome(workStart.anniversary(years: workYears)),
                    !postings.contains(where: { $0.role == .deputyVillageSecretary }),
                    let posting = input.posting(cadre)
                else { continue }
                let village =
                    villages[posting.villageKey]
                    ?? VillageRecord(township: posting.township, village: posting.village, source: posting.source)
                rows.append(
                    Row(
                        countyName: countyName, village: village, gap: .candidate, personName: cadre.name.display,
                        person: cadre.id, note: "\(workStart.iso) 参加工作", evidence: [posting.source]))
            }
        }
        rows.sort { left, right in
            let isFirst = (
                left.village.isWeak || left.village.isDeepPoverty, right.village.isWeak || right.village.isDeepPoverty
            )
            if isFirst.0 != isFirst.1 { return isFirst.0 }
            if left.village.key != right.village.key { return left.village.key < right.village.key }
            return (left.gap, left.personName ?? "", left.person?.text ?? "")
                < (right.gap, right.personName ?? "", right.person?.text ?? "")
        }
        return input.result(
            rows, findings: findings, of: forms, needs: [.roster],
            parameters: input.used(.mandatoryTermEnd, .minimumWorkYears))
    }
}

extension CivilDate {
    /// Later than every date of a record.
    fileprivate static let distantFuture = CivilDate(dayNumber: Int32.max)
}
