import Domain
import Foundation
import TestSupport
import Testing

/// Source: spec §8, `policy-changed` and `zhucun policy --adopt`.
@Suite("A policy file adopted on the command line")
struct PolicyAdoptionTests {
    /// October closed at 60 yuan; then a run with a file that says 70.
    private func place() throws -> Workplace {
        var place = try SmallCounty().place()
        try place.run()
        #expect(try place.command("close", "2018-10").exit == 0)
        let text = try String(contentsOfFile: place.policy, encoding: .utf8)
        place.policy = place.folder.at("seventy.yaml")
        try text.replacingOccurrences(of: "value: 60.00", with: "value: 70.00").write(
            toFile: place.policy, atomically: true, encoding: .utf8)
        #expect(try place.run().exit == 1, "it stands until somebody decides")
        return place
    }

    private struct Preview: Decodable {
        struct Adoption: Decodable {
            var people: Int
            var net: String
        }
        var adoption: Adoption
        var adopted: Bool
    }

    private func preview(_ text: String) throws -> Preview {
        try JSONDecoder().decode(Preview.self, from: Data(text.utf8))
    }

    @Test("shown first, refused without a reason, then on record: statement, manifest and explain name who and why")
    func adopted() throws {
        let place = try place()
        func carried() throws -> [[String: String]] {
            try CSVText(path: place.folder("2018-11") + "/finance/payments-2018-11.csv").rows.filter {
                $0["原所属期"] == "2018-10"
            }
        }
        #expect(try carried().isEmpty)
        #expect(try place.findings().contains { $0.row["代码"] == "policy-changed" && $0.row["所属期"] == "2018-11" })
        let before = place.outputs
        let look = try place.command("policy", "--adopt", place.policy, "--dry-run")
        #expect(look.exit == 0 && look.output.contains("1 person in closed months, net 200.00 yuan"), "\(look.output)")
        let json = try place.command("policy", "--adopt", place.policy, "--dry-run", "--json")
        let shown = try preview(json.output)
        #expect(shown.adoption.people == 1 && shown.adoption.net == "200.00" && !shown.adopted)
        let unreasoned = try place.command("policy", "--adopt", place.policy, "--yes")
        #expect(unreasoned.exit == 64 && unreasoned.error.contains("--reason"), "\(unreasoned.error)")
        #expect(place.outputs == before)
        let adopted = try place.command(
            "policy", "--adopt", place.policy, "--reason", "省里发文调整标准", "--yes", "--format", "json")
        #expect(try adopted.exit == 0 && preview(adopted.output).adopted, "\(adopted.error)")
        try place.run()
        #expect(try carried().map { $0["合计"] } == ["200.00"])
        #expect(try !place.findings().contains { $0.row["代码"] == "policy-changed" })
        let papers = try XLSXTexts.texts(below: place.folder("2018-11") + "/finance") { $0.contains("发放表") }
        #expect(papers.count == 1 && papers.values.allSatisfy { $0.contains("省里发文调整标准") })
        let manifest = try String(
            contentsOfFile: place.folder("2018-11") + "/finance/manifest-2018-11.json", encoding: .utf8)
        #expect(manifest.contains("省里发文调整标准"))
        let explained = try place.command("explain", TestID.make(1).text, "--period", "2018-10")
        #expect(explained.output.contains("省里发文调整标准"), "\(explained.output)\(explained.error)")
        #expect(try place.command("close", "2018-11").exit == 0)
        let verify = try place.command("verify")
        #expect(verify.exit == 0, "\(verify.output)")
    }

    @Test("close with another policy file than the last run's is refused, and changes nothing")
    func otherFile() throws {
        let place = try place()
        let before = place.outputs
        let close = try place.command(
            "close", "2018-11", "--policy", PackageRoot.at("pipelines/policy/qinghai-2018-231.yaml"))
        #expect(close.exit == 2, "\(close.output)")
        #expect(place.outputs == before)
    }

    @Test("a ledger older than the output: every command names the batch that it does not know")
    func olderLedger() throws {
        let place = try SmallCounty().place()
        try place.run()
        #expect(try place.command("close", "2018-10").exit == 0)
        #expect(try place.command("backup", "--to", place.folder.at("backup")).exit == 0)
        #expect(try place.command("close", "2018-11").exit == 0)
        try FileManager.default.removeItem(atPath: place.folder.at("ledger"))
        #expect(try place.command("restore", "--from", place.folder.at("backup")).exit == 0)
        let verify = try place.command("verify")
        #expect(verify.exit == 2)
        for result in [verify, try place.run(), try place.command("close", "2018-11")] {
            #expect(result.exit == 2)
            let said = result.error
            #expect(said.contains("ZC-630202-201811") && said.contains("older than the output"), "\(said)")
        }
    }
}
