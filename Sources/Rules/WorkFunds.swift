import Domain

// 青组字〔2018〕231号 第五条 (spec §7 M5): «Per team (a village with at least one posting in the year) and year: base 10,000 +
// increase 10,000; base by the county; increase by the county, or by provincial transfer where the county is a poor
// county in a deep-poverty area. Disbursed against due by source: 差额 = disbursed − due; 状态 足额 不足 超拨 未拨, the worse
// source decides (未拨 > 不足 > 超拨). From 2018 on (20,000 is a floor).»

/// M5, work funds (工作经费).
public enum WorkFunds {
    public static let clause = LegalSource.measure(5)
    public static let forms: [FormID] = [.roster, .workFunds]

    /// What was disbursed against what is due; the better first.
    public enum Status: Int, Hashable, Comparable, Sendable, Codable {
        case full, excess, short, unpaid
        /// No disbursement of the year was sent: not the same as none made.
        case unreported

        public var chinese: String {
            switch self {
            case .full: "足额"
            case .excess: "超拨"
            case .short: "不足"
            case .unpaid: "未拨"
            case .unreported: "未报"
            }
        }

        init(paid: Fen, due: Fen) {
            self = paid == due ? .full : paid > due ? .excess : paid > .zero ? .short : .unpaid
        }

        public static func < (left: Status, right: Status) -> Bool { left.rawValue < right.rawValue }
    }

    /// One team in one year.
    public struct Row: Hashable, Sendable, Codable {
        public var year: Int
        public var county: CountyCode
        public var countyName: String
        public var township: String
        public var village: String
        public var countyDue: Fen
        public var provinceDue: Fen
        /// Nil where no disbursement of the year was sent.
        public var countyPaid: Fen?
        public var provincePaid: Fen?
        /// Cells of the disbursements, by date.
        public var evidence: [SourceCell]

        /// 应拨合计.
        public var due: Fen { countyDue + provinceDue }
        /// 差额; nil where no disbursement of the year was sent.
        public var difference: Fen? {
            guard let countyPaid, let provincePaid else { return nil }
            return countyPaid + provincePaid - due
        }
        public var status: Status {
            guard let countyPaid, let provincePaid else { return .unreported }
            return max(Status(paid: countyPaid, due: countyDue), Status(paid: provincePaid, due: provinceDue))
        }
    }

    /// By township, village. Disbursements dated after the run's date have not happened yet.
    public static func compute(_ input: YearInput) -> RuleResult<Row> { input.once { made(input) } }

    private static func made(_ input: YearInput) -> RuleResult<Row> {
        let unreported = input.unreported(forms)
        let isReported = input.isSent(.workFunds)
        var teams: [VillageKey: Posting] = [:]
        for cadre in input.records.cadres {
            for posting in cadre.postings where posting.days(within: input.wholeYear) != nil {
                teams[posting.villageKey] = teams[posting.villageKey] ?? posting
            }
        }
        var paid: [VillageKey: [WorkFundsRecord]] = [:]
        for record in input.records.workFunds where record.year == input.year && input.hasComeByRun(record.date) {
            paid[record.villageKey, default: []].append(record)
        }
        var findings = paid.keys.filter { teams[$0] == nil }.sorted().compactMap { key in
            paid[key]?.first.map { record in
                Finding(
                    .fundsWithoutTeam, county: input.records.county.code, township: record.township,
                    file: record.source.file, sheet: record.source.sheet, cell: record.source.address,
                    value: record.village, arguments: [record.village, String(input.year)])
            }
        }
        guard let base = input.policy.money(.workFundsBase, on: input.policyDay)?.value,
            let increase = input.policy.money(.workFundsIncrease, on: input.policyDay)?.value
        else {
            for id in [ParameterID.workFundsBase, .workFundsIncrease]
            where input.policy.value(id, on: input.policyDay) == nil {
                findings.append(input.parameterMissing(id, on: input.asOf))
            }
            return RuleResult(rows: [], findings: findings, unreportedForms: unreported)
        }
        let county = input.records.county
        let rows = teams.sorted { $0.key < $1.key }.map { key, posting in
            let records = (paid[key] ?? []).sorted { ($0.date, $0.source) < ($1.date, $1.source) }
            func sum(_ source: FundSource) -> Fen? {
                guard isReported else { return nil }
                return records.filter { $0.fundSource == source }.reduce(.zero) { $0 + $1.amount }
            }
            return Row(
                year: input.year, county: county.code, countyName: county.name, township: posting.township,
                village: posting.village, countyDue: county.isDeepPoverty ? base : base + increase,
                provinceDue: county.isDeepPoverty ? increase : .zero, countyPaid: sum(.county),
                provincePaid: sum(.province), evidence: records.map(\.source))
        }
        return RuleResult(
            rows: rows, findings: findings, unreportedForms: unreported,
            parameters: input.used(.workFundsBase, .workFundsIncrease))
    }
}
