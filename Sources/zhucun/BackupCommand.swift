import ArgumentParser
import Commands
import Domain
import Stages

/// `zhucun backup`: ledger and kept originals into a folder.
struct BackupCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup", abstract: "备份账本和原件，运行中也可以 / copy ledger and originals, even during a run")

    @Option(help: "备份目录 / the folder of the backup.", completion: .directory)
    var to: String

    @OptionGroup var flags: RunFlags

    func run() throws {
        try CommandRunner.run(flags.messageLanguage) {
            let options = try flags.options()
            let outcome = try Backup.make(options, to: to)
            if !flags.quiet {
                Console.print(
                    flags.messageLanguage == .zh
                        ? "已备份到 \(to)（新增原件 \(outcome.copied) 份），并已核对"
                        : "backed up to \(to) (\(outcome.copied) originals new), and checked")
            }
            try sayDamaged(outcome, flags.messageLanguage)
        }
    }
}

/// Names originals that are gone or damaged where they should be.
///
/// - Throws: `ExitCode` 2 where there are any: a backup or ledger without them proves nothing of those files.
private func sayDamaged(_ outcome: Backup.Outcome, _ language: Language) throws {
    for hash in outcome.damaged {
        Console.error(
            language == .zh
                ? "zhucun: 原件 \(hash.prefix(12))… 缺失或被改动。收件目录里还有这份文件时，运行 zhucun run 会自动补上；否则请从更早的备份找回。"
                : "zhucun: the original \(hash.prefix(12))… is missing or was changed. `zhucun run` heals it where the inbox "
                    + "still has the file; else look for it in an older backup.")
    }
    if !outcome.damaged.isEmpty { throw ExitCode(2) }
}

/// `zhucun restore`: a backup in the place of a ledger that is not there.
struct RestoreCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore", abstract: "从备份恢复 / restore ledger and originals from a backup")

    @Option(help: "备份目录 / the folder of the backup.", completion: .directory)
    var from: String

    @OptionGroup var flags: RunFlags

    func run() throws {
        try CommandRunner.run(flags.messageLanguage) {
            let options = try flags.options()
            try LedgerAccess.checkWriting(options)
            let locks = (
                try RunLock(ledger: options.ledger, kind: .run), try RunLock(ledger: options.ledger, kind: .stage)
            )
            let outcome = try Backup.restore(from: from, options)
            withExtendedLifetime(locks) {}
            let language = flags.messageLanguage
            if !flags.quiet {
                Console.print(
                    language == .zh
                        ? "已恢复到 \(options.ledger)（原件 \(outcome.copied) 份），并已核对"
                        : "restored to \(options.ledger) (\(outcome.copied) originals), and checked")
            }
            if !outcome.unknownBatches.isEmpty {
                let names = outcome.unknownBatches.joined(separator: ", ")
                Console.error(
                    language == .zh
                        ? "zhucun: 输出目录中有这份备份之后关账的批次：\(names)。有更新的备份请改用它；没有时见运维手册“账本丢失”。"
                        : "zhucun: the output holds batches that were closed after this backup: \(names). Restore a newer "
                            + "backup if there is one; else see «a lost ledger» in the manual.")
            }
            try sayDamaged(outcome, language)
        }
    }
}
