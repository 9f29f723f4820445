import Foundation
import TestSupport
import Testing

/// The accountant's walk in the manual: its commands are run, and what they print is what stands there.
@Suite("The accountant's walk")
struct AccountantWalkTests {
    private static let page = PackageRoot.at("docs/会计实例.md")

    /// A line of the page, or a command with what it printed.
    private enum Part: Equatable {
        case text(String)
        case command(String, output: [String])
    }

    /// Commands begin with `$ ` within ```` ```console ````; what follows up to the next one is their output.
    private static func parts(_ text: String) -> [Part] {
        var parts: [Part] = []
        var isConsole = false
        for line in text.components(separatedBy: "\n") {
            if line.hasPrefix("```") { isConsole = line == "```console" }
            if isConsole, line.hasPrefix("$ ") {
                parts.append(.command(String(line.dropFirst(2)), output: []))
            } else if isConsole, case .command(let command, let output) = parts.last {
                parts[parts.count - 1] = .command(command, output: output + [line])
            } else {
                parts.append(.text(line))
            }
        }
        return parts
    }

    @Test("every command of the page prints what stands below it (make docs writes it anew)")
    func walk() throws {
        let text = try String(contentsOfFile: Self.page, encoding: .utf8)
        let folder = try TemporaryFolder()
        let programs = URL(fileURLWithPath: Workplace.zhucun.path).deletingLastPathComponent().path
        var lines: [String] = []
        let isRecording = ProcessInfo.processInfo.environment["ZHUCUN_RECORD_DOCS"] != nil
        for part in Self.parts(text) {
            guard case .command(let command, let output) = part else {
                if case .text(let line) = part { lines.append(line) }
                continue
            }
            let result = try BuiltProgram(path: "/bin/bash").run(
                ["-c", "export PATH=\"\(programs):$PATH\"; { \(command); } 2>&1"], in: folder.path,
                environment: [
                    "LANG": "zh_CN.UTF-8", "ZHUCUN": PackageRoot.at(""),
                    "ZHUCUN_PIPELINE":
                        PackageRoot.at("pipelines/nightly.yaml"),
                ])
            var printed = result.output.replacingOccurrences(of: "\r\n", with: "\n").components(separatedBy: "\n")
            if printed.last == "" { printed.removeLast() }
            if !isRecording { #expect(printed == output, "$ \(command)") }
            lines += ["$ " + command] + printed
        }
        if isRecording { try lines.joined(separator: "\n").write(toFile: Self.page, atomically: true, encoding: .utf8) }
        #expect(lines.count { $0.hasPrefix("$ ") } > 25)
    }
}
