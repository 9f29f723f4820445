import Domain
import Stages
import TestSupport
import Testing

/// Source: spec §4 `explain` («every payable … day with file, sheet, cell»), §7 M5.
@Suite("A stated total, explained")
struct ExplainedTotalTests {
    private let county = SequenceWorld.counties[0]
    private let world = SequenceWorld()

    @Test("the days that it stands for are told one by one, with the row that states it and the rate")
    func days() throws {
        let office = try SequenceOffice(acceptsTotals: true)
        try office.write("\(county.text)/村名录.csv", world.villageRegister(0))
        try office.write("\(county.text)/花名册.csv", world.roster(0))
        let month = SequenceWorld.months[0]
        try office.write(
            "\(county.text)/十月.csv",
            world.attendance(
                SequenceWorld.Place(county: 0, index: 0), month, [0: SequenceWorld.Row(total: 3)]))
        try office.run()
        let told = try #require(
            ExplainStage(office.context()).explain(SequenceWorld.id(0).text, period: month).first)
        #expect(told.reading.days.map(\.date.day) == [1, 2, 3])
        #expect(told.reading.days.allSatisfy { $0.counted == "yes" && $0.file.hasSuffix("十月.csv") && !$0.cell.isEmpty })
        #expect(told.reading.rates.contains { $0.value == "60.00" })
        let text = told.text(.zh)
        #expect(text.contains("2018-10-01 · 按合计天数 计1天"), "\(text)")
        #expect(told.text(.en).contains("2018-10-01 · total 1 day"))
    }
}
