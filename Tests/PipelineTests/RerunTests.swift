import Domain
import Foundation
import TestSupport
import Testing

@Suite("Running again")
struct RerunTests {
    @Test("nothing new changes no byte and no time; a touched file and a copy under another name change no pay")
    func nothingNew() throws {
        let place = try Workplace.month()
        #expect(try place.run().exit == 1)
        let before = place.outputs
        #expect(before.files.count > 15)
        #expect(try place.run().exit == 1, "findings stand, also when nothing is new")
        #expect(place.outputs == before)

        let file = "考勤/瞿昙镇考勤.xls"
        FileTree.setModified(place.inbox + "/" + file, 1_545_000_000)
        #expect(try place.run().exit == 1)
        #expect(place.outputs.contents == before.contents, "the same bytes again: nothing happens")

        let bytes = try Data(contentsOf: URL(fileURLWithPath: place.inbox + "/" + file))
        try bytes.write(to: URL(fileURLWithPath: place.inbox + "/考勤/另一个名字.xls"))
        #expect(try place.run().exit == 1)
        #expect(place.outputs.differences(before).allSatisfy { !$0.contains("/finance/payments") })
        #expect(try place.findings().allSatisfy { $0.row["文件"]?.contains("另一个名字") != true })
    }

    @Test("two runs of the same inbox in other places give the same bytes")
    func sameBytes() throws {
        let first = try Workplace.month()
        let second = try Workplace.month()
        try first.run("--jobs", "1")
        try second.run("--jobs", "4")
        #expect(first.outputs.contents.keys.sorted() == second.outputs.contents.keys.sorted())
        #expect(first.outputs.differences(second.outputs) == [])
    }

    @Test("outputs that were deleted or changed come back")
    func outputsComeBack() throws {
        let place = try Workplace.month()
        try place.run()
        let before = place.outputs.contents
        try FileManager.default.removeItem(atPath: place.folder("2018-11") + "/finance")
        try Data("x".utf8).write(to: URL(fileURLWithPath: place.folder("2018-11") + "/findings.csv"))
        try place.run()
        #expect(place.outputs.contents == before)
        try FileManager.default.removeItem(atPath: place.output)
        try place.run()
        #expect(place.outputs.contents == before)
    }

    @Test("only November's county is written again when one of its workbooks changes")
    func onlyWhatChanged() throws {
        let county = SmallCounty()
        let place = try county.place()
        try place.run()
        let before = place.outputs
        try county.write(place, "2018-11", present: 1...9)
        try place.run()
        let changed = place.outputs.differences(before)
        #expect(changed.contains { $0.hasPrefix("2018-11/") && $0.contains("payments-") })
        #expect(!changed.contains { $0.hasPrefix("2018-10/") })
        for (path, entry) in before.files where path.hasPrefix("2018-10/") {
            #expect(place.outputs.files[path] == entry, "\(path) was touched")
        }
    }

    @Test("overwritten in place the newer bytes count; deleted, the rows stay; put back, nothing changes")
    func overwrittenAndDeleted() throws {
        let county = SmallCounty()
        let place = try county.place()
        try place.run()
        func days() throws -> [String] {
            try place.finance("payments").filter { $0["所属期"] == "2018-11" }.map { $0["出勤天数"] ?? "" }
        }
        #expect(try days() == ["20"])
        try county.write(place, "2018-11", present: 1...8)
        try place.run()
        #expect(try days() == ["8"])
        let file = place.inbox + "/" + county.path("2018-11")
        let bytes = try Data(contentsOf: URL(fileURLWithPath: file))
        try FileManager.default.removeItem(atPath: file)
        try place.run()
        #expect(try days() == ["8"], "leaving a file out takes nothing away")
        try bytes.write(to: URL(fileURLWithPath: file))
        try place.run()
        #expect(try days() == ["8"])
    }

    @Test("as-of decides what has come: a day before, on, and after")
    func asOf() throws {
        let county = SmallCounty()
        var place = try county.place()
        for (asOf, expected, missing) in [
            ("2018-11-10", "10", false), ("2018-11-30", "20", false), ("2018-12-01", "20", true),
        ] {
            place.asOf = asOf
            try place.run()
            let paid = try place.finance("payments").filter { $0["所属期"] == "2018-11" }
            #expect(paid.map { $0["出勤天数"] ?? "" } == [expected], "\(asOf)")
            let findings = try place.findings().filter { $0.row["所属期"] == "2018-11" }
            #expect(findings.contains { $0.row["代码"] == "missing-submission" } == missing, "\(asOf)")
            #expect(findings.contains { $0.row["代码"] == "future-day" } == (asOf == "2018-11-10"))
        }
    }

    @Test("a title mended in place within twenty days pays one month, later on both; bytes that come back are newest")
    func mendedInPlace() throws {
        let county = SmallCounty()
        let place = try Workplace()
        try county.county.writeRegisters(to: place.inbox)
        try FileManager.default.createDirectory(atPath: place.inbox + "/考勤", withIntermediateDirectories: true)
        let file = place.inbox + "/考勤/碾伯镇.xlsx"
        func send(_ period: Period, day: Int) throws {
            try county.county.writeAttendance(
                period, township: "碾伯镇", [TestCounty.Row(county.paid, present: 1...9)], to: file)
            FileTree.setModified(file, 1_543_000_000 + day * 86_400)
            try place.run()
        }
        func days() throws -> [String] {
            try place.finance("payments").map { "\($0["所属期"] ?? "") \($0["出勤天数"] ?? "")" }
        }
        let november = Period(year: 2018, month: 11)!
        try send(november.previous, day: 0)
        #expect(try days() == ["2018-10 9"])
        let bytes = try Data(contentsOf: URL(fileURLWithPath: file))
        try send(november, day: 20)
        #expect(try days() == ["2018-11 9"])
        #expect(
            try place.findings().map(\.row).contains { $0["代码"] == "superseded" && $0["所属期"] == "2018-10" })
        // The first bytes with their old time: received when they came back.
        try bytes.write(to: URL(fileURLWithPath: file))
        FileTree.setModified(file, 1_543_000_000)
        try place.run()
        #expect(try days() == ["2018-10 9"])
        try send(november, day: 41)
        #expect(try days() == ["2018-10 9", "2018-11 9"], "townships reuse one name every month")
    }
}

/// Two townships, one of which never sends anything; one cadre is paid.
struct SmallCounty {
    let paid = TestPosting("张世安", TestID.make(1), township: "碾伯镇", village: "大庄村")
    let silent = TestPosting("王明华", TestID.make(2), township: "雨润镇", village: "新庄村")
    var county: TestCounty { TestCounty(postings: [paid, silent]) }

    func path(_ period: String) -> String { "考勤/碾伯镇\(period).xlsx" }

    /// With October and November, present on the first twenty days.
    func place() throws -> Workplace {
        let place = try Workplace()
        try county.writeRegisters(to: place.inbox)
        try write(place, "2018-10", present: 1...20)
        try write(place, "2018-11", present: 1...20)
        return place
    }

    /// October closed, and November sent again with other days.
    func closedWithNews() throws -> Workplace {
        let place = try place()
        try place.run()
        #expect(try place.command("close", "2018-10", "--as-of", place.asOf).exit == 0)
        try write(place, "2018-11", present: 1...7)
        return place
    }

    func write(_ place: Workplace, _ period: String, present days: ClosedRange<Int>) throws {
        try FileManager.default.createDirectory(
            atPath: place.inbox + "/考勤", withIntermediateDirectories: true)
        guard let month = Period(period) else { return }
        try county.writeAttendance(
            month, township: "碾伯镇", [TestCounty.Row(paid, present: days)], to: place.inbox + "/" + path(period))
    }
}
