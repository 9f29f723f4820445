import Domain
import Ledger
import Rules
import Settings
import Synchronization

// Spec §8: «Closed periods are read with the policy kept in their batch, until `zhucun policy --adopt FILE --reason
// TEXT` is on record … holds for that file's digest alone … Values for days that no batch covers need no adopting.»

/// Which policy each month of a ledger is read with.
struct PoliciesOfMonths: Sendable {
    /// The run's own.
    let current: Policy
    let currentSHA256: String
    /// Of months that are read with another one.
    private let governing: [CountyMonth: String]
    private let policies: [String: Policy]
    /// Of each county: the last month that was closed, and the latest day that a batch of it was closed as of.
    private let closed: [CountyCode: (last: Period, asOf: CivilDate)]
    private let asOf: CivilDate
    /// The policy file that somebody adopted last.
    let adopted: (name: String, sha256: String)?

    init(_ context: RunContext, _ ledger: LedgerReader) throws {
        current = context.policy
        currentSHA256 = context.policySHA256
        asOf = context.options.asOf
        let batches = try ledger.batches()
        var closed: [CountyCode: (last: Period, asOf: CivilDate)] = [:]
        for batch in batches {
            let known = closed[batch.month.county] ?? (batch.month.period, batch.asOf)
            closed[batch.month.county] = (max(known.last, batch.month.period), max(known.asOf, batch.asOf))
        }
        self.closed = closed
        var governing: [CountyMonth: String] = [:]
        var batchOf: [CountyMonth: String] = [:]
        for batch in batches {
            governing[batch.month] = batch.policySHA256
            batchOf[batch.month] = batch.id
        }
        // What was passed over has no batch: what was paid of it first tells its policy.
        let policyOf = Dictionary(batches.map { ($0.id, $0.policySHA256) }, uniquingKeysWith: { first, _ in first })
        for (month, issuing) in try ledger.issuingBatches() where governing[month] == nil {
            guard let first = issuing.first, let sha256 = policyOf[first] else { continue }
            governing[month] = sha256
            batchOf[month] = first
        }
        let adoptions = try ledger.adoptions()
        adopted = adoptions.last.map { ($0.name, $0.sha256) }
        for adoption in adoptions {
            let covered = Set(adoption.batches)
            for (month, batch) in batchOf where covered.contains(batch) { governing[month] = adoption.sha256 }
        }
        let sha256 = context.policySHA256
        self.governing = governing.filter { $0.value != sha256 }
        var policies: [String: Policy] = [:]
        for sha256 in Set(self.governing.values).sorted() {
            policies[sha256] = try PoliciesOfMonths.kept(sha256, context)
        }
        self.policies = policies
    }

    /// - Throws: `RunFailure.refused` where the kept policy file is lost: nothing may be read with another one.
    static func kept(_ sha256: String, _ context: RunContext) throws -> Policy {
        guard context.originals.holds(sha256) else {
            throw RunFailure.refused(
                BilingualText(
                    zh: "关账时保存的政策文件（\(sha256.prefix(12))）缺失或被改动。请从备份恢复。",
                    en:
                        "the policy file kept at closing (\(sha256.prefix(12))) is missing or was changed. "
                        + "Restore it from a backup."))
        }
        let bytes = try context.originals.bytes(sha256)
        if let known = parsed.withLock({ $0[sha256] }) { return known }
        let policy = try PolicyFile.policy(
            from: String(decoding: bytes, as: UTF8.self), file: String(sha256.prefix(12)))
        parsed.withLock { $0[sha256] = policy }
        return policy
    }

    /// By SHA-256 of the file: its bytes were compared with it just now.
    private static let parsed = Mutex<[String: Policy]>([:])

    /// The policy that a month is read with.
    func policy(of month: CountyMonth) -> Policy { governing[month].flatMap { policies[$0] } ?? current }

    /// SHA-256 of that policy's file.
    func sha256(of month: CountyMonth) -> String { governing[month] ?? currentSHA256 }

    /// The day that a month is read as of: a closed one as of no earlier day than it was closed, so that a run as of a
    /// day before its end finds nothing to take back.
    func asOf(of month: CountyMonth) -> CivilDate {
        guard let closed = closed[month.county], month.period <= closed.last else { return asOf }
        return max(asOf, closed.asOf)
    }

    /// What a month hangs on of that day: the day while the month runs, no more once it is over.
    func asOfMark(_ month: CountyMonth) -> String {
        let asOf = asOf(of: month)
        return asOf > month.period.lastDay ? "over" : asOf.iso
    }

    /// Whether the run's policy is another one than the month is read with.
    func isOther(_ month: CountyMonth) -> Bool { governing[month] != nil }
}
