import Domain
import Foundation
import TestSupport
import Testing

/// Source: spec §8 («a closed batch keeps all it was made from»), §9 (`manifest`), §4 `explain`.
@Suite("What a closed batch says of its grounds")
struct ClosedEvidenceTests {
    private let county = SmallCounty()

    /// October closed, corrected from twenty days to twelve; its line came back from the bank.
    private func place() throws -> Workplace {
        let place = try county.place()
        try place.run()
        #expect(try place.command("close", "2018-10").exit == 0)
        try county.write(place, "2018-10", present: 1...12)
        try FileManager.default.createDirectory(
            atPath: place.inbox + "/回盘", withIntermediateDirectories: true)
        try place.write(
            "回盘/一.csv",
            """
            银行回盘
            批次号,姓名,身份证号,金额,结果,原因
            ZC-630202-201810,张世安,\(county.paid.id),1200.00,退回,户名不符

            """, time: 1_561_000_000)
        try place.run()
        return place
    }

    private struct Manifest: Decodable {
        struct Source: Decodable { let path: String }
        let sourceFiles: [Source]
    }

    private func sources(_ place: Workplace, _ period: String) throws -> [String] {
        let path = place.folder(period) + "/finance/manifest-\(period).json"
        return try JSONDecoder().decode(
            Manifest.self, from: Data(contentsOf: URL(fileURLWithPath: path))
        ).sourceFiles.map(\.path)
    }

    @Test("the manifest names the sheets behind corrections and the bank's answers behind what comes again")
    func manifest() throws {
        let place = try place()
        #expect(try place.command("close", "2018-11").exit == 0)
        let named = try sources(place, "2018-11")
        #expect(named.contains(county.path("2018-10")) && named.contains(county.path("2018-11")), "\(named)")
        #expect(named.contains("回盘/一.csv"), "\(named)")
        #expect(try !sources(place, "2018-10").contains { $0.contains("回盘") })
        #expect(try place.command("verify").exit == 0)
    }

    private struct Told: Decodable {
        struct Reply: Decodable {
            let batch, result, reason: String
        }
        let owed: String?
        let bank: [Reply]?
    }

    @Test("explain of the month worked tells what is still to be taken back, and each answer of the bank along the way")
    func explain() throws {
        let place = try place()
        // Nothing of November is left to take October's days from.
        try county.write(place, "2018-11", present: 1...1)
        try place.run()
        let text = try place.command("explain", county.paid.id, "--period", "2018-10").output
        #expect(text.contains("What the bank answered:"), "\(text)")
        #expect(text.contains("ZC-630202-201810 1200.00 returned（户名不符）"), "\(text)")
        #expect(try place.command("close", "2018-11").exit == 0)
        try place.write(
            "回盘/二.csv",
            """
            银行回盘
            批次号,姓名,身份证号,金额,结果,原因
            ZC-630202-201811,张世安,\(county.paid.id),780.00,退回,销户

            """, time: 1_562_000_000)
        try place.run()
        let again = try place.command("explain", county.paid.id, "--period", "2018-10").output
        #expect(again.contains("ZC-630202-201811 780.00 returned（销户）"), "\(again)")
    }

    @Test("where more is owed than the open month pays, explain of the month worked says how much is left")
    func owed() throws {
        let place = try county.place()
        try place.run()
        #expect(try place.command("close", "2018-10").exit == 0)
        try county.write(place, "2018-10", present: 1...12)
        try county.write(place, "2018-11", present: 1...1)
        try place.run()
        let text = try place.command("explain", county.paid.id, "--period", "2018-10").output
        #expect(text.contains("of it still to be taken back: 420.00 yuan"), "\(text)")
    }

    @Test("who stands on the newer sheet, but not at the place that was paid, is not said to be missing from it")
    func named() throws {
        let place = try county.place()
        try place.run()
        #expect(try place.command("close", "2018-10").exit == 0)
        // The roster was wrong: he was posted to the other township all the time.
        let row = "张世安,\(county.paid.id),乐都区财政局,工作队员,乐都区"
        try """
        驻村干部花名册
        姓名,身份证号,派出单位,驻村职务,县(区),乡镇,村,驻村开始日期,驻村结束日期,开户行,银行账号,作废
        \(row),雨润镇,新庄村,2018-01-01,,农业银行,6228480000000000001,
        \(row),碾伯镇,大庄村,2018-01-01,,,,是

        """.write(toFile: place.inbox + "/花名册更正.csv", atomically: true, encoding: .utf8)
        try place.run()
        let told = try place.findings().map(\.row).filter { $0["代码"] == "closed-line-held" }
        #expect(!told.isEmpty)
        #expect(told.allSatisfy { $0["说明"]?.contains("中没有此人") == false }, "\(told)")
        #expect(told.contains { $0["说明"]?.contains("中此人不在碾伯镇大庄村") == true }, "\(told)")
    }

    @Test("where the kept manifest is gone nothing is said of it but that: it is no forged one")
    func lostManifest() throws {
        let place = try place()
        let manifest = try Data(
            contentsOf: URL(fileURLWithPath: place.folder("2018-10") + "/finance/manifest-2018-10.json"))
        let originals = place.ledger + ".originals"
        let kept = try #require(FileTree(originals).files.first { $0.value.bytes == manifest }?.key)
        try FileManager.default.removeItem(atPath: originals + "/" + kept)
        let verify = try place.command("verify", "ZC-630202-201810")
        #expect(verify.exit == 2)
        #expect(verify.output.contains("ZC-630202-201810: could not be looked at"), "\(verify.output)")
        #expect(verify.output.contains("the kept original of manifest-2018-10.json"), "\(verify.output)")
        #expect(!verify.output.contains("NOT proven"), "\(verify.output)")
    }

    @Test("a forged decision form is found by what it says, whatever digests were renewed with it")
    func forgedForm() throws {
        let place = try place()
        try county.write(place, "2018-10", present: 1...20)
        // A question for the form: marks and total of November disagree.
        let name = "裁定表-2018-11.xlsx"
        try county.county.writeAttendance(
            try #require(Period("2018-11")), township: "碾伯镇",
            [.init("李云山", county.paid.id, village: "大庄村", marks: [1: "√", 2: "√"])],
            to: place.inbox + "/" + county.path("2018-11"))
        try place.run()
        #expect(try place.command("close", "2018-11").exit == 0)
        let file = place.folder("2018-11") + "/finance/" + name
        let before = try Data(contentsOf: URL(fileURLWithPath: file))
        try TestWorkbook.write([("裁定表", [["伪造"]])], to: file)
        let forged = try Data(contentsOf: URL(fileURLWithPath: file))
        func digest(_ data: Data) -> String {
            var hash = SHA256()
            hash.update(data)
            return hash.hex()
        }
        let sha256 = digest(forged)
        let kept = place.ledger + ".originals/" + sha256.prefix(2)
        try FileManager.default.createDirectory(atPath: kept, withIntermediateDirectories: true)
        try forged.write(to: URL(fileURLWithPath: kept + "/" + sha256))
        try TestLedger.execute(
            place.ledger,
            """
            UPDATE batch_file SET sha256 = '\(sha256)', size = \(forged.count) WHERE name = '\(name)';
            DELETE FROM setting WHERE name = 'sums.columns';
            """)
        let verify = try place.command("verify", "ZC-630202-201811")
        #expect(before != forged && verify.exit == 2)
        #expect(verify.output.contains("\(name) comes out with other bytes"), "\(verify.output)\(verify.error)")
    }
}
