import Domain
import Ledger

extension LedgerReader {
    /// Townships of a county with anybody in post in a month, whether or not anything came.
    func postedTownships(_ month: CountyMonth) throws -> Set<String> {
        let postings = try countyRecord(month.county)?.records.cadres.flatMap(\.postings) ?? []
        return Set(
            postings.filter { $0.county == month.county && $0.days(within: month.period.range) != nil }.map(\.township)
        ).subtracting([""])
    }
}
