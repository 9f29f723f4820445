import Domain
import Testing

@testable import Registers

@Suite("Registers: names of places as people write them")
struct PlaceNameTests {
    private let places = PlaceIndex([
        PlaceIndex.Village(township: "碾伯镇", village: "东村"), PlaceIndex.Village(township: "碾伯镇", village: "大庄村"),
        PlaceIndex.Village(township: "高庙镇", village: "东村"),
    ])

    @Test(
        "a township or village behind what it lies in, or with a remark, is itself",
        arguments: ["东村", "碾伯镇东村", "乐都区碾伯镇东村", "海东市乐都区碾伯镇东村", "东村（贫困村）", "东村村委会"])
    func villages(_ name: String) {
        #expect(places.village(named: name, in: "碾伯镇")?.village == "东村", "\(name)")
    }

    @Test("without a township the name must tell it")
    func untold() {
        #expect(places.village(named: "乐都区高庙镇东村", in: nil)?.township == "高庙镇")
        #expect(places.village(named: "东村（贫困村）", in: nil) == nil)
        #expect(places.village(named: "大庄村（贫困村）", in: nil)?.township == "碾伯镇")
        #expect(places.village(named: "西村（东村）", in: "碾伯镇") == nil, "a remark is no name")
    }

    @Test("a township behind its county")
    func townships() {
        #expect(places.township(named: "乐都区碾伯镇") == "碾伯镇")
        #expect(places.township(named: "新碾伯镇") == nil)
    }

    @Test("a county behind its prefecture and province; a name that only ends like one is none")
    func counties() {
        let index = CountyIndex([
            CountyRecord(code: CountyCode("630202")!, name: "乐都区", prefecture: "海东市", isDeepPoverty: false),
            CountyRecord(code: CountyCode("630203")!, name: "平安区", prefecture: "海东市", isDeepPoverty: false),
        ])
        for name in ["海东市乐都区", "青海省海东市乐都区", "乐都区"] {
            #expect(index.code(named: name)?.text == "630202", "\(name)")
        }
        #expect(index.code(named: "新乐都区") == nil)
    }
}
