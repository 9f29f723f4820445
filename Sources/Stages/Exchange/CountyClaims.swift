import Codec
import Domain
import Ledger
import Matching
import Payroll
import Sheets
import Tables

/// The claims that a county hands to its province, a file a month.
struct CountyClaims {
    private let ledger: LedgerReader
    private let key: ProvinceKey
    private let policies: PoliciesOfMonths

    init(_ key: ProvinceKey, _ context: RunContext, _ ledger: LedgerReader) throws {
        self.ledger = ledger
        self.key = key
        policies = try PoliciesOfMonths(context, ledger)
    }

    /// What the sheets of a month claim, what the county's batches issued for it and to whom, and what it leaves unpaid
    /// for other counties' batches.
    func bytes(_ month: CountyMonth, countyName: String) throws -> [UInt8] {
        let claims = try ledger.claims(month).map { try [PresenceClaim](packed: $0) } ?? []
        // Said as another county is told it.
        let states = try ledger.issuedDays(county: month.county, origin: month.period)
        let nobody = CountyCode("000000")
        let unpaid = try ledger.month(month)?.settledElsewhere(policies.policy(of: month)) ?? []
        let claiming = Set(claims.map(\.personID))
        let beside =
            ClaimLine.paid(IssuedHistory.byPayee(states), countyName: countyName, key)
            + ClaimLine.unpaid(unpaid, countyName: countyName) { key.person($0) }
            + ClaimLine.mentions(
                try ledger.people(month).filter { !claiming.contains($0) }, county: month.county, countyName: countyName
            ) { key.person($0) }
        let lines = ClaimLine.lines(
            claims, issued: nobody.map { IssuedHistory.elsewhere(states, than: $0) } ?? [],
            allowances: nobody.map { IssuedHistory.allowances(states, than: $0) } ?? [], beside: beside,
            countyName: countyName
        ) { key.person($0) }
        return try CSVWriter.bytes(of: CSVTable(ClaimLine.schema, rows: lines.map(\.cells)))
    }
}
