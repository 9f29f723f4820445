import Codec
import Domain
import Ledger
import Matching
import Sheets
import Tables

/// The claims that a county hands to its province, a file a month.
struct CountyClaims {
    private let ledger: LedgerReader
    private let key: ProvinceKey

    init(_ key: ProvinceKey, _ ledger: LedgerReader) {
        self.ledger = ledger
        self.key = key
    }

    /// What the sheets of a month claim and what the county's batches issued for it.
    func bytes(_ month: CountyMonth, countyName: String) throws -> [UInt8] {
        let claims = try ledger.claims(month).map { try [PresenceClaim](packed: $0) } ?? []
        // Said as another county is told it.
        let states = try ledger.issuedDays(county: month.county, origin: month.period)
        let nobody = CountyCode("000000")
        let lines = ClaimLine.lines(
            claims, issued: nobody.map { IssuedHistory.elsewhere(states, than: $0) } ?? [],
            allowances: nobody.map { IssuedHistory.allowances(states, than: $0) } ?? [], countyName: countyName
        ) { key.person($0) }
        return try CSVWriter.bytes(of: CSVTable(ClaimLine.schema, rows: lines.map(\.cells)))
    }
}
