import Domain
import Foundation
import TestSupport
import Testing

@Suite("Counties on machines of their own")
struct CountiesApartTests {
    private static let count = ProcessInfo.processInfo.environment["ZHUCUN_PROVINCES"].flatMap { Int($0) } ?? 2
    private static let first = ProcessInfo.processInfo.environment["ZHUCUN_PROVINCES_FROM"].flatMap { Int($0) } ?? 1

    @Test(
        "random provinces: by county every file comes out as in one ledger, byte for byte, those of months in two passes",
        arguments: CountiesApartTests.first..<(CountiesApartTests.first + CountiesApartTests.count))
    func provinces(_ seed: Int) throws {
        var province = SmallProvince(seed: UInt64(seed))
        let runs = try ApartRuns(province.counties) { try province.write(to: $0) }
        #expect(try runs.wholeRun().exit <= 1)
        try runs.twoPasses()
        // What is paid, and every other file of a month, is final; so are seats and the province's tables.
        let early = runs.differences().filter { !$0.contains("/年度台账-") && !$0.contains("/unit-candidates-") }
        #expect(early.isEmpty, "seed \(seed): \(early)")
        // How units and people stand in other counties follows from what those exclude in the second pass.
        try runs.settle()
        let differences = runs.differences()
        #expect(differences.isEmpty, "seed \(seed): \(differences)")
        if let kept = ProcessInfo.processInfo.environment["ZHUCUN_PROVINCES_KEEP"], !differences.isEmpty {
            try runs.whole.copy(runs.whole.output, to: kept + "/\(seed)/whole")
            for county in runs.counties {
                try runs.whole.copy(runs.output(county), to: kept + "/\(seed)/\(county.code)")
            }
            try runs.whole.copy(runs.province, to: kept + "/\(seed)/province")
            try runs.whole.copy(runs.whole.inbox, to: kept + "/\(seed)/inbox")
        }
    }

    // MARK: What may not be merged

    /// Two counties of which one person stands on both sheets.
    private func runs() throws -> ApartRuns {
        var province = SmallProvince(seed: 7, counties: 2, sharesRegisters: false)
        return try ApartRuns(province.counties) { try province.write(to: $0) }
    }

    @Test("an extract that is missing, of another day, key or policy, or without its claims is refused by name")
    func refusals() throws {
        let runs = try runs()
        let (one, two) = (runs.counties[0], runs.counties[1])
        for county in runs.counties { try runs.run(county) }
        func refuses(_ word: String, _ extracts: [String]? = nil, _ more: [String] = []) throws {
            let result = try runs.merge(extracts, more)
            #expect(result.exit == 2 && result.error.contains(word), "\(word): \(result.error)")
            #expect(FileTree(runs.province).files.isEmpty)
        }
        let first = runs.extracts.filter { $0.contains(one.code) }
        try refuses(two.code, first, ["--expect", "\(one.code),\(two.code)"])
        // Its claims are gone, or others than the extract names.
        let claims = URL(fileURLWithPath: first[0]).deletingLastPathComponent().path + "/claims-2018-11.csv"
        let kept = try Data(contentsOf: URL(fileURLWithPath: claims))
        try FileManager.default.removeItem(atPath: claims)
        try refuses("claims-2018-11.csv")
        try (kept + Data("x".utf8)).write(to: URL(fileURLWithPath: claims))
        try refuses("not of the same run")
        // The other county was run a month later, and its extract speaks of that day.
        try runs.run(one)
        try runs.run(two, ["--as-of", "2019-01-31"])
        try refuses("run the former again", runs.extracts.filter { $0.contains("-2018.json") })
        try runs.run(two)
        // Another policy, and another key.
        let policy = try String(contentsOfFile: runs.whole.policy, encoding: .utf8)
        try policy.appending("\n# 抄送\n").write(
            toFile: runs.whole.folder.at("policy.yaml"), atomically: true, encoding: .utf8)
        try runs.run(two, ["--policy", runs.whole.folder.at("policy.yaml")])
        let present = runs.extracts.filter { $0.contains("-2018.json") }
        try refuses("another policy file", present)
        try runs.whole.folder.write("other.key", String(repeating: "f", count: 40))
        let other = runs.whole.folder.at("other.key")
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: other)
        try runs.run(two, ["--key", other])
        try refuses("another key", present)
    }

    @Test(
        "a key that others may read, or that is too short, is refused; extracts without one say what was not looked for"
    )
    func keys() throws {
        let runs = try runs()
        let county = runs.counties[0]
        try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: runs.key)
        let open = try runs.run(county)
        #expect(open.exit == 2 && open.error.contains("0600"))
        try "short".write(toFile: runs.key, atomically: false, encoding: .utf8)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: runs.key)
        let short = try runs.run(county)
        #expect(short.exit == 2 && short.error.contains("32"))
        #expect(FileTree(runs.output(county)).files.isEmpty)
        let keyless = try runs.whole.run("--county", county.code)
        #expect(keyless.exit <= 1)
        let extracts = runs.whole.outputs.files.keys.filter { $0.contains("/extract-") }.map {
            runs.whole.output + "/" + $0
        }
        #expect(!runs.whole.outputs.files.keys.contains { $0.contains("/claims-") })
        let merged = try runs.merge(extracts)
        #expect(merged.exit == 0 && merged.error.contains("without a key"))
        #expect(!FileTree(runs.province).files.keys.contains { $0.contains("-for-") })
    }

    @Test("what a county hands over holds no name, no ID and no account")
    func nothingPersonal() throws {
        var province = SmallProvince(seed: 3)
        let runs = try ApartRuns(province.counties) { try province.write(to: $0) }
        for county in runs.counties { try runs.run(county) }
        try runs.merge()
        var texts = FileTree(runs.province).files.filter { $0.key.contains("-for-") }.map(\.value.bytes)
        for county in runs.counties {
            texts += FileTree(runs.output(county)).files.filter {
                $0.key.contains("/extract-") || $0.key.contains("/claims-")
            }.map(\.value.bytes)
        }
        #expect(texts.count >= 12)
        for text in texts.map({ String(decoding: $0, as: UTF8.self) }) {
            for person in province.people {
                #expect(!text.contains(person.id) && !text.contains(person.account) && !text.contains(person.name))
            }
        }
    }

    @Test("a month is not closed before the province has merged what it claims today")
    func guardOfClosing() throws {
        let runs = try runs()
        let county = runs.counties[0]
        try runs.folderPipeline()
        func close() throws -> BuiltProgram.Result { try runs.close(county, "2018-10") }
        try runs.run(county)
        try runs.run(runs.counties[1])
        let early = try close()
        #expect(early.exit == 2 && early.error.contains("was not merged"))
        try runs.merge()
        try runs.run(county, runs.back(county))
        // A township sends more; the province does not know of it.
        let path = "\(runs.whole.inbox)/\(county.folder)/补.xlsx"
        var province = SmallProvince(seed: 7, counties: 2, sharesRegisters: false)
        let rows = province.supplement(0)
        try TestCounty(code: county.code, name: county.name, postings: []).writeAttendance(
            SmallProvince.months[0], township: "川口镇", rows, to: path)
        try runs.run(county)
        let changed = try close()
        #expect(changed.exit == 2 && changed.error.contains("changed since"))
        try runs.merge()
        try runs.run(county, runs.back(county))
        let done = try close()
        #expect(done.exit == 0, "\(done.error)")
    }
}
