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
        if !differences.isEmpty { try runs.keep("\(seed)") }
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

    @Test("a batch of a county apart is proven from what it kept, other counties' registers and claims among it")
    func verified() throws {
        var province = SmallProvince(seed: 2)
        let runs = try ApartRuns(province.counties) { try province.write(to: $0) }
        try runs.folderPipeline()
        try runs.twoPasses()
        for county in runs.counties {
            let closed = try runs.close(county, "2018-10")
            #expect(closed.exit == 0, "\(closed.error)")
            let verified = try runs.command(county, ["verify", "ZC-\(county.code)-201810"])
            #expect(verified.exit == 0, "\(verified.output) \(verified.error)")
        }
    }

    @Test("copies that lost their times are paid as the originals were, by a list of when each was received")
    func received() throws {
        let county = TestCounty(postings: [TestPosting("张世安", TestID.make(1), township: "碾伯镇", village: "大庄村")])
        let month = try #require(Period("2018-11"))
        var pays: [Data] = []
        for isCopy in [false, true] {
            let place = try Workplace()
            try county.writeRegisters(to: place.inbox)
            var list = "path,sha256,time\r\n"
            for (name, days, second) in [("乙.xlsx", 1...20, 0), ("甲.xlsx", 1...7, 60)] {
                try county.writeAttendance(
                    month, township: "碾伯镇", [.init(county.postings[0], present: days)], to: place.inbox + "/" + name)
                FileTree.setModified(place.inbox + "/" + name, 1_543_600_000 + (isCopy ? 0 : second))
                let digest = SHA256.hex(try Data(contentsOf: URL(fileURLWithPath: place.inbox + "/" + name)))
                list += "\(name),\(digest),2018-12-01T01:4\(6 + second / 60):40+08:00\r\n"
            }
            list += "村名录.xlsx,\(String(repeating: "0", count: 64)),2018-12-01T01:46:40+08:00\r\n"
            try place.folder.write("received.csv", list)
            let result = isCopy ? try place.run("--received", place.folder.at("received.csv")) : try place.run()
            #expect(result.exit <= 1)
            if isCopy { #expect(result.error.contains("村名录.xlsx")) }
            let path = try #require(place.outputs.files.keys.first { $0.hasSuffix("payments-2018-11.csv") })
            pays.append(place.outputs.files[path]?.bytes ?? Data())
        }
        #expect(pays[0] == pays[1])
        #expect(String(decoding: pays[0], as: UTF8.self).contains(",420.00,"))
    }

    @Test("a country: its sums, then a row a province, its prefectures and counties, by the names that ship")
    func country() throws {
        let month = try #require(Period("2018-11"))
        let counties = [
            TestCounty(postings: [TestPosting("张世安", TestID.make(1), township: "碾伯镇", village: "大庄村")]),
            TestCounty(
                code: "620123", name: "榆中县",
                postings: [
                    TestPosting("马成", TestID.make(2), unit: "榆中县财政局", township: "城关镇", village: "上村"),
                    TestPosting("王成", TestID.make(3), unit: "榆中县财政局", township: "城关镇", village: "下村"),
                ]),
        ]
        let runs = try ApartRuns(counties.map { SmallProvince.County(code: $0.code, name: $0.name) }) { inbox in
            for county in counties {
                let folder = "\(inbox)/\(county.code)-\(county.name)"
                try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
                try county.writeRegisters(to: folder)
                let rows = county.postings.map { TestCounty.Row($0, present: 1...20) }
                try county.writeAttendance(
                    month, township: county.postings[0].township, rows, to: "\(folder)/考勤.xlsx")
            }
        }
        for county in runs.counties { #expect(try runs.run(county).exit <= 1) }
        let merged = try runs.merge()
        #expect(merged.exit == 0, "\(merged.error)")
        let rows = try CSVText(path: runs.province + "/2018/province/training-coverage-2018.csv").rows
        #expect(rows[0]["名称"] == "全国" && rows[0]["驻村干部数"] == "3")
        let provinces = rows.filter { $0["层级"] == "省" }
        #expect(provinces.map { $0["名称"] } == ["甘肃省", "青海省"])
        #expect(provinces.map { $0["驻村干部数"] } == ["2", "1"])
        let plans = ["省级计划", "市级计划", "县级计划"]
        for plan in plans {
            #expect(
                rows[0][plan].flatMap { Int($0) } == provinces.compactMap { $0[plan].flatMap { Int($0) } }.reduce(0, +))
        }
        // Those of which nothing came stand there by name.
        #expect(rows.contains { $0["名称"] == "皋兰县" && $0["状态"] == "未报" })
    }
}
