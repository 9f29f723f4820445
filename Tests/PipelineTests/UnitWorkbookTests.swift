import Foundation
import TestSupport
import Testing

@Suite("Workbooks for sending units")
struct UnitWorkbookTests {
    private func units(_ tree: FileTree) -> [String] { tree.files.keys.filter { $0.hasPrefix("units/") }.sorted() }

    @Test("at closing each unit gets its own: named in the manifest, proven, put back, the same for ever")
    func closing() throws {
        let place = try Workplace.year()
        #expect(try place.run().exit == 1)
        let finance = place.folder("2018-10") + "/finance"
        #expect(units(FileTree(finance)).isEmpty, "a draft goes to nobody")
        #expect(try place.command("close", "2018-10", "--county", "630202").exit == 0)
        let closed = FileTree(finance)
        let payments = try CSVText(path: finance + "/payments-2018-10.csv").rows
        let names = Set(payments.compactMap { $0["派出单位"] }).sorted()
        #expect(units(closed) == names.map { "units/\($0)-2018-10.xlsx" }.sorted())
        let manifest = try String(contentsOfFile: finance + "/manifest-2018-10.json", encoding: .utf8)
        for name in units(closed) { #expect(manifest.contains("\"path\": \"\(name)\""), "\(name)") }

        // Nobody else's people, and all of one's own.
        for name in names {
            let texts = try PlainUnzip.texts("\(finance)/units/\(name)-2018-10.xlsx")
            for row in payments {
                let person = try #require(row["身份证号"])
                #expect(texts.contains(person) == (row["派出单位"] == name), "\(name)")
            }
        }

        #expect(try place.command("verify", "ZC-630202-201810").exit == 0)
        let path = finance + "/" + (try #require(units(closed).first))
        let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
        try Data("changed".utf8).write(to: URL(fileURLWithPath: path))
        #expect(try place.command("verify", "ZC-630202-201810").exit == 2)
        #expect(try place.run().exit == 1)
        #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == bytes)
        try FileManager.default.removeItem(atPath: path)
        #expect(try place.run().exit == 1)
        #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == bytes)
        #expect(try place.command("verify", "ZC-630202-201810").exit == 0)
    }
}
