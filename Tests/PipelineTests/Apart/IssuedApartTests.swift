import Domain
import Foundation
import TestSupport
import Testing

@Suite("What one county issued and another county reads, on machines of their own")
struct IssuedApartTests {
    private static let one = SmallProvince.County(code: "630202", name: "乐都区")
    private static let two = SmallProvince.County(code: "630203", name: "平安区")

    private struct Sheet {
        let county: SmallProvince.County
        let township: String
        let rows: [TestCounty.Row]
        var name = "考勤"
        var time = 1_541_000_000
        var month = "2018-10"
    }

    private func write(_ sheets: [Sheet], _ runs: ApartRuns) throws {
        for sheet in sheets {
            let month = try #require(Period(sheet.month))
            let path = "\(runs.whole.inbox)/\(sheet.county.folder)/\(sheet.name).xlsx"
            try TestCounty(code: sheet.county.code, name: sheet.county.name, postings: [])
                .writeAttendance(month, township: sheet.township, sheet.rows, to: path)
            FileTree.setModified(path, sheet.time)
        }
    }

    private func runs(
        _ one: [TestPosting], _ two: [TestPosting], policy: String = ""
    ) throws -> ApartRuns {
        let runs = try ApartRuns([Self.one, Self.two], policy: policy) { inbox in
            for (county, postings) in [(Self.one, one), (Self.two, two)] {
                let folder = "\(inbox)/\(county.folder)"
                try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
                try TestCounty(code: county.code, name: county.name, postings: postings).writeRegisters(to: folder)
                for path in FileTree(folder).files.keys { FileTree.setModified("\(folder)/\(path)", 1_540_000_000) }
            }
        }
        try runs.folderPipeline()
        return runs
    }

    /// One ledger and county by county until nothing comes back otherwise; every file is the same.
    private func run(_ runs: ApartRuns, _ step: String) throws {
        #expect(try runs.wholeRun().exit <= 1)
        try runs.twoPasses()
        try runs.settle()
        let differences = runs.differences()
        #expect(differences.isEmpty, "\(step): \(differences)")
    }

    private func close(_ county: SmallProvince.County, _ runs: ApartRuns, _ month: String = "2018-10") throws {
        let whole = try runs.whole.command("close", month, "--yes", "--county", county.code)
        #expect(whole.exit <= 1, "\(whole.error)")
        let apart = try runs.close(county, month)
        let batch = "ZC-\(county.code)-\(month.filter { $0 != "-" })"
        #expect(apart.exit == whole.exit, "\(apart.error)")
        for (command, result) in [
            ("one ledger", try runs.whole.command("verify", batch)),
            ("by county", try runs.command(county, ["verify", batch])),
        ] { #expect(result.exit == 0, "\(command): \(result.output) \(result.error)") }
    }

    private func held(_ runs: ApartRuns, _ county: SmallProvince.County) throws -> [[String: String]] {
        try CSVText(path: "\(runs.whole.output)/2018-10/\(county.folder)/finance/held-2018-10.csv").rows
    }

    @Test("a name and account that one county issued to under another ID is held in the other county, either way")
    func otherID() throws {
        let account = "6228480000000000123"
        let first = TestPosting("吴强军", TestID.make(1), township: "碾伯镇", village: "大庄村", account: account)
        let second = TestPosting("吴强军", TestID.make(2), township: "三合镇", village: "上村", account: account)
        let other = TestPosting("李海", TestID.make(3), township: "三合镇", village: "上村", account: "6228480000000000124")
        let runs = try runs([first], [second, other])
        try write(
            [
                Sheet(county: Self.one, township: "碾伯镇", rows: [.init(first, present: 1...10)]),
                Sheet(
                    county: Self.two, township: "三合镇",
                    rows: [.init(second, present: 5...15), .init(other, present: 1...20)]),
            ], runs)
        try run(runs, "both open")
        #expect(try held(runs, Self.two).isEmpty)
        try close(Self.one, runs)
        // Nothing new came but the other county's batch.
        try run(runs, "one closed")
        let rows = try held(runs, Self.two)
        #expect(rows.map { $0["原因"] } == ["issued-under-other-id"])
        #expect(rows.map { $0["姓名"] } == ["吴强军"])
        try close(Self.two, runs)
        try run(runs, "both closed")
    }

    @Test("days that the other county's reading alone claims are not taken back, and settled between the counties")
    func settlement() throws {
        let id = TestID.make(1)
        let first = TestPosting("吴强军", id, township: "碾伯镇", village: "大庄村")
        let second = TestPosting("吴强军", id, township: "三合镇", village: "上村")
        let runs = try runs([first], [second])
        try write([Sheet(county: Self.one, township: "碾伯镇", rows: [.init(first, present: 1...10)])], runs)
        try run(runs, "one county")
        try close(Self.one, runs)
        // The closed county mends its sheet; the other one's sheet comes late.
        let absent = TestCounty.Row(
            first.name, first.id, village: first.village,
            marks: Dictionary(uniqueKeysWithValues: (1...10).map { ($0, "旷") }))
        try write(
            [
                Sheet(county: Self.one, township: "碾伯镇", rows: [absent], name: "更正", time: 1_541_400_000),
                Sheet(
                    county: Self.two, township: "三合镇", rows: [.init(second, present: 3...12)], time: 1_541_400_000),
            ], runs)
        try run(runs, "late")
        let settled = try CSVText(
            path: "\(runs.whole.output)/2018-10/\(Self.two.folder)/finance/县际结算-2018-10.csv"
        ).rows
        #expect(settled.map { $0["天数"] } == ["8"])
        try close(Self.two, runs)
        try run(runs, "both closed")
    }

    @Test("a posting that comes to share a month whose allowances the other county issued waits with its part")
    func sharedAllowances() throws {
        let first = TestPosting("吴强军", TestID.make(1), township: "碾伯镇", village: "大庄村")
        let second = TestPosting("吴强军", TestID.make(1), township: "三合镇", village: "上村")
        let other = TestPosting("李海", TestID.make(3), township: "三合镇", village: "上村")
        let subsidy = """

            rateTables:
              townshipSubsidy:
                title: 乡镇工作补贴
                unit: 元/人·月
                source: 样例
                keys: [cadre.role]
                rows: [{key: [工作队员], from: 2018-10-01, value: 310.00}]

            """
        let runs = try runs([first], [other], policy: subsidy)
        try write(
            [
                Sheet(county: Self.one, township: "碾伯镇", rows: [.init(first, present: 1...10)]),
                Sheet(county: Self.two, township: "三合镇", rows: [.init(other, present: 1...20)]),
            ], runs)
        try run(runs, "before")
        try close(Self.one, runs)
        let folder = "\(runs.whole.inbox)/\(Self.two.folder)"
        try TestCounty(code: Self.two.code, name: Self.two.name, postings: [other, second]).writeRegisters(to: folder)
        for path in FileTree(folder).files.keys where !path.contains("考勤") {
            FileTree.setModified("\(folder)/\(path)", 1_541_400_000)
        }
        try run(runs, "shared")
        let told = try CSVText(path: "\(runs.whole.output)/2018-10/\(Self.two.folder)/findings.csv").rows
            .filter { $0["代码"] == "already-issued" }
        #expect(told.map { $0["姓名"] } == ["吴强军"], "\(told)")
        try close(Self.two, runs)
        try run(runs, "both closed")
        let paid = try CSVText(
            path: "\(runs.whole.output)/2018-10/\(Self.two.folder)/finance/payments-2018-10.csv"
        ).rows
        #expect(paid.map { $0["姓名"] } == ["李海"])
        // The first county takes its part back with its next month; then the second owes the other.
        try write(
            [
                Sheet(
                    county: Self.one, township: "碾伯镇", rows: [.init(first, present: 1...10)], name: "考勤11",
                    time: 1_543_600_000, month: "2018-11")
            ], runs)
        try run(runs, "november came")
        try close(Self.one, runs, "2018-11")
        try run(runs, "taken back")
        let adjusted = try CSVText(
            path: "\(runs.whole.output)/2018-11/\(Self.two.folder)/finance/payments-2018-11.csv"
        ).rows
        #expect(adjusted.map { $0["姓名"] } == ["吴强军"])
        #expect(adjusted.map { $0["合计"] } == ["155.00"])
    }
}
