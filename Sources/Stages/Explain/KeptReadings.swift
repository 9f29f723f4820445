import Codec
import Domain
import Ledger

/// How a batch read the months that it pays for: kept with it at closing. Source: spec §7, §8.
enum KeptReadings {
    /// Of the batch's own month everybody; of months before, whom it pays or owes a correction.
    ///
    /// - Parameter months: the months before that it carries corrections of.
    static func bytes(_ pay: MonthPay, carried months: [CountyMonth], _ ledger: LedgerReader) throws -> [UInt8] {
        var own = try MonthReading(pay.month, of: nil, ledger)
        // They are kept as the batch's evidence.
        own.rows = []
        var readings = [own]
        for month in months {
            let owed = pay.outstanding.filter { $0.originPeriod == month.period }
            let paid = pay.lines.filter { $0.originPeriod == month.period && $0.reissue == nil }
            let people = Set(paid.map(\.person) + owed.map(\.person))
            guard !people.isEmpty else { continue }
            var reading = try MonthReading(month, of: people, ledger)
            for index in reading.people.indices {
                reading.people[index].outstanding = owed.filter { $0.person == reading.people[index].id }.reduce(.zero)
                {
                    $0 + $1.amount
                }
            }
            readings.append(reading)
        }
        return readings.packed
    }

    /// Nil for batches of programs that kept none.
    ///
    /// - Throws: `RunFailure.refused` where they are lost: nothing of today may stand in their place.
    static func read(_ evidence: BatchEvidence, _ batch: String, _ context: RunContext) throws -> [MonthReading]? {
        guard let file = evidence.kept?.readings else { return nil }
        guard context.originals.holds(file.sha256) else {
            throw RunFailure.refused(
                KeptBatch.Gone(zh: "\(batch) 的发放依据", en: "what \(batch) rests on", sha256: file.sha256).text)
        }
        return try [MonthReading](packed: context.originals.bytes(file.sha256))
    }
}
