import Domain
import TestSupport
import Testing

@testable import Matching

/// Who decides, and about whom. Source: spec §5.8.
@Suite("Nobody decides about himself")
struct DeciderTests {
    private let zhang = MonthFixture.cadre("张世安", 1, MonthFixture.posting("碾伯镇", "大庄村"))
    private let wang = MonthFixture.cadre("王永福", 2, MonthFixture.posting("碾伯镇", "新庄村"))

    private var desk: Desk {
        Desk(
            input: MonthFixture.input(
                [zhang, wang],
                [
                    MonthFixture.file(
                        "a.xlsx",
                        MonthFixture.block([MonthFixture.row("李云山", id: zhang.id.text, present: 1...4)]))
                ]))
    }

    @Test(
        "by an ID, with a role before or behind, in brackets, or as one of several",
        arguments: [
            "张世安", MonthFixture.id(1).text, "第一书记张世安", "碾伯镇东村第一书记 张世安", "张世安书记", "张世安（第一书记）", "王书记、张世安",
            "张世安，王局长", "王局长/李云山", "工作队员张世安",
        ])
    func oneself(_ decider: String) throws {
        let month = try desk.deciding(.nameMismatch, .accept, by: decider).month
        #expect(month.rows[0].isHeld)
        let finding = try #require(month.findings.first { $0.reason == .notAuthorisedDecider })
        #expect(finding.cell?.a1 == "K3")
        #expect(!finding.message(.zh).contains(zhang.id.text))
    }

    @Test("others may, whose names or roles only look alike", arguments: ["王书记", "张世", "安书记", "张世安定", "马张世安", "王永福"])
    func others(_ decider: String) throws {
        let month = try desk.deciding(.nameMismatch, .accept, by: decider).month
        #expect(!month.rows[0].isHeld)
    }

    @Test("nor may he make another's row his own by 改为")
    func change() throws {
        for decider in ["王永福", "队员王永福", wang.id.text] {
            let month = try desk.deciding(.nameMismatch, .change(wang.id.text), by: decider).month
            #expect(month.rows[0].isHeld, "\(decider)")
            #expect(month.reasons.contains(.notAuthorisedDecider), "\(decider)")
        }
        #expect(try !desk.deciding(.nameMismatch, .change(wang.id.text)).month.rows[0].isHeld)
    }

    @Test("a decider who wrote his ID is masked, and the date behind it stands")
    func masked() {
        let decision = Decision(
            evidence: "e", code: .nameMismatch, period: nil, action: .accept, decider: MonthFixture.id(9).text,
            date: CivilDate(2018, 12, 4)!, ground: "纪要",
            source: SourceCell(file: "a", sheet: "b", address: CellAddress(row: 0, column: 0)))
        #expect(decision.chinese.contains("2018-12-04"))
        #expect(IDMasking.masked(decision.chinese) == decision.chinese)
        #expect(!decision.chinese.contains(MonthFixture.id(9).text))
    }

    @Test("a row that names another person than its evidence is stale: the decider read another name")
    func anotherPerson() throws {
        for (name, id) in [("王永福", ""), ("", wang.id.text), ("李云山", wang.id.text), ("王永福", zhang.id.text)] {
            var next = try desk.deciding(.nameMismatch, .accept)
            next.input.decisions[0].person = name
            next.input.decisions[0].personID = id
            let month = next.month
            #expect(month.rows[0].isHeld, "\(name) \(id)")
            #expect(month.findings.first { $0.reason == .decisionUnfit }?.cell?.a1 == "K3", "\(name) \(id)")
        }
        var same = try desk.deciding(.nameMismatch, .accept)
        same.input.decisions[0].person = "李 云山"
        same.input.decisions[0].personID = zhang.id.text
        #expect(!same.month.rows[0].isHeld)
    }

    @Test("改为 takes the 15 digits of an ID too; of a stranger it says that the county's roster lacks him")
    func rostered() throws {
        let short = String(wang.id.text.prefix(6)) + String(wang.id.text.dropFirst(8).prefix(9))
        #expect(try desk.deciding(.nameMismatch, .change(short)).paid(wang) == 8)
        let month = try desk.deciding(.nameMismatch, .change(MonthFixture.id(77).text)).month
        let finding = try #require(month.findings.first { $0.reason == .decisionUnfit })
        #expect(finding.message(.zh).contains("不在本县区花名册上"))
    }
}
