import Domain
import Reports
import Testing

@Suite("A township's digest")
struct TownshipDigestTests {
    private let period = Period(year: 2018, month: 11)!
    private let county = CountyCode("630202")!

    private func digest(_ findings: [Finding], asOf: String = "2018-12-04", due: String? = "2018-12-05") throws
        -> TownshipDigest
    {
        TownshipDigest(
            county: "样例县", township: "甲乡", period: period, asOf: try #require(CivilDate(iso: asOf)),
            due: due.flatMap { CivilDate(iso: $0) }, findings: findings)
    }

    private func cell(_ a1: String) -> CellAddress? { CellAddress(a1: a1) }

    @Test("a township that sent nothing is asked for its sheets, by the day of the calendar")
    func missing() throws {
        let finding = Finding(.missingSubmission, period: period, county: county, township: "甲乡")
        let text = try digest([finding]).text
        #expect(text.contains("没有收到考勤表") && text.contains("请在 2018-12-05 前办理"))
        #expect(try digest([finding], asOf: "2018-12-06").text.contains("报送期限 2018-12-05 已过"))
        #expect(try digest([finding], due: nil).text.contains("请尽快办理"))
    }

    @Test("a township whose file could not be read is told so, not that it sent nothing")
    func unreadFile() throws {
        let missing = Finding(.missingSubmission, period: period, county: county, township: "甲乡")
        var digest = try digest([missing])
        digest.files = [Finding(.fileDamagedContainer, file: "考勤/甲乡2018年11月考勤表.xlsx")]
        #expect(digest.text.contains("没有收到能读取的考勤表"))
        #expect(digest.text.contains("    考勤/甲乡2018年11月考勤表.xlsx：") && !digest.text.contains("另有文件"))
        var partial = try self.digest([Finding(.missingPerson, period: period, township: "甲乡", person: "样例甲")])
        partial.files = digest.files
        #expect(partial.text.contains("另有文件没有读入："))
    }

    @Test("people who are in no row are named")
    func missingPeople() throws {
        let findings = ["样例乙", "样例甲"].map {
            Finding(.missingPerson, period: period, county: county, township: "甲乡", person: $0)
        }
        let text = try digest(findings).text
        #expect(text.contains("样例乙、样例甲") || text.contains("样例甲、样例乙"))
        #expect(!text.contains("需要更正"))
    }

    @Test("findings of one cause are one problem with its cells, file by file")
    func causes() throws {
        let marks = ["E5", "F5"].map {
            Finding(
                .unknownMark, period: period, county: county, township: "甲乡", file: "考勤/甲乡.xlsx", sheet: "Sheet1",
                cell: cell($0), person: "样例甲", value: "◎", arguments: ["◎"])
        }
        let text = try digest(marks).text
        #expect(text.contains("  考勤/甲乡.xlsx [Sheet1]\r\n"))
        #expect(text.contains("1. 样例甲 E5:F5："), "\(text)")
        #expect(!text.contains("2. "))
    }

    @Test("no full personal number, whatever it stands in")
    func masked() throws {
        let finding = Finding(
            .notOnRoster, period: period, county: county, township: "甲乡", file: "630202199001011234.xlsx",
            person: "样例甲", personID: "630202199001011234", value: "630202199001011234")
        #expect(!(try digest([finding]).text.contains("630202199001011234")))
    }

    @Test("nothing to send and nothing to mend needs no digest; what only informs is nothing to mend")
    func notNeeded() throws {
        #expect(try !digest([]).isNeeded)
        let finding = Finding(.superseded, period: period, county: county, township: "甲乡")
        #expect(try !digest([finding]).isNeeded)
        // What the bank sent back is for the county's finance department.
        let returned = Finding(
            .paymentReturned, period: period, county: county, township: "甲乡", file: "回盘/8月.xlsx", person: "样例甲")
        #expect(try !digest([returned]).isNeeded)
        let missing = Finding(.missingMonth, period: period, county: county)
        #expect(try digest([missing]).isNeeded)
    }

    @Test("the name of its file")
    func name() {
        #expect(TownshipDigest.fileName(township: "甲乡", period: period) == "甲乡-通知-2018-11.txt")
    }
}
