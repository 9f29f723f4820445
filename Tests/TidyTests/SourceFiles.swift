import Foundation
import TestSupport

/// A Swift file of the package, as text.
struct SourceFile: Sendable {
    /// Relative to the package.
    let path: String
    let text: String

    var lines: [Substring] { text.split(separator: "\n", omittingEmptySubsequences: false) }

    /// The folder below `Sources` or `Tests`: the target.
    var target: String { String(path.split(separator: "/")[1]) }

    /// Modules it imports.
    var imports: Set<String> {
        var modules: Set<String> = []
        for line in lines {
            var words = line.split(separator: " ").map(String.init)
            while let first = words.first, first.hasPrefix("@") || ["public", "internal", "private"].contains(first) {
                words.removeFirst()
            }
            guard words.first == "import", words.count >= 2 else { continue }
            // `import struct Foundation.Data`
            modules.insert(String((words.last ?? "").split(separator: ".")[0]))
        }
        return modules
    }

    /// Every Swift file below a folder of the package, by path.
    static func below(_ folder: String) -> [SourceFile] {
        guard let walk = FileManager.default.enumerator(atPath: PackageRoot.at(folder)) else { return [] }
        return walk.compactMap { $0 as? String }.filter { $0.hasSuffix(".swift") }.sorted().compactMap { name in
            let path = folder + "/" + name
            return (try? String(contentsOfFile: PackageRoot.at(path), encoding: .utf8)).map {
                SourceFile(path: path, text: $0)
            }
        }
    }
}

/// What `Package.swift` says of its targets.
struct Manifest: Sendable {
    /// Targets of the package that each target names, by target.
    var needs: [String: Set<String>] = [:]
    var commands: Set<String> = []

    init() throws {
        let text = try String(contentsOfFile: PackageRoot.at("Package.swift"), encoding: .utf8)
        guard let start = text.range(of: "targets: [") else { return }
        var rest = text[start.upperBound...]
        while let call = rest.firstRange(of: /\b(?:room|command|tests)\(/) {
            let kind = rest[call].hasPrefix("command") ? "command" : ""
            let body = Manifest.balanced(rest[call.upperBound...])
            let names = body.matches(of: /"([A-Za-z-]+)"/).map { String($0.1) }
            rest = rest[call.upperBound...]
            guard let name = names.first else { continue }
            needs[name] = Set(names.dropFirst())
            if kind == "command" { commands.insert(name) }
        }
    }

    /// Up to the parenthesis that closes the call.
    private static func balanced(_ text: Substring) -> Substring {
        var depth = 1
        for index in text.indices {
            if text[index] == "(" { depth += 1 }
            if text[index] == ")" { depth -= 1 }
            if depth == 0 { return text[..<index] }
        }
        return text
    }
}
