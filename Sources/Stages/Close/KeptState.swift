import Domain
import Foundation
import Ledger
import Sheets

/// Whether everything that must last is what it was: for the nightly job, without computing anything again. Source:
/// spec §10.
///
/// The ledger's file, every row and blob with a sum, every original, every closed file in the output.
public struct KeptState: Sendable {
    /// What was looked at and what is wrong.
    public struct Result: Sendable {
        public var rows = 0
        public var originals = 0
        public var files = 0
        /// One line each; empty where everything is as it was.
        public var problems: [BilingualText] = []

        /// As JSON with sorted keys.
        public func json(_ language: Language) throws -> String {
            struct Document: Encodable {
                var rows, originals, files: Int
                var problems: [String]
            }
            return try JSONOutput.text(
                Document(
                    rows: rows, originals: originals, files: files, problems: problems.map { $0.text(language) }))
        }
    }

    private let context: RunContext

    public init(_ context: RunContext) { self.context = context }

    /// - Throws: `LedgerError` where the ledger's file is damaged so that nothing can be said.
    public func check() throws -> Result {
        var result = Result()
        try context.ledger.checkIntegrity()
        result.rows = try context.ledger.checkSums()
        try checkOriginals(&result)
        try checkClosedFiles(&result)
        return result
    }

    private func checkOriginals(_ result: inout Result) throws {
        let hashes = try context.ledger.read { try $0.originalHashes() }
        let originals = context.originals
        try OrderedParallel.forEach(
            hashes, jobs: context.options.jobs, makeWorker: { originals }, work: { $0.holds($1) },
            take: { hash, isGood in
                result.originals += 1
                if isGood { return }
                let name = try context.ledger.read { ledger in
                    try ledger.submissions(sha256: hash).map(\.path).first ?? ledger.whoseOriginal(hash) ?? "—"
                }
                result.problems.append(
                    BilingualText(
                        zh: "原件缺失或被改动：\(name)（\(hash.prefix(12))）。收件目录里还有这份文件时，下次运行会自动补上；否则请从备份恢复。",
                        en:
                            "an original is missing or was changed: \(name) (\(hash.prefix(12))). The next run heals it "
                            + "where the inbox still has the file; else restore it from a backup."))
            })
    }

    private func checkClosedFiles(_ result: inout Result) throws {
        let (batches, counties) = try context.ledger.read { ledger in
            (
                try ledger.batches().map {
                    (
                        record: $0, files: try ledger.files(batch: $0.id),
                        // Its folder is called what it was called then.
                        county: try ledger.county(batch: $0.id)
                    )
                }, try ledger.countyNames()
            )
        }
        for (batch, files, kept) in batches {
            let county = try kept ?? counties[batch.month.county] ?? context.shippedCounty(batch.month.county)
            let place = context.options.output + "/" + OutputNames.folder(batch.month.period, county) + "/finance/"
            for name in ClosedFolder.strangers(place, Set(files.map(\.name))) {
                result.problems.append(
                    BilingualText(
                        zh: "\(batch.id) 的输出目录 finance/ 中有不属于该批次的文件 \(name)。请核实来源后移走。",
                        en: "\(name) in the finance/ of \(batch.id) is no file of the batch. Ask where it comes from."))
            }
            guard ClosedFolder.holdsAny(place, files) else {
                result.files += files.count
                let told = ClosedFolder.emptied(place, files.count)
                result.problems.append(BilingualText(zh: "\(batch.id)：\(told.zh)", en: "\(batch.id): \(told.en)"))
                continue
            }
            for file in files {
                result.files += 1
                let bytes = AtomicFile.contents(place + file.name)
                if let bytes, Fingerprint.sha256(bytes) == file.sha256 { continue }
                result.problems.append(
                    BilingualText(
                        zh: "\(batch.id) 的 \(file.name) 在输出目录中\(bytes == nil ? "缺失" : "被改动")。下次 zhucun run 会放回。",
                        en:
                            "\(file.name) of \(batch.id) \(bytes == nil ? "is missing from" : "was changed in") the output. "
                            + "The next `zhucun run` puts it back."))
            }
        }
    }
}
