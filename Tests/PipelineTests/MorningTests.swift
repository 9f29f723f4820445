import Domain
import Foundation
import Testing
import TestSupport

/// What the operator finds in the morning: what did not come, what changed. Source: spec §9, §10.
@Suite("The morning after")
struct MorningTests {
    private static let people = [
        TestPosting("样例甲", TestID.make(1), township: "碾伯镇", village: "东村"),
        TestPosting("样例乙", TestID.make(2), township: "高庙镇", village: "西村"),
    ]
    private static let county = TestCounty(postings: people)
    private static let november = Period(year: 2018, month: 11)!

    private func place(asOf: String = "2018-12-06") throws -> Workplace {
        let place = try Workplace(asOf: asOf)
        try Self.county.writeRegisters(to: place.inbox)
        return place
    }

    private func sheet(_ index: Int, days: Int, in place: Workplace, name: String? = nil) throws {
        let person = Self.people[index]
        try Self.county.writeAttendance(
            Self.november, township: person.township, [.init(person, present: 1...days)],
            to: place.inbox + "/" + (name ?? "\(person.township).xlsx"))
    }

    private func pipeline(_ place: Workplace, counties: String) throws -> String {
        let shipped = try String(contentsOfFile: PackageRoot.at("pipelines/nightly.yaml"), encoding: .utf8)
        let path = PackageRoot.at("pipelines")
        let text =
            shipped.replacingOccurrences(of: "policy: ", with: "policy: \(path)/")
            .replacingOccurrences(of: "forms: ", with: "forms: \(path)/")
            .replacingOccurrences(of: "regions: ", with: "regions: \(path)/")
            + "exportFolder: \(path)/exports\nexpectations: {from: 2018-10, day: 5, counties: [\(counties)]}\n"
        try place.folder.write("zhucun.yaml", text)
        return place.folder.at("zhucun.yaml")
    }

    private func changes(_ place: Workplace) throws -> [[String: String]] {
        try CSVText(path: place.output + "/changes.csv").rows
    }

    // MARK: Expected and not come

    @Test("a month nobody sent and a county without registers stand in findings, page, notice and digest")
    func expected() throws {
        let place = try place()
        try sheet(0, days: 20, in: place)
        let pipeline = try pipeline(place, counties: "630202, 630203")
        let result = try place.run("--pipeline", pipeline)
        #expect(result.exit <= 1, "\(result.error)")
        let findings = try place.findings()
        #expect(
            findings.filter { $0.row["代码"] == FindingCode.missingMonth.rawValue }.map {
                "\($0.report) \($0.row["所属期"] ?? "")"
            }
                == ["2018-10 2018-10"])
        #expect(findings.filter { $0.row["代码"] == FindingCode.missingCounty.rawValue }.map(\.report) == ["root"])
        let page = try String(contentsOfFile: place.output + "/index.html", encoding: .utf8)
        #expect(page.contains("乐都区2018年10月的考勤应在 2018-11-05 前报送") && page.contains("平安区应当参加"))
        let notice = try place.command("notice").output
        #expect(notice.contains("应报未报：") && notice.contains("乐都区2018年10月"))
        let digest = try String(
            contentsOfFile: place.folder("2018-10") + "/townships/碾伯镇-通知-2018-10.txt", encoding: .utf8)
        #expect(digest.contains("没有收到考勤表") && digest.contains("报送期限 2018-11-05 已过"))
        // Of the month that came in part, the township that sent nothing is told; the other has nothing to do.
        let townships = place.folder("2018-11") + "/townships/"
        #expect(FileManager.default.fileExists(atPath: townships + "高庙镇-通知-2018-11.txt"))
        #expect(!FileManager.default.fileExists(atPath: townships + "碾伯镇-通知-2018-11.txt"))

        // It comes, and all of it is gone.
        for person in Self.people {
            try Self.county.writeAttendance(
                Self.november.previous, township: person.township, [.init(person, present: 1...20)],
                to: place.inbox + "/\(person.township)10.xlsx")
        }
        try place.run("--pipeline", pipeline)
        #expect(try !place.findings().contains { $0.row["代码"] == FindingCode.missingMonth.rawValue })
        #expect(!FileManager.default.fileExists(atPath: place.folder("2018-10") + "/townships/碾伯镇-通知-2018-10.txt"))
    }

    @Test("a month nobody sent, after a closed one: status, page and preview name who owes it")
    func silentMonth() throws {
        let place = try place(asOf: "2019-01-06")
        for index in 0..<2 { try sheet(index, days: 20, in: place) }
        try place.run()
        #expect(try place.command("close", "2018-11", "--yes").exit == 0)
        try place.run()
        let status = try place.command("status").output
        #expect(status.contains("2018-12 630202 乐都区  submitted 0/2, missing 2"), "\(status)")
        let page = try String(contentsOfFile: place.output + "/index.html", encoding: .utf8)
        #expect(page.contains("2018年12月：2 个乡镇未报送") && !page.contains("zhucun close 2018-12"))
        let preview = try place.command("close", "2018-12", "--dry-run").output
        #expect(preview.contains("townships that sent nothing: 碾伯镇、高庙镇"), "\(preview)")
    }

    @Test("without a calendar nothing is expected")
    func notExpected() throws {
        let place = try place()
        try place.run()
        #expect(try !place.findings().contains { ($0.row["代码"] ?? "").hasPrefix("missing-m") })
    }

    // MARK: An inbox that vanished

    @Test(
        "an inbox that lost what it had stops the run with 2, nothing recomputed, until it is accepted",
        arguments: [5, 0])
    func vanished(_ left: Int) throws {
        let place = try place()
        for index in 0..<9 { try sheet(0, days: 10, in: place, name: "\(index).xlsx") }
        try place.run()
        let before = place.outputs.files
        let files = try FileManager.default.contentsOfDirectory(atPath: place.inbox).sorted()
        #expect(files.count == 12)
        for name in files.dropFirst(left) { try FileManager.default.removeItem(atPath: place.inbox + "/" + name) }
        let result = try place.run("--language", "zh")
        #expect(result.exit == 2 && result.error.contains("--accept-vanished"), "\(result.error)")
        #expect(place.outputs.files == before)
        #expect(try place.run("--accept-vanished").exit <= 1)
        // Once accepted it is what the next run sees.
        #expect(try place.run().exit <= 1)
    }

    @Test("half of ten or more may go, and so may any of fewer; an inbox empty from the start is no fault")
    func notVanished() throws {
        let place = try Workplace()
        #expect(try place.run().exit == 0)
        try Self.county.writeRegisters(to: place.inbox)
        try place.run()
        for name in ["村名录.xlsx", "派出单位名录.xlsx"] {
            try FileManager.default.removeItem(atPath: place.inbox + "/" + name)
        }
        #expect(try place.run().exit <= 1)
    }

    // MARK: What changed

    @Test(
        "the first report is all new; the same again leaves it; a new sheet is told with its file; a mended one clears")
    func changed() throws {
        let place = try place()
        try sheet(0, days: 20, in: place)
        try place.run()
        let first = try changes(place)
        #expect(first.allSatisfy { $0["变化"] == "新增" })
        #expect(
            first.filter { $0["类别"] == "金额" }.map { [$0["所属期"], $0["县区"], $0["变更前"], $0["变更后"]] } == [
                ["2018-11", "乐都区", "", "1 人 1200.00 元"]
            ])
        #expect(first.contains { $0["代码"] == "missing-submission" && $0["乡镇"] == "高庙镇" })
        #expect(try place.command("notice").output.contains("自上次报表以来"))

        let bytes = try Data(contentsOf: URL(fileURLWithPath: place.output + "/changes.csv"))
        let tree = place.outputs
        try place.run()
        #expect(try Data(contentsOf: URL(fileURLWithPath: place.output + "/changes.csv")) == bytes)
        #expect(place.outputs.files == tree.files)
        #expect(try !place.command("notice").output.contains("自上次报表以来"))

        try sheet(1, days: 5, in: place)
        try place.run()
        let second = try changes(place)
        #expect(
            second.filter { $0["类别"] == "金额" }.map { [$0["变更前"], $0["变更后"], $0["文件"]] } == [
                ["1 人 1200.00 元", "2 人 1500.00 元", "高庙镇.xlsx"]
            ])
        #expect(
            second.filter { $0["代码"] == "missing-submission" }.map { [$0["变化"], $0["乡镇"]] } == [["消除", "高庙镇"]])
        let page = try String(contentsOfFile: place.output + "/index.html", encoding: .utf8)
        #expect(page.contains("1 人 1200.00 元 → 2 人 1500.00 元（高庙镇.xlsx）"))
    }

    @Test("a correction of a closed month is told with the sheet that it comes from")
    func correctionsFile() throws {
        let place = try place(asOf: "2019-01-06")
        for index in 0..<2 { try sheet(index, days: 20, in: place) }
        try place.run()
        #expect(try place.command("close", "2018-11", "--yes").exit == 0)
        try sheet(0, days: 10, in: place, name: "碾伯镇更正.xlsx")
        for person in Self.people {
            try Self.county.writeAttendance(
                Self.november.next, township: person.township, [.init(person, present: 1...20)],
                to: place.inbox + "/\(person.township)12.xlsx")
        }
        try place.run()
        let notice = try place.command("notice").output
        #expect(notice.contains("  碾伯镇更正.xlsx 样例甲：2018年11月已关账，更正后差额 -600.00 元"), "\(notice)")
    }

    @Test("what a bank's answer changes is told with it; so are missing accounts and closed files changed by hand")
    func bankAnswerFile() throws {
        let place = try Workplace(asOf: "2019-01-06")
        let people = Self.people.map { person in
            var person = person
            person.account = ""
            return person
        }
        try TestCounty(postings: people).writeRegisters(to: place.inbox)
        for index in 0..<2 { try sheet(index, days: 20, in: place) }
        try place.run()
        let first = try place.command("notice").output
        #expect(first.contains("  缺账号、账号有误，银行发不了 2400.00 元：样例乙、样例甲"), "\(first)")
        #expect(try place.command("close", "2018-11", "--yes").exit == 0)
        for person in Self.people {
            try Self.county.writeAttendance(
                Self.november.next, township: person.township, [.init(person, present: 1...20)],
                to: place.inbox + "/\(person.township)12.xlsx")
        }
        try place.run()
        #expect(try place.command("notice").output.hasPrefix("乐都区 无法代发2400.00\n"))
        let finance = place.output + "/2018-11/630202-乐都区/finance"
        let rows = try CSVText(String(contentsOfFile: finance + "/unpayable-2018-11.csv", encoding: .utf8)).rows
        let row = try #require(rows.first)
        try place.write(
            "未付.csv",
            "银行回盘\n批次号,姓名,身份证号,金额,结果\n"
                + "\(row["批次号"] ?? ""),\(row["姓名"] ?? ""),\(row["身份证号"] ?? ""),\(row["金额"] ?? ""),未付\n",
            time: 1_546_700_000)
        let payments = finance + "/payments-2018-11.csv"
        let closed = try String(contentsOfFile: payments, encoding: .utf8)
        try closed.replacingOccurrences(of: "1200.00", with: "1300.00")
            .write(toFile: payments, atomically: true, encoding: .utf8)
        #expect(try place.run().exit == 1)
        #expect(try String(contentsOfFile: payments, encoding: .utf8) == closed)
        let amounts = try changes(place).filter { $0["类别"] == "金额" }
        #expect(amounts.map { [$0["所属期"], $0["变更后"], $0["文件"]] } == [["2018-12", "2 人 3600.00 元", "未付.csv"]])
        let notice = try place.command("notice").output
        #expect(notice.hasPrefix("乐都区") && notice.contains("关账文件被改动1"), "\(notice)")
        #expect(notice.contains("  2018-11/630202-乐都区/finance/payments-2018-11.csv"), "\(notice)")
        // It is told once.
        try place.run()
        #expect(try !place.command("notice").output.contains("被改动"))
    }

    @Test("killed before it is finished, the next run tells the same way")
    func killed() throws {
        let calm = try place()
        let hurried = try place()
        for place in [calm, hurried] {
            try sheet(0, days: 20, in: place)
            try place.run()
            try sheet(1, days: 5, in: place)
            FileTree.setModified(place.inbox + "/高庙镇.xlsx", 1_543_900_000)
        }
        try calm.run()
        // All stages but the last, then the last one whole.
        for delay in [0.05, 0.15, 0.25] {
            let running = try Workplace.zhucun.start(hurried.runArguments, in: hurried.folder.path)
            Thread.sleep(forTimeInterval: delay)
            running.killHard()
            _ = running.wait()
        }
        try hurried.run()
        #expect(try changes(hurried) == changes(calm))
    }
}
