import Domain
import Forms
import Foundation
import Ledger
import Matching
import Registers
import Payroll
import Reports
import Rules
import Settings
import Sheets
import Tables

/// A person, village and month that another policy would pay differently.
public struct RehearsedLine: Sendable {
    public var county: String
    public var period: Period
    public var name: String
    /// Masked.
    public var residentID: String
    public var sendingUnit: String
    public var township: String
    public var village: String
    public var currentDays: HalfDays
    public var newDays: HalfDays
    public var current: Fen
    public var new: Fen
}

/// What past months would have paid under another policy file.
public struct Rehearsal: Sendable {
    public var lines: [RehearsedLine]
    public var months: Int
    public var currentTotal: Fen
    public var newTotal: Fen

    /// How many get another amount; two people may have one masked number.
    public var people: Int { Set(lines.map { [$0.residentID, $0.name] }).count }

    /// As JSON with sorted keys; amounts in yuan with two decimals.
    public func json() throws -> String {
        struct Line: Encodable {
            var county, period, name, residentID, sendingUnit, township, village: String
            var currentDays, newDays, current, new, difference: String
        }
        struct Document: Encodable {
            var months, people: Int
            var currentTotal, newTotal, difference: String
            var lines: [Line]
        }
        return try JSONOutput.text(
            Document(
                months: months, people: people, currentTotal: currentTotal.yuanText, newTotal: newTotal.yuanText,
                difference: (newTotal - currentTotal).yuanText,
                lines: lines.map { line in
                    Line(
                        county: line.county, period: line.period.description, name: line.name,
                        residentID: line.residentID, sendingUnit: line.sendingUnit, township: line.township,
                        village: line.village, currentDays: line.currentDays.daysText,
                        newDays: line.newDays.daysText, current: line.current.yuanText, new: line.new.yuanText,
                        difference: (line.new - line.current).yuanText)
                }))
    }
}

/// Rehearse: past months under another policy file; nothing is written to the ledger. Source: spec §8.
public struct RehearseStage: Sendable {
    private let context: RunContext

    public init(_ context: RunContext) { self.context = context }

    /// Compares the run's policy with another one, month by month.
    public func rehearse(_ other: Policy, from: Period, to: Period, county: CountyCode?) throws -> Rehearsal {
        try context.ledger.read { ledger in
            var rehearsal = Rehearsal(lines: [], months: 0, currentTotal: .zero, newTotal: .zero)
            let months = try ledger.assignments().keys.filter { month in
                (from...to).contains(month.period) && (county == nil || month.county == county)
            }.sorted()
            for month in months {
                rehearsal.months += 1
                try compare(month, other, ledger, &rehearsal)
            }
            guard rehearsal.months > 0 else {
                throw RunFailure.refused(
                    BilingualText(zh: "\(from) 至 \(to) 没有数据。", en: "there is no data from \(from) to \(to)."))
            }
            return rehearsal
        }
    }

    private func compare(
        _ month: CountyMonth, _ other: Policy, _ ledger: LedgerReader, _ rehearsal: inout Rehearsal
    ) throws {
        guard let entry = try ledger.countyRecord(month.county) else { return }
        let current = try lines(month, context.policy, isOwn: true, entry, ledger)
        let new = try lines(month, other, isOwn: false, entry, ledger)
        rehearsal.currentTotal += current.values.reduce(.zero) { $0 + $1.total }
        rehearsal.newTotal += new.values.reduce(.zero) { $0 + $1.total }
        for key in Set(current.keys).union(new.keys).sorted() {
            let (old, changed) = (current[key], new[key])
            guard old?.total != changed?.total, let line = changed ?? old else { continue }
            rehearsal.lines.append(
                RehearsedLine(
                    county: entry.records.county.name, period: month.period, name: line.name,
                    residentID: line.person.masked, sendingUnit: line.sendingUnit, township: line.township,
                    village: line.village, currentDays: old?.halfDays ?? .zero, newDays: changed?.halfDays ?? .zero,
                    current: old?.total ?? .zero, new: changed?.total ?? .zero))
        }
    }

    private func lines(
        _ month: CountyMonth, _ policy: Policy, isOwn: Bool, _ entry: CountyRecordEntry, _ ledger: LedgerReader
    ) throws -> [PersonVillage: PaymentLine] {
        let inputs = MonthInputs(context: context, ledger: ledger)
        guard var input = try inputs.input(month, policy: policy, asOf: context.options.asOf) else { return [:] }
        if !isOwn, policy.marks != context.policy.marks {
            input.blocks = try BlocksAgain(context, policy).read(input.blocks, try ledger.submissions())
        }
        input.foreignClaims = try inputs.foreignClaims(month, policy: policy, asOf: context.options.asOf)
        input.issuedElsewhere = try inputs.issuedElsewhere(month)
        let attendance = MonthBuilder.build(input)
        let lines = EntitlementBuilder.build(
            attendance, records: entry.records.forPay, policy: policy, asOf: context.options.asOf
        ).lines
        return Dictionary(
            lines.map { (PersonVillage(person: $0.person, township: $0.township, village: $0.village), $0) },
            uniquingKeysWith: { first, _ in first })
    }
}
