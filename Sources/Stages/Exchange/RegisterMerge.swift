import Domain
import Registers
import Settings

/// Merges a ledger's registers, with rows of other counties' where the province gave some back.
struct RegisterMerge {
    let region: Region
    var rules: RegisterRules

    /// - Parameters:
    ///   - county: whose the registers are where other counties' rows are among them; what those rows alone say of
    ///     others, and what is wrong in them, is told there.
    ///   - isShared: whether somebody of another county has an account.
    func registers(
        _ sources: [RegisterSource], guests: [GuestFile], of county: CountyCode?,
        isShared: (@Sendable (String) -> Bool)? = nil
    ) -> Registers {
        var rules = rules
        let scope = CountyScope(
            county: nil, index: CountyIndex(region.countyRecords, shortNames: region.countyShortNames))
        for source in sources { rules.homes[source.order.path] = scope.home(source.order.path) }
        for file in guests { rules.homes[file.path] = file.county }
        rules.isSharedElsewhere = county == nil ? nil : isShared
        var registers = RegisterBuilder.build(
            sources + guests.map { $0.source(arrival: 0) }, regions: region.countyRecords,
            shortNames: region.countyShortNames, rules: rules)
        guard let county else { return registers }
        let paths = Set(guests.map(\.path))
        registers.findings.removeAll { paths.contains($0.file) }
        registers.counties = registers.counties.filter { $0.key == county }
        registers.entries = registers.entries.filter { $0.key == county }
        return registers
    }
}
