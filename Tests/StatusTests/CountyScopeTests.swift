import Domain
import Registers
import Testing

@testable import Stages

/// Which folders a run of one county looks into. Source: spec §11.
@Suite("The folders of one county")
struct CountyScopeTests {
    private func scope(_ code: String) throws -> CountyScope {
        let known = try [("630202", "乐都区"), ("630203", "平安区"), ("522111", "云坪区")].map { code, name in
            CountyRecord(
                code: try #require(CountyCode(code)), name: name, prefecture: "海东市", isDeepPoverty: false)
        }
        return CountyScope(county: CountyCode(code), index: CountyIndex(known))
    }

    @Test("the code before a name decides, also of a county whose name holds another's")
    func code() throws {
        let scope = try scope("522111")
        #expect(scope.holds(folder: "522111-云坪区"))
        #expect(!scope.holds(folder: "522123-长云坪区"), "known is only the one whose name it holds")
        #expect(!scope.holds(folder: "630202-乐都区/云坪区"), "the first folder that names a county")
    }

    @Test("without a code a name decides; figures that are no county's code are none")
    func names() throws {
        let scope = try scope("630203")
        #expect(scope.holds(folder: "平安区") && !scope.holds(folder: "乐都区"))
        #expect(scope.holds(folder: "201811平安区") && !scope.holds(folder: "201811乐都区"), "a month before the name")
        #expect(scope.holds(folder: "报送/2018-11") && scope.holds("花名册.xlsx"), "in no county's folder")
    }
}
