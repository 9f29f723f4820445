import Domain
import Testing

@Suite("Several people in one cell")
struct PeopleTextTests {
    @Test(
        "Everybody whom a cell names, and nobody twice",
        arguments: [
            ("赵海、钱江", ["赵海", "钱江"]), ("陈市长（市级） 褚县长（县级）", ["陈市长", "褚县长"]), ("王金 冯火", ["王金", "冯火"]),
            ("王 金", ["王 金"]), ("县长 李明", ["李明"]), ("县委书记李明", ["李明"]), ("水局长、副水长", ["水局长", "副水长"]),
            ("才让 多杰", ["才让多杰"]), ("才让·多杰", ["才让·多杰"]), ("马国强（县级）、韩建明，马国强", ["马国强", "韩建明"]),
            ("李明(第一书记、县长)", ["李明"]), ("John Smith", ["John Smith"]), ("", []), (" ；", []), ("陈市长", ["陈市长"]),
        ])
    func people(_ text: String, _ names: [String]) {
        #expect(PeopleText.people(text).map(\.name.key) == names.map { PersonName($0).key })
    }

    @Test("What stands in brackets behind a name is his")
    func remarks() {
        #expect(PeopleText.people("陈市长（市级） 褚县长（县级）、马某").map(\.remark) == ["市级", "县级", ""])
    }
}
