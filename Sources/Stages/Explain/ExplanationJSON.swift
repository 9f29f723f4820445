import Domain
import Foundation

extension ExplainStage {
    /// The explanations as JSON: an array, keys sorted, dates and months as ISO text.
    public static func json(_ explanations: [Explanation]) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(explanations.map(ExplanationJSON.init)), as: UTF8.self)
    }
}

/// The published shape of an explanation: what `Explanation` says, with dates as people write them.
private struct ExplanationJSON: Encodable {
    let explanation: Explanation

    init(_ explanation: Explanation) { self.explanation = explanation }

    private struct Day: Encodable {
        let date, status, counted, reason, mark, file, sheet, cell, village: String
    }
    private struct Basis: Encodable {
        let title, value, unit, from, source: String
        let to: String?
        init(_ basis: Explanation.Basis) {
            title = basis.title
            value = basis.value
            unit = basis.unit
            from = basis.from.iso
            to = basis.to?.iso
            source = basis.source
        }
    }
    private struct Allowance: Encodable {
        let title, village, from, to, key: String
        let standard, unitStandard: Basis?
        let topUp, amount: String?
    }
    private struct Registered: Encodable {
        let title, subject, value, file, sheet, cell: String
        init(_ field: Explanation.Registered) {
            title = field.title
            subject = field.subject
            value = field.value
            file = field.file
            sheet = field.sheet
            cell = field.cell
        }
    }
    private struct Line: Encodable {
        let period, originPeriod, village, days, rate, livingStipend, total, batch, file: String
        let hardshipAllowance, qinghaiAllowance, townshipSubsidy, sha256: String?
        let isAdjustment, isReissue: Bool
        let note: String
    }
    private struct Paid: Encodable {
        let batch, account, total: String
        let lines: [Line]
    }
    private struct Change: Encodable {
        let date, oldMark, oldCell, newMark, newCell: String
    }
    private enum Key: String, CodingKey {
        case name, residentID, county, period, sendingUnit, days, held, decisions, registered, rates, adopted
        case allowances, impossible, paid, outstanding, lines, changes, total
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(explanation.name, forKey: .name)
        try container.encode(explanation.residentID, forKey: .residentID)
        try container.encode(explanation.county, forKey: .county)
        try container.encode(explanation.period.description, forKey: .period)
        try container.encode(explanation.sendingUnit, forKey: .sendingUnit)
        try container.encode(explanation.days.map(day), forKey: .days)
        try container.encode(explanation.held, forKey: .held)
        try container.encode(explanation.decisions, forKey: .decisions)
        try container.encode(explanation.registered.map(Registered.init), forKey: .registered)
        try container.encode(explanation.rates.map(Basis.init), forKey: .rates)
        try container.encode(explanation.adopted, forKey: .adopted)
        try container.encode(explanation.allowances.map(allowance), forKey: .allowances)
        try container.encode(explanation.impossible, forKey: .impossible)
        try container.encode(explanation.paid.map(paid), forKey: .paid)
        try container.encode(explanation.outstanding, forKey: .outstanding)
        try container.encode(explanation.lines.map(line), forKey: .lines)
        try container.encode(explanation.changes.map(change), forKey: .changes)
        try container.encode(explanation.total, forKey: .total)
    }

    private func day(_ day: Explanation.Day) -> Day {
        Day(
            date: day.date.iso, status: day.status, counted: day.counted, reason: day.reason, mark: day.mark,
            file: day.file, sheet: day.sheet, cell: day.cell, village: day.village)
    }

    private func allowance(_ allowance: Explanation.Allowance) -> Allowance {
        Allowance(
            title: allowance.title, village: allowance.village, from: allowance.days.start.iso,
            to: allowance.days.end.iso, key: allowance.key, standard: allowance.standard.map(Basis.init),
            unitStandard: allowance.unitStandard.map(Basis.init), topUp: allowance.topUp, amount: allowance.amount)
    }

    private func line(_ line: Explanation.Line) -> Line {
        Line(
            period: line.period.description, originPeriod: line.originPeriod.description, village: line.village,
            days: line.days, rate: line.rate, livingStipend: line.livingStipend, total: line.total, batch: line.batch,
            file: line.file,
            hardshipAllowance: line.hardshipAllowance, qinghaiAllowance: line.qinghaiAllowance,
            townshipSubsidy: line.townshipSubsidy, sha256: line.sha256, isAdjustment: line.isAdjustment,
            isReissue: line.isReissue, note: line.note)
    }

    private func paid(_ paid: Explanation.Paid) -> Paid {
        Paid(batch: paid.batch, account: paid.account, total: paid.total, lines: paid.lines.map(line))
    }

    private func change(_ change: Explanation.Change) -> Change {
        Change(
            date: change.date.iso, oldMark: change.oldMark, oldCell: change.oldCell, newMark: change.newMark,
            newCell: change.newCell)
    }
}
