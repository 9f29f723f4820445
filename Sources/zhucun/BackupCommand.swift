import ArgumentParser
import Commands
import Domain
import Stages

/// `zhucun backup`: ledger and kept originals into a folder.
struct BackupCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup", abstract: "备份账本和原件，运行中也可以 / copy ledger and originals, even during a run")

    @Option(help: "备份目录 / the folder of the backup.")
    var to: String

    @OptionGroup var flags: RunFlags

    func run() throws {
        try CommandRunner.run(flags.messageLanguage) {
            let options = try flags.options()
            let copied = try Backup.make(ledger: options.ledger, to: to)
            if !flags.quiet {
                Console.print(
                    flags.messageLanguage == .zh
                        ? "已备份到 \(to)（新增原件 \(copied) 份）" : "backed up to \(to) (\(copied) originals new)")
            }
        }
    }
}

/// `zhucun restore`: a backup in the place of a ledger that is not there.
struct RestoreCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore", abstract: "从备份恢复 / restore ledger and originals from a backup")

    @Option(help: "备份目录 / the folder of the backup.")
    var from: String

    @OptionGroup var flags: RunFlags

    func run() throws {
        try CommandRunner.run(flags.messageLanguage) {
            let options = try flags.options()
            try LedgerAccess.checkWriting(options)
            let lock = try RunLock(ledger: options.ledger, kind: .run)
            let copied = try Backup.restore(from: from, ledger: options.ledger)
            withExtendedLifetime(lock) {}
            if !flags.quiet {
                Console.print(
                    flags.messageLanguage == .zh
                        ? "已恢复到 \(options.ledger)（原件 \(copied) 份）"
                        : "restored to \(options.ledger) (\(copied) originals)")
            }
        }
    }
}
