import Domain
import Foundation
import Rules
import Settings
import Testing

/// What another province starts from must load, and must not pay anybody before it is filled in.
@Suite("The starter for another policy")
struct StarterPolicyTests {
    private static let path = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "pipelines/policy/starter.yaml")

    @Test("loads, and every amount in it is 0")
    func paysNothing() throws {
        let policy = try PolicyFile.policy(
            from: String(contentsOf: Self.path, encoding: .utf8), file: "starter.yaml")
        let day = try #require(CivilDate(iso: "2024-03-01"))
        #expect(policy.money(.livingStipendPerDay, on: day)?.value == .zero)
        #expect(!policy.rateTables.isEmpty)
        for table in policy.rateTables.values {
            for row in table.rows { #expect(row.rate.value == .zero, "\(row.key)") }
        }
    }

    @Test("names no clause of the policy the program was written for")
    func namesNoClause() throws {
        let text = try String(contentsOf: Self.path, encoding: .utf8)
        #expect(!text.contains("231号"))
        for line in text.split(separator: "\n") where line.contains(" source: ") {
            #expect(line.contains("待填"), "\(line)")
        }
    }

    @Test("the guide speaks of every parameter and key that a file may set")
    func guideIsWhole() throws {
        let guide = try String(
            contentsOf: Self.path.deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
                .appending(path: "docs/其他政策.md"), encoding: .utf8)
        for id in ParameterID.allCases { #expect(guide.contains("`\(id.rawValue)`"), "\(id.rawValue)") }
        let starter = try String(contentsOf: Self.path, encoding: .utf8)
        for key in RateKey.allCases { #expect(starter.contains(key.rawValue), "\(key.rawValue)") }
    }
}
