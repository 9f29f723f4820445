import Domain
import Foundation
import TestSupport
import Testing

@Suite("What counties and their province hand each other, damaged on the way")
struct DamagedExchangeTests {
    /// Merged once; the first county has not taken in what came back.
    private func merged() throws -> ApartRuns {
        var province = SmallProvince(seed: 4)
        let runs = try ApartRuns(province.counties) { try province.write(to: $0) }
        for county in runs.counties { #expect(try runs.run(county).exit <= 1) }
        #expect(try runs.merge().exit == 0)
        return runs
    }

    private func text(_ path: String) throws -> String { try String(contentsOfFile: path, encoding: .utf8) }

    private func put(_ text: String, _ path: String) throws {
        try text.write(toFile: path, atomically: true, encoding: .utf8)
    }

    /// The text with the first place where a pattern stands changed.
    private func changed(_ text: String, _ pattern: String, to new: String) throws -> String {
        let range = try #require(text.range(of: pattern, options: .regularExpression), "\(pattern)")
        return text.replacingCharacters(in: range, with: new)
    }

    @Test("claims, records and quotas that were cut, flipped, forged or doubled are refused by name; nothing changes")
    func handBacks() throws {
        let runs = try merged()
        let county = runs.counties[0]
        let before = FileTree(runs.output(county), without: ["metrics.prom"]).contents
        func refuses(_ kind: String, _ ending: String, _ name: String, _ damaged: (String) throws -> String) throws {
            let path = runs.given(kind, county, ending)
            let whole = try text(path)
            let damage = try damaged(whole)
            #expect(damage != whole, "\(name)")
            try put(damage, path)
            let result = try runs.run(county, runs.back(county))
            #expect(result.exit == 2 && result.error.contains("\(kind)-for-\(county.code)"), "\(name): \(result.error)")
            #expect(FileTree(runs.output(county), without: ["metrics.prom"]).contents == before, "\(name)")
            try put(whole, path)
        }
        func claims(_ name: String, _ damaged: (String) throws -> String) throws {
            try refuses("claims", "csv", name, damaged)
        }
        let lines = { (text: String) in text.components(separatedBy: "\r\n") }
        try claims("header only") { lines($0).prefix(2).joined(separator: "\r\n") + "\r\n" }
        try claims("cut in a line") { String($0.dropLast(40)) }
        try claims("a line cut out") { (lines($0).dropLast(2) + [""]).joined(separator: "\r\n") }
        try claims("a line doubled") { $0 + lines($0)[2] + "\r\n" }
        try claims("a mask") { try changed($0, ",[0-9a-f]{7}[1-9a-f],", to: ",00000000,") }
        try claims("no hexadecimal") { try changed($0, ",[0-9a-f]{8},", to: ",zzzz9bd5,") }
        try claims("a month that is none") { try changed($0, "\n2018-1[01],", to: "\n2018-13,") }
        try claims("what was merged") { try changed($0, "\"period\":\"2018-11\"", to: "\"period\":\"2018-12\"") }
        try refuses("records", "json", "sealed rows") { try changed($0, "\"rows\":\"[A-Za-z]", to: "\"rows\":\"+") }
        try refuses("records", "json", "cut") { String($0.dropLast(9)) }
        try refuses("quotas", "json", "seats") { try changed($0, "\"seats\":\\[", to: "\"seats\":[1") }
        let after = try runs.run(county, runs.back(county))
        #expect(after.exit <= 1, "\(after.error)")
    }

    @Test("forged figures are refused by name, whoever made the digest")
    func figures() throws {
        let runs = try merged()
        let county = runs.counties[0]
        let path = runs.given("quotas", county, "json")
        let whole = try text(path)
        func forge(_ pattern: String, _ new: String, _ path: String, _ whole: String) throws {
            let body = "{" + (try changed(whole, #"^\{"sha256":"[0-9a-f]{64}","#, to: ""))
            let forged = try changed(body, pattern, to: new)
            let digest = SHA256.hex(Data(forged.utf8))
            try put("{\"sha256\":\"\(digest)\"," + forged.dropFirst(), path)
        }
        try forge("\"seats\":\\[", "\"seats\":[-", path, whole)
        let quotas = try runs.run(county, runs.back(county))
        #expect(quotas.exit == 2 && quotas.error.contains("cannot be"), "\(quotas.error)")
        try put(whole, path)
        let extract = try #require(runs.extracts.first { $0.contains(county.code) })
        let own = try text(extract)
        for (pattern, new) in [
            ("\"presentHalfDays\":", "\"presentHalfDays\":9"), ("\"headcount\":", "\"headcount\":-"),
            ("\"cadres\":", "\"cadres\":-"),
        ] {
            try forge(pattern + "(?=[1-9])", new, extract, own)
            let merge = try runs.merge()
            #expect(merge.exit == 2 && merge.error.contains(county.code), "\(pattern): \(merge.error)")
        }
        // A flip that the digest tells.
        try put(try changed(own, "\"rows\":\"[A-Za-z]", to: "\"rows\":\"+"), extract)
        let flipped = try runs.merge()
        #expect(flipped.exit == 2 && flipped.error.contains("is damaged") && flipped.error.contains(county.code))
        try put(own, extract)
        #expect(try runs.merge().exit == 0)
    }

    @Test("closing asks whether what came back is whole, not what its header says")
    func guardOfClosing() throws {
        let runs = try merged()
        let county = runs.counties[0]
        try runs.folderPipeline()
        #expect(try runs.run(county, runs.back(county)).exit <= 1)
        // Kept as a program before this one took it: a header that names every month, and no line below it.
        let payload = try text(runs.given("claims", county, "csv")).components(separatedBy: "\r\n").prefix(2)
        try runs.execute(
            county, "UPDATE handed_back SET payload = ? WHERE kind = 'claims'",
            Data((payload.joined(separator: "\r\n") + "\r\n").utf8))
        let closed = try runs.close(county, "2018-10")
        #expect(closed.exit == 2 && closed.error.contains("claims-for-\(county.code)"), "\(closed.error)")
    }

    @Test("a county of which one year's extract is missing is refused by county and year")
    func year() throws {
        var province = SmallProvince(seed: 4)
        let runs = try ApartRuns(province.counties, asOf: "2019-01-10") { try province.write(to: $0) }
        for county in runs.counties { #expect(try runs.run(county).exit <= 1) }
        #expect(runs.extracts.count == 6)
        let county = runs.counties[1]
        let part = runs.extracts.filter { !($0.contains("/\(county.code)/") && $0.contains("extract-2018")) }
        #expect(part.count == 5)
        let codes = runs.counties.map(\.code).joined(separator: ",")
        for flags in [["--expect", codes], []] {
            let merged = try runs.merge(part, flags)
            #expect(
                merged.exit == 2 && merged.error.contains(county.code) && merged.error.contains("2018"),
                "\(merged.error)")
            #expect(FileTree(runs.province).files.isEmpty)
        }
    }

    @Test("the merge's folder holds what this merge made: what a county left out got before is gone")
    func leftOut() throws {
        let runs = try merged()
        let county = runs.counties[2]
        func given(_ code: String) -> [String] {
            FileTree(runs.province).files.keys.filter { $0.contains("-for-\(code)") }.sorted()
        }
        #expect(given(county.code).count == 3)
        let rest = runs.extracts.filter { !$0.contains("/\(county.code)/") }
        #expect(try runs.merge(rest).exit == 0)
        #expect(given(county.code).isEmpty)
        #expect(given(runs.counties[0].code).count == 3)
        // Nothing else that lies there is touched.
        try put("x", runs.province + "/for-counties/说明.txt")
        #expect(try runs.merge().exit == 0)
        #expect(given(county.code).count == 3)
        #expect(FileManager.default.fileExists(atPath: runs.province + "/for-counties/说明.txt"))
    }

    @Test("a run with what came back and without --key says by which key it reads it")
    func key() throws {
        let runs = try merged()
        let county = runs.counties[0]
        let result = try runs.runWithoutKey(county, runs.back(county))
        #expect(result.exit <= 1)
        #expect(result.error.contains(runs.key) && result.error.contains("fingerprint"), "\(result.error)")
    }
}
