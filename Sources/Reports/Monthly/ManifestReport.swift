import Domain
import Rules

/// A file by its content.
public struct FileDigest: Hashable, Comparable, Sendable {
    /// Relative, with `/`.
    public let path: String
    /// 64 hexadecimal digits.
    public let sha256: String
    public let sizeBytes: Int

    public init(path: String, sha256: String, sizeBytes: Int) {
        self.path = path
        self.sha256 = sha256
        self.sizeBytes = sizeBytes
    }

    public static func < (left: FileDigest, right: FileDigest) -> Bool {
        (left.path, left.sha256) < (right.path, right.sha256)
    }
}

/// That somebody decided to read closed months with a policy file. Source: spec §8.
public struct AdoptionNote: Hashable, Sendable {
    public var name: String
    public var sha256: String
    public var reason: String
    public var who: String
    public var asOf: CivilDate

    public init(name: String, sha256: String, reason: String, who: String, asOf: CivilDate) {
        self.name = name
        self.sha256 = sha256
        self.reason = reason
        self.who = who
        self.asOf = asOf
    }

    /// For the statement.
    public var chinese: String {
        "已关账月份按政策文件 \(name)（\(sha256.prefix(12))）计算：\(who) \(asOf.iso)，\(reason)"
    }
}

/// `manifest-<yyyy-mm>.json`: control totals and the digests of what went in and came out. Source: spec §9.
public struct ManifestReport: Sendable {
    public var period: Period
    public var county: CountyCode
    public var countyName: String
    /// Nil while the period is open.
    public var batch: String?
    /// As they stand in `payments`.
    public var lines: [PaymentLine]
    public var held: [HeldLine]
    public var outstanding: [OutstandingLine]
    /// What a bank pays of `lines`, and what it cannot.
    public var bank: BankLines
    /// Findings that decisions settled.
    public var settled: [DecidableFinding]
    /// Files of the finance folder, the manifest left out.
    public var financeFiles: [FileDigest]
    /// Workbooks that the lines rest on, registers included.
    public var sourceFiles: [FileDigest]
    public var policyFile: FileDigest
    public var programVersion: String
    /// Policy files that closed months are read with by decision of a person, in the order of the decisions.
    public var adoptions: [AdoptionNote] = []
    /// What the county would owe to others for days that they issued.
    public var settlements: [SettlementLine] = []

    public init(
        period: Period, county: CountyCode, countyName: String, batch: String?, lines: [PaymentLine],
        held: [HeldLine], outstanding: [OutstandingLine] = [], bank: BankLines, settled: [DecidableFinding] = [],
        financeFiles: [FileDigest], sourceFiles: [FileDigest],
        policyFile: FileDigest, programVersion: String
    ) {
        self.period = period
        self.county = county
        self.countyName = countyName
        self.batch = batch
        self.lines = lines
        self.held = held
        self.outstanding = outstanding
        self.bank = bank
        self.settled = settled
        self.financeFiles = financeFiles
        self.sourceFiles = sourceFiles
        self.policyFile = policyFile
        self.programVersion = programVersion
    }

    /// The document; the same input gives the same text.
    public var text: String { json.document }

    private var json: JSONText {
        let paid = PaymentsReport.paid(lines)
        let total = paid.reduce(Fen.zero) { $0 + $1.total }
        let adjustments = paid.filter { $0.isAdjustment && $0.reissue == nil }
        let again = paid.filter { $0.reissue != nil }
        let reissued = again.reduce(Fen.zero) { $0 + $1.total }
        let adjusted = adjustments.reduce(Fen.zero) { $0 + $1.total }
        let owed = outstanding.reduce(Fen.zero) { $0 + $1.amount }
        var members: [String: JSONText] = [
            "period": .string(period.description),
            "county": .object(["code": .string(county.text), "name": .string(countyName)]),
            "batch": .optional(batch),
            "rows": .integer(paid.count),
            "people": .integer(Set(paid.map(\.person)).count),
            "days": .decimal(paid.reduce(HalfDays.zero) { $0 + $1.halfDays }.daysText),
            "totalFen": .integer(total.amount),
            "totalYuan": .string(total.yuanText),
            "adjustments": .object([
                "rows": .integer(adjustments.count), "totalFen": .integer(adjusted.amount),
                "totalYuan": .string(adjusted.yuanText),
            ]),
            "reissued": .object([
                "rows": .integer(again.count), "totalFen": .integer(reissued.amount),
                "totalYuan": .string(reissued.yuanText),
            ]),
            "held": .object(["rows": .integer(held.count)]),
            "outstanding": .object([
                "rows": .integer(outstanding.count), "totalFen": .integer(owed.amount),
                "totalYuan": .string(owed.yuanText),
                "lines": .array(outstanding.sorted(by: OutstandingLine.inReportOrder).map(ManifestReport.json)),
            ]),
            "bank": ManifestReport.sum(bank.payable, bank.payableTotal),
            "unpayable": ManifestReport.sum(bank.unpayable, bank.unpayableTotal),
            "decisions": .array(settled.sorted { $0.evidence < $1.evidence }.compactMap(ManifestReport.json)),
            "financeFiles": .array(financeFiles.sorted().map(ManifestReport.json)),
            "sourceFiles": .array(sourceFiles.sorted().map(ManifestReport.json)),
            "policy": .object([
                "file": .string(policyFile.path), "sha256": .string(policyFile.sha256),
                "sizeBytes": .integer(policyFile.sizeBytes),
            ]),
            "program": .object(["name": .string("zhucun"), "version": .string(programVersion)]),
        ]
        if !adoptions.isEmpty { members["adoptedPolicies"] = .array(adoptions.map(ManifestReport.json)) }
        if !settlements.isEmpty {
            let settled = settlements.reduce(Fen.zero) { $0 + $1.amount }
            members["settlements"] = .object([
                "rows": .integer(settlements.count), "totalFen": .integer(settled.amount),
                "totalYuan": .string(settled.yuanText),
            ])
        }
        return .object(members)
    }

    private static func json(_ adoption: AdoptionNote) -> JSONText {
        .object([
            "file": .string(adoption.name), "sha256": .string(adoption.sha256), "reason": .string(adoption.reason),
            "who": .string(adoption.who), "asOf": .string(adoption.asOf.iso),
        ])
    }

    private static func json(_ file: FileDigest) -> JSONText {
        .object([
            "path": .string(file.path), "sha256": .string(file.sha256), "sizeBytes": .integer(file.sizeBytes),
        ])
    }

    private static func sum(_ lines: [BankLines.Line], _ total: Fen) -> JSONText {
        .object([
            "rows": .integer(lines.count), "totalFen": .integer(total.amount), "totalYuan": .string(total.yuanText),
        ])
    }

    /// Who decided what, when and on what ground.
    private static func json(_ settled: DecidableFinding) -> JSONText? {
        guard let decision = settled.decision else { return nil }
        return .object([
            "evidence": .string(settled.evidence), "code": .string(settled.finding.code.rawValue),
            "person": .string(settled.finding.personID), "name": .string(settled.finding.person),
            "answer": .string(decision.answer), "decider": .string(decision.decider),
            "date": .string(decision.date.iso), "ground": .string(decision.ground),
            "source": .string(decision.source.text),
        ])
    }

    private static func json(_ line: OutstandingLine) -> JSONText {
        .object([
            "person": .string(line.person.text), "name": .string(line.name),
            "sendingUnit": .string(line.sendingUnit), "township": .string(line.township),
            "village": .string(line.village), "originPeriod": .string(line.originPeriod.description),
            "amountFen": .integer(line.amount.amount), "amountYuan": .string(line.amount.yuanText),
        ])
    }
}
