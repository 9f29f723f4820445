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
        #expect(text.contains("  要改：甲乡（3 项，暂缓 2 行）"))
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
        #expect(NightNotice(months: [], refused: [], changes: ["x"]).text() == "有变化\n\n自上次报表以来：\n  x")
    }

    @Test("what came back from banks and what is to be taken back is told, with its batches, and stands in the subject")
    func money() throws {
        let money = NightNotice.Money(
            county: "样例县", outstanding: .yuan(600), dueAgain: .yuan(1740), batchesAgain: ["ZC-630202-201809"],
            unanswered: .yuan(22260), batchesUnanswered: ["ZC-630202-201810"])
        let text = NightNotice(months: [try month(11)], money: [money], refused: []).text()
        #expect(text.hasPrefix("样例县 待扣回600.00 待重发1740.00\n"))
        #expect(text.contains("  样例县：待扣回 600.00 元"))
        #expect(text.contains("待重发 1740.00 元（ZC-630202-201809）"))
        #expect(text.contains("  样例县：未回盘 22260.00 元（ZC-630202-201810）"))
        // A bank that has not answered yet is no matter of its own.
        let waiting = NightNotice.Money(county: "样例县", unanswered: .yuan(1), batchesUnanswered: ["ZC"])
        #expect(NightNotice(months: [], money: [waiting], refused: []).text().hasPrefix("没有问题\n"))
    }

    @Test("money that no bank could pay and nobody spoke of stays a matter, with what to do")
    func unpayable() throws {
        let money = NightNotice.Money(
            county: "样例县", unpayable: .yuan(1560), batchesUnpayable: ["ZC-630202-201810"])
        let text = NightNotice(months: [], money: [money], refused: []).text()
        #expect(text.hasPrefix("样例县 无法代发1560.00\n"))
        #expect(text.contains("银行无法代发 1560.00 元（ZC-630202-201810）：没有付的在银行回盘表里报“未付”"))
    }

    @Test("blank days and missing accounts of an open month are told, and call nobody by themselves")
    func toldOnly() throws {
        var month = try month(11)
        month.toCheck = ["甲乡", "乙镇"]
        month.unpayable = ["样例甲"]
        month.unpayableTotal = .yuan(60)
        let text = NightNotice(months: [month], refused: [], changes: ["x"]).text()
        #expect(text.hasPrefix("有变化\n"))
        #expect(text.contains("  请核对空白的日子：甲乡、乙镇\n  缺账号、账号有误，银行发不了 60.00 元：样例甲"))
        #expect(NightNotice(months: [month], refused: []).text().hasPrefix("没有问题\n"))
    }

    @Test("a file of a closed month that somebody changed is told first, and stands in the subject")
    func restored() {
        let text = NightNotice(months: [], refused: [], restored: ["2018-11/样例县/finance/a.csv"]).text()
        #expect(text.hasPrefix("关账文件被改动1\n\n已关账的文件缺失或被改动，已按关账时留存的放回（1 个），请查明是谁改的：\n  2018-11"))
    }

    @Test("a correction of a closed month is told with township, person and amount")
    func corrections() throws {
        let period = try #require(Period(year: 2018, month: 10))
        let finding = Finding(
            .closedLineChanged, period: period, township: "甲乡", person: "样例甲", personID: "630202199001011234",
            arguments: ["2018年10月", "-600.00", "-10", "2018年11月"])
        let text = NightNotice(months: [], corrections: [finding], refused: [], changes: ["x"]).text()
        #expect(text.hasPrefix("关账后有更正\n"))
        #expect(text.contains("甲乡 样例甲：2018年10月已关账，更正后差额 -600.00 元（-10 天）列入2018年11月。"))
        #expect(!text.contains("630202199001011234"))
        // It waits for the next closing: no matter of every night.
        #expect(NightNotice(months: [], corrections: [finding], refused: []).text().hasPrefix("没有问题\n"))
        var held = finding
        held.reason = .closedLineHeld
        #expect(NightNotice(months: [], corrections: [held], refused: []).text().hasPrefix("关账后有更正\n"))
    }

    @Test("what was not used for want of authority is counted and its files are named")
    func notAuthorised() {
        let findings = ["F2", "F3"].map {
            Finding(
                .notAuthorisedRegister, file: "名录/花名册.xlsx", sheet: "Sheet1", cell: CellAddress(a1: $0),
                arguments: ["银行账号", "组织部"])
        }
        let text = NightNotice(months: [], refused: [], notAuthorised: findings).text()
        #expect(text.hasPrefix("无权2\n"))
        #expect(text.contains("无权而没有采用（2 处，1 个文件") && text.contains("名录/花名册.xlsx [Sheet1] F2:F3"))
    }

    @Test("a county without registers is no month that nobody sent")
    func missingCounty() throws {
        let finding = Finding(.missingCounty, arguments: ["样例县"])
        #expect(NightNotice(months: [], refused: [], expected: [finding]).text().hasPrefix("未报名录1\n"))
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
