import Domain
import Foundation
import TestSupport
import Testing

@Suite("County by county")
struct PartitionTests {
    private let ledu = TestCounty(postings: [
        TestPosting("张世安", TestID.make(1), township: "碾伯镇", village: "大庄村"),
        TestPosting("王明华", TestID.make(2), township: "雨润镇", village: "新庄村"),
    ])
    private let pingan = TestCounty(
        code: "630203", name: "平安区",
        postings: [
            TestPosting("李世英", TestID.make(3), unit: "平安区财政局", township: "平安镇", village: "上村"),
            // Named by a sheet of the other county too.
            TestPosting("赵成林", TestID.make(4), unit: "平安区财政局", township: "平安镇", village: "下村"),
        ])

    private func place() throws -> Workplace {
        let place = try Workplace()
        let month = try #require(Period("2018-11"))
        for county in [ledu, pingan] {
            let folder = place.inbox + "/\(county.code)-\(county.name)"
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            try county.writeRegisters(to: folder)
            for township in Set(county.postings.map(\.township)).sorted() {
                let rows = county.postings.filter { $0.township == township }.map {
                    TestCounty.Row($0, present: 1...20)
                }
                try county.writeAttendance(month, township: township, rows, to: folder + "/\(township).xlsx")
            }
        }
        return place
    }

    @Test("--county gives a county the same finance files as the whole run")
    func partition() throws {
        let whole = try place()
        #expect(try whole.run().exit <= 1)
        for county in [ledu, pingan] {
            let part = try place()
            #expect(try part.run("--county", county.code).exit <= 1)
            let name = "\(county.code)-\(county.name)"
            let finance = part.outputs.files.keys.filter { $0.contains("/finance/") }
            #expect(!finance.isEmpty)
            #expect(finance.allSatisfy { $0.contains(name) })
            for path in whole.outputs.files.keys where path.contains(name) && path.contains("/finance/") {
                #expect(part.outputs.files[path]?.bytes == whole.outputs.files[path]?.bytes, "\(path)")
            }
        }
    }

    @Test("extracts of counties give the province's tables that the whole run gives, and hold no personal data")
    func extracts() throws {
        let whole = try place()
        try whole.run()
        var extracts: [String] = []
        var places: [Workplace] = []
        for county in [ledu, pingan] {
            let part = try place()
            try part.run("--county", county.code)
            for (path, entry) in FileTree(part.output).files
            where path.contains("extract-") && path.contains(county.code) {
                extracts.append(part.output + "/" + path)
                let text = String(decoding: entry.bytes, as: UTF8.self)
                for posting in county.postings {
                    #expect(!text.contains(posting.name))
                    #expect(!text.contains(posting.id))
                    #expect(!text.contains(posting.account))
                }
            }
            places.append(part)
        }
        #expect(extracts.count >= 2)
        let province = try Workplace()
        let result = try Workplace.zhucun.run(
            ["province"] + extracts.sorted() + ["--output", province.output, "--policy", province.policy],
            in: province.folder.path)
        #expect(result.exit == 0, "\(result.error)")
        let wanted = whole.outputs.files.keys.filter { $0.contains("/province/") && $0.hasSuffix(".csv") }
        #expect(!wanted.isEmpty)
        for path in wanted {
            #expect(province.outputs.files[path]?.bytes == whole.outputs.files[path]?.bytes, "\(path)")
        }
        withExtendedLifetime(places) {}
    }

    @Test("a person present in two counties on one day is paid in neither; either county's sheet may come later, or go")
    func doublePresence() throws {
        let place = try place()
        let month = try #require(Period("2018-11"))
        func days() throws -> String? {
            try place.finance("payments").first { $0["姓名"] == "赵成林" }?["出勤天数"]
        }
        func sendSheet(naming guests: [TestCounty.Row]) throws {
            try ledu.writeAttendance(
                month, township: "碾伯镇", [.init(ledu.postings[0], present: 1...20)] + guests,
                to: place.inbox + "/630202-乐都区/碾伯镇.xlsx")
            try place.run()
        }
        try place.run()
        #expect(try days() == "20")
        // The second county's person is marked in a village of the first, after both were computed.
        try sendSheet(naming: [.init("赵成林", TestID.make(4).text, village: "大庄村", marks: [5: "√", 25: "√"])])
        #expect(try days() == "19")
        let codes = try place.findings().filter { $0.row["姓名"] == "赵成林" }.map { $0.row["代码"] ?? "" }
        #expect(codes.filter { $0 == "double-presence" }.count == 2)
        let before = place.outputs
        try place.run()
        #expect(place.outputs == before)
        try sendSheet(naming: [.init("赵成林", TestID.make(4).text, village: "大庄村", marks: [25: "√"])])
        #expect(try days() == "20")
        try sendSheet(naming: [.init("赵成林", TestID.make(4).text, village: "大庄村", marks: [6: "√", 7: "√"])])
        #expect(try days() == "18")
        try sendSheet(naming: [])
        #expect(try days() == "20")
    }

    @Test("counties run apart: their claims show who was in two of them, also whom only one roster knows")
    func doublePresenceOfExtracts() throws {
        let month = try #require(Period("2018-11"))
        var extracts: [String] = []
        let key = try TemporaryFolder()
        try key.write("province.key", String(repeating: "0123456789abcdef", count: 2))
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: key.at("province.key"))
        var places: [Workplace] = []
        for county in [ledu, pingan] {
            let part = try place()
            try ledu.writeAttendance(
                month, township: "碾伯镇",
                [
                    .init(ledu.postings[0], present: 1...20),
                    .init("赵成林", TestID.make(4).text, village: "大庄村", marks: [5: "√", 25: "√"]),
                ], to: part.inbox + "/630202-乐都区/碾伯镇.xlsx")
            try part.run("--county", county.code, "--key", key.at("province.key"))
            extracts += FileTree(part.output).files.keys.filter {
                $0.contains("extract-") && $0.contains(county.code)
            }.map { part.output + "/" + $0 }
            places.append(part)
        }
        let province = try Workplace()
        let result = try Workplace.zhucun.run(
            ["province"] + extracts.sorted() + ["--output", province.output, "--policy", province.policy],
            in: province.folder.path)
        #expect(result.exit == 0, "\(result.error)")
        let file = try #require(province.outputs.files.first { $0.key.contains("double-presence-2018") })
        let text = String(decoding: file.value.bytes, as: UTF8.self)
        #expect(text.contains("2018-11-05"))
        #expect(!text.contains("2018-11-25"))
        withExtendedLifetime((places, key)) {}
    }

    @Test("a shipped county that sent attendance and no register goes by its name")
    func attendanceOnly() throws {
        let place = try place()
        let month = try #require(Period("2018-11"))
        let third = TestCounty(
            code: "630224", name: "化隆回族自治县",
            postings: [TestPosting("马某", TestID.make(9), township: "群科镇", village: "上滩村")])
        let folder = place.inbox + "/630224-化隆回族自治县"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try third.writeAttendance(
            month, township: "群科镇", [.init(third.postings[0], present: 1...3)], to: folder + "/群科镇.xlsx")
        #expect(try place.run().exit == 1)
        let coverage = try #require(
            place.outputs.files.first { $0.key.contains("province/training-coverage-2018") })
        let text = String(decoding: coverage.value.bytes, as: UTF8.self)
        #expect(text.contains(",630224,化隆回族自治县,"))
        #expect(!text.contains(",630224,630224,"))
    }
}
