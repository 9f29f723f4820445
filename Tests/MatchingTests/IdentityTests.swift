import Domain
import TestSupport
import Testing

@testable import Matching
@testable import Registers

@Suite("Whose row it is")
struct IdentityTests {
    private let zhang = MonthFixture.cadre("张世安", 1, MonthFixture.posting("碾伯镇", "大庄村"))

    private func month(_ row: AttendanceRow, _ cadres: [Cadre], township: String? = "碾伯镇") -> MonthAttendance {
        MonthBuilder.build(
            MonthFixture.input(cadres, [MonthFixture.file("a.xlsx", MonthFixture.block([row], township: township))]))
    }

    @Test("a valid ID is enough, wherever the sheet says it is")
    func validID() {
        let month = month(MonthFixture.row("张世安", id: zhang.id.text, present: 1...3), [zhang], township: nil)
        #expect(month.rows.map(\.cadre) == [zhang.id])
        #expect(month.reasons.isEmpty)
        #expect(month.paidHalfDays(zhang) == ["大庄村": 6])
    }

    @Test("fifteen digits are made eighteen and used, with a note")
    func upgraded() throws {
        // The upgrade puts 19 before the year, so the person is one born before 2000.
        let full = zhang.id.text
        let fifteen = String(full.prefix(6)) + String(full.dropFirst(8).dropLast())
        let month = month(MonthFixture.row("张世安", id: fifteen, present: [1]), [zhang])
        #expect(month.reasons == [.idUpgraded])
        #expect(month.paidHalfDays(zhang) == ["大庄村": 2])
        #expect(month.findings[0].cell?.a1 == "C5")
    }

    @Test("a wrong check character with a name that fits is used and said")
    func invalidUsed() {
        let wrong = String(zhang.id.text.dropLast()) + (zhang.id.text.hasSuffix("1") ? "2" : "1")
        let month = month(MonthFixture.row("张世安", id: wrong, present: [1]), [zhang])
        #expect(month.reasons == [.idInvalidUsed])
        #expect(month.rows[0].isHeld == false)
    }

    @Test("a wrong ID with a name that nobody has is held")
    func invalidHeld() {
        let month = month(MonthFixture.row("王无名", id: "63020219700101", present: [1]), [zhang])
        #expect(Set(month.reasons) == [.idInvalidHeld, .notOnRoster])
        #expect(month.rows[0].heldCodes == [.idInvalid, .notOnRoster])
    }

    @Test("an ID in a number cell is never believed, not even if it verifies")
    func precisionLost() {
        let used = month(MonthFixture.row("张世安", id: zhang.id.text, present: [1], isNumber: true), [zhang])
        #expect(used.reasons == [.idPrecisionLostUsed])
        let held = month(MonthFixture.row("李无名", id: zhang.id.text, present: [1], isNumber: true), [zhang])
        #expect(Set(held.reasons) == [.idPrecisionLostHeld, .notOnRoster])
        #expect(held.rows[0].cadre == nil, "a candidate by digits is shown, never taken")
    }

    @Test("a candidate by fifteen digits and name in another township is shown, not taken")
    func candidateShown() throws {
        let elsewhere = MonthFixture.cadre("张世安", 1, MonthFixture.posting("雨润镇", "大庄村"))
        let month = month(
            MonthFixture.row("张世安", id: String(elsewhere.id.text.prefix(15)) + "000", present: [1], isNumber: true),
            [elsewhere])
        let finding = try #require(month.findings.first { $0.reason == .idPrecisionLostHeld })
        #expect(finding.arguments[1].contains(elsewhere.id.masked))
        #expect(month.rows[0].cadre == nil)
    }

    @Test("names compare without spaces, whatever dot parts them")
    func namesFold() {
        let tsering = MonthFixture.cadre("才让·卓玛", 2, MonthFixture.posting("碾伯镇", "新庄村"))
        for name in ["才让•卓玛", "才让．卓玛", "才让・卓玛", " 才 让‧卓 玛 ", "才让.卓玛", "才让●卓玛"] {
            let month = month(MonthFixture.row(name, present: [1]), [tsering])
            #expect(month.paidHalfDays(tsering) == ["新庄村": 2], "\(name)")
        }
        let zhou = MonthFixture.cadre("李㛃䶮", 3, MonthFixture.posting("碾伯镇", "新庄村"))
        #expect(month(MonthFixture.row("李 㛃　䶮", present: [1]), [zhou]).paidHalfDays(zhou) == ["新庄村": 2])
    }

    @Test("two people of one name in a village are told apart by nobody")
    func ambiguous() throws {
        let other = MonthFixture.cadre("张世安", 5, MonthFixture.posting("碾伯镇", "大庄村"))
        let month = month(MonthFixture.row("张世安", village: "大庄村", present: [1]), [zhang, other])
        #expect(month.reasons == [.ambiguousPerson])
        #expect(month.rows[0].heldCodes == [.ambiguousPerson])
        #expect(month.rows[0].cadre == nil)
        #expect(!month.findings.contains { $0.reason == .missingPerson }, "candidates count as in the row")
    }

    @Test("of two people of one name in a township the village decides")
    func sameNameTwoVillages() {
        let other = MonthFixture.cadre("张世安", 5, MonthFixture.posting("碾伯镇", "新庄村"))
        let month = month(MonthFixture.row("张世安", village: "新庄村", present: [1]), [zhang, other])
        #expect(month.paidHalfDays(other) == ["新庄村": 2])
        let unclear = self.month(MonthFixture.row("张世安", present: [1]), [zhang, other])
        #expect(unclear.reasons == [.ambiguousPerson])
    }

    @Test("a name alone identifies nobody across townships, nor without one")
    func nameAcrossTownships() {
        let elsewhere = MonthFixture.cadre("李世英", 6, MonthFixture.posting("雨润镇", "大庄村"))
        let month = month(MonthFixture.row("李世英", present: [1]), [zhang, elsewhere])
        #expect(month.reasons == [.notOnRoster])
        #expect(month.findings.contains { $0.arguments.first?.contains("雨润镇") ?? false })
        #expect(self.month(MonthFixture.row("李世英", present: [1]), [elsewhere], township: nil).reasons == [.notOnRoster])
    }

    @Test("a valid ID that the roster lacks is held whatever the name; the namesake is named")
    func stranger() throws {
        let stranger = MonthFixture.id(40)
        let month = month(MonthFixture.row("张世安", id: stranger.text, present: [1]), [zhang])
        #expect(month.rows[0].personID == stranger.text)
        #expect(month.rows[0].heldCodes == [.notOnRoster])
        let finding = try #require(month.findings.first { $0.reason == .notOnRoster })
        #expect(finding.arguments[0].contains("张世安"))
    }

    @Test("a rostered ID under another name is held")
    func otherName() {
        let month = month(MonthFixture.row("赵不同", id: zhang.id.text, present: [1]), [zhang])
        #expect(month.reasons == [.nameMismatch])
        #expect(month.rows[0].heldCodes == [.nameMismatch])
    }

    @Test("who depends on an unused roster row is told which row")
    func heldRosterRow() throws {
        var input = MonthFixture.input(
            [zhang], [MonthFixture.file("a.xlsx", MonthFixture.block([MonthFixture.row("马待查", present: [1])]))])
        input.heldRosterRows = [
            HeldRosterRow(
                name: PersonName("马待查"), residentID: "123",
                source: SourceCell(file: "花名册.xlsx", sheet: "S", address: CellAddress(row: 8, column: 1)))
        ]
        let finding = try #require(MonthBuilder.build(input).findings.first { $0.reason == .notOnRoster })
        #expect(finding.arguments[0].contains("花名册.xlsx S!B9"))
    }
}
