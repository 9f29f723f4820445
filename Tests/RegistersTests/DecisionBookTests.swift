import Domain
import TestSupport
import Testing

@testable import Registers

@Suite("Decisions of people: which one counts")
struct DecisionBookTests {
    private let register = TestRegister()

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
