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
