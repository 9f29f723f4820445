import Domain
import Foundation
import TestSupport
import Testing

@Suite("Who sees what")
struct PrivacyTests {
    /// Full ID numbers in a text.
    private func numbers(_ text: String) -> [String] {
        text.matches(of: /[1-9][0-9]{5}(?:19|20)[0-9]{9}[0-9Xx]/).map { String($0.0) }
    }

    @Test("no full ID or account outside finance and the townships' own returns, and none in a log")
    func masked() throws {
        let place = try Workplace.month()
        let result = try place.run("--verbose")
        #expect(numbers(result.error).isEmpty)
        #expect(numbers(result.output).isEmpty)
        let accounts = Set(try place.finance("payments").compactMap { $0["银行账号"] }.filter { $0.count >= 12 })
        #expect(accounts.count > 50)
        func isOpen(_ path: String) -> Bool { path.contains("/finance/") || path.contains("/townships/") }
        var seen = 0
        for (path, entry) in FileTree(place.output).files where !isOpen(path) && !path.hasSuffix(".xlsx") {
            let text = String(decoding: entry.bytes, as: UTF8.self)
            #expect(numbers(text).isEmpty, "\(path)")
            #expect(!accounts.contains { text.contains($0) }, "\(path)")
            seen += 1
        }
        for (path, text) in try XLSXTexts.texts(below: place.output, where: { !isOpen($0) }) {
            #expect(numbers(text).isEmpty, "\(path)")
            #expect(!accounts.contains { text.contains($0) }, "\(path)")
            seen += 1
        }
        #expect(seen > 10)
        let finance = try place.finance("payments")
        #expect(finance.allSatisfy { !($0["身份证号"] ?? "").contains("*") })
    }

    @Test("an ID or account in a name of a file, folder or link, another column or an argument is masked by its shape")
    func byShape() throws {
        let county = SmallCounty()
        let place = try county.place()
        let id = county.paid.id
        let other = TestID.make(55).text
        let account = "6228480012345678019"
        try FileManager.default.createDirectory(
            atPath: place.inbox + "/\(other)的材料", withIntermediateDirectories: true)
        try Data("damaged".utf8).write(to: URL(fileURLWithPath: place.inbox + "/\(other)的材料/\(account).xlsx"))
        try Data("damaged".utf8).write(to: URL(fileURLWithPath: place.inbox + "/考勤_20181203101530.xlsx"))
        try FileManager.default.createSymbolicLink(
            atPath: place.inbox + "/链接\(other).xlsx", withDestinationPath: "/etc/hostname")
        // An ID where the village stands, an account where the mark stands.
        try county.county.writeAttendance(
            #require(Period("2018-11")), township: "雨润镇",
            [.init("王明华 \(other)", county.silent.id, village: "新庄村\(account)", marks: [1: "√", 2: account])],
            to: place.inbox + "/雨润镇.xlsx")
        let run = try place.run("--verbose")
        #expect(run.exit == 1, "\(run.error)")
        let secrets = [id, other, account]
        for secret in secrets { #expect(!run.error.contains(secret) && !run.output.contains(secret), "\(secret)") }
        #expect(run.error.contains("链接"), "the link is named all the same")
        func isOpen(_ path: String) -> Bool { path.contains("/finance/") || path.contains("/townships/") }
        for (path, entry) in FileTree(place.output).files where !isOpen(path) && !path.hasSuffix(".xlsx") {
            let text = String(decoding: entry.bytes, as: UTF8.self)
            for secret in secrets { #expect(!text.contains(secret), "\(path): \(secret)") }
        }
        #expect(try place.findings().contains { $0.row["文件"] == "考勤_20181203101530.xlsx" }, "a time is no account")
        for arguments in [
            ["explain", other, "--period", "2018-11"], ["no-such-\(other)"], ["run", "--county", other],
        ] {
            let said = try Workplace.zhucun.run(arguments, in: place.folder.path)
            #expect(!said.error.contains(other) && !said.output.contains(other), "\(arguments): \(said.error)")
        }
    }

    @Test("files 0640, folders 0750; ledger and originals 0600 and 0700, whatever the umask")
    func modes() throws {
        let place = try Workplace.month()
        let shell = BuiltProgram(path: "/bin/sh")
        let result = try shell.run(
            ["-c", "umask 000; exec \"$0\" \"$@\"", Workplace.zhucun.path] + place.runArguments, in: place.folder.path)
        #expect(result.exit == 1, "\(result.error)")
        let output = FileTree(place.output)
        for (path, entry) in output.files { #expect(entry.mode == 0o640, "\(path)") }
        for (path, mode) in output.folders { #expect(mode & 0o7777 == 0o750, "\(path)") }
        let ledger = FileTree(place.folder.at("ledger"))
        #expect(ledger.files.count > 10)
        for (path, entry) in ledger.files { #expect(entry.mode == 0o600, "\(path)") }
        for (path, mode) in ledger.folders { #expect(mode == 0o700, "\(path)") }
    }
}
