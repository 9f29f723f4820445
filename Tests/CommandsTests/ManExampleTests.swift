import Foundation
import TestSupport
import Testing

@Suite("Examples of the man pages")
struct ManExampleTests {
    @Test("each names a command that is there, with options that it has; each command has one")
    func examples() throws {
        let text = try String(contentsOfFile: PackageRoot.at("scripts/man-examples.txt"), encoding: .utf8)
        let lines = text.split(separator: "\n").filter { !$0.hasPrefix("#") }.map { $0.split(separator: "|") }
        let help = try BuiltProgram("zhucun").run(["--help", "--language", "en"]).output
        var shown: Set<Substring> = []
        for line in lines {
            #expect(line.count == 4, "\(line)")
            shown.insert(line[0])
            var words = line[1].split(separator: " ").map(String.init)
            words = Array(words.suffix(from: (words.lastIndex(of: "zhucun") ?? words.count - 1) + 1))
            guard let command = words.first, line[0] != "zhucun-nightly" else { continue }
            #expect(line[0] == "zhucun" || line[0] == "zhucun-\(command)")
            let known = try BuiltProgram("zhucun").run([command, "--help"]).output
            for option in words.dropFirst() where option.hasPrefix("--") {
                #expect(known.contains("\(option) ") || known.contains("\(option)\n"), "\(line[1])")
            }
        }
        let commands = help.split(separator: "\n").drop { $0 != "SUBCOMMANDS:" }.dropFirst()
        for line in commands where line.hasPrefix("  ") && line.dropFirst(2).first?.isLowercase ?? false {
            let command = line.split(separator: " ")[0]
            #expect(shown.contains("zhucun-\(command)"), "\(command) has no example")
        }
    }
}
