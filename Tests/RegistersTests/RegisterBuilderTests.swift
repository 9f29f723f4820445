import Domain
import TestSupport
import Testing

@testable import Registers

@Suite("Registers: upserts by their natural key")
struct RegisterBuilderTests {
    private let rules = RegisterRules(asOf: CivilDate(2018, 12, 5)!)
    private let ledu = CountyRecord(
        code: CountyCode("630202")!, name: "乐都区", prefecture: "海东市", isDeepPoverty: false)

    private func row(
        _ form: FormID, _ texts: [FieldID: String], dates: [FieldID: String] = [:], flags: [FieldID: Bool] = [:],
        amounts: [FieldID: Int] = [:], counts: [FieldID: Int] = [:], numbers: Set<FieldID> = [], isHeld: Bool = false,
        at index: Int = 2, title: String = ""
    ) -> FormRow {
        var fields = FieldMap<SubmittedField>()
        func put(_ field: FieldID, _ value: FieldValue, _ sent: String) {
            fields[field] = SubmittedField(
                value: value, cell: CellAddress(row: index, column: fields.count + 1), asSent: sent,
                isNumber: numbers.contains(field))
        }
        for (field, text) in texts.sorted(by: { $0.key < $1.key }) { put(field, .text(text), text) }
        for (field, text) in dates { CivilDate(iso: text).map { put(field, .date($0), text) } }
        for (field, flag) in flags { put(field, .flag(flag), flag ? "是" : "否") }
        for (field, amount) in amounts { put(field, .amount(Fen(amount)), String(amount)) }
        for (field, count) in counts { put(field, .count(count), String(count)) }
        return FormRow(
            form: form, sheet: "S", cell: CellAddress(row: index, column: 0), fields: fields,
            context: title.isEmpty ? [] : [ContextText(kind: .title, text: title)], isHeld: isHeld,
            blankCells: texts[.bankAccount] == nil ? [.bankAccount: CellAddress(row: index, column: 12)] : [:])
    }

    private func roster(
        _ name: String, _ id: String, village: String = "大庄村", start: String = "2018-01-01", end: String? = nil,
        account: String? = "622848000000000001", county: String = "乐都区", numbers: Set<FieldID> = [], at index: Int = 2
    ) -> FormRow {
        var texts: [FieldID: String] = [
            .name: name, .residentID: id, .sendingUnit: "区财政局", .postingRole: "第一书记", .county: county,
            .township: "碾伯镇", .village: village,
        ]
        texts[.bankAccount] = account
        var dates: [FieldID: String] = [.startDate: start]
        dates[.endDate] = end
        return row(.roster, texts, dates: dates, numbers: numbers, at: index)
    }

    private func source(_ path: String, _ time: Int, current: Bool = true, _ rows: FormRow...) -> RegisterSource {
        RegisterSource(order: FileOrder(modified: time, path: path, arrival: time), isCurrent: current, rows: rows)
    }

    private func build(_ sources: RegisterSource...) -> Registers {
        RegisterBuilder.build(sources, regions: [ledu], rules: rules)
    }

    private func cadres(_ registers: Registers) -> [Cadre] { registers.counties[ledu.code]?.cadres ?? [] }
    private func reasons(_ registers: Registers) -> [FindingReason] { registers.findings.map(\.reason) }

    @Test("a newer roster row of the same key replaces, what it leaves out stays")
    func upsert() {
        let one = MonthFixture.id(1).text
        let two = MonthFixture.id(2).text
        let registers = build(
            source("新.xlsx", 2, roster("张世安", one, end: "2018-11-20")),
            source("旧.xlsx", 1, roster("张世安", one), roster("王明华", two, village: "新庄村", at: 3)))
        #expect(cadres(registers).map(\.id.text).sorted() == [one, two].sorted())
        let zhang = cadres(registers).first { $0.id.text == one }
        #expect(zhang?.postings.map(\.end) == [CivilDate(2018, 11, 20)])
    }

    @Test("another village or start date is another posting of the same person")
    func secondPosting() {
        let id = MonthFixture.id(1).text
        let registers = build(
            source(
                "a.xlsx", 1, roster("张世安", id, end: "2018-11-14"),
                roster("张世安", id, village: "新庄村", start: "2018-11-15", at: 3)))
        #expect(cadres(registers)[0].postings.map(\.village) == ["大庄村", "新庄村"])
    }

    @Test("accounts: missing, too short, stored as a number")
    func accounts() {
        let id = { MonthFixture.id($0).text }
        let registers = build(
            source(
                "a.xlsx", 1, roster("甲一", id(1), account: nil), roster("乙二", id(2), account: "12345678901", at: 3),
                roster("丙三", id(3), account: "123456789012", at: 4),
                roster("丁四", id(4), account: "123456789012345678901", at: 5),
                roster("戊五", id(5), account: "1234567890123456789012", at: 6),
                roster("己六", id(6), account: "6228480000000000", numbers: [.bankAccount], at: 7)))
        #expect(
            reasons(registers) == [
                .bankAccountMissing, .bankAccountInvalid, .bankAccountInvalid, .bankAccountPrecisionLost,
            ])
    }

    @Test("a roster row that cannot be used is held, and remembered")
    func heldRows() {
        let id = MonthFixture.id(1).text
        let wrong = String(id.dropLast()) + (id.hasSuffix("1") ? "2" : "1")
        let registers = build(
            source(
                "a.xlsx", 1, roster("甲一", wrong), roster("乙二", id, numbers: [.residentID], at: 3),
                roster("丙三", "", at: 4), roster("丁四", MonthFixture.id(4).text, end: "2017-12-31", at: 5)))
        #expect(
            reasons(registers) == [.idInvalidRegister, .idPrecisionLostRegister, .valueBlank, .dateRangeReversed])
        #expect(cadres(registers).isEmpty)
        #expect(registers.heldRosterRows[ledu.code]?.map(\.name.display).sorted() == ["丁四", "丙三", "乙二", "甲一"])
    }

    @Test("a record of a person whose roster row is held names that row")
    func dependsOnHeldRow() throws {
        let id = MonthFixture.id(1).text
        let wrong = String(id.dropLast()) + (id.hasSuffix("1") ? "2" : "1")
        let honour = row(
            .honours, [.name: "甲一", .residentID: id, .level: "省", .honour: "先进个人", .county: "乐都区"],
            dates: [.date: "2018-11-05"])
        let registers = build(source("r.xlsx", 1, roster("甲一", wrong, at: 6)), source("h.xlsx", 1, honour))
        let finding = try #require(registers.findings.first { $0.reason == .notOnRoster })
        #expect(finding.arguments[0].contains("r.xlsx S!A7"))
    }

    @Test("fifteen digits on the roster are made eighteen and match eighteen elsewhere")
    func upgradedRoster() {
        let full = MonthFixture.id(1).text
        let fifteen = String(full.prefix(6)) + String(full.dropFirst(8).dropLast())
        let registers = build(source("a.xlsx", 1, roster("张世安", fifteen)))
        #expect(cadres(registers).map(\.id.text) == [full])
        #expect(reasons(registers) == [.idUpgraded])
    }

    @Test("a county that nobody knows is said; one coded in a village register is known")
    func counties() {
        let unknown = build(source("a.xlsx", 1, roster("张世安", MonthFixture.id(1).text, county: "新设县")))
        #expect(reasons(unknown) == [.unknownCounty])
        let untold = build(source("a.xlsx", 1, roster("张世安", MonthFixture.id(1).text, county: "")))
        #expect(reasons(untold) == [.countyNotTold])
        let village = row(
            .villageRegister, [.code: "630299123456", .county: "新设县", .township: "碾伯镇", .village: "大庄村"])
        let coded = build(
            source("a.xlsx", 1, roster("张世安", MonthFixture.id(1).text, county: "新设县")),
            source("b.xlsx", 1, village))
        #expect(coded.counties.keys.map(\.text) == ["630299"])
        #expect(reasons(coded).isEmpty)
        let register = row(.countyRegister, [.code: "630298", .county: "另设县", .prefecture: "海东市"])
        let registered = build(
            source("a.xlsx", 1, roster("张世安", MonthFixture.id(1).text, county: "另设县")),
            source("c.xlsx", 1, register))
        #expect(registered.counties.keys.map(\.text) == ["630298"])
    }

    @Test("a posting that the village register lacks is told and paid all the same")
    func unknownVillage() {
        let village = row(
            .villageRegister, [.code: "630202123456", .county: "乐都区", .township: "碾伯镇", .village: "新庄村"])
        let registers = build(
            source("a.xlsx", 1, roster("张世安", MonthFixture.id(1).text)), source("b.xlsx", 1, village))
        #expect(reasons(registers) == [.unknownVillage])
        #expect(cadres(registers)[0].postings[0].village == "大庄村")
        let spelled = build(
            source("a.xlsx", 1, roster("张世安", MonthFixture.id(1).text, village: "新庄")),
            source("b.xlsx", 1, village))
        #expect(reasons(spelled).isEmpty)
        #expect(cadres(spelled)[0].postings[0].village == "新庄村", "the register's spelling")
    }

    @Test("findings about bytes that were since replaced are not raised again")
    func notCurrent() {
        let registers = build(
            source("a.xlsx", 1, current: false, roster("张世安", MonthFixture.id(1).text, account: nil)))
        #expect(reasons(registers).isEmpty)
        #expect(cadres(registers).count == 1, "leaving a row out of a newer file deletes nobody")
    }

    @Test("of records on one day that say different things both stand, repeated ones once")
    func events() {
        let id = MonthFixture.id(1).text
        func honour(_ level: String, at index: Int) -> FormRow {
            row(
                .honours, [.name: "张世安", .residentID: id, .level: level, .honour: "先进个人"],
                dates: [.date: "2018-11-05"], at: index)
        }
        let registers = build(
            source("r.xlsx", 1, roster("张世安", id)),
            source("h.xlsx", 1, honour("省", at: 2), honour("市", at: 3), honour("省", at: 4)),
            source("h2.xlsx", 2, honour("县", at: 2)))
        let levels = registers.counties[ledu.code]?.honours.map(\.level) ?? []
        #expect(levels == [.county], "a newer file's rows of the key replace all older ones")
    }

    @Test("an insurance whose end lies before its start says nothing that can be used")
    func reversedCover() {
        let id = MonthFixture.id(1).text
        let cover = row(
            .insurance, [.name: "张世安", .residentID: id, .policyNumber: "P1"],
            dates: [.startDate: "2018-11-05", .endDate: "2018-11-04"], amounts: [.sumInsured: 100])
        let registers = build(source("r.xlsx", 1, roster("张世安", id)), source("i.xlsx", 1, cover))
        #expect(reasons(registers) == [.dateRangeReversed])
        #expect(registers.counties[ledu.code]?.insurance.isEmpty ?? false)
    }

    @Test("another end of a cover is told by its own heading: no posting changed")
    func prolongedCover() throws {
        let id = MonthFixture.id(1).text
        func cover(_ end: String) -> FormRow {
            row(
                .insurance, [.name: "张世安", .residentID: id, .policyNumber: "P1"],
                dates: [.startDate: "2018-11-05", .endDate: end], amounts: [.sumInsured: 100])
        }
        let registers = build(
            source("r.xlsx", 1, roster("张世安", id)), source("i.xlsx", 2, cover("2018-12-04")),
            source("j.xlsx", 3, cover("2019-11-04")))
        #expect(reasons(registers) == [.registerChanged])
        let finding = try #require(registers.findings.first)
        #expect(!finding.message(.zh).contains("驻村") && finding.message(.zh).contains("结束日期由"))
    }

    @Test("the order in which sources come does not matter")
    func orderDoesNotMatter() {
        let id = { MonthFixture.id($0).text }
        let sources = [
            source("a.xlsx", 3, roster("张世安", id(1), end: "2018-11-20")), source("b.xlsx", 1, roster("张世安", id(1))),
            source("c.xlsx", 2, roster("王明华", id(2), village: "新庄村")),
        ]
        let first = RegisterBuilder.build(sources, regions: [ledu], rules: rules)
        let second = RegisterBuilder.build(sources.reversed(), regions: [ledu], rules: rules)
        #expect(first.counties[ledu.code]?.cadres == second.counties[ledu.code]?.cadres)
        #expect(first.findings == second.findings)
    }
}
