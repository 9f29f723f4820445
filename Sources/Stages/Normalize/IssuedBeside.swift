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
    /// Digest of what they issued to a name and account of its people under another ID.
    private let otherIDs: [CountyMonth: String]

    init(_ ledger: LedgerReader, _ guests: GuestClaims) throws {
        var entries: [CountyMonth: [IssuedElsewhere]] = [:]
        var others: [CountyMonth: [IssuedDays]] = [:]
        if try ledger.hasBatches() {
            own = try ledger.issuingBatches()
            for (month, people) in try ledger.issuedToPeopleOfOthers() {
                entries[month] = try MonthInputs.issuedElsewhere(month, people, ledger)
            }
            for (month, people) in try ledger.issuedToPayeesOfOthers() {
                others[month] = try MonthInputs.issued(to: people, month.period, ledger)
            }
        } else {
            own = [:]
        }
        for month in guests.months {
            entries[month, default: []] += guests.issued(month, try ledger.people(month))
        }
        if guests.issuesToPayees {
            for month in guests.months {
                let payees = Payee.all(try ledger.countyRecord(month.county)?.records.cadres ?? [])
                others[month, default: []] += try guests.others(month, payees)
            }
        }
        otherIDs = others.filter { !$0.value.isEmpty }.mapValues { states in
            var print = Fingerprint()
            for state in states.sorted(by: IssuedHistory.inOrder) {
                print.add("\(state.person.text) \(state.batch) \(state.halves)")
            }
            return print.value
        }
        elsewhere = entries.filter { !$0.value.isEmpty }.mapValues { entries in
            var print = Fingerprint()
            for entry in entries {
                print.add("\(entry.person.text) \(entry.batch) \(entry.date.iso) \(entry.halves)")
            }
            return print.value
        }
    }

    func mark(_ month: CountyMonth) -> String {
        ((own[month] ?? []) + [elsewhere[month], otherIDs[month]].compactMap { $0 }).joined(separator: ",")
    }
}
