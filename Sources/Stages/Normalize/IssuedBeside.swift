import Domain
import Ledger
import Work

/// What batches issued that a month must know of, as a mark: a month is looked at again when it is another one.
///
/// Source: spec §8: «What was issued for a person's half day, less what was taken back, is known over all counties».
struct IssuedBeside {
    /// The county's own batches that issued for a month.
    private let own: [CountyMonth: [String]]
    /// Digest of what other counties' batches issued to people of a month.
    private let elsewhere: [CountyMonth: String]

    init(_ ledger: LedgerReader) throws {
        guard try ledger.hasBatches() else {
            (own, elsewhere) = ([:], [:])
            return
        }
        own = try ledger.issuingBatches()
        var elsewhere: [CountyMonth: String] = [:]
        for (month, people) in try ledger.issuedToPeopleOfOthers() {
            var print = Fingerprint()
            for entry in try MonthInputs.issuedElsewhere(month, people, ledger) {
                print.add("\(entry.person.text) \(entry.batch) \(entry.date.iso) \(entry.halves)")
            }
            elsewhere[month] = print.value
        }
        self.elsewhere = elsewhere
    }

    func mark(_ month: CountyMonth) -> String {
        ((own[month] ?? []) + [elsewhere[month]].compactMap { $0 }).joined(separator: ",")
    }
}
