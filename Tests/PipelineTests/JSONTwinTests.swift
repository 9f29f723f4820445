import Domain
import Foundation
import TestSupport
import Testing

/// Source: spec §4: «A JSON twin (`--json`, also `--format json`) of this, of `verify`, `rehearse` …».
@Suite("What commands tell, as JSON")
struct JSONTwinTests {
    /// October of a small county, closed.
    private func place() throws -> Workplace {
        let place = try SmallCounty().place()
        try place.run()
        #expect(try place.command("close", "2018-10").exit == 0)
        return place
    }

    private struct Verified: Decodable {
        struct Batch: Decodable {
            let batch: String
            let isProven: Bool
            let lines: Int
            let problems, obstacles: [String]
        }
        let batches: [Batch]
        let unknownBatches: [String]
    }

    @Test("verify: what was looked at, batch by batch, and what does not agree; the exit code as without")
    func verify() throws {
        let place = try place()
        let json = try place.command("verify", "--json")
        let twin = try place.command("verify", "--format", "json")
        #expect(json.exit == 0 && json.output == twin.output)
        let proven = try JSONDecoder().decode(Verified.self, from: Data(json.output.utf8))
        #expect(proven.batches.map(\.batch) == ["ZC-630202-201810"] && proven.unknownBatches.isEmpty)
        #expect(proven.batches.allSatisfy { $0.isProven && $0.lines == 1 && $0.problems.isEmpty })
        let csv = place.folder("2018-10") + "/finance/payments-2018-10.csv"
        try (Data(contentsOf: URL(fileURLWithPath: csv)) + Data("x".utf8)).write(to: URL(fileURLWithPath: csv))
        let changed = try place.command("verify", "--json")
        let found = try JSONDecoder().decode(Verified.self, from: Data(changed.output.utf8))
        #expect(changed.exit == 2 && found.batches.map(\.isProven) == [false])
        #expect(found.batches.first?.problems.contains { $0.contains("payments-2018-10.csv") } == true)
        struct Kept: Decodable {
            let rows, originals, files: Int
            let problems: [String]
        }
        let all = try place.command("verify", "--all", "--json")
        let kept = try JSONDecoder().decode(Kept.self, from: Data(all.output.utf8))
        #expect(all.exit == 2 && kept.rows > 0 && kept.files > 0 && kept.problems.count == 1, "\(all.output)")
    }

    @Test("rehearse: sums, and every line that would differ")
    func rehearse() throws {
        let place = try place()
        let other = place.folder.at("seventy.yaml")
        try String(contentsOfFile: place.policy, encoding: .utf8).replacingOccurrences(
            of: "value: 60.00", with: "value: 70.00"
        ).write(toFile: other, atomically: true, encoding: .utf8)
        struct Document: Decodable {
            struct Line: Decodable { let period, residentID, current, new, difference: String }
            let months, people: Int
            let currentTotal, newTotal, difference: String
            let lines: [Line]
        }
        func rehearse(_ flags: String...) throws -> String {
            let result = try Workplace.zhucun.run(
                ["rehearse", "--policy", other, "--from", "2018-10", "--to", "2018-11", "--ledger", place.ledger]
                    + flags, in: place.folder.path)
            #expect(result.exit == 0, "\(result.error)")
            return result.output
        }
        let text = try rehearse("--json")
        #expect(try rehearse("--format", "json") == text)
        let told = try JSONDecoder().decode(Document.self, from: Data(text.utf8))
        #expect(told.months == 2 && told.people == 1)
        #expect(told.currentTotal == "2400.00" && told.newTotal == "2800.00" && told.difference == "400.00")
        #expect(
            told.lines.map(\.difference) == ["200.00", "200.00"] && told.lines.map(\.period) == ["2018-10", "2018-11"])
        #expect(told.lines.allSatisfy { $0.residentID.contains("********") })
    }

    @Test("a manifest forged together with every digest of it is found by what it says")
    func forgedManifest() throws {
        let place = try place()
        let file = place.folder("2018-10") + "/finance/manifest-2018-10.json"
        let text = try String(contentsOfFile: file, encoding: .utf8)
        let forged = text.replacingOccurrences(of: "碾伯镇2018-10.xlsx", with: "碾伯镇2018-99.xlsx")
        #expect(forged != text)
        func digest(_ text: String) -> String {
            var hash = SHA256()
            hash.update(Data(text.utf8))
            return hash.hex()
        }
        let sha256 = digest(forged)
        let kept = place.ledger + ".originals/" + sha256.prefix(2)
        try FileManager.default.createDirectory(atPath: kept, withIntermediateDirectories: true)
        for path in [file, kept + "/" + sha256] { try forged.write(toFile: path, atomically: true, encoding: .utf8) }
        let issued = place.output + "/.batches"
        try String(contentsOfFile: issued, encoding: .utf8).replacingOccurrences(of: digest(text), with: sha256).write(
            toFile: issued, atomically: true, encoding: .utf8)
        // Whoever can do this has the sums written anew as well.
        try TestLedger.execute(
            place.ledger,
            """
            DROP TRIGGER batch_is_final;
            UPDATE batch SET manifest = '\(forged.replacingOccurrences(of: "'", with: "''"))';
            UPDATE batch_file SET sha256 = '\(sha256)', size = \(forged.utf8.count) WHERE name LIKE 'manifest-%';
            DELETE FROM setting WHERE name = 'sums.columns';
            """)
        try place.run()
        #expect(try String(contentsOfFile: file, encoding: .utf8) == forged, "nothing else tells it from a true one")
        let verify = try place.command("verify")
        #expect(verify.exit == 2, "\(verify.output)\(verify.error)")
        #expect(verify.output.contains("manifest-2018-10.json comes out with other bytes"), "\(verify.output)")
    }
}
