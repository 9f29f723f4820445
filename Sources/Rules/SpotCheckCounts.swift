import Domain

// 青组字〔2018〕231号 第四条 (spec §7 M4): «Checks themselves are counted: by month, department and method (电话/实地).»

/// M4, the spot checks themselves.
public enum SpotCheckCounts {
    public static let clause = LegalSource.measure(4)
    public static let forms: [FormID] = [.spotChecks]

    /// One month, department and method.
    public struct Row: Hashable, Sendable, Codable {
        public var countyName: String
        public var period: Period
        /// 检查单位; empty where not given.
        public var department: String
        /// 方式; empty where not given.
        public var method: String
        /// 次数: a person checked on a date is one.
        public var checks: Int
        /// Distinct villages.
        public var villages: Int
        /// Distinct cadres.
        public var cadres: Int
        /// 脱岗.
        public var absences: Int
        /// 抽调.
        public var withdrawals: Int
        public var evidence: [SourceCell]
    }

    /// Checks of the year up to as-of, by month, department, method: of whom this county counts on their day. Those
    /// dated later are findings, and those of a day on which the person was posted nowhere.
    public static func compute(_ input: YearInput) -> RuleResult<Row> {
        let own = input.records.spotChecks.filter { check in
            input.cadre(check.person).map { input.isCounted($0, on: check.date) } ?? true
        }
        let elapsed = own.filter { input.hasElapsed($0.date) }
        let checks = elapsed.filter { input.wasInPost($0.person, on: $0.date) }
        let groups = Dictionary(grouping: checks, by: Key.init)
        let rows = groups.keys.sorted().map { row($0, groups[$0] ?? [], input) }
        let stray = elapsed.filter { !input.wasInPost($0.person, on: $0.date) }.map {
            input.finding(
                .recordOutsidePosting, about: $0.person, at: $0.source, value: $0.date.iso, arguments: [$0.date.iso])
        }
        let findings = own.filter { input.isFuture($0.date) }.map {
            input.finding(
                .recordInFuture, about: $0.person, at: $0.source, value: $0.date.iso,
                arguments: [$0.date.iso, input.runDate.iso])
        }
        return RuleResult(
            rows: rows, findings: (findings + stray).sorted(by: Finding.inReportOrder),
            unreportedForms: input.unreported(forms))
    }

    private struct Key: Hashable, Comparable {
        let period: Period
        let department, method: String

        init(_ check: SpotCheckRecord) {
            period = check.date.period
            department = TextFolding.trimmed(check.checkedBy ?? "")
            method = TextFolding.trimmed(check.method ?? "")
        }

        static func < (left: Key, right: Key) -> Bool {
            (left.period, left.department, left.method) < (right.period, right.department, right.method)
        }
    }

    private static func row(_ key: Key, _ checks: [SpotCheckRecord], _ input: YearInput) -> Row {
        Row(
            countyName: input.records.county.name, period: key.period, department: key.department,
            method: key.method, checks: checks.count,
            villages: Set(checks.compactMap { village(of: $0, input) }).count,
            cadres: Set(checks.map(\.person)).count, absences: checks.count { $0.result == .absent },
            withdrawals: checks.count { $0.result == .withdrawn }, evidence: checks.map(\.source).sorted())
    }

    /// The village of a check: as the row names it among the person's postings that day, else his posting's.
    static func village(of check: SpotCheckRecord, _ input: YearInput) -> VillageKey? {
        guard let cadre = input.cadre(check.person) else { return nil }
        let postings = cadre.postings(on: check.date)
        guard let named = check.village.map(PlaceKey.village), !named.isEmpty else {
            return (postings.last ?? cadre.posting(asOf: check.date))?.villageKey
        }
        if let posting = postings.first(where: { $0.villageKey.village == named }) { return posting.villageKey }
        let villages = input.records.villages.map(\.key).filter { $0.village == named }
        if Set(villages).count == 1 { return villages[0] }
        // Several villages bear the name, or none does: the one in the township of the posting.
        return (postings.last ?? cadre.posting(asOf: check.date)).map {
            VillageKey(township: $0.township, village: named)
        }
    }
}
