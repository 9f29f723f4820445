import Domain
import Foundation
import TestSupport
import Testing

/// Two counties with two closed-able months each, every county's files in a folder of its own.
struct TwoCounties {
    let place: Workplace
    let first = TestCounty(
        postings: [
            TestPosting("张世安", TestID.make(1), township: "碾伯镇", village: "大庄村"),
            TestPosting("王明华", TestID.make(2), township: "雨润镇", village: "新庄村"),
        ])
    let second = TestCounty(
        code: "630222", name: "民和县",
        postings: [TestPosting("马文海", TestID.make(3), unit: "民和县教育局", township: "川口镇", village: "史纳村")])

    static let periods = ["2018-10", "2018-11"]

    init(asOf: String = "2018-12-05") throws {
        place = try Workplace(asOf: asOf)
        for county in [first, second] {
            try FileManager.default.createDirectory(atPath: folder(county), withIntermediateDirectories: true)
            try county.writeRegisters(to: folder(county))
            for period in TwoCounties.periods { try write(county, period, days: 1...20) }
        }
    }

    func folder(_ county: TestCounty) -> String { "\(place.inbox)/\(county.code)-\(county.name)" }

    /// One workbook a township.
    func write(_ county: TestCounty, _ period: String, days: ClosedRange<Int>) throws {
        guard let month = Period(period) else { return }
        for posting in county.postings {
            try county.writeAttendance(
                month, township: posting.township, [TestCounty.Row(posting, present: days)],
                to: "\(folder(county))/\(posting.township)\(period).xlsx")
        }
    }

    /// What one more night makes again: results and reports by name, and files by path; none of it in the first run.
    func night(_ place: Workplace? = nil) throws -> Night {
        let place = place ?? self.place
        let before = place.outputs
        let arguments = place.runArguments.filter { $0 != "--quiet" } + ["--verbose"]
        let run = try Workplace.zhucun.run(arguments, in: place.folder.path)
        #expect(run.exit <= 1, "\(run.error)")
        let after = place.outputs
        return Night(
            made: Set(
                run.error.split(separator: "\n").compactMap { $0.split(separator: " made ").dropFirst().first }
                    .map(String.init)),
            changed: after.differences(before),
            touched: Set(after.files.keys).filter { after.files[$0] != before.files[$0] }.sorted())
    }

    struct Night {
        /// `month/630202/2018-11`, `files/finance/630202/2018-11` …
        var made: Set<String>
        var changed: [String]
        /// Paths whose bytes or time are not as before.
        var touched: [String]

        func made(_ kinds: String...) -> [String] {
            made.filter { name in kinds.contains { name.hasPrefix($0 + "/") } }.sorted()
        }
    }
}

@Suite("What one edit does again")
struct ExactChangeTests {
    /// Results of reading and computing, without reports.
    private static let results = ["register", "month", "pay", "year"]

    private func results(_ night: TwoCounties.Night) -> [String] {
        ExactChangeTests.results.flatMap { night.made($0) }
    }

    /// The reports of a month.
    private func reports(_ night: TwoCounties.Night) -> [String] {
        night.made("files/finance", "files/findings", "files/notices", "files/returns")
    }

    @Test("the first night makes every result once")
    func firstNight() throws {
        let night = try TwoCounties().night()
        #expect(
            results(night) == [
                "register/630202", "register/630222", "month/630202/2018-10", "month/630202/2018-11",
                "month/630222/2018-10", "month/630222/2018-11", "pay/630202/2018-10", "pay/630202/2018-11",
                "pay/630222/2018-10", "pay/630222/2018-11", "year/630202/2018", "year/630222/2018",
            ])
        #expect(night.changed == night.touched)
    }

    @Test("nothing new makes nothing")
    func nothingNew() throws {
        let counties = try TwoCounties()
        _ = try counties.night()
        let night = try counties.night()
        #expect(night.made == [])
        #expect(night.touched == [])
    }

    @Test("a roster of one county is that county's alone")
    func rosterOfOneCounty() throws {
        let counties = try TwoCounties()
        _ = try counties.night()
        let more = TestPosting("李春梅", TestID.make(4), township: "碾伯镇", village: "大庄村")
        try counties.first.writeRoster(
            counties.first.postings + [more], to: counties.folder(counties.first) + "/花名册补充.xlsx")
        let night = try counties.night()
        #expect(
            results(night) == [
                "register/630202", "month/630202/2018-10", "month/630202/2018-11", "pay/630202/2018-10",
                "pay/630202/2018-11", "year/630202/2018",
            ])
        #expect(night.touched.contains("2018-11/630202-乐都区/findings.csv"))
        #expect(night.touched.filter { $0.contains("630222") } == [])
        #expect(night.changed == night.touched)
    }

    @Test("a unit nobody here belongs to changes no result and no file but the page that counts what came in")
    func unitOfNobody() throws {
        let counties = try TwoCounties()
        _ = try counties.night()
        try TestWorkbook.write(
            [("单位", [["派出单位名录"], ["单位编码", "单位", "层级"], ["D900", "玉树州水利局", "市"]])],
            to: counties.place.inbox + "/派出单位名录补充.xlsx")
        let night = try counties.night()
        #expect(results(night) == [])
        #expect(reports(night) == [])
        #expect(night.touched == ["index.html"])
    }

    @Test("a training list is the year's alone")
    func trainingList() throws {
        let counties = try TwoCounties()
        _ = try counties.night()
        try TestWorkbook.write(
            [
                (
                    "培训",
                    [
                        ["乐都区驻村干部培训名册"], ["培训班", "主办单位", "级别", "开始日期", "姓名", "身份证号", "结果"],
                        [
                            "一期", "乐都区委组织部", "县", "2018-11-05", .text(counties.first.postings[0].name),
                            .text(counties.first.postings[0].id), "合格",
                        ],
                    ]
                )
            ], to: counties.folder(counties.first) + "/培训.xlsx")
        let night = try counties.night()
        #expect(results(night) == ["register/630202", "year/630202/2018"])
        #expect(reports(night) == [])
        #expect(
            night.touched.filter { $0.contains("/") }
                == night.touched.filter { $0.hasPrefix("2018/630202-乐都区/") || $0.hasPrefix("2018/province/") })
        #expect(night.changed == night.touched)
    }

    @Test("a new day on which nothing falls due makes no month, no pay and no year")
    func newDay() throws {
        var counties = try TwoCounties()
        _ = try counties.night()
        var place = counties.place
        place.asOf = "2018-12-06"
        let night = try counties.night(place)
        #expect(results(night) == [])
        #expect(reports(night) == [])
        #expect(night.changed == ["index.html"])

        counties = try TwoCounties(asOf: "2019-02-05")
        _ = try counties.night()
        place = counties.place
        place.asOf = "2019-02-06"
        let later = try counties.night(place)
        #expect(results(later) == [])
        #expect(later.made("files/year", "files/province") == [])
        #expect(later.touched.filter { $0.contains("/") } == [])

        // The same as of a ledger that saw only that day; what differs since the last report is of the way.
        let cold = try TwoCounties(asOf: "2019-02-06")
        _ = try cold.night()
        let differing = cold.place.outputs.differences(place.outputs)
        #expect(Set(differing).isSubset(of: ["index.html", "changes.csv"]), "\(differing)")
    }

    @Test("the first of a month makes the present year again, whose ledger tells of the month before")
    func newMonth() throws {
        let counties = try TwoCounties(asOf: "2019-02-28")
        _ = try counties.night()
        var place = counties.place
        place.asOf = "2019-03-01"
        let night = try counties.night(place)
        #expect(night.made("files/year") == ["files/year/630202/2019", "files/year/630222/2019"])
        #expect(night.touched.filter { $0.hasPrefix("2018") } == [])
    }

    @Test("one sheet is one month of one county")
    func oneSheet() throws {
        let counties = try TwoCounties()
        _ = try counties.night()
        try counties.write(counties.first, "2018-11", days: 1...9)
        let night = try counties.night()
        #expect(results(night) == ["month/630202/2018-11", "pay/630202/2018-11", "year/630202/2018"])
        #expect(
            reports(night) == [
                "files/finance/630202/2018-11", "files/findings/630202/2018-11", "files/notices/630202/2018-11",
                "files/returns/630202/2018-11",
            ])
        #expect(
            night.touched.filter { $0.contains("/") }.allSatisfy {
                $0.hasPrefix("2018-11/630202-乐都区/") || $0.hasPrefix("2018/630202-乐都区/")
            })
        #expect(night.changed == night.touched)
    }

    @Test("a month that was closed computes the month that carries its corrections, and no other")
    func oneClosedMonthMore() throws {
        let counties = try TwoCounties()
        _ = try counties.night()
        let close = try counties.place.command("close", "2018-10", "--county", "630202")
        #expect(close.exit == 0, "\(close.error)")
        let night = try counties.night()
        #expect(results(night) == [], "closing has computed what it means for the open month")
        #expect(night.touched.filter { $0.contains("630222") || $0.hasPrefix("2018-11") } == [])

        // With a closed month behind it, a sheet of the open one still computes the open one alone.
        try counties.write(counties.first, "2018-11", days: 1...9)
        let sheet = try counties.night()
        #expect(results(sheet) == ["month/630202/2018-11", "pay/630202/2018-11", "year/630202/2018"])
    }
}
