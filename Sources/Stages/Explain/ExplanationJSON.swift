import Domain
import Foundation

extension ExplainStage {
    /// The explanations as JSON: an array, keys sorted, dates and months as ISO text.
    public static func json(_ explanations: [Explanation]) throws -> String {
        try JSONOutput.text(explanations.map(ExplanationJSON.init))
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
        init(_ basis: PayBasis) {
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
        init(_ allowance: Explanation.Allowance) {
            title = allowance.title
            village = allowance.village
            from = allowance.days.start.iso
            to = allowance.days.end.iso
            key = allowance.key
            standard = allowance.standard.map(Basis.init)
            unitStandard = allowance.unitStandard.map(Basis.init)
            topUp = allowance.topUp
            amount = allowance.amount
        }
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
        let date, oldMark, oldCell, oldCounted, oldVillage, newMark, newCell, newCounted, newVillage: String
        init(_ change: Explanation.Change) {
            date = change.date.iso
            oldMark = change.old?.mark ?? ""
            oldCell = change.old?.place ?? ""
            oldCounted = change.old?.counted ?? "no"
            oldVillage = change.old?.village ?? ""
            newMark = change.new?.mark ?? ""
            newCell = change.new?.place ?? ""
            newCounted = change.new?.counted ?? "no"
            newVillage = change.new?.village ?? ""
        }
    }
    private struct Later: Encodable {
        let batch: String
        let changes: [Change]
        let registered: [Registered]
        let held, decisions, impossible: [String]?
        let rates: [Basis]?
        let allowances: [Allowance]?
        init(_ later: Explanation.Later) {
            batch = later.batch
            changes = later.changes.map(Change.init)
            registered = later.registered.map(Registered.init)
            held = later.held
            decisions = later.decisions
            impossible = later.impossible
            rates = later.rates?.map(Basis.init)
            allowances = later.allowances?.map(Allowance.init)
        }
    }
    private enum Key: String, CodingKey {
        case name, residentID, county, period, sendingUnit, days, held, decisions, registered, rates, adopted
        case allowances, impossible, isWhole, paid, outstanding, owed, bank, lines, since, total
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        let reading = explanation.reading
        try container.encode(reading.name, forKey: .name)
        try container.encode(explanation.residentID, forKey: .residentID)
        try container.encode(reading.county, forKey: .county)
        try container.encode(explanation.period.description, forKey: .period)
        try container.encode(reading.sendingUnit, forKey: .sendingUnit)
        try container.encode(reading.days.map(day), forKey: .days)
        try container.encode(reading.held, forKey: .held)
        try container.encode(reading.decisions, forKey: .decisions)
        try container.encode(reading.registered.map(Registered.init), forKey: .registered)
        try container.encode(reading.rates.map(Basis.init), forKey: .rates)
        try container.encode(explanation.adopted, forKey: .adopted)
        try container.encode(reading.allowances.map(Allowance.init), forKey: .allowances)
        try container.encode(reading.impossible, forKey: .impossible)
        try container.encode(reading.isWhole, forKey: .isWhole)
        try container.encode(explanation.paid.map(paid), forKey: .paid)
        try container.encode(explanation.outstanding, forKey: .outstanding)
        try container.encode(explanation.owed, forKey: .owed)
        try container.encode(explanation.bank.map { $0.text(.zh) }, forKey: .bank)
        try container.encode(explanation.lines.map(line), forKey: .lines)
        try container.encode(explanation.since.map(Later.init), forKey: .since)
        try container.encode(explanation.total, forKey: .total)
    }

    private func day(_ day: Explanation.Day) -> Day {
        Day(
            date: day.date.iso, status: day.status, counted: day.counted, reason: day.reason, mark: day.mark,
            file: day.file, sheet: day.sheet, cell: day.cell, village: day.village)
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
}
