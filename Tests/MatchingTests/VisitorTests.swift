import Domain
import TestSupport
import Testing

@testable import Matching

@Suite("Days on the sheets of a county that the person left")
struct VisitorTests {
    private static let pingan = CountyCode("630203")
    private let old = MonthFixture.cadre("张世安", 1, MonthFixture.posting("碾伯镇", "大庄村", to: MonthFixture.day(10)))
    private let new = MonthFixture.cadre(
        "张世安", 1, MonthFixture.posting("小峡镇", "石沟村", from: MonthFixture.day(11)))

    private func row(_ days: some Sequence<Int>, halves: [Int] = []) -> AttendanceRow {
        MonthFixture.row("张世安", id: old.id.text, present: days, halves: halves)
    }

    private func input(_ cadre: Cadre, _ rows: [AttendanceRow], county: CountyCode? = nil) -> MonthInput {
        var input = MonthFixture.input(
            [cadre], rows.enumerated().map { MonthFixture.file("\($0.offset).xlsx", MonthFixture.block([$0.element])) })
        if let county {
            input.records.county = CountyRecord(code: county, name: "平安区", prefecture: "海东市", isDeepPoverty: false)
        }
        return input
    }

    /// The old county's month and the new one's, each with what the other claims.
    private func months(
        _ there: [AttendanceRow], _ here: [AttendanceRow] = [], change: (inout MonthInput) -> Void = { _ in },
        replacing: (inout MonthInput) -> Void = { _ in }
    ) -> (old: MonthAttendance, new: MonthAttendance) {
        var left = input(old, there)
        replacing(&left)
        var right = input(new, here, county: VisitorTests.pingan)
        change(&right)
        (left.foreignClaims, right.foreignClaims) = (MonthBuilder.claims(right), MonthBuilder.claims(left))
        return (MonthBuilder.build(left), MonthBuilder.build(right))
    }

    @Test("they are paid where the posting is, and told there as another village's; the old county pays its own")
    func paidWherePosted() throws {
        let (old, new) = months([row(1...30)])
        #expect(old.paidHalfDays(self.old) == ["大庄村": 20])
        #expect(new.paidHalfDays(self.new) == ["石沟村": 40])
        #expect(new.findings.map(\.code) == [.villageMismatch])
        let finding = try #require(new.findings.first)
        #expect(finding.message(.zh).contains("乐都区碾伯镇大庄村") && finding.message(.zh).contains("小峡镇石沟村"))
        #expect(finding.file.isEmpty && finding.cell == nil && finding.personID == self.new.id.text)
        #expect(new.rows.map(\.isVisitor) == [true])
        #expect(new.rows.map(\.sheet) == ["乐都区碾伯镇大庄村"])
    }

    @Test("a day that the new county's own sheet claims as well is due in neither")
    func twice() {
        let (old, new) = months([row(9...12)], [row([12, 13])])
        #expect(old.paidHalfDays(self.old) == ["大庄村": 4])
        #expect(new.paidHalfDays(self.new) == ["石沟村": 4], "the 11th and the 13th")
        #expect(new.reasons.filter { $0 == .doublePresence }.count == 1, "told once, at the sheet of the county")
        let told = new.findings.first { $0.code == .doublePresence }
        #expect(told?.message(.zh).contains("乐都区碾伯镇大庄村") == true)
        #expect(new.findings.filter { $0.code == .doublePresence }.compactMap(\.cell?.a1) == ["P5"])
    }

    @Test("what the old county holds waits there, and here with what it would pay; it is asked there alone")
    func held() throws {
        var damaged = row(9...12)
        damaged.total = MonthFixture.total("9", halfDays: 18)
        let (old, new) = months([damaged])
        #expect(old.paidHalfDays(self.old) == [:])
        #expect(old.rows.map(\.isHeld) == [true])
        #expect(old.decisions.open.map(\.finding.code) == [.totalMismatch])
        #expect(new.paidHalfDays(self.new) == [:])
        #expect(new.rows.map(\.heldCodes) == [[.villageMismatch]])
        #expect(new.rows.map(\.pendingHalfDays) == [HalfDays(4)])
        #expect(new.findings.map(\.reason) == [.waitsElsewhere] && new.decisions.open.isEmpty)
        let finding = try #require(new.findings.first)
        #expect(finding.message(.zh).contains("乐都区碾伯镇大庄村") && finding.cell == nil && finding.file.isEmpty)
    }

    @Test("what waits there and would pay nothing here holds nothing here; both sheets' days stay twice claimed")
    func idle() {
        var damaged = row(11...12)
        damaged.total = MonthFixture.total("9", halfDays: 18)
        let (_, new) = months([damaged], [row(11...15)])
        #expect(new.rows.map(\.isHeld) == [false] && !new.reasons.contains(.waitsElsewhere))
        #expect(new.paidHalfDays(self.new) == ["石沟村": 6])
        #expect(new.reasons.filter { $0 == .doublePresence }.count == 2)
    }

    @Test("a newer sheet that leaves the person out: the days of the new county wait as the others do")
    func leftOut() {
        let other = MonthFixture.cadre("赵成林", 2, MonthFixture.posting("碾伯镇", "大庄村"))
        let (old, new) = months([]) { _ in
        } replacing: { input in
            input.records.cadres.append(other)
            input.blocks = [
                MonthFixture.file("旧.xlsx", 1, MonthFixture.block([self.row(1...30)])),
                MonthFixture.file(
                    "新.xlsx", 2, MonthFixture.block([MonthFixture.row("赵成林", id: other.id.text, present: 1...2)])),
            ]
        }
        #expect(old.paidHalfDays(self.old) == [:])
        #expect(new.paidHalfDays(self.new) == [:])
        #expect(new.rows.map(\.isLeftOut) == [true])
        #expect(new.rows.map(\.pendingHalfDays) == [HalfDays(40)])
        #expect(new.reasons.contains(.leftOutElsewhere) && new.decisions.open.isEmpty)
    }

    @Test("days that count by a decision of the old county say so")
    func decided() throws {
        var damaged = row(9...12)
        damaged.total = MonthFixture.total("9", halfDays: 18)
        var left = input(old, [damaged])
        left = try Desk(input: left).deciding(.totalMismatch, .accept).input
        let (old, new) = months([]) { _ in
        } replacing: {
            $0 = left
        }
        #expect(old.paidHalfDays(self.old) == ["大庄村": 4])
        #expect(new.paidHalfDays(self.new) == ["石沟村": 4])
        #expect(Set(new.reasons) == [.villageMismatch, .decidedElsewhere])
        let refused = try Desk(input: input(self.old, [damaged])).deciding(.totalMismatch, .refuse).input
        let after = months([]) { _ in
        } replacing: {
            $0 = refused
        }
        #expect(after.new.paidHalfDays(self.new) == [:])
        #expect(after.new.rows.map(\.isHeld) == [false], "it says that nothing is due")
    }

    @Test("a sheet that says he was not there is told as a row without days; of him there is no record")
    func away() {
        let away = MonthFixture.row("张世安", id: old.id.text, marks: [11: .leave, 12: .leave])
        let other = MonthFixture.cadre("李秀英", 3, MonthFixture.posting("小峡镇", "石沟村"))
        let (_, new) = months([away]) {
            $0.records.cadres.append(other)
            let row = MonthFixture.row("李秀英", id: other.id.text, present: 1...2)
            $0.blocks = [MonthFixture.file("本地.xlsx", MonthFixture.block([row], township: "小峡镇"))]
        }
        let visit = new.rows.filter(\.isVisitor)
        #expect(visit.map(\.days.count) == [20] && visit.map(\.isHeld) == [false])
        #expect(visit.flatMap(\.days).allSatisfy { $0.counted == .zero && $0.exclusion == nil })
        #expect(new.findings.filter { $0.code == .missingPerson }.map(\.person) == ["张世安"])
        #expect(!new.reasons.contains(.villageMismatch))
    }

    @Test("a check against such a day is asked where the day would be paid, and there alone")
    func checked() {
        let check = SpotCheckRecord(
            person: new.id, date: MonthFixture.day(12), result: .absent,
            source: SourceCell(file: "抽查.xlsx", sheet: "1", address: CellAddress(row: 3, column: 2)))
        let (old, new) = months([row(9...13)]) {
            $0.records.spotChecks = [check]
        } replacing: {
            $0.records.spotChecks = [check]
        }
        #expect(old.decisions.open.isEmpty)
        #expect(new.decisions.open.map(\.finding.code).filter { $0 == .spotCheckConflict }.count == 1)
    }

    @Test("a row sent twice counts once; halves stay halves; days to come and days checked absent are not paid")
    func once() {
        let check = SpotCheckRecord(
            person: new.id, date: MonthFixture.day(12), result: .absent,
            source: SourceCell(file: "抽查.xlsx", sheet: "1", address: CellAddress(row: 3, column: 2)))
        let (_, new) = months([row(11...13, halves: [14])]) {
            $0.records.spotChecks = [check]
        }
        #expect(new.paidHalfDays(self.new) == ["石沟村": 5])
        #expect(new.reasons.contains(.spotCheckConflict))
        let early = months([row(11...13)]) { $0.asOf = MonthFixture.day(12) }.new
        #expect(early.paidHalfDays(self.new) == ["石沟村": 4])
        let repeated = months([row(11...12), row(11...12)]).new
        #expect(repeated.paidHalfDays(self.new) == ["石沟村": 4])
    }

    @Test("what a batch of another county issued for such a day is not issued again")
    func issued() throws {
        let county = try #require(CountyCode("630202"))
        let (_, new) = months([row(11...12)]) {
            $0.issuedElsewhere = [
                IssuedElsewhere(
                    person: self.new.id, county: county, batch: "ZC-630202-201811-1", date: MonthFixture.day(11),
                    halves: .day(11, morning: true, afternoon: true))
            ]
        }
        #expect(new.paidHalfDays(self.new) == ["石沟村": 2])
        #expect(new.reasons.contains(.alreadyIssued))
    }

    @Test("without a posting anywhere nobody pays them")
    func nowhere() {
        let (old, new) = months([row(1...30)]) { $0.records.cadres = [] }
        #expect(old.paidHalfDays(self.old) == ["大庄村": 20])
        #expect(old.reasons.filter { $0 == .outsidePosting }.count == 20)
        #expect(new.rows.isEmpty)
    }
}
