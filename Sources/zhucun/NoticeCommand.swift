import ArgumentParser
import Commands
import Domain
import Foundation
import Ledger
import Reports
import Stages

/// `zhucun notice`: what the operator is told of the last run; the nightly wrapper sends it. Source: spec §10.
struct NoticeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "notice",
        abstract: "值班消息：谁的钱在等、谁没报、哪些文件没读入、变了什么 / what the operator is told: held, missing, refused, changed",
        discussion: """
            第一行可作邮件标题；内容总是中文。
            The first line fits a mail's subject; the text is always Chinese.
            """)

    @OptionGroup var flags: RunFlags

    func run() throws {
        try CommandRunner.run(flags.messageLanguage) {
            let options = try flags.options()
            try LedgerAccess.checkReading(options)
            let ledger = try LedgerDatabase.open(options)
            Console.print(try ledger.read { try NightNotice($0) }.text())
        }
    }
}
