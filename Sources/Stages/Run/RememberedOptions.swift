import Domain
import Foundation
import Ledger
import Logging
import Settings

extension RunContext {
    /// The context of a command that speaks of what the last run did: what no flag says is as that run had it.
    ///
    /// The policy is the one the last run computed with, from its kept copy, even where the file was edited since.
    /// - Parameter adopting: a policy file in the place of the last run's.
    /// - Parameter isExact: whether another as-of date than the last run's is refused: what it computed is frozen.
    /// - Parameter readsBatchesAlone: nothing of the last run is used but where it wrote to: its policy may be gone,
    ///   and what a batch was closed with is looked for batch by batch.
    /// - Throws: `RunFailure.noLedger` before the first run.
    public static func remembered(
        _ flags: RunOptions.Flags, adopting: String? = nil, logger: Logger, isExact: Bool = false,
        readsBatchesAlone: Bool = false
    ) throws -> RunContext {
        var flags = flags
        let asked = flags
        var options = try RunOptions(flags)
        try LedgerAccess.checkReading(options)
        let ledger = try LedgerDatabase.open(options)
        let (asOf, output, path, sha256) = try ledger.read { reader in
            (
                try reader.setting("asOf").flatMap { CivilDate(iso: $0) }, try reader.setting("output"),
                try reader.setting("policy.path"), try reader.setting("policy.sha256")
            )
        }
        if isExact, let wanted = asked.asOf, let asOf, wanted != asOf {
            throw RunFailure.refused(
                BilingualText(
                    zh: "上次运行的截止日期是 \(asOf.iso)，不是 \(wanted.iso)。请先用这个日期运行 zhucun run。",
                    en: "the last run was as of \(asOf.iso), not \(wanted.iso). Run `zhucun run` as of that date first."
                ))
        }
        flags.asOf = asked.asOf ?? asOf
        flags.output = asked.output ?? output
        flags.policy = asked.policy ?? path
        if let adopting {
            flags.policy = adopting
            return try RunContext(try RunOptions(flags), logger: logger)
        }
        options = try RunOptions(flags)
        if asked.policy == nil, let sha256 {
            guard let bytes = try? OriginalStore(ledgerPath: options.ledger).bytes(sha256) else {
                if readsBatchesAlone, FileManager.default.isReadableFile(atPath: options.policy) {
                    return try RunContext(options, logger: logger)
                }
                throw RunFailure.refused(
                    BilingualText(
                        zh: "账本保存的政策文件（\(sha256.prefix(12))）缺失或被改动。请从备份恢复，或用 --policy 指定上次运行的政策文件。",
                        en:
                            "the kept policy file (\(sha256.prefix(12))) is missing or was changed. Restore it from a backup, "
                            + "or name the last run's policy file with --policy."))
            }
            let text = String(decoding: bytes, as: UTF8.self)
            return try RunContext(options, logger: logger, policyText: text)
        }
        let context = try RunContext(options, logger: logger)
        if let sha256, context.policySHA256 != sha256 {
            throw RunFailure.refused(
                BilingualText(
                    zh: "政策文件与上次运行时不同。请先用它运行 zhucun run。",
                    en: "the policy file is not the one of the last run. Run `zhucun run` with it first."))
        }
        return context
    }
}
