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
        let issued = try CountyCode("000000").map { nobody in
            IssuedHistory.elsewhere(
                try ledger.issuedDays(county: month.county, origin: month.period), than: nobody)
        }
        let lines = ClaimLine.lines(claims, issued: issued ?? [], countyName: countyName) { key.person($0) }
        return try CSVWriter.bytes(of: CSVTable(ClaimLine.schema, rows: lines.map(\.cells)))
    }
}
