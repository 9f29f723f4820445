import Domain

/// Decisions about accounts that two IDs have: one a person and account, for every month. Source: spec §5.8.
public enum AccountDecisions {
    /// The evidence: it holds while the account is the person's.
    public static func evidence(_ account: AccountStanding.PersonAccount) -> String {
        DecisionEvidence.digest(
            code: .bankAccountShared, period: nil, person: account.person.text, village: nil, cells: [account.account])
    }
}

extension RegisterBuilder {
    /// An account and everybody who has it, in the order of counties and IDs.
    struct SharedAccount {
        let account: String
        let holders: [(county: CountyCode, cadre: Cadre)]
    }

    /// What was decided about shared accounts takes the place of the finding; who may not decide is told so.
    ///
    /// - Returns: the decisions in force without those that cannot be carried out.
    mutating func settleAccounts(_ decisions: [String: Decision]) -> [String: Decision] {
        var decisions = decisions
        let current = Set(sources.filter(\.isCurrent).map(\.order.path))
        for shared in sharedAccounts {
            for (county, cadre) in shared.holders {
                let evidence = AccountDecisions.evidence(
                    AccountStanding.PersonAccount(person: cadre.id, account: shared.account))
                let own = DecisionBook.key(evidence, county)
                let key = decisions[own] == nil ? evidence : own
                guard let decision = decisions[key], decision.code == .bankAccountShared,
                    decision.action != .withdraw, decision.county == nil || decision.county == county
                else { continue }
                if var refusal = refusal(decision, cadre, shared) {
                    decisions[key] = nil
                    refusal.county = county
                    refusal.file = decision.source.file
                    refusal.sheet = decision.source.sheet
                    refusal.cell = decision.source.address
                    refusal.person = cadre.name.display
                    refusal.personID = cadre.id.text
                    if current.contains(decision.source.file) { findings.append(refusal) }
                    continue
                }
                for index in findings.indices
                where findings[index].reason == .bankAccountShared && findings[index].personID == cadre.id.text
                    && findings[index].county == county
                {
                    findings[index].reason = .decisionUsed
                    findings[index].arguments = [FindingCode.bankAccountShared.chinese, decision.chinese]
                }
            }
        }
        return decisions
    }

    /// Why a decision about somebody's account counts for nothing; nil where it counts.
    private func refusal(_ decision: Decision, _ cadre: Cadre, _ shared: SharedAccount) -> Finding? {
        let decider = DeciderText(decision.decider)
        if shared.holders.contains(where: { decider.names($0.cadre.name.key, $0.cadre.id) }) {
            return Finding(
                .notAuthorisedDecider, value: decision.decider, arguments: [IDMasking.masked(decision.decider)])
        }
        let answer = IDMasking.masked(decision.answer)
        guard decision.fits(person: cadre.name.display, personID: cadre.id.text, isOfNobody: false) else {
            return Finding(.decisionUnfit, arguments: [answer, "该行的姓名、身份证号与证据所指的人不符"])
        }
        guard [DecisionAction.accept, .refuse].contains(decision.action) else {
            return Finding(.decisionUnfit, arguments: [answer, "此类问题只能认可、不认可"])
        }
        return nil
    }
}
