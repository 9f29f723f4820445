import Domain
import TestSupport
import Testing

@testable import Registers

@Suite("Registers by use")
struct RecordsByUseTests {
    private static let heads = ["乐都区", "民和县", "海东市", ""]
    private static let middles = ["财政局", "教育局", "局", "财政局农税站", "人民医院"]
    private static let duties = ["", "科员", "预算股股长", "农税站"]

    @Test(
        "an index of the units that decide some names answers each of them as the whole index does", arguments: 0..<40)
    func decidingUnits(_ seed: Int) {
        var random = SeededGenerator(UInt64(seed))
        let source = SourceCell(file: "名录.xlsx", sheet: "单位", address: CellAddress(row: 1, column: 0))
        func name() -> String {
            (Self.heads.randomElement(using: &random) ?? "") + (Self.middles.randomElement(using: &random) ?? "")
        }
        let units = (0..<Int.random(in: 0...8, using: &random)).map { _ in UnitRecord(name: name(), source: source) }
        let texts = (0..<Int.random(in: 0...5, using: &random)).map { _ in
            name() + (Self.duties.randomElement(using: &random) ?? "")
        }
        let whole = UnitIndex(units)
        let part = UnitIndex(whole.units(deciding: texts))
        for text in texts {
            #expect(part.unit(named: text)?.name == whole.unit(named: text)?.name, "\(text) of \(units.map(\.name))")
            for unit in units { #expect(part.isSame(text, unit.name) == whole.isSame(text, unit.name)) }
        }
    }

    @Test("a month is given its own spot checks and no training; pay is given units and no check")
    func parts() {
        let county = CountyRecord(code: CountyCode("630202")!, name: "乐都区", prefecture: "海东市", isDeepPoverty: false)
        let source = SourceCell(file: "抽查.xlsx", sheet: "抽查", address: CellAddress(row: 1, column: 0))
        var records = CountyRecords(county: county, units: [UnitRecord(name: "乐都区财政局", source: source)])
        records.spotChecks = [CivilDate(2018, 11, 30)!, CivilDate(2018, 12, 1)!].map { date in
            SpotCheckRecord(
                person: TestID.make(1), date: date, result: .absent, source: source)
        }
        let november = records.forMonth(Period("2018-11")!)
        #expect(november.spotChecks.map(\.date.iso) == ["2018-11-30"])
        #expect(november.units.isEmpty)
        #expect(records.forPay.units == records.units)
        #expect(records.forPay.spotChecks.isEmpty)
        #expect(records.years == [2018])
    }
}
