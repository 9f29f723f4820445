import Domain
import TestSupport
import Testing

@testable import Registers

@Suite("Decisions of people: which one counts")
struct DecisionBookTests {
    private let register = TestRegister()

    /// The decisions in force, and where something is told, as `reason cell`.
    private func told(_ sources: RegisterSource..., asOf: CivilDate? = nil) -> (DecisionBook, [FindingReason]) {
        let book = DecisionBook(sources, asOf: asOf)
        return (book, book.findings.map(\.reason))
    }

    /// A row as it stands on the sheet of settled decisions: by the sheet's name, or by its title alone.
    private func settled(_ row: FormRow, byTitle: Bool = false) -> FormRow {
        var row = row
        if byTitle {
            row.sheet = ""
            row.context = [ContextText(kind: .title, text: "乐都区2018年11月裁定表（已裁定）")]
        } else {
            row.sheet = "已裁定"
        }
        return row
    }

    @Test("the sheet of settled decisions is a record: a copy of it revives nothing, by name or by title")
    func record() {
        let used = register.source("裁定/一.xlsx", 1, row("认可", on: "2018-12-04"))
        let withdrawn = register.source("裁定/二.xlsx", 2, row("撤销", on: "2018-12-04"))
        for byTitle in [false, true] {
            let copy = register.source(
                "裁定/三.xlsx", 3, settled(row("认可", on: "2018-12-04"), byTitle: byTitle),
                row("不认可", on: "2018-12-05", evidence: "cd34", at: 4))
            let (book, reasons) = told(used, withdrawn, copy)
            #expect(book.decisions.keys.sorted() == ["cd34"])
            #expect(reasons.isEmpty, "a copy says nothing new")
        }
    }

    @Test("what somebody changed in the record decides nothing and is told; 撤销 there takes the decision back")
    func changedRecord() {
        let used = register.source("裁定/一.xlsx", 1, row("不认可", on: "2018-12-04"))
        let changed = register.source("裁定/二.xlsx", 2, settled(row("认可", on: "2018-12-04")))
        let (book, reasons) = told(used, changed)
        #expect(book.decisions["ab12"]?.action == .refuse)
        #expect(reasons == [.decisionUnfit])
        #expect(book.findings[0].cell == register.cell(.action, at: 3) && book.findings[0].sheet == "已裁定")
        let withdrawn = register.source("裁定/二.xlsx", 2, settled(row("撤销", on: "2018-12-04")))
        let (without, nothing) = told(used, withdrawn)
        #expect(without.decisions.isEmpty && nothing.isEmpty)
    }

    @Test("two rows of one file and date that contradict each other are told at both cells; what stood before stands")
    func contradiction() {
        let old = register.source("裁定/一.xlsx", 1, row("不认可", on: "2018-12-03"))
        let both = register.source(
            "裁定/二.xlsx", 2, row("认可", on: "2018-12-04"), row("改为", on: "2018-12-04", change: "3", at: 5))
        let (book, reasons) = told(old, both)
        #expect(book.decisions["ab12"]?.action == .refuse)
        #expect(reasons == [.registerConflict, .registerConflict])
        #expect(book.findings.map(\.cell) == [register.cell(.action, at: 3), register.cell(.action, at: 5)])
        #expect(told(both).0.decisions.isEmpty)
        let later = register.source(
            "裁定/三.xlsx", 3, row("认可", on: "2018-12-05"), row("认可", on: "2018-12-05", ground: "同上", at: 5),
            row("不认可", on: "2018-12-04", at: 7))
        let (last, none) = told(later)
        #expect(last.decisions["ab12"]?.action == .accept && none.isEmpty, "the later date of one file counts")
    }

    @Test("a date that neither the run nor the form's receipt has reached does not count, nor against others")
    func future() {
        let day = 86_400_000_000_000
        let asOf = CivilDate(2018, 12, 5)!
        let received = Int(CivilDate(2018, 12, 4)!.dayNumber) * day
        let mistyped = register.source("裁定/一.xlsx", received, row("认可", on: "2019-12-04"))
        let later = register.source("裁定/二.xlsx", received + 1, row("不认可", on: "2018-12-05"))
        let (book, reasons) = told(mistyped, later, asOf: asOf)
        #expect(book.decisions["ab12"]?.action == .refuse)
        #expect(reasons == [.decisionUnfit])
        #expect(book.findings[0].cell == register.cell(.date, at: 3))
        let since = register.source(
            "裁定/三.xlsx", Int(CivilDate(2019, 3, 1)!.dayNumber) * day, row("认可", on: "2019-02-28"))
        #expect(told(since, asOf: asOf).1.isEmpty, "decided and received after the day that is run for")
        #expect(RegisterAges([mistyped], around: asOf).contains(CivilDate(2019, 12, 3)!))
        #expect(!RegisterAges([mistyped], around: asOf).contains(CivilDate(2019, 12, 4)!))
    }

    @Test("改为 without what it is changed to is told at its cell")
    func emptyChange() {
        let (book, reasons) = told(register.source("一.xlsx", 1, row("改为", on: "2018-12-06")))
        #expect(book.decisions.isEmpty && reasons == [.decisionUnfit])
        #expect(book.findings[0].cell == register.cell(.action, at: 3))
    }

    @Test("several deciders must all be on the list")
    func deciders() {
        func count(_ decider: String) -> Int {
            DecisionBook(
                [register.source("一.xlsx", 1, row("认可", on: "2018-12-06", by: decider))],
                deciders: ["李局长", "王书记"]
            ).decisions.count
        }
        #expect(count("李局长、王书记") == 1 && count("李局长，赵一") == 0 && count("李局长") == 1)
    }

    private func row(
        _ action: String, on date: String, by decider: String = "李局长", change: String? = nil,
        evidence: String = "ab12", ground: String? = "会议纪要", at row: Int = 3
    ) -> FormRow {
        var texts: [FieldID: String] = [
            .code: "total-mismatch", .period: "2018-11", .action: action, .decider: decider, .evidence: evidence,
            .name: "张世安",
        ]
        texts[.ground] = ground
        texts[.replacement] = change
        return register.row(.decisions, texts, dates: [.date: date], at: row)
    }

    @Test("the latest date counts, then the time of receipt; 撤销 takes it back")
    func latest() {
        let old = register.source("裁定/一.xlsx", 1, row("认可", on: "2018-12-06"))
        let later = register.source("裁定/二.xlsx", 2, row("不认可", on: "2018-12-05"))
        #expect(DecisionBook([old, later]).decisions["ab12"]?.action == .accept)
        let sameDay = register.source("裁定/三.xlsx", 3, row("不认可", on: "2018-12-06"))
        #expect(DecisionBook([sameDay, old]).decisions["ab12"]?.action == .refuse)
        let withdrawn = register.source("裁定/四.xlsx", 4, row("撤销", on: "2018-12-07"))
        #expect(DecisionBook([old, sameDay, withdrawn]).decisions.isEmpty)
    }

    @Test("where two counties' questions have one evidence, each goes by its own forms and by those of no county")
    func sameEvidence() throws {
        let one = try #require(CountyCode("630202"))
        let two = try #require(CountyCode("630203"))
        let index = CountyIndex([
            CountyRecord(code: one, name: "乐都区", prefecture: "海东市", isDeepPoverty: false),
            CountyRecord(code: two, name: "平安区", prefecture: "海东市", isDeepPoverty: false),
        ])
        func form(_ number: Int, _ county: String, _ action: String, on date: String) -> RegisterSource {
            var row = row(action, on: date)
            row.context = [ContextText(kind: .title, text: county + "裁定表")]
            return register.source("裁定/\(number).xlsx", number, row)
        }
        func actions(_ forms: RegisterSource...) -> [DecisionAction?] {
            let decisions = DecisionBook(forms, index: index).decisions.sorted { $0.key < $1.key }.map(\.value)
            return [one, two].map { decisions.inForce(in: $0).first?.action }
        }
        let first = form(1, "乐都区", "认可", on: "2018-12-03")
        let second = form(2, "平安区", "不认可", on: "2018-12-03")
        #expect(actions(first, second) == [.accept, .refuse])
        #expect(actions(first) == [.accept, nil])
        #expect(actions(first, second, form(3, "平安区", "撤销", on: "2018-12-04")) == [.accept, nil])
        // A form that names no county is everybody's; a county may take it back for itself.
        let common = form(4, "", "不认可", on: "2018-12-02")
        #expect(actions(common) == [.refuse, .refuse])
        #expect(actions(common, first) == [.accept, .refuse])
        #expect(actions(first, form(5, "", "不认可", on: "2018-12-05")) == [.refuse, .refuse])
        #expect(actions(common, form(6, "乐都区", "撤销", on: "2018-12-03")) == [nil, .refuse])
    }

    @Test("改为 carries its text; without one it is no decision")
    func change() {
        let book = DecisionBook([register.source("一.xlsx", 1, row("改为", on: "2018-12-06", change: "18.5"))])
        #expect(book.decisions["ab12"]?.action == .change("18.5"))
        #expect(DecisionBook([register.source("一.xlsx", 1, row("改为", on: "2018-12-06"))]).decisions.isEmpty)
    }

    @Test("from another folder, or by a name that may not decide, nothing counts and it is said at the cell")
    func authority() throws {
        let elsewhere = register.source("考勤/一.xlsx", 1, row("认可", on: "2018-12-06"))
        let folders = DecisionBook([elsewhere], folders: ["裁定"])
        #expect(folders.decisions.isEmpty)
        #expect(folders.findings.map(\.reason) == [.notAuthorisedFolder])
        #expect(folders.findings[0].cell == register.cell(.action, at: 3))
        let nobody = DecisionBook(
            [register.source("裁定/一.xlsx", 1, row("认可", on: "2018-12-06", by: "王村长"))], folders: ["裁定"],
            deciders: ["李局长"])
        #expect(nobody.decisions.isEmpty)
        #expect(nobody.findings.map(\.reason) == [.notAuthorisedDecider])
        #expect(nobody.findings[0].cell == register.cell(.decider, at: 3))
        let known = DecisionBook(
            [register.source("裁定/一.xlsx", 1, row("认可", on: "2018-12-06", by: "李 局长"))], folders: ["裁定"],
            deciders: ["李局长"])
        #expect(known.decisions.count == 1)
    }

    @Test("without decider, date or ground it is no decision")
    func incomplete() {
        #expect(
            DecisionBook([register.source("一.xlsx", 1, row("认可", on: "2018-12-06", ground: nil))]).decisions.isEmpty)
        #expect(DecisionBook([register.source("一.xlsx", 1, row("认可", on: "没有日期"))]).decisions.isEmpty)
    }

    @Test("the digest hangs on each of its parts, and on how they are cut")
    func evidence() {
        func digest(
            _ code: FindingCode = .totalMismatch, _ period: Period = MonthFixture.november, _ person: String = "甲",
            _ village: String = "大庄村", _ cells: [String] = ["√", "√"]
        ) -> String {
            DecisionEvidence.digest(
                code: code, period: period, person: person, village: VillageKey(township: "碾伯镇", village: village),
                cells: cells)
        }
        let all = [
            digest(), digest(.nameMismatch), digest(.totalMismatch, MonthFixture.november.next),
            digest(.totalMismatch, MonthFixture.november, "乙"),
            digest(.totalMismatch, MonthFixture.november, "甲", "新庄村"),
            digest(.totalMismatch, MonthFixture.november, "甲", "大庄村", ["√√"]),
            digest(.totalMismatch, MonthFixture.november, "甲", "大庄村", ["√", "", "√"]),
        ]
        #expect(Set(all).count == all.count)
        #expect(digest() == digest(), "and on nothing else")
        #expect(digest().count == 24)
    }

    @Test("without evidence a decision is stale, at its own cell; the county is the title's")
    func noEvidence() throws {
        let book = DecisionBook([register.source("裁定/一.xlsx", 1, row("认可", on: "2018-12-06", evidence: ""))])
        #expect(book.decisions.isEmpty)
        #expect(book.findings.map(\.reason) == [.decisionWithoutEvidence])
        #expect(book.findings[0].cell == register.cell(.action, at: 3))
        #expect(book.findings[0].file == "裁定/一.xlsx")
    }
}
