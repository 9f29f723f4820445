import Domain
import Foundation
import Ledger
import Payroll
import Rules
import Settings

/// What reading closed months with another policy file would change. Source: spec §8, `zhucun policy --adopt`.
public struct AdoptionPreview: Hashable, Sendable, Codable {
    /// A closed month of a county.
    public struct Month: Hashable, Sendable, Codable {
        public var county: String
        public var countyName: String
        public var period: String
        public var people: Int
        /// Yuan with two decimals: new less present.
        public var net: String
    }

    public var policy: String
    public var sha256: String
    /// By county and period; months that stay as they are left out.
    public var months: [Month]
    public var people: Int
    public var net: String

    /// For a reader: sums first, then months.
    public func text(_ language: Language) -> String {
        let zh = language == .zh
        var lines = [
            zh
                ? "采用政策文件 \(policy)（\(sha256.prefix(12))）：已关账月份涉及 \(people) 人，净差额 \(net) 元"
                : "adopting \(policy) (\(sha256.prefix(12))): \(Counted.people(people)) in closed months, net \(net) yuan"
        ]
        for month in months {
            lines.append(
                zh
                    ? "  \(month.period) \(month.county) \(month.countyName)：\(month.people) 人 \(month.net) 元"
                    : "  \(month.period) \(month.county) \(month.countyName): \(Counted.people(month.people)), \(month.net) yuan"
            )
        }
        if months.isEmpty { lines.append(zh ? "  没有已关账的月份受影响" : "  no closed month is touched") }
        return lines.joined(separator: "\n")
    }

    /// JSON with sorted keys.
    public func json(isAdopted: Bool) throws -> String {
        try JSONOutput.text(Document(adoption: self, adopted: isAdopted))
    }

    private struct Document: Encodable {
        var adoption: AdoptionPreview
        var adopted: Bool
    }
}

/// Adopt: puts on record that closed months are read with a policy file. Source: spec §8.
public struct AdoptStage: Sendable {
    private let context: RunContext

    /// - Parameter context: with the policy file to adopt.
    public init(_ context: RunContext) { self.context = context }

    /// - Throws: `RunFailure.refused` where the file reads marks otherwise than the last run's: run with it first.
    public func preview() throws -> AdoptionPreview {
        try context.ledger.read { try plan($0).preview }
    }

    private struct Plan {
        var preview: AdoptionPreview
        var people: Int
        var net: Fen
    }

    private func plan(_ ledger: LedgerReader) throws -> Plan {
        try checkMarks(ledger)
        let step = try PayStep(context, ledger, ledger.work())
        let names = try ledger.countyNames()
        var months: [AdoptionPreview.Month] = []
        var people: Set<String> = []
        var net = Fen.zero
        for county in Set(try ledger.batches().map(\.month.county)).sorted() {
            let desk = try CountyDesk(county, step, ledger)
            for month in step.months(county) where step.policies.isOther(month) {
                guard let change = try desk.policyChange(month, try desk.entitlement(month)) else { continue }
                people.formUnion(change.people)
                net += change.net
                months.append(
                    AdoptionPreview.Month(
                        county: county.text, countyName: names[county]?.name ?? county.text,
                        period: month.period.description, people: change.people.count, net: change.net.yuanText))
            }
        }
        let preview = AdoptionPreview(
            policy: context.policyFileName, sha256: context.policySHA256, months: months, people: people.count,
            net: net.yuanText)
        return Plan(preview: preview, people: people.count, net: net)
    }

    /// Sheets are kept as the last run's marks read them.
    private func checkMarks(_ ledger: LedgerReader) throws {
        guard let last = try ledger.setting("policy.sha256"), last != context.policySHA256 else { return }
        guard try PoliciesOfMonths.kept(last, context).marks != context.policy.marks else { return }
        throw RunFailure.refused(
            BilingualText(
                zh: "该政策文件对符号的规定与上次运行不同。请先用它运行 zhucun run，再采用。",
                en: "this policy file reads marks otherwise than the last run's. Run `zhucun run` with it first."))
    }

    /// Records it: months closed until now are read with the file's bytes from the next run on.
    ///
    /// - Parameter who: the system user.
    /// - Throws: `RunFailure.refused` without a reason.
    public func adopt(reason: String, who: String) throws -> PolicyAdoption {
        let reason = TextFolding.trimmed(reason)
        guard !reason.isEmpty else {
            throw RunFailure.refused(
                BilingualText(zh: "请用 --reason 写明采用的理由。", en: "say why with --reason."))
        }
        try context.originals.keep(
            Array(context.policyText.utf8), sha256: context.policySHA256, isDurable: true)
        return try context.ledger.write(isDurable: true) { ledger in
            let plan = try plan(ledger.reader)
            let adoption = PolicyAdoption(
                sha256: context.policySHA256, name: context.policyFileName, reason: reason, who: who,
                asOf: context.options.asOf, batches: try ledger.reader.batches().map(\.id), people: plan.people,
                net: plan.net)
            try ledger.insert(adoption)
            return adoption
        }
    }
}
