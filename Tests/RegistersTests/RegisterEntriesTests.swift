import Domain
import TestSupport
import Testing

@testable import Registers

@Suite("Registers: which cell said what")
struct RegisterEntriesTests {
    private let county = TestRegister()
    private let code = CountyCode("630202")!

    private func field(
        _ registers: Registers, _ kind: RegisterEntry.Kind, _ title: String
    ) -> RegisterEntry.Field? {
        registers.entries[code]?.first { $0.kind == kind }?.fields.first { $0.title == title }
    }

    @Test("each field names the file and the cell that said it last, whichever list that was")
    func mergedFields() throws {
        let id = MonthFixture.id(1).text
        let registers = county.build(
            county.source("一.xlsx", 1, county.roster("张世安", id, [.rank: "科员"])),
            county.source(
                "二.xlsx", 2,
                county.roster("张世安", id, [.sendingUnit: nil, .bankAccount: "6228480000000000029"], at: 7)),
            county.source("村.xlsx", 1, county.village("大庄村", [.hardshipCategory: "三类"])))
        let rank = try #require(field(registers, .person, "职级"))
        #expect(rank.source == SourceCell(file: "一.xlsx", sheet: "S", address: county.cell(.rank, at: 2)))
        let account = try #require(field(registers, .person, "银行账号"))
        #expect(account.source == SourceCell(file: "二.xlsx", sheet: "S", address: county.cell(.bankAccount, at: 7)))
        #expect(account.text == "622848*********0029", "masked where it is kept")
        #expect(field(registers, .person, "派出单位")?.source.file == "一.xlsx", "an empty cell said nothing")
        #expect(field(registers, .posting, "驻村职务")?.source.file == "二.xlsx", "said again: the newest cell")
        #expect(field(registers, .posting, "职级") == nil, "what belongs to the person stands there alone")
        #expect(
            field(registers, .village, "艰边类别")?.source
                == SourceCell(file: "村.xlsx", sheet: "S", address: county.cell(.hardshipCategory, at: 2)))
    }

    @Test("a field that was emptied, a row that was withdrawn, come from no cell any more")
    func taken() throws {
        let id = MonthFixture.id(1).text
        let first = county.source("一.xlsx", 1, county.roster("张世安", id, [.rank: "科员"]))
        let cleared = county.build(first, county.source("二.xlsx", 2, county.roster("张世安", id, [.rank: "清空"])))
        #expect(field(cleared, .person, "职级") == nil)
        let withdrawn = county.build(
            first, county.source("二.xlsx", 2, county.roster("张世安", id, [.withdrawn: "是"])))
        #expect(withdrawn.entries[code]?.contains { $0.kind == .posting } != true)
    }
}
