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
        #expect(seen.count == schemas.count, "\(Set(byName.keys).subtracting(seen).sorted())")
    }
}
