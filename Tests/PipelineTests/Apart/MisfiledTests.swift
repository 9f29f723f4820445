import Domain
import Foundation
import TestSupport
import Testing

/// Source: spec §11: a distributed run pays exactly what one machine pays, wherever a file lies.
@Suite("What lies in another county's folder, or in none, on machines of their own")
struct MisfiledTests {
    private static let one = SmallProvince.County(code: "630202", name: "乐都区")
    private static let two = SmallProvince.County(code: "630203", name: "平安区")
    private static let october = Period("2018-10")

    private func runs(_ one: [TestPosting], _ two: [TestPosting]) throws -> ApartRuns {
        let runs = try ApartRuns([Self.one, Self.two]) { inbox in
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

    /// A sheet of a county, wherever it lies.
    private func write(
        _ county: SmallProvince.County, _ township: String, _ rows: [TestCounty.Row], to path: String,
        time: Int = 1_541_000_000, _ runs: ApartRuns
    ) throws {
        let month = try #require(MisfiledTests.october)
        let place = "\(runs.whole.inbox)/\(path)"
        try TestCounty(code: county.code, name: county.name, postings: [])
            .writeAttendance(month, township: township, rows, to: place)
        FileTree.setModified(place, time)
    }

    /// One ledger and county by county until nothing comes back otherwise; every file is the same.
    private func run(_ runs: ApartRuns, _ step: String) throws {
        #expect(try runs.wholeRun().exit <= 1)
        try runs.twoPasses()
        try runs.settle()
        let differences = runs.differences()
        #expect(differences.isEmpty, "\(step): \(differences)")
        if !differences.isEmpty { try runs.keep(step) }
    }

    private func payments(_ runs: ApartRuns, _ county: SmallProvince.County) throws -> [[String: String]] {
        let path = "\(runs.whole.output)/2018-10/\(county.folder)/finance/payments-2018-10.csv"
        return FileManager.default.fileExists(atPath: path) ? try CSVText(path: path).rows : []
    }

    // MARK: Decisions

    @Test("whom a county's sheet names is told what others claim of him, also where his rows there were refused")
    func refused() throws {
        let first = TestPosting("李文", TestID.make(1), township: "碾伯镇", village: "大庄村")
        let second = TestPosting(
            "李海", TestID.make(2), township: "三合镇", village: "上村", account: "6228480000000000002")
        let stranger = TestPosting("吴强军", TestID.make(3), township: "碾伯镇", village: "大庄村")
        let runs = try runs([first], [second])
        try write(
            Self.one, "碾伯镇",
            [
                .init(first, present: 1...10), .init(stranger, present: 1...5),
                .init(stranger, present: 2...5),
            ], to: "\(Self.one.folder)/考勤.xlsx", runs)
        var guest = stranger
        guest.village = second.village
        try write(
            Self.two, "三合镇", [.init(second, present: 1...10), .init(guest, present: 2...5)],
            to: "\(Self.two.folder)/考勤.xlsx", runs)
        #expect(try runs.wholeRun().exit <= 1)
        let questions = try runs.questions(Self.one, "2018-10").filter { $0["B"] == "duplicate-row" }
        #expect(questions.count == 2)
        try runs.answer(questions.map { ($0, "不认可", "") }, title: "裁定表", to: "裁定.csv")
        try run(runs, "both rows refused")
        let settled = try runs.questions(Self.one, "2018-10", sheet: "已裁定").map { $0["I"] }
        #expect(settled.count == 2, "\(settled)")
    }

    @Test("a decision in another county's folder counts for the county that its title names")
    func decisions() throws {
        let first = TestPosting("李文", TestID.make(1), township: "碾伯镇", village: "大庄村")
        let second = TestPosting(
            "李海", TestID.make(2), township: "三合镇", village: "上村", account: "6228480000000000002")
        let runs = try runs([first], [second])
        var other = TestCounty.Row(first, present: 1...10)
        other.name = "王小山"
        try write(Self.one, "碾伯镇", [other], to: "\(Self.one.folder)/考勤.xlsx", runs)
        try write(Self.two, "三合镇", [.init(second, present: 1...10)], to: "\(Self.two.folder)/考勤.xlsx", runs)
        #expect(try runs.wholeRun().exit <= 1)
        let questions = try runs.questions(Self.one, "2018-10").filter { $0["B"] == "name-mismatch" }
        #expect(questions.count == 1)
        try runs.answer(
            questions.map { ($0, "认可", "") }, title: "乐都区2018年10月裁定表", to: "\(Self.two.folder)/裁定.csv")
        try run(runs, "in the other county's folder")
        #expect(try payments(runs, Self.one).map { $0["合计"] } == ["600.00"])
        // Nobody calls it stale where it lies, and it is taken back like any other.
        for county in [Self.one, Self.two] {
            #expect(try !runs.findings(county).contains { $0["代码"] == "decision-stale" }, "\(county.code)")
        }
        try runs.answer(
            questions.map { ($0, "撤销", "") }, title: "乐都区2018年10月裁定表", to: "\(Self.two.folder)/撤销.csv",
            date: "2018-12-04", time: 1_543_300_000)
        try run(runs, "taken back")
        #expect(try payments(runs, Self.one).isEmpty)
    }

    @Test(
        "random provinces: sheets and decisions that lie anywhere, about anything, come out as in one ledger",
        arguments: [3, 8])
    func anywhere(_ seed: Int) throws {
        var province = SmallProvince(seed: UInt64(seed))
        var random = SeededGenerator(UInt64(seed))
        let runs = try ApartRuns(province.counties) { try province.write(to: $0) }
        for (number, county) in runs.counties.enumerated() {
            let other = runs.counties[(number + Int.random(in: 1...2, using: &random)) % runs.counties.count]
            for period in SmallProvince.months where Bool.random(using: &random) {
                try FileManager.default.moveItem(
                    atPath: "\(runs.whole.inbox)/\(county.folder)/\(period)-川口镇.xlsx",
                    toPath: "\(runs.whole.inbox)/\(other.folder)/\(county.name)-\(period)-川口镇.xlsx")
            }
        }
        #expect(try runs.wholeRun().exit <= 1)
        var count = 0
        for (number, county) in runs.counties.enumerated() {
            for period in SmallProvince.months {
                let answers = try runs.questions(county, "\(period)").filter { $0["B"] != "closed-line-held" }.map {
                    question -> ([String: String], String, String) in
                    if question["B"] == "unknown-mark" { return (question, "改为", "出勤") }
                    let mayAccept = !(question["I"] ?? "").isEmpty && Bool.random(using: &random)
                    return (question, mayAccept ? "认可" : "不认可", "")
                }
                guard !answers.isEmpty else { continue }
                count += answers.count
                let other = runs.counties[(number + 1) % runs.counties.count]
                let folder = ["", county.folder + "/", other.folder + "/"][Int.random(in: 0..<3, using: &random)]
                let title = folder.isEmpty && Bool.random(using: &random) ? "" : county.name
                try runs.answer(
                    answers, title: "\(title)裁定表", to: "\(folder)裁定-\(county.code)-\(period).csv")
            }
        }
        #expect(count > 3)
        try run(runs, "seed \(seed)")
    }

    // MARK: Records

    @Test("a record whose ID is damaged counts in both counties of whom its own county's roster finds by name")
    func byName() throws {
        let moved = TestPosting("吴强军", TestID.make(3), township: "三合镇", village: "上村", end: "2018-10-14")
        let arrived = TestPosting("吴强军", TestID.make(3), township: "碾伯镇", village: "大庄村", start: "2018-10-15")
        let runs = try runs([arrived], [moved])
        try write(Self.one, "碾伯镇", [.init(arrived, present: 15...25)], to: "\(Self.one.folder)/考勤.xlsx", runs)
        try write(Self.two, "三合镇", [.init(moved, present: 1...14)], to: "\(Self.two.folder)/考勤.xlsx", runs)
        let wrong = String(moved.id.dropLast()) + (moved.id.last == "1" ? "2" : "1")
        try runs.whole.write(
            "\(Self.two.folder)/抽查.csv",
            "抽查记录\n日期,方式,姓名,身份证号,村,结果,检查单位\n2018-10-20,实地,吴强军,\(wrong),上村,脱岗,县委组织部\n",
            time: 1_540_500_000)
        try run(runs, "by name")
        let told = try CSVText(path: "\(runs.whole.output)/2018/\(Self.one.folder)/discipline-2018.csv").rows
        #expect(told.contains { $0["日期"] == "2018-10-20" })
    }

    // MARK: Sheets and bank returns

    @Test("sheets and bank returns in another county's folder count for their county, bytes and all")
    func sheets() throws {
        let first = TestPosting("李文", TestID.make(1), township: "碾伯镇", village: "大庄村")
        let second = TestPosting(
            "李海", TestID.make(2), township: "三合镇", village: "上村", account: "6228480000000000002")
        let runs = try runs([first], [second])
        let misfiled = "\(Self.two.folder)/碾伯镇.xlsx"
        try write(Self.one, "碾伯镇", [.init(first, present: 1...10)], to: misfiled, runs)
        try write(Self.two, "三合镇", [.init(second, present: 1...10)], to: "\(Self.two.folder)/考勤.xlsx", runs)
        // Where nothing is handed over, or the county it is for hands nothing over, that is said by name.
        let keyless = try runs.runWithoutKey(Self.two, ["--quiet"])
        #expect(keyless.error.contains(misfiled) && keyless.error.contains(Self.one.code), "\(keyless.error)")
        let told = try runs.runWithoutKey(Self.two, ["--key", runs.key])
        #expect(told.error.contains("handed over") && told.error.contains(misfiled), "\(told.error)")
        let alone = try runs.merge()
        #expect(alone.exit == 0 && alone.error.contains("hold files of \(Self.one.code)"), "\(alone.error)")
        try run(runs, "a sheet in the other county's folder")
        #expect(try payments(runs, Self.one).map { $0["合计"] } == ["600.00"])
        // Sent once more in its place; each version counts from when it came.
        try write(Self.one, "碾伯镇", [.init(first, present: 1...12)], to: misfiled, time: 1_541_100_000, runs)
        try run(runs, "a newer version")
        #expect(try payments(runs, Self.one).map { $0["合计"] } == ["720.00"])
        let whole = try runs.whole.command("close", "2018-10", "--yes", "--county", Self.one.code)
        let apart = try runs.close(Self.one, "2018-10")
        #expect(whole.exit <= 1 && apart.exit == whole.exit, "\(whole.error) \(apart.error)")
        let verified = try runs.command(Self.one, ["verify", "ZC-\(Self.one.code)-201810"])
        #expect(verified.exit == 0, "\(verified.output) \(verified.error)")
        let path = "\(Self.two.folder)/回盘.csv"
        try runs.whole.write(
            path,
            "银行回盘\n批次号,序号,姓名,身份证号,银行账号,金额,结果,原因\n"
                + "ZC-\(Self.one.code)-201810,1,\(first.name),\(first.id),\(first.account),720.00,退回,户名不符\n",
            time: 1_543_200_000)
        try run(runs, "a bank return in the other county's folder")
        let again = try CSVText(
            path: "\(runs.whole.output)/2018-11/\(Self.one.folder)/finance/payments-2018-11.csv"
        ).rows
        #expect(again.map { $0["合计"] } == ["720.00"])
    }
}

extension ApartRuns {
    /// Rows of a sheet of a county's 裁定表 as one ledger wrote it, by column.
    func questions(
        _ county: SmallProvince.County, _ period: String, sheet: String = "裁定表"
    ) throws -> [[String: String]] {
        let form = "\(whole.output)/\(period)/\(county.folder)/finance/裁定表-\(period).xlsx"
        guard FileManager.default.fileExists(atPath: form) else { return [] }
        let cells = try whole.command("inspect", form, "--cells").output.split(whereSeparator: \.isNewline).map {
            $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        }
        var rows: [Int: [String: String]] = [:]
        for cell in cells where cell.count > 3 && cell[0] == sheet {
            let column = String(cell[1].prefix { $0.isLetter })
            guard let row = Int(cell[1].dropFirst(column.count)), row > 2 else { continue }
            rows[row, default: [:]][column] = cell[3...].joined(separator: ",").replacing("\"", with: "")
        }
        return rows.sorted { $0.key < $1.key }.map(\.value)
    }

    /// Files answers to questions in the inbox.
    func answer(
        _ answers: [(question: [String: String], action: String, change: String)], title: String, to path: String,
        date: String = "2018-12-03", time: Int = 1_543_200_000
    ) throws {
        let heads = "所属期,代码,文件,工作表,单元格,姓名,身份证号,发现值,认可将付,不认可将付,处理,改为,裁定人,裁定日期,依据,证据"
        let lines = answers.map { question, action, change in
            (["A", "B", "C", "D", "E", "F", "G", "H", "I", "J"].map { question[$0] ?? "" }
                + [action, change, "王书记", date, "会议纪要", question["P"] ?? ""])
                .map { $0.contains(",") ? "\"\($0)\"" : $0 }.joined(separator: ",") + "\n"
        }
        try whole.write(path, "\(title)\n\(heads)\n" + lines.joined(), time: time)
    }

    /// `findings.csv` of the county's own output that no county's month has.
    func findings(_ county: SmallProvince.County) throws -> [[String: String]] {
        try CSVText(path: output(county) + "/findings.csv").rows
    }
}
