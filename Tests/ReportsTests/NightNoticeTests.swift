import Domain
import Reports
import Testing

@Suite("What the operator is told of a night")
struct NightNoticeTests {
    private func month(
        _ month: Int, held: Int = 0, missing: [String] = [], toMend: [NightNotice.Township] = [], county: String = "样例县"
    ) throws -> NightNotice.Month {
        NightNotice.Month(
            period: try #require(Period(year: 2018, month: month)), county: county, people: 99, paid: .yuan(5000),
            heldRows: held, pending: .yuan(300), missing: missing, toMend: toMend)
    }

    @Test("the subject names county, month, held rows and missing townships, and is short")
    func subject() throws {
        let notice = NightNotice(months: [try month(11, held: 18, missing: ["甲乡", "乙镇"])], refused: [])
        let lines = notice.text().split(separator: "\n")
        #expect(lines.first == "样例县 2018-11 暂缓18 缺报2")
        #expect((lines.first?.utf8.count ?? 99) + "[驻村] ".utf8.count <= 45)
        #expect(notice.text().contains("2018-11 样例县：计发 99 人 5000.00 元，暂缓 18 行（待核 300.00 元）"))
        #expect(notice.text().contains("  未报：甲乡、乙镇"))
    }

    @Test("months with nothing to do are not told, the latest come first")
    func order() throws {
        let notice = NightNotice(
            months: [try month(10, held: 1), try month(11), try month(12, missing: ["甲乡"])], refused: [])
        let text = notice.text()
        #expect(text.hasPrefix("样例县 暂缓1 缺报1\n"))
        #expect(!text.contains("2018-11"))
        let first = try #require(text.firstRange(of: "2018-12"))
        let second = try #require(text.firstRange(of: "2018-10"))
        #expect(first.lowerBound < second.lowerBound)
    }

    @Test("townships that have something to mend are named with how much")
    func toMend() throws {
        let township = NightNotice.Township(name: "甲乡", standing: 3, heldRows: 2)
        let text = NightNotice(months: [try month(11, held: 2, toMend: [township])], refused: []).text()
        #expect(text.contains("  要改：甲乡（3 处，暂缓 2 行）"))
    }

    @Test("refused files are named with what to do, long numbers masked")
    func refused() throws {
        let finding = Finding(.fileEncrypted, file: "考勤/630202199001011234.xlsx")
        let text = NightNotice(months: [], refused: [finding]).text()
        #expect(text.hasPrefix("未读文件1\n"))
        #expect(text.contains(FindingMasking.masked(finding).advice(.zh)))
        #expect(!text.contains("630202199001011234"))
    }

    @Test("a night with nothing to do says so; changes are told all the same")
    func quiet() throws {
        #expect(NightNotice(months: [try month(11)], refused: []).text() == "没有问题")
        #expect(NightNotice(months: [], refused: [], changes: ["x"]).text() == "没有问题\n\n自上次报表以来：\n  x")
    }

    @Test("what was expected and did not come is told, and stands in the subject")
    func expected() throws {
        let period = try #require(Period(year: 2018, month: 10))
        let finding = Finding(.missingMonth, period: period, arguments: ["样例县", "2018年10月", "2018-11-05"])
        let text = NightNotice(months: [], refused: [], expected: [finding]).text()
        #expect(text.hasPrefix("整月未报1\n"))
        #expect(text.contains("应报未报：\n  样例县2018年10月的考勤应在 2018-11-05 前报送"))
    }

    @Test("several counties are counted")
    func counties() throws {
        let notice = NightNotice(
            months: [try month(11, held: 1), try month(11, held: 2, county: "另一县")], refused: [])
        #expect(notice.text().hasPrefix("2个县区 2018-11 暂缓3\n"))
    }
}
