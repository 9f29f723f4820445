import Domain
import Foundation
import Ledger
import Registers
import Stages
import TestSupport
import Testing

@testable import Payroll

/// Source: spec §5.8 («不认可 what the finding concerns pays nothing, in a closed period it is taken back», «Payments that
/// rest on one say so»), §8.
@Suite("Decisions about what was issued")
struct ClosedLineDecisionTests {
    private static let october = SequenceWorld.months[0]
    private static let november = SequenceWorld.months[1]
    private let county = SequenceWorld.counties[0]
    private let place = SequenceWorld.Place(county: 0, index: 0)
    private let world = SequenceWorld()

    /// October of two people closed: 张世安 and 李在场, ten days each; November is open, twelve days each.
    private func office(hasAllowance: Bool = false, october: SequenceWorld.Sheet? = nil) throws -> SequenceOffice {
        let office = try SequenceOffice(hasAllowance: hasAllowance)
        try office.write("\(county.text)/村名录.csv", world.villageRegister(0))
        try office.write("\(county.text)/花名册.csv", world.roster(0))
        try send(office, Self.october, october ?? [0: .days(1...10), 2: .days(1...10)])
        try send(office, Self.november, [0: .days(1...12), 2: .days(1...12)])
        try office.close(CountyMonth(county: county, period: Self.october))
        return office
    }

    private func send(_ office: SequenceOffice, _ month: Period, _ sheet: SequenceWorld.Sheet) throws {
        try office.write("\(county.text)/\(month).csv", world.attendance(place, month, sheet))
        try office.run()
    }

    private func decide(
        _ office: SequenceOffice, _ name: String, _ code: FindingCode, _ evidence: String, _ answer: String
    ) throws {
        try office.write(
            "\(county.text)/裁定/\(name).csv",
            [
                ["裁定表"], ["所属期", "代码", "处理", "裁定人", "裁定日期", "依据", "证据"],
                ["2018-10", code.rawValue, answer, "李主任", "2019-12-30", "会议纪要〔\(name)〕号", evidence],
            ])
        try office.run()
    }

    private func open(_ office: SequenceOffice, _ code: FindingCode) throws -> [DecidableFinding] {
        let month = CountyMonth(county: county, period: Self.october)
        return try office.context().ledger.read { ledger in
            try (ledger.decisions(month).open + ledger.payDetail(month).decisions.open).filter {
                $0.finding.code == code
            }
        }
    }

    /// What November carries of October.
    private func carried(_ office: SequenceOffice, _ person: Int) throws -> [PaymentLine] {
        try office.context().ledger.read { ledger in
            (try ledger.pay(CountyMonth(county: county, period: Self.november))?.lines ?? []).filter {
                $0.originPeriod == Self.october && $0.person == SequenceWorld.id(person)
            }
        }
    }

    private func proves(_ office: SequenceOffice) throws {
        try office.close(CountyMonth(county: county, period: Self.november))
        try office.expectProven()
    }

    @Test("whom a newer sheet leaves out: 认可 lets it stand, a cell that changes asks again, 不认可 takes it back")
    func leftOut() throws {
        let office = try office()
        try send(office, Self.october, [0: .days(1...10)])
        let question = try #require(try open(office, .closedLineHeld).first)
        #expect(question.choices == ["认可", "不认可"] && question.concern == .amount(.yuan(600)))
        #expect(try carried(office, 2).isEmpty, "nothing is taken back on silence")
        try decide(office, "一", .closedLineHeld, question.evidence, "认可")
        #expect(try open(office, .closedLineHeld).isEmpty)
        #expect(try carried(office, 2).isEmpty)
        // He stands on a sheet again, and a newer one leaves him out: that is another reading.
        try send(office, Self.october, [0: .days(1...10), 2: .days(3...4)])
        #expect(try carried(office, 2).map(\.total) == [.yuan(-480)], "his own row corrects it")
        try send(office, Self.october, [0: .days(1...10)])
        let again = try #require(try open(office, .closedLineHeld).first)
        #expect(again.evidence != question.evidence)
        try decide(office, "二", .closedLineHeld, again.evidence, "不认可")
        let back = try #require(try carried(office, 2).first)
        #expect(back.total == .yuan(-600) && back.halfDays == HalfDays(-20))
        #expect(back.note.contains("裁定：不认可，李主任 2019-12-30，依据 会议纪要〔二〕号"), "\(back.note)")
        let findings = try office.context().ledger.read {
            try $0.payFindings(CountyMonth(county: county, period: Self.october))
        }
        #expect(findings.contains { $0.reason == .decisionUsed && $0.personID == SequenceWorld.id(2).text })
        try proves(office)
        // It was taken back once; the next month carries nothing of it.
        let december = try office.context().ledger.read {
            try $0.pay(CountyMonth(county: county, period: Self.november.next))
        }
        #expect(december?.lines.isEmpty == true, "\(december?.lines ?? [])")
    }

    @Test(
        "of whom no sheet speaks any more the stipend is taken back; the allowances of his posting are due all the same"
    )
    func silent() throws {
        let office = try office(hasAllowance: true)
        // He moves within the county on the first: nobody's sheet speaks of him in the village that was paid.
        var moved = world
        moved.stays[2].end = CivilDate(2018, 11, 30)
        try office.write("\(county.text)/花名册.csv", moved.roster(0))
        try send(office, Self.october, [0: .days(1...10)])
        let question = try #require(try open(office, .closedLineHeld).first)
        try decide(office, "一", .closedLineHeld, question.evidence, "不认可")
        let back = try #require(try carried(office, 2).first)
        #expect(back.livingStipend == .yuan(-600) && back.total == .yuan(-600), "\(back)")
        try proves(office)
        let december = try office.context().ledger.read {
            try $0.pay(CountyMonth(county: county, period: Self.november.next))
        }
        #expect(
            december?.lines.filter { $0.originPeriod == Self.october }.isEmpty == true,
            "what was taken back does not come again: \(december?.lines ?? [])")
    }

    @Test("a row held at closing and confirmed later is paid as an adjustment that names the decision")
    func confirmedLater() throws {
        var row = SequenceWorld.Row.days(1...10)
        row.isMisstated = true
        let office = try office(october: [0: .days(1...10), 2: row])
        #expect(try carried(office, 2).isEmpty)
        let question = try #require(try open(office, .totalMismatch).first)
        try decide(office, "三", .totalMismatch, question.evidence, "认可")
        let line = try #require(try carried(office, 2).first)
        #expect(line.total == .yuan(600))
        #expect(line.note == "2018-10 更正；裁定：认可，李主任 2019-12-30，依据 会议纪要〔三〕号")
        try proves(office)
    }

    @Test("a row refused after closing is taken back, and the line says by which decision")
    func refusedLater() throws {
        let office = try office()
        var row = SequenceWorld.Row.days(1...10)
        row.isMisstated = true
        try send(office, Self.october, [0: .days(1...10), 2: row])
        #expect(try carried(office, 2).isEmpty, "a held reading takes nothing back")
        let question = try #require(try open(office, .totalMismatch).first)
        try decide(office, "四", .totalMismatch, question.evidence, "不认可")
        let line = try #require(try carried(office, 2).first)
        #expect(line.total == .yuan(-600))
        #expect(line.note.contains("裁定：不认可，李主任 2019-12-30，依据 会议纪要〔四〕号"), "\(line.note)")
        try proves(office)
    }

    @Test("pay to an account that two people share says by whose decision, in the file, the ledger and the batch")
    func sharedAccount() throws {
        let office = try SequenceOffice()
        try office.write("\(county.text)/村名录.csv", world.villageRegister(0))
        let shared = world.roster(0).map { $0.map { $0 == world.account(2) ? world.account(0) : $0 } }
        try office.write("\(county.text)/花名册.csv", shared)
        try send(office, Self.october, [0: .days(1...10), 2: .days(1...10)])
        for person in [0, 2] {
            let account = AccountStanding.PersonAccount(
                person: SequenceWorld.id(person), account: world.account(0))
            try decide(
                office, "账号\(person)", .bankAccountShared, AccountDecisions.evidence(account),
                person == 0 ? "认可" : "不认可")
        }
        try office.run(reporting: true)
        func rows() throws -> [[String: String]] {
            let path = office.output + "/2018-10/\(county.text)-乐都区/finance/payments-2018-10.csv"
            return try CSVText(path: path).rows
        }
        let note = "裁定：认可，李主任 2019-12-30，依据 会议纪要〔账号0〕号"
        #expect(try rows().map { $0["说明"] ?? "" }.sorted() == ["", note])
        try send(office, Self.november, [0: .days(1...12), 2: .days(1...12)])
        try office.close(CountyMonth(county: county, period: Self.october))
        let issued = try office.context().ledger.read { try $0.issued(county: county, origin: Self.october) }
        #expect(issued.map(\.note).sorted() == ["", note])
        try proves(office)
    }
}
