import Domain
import Foundation
import TestSupport
import Testing

@Suite("A county's new name, on machines of their own")
struct RenamedCountyTests {
    @Test("a name that one county's register gives is known to all: what others say of it, and rows they have for it")
    func renamed() throws {
        var province = SmallProvince(seed: 4)
        let runs = try ApartRuns(province.counties) { try province.write(to: $0) }
        let (one, two) = (runs.counties[0], runs.counties[1])
        let inbox = runs.whole.inbox
        try TestWorkbook.write(
            [("名录", [["县区名录"], ["代码", "县(区)", "市(州)"], [.text(two.code), "河阳市", "海东市"]])],
            to: "\(inbox)/\(two.folder)/县区名录.xlsx")
        // Another county's list speaks of its places by that name.
        try TestWorkbook.write(
            [
                (
                    "经费",
                    [
                        ["工作经费拨付表"], ["年度", "县(区)", "乡镇", "村", "金额", "资金来源", "拨付日期"],
                        ["2018", "河阳市", "川口镇", "上村", "10000", "县级", "2018-11-02"],
                    ]
                )
            ], to: "\(inbox)/\(one.folder)/工作经费.xlsx")
        for path in ["\(two.folder)/县区名录.xlsx", "\(one.folder)/工作经费.xlsx"] {
            FileTree.setModified("\(inbox)/\(path)", 1_543_000_000)
        }
        #expect(try runs.wholeRun().exit <= 1)
        try runs.twoPasses()
        try runs.settle()
        let differences = runs.differences()
        #expect(differences.isEmpty, "\(differences)")
        let funds = runs.whole.outputs.files.first { $0.key.hasSuffix("\(two.code)-河阳市/work-funds-2018.csv") }
        let text = String(decoding: try #require(funds).value.bytes, as: UTF8.self)
        #expect(text.contains("10000.00"))
    }
}
