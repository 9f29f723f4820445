import Domain
import TestSupport
import Testing

@testable import Registers

/// An account that two people have, decided. Source: spec §5.8.
@Suite("A shared account is decided in the open")
struct AccountDecisionTests {
    private let register = TestRegister()
    private let account = "622848000000000001"

    private func build(_ action: String, by decider: String, about person: Int = 1, named name: String = "张世安")
        -> Registers
    {
        let evidence = AccountDecisions.evidence(
            AccountStanding.PersonAccount(person: MonthFixture.id(person), account: account))
        let decision = register.row(
            .decisions,
            [
                .code: "bank-account-shared", .action: action, .decider: decider, .ground: "会议纪要",
                .evidence: evidence, .name: name, .replacement: "1",
            ], dates: [.date: "2018-12-04"], at: 7)
        return register.build(
            register.source(
                "名录.xlsx", 1, register.roster("张世安", MonthFixture.id(1).text, [.bankAccount: account]),
                register.roster("王明华", MonthFixture.id(2).text, [.bankAccount: account], at: 3)),
            register.source("裁定/裁定表.xlsx", 2, decision))
    }

    private func reasons(_ registers: Registers) -> [String: FindingReason] {
        let codes: Set<FindingCode> = [.bankAccountShared, .decisionUsed, .decisionStale, .notAuthorised]
        return Dictionary(
            registers.findings.filter { codes.contains($0.code) }.map { ("\($0.file) \($0.person)", $0.reason) },
            uniquingKeysWith: { first, _ in first })
    }

    @Test("decided it is told at the account's cell, the other owner's question stands", arguments: ["认可", "不认可"])
    func used(_ action: String) throws {
        let registers = build(action, by: "李局长")
        #expect(reasons(registers) == ["名录.xlsx 张世安": .decisionUsed, "名录.xlsx 王明华": .bankAccountShared])
        let finding = try #require(registers.findings.first { $0.reason == .decisionUsed })
        #expect(finding.cell == register.cell(.bankAccount, at: 2))
        #expect(finding.message(.zh).contains("李局长 2018-12-04"))
        #expect(registers.decisions.count == 1)
    }

    @Test("neither owner may decide about it", arguments: ["张世安", "王明华", "第一书记王明华"])
    func owners(_ decider: String) throws {
        let registers = build("认可", by: decider)
        #expect(registers.decisions.isEmpty)
        #expect(
            reasons(registers) == [
                "名录.xlsx 张世安": .bankAccountShared, "名录.xlsx 王明华": .bankAccountShared,
                "裁定/裁定表.xlsx 张世安": .notAuthorisedDecider,
            ])
        let finding = try #require(registers.findings.first { $0.reason == .notAuthorisedDecider })
        #expect(finding.cell == register.cell(.action, at: 7))
    }

    @Test("an answer that it does not have, or a row that names the other owner, is stale")
    func unfit() {
        for registers in [build("改为", by: "李局长"), build("认可", by: "李局长", named: "王明华")] {
            #expect(registers.decisions.isEmpty)
            #expect(reasons(registers)["裁定/裁定表.xlsx 张世安"] == .decisionUnfit)
            #expect(reasons(registers)["名录.xlsx 张世安"] == .bankAccountShared)
        }
    }
}
