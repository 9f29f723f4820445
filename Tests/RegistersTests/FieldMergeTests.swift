import Domain
import TestSupport
import Testing

@testable import Registers

@Suite("Registers: field by field")
struct FieldMergeTests {
    private let county = TestRegister()

    @Test("a column that a newer list lacks changes nothing: accounts, categories, ranks stay")
    func missingColumns() throws {
        let id = MonthFixture.id(1).text
        let registers = county.build(
            county.source("一.xlsx", 1, county.roster("张世安", id, [.rank: "科员", .bankAccount: "622848000000000001"])),
            county.source("二.xlsx", 2, county.roster("张世安", id, [.phone: "13900000000", .bankAccount: nil])),
            county.source("村一.xlsx", 1, county.village("大庄村", [.hardshipCategory: "三类", .subsidyClass: "一档"])),
            county.source("村二.xlsx", 2, county.village("大庄村", [.linkedLeader: "李主任"])))
        let cadre = try #require(county.records(registers).cadres.first)
        #expect(cadre.postings[0].bankAccount == "622848000000000001")
        #expect(cadre.postings[0].rank == "科员")
        #expect(
            cadre.postings[0].accountSource?.file == "一.xlsx", "the account still names the file that said it")
        let village = try #require(county.records(registers).villages.first)
        #expect(village.hardshipCategory == "三类" && village.subsidyClass == "一档" && village.linkedLeader == "李主任")
        #expect(registers.findings.isEmpty)
    }

    @Test("an empty required cell is filled from the older list; where nothing fills it, the row is held")
    func emptyRequired() throws {
        let id = MonthFixture.id(1).text
        func partial(_ blank: FieldID, at row: Int = 5) -> FormRow {
            var sent = county.roster("张世安", id, [.bankAccount: "6228480000000000029", blank: nil], at: row)
            sent.blankCells[blank] = county.cell(blank, at: row)
            sent.isHeld = true
            sent.findings = [Finding(.valueBlank, cell: county.cell(blank, at: row), value: "", arguments: ["派出单位"])]
            return sent
        }
        let full = county.source("一.xlsx", 1, county.roster("张世安", id))
        for blank in [FieldID.sendingUnit, .postingRole, .name] {
            for time in [0, 2] {
                let registers = county.build(full, county.source("二.xlsx", time, partial(blank)))
                let cadre = try #require(county.records(registers).cadres.first)
                #expect(cadre.postings.map(\.sendingUnit) == ["区财政局"] && cadre.name.display == "张世安")
                #expect(
                    cadre.postings[0].bankAccount == (time == 2 ? "6228480000000000029" : "622848000000000001"))
                #expect(!registers.findings.contains { $0.reason == .valueBlank }, "\(blank.name) \(time)")
            }
        }
        var elsewhere = partial(.sendingUnit)
        elsewhere.fields[.village]?.value = .text("新庄村")
        let moved = county.build(full, county.source("二.xlsx", 2, elsewhere))
        #expect(
            county.records(moved).cadres.first?.postings.map(\.sendingUnit) == ["区财政局", "区财政局"],
            "the unit is the person's, whichever posting's row gives it")
        var role = partial(.postingRole)
        role.fields[.village]?.value = .text("新庄村")
        let held = county.build(full, county.source("二.xlsx", 2, role))
        let finding = try #require(held.findings.first { $0.reason == .valueBlank })
        #expect(finding.cell == county.cell(.postingRole, at: 5) && finding.file == "二.xlsx")
        #expect(county.records(held).cadres[0].postings.map(\.village) == ["大庄村"])
    }

    @Test(
        "a required column that a list lacks is filled from another list; where nothing fills it, the sheet is told once"
    )
    func lackingColumn() throws {
        let ids = [1, 2].map { MonthFixture.id($0).text }
        func lacking(_ id: String, _ fields: [FieldID], at row: Int) -> FormRow {
            var texts: [FieldID: String?] = [.bankAccount: "622848000000000002\(row)"]
            for field in fields { texts[field] = .some(nil) }
            var sent = county.roster("张世安", id, texts, at: row)
            sent.lacking = fields
            sent.isHeld = true
            return sent
        }
        let full = county.source("一.xlsx", 1, county.roster("张世安", ids[0]))
        for time in [0, 2] {
            let list = county.source(
                "二.xlsx", time, lacking(ids[0], [.sendingUnit, .postingRole, .name], at: 5))
            let registers = county.build(full, list)
            let cadre = try #require(county.records(registers).cadres.first)
            #expect(cadre.postings.map(\.sendingUnit) == ["区财政局"] && cadre.name.display == "张世安")
            #expect(cadre.postings[0].bankAccount == (time == 2 ? "6228480000000000025" : "622848000000000001"))
            #expect(!registers.findings.contains { $0.effect == .held }, "\(time)")
        }
        let others = county.build(
            full,
            county.source("二.xlsx", 2, lacking(ids[0], [.sendingUnit], at: 5), lacking(ids[1], [.sendingUnit], at: 6)))
        let finding = try #require(others.findings.first { $0.code == .missingColumn })
        #expect(finding.reason == .columnLacking && finding.file == "二.xlsx" && finding.cell == nil)
        #expect(others.findings.count { $0.code == .missingColumn } == 1)
        #expect(county.records(others).cadres.map(\.id.text) == [ids[0]], "whom no list knows waits for the column")
        #expect(others.heldRosterRows.values.flatMap { $0 }.map(\.residentID) == [ids[1]])
    }

    @Test("清空 empties a field, and says so; a later value fills it again")
    func clearing() throws {
        let id = MonthFixture.id(1).text
        let old = county.source("一.xlsx", 1, county.roster("张世安", id, [.rank: "科员"]))
        let clearing = county.source("二.xlsx", 2, county.roster("张世安", id, [.rank: "清空"]))
        let cleared = county.build(old, clearing)
        #expect(county.records(cleared).cadres[0].postings[0].rank == nil)
        let finding = try #require(cleared.findings.first { $0.code == .registerChanged })
        #expect(finding.reason == .registerChanged && finding.file == "二.xlsx" && finding.cell != nil)
        let again = county.build(old, clearing, county.source("三.xlsx", 3, county.roster("张世安", id, [.rank: "副科"])))
        #expect(county.records(again).cadres[0].postings[0].rank == "副科")
    }

    @Test("作废 withdraws a posting; the person's other posting stays")
    func withdrawing() throws {
        let id = MonthFixture.id(1).text
        let registers = county.build(
            county.source(
                "一.xlsx", 1, county.roster("张世安", id), county.roster("张世安", id, [.village: "新庄村"], at: 3)),
            county.source("二.xlsx", 2, county.roster("张世安", id, [.withdrawn: "是"])))
        #expect(county.records(registers).cadres.flatMap(\.postings).map(\.village) == ["新庄村"])
        #expect(registers.findings.map(\.reason) == [.registerChanged])
    }

    @Test("作废 of a row that nobody ever sent withdraws nothing, and says so; sent again it is a row of before")
    func withdrawingNothing() throws {
        let id = MonthFixture.id(1).text
        let wrong = county.roster("张世安", id, [.withdrawn: "是", .startDate: "2018-02-01"])
        let registers = county.build(
            county.source("一.xlsx", 1, county.roster("张世安", id)), county.source("二.xlsx", 2, wrong))
        #expect(county.records(registers).cadres.flatMap(\.postings).count == 1)
        #expect(registers.findings.map(\.reason) == [.registerWithdrawnUnknown])
        let finding = try #require(registers.findings.first)
        #expect(
            finding.file == "二.xlsx" && finding.cell == county.cell(.withdrawn, at: 2) && finding.severity == .warning)
        let again = county.build(
            county.source("一.xlsx", 1, county.roster("张世安", id)),
            county.source("二.xlsx", 2, county.roster("张世安", id, [.withdrawn: "是"])),
            county.source("三.xlsx", 3, county.roster("张世安", id, [.withdrawn: "是"])))
        #expect(again.findings.allSatisfy { $0.reason == .registerChanged })
    }

    @Test("清空 and 作废 in a list beside attendance change nothing, and say which field they leave as it is")
    func clearingBeside() throws {
        let id = MonthFixture.id(1).text
        let old = county.source("一.xlsx", 1, county.roster("张世安", id, [.rank: "科员"]))
        let beside = county.source("考勤.xlsx", 2, beside: true, county.roster("张世安", id, [.rank: "清空"]))
        let registers = county.build(old, beside)
        #expect(county.records(registers).cadres[0].postings[0].rank == "科员")
        let finding = try #require(registers.findings.first)
        #expect(finding.reason == .registerConflictBesideAttendance && finding.cell == county.cell(.rank, at: 2))
        #expect(finding.arguments.prefix(3) == ["职级", "清空", "科员"])
    }

    @Test("two ends that contradict each other hold the days between them, no month before or after")
    func openDays() throws {
        let id = MonthFixture.id(1).text
        func registers(_ ends: [String?], before: String? = nil) -> Registers {
            county.build(
                county.source("一.xlsx", 1, county.roster("张世安", id, [.endDate: before])),
                county.source(
                    "二.xlsx", 2,
                    ends.enumerated().map { county.roster("张世安", id, [.endDate: $0.element], at: 2 + $0.offset) }))
        }
        func months(_ registers: Registers) -> [String] {
            let holds = county.records(registers).registerHolds
            return (1...12).compactMap { Period(year: 2018, month: $0) }.filter { month in
                holds.contains { $0.concerns(month) }
            }.map(\.description)
        }
        let two = registers(["2018-05-20", "2018-07-10"])
        #expect(months(two) == ["2018-05", "2018-06", "2018-07"])
        #expect(county.records(two).cadres[0].postings.map(\.end?.iso) == ["2018-07-10"], "over by then")
        let open = registers(["2018-05-20", "至今"])
        #expect(months(open).first == "2018-05" && months(open).last == "2018-12")
        #expect(county.records(open).cadres[0].postings.map(\.end) == [nil])
        let known = registers(["2018-05-20", "2018-07-10"], before: "2018-06-30")
        #expect(county.records(known).cadres[0].postings.map(\.end?.iso) == ["2018-06-30"], "what was known stands")
        let rank = county.build(
            county.source("一.xlsx", 1, county.roster("张世安", id, [.startDate: "2018-10-08", .village: "新庄村"])),
            county.source(
                "二.xlsx", 2, county.roster("张世安", id, [.name: "张世安"]), county.roster("张士安", id, at: 3)))
        #expect(months(rank).count == 12, "who he is concerns every month")
    }

    @Test("rows of one key in one file that contradict each other: the field keeps what it had")
    func conflict() throws {
        let id = MonthFixture.id(1).text
        let contradicting = county.source(
            "二.xlsx", 2, county.roster("张世安", id, [.bankAccount: "622848000000000002"]),
            county.roster("张世安", id, [.bankAccount: "622848000000000003"], at: 3))
        let alone = county.build(contradicting)
        #expect(county.records(alone).cadres[0].postings[0].bankAccount == nil)
        let finding = try #require(alone.findings.first { $0.reason == .registerConflict })
        #expect(finding.cell == county.cell(.bankAccount, at: 3))
        #expect(!finding.message(.zh).contains("622848000000000002"), "masked")
        #expect(county.records(alone).registerHolds.isEmpty, "an account decides neither who nor how much")
        let before = county.build(
            county.source("一.xlsx", 1, county.roster("张世安", id, [.bankAccount: "622848000000000001"])),
            contradicting)
        #expect(county.records(before).cadres[0].postings[0].bankAccount == "622848000000000001")
    }

    @Test("a bank or unit written shorter in one of two rows is no contradiction; the fuller one stands")
    func shorter() throws {
        let id = MonthFixture.id(1).text
        let registers = county.build(
            county.source(
                "一.xlsx", 1, county.roster("张世安", id, [.bank: "农业银行", .sendingUnit: "乐都区财政局"]),
                county.roster("张世安", id, [.bank: "农业银行乐都支行", .sendingUnit: "区财政局", .village: "新庄村"], at: 3)))
        #expect(registers.findings.isEmpty)
        let postings = try #require(county.records(registers).cadres.first?.postings)
        #expect(postings.map(\.bank) == ["农业银行乐都支行", "农业银行乐都支行"])
        #expect(Set(postings.map(\.sendingUnit)) == ["乐都区财政局"])
    }

    @Test("a contradiction lasts until a list received later says the field, empties it or withdraws the row")
    func settledConflict() throws {
        let id = MonthFixture.id(1).text
        let twice = county.source(
            "一.xlsx", 2, county.roster("张世安", id, [.rank: "科员"]), county.roster("张世安", id, [.rank: "副科"], at: 3))
        func after(_ time: Int, _ fields: [FieldID: String?]) -> CountyRecords {
            county.records(
                county.build(twice, county.source("二.xlsx", time, county.roster("张世安", id, fields)), decisive: [.rank]))
        }
        #expect(after(3, [.rank: "正科"]).registerHolds.isEmpty)
        #expect(after(3, [.rank: "正科"]).cadres[0].postings[0].rank == "正科")
        #expect(after(3, [.rank: "清空"]).registerHolds.isEmpty)
        #expect(after(3, [.bank: "农业银行"]).registerHolds.count == 1, "a list that says nothing of it settles nothing")
        #expect(after(1, [.rank: "正科"]).registerHolds.count == 1, "nor does one received before")
        let village = county.source(
            "村.xlsx", 2, county.village("大庄村", [.hardshipCategory: "三类"]),
            county.village("大庄村", [.hardshipCategory: "四类"], at: 3))
        let mended = county.build(
            village, county.source("村二.xlsx", 3, county.village("大庄村", [.hardshipCategory: "三类"])),
            county.source("一.xlsx", 1, county.roster("张世安", id)), decisive: [.hardshipCategory])
        #expect(county.records(mended).registerHolds.isEmpty)
        #expect(!mended.findings.contains { $0.reason == .registerConflict }, "and nothing is left to mend")
    }

    @Test("an end of posting that cannot be read holds until a later list says one: an empty cell says none")
    func unreadableEnd() throws {
        let id = MonthFixture.id(1).text
        var wrong = county.roster("张世安", id, at: 2)
        wrong.isHeld = true
        wrong.findings = [
            Finding(
                .valueUnreadable, cell: county.cell(.endDate, at: 2), value: "？", arguments: ["驻村结束日期", "？", "日期"])
        ]
        func holds(_ fields: [FieldID: String?]) -> Int {
            let rules = RegisterRules(
                asOf: CivilDate(2018, 12, 5)!, headings: [.roster: [.endDate: "驻村结束日期", .rank: "职级"]])
            let registers = RegisterBuilder.build(
                [
                    county.source("一.xlsx", 1, county.roster("张世安", id)), county.source("二.xlsx", 2, wrong),
                    county.source("三.xlsx", 3, county.roster("张世安", id, fields)),
                ], regions: county.regions, rules: rules)
            return county.records(registers).registerHolds.count
        }
        #expect(holds([.rank: "科员"]) == 1)
        #expect(holds([.endDate: "2018-09-30"]) == 0)
        #expect(holds([.endDate: "清空"]) == 0)
    }

    @Test("where the disputed field decides how much, the person is held until it is mended")
    func decisiveConflict() throws {
        let id = MonthFixture.id(1).text
        let source = county.source(
            "一.xlsx", 1, county.roster("张世安", id, [.rank: "科员"]), county.roster("张世安", id, [.rank: "副科"], at: 3))
        #expect(county.records(county.build(source)).registerHolds.isEmpty, "no rate table is keyed by it")
        let decisive = county.build(source, decisive: [.rank])
        let hold = try #require(county.records(decisive).registerHolds.first)
        #expect(hold.kind == .conflict && hold.source.address == county.cell(.rank, at: 3))
        let village = county.source(
            "村.xlsx", 1, county.village("大庄村", [.hardshipCategory: "三类"]),
            county.village("大庄村", [.hardshipCategory: "四类"], at: 3))
        let disputed = county.build(
            village, county.source("一.xlsx", 1, county.roster("张世安", id)), decisive: [.hardshipCategory])
        #expect(county.records(disputed).registerHolds.map(\.person.text) == [id])
        #expect(county.records(disputed).villages[0].hardshipCategory == nil)
    }

    @Test("a changed account is a warning with both accounts masked and both files")
    func changedAccount() throws {
        let id = MonthFixture.id(1).text
        let registers = county.build(
            county.source("一.xlsx", 1, county.roster("张世安", id, [.bankAccount: "622848000000000001"])),
            county.source("二.xlsx", 2, county.roster("张世安", id, [.bankAccount: "6228480000000000029"])))
        let finding = try #require(registers.findings.first { $0.reason == .bankAccountChanged })
        let text = finding.message(.zh)
        #expect(text.contains("一.xlsx") && text.contains("二.xlsx") && text.contains("622848********0001"))
        #expect(!text.contains("622848000000000001") && !text.contains("6228480000000000029"))
        #expect(county.records(registers).cadres[0].postings[0].bankAccount == "6228480000000000029")
    }

    @Test("a register inside an attendance workbook fills what is empty and changes nothing")
    func besideAttendance() throws {
        let one = MonthFixture.id(1).text
        let two = MonthFixture.id(2).text
        let registers = county.build(
            county.source("名册.xlsx", 1, county.roster("张世安", one, [.bankAccount: "622848000000000001"])),
            county.source(
                "考勤.xlsx", 2, beside: true,
                county.roster("张世安", one, [.bankAccount: "622848000000000009", .rank: "科员", .village: "新庄村"]),
                county.roster("王明华", two, [.bankAccount: "622848000000000008"], at: 3)))
        let cadres = county.records(registers).cadres.sorted { $0.name.key < $1.name.key }
        let zhang = try #require(cadres.first { $0.id.text == one })
        #expect(zhang.postings.map(\.village) == ["大庄村"], "no posting is made by it")
        #expect(zhang.postings[0].bankAccount == "622848000000000001" && zhang.postings[0].rank == "科员")
        #expect(cadres.contains { $0.id.text == two })
        let told = registers.findings.filter { $0.reason == .registerConflictBesideAttendance }
        #expect(told.allSatisfy { $0.file == "考勤.xlsx" })
        #expect(Set(told.map(\.cell)) == [county.cell(.bankAccount, at: 2), county.cell(.village, at: 2)])
    }

    @Test("a roster beside attendance that has a posting otherwise is told at the cell, and nothing of it is used")
    func postingBesideAttendance() throws {
        let id = MonthFixture.id(1).text
        let roster = county.source("名册.xlsx", 1, county.roster("张世安", id))
        func beside(_ texts: [FieldID: String?]) -> Registers {
            county.build(roster, county.source("考勤.xlsx", 2, beside: true, county.roster("张世安", id, texts, at: 5)))
        }
        for (field, text) in [
            (FieldID.village, "新庄村"), (.startDate, "2018-03-01"), (.postingRole, "工作队员"), (.withdrawn, "是"),
            (.postingRole, "清空"),
        ] {
            let registers = beside([field: text])
            let told = registers.findings.filter { $0.reason == .registerConflictBesideAttendance }
            #expect(told.map(\.cell) == [county.cell(field, at: 5)], "\(field.name) \(text)")
            #expect(told.map(\.file) == ["考勤.xlsx"])
            #expect(
                county.records(registers).cadres[0].postings == county.records(county.build(roster)).cadres[0].postings)
        }
        let filled = beside([.endDate: "2018-11-15"])
        #expect(county.records(filled).cadres[0].postings.map(\.end?.iso) == ["2018-11-15"], "an empty field is filled")
        #expect(!filled.findings.contains { $0.reason == .registerConflictBesideAttendance })
    }

    @Test("至今 in a newer list opens an end date, and says so; against a date in one file it is a conflict")
    func openEnd() throws {
        let id = MonthFixture.id(1).text
        func open(at row: Int = 2) -> FormRow {
            var sent = county.roster("张世安", id, at: row)
            sent.fields[.endDate] = SubmittedField(
                value: .text("至今"), cell: county.cell(.endDate, at: row), asSent: "至今")
            return sent
        }
        let ended = county.source("一.xlsx", 1, county.roster("张世安", id, [.endDate: "2018-11-20"]))
        let opened = county.build(ended, county.source("二.xlsx", 2, open()))
        #expect(county.records(opened).cadres[0].postings.map(\.end) == [nil])
        let finding = try #require(opened.findings.first { $0.reason == .registerChanged })
        #expect(finding.cell == county.cell(.endDate, at: 2) && finding.message(.zh).contains("至今"))
        let both = county.build(
            county.source("三.xlsx", 1, county.roster("张世安", id, [.endDate: "2018-11-20"]), open(at: 3)))
        #expect(both.findings.contains { $0.reason == .registerConflict && $0.cell == county.cell(.endDate, at: 3) })
        #expect(county.records(both).registerHolds.map(\.person.text) == [id])
    }

    @Test("a village written short in one of two contradicting rows is the same village: neither category is used")
    func spelledOtherwise() throws {
        let registers = county.build(
            county.source("村一.xlsx", 1, county.village("大庄村", [.hardshipCategory: "三类"])),
            county.source(
                "村二.xlsx", 2, county.village("大庄村", [.hardshipCategory: "一类"]),
                county.village("大庄", [.township: "碾伯", .hardshipCategory: "二类"], at: 3)),
            county.source("花名册.xlsx", 1, county.roster("张世安", MonthFixture.id(1).text)),
            decisive: [.hardshipCategory])
        #expect(county.records(registers).villages.map(\.hardshipCategory) == ["三类"])
        #expect(county.records(registers).villages.map(\.township) == ["碾伯镇"])
        let told = registers.findings.filter { $0.reason == .registerConflict }
        #expect(told.map(\.cell) == [county.cell(.hardshipCategory, at: 3)])
        #expect(county.records(registers).registerHolds.count == 1)
    }

    @Test("two units for somebody of whom none is known hold him; against a known one it stands")
    func disputedUnit() throws {
        let id = MonthFixture.id(1).text
        let disputed = county.source(
            "二.xlsx", 2, county.roster("张世安", id), county.roster("张世安", id, [.sendingUnit: "区审计局"], at: 3))
        let new = county.build(disputed)
        #expect(county.records(new).registerHolds.map(\.source.address) == [county.cell(.sendingUnit, at: 3)])
        let known = county.build(county.source("一.xlsx", 1, county.roster("张世安", id)), disputed)
        #expect(county.records(known).registerHolds.isEmpty)
        #expect(county.records(known).cadres[0].postings.map(\.sendingUnit) == ["区财政局"])
    }

    @Test("a roster row whose county nobody knows, or that cannot be read, is named to who sends a sheet for him")
    func heldRows() throws {
        let id = MonthFixture.id(1).text
        let other = county.source("二.xlsx", 2, county.roster("王明华", MonthFixture.id(2).text))
        let homeless = county.build(
            county.source("一.xlsx", 1, county.roster("张世安", id, [.county: "东都区"], at: 4)), other)
        #expect(homeless.heldRosterRows[CountyCode("630202")!]?.map(\.source.address) == [county.cell(.name, at: 4)])
        var unread = county.roster("张世安", id, at: 6)
        unread.isHeld = true
        unread.findings = [
            Finding(
                .valueUnreadable, cell: county.cell(.startDate, at: 6), value: "？", arguments: ["驻村开始日期", "？", "日期"])
        ]
        let held = county.build(county.source("一.xlsx", 1, unread), other)
        #expect(held.heldRosterRows[CountyCode("630202")!]?.map(\.source.address) == [county.cell(.name, at: 6)])
    }

    @Test("two people with one account are told at both cells")
    func sharedAccount() throws {
        let registers = county.build(
            county.source(
                "一.xlsx", 1, county.roster("张世安", MonthFixture.id(1).text, [.bankAccount: "622848000000000001"]),
                county.roster("王明华", MonthFixture.id(2).text, [.bankAccount: "622848000000000001"], at: 3)))
        let findings = registers.findings.filter { $0.reason == .bankAccountShared }
        #expect(findings.map(\.cell) == [county.cell(.bankAccount, at: 2), county.cell(.bankAccount, at: 3)])
    }

    @Test("from folders that the pipeline does not name, no field is emptied, no row withdrawn, no account taken")
    func authority() throws {
        let id = MonthFixture.id(1).text
        let good = county.source(
            "名录/一.xlsx", 1, county.roster("张世安", id, [.rank: "科员", .bankAccount: "622848000000000001"]))
        let bad = county.source(
            "考勤/二.xlsx", 2,
            county.roster(
                "张世安", id, [.rank: "清空", .bankAccount: "622848000000000002", .withdrawn: "是", .phone: "13900000000"]))
        let registers = county.build(good, bad, folders: ["名录"])
        let posting = try #require(county.records(registers).cadres.first?.postings.first)
        #expect(posting.rank == "科员" && posting.bankAccount == "622848000000000001")
        #expect(registers.findings.filter { $0.reason == .notAuthorisedRegister }.count == 3)
        let same = county.build(
            good, county.source("考勤/三.xlsx", 3, county.roster("张世安", id, [.bankAccount: "6228 4800 0000 000001"])),
            folders: ["名录"])
        #expect(!same.findings.contains { $0.reason == .notAuthorisedRegister }, "it asks for no change")
        #expect(county.records(county.build(good, bad)).cadres.isEmpty, "without the key anybody may")
    }

    @Test("a roster row whose end cannot be read holds the person although an older row stands, until it is mended")
    func unreadableRow() throws {
        let id = MonthFixture.id(1).text
        var wrong = county.roster("张世安", id, [.endDate: nil])
        wrong.isHeld = true
        wrong.findings = [
            Finding(
                .valueUnreadable, cell: county.cell(.endDate, at: 2), value: "2018-09-31",
                arguments: ["驻村结束日期", "2018-09-31", "日期"])
        ]
        let old = county.source("一.xlsx", 1, county.roster("张世安", id))
        let registers = county.build(old, county.source("二.xlsx", 2, wrong))
        let hold = try #require(county.records(registers).registerHolds.first)
        #expect(hold.kind == .unreadable && hold.source.file == "二.xlsx")
        #expect(hold.source.address == county.cell(.endDate, at: 2))
        let mended = county.build(
            old, county.source("二.xlsx", 2, wrong),
            county.source("三.xlsx", 3, county.roster("张世安", id, [.endDate: "2018-09-30"])))
        #expect(county.records(mended).registerHolds.isEmpty)
    }

    @Test("partial lists in any order of different fields end in the register of the full list", arguments: 0..<60)
    func partialLists(_ seed: Int) {
        var random = SeededGenerator(UInt64(seed))
        let people = (1...5).map { MonthFixture.id($0).text }
        let fields: [FieldID: [String]] = [
            .rank: ["科员", "副科", "正科"], .bank: ["农业银行", "建设银行"], .ethnicity: ["汉族", "藏族"], .sex: ["男", "女"],
            .bankAccount: ["622848000000000001", "622848000000000002", "622848000000000003"],
        ]
        let full = people.enumerated().map { index, id in
            var texts: [FieldID: String?] = [.bankAccount: nil]
            for (field, words) in fields.sorted(by: { $0.key < $1.key }) {
                texts[field] =
                    words[Int.random(in: 0..<words.count, using: &random)]
                    + (field == .bankAccount ? String(index) : "")
            }
            return (id: id, texts: texts)
        }
        // Every field of every person in one of three files; the files come in any order.
        var files: [[FormRow]] = [[], [], []]
        for (index, person) in full.enumerated() {
            var parts: [[FieldID: String?]] = [[.bankAccount: nil], [.bankAccount: nil], [.bankAccount: nil]]
            for (field, text) in person.texts.sorted(by: { $0.key < $1.key }) {
                parts[Int.random(in: 0..<3, using: &random)][field] = text
            }
            // All but one of the files lack required columns beside the key; what the rows say stays.
            let whole = Int.random(in: 0..<3, using: &random)
            for place in 0..<3 {
                var row = county.roster("甲\(index)", person.id, parts[place], at: index + 2)
                for field in [FieldID.sendingUnit, .postingRole, .name]
                where place != whole && Bool.random(using: &random) {
                    row.fields[field] = nil
                    row.lacking.append(field)
                    row.isHeld = true
                }
                files[place].append(row)
            }
        }
        let order = [0, 1, 2].shuffled(using: &random)
        let partial = county.build(
            files.enumerated().map { place, rows in county.source("\(place).xlsx", order[place], rows) })
        let whole = county.build([
            county.source(
                "全.xlsx", 1,
                full.enumerated().map { index, person in
                    county.roster("甲\(index)", person.id, person.texts, at: index + 2)
                })
        ])
        func summary(_ registers: Registers) -> [String] {
            county.records(registers).cadres.map { cadre in
                let posting = cadre.postings[0]
                return [
                    cadre.id.text, cadre.name.display, cadre.sex ?? "", cadre.ethnicity ?? "", posting.rank ?? "",
                    posting.bank ?? "", posting.bankAccount ?? "", posting.sendingUnit, posting.roleText,
                ].joined(separator: "|")
            }
        }
        #expect(summary(partial) == summary(whole))
    }
}

@Suite("Registers: places, people, records over counties")
struct RegisterIdentityTests {
    private let county = TestRegister()

    @Test("a village renamed under its code, and a township by its stem, are the places they were")
    func renamedPlaces() throws {
        let registers = county.build(
            county.source("旧.xlsx", 1, county.village("大庄村", [.township: "碾伯乡", .code: "630202101201"])),
            county.source("新.xlsx", 2, county.village("富强社区", [.township: "碾伯镇", .code: "630202101201"])),
            county.source("花.xlsx", 1, county.roster("张世安", MonthFixture.id(1).text, [.township: "碾伯乡"])))
        let records = county.records(registers)
        #expect(records.villages.map(\.village) == ["富强社区"] && records.villages[0].township == "碾伯镇")
        #expect(records.cadres[0].postings[0].village == "富强社区")
        #expect(records.cadres[0].postings[0].township == "碾伯镇")
        #expect(registers.findings.filter { $0.code == .unknownVillage }.isEmpty)
        let places = PlaceIndex(records: records)
        #expect(places.village(named: "大庄", in: "碾伯镇")?.village == "富强社区")
    }

    @Test("a file that names both 平安镇 and 平安乡 means two townships")
    func twoTownshipsOfOneStem() {
        let registers = county.build(
            county.source(
                "村.xlsx", 1, county.village("大庄村", [.township: "平安镇"]),
                county.village("大庄村", [.township: "平安乡"], at: 3)))
        #expect(county.records(registers).villages.map(\.township).sorted() == ["平安乡", "平安镇"])
    }

    @Test("two counties with a 城关镇东关村 keep each their own pairing")
    func pairingsOfTwoCounties() {
        func pairing(_ name: String, _ helper: String) -> FormRow {
            county.row(
                .pairing,
                [.county: name, .township: "城关镇", .village: "东关村", .kind: "企业结对", .helper: helper])
        }
        let registers = county.build(
            county.source("甲.xlsx", 1, pairing("乐都区", "甲公司")), county.source("乙.xlsx", 2, pairing("平安区", "乙公司")))
        #expect(registers.counties[CountyCode("630202")!]?.pairings.map(\.helper) == ["甲公司"])
        #expect(registers.counties[CountyCode("630203")!]?.pairings.map(\.helper) == ["乙公司"])
    }

    @Test("training filed in the county a person left counts where she is")
    func recordsFollow() {
        let id = MonthFixture.id(1).text
        let training = county.row(
            .training,
            [.county: "乐都区", .trainingClass: "一期", .level: "省", .name: "张世安", .residentID: id],
            dates: [.startDate: "2018-11-05"])
        let registers = county.build(
            county.source(
                "花.xlsx", 1, county.roster("张世安", id, [.endDate: "2018-10-31"]),
                county.roster("张世安", id, [.county: "平安区", .startDate: "2018-11-01"], at: 3)),
            county.source("训.xlsx", 1, training))
        #expect(registers.counties[CountyCode("630203")!]?.trainings.count == 1)
        #expect(registers.counties[CountyCode("630202")!]?.trainings.count == 1)
        #expect(registers.findings.filter { $0.code == .notOnRoster }.isEmpty)
        let onlyThere = county.build(
            county.source("花.xlsx", 1, county.roster("张世安", id, [.county: "平安区"])),
            county.source("训.xlsx", 1, training))
        #expect(onlyThere.counties[CountyCode("630203")!]?.trainings.count == 1)
    }

    @Test("IDs: a day of birth that is none, a province that is none, an age nobody has")
    func identity() {
        func read(_ digits: String, asOf: String = "2018-12-05") -> ResidentID.Reading {
            ResidentID.read(TestRegister.completed(digits), asOf: CivilDate(iso: asOf))
        }
        #expect(read("63020211910495901") == .invalid(.birthDate))
        #expect(read("63020219900231901") == .invalid(.birthDate))
        #expect(read("99020219900211901") == .invalid(.province))
        #expect(read("63020220991212901") == .invalid(.age))
        #expect(read("63020220021206901") == .invalid(.age), "sixteen tomorrow")
        if case .valid = read("63020220021205901") {} else { Issue.record("sixteen today") }
        if case .valid = read("63020219371206901") {} else { Issue.record("eighty until tomorrow") }
        #expect(read("63020219371205901") == .invalid(.age), "eighty-one today")
        if case .valid = ResidentID.read(TestRegister.completed("63020219370101901")) {
        } else {
            Issue.record("without a date the age is not asked")
        }
    }

    @Test("names with a role in brackets, and look-alike characters, are the same name")
    func names() {
        #expect(PersonName("王守成（第一书记）").key == PersonName("王守成").key)
        #expect(PersonName("（第一书记）").key != "")
        #expect(PersonName("黃永靑").key == PersonName("黄永青").key)
        #expect(PersonName("才让．卓玛").key == PersonName("才让·卓玛").key)
        #expect(PersonName("王丽").key != PersonName("王麗").key)
    }
}
