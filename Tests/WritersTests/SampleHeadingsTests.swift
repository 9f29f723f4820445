import Foundation
import Reports
import Tables
import Testing

@Suite("Headings of the year's sample")
struct SampleHeadingsTests {
    static let samples = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("shared/samples-year/expected")
    static let isThere = FileManager.default.fileExists(atPath: samples.path)

    @Test("Every expected table has the headings of its schema", .enabled(if: SampleHeadingsTests.isThere))
    func headings() throws {
        let schemas = DataPackageTests.yearly + [PaymentsReport.schema(), HeldReport.schema, FindingsReport.schema]
        let byName = Dictionary(schemas.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        let files = try #require(FileManager.default.enumerator(at: Self.samples, includingPropertiesForKeys: nil))
        var seen: Set<String> = []
        for case let file as URL in files where file.pathExtension == "csv" {
            let stem = file.deletingPathExtension().lastPathComponent
            let name = String(stem.prefix { !$0.isNumber }).trimmingCharacters(in: CharacterSet(charactersIn: "-"))
            let schema = try #require(byName[name], "\(name)")
            let text = try String(contentsOf: file, encoding: .utf8)
            let first = String(text.prefix { $0 != "\n" && $0 != "\r\n" }).replacingOccurrences(
                of: "\u{FEFF}", with: "")
            #expect(first == schema.columns.map(\.name).joined(separator: ","), "\(file.lastPathComponent)")
            seen.insert(name)
        }
        // The sample's year has no unit's talks, meetings and commendations; their headings are the contract's own.
        let later: Set<String> = [
            "checks", "unchecked", "meetings", "talks", "unit-support", "commendation", "unit-candidates", "talks-held",
        ]
        #expect(Set(byName.keys).subtracting(seen) == later)
    }

    static let contractFile = samples.deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("spec.md")

    @Test(
        "Every yearly table has the headings of the contract, in its order",
        .enabled(if: FileManager.default.fileExists(atPath: SampleHeadingsTests.contractFile.path)),
        arguments: YearTables.schemas.map(\.name))
    func contract(_ name: String) throws {
        let text = try String(contentsOf: Self.contractFile, encoding: .utf8)
        let columns = try #require(text.components(separatedBy: "`\(name)`: ").dropFirst().first)
        let list = String(columns.prefix { $0 != "\n" && $0 != ";" && $0 != "`" })
        var depth = 0
        var headings = ""
        for character in list {
            if character == "(" { depth += 1 }
            if depth == 0 { headings.append(character) }
            if character == ")" { depth -= 1 }
        }
        let schema = try #require(YearTables.schemas.first { $0.name == name })
        #expect(
            headings.trimmingCharacters(in: CharacterSet(charactersIn: ". "))
                == schema.columns.map(\.name)
                .joined(separator: ","))
    }
}
