import Domain
import Foundation
import TestSupport
import Testing

@testable import Registers

@Suite("Records of units and meetings: where they count")
struct UnitRecordTests {
    private static let ledu = CountyRecord(
        code: CountyCode("630202")!, name: "乐都区", prefecture: "海东市", isDeepPoverty: false)
    private static let pingan = CountyRecord(
        code: CountyCode("630203")!, name: "平安区", prefecture: "海东市", isDeepPoverty: false)

    private func row(
        _ form: FormID, _ texts: [FieldID: String], date: String? = nil, year: Int? = nil,
        counts: [FieldID: Int] = [:], folder: String? = nil, at index: Int = 2
    ) -> FormRow {
        var fields = FieldMap<SubmittedField>()
        func put(_ field: FieldID, _ value: FieldValue, _ sent: String) {
            fields[field] = SubmittedField(
                value: value, cell: CellAddress(row: index, column: fields.count + 1), asSent: sent)
        }
        for (field, text) in texts.sorted(by: { $0.key < $1.key }) { put(field, .text(text), text) }
        if let date, let day = CivilDate(iso: date) {
            put(form == .roster ? .startDate : .date, .date(day), date)
        }
        if let year { put(.year, .count(year), String(year)) }
        for (field, count) in counts.sorted(by: { $0.key < $1.key }) { put(field, .count(count), String(count)) }
        return FormRow(
            form: form, sheet: "S", cell: CellAddress(row: index, column: 0), fields: fields,
            context: folder.map { [ContextText(kind: .folder, text: $0)] } ?? [])
    }

    private func roster(
        _ number: Int, _ county: String, unit: String = "海东市农牧局", village: String = "大庄村",
        start: String = "2018-05-01"
    ) -> FormRow {
        row(
            .roster,
            [
                .name: "某\(number)", .residentID: MonthFixture.id(number).text, .sendingUnit: unit,
                .postingRole: "队员", .county: county, .township: "碾伯镇", .village: village,
                .bankAccount: "62284800000000000\(number)",
            ], date: start, at: number + 1)
    }

    private func build(_ rows: FormRow...) -> Registers {
        RegisterBuilder.build(
            [RegisterSource(order: FileOrder(modified: 1, path: "a.xlsx", arrival: 1), isCurrent: true, rows: rows)],
            regions: [Self.ledu, Self.pingan], rules: RegisterRules(asOf: CivilDate(2018, 12, 5)!))
    }

    private func ledu(_ registers: Registers) -> CountyRecords? { registers.counties[Self.ledu.code] }
    private func pingan(_ registers: Registers) -> CountyRecords? { registers.counties[Self.pingan.code] }
    private func reasons(_ registers: Registers) -> [FindingReason] { registers.findings.map(\.reason) }

    @Test("A unit's grade and a talk with it count in every county with its cadre, whatever folder they came in")
    func unitsAreEverywhere() {
        let registers = build(
            roster(1, "乐都区"), roster(2, "平安区"), roster(3, "平安区", unit: "平安区财政局"),
            row(.unitAssessment, [.sendingUnit: "农牧局", .grade: "优秀"], year: 2019, folder: "630202-乐都区", at: 9),
            row(
                .accountabilityTalks, [.sendingUnit: "海东市农牧局", .talker: "市委组织部", .cause: "脱岗"],
                date: "2019-03-01", at: 10),
            row(.unitAssessment, [.sendingUnit: "无关局", .grade: "优秀"], year: 2019, at: 11))
        #expect(ledu(registers)?.unitAssessments.map(\.unit) == ["海东市农牧局"])
        #expect(pingan(registers)?.unitAssessments.map(\.unit) == ["海东市农牧局"])
        #expect(ledu(registers)?.talks.count == 1 && pingan(registers)?.talks.count == 1)
        #expect(ledu(registers)?.talks.first?.cause == "脱岗")
        #expect(reasons(registers) == [])
        #expect(pingan(registers)?.receivedForms.contains(.accountabilityTalks) == true)
    }

    @Test("A talk with a unit that sent nobody is a finding; a grade of one is only a line of a longer list")
    func strangers() {
        let registers = build(
            roster(1, "乐都区"),
            row(
                .accountabilityTalks, [.sendingUnit: "海东市农牧局（误）", .talker: "某"], date: "2019-03-01",
                folder: "630202-乐都区", at: 9))
        #expect(reasons(registers) == [.unitWithoutCadres])
        #expect(registers.findings.first?.cell?.row == 9)
        #expect(ledu(registers)?.talks.count == 1)
    }

    // MARK: One unit, however it is written

    private func talk(_ unit: String, _ date: String, withdrawn: Bool = false, at index: Int) -> FormRow {
        var row = row(.accountabilityTalks, [.sendingUnit: unit, .talker: "市委组织部"], date: date, at: index)
        if withdrawn {
            row.fields[.withdrawn] = SubmittedField(
                value: .flag(true), cell: CellAddress(row: index, column: 8), asSent: "是")
        }
        return row
    }

    private func inTurn(_ files: [FormRow]...) -> Registers {
        RegisterBuilder.build(
            files.enumerated().map { index, rows in
                RegisterSource(
                    order: FileOrder(modified: index, path: "\(index).xlsx", arrival: index), isCurrent: true,
                    rows: rows)
            }, regions: [Self.ledu, Self.pingan], rules: RegisterRules(asOf: CivilDate(2018, 12, 5)!))
    }

    @Test("A record under a unit's full name and one under its suffix are one record: a talk, a tie, a commendation")
    func identity() {
        func tie(_ unit: String, _ households: Int, at index: Int) -> FormRow {
            row(
                .unitSupport, [.sendingUnit: unit, .kind: "党员认亲", .township: "碾伯镇", .village: "大庄村"],
                date: "2018-10-01", counts: [.households: households], folder: "630202-乐都区", at: index)
        }
        func commend(_ unit: String, at index: Int) -> FormRow {
            row(.commendations, [.commended: unit, .level: "市", .category: "先进集体"], year: 2018, at: index)
        }
        let registers = inTurn(
            [
                roster(1, "乐都区"), talk("农牧局", "2018-10-01", at: 9), tie("农牧局", 3, at: 10), commend("农牧局", at: 11),
            ],
            [
                talk("海东市农牧局", "2018-10-01", at: 9), tie("海东市农牧局", 3, at: 10), commend("海东市农牧局", at: 11),
            ])
        #expect(ledu(registers)?.talks.map(\.unit) == ["海东市农牧局"])
        #expect(ledu(registers)?.unitSupport.map(\.households) == [3])
        #expect(ledu(registers)?.commendations.count == 1)
    }

    @Test("作废 under the full name withdraws what was sent under the suffix")
    func withdrawn() {
        let registers = inTurn(
            [roster(1, "乐都区"), talk("农牧局", "2018-10-01", at: 9)],
            [talk("海东市农牧局", "2018-10-01", withdrawn: true, at: 9)])
        #expect(ledu(registers)?.talks.isEmpty == true && reasons(registers) == [.registerChanged])
    }

    // MARK: Who sent what

    @Test("A list at the root of the inbox is every county's, a county's own is its own; years are those of the rows")
    func sent() {
        func visit(_ date: String, folder: String?, at index: Int) -> FormRow {
            row(
                .leaderVisits, [.leader: "赵海、钱江", .township: "碾伯镇", .village: "大庄村"], date: date, folder: folder,
                at: index)
        }
        let own = build(roster(1, "乐都区"), roster(2, "平安区"), visit("2018-10-01", folder: "630202-乐都区", at: 9))
        #expect(ledu(own)?.receivedForms.contains(.leaderVisits) == true)
        #expect(pingan(own)?.receivedForms.contains(.leaderVisits) == false)
        #expect(ledu(own)?.leaderVisits.map(\.leader.key) == ["赵海", "钱江"])
        let shared = build(
            roster(1, "乐都区"), roster(2, "平安区"),
            row(
                .honours, [.name: "某1", .residentID: MonthFixture.id(1).text, .level: "省", .honour: "x"],
                date: "2018-10-01", at: 9),
            row(.commendations, [.commended: "海东市农牧局", .level: "市", .category: "先进集体"], year: 2017, at: 10))
        for county in [ledu(shared), pingan(shared)] {
            #expect(county?.receivedForms.speaks(.honours, of: 2018) == true)
            #expect(county?.receivedForms.speaks(.honours, of: 2017) == false)
            #expect(county?.receivedForms.speaks(.commendations, of: 2017) == true)
            #expect(county?.receivedForms.speaks(.commendations, of: 2018) == false)
        }
    }

    @Test("Two checks of one person and day, by phone and on the spot or by two offices, are two; a repetition is one")
    func checks() {
        func check(_ result: String, _ method: String?, by office: String?, at index: Int) -> FormRow {
            var texts: [FieldID: String] = [.name: "某1", .residentID: MonthFixture.id(1).text, .result: result]
            texts[.checkMethod] = method
            texts[.checkedBy] = office
            return row(.spotChecks, texts, date: "2018-10-01", folder: "630202-乐都区", at: index)
        }
        let two = build(
            roster(1, "乐都区"), check("在岗", "电话", by: "区委组织部", at: 9), check("脱岗", "实地", by: "区委组织部", at: 10))
        #expect(ledu(two)?.spotChecks.map(\.result) == [.absent, .onPost] || ledu(two)?.spotChecks.count == 2)
        #expect(reasons(two) == [])
        let apart = inTurn(
            [roster(1, "乐都区"), check("脱岗", "实地", by: "市委组织部", at: 9)],
            [check("在岗", "实地", by: "区委组织部", at: 9)])
        #expect(ledu(apart)?.spotChecks.count == 2)
        let again = inTurn(
            [roster(1, "乐都区"), check("脱岗", "实地", by: "区委组织部", at: 9)], [check("在岗", nil, by: nil, at: 9)])
        #expect(ledu(again)?.spotChecks.map(\.result) == [.onPost])
        let conflict = build(
            roster(1, "乐都区"), check("在岗", "实地", by: "区委组织部", at: 9), check("脱岗", "实地", by: "区委组织部", at: 10))
        #expect(reasons(conflict) == [.registerConflict])
    }

    @Test("Support of a village without a township goes to the village in which the unit has its cadre")
    func support() {
        func support(_ village: String, unit: String = "海东市农牧局", township: String? = nil) -> FormRow {
            var texts: [FieldID: String] = [.sendingUnit: unit, .kind: "服务队", .village: village]
            texts[.township] = township
            return row(.unitSupport, texts, date: "2019-03-01", counts: [.peopleCount: 5], at: 9)
        }
        let own = build(roster(1, "平安区"), roster(2, "乐都区", unit: "乐都区财政局"), support("大庄"))
        #expect(pingan(own)?.unitSupport.map(\.township) == ["碾伯镇"])
        #expect(pingan(own)?.unitSupport.first?.people == 5)
        #expect(ledu(own)?.unitSupport.isEmpty == true)
        let lost = build(roster(1, "平安区"), support("远村", unit: "无关局"))
        #expect(reasons(lost) == [.unitWithoutCadres])
        let twice = build(roster(1, "平安区"), roster(2, "乐都区"), support("大庄"))
        #expect(reasons(twice) == [.countyNotTold])
    }

    @Test("A commendation with an ID is a cadre's, one of a sending unit the unit's; a name alone is a person's")
    func commendations() {
        func commend(_ name: String, id: String? = nil, folder: String? = nil, at index: Int) -> FormRow {
            var texts: [FieldID: String] = [.commended: name, .level: "县", .category: "先进"]
            texts[.residentID] = id
            return row(.commendations, texts, year: 2019, folder: folder, at: index)
        }
        let registers = build(
            roster(1, "乐都区"), roster(2, "平安区"),
            commend("某1", id: MonthFixture.id(1).text, at: 9), commend("海东市农牧局", at: 10),
            commend("李四", folder: "630203-平安区", at: 11), commend("碾伯镇人民政府", folder: "630202-乐都区", at: 12),
            commend("某9", id: MonthFixture.id(9).text, at: 13), commend("外地局", at: 14))
        #expect(ledu(registers)?.commendations.map(\.name).sorted() == ["某1", "海东市农牧局", "碾伯镇人民政府"].sorted())
        #expect(ledu(registers)?.commendations.first { $0.name == "某1" }?.person == MonthFixture.id(1))
        #expect(ledu(registers)?.commendations.filter { $0.subject == .unit }.count == 2)
        #expect(pingan(registers)?.commendations.map(\.subject).sorted() == [.unit, .person])
        #expect(Set(reasons(registers)) == [.notOnRoster, .unitWithoutCadres])
        #expect(registers.findings.first { $0.reason == .notOnRoster }?.person == "某9")
    }

    @Test(
        "A talk with a cadre is his; a meeting is the county's or township's; one name and day in two counties are two")
    func meetings() {
        func meeting(_ kind: String, folder: String, township: String? = nil, person: Int? = nil, at index: Int)
            -> FormRow
        {
            var texts: [FieldID: String] = [.kind: kind, .meeting: "第一次会议"]
            texts[.township] = township
            if let person {
                texts[.name] = "某\(person)"
                texts[.residentID] = MonthFixture.id(person).text
            }
            return row(
                .meetings, texts, date: "2019-03-01", counts: person == nil ? [.attendees: 20, .cadreCount: 4] : [:],
                folder: folder, at: index)
        }
        let registers = build(
            roster(1, "乐都区"), roster(2, "平安区"),
            meeting("县级会议", folder: "630202-乐都区", at: 9), meeting("县级会议", folder: "630203-平安区", at: 10),
            meeting("乡镇会议", folder: "630202-乐都区", township: "碾伯", at: 11),
            meeting("谈心谈话", folder: "630202-乐都区", person: 1, at: 12),
            meeting("谈心谈话", folder: "630202-乐都区", person: 7, at: 13),
            meeting("谈心谈话", folder: "630203-平安区", at: 14))
        #expect(ledu(registers)?.meetings.map(\.kind).sorted() == [.county, .township])
        #expect(ledu(registers)?.meetings.first { $0.kind == .township }?.township == "碾伯镇")
        #expect(ledu(registers)?.cadreTalks.map(\.person) == [MonthFixture.id(1)])
        #expect(pingan(registers)?.meetings.map(\.kind).sorted() == [.county, .talk])
        #expect(reasons(registers) == [.notOnRoster])
    }

    @Test("Postings of one person in two counties are known to both, with their dates")
    func postingsElsewhere() {
        let registers = build(
            roster(1, "乐都区"), roster(1, "平安区", start: "2019-01-01"), roster(2, "平安区"))
        #expect(ledu(registers)?.postingsElsewhere.map(\.county) == [Self.pingan.code])
        #expect(ledu(registers)?.postingsElsewhere.first?.start == CivilDate(2019, 1, 1))
        #expect(pingan(registers)?.postingsElsewhere.map(\.county) == [Self.ledu.code])
        #expect(build(roster(1, "乐都区"), roster(2, "平安区")).counties.values.allSatisfy { $0.postingsElsewhere.isEmpty })
    }

    @Test("Records follow the person into every county in which he is posted; a record stands once in each")
    func recordsFollow() {
        func honour(_ number: Int, _ folder: String) -> FormRow {
            row(
                .honours,
                [
                    .name: "某\(number)", .residentID: MonthFixture.id(number).text, .level: "省",
                    .honour: "先进\(number)",
                ], date: "2019-03-01", folder: folder, at: 20 + number)
        }
        let registers = build(
            roster(1, "乐都区"), roster(1, "平安区", start: "2019-01-01"), roster(2, "平安区"),
            honour(1, "630202-乐都区"), honour(2, "630203-平安区"))
        #expect(ledu(registers)?.honours.map(\.honour) == ["先进1"])
        #expect(pingan(registers)?.honours.map(\.honour).sorted() == ["先进1", "先进2"])
        #expect(pingan(registers)?.receivedForms.contains(.honours) == true)
        #expect(ledu(registers)?.receivedForms.contains(.honours) == true)
    }

    @Test("A head's visit to his cadre's village in one county is known in the other; to another village it is not")
    func headVisits() {
        func visited(_ village: String, _ date: String = "2019-03-01") -> Registers {
            build(
                roster(1, "乐都区"), roster(2, "平安区"), roster(3, "平安区", unit: "平安区财政局", village: "西村"),
                row(.unitRegister, [.sendingUnit: "海东市农牧局", .unitHead: "宋 某"], at: 8),
                row(
                    .leaderVisits, [.leader: "宋某", .township: "碾伯镇", .village: village], date: date,
                    folder: "630203-平安区", at: 9))
        }
        let registers = visited("大庄村")
        #expect(ledu(registers)?.headVisitsElsewhere.map(\.countyName) == ["平安区"])
        #expect(pingan(registers)?.headVisitsElsewhere == [])
        #expect(ledu(visited("西村"))?.headVisitsElsewhere == [])
        #expect(ledu(visited("大庄村", "2018-04-30"))?.headVisitsElsewhere == [])
    }

    @Test("Records that an earlier version kept, without the newer lists, are read")
    func earlierVersion() throws {
        var records = CountyRecords(county: Self.ledu)
        records.receivedForms = [.roster]
        let whole = try JSONSerialization.jsonObject(with: JSONEncoder().encode(records))
        var kept = try #require(whole as? [String: Any])
        for name in ["meetings", "talks", "unitSupport", "postingsElsewhere"] {
            #expect(kept.removeValue(forKey: name) != nil, "\(name)")
        }
        let read = try JSONDecoder().decode(
            CountyRecords.self, from: JSONSerialization.data(withJSONObject: kept))
        #expect(read.receivedForms == [.roster] && read.meetings.isEmpty && read.postingsElsewhere.isEmpty)
    }
}
