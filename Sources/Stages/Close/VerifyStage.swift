import Domain
import Foundation
import Ledger
import Reports
import Rules
import Settings
import Sheets

/// Verify: from what was kept at closing alone, computes a closed batch again and compares it line by line and byte by
/// byte. Source: spec §8.
public struct VerifyStage: Sendable {
    /// What was compared and what does not agree.
    public struct Result: Sendable {
        public var batch: String
        public var originals = 0
        public var lines = 0
        public var files = 0
        /// What does not agree, one line each; empty where everything does.
        public var problems: [BilingualText] = []
        /// What could not be looked at: nothing is said about the batch then.
        public var obstacles: [BilingualText] = []
        /// The program changed since: another understanding is then no proof of tampering.
        public var programChanged = false

        public var isProven: Bool { problems.isEmpty && obstacles.isEmpty }
    }

    /// What was found, as JSON with sorted keys.
    ///
    /// - Parameter unknown: batches of the output that the ledger does not know.
    public static func json(_ results: [Result], unknown: [String], _ language: Language) throws -> String {
        struct Batch: Encodable {
            var batch: String
            var isProven: Bool
            var originals, lines, files: Int
            var problems, obstacles: [String]
            var programChanged: Bool
        }
        struct Document: Encodable {
            var batches: [Batch]
            var unknownBatches: [String]
        }
        let batches = results.map { result in
            Batch(
                batch: result.batch, isProven: result.isProven, originals: result.originals, lines: result.lines,
                files: result.files, problems: result.problems.map { $0.text(language) },
                obstacles: result.obstacles.map { $0.text(language) }, programChanged: result.programChanged)
        }
        return try JSONOutput.text(Document(batches: batches, unknownBatches: unknown))
    }

    private let context: RunContext

    public init(_ context: RunContext) { self.context = context }

    /// Every batch, by county and month.
    public func batches() throws -> [BatchRecord] { try context.ledger.read { try $0.batches() } }

    /// Batches that lie in the output and that the ledger does not know: it is older than they are.
    public func unknownBatches() throws -> [String] {
        let known = Set(try batches().map(\.id))
        return try IssuedBatches.read(output: context.options.output).map(\.id).filter { !known.contains($0) }
    }

    /// - Throws: `RunFailure.refused` for an unknown batch.
    public func verify(_ id: String) throws -> Result {
        try context.ledger.read { ledger in
            guard let batch = try ledger.batches().first(where: { $0.id == id }) else {
                throw RunFailure.refused(
                    BilingualText(zh: "没有批次 \(id)。用 zhucun status 查看已有批次。", en: "no batch \(id). See `zhucun status`."))
            }
            var result = Result(batch: id)
            guard let evidence = try ledger.evidence(batch: id) else {
                result.obstacles.append(
                    BilingualText(
                        zh: "账本中缺少该批次的依据（batch_evidence 的一行）", en: "its evidence (a row of batch_evidence) is gone"))
                return result
            }
            do {
                try verify(batch, evidence, ledger, &result)
            } catch let gone as KeptBatch.Gone {
                result.obstacles.append(gone.text)
            }
            return result
        }
    }

    private func verify(
        _ batch: BatchRecord, _ evidence: BatchEvidence, _ ledger: LedgerReader, _ result: inout Result
    ) throws {
        let kept = try KeptBatch(batch, evidence, context)
        let understood = try kept.understands(evidence)
        result.programChanged = batch.programVersion != ProgramVersion.text || understood == false
        try lookAtOriginals(evidence, &result)
        guard result.obstacles.isEmpty else { return }
        let again = try BatchAgain(kept, ledger).compute()
        result.originals = evidence.sources.count
        let comparison = BatchComparison(kept, ledger, context)
        result.lines = try comparison.compareLines(again.papers.pay.lines, &result.problems)
        try comparison.compareDays(again.days, &result.problems)
        try comparison.compareBank(again, &result.problems)
        result.files = try comparison.compareFiles(again.papers, &result)
    }

    /// Every workbook that the batch rests on, by name.
    private func lookAtOriginals(_ evidence: BatchEvidence, _ result: inout Result) throws {
        for source in evidence.sources where !context.originals.holds(source.sha256) {
            result.obstacles.append(KeptBatch.Gone(zh: source.path, en: source.path, sha256: source.sha256).text)
        }
        // What `explain` tells of it.
        if let readings = evidence.kept?.readings, !context.originals.holds(readings.sha256) {
            result.obstacles.append(
                KeptBatch.Gone(zh: "发放依据", en: "what its figures rest on", sha256: readings.sha256).text)
        }
    }
}
