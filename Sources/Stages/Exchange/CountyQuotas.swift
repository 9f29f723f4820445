import Domain
import Foundation
import Ledger
import Rules

/// `quotas-for-<C>.json`: what of a county's year hangs on all the others. Source: spec §11.
struct CountyQuotas: Codable, Sendable {
    /// A year.
    struct Year: Codable, Sendable {
        var year: Int
        /// M2: seats by tier; nil where nothing was reported or the policy has no shares.
        var seats: [Int]?
        /// M6, M8, M10: how its units stand in the other counties together, by name.
        var units: [UnitStanding]
        /// What other counties' sheets say of the county's people.
        var people: [PersonYear]
    }

    var header: HandBackHeader
    var years: [Year]

    /// What the ledger keeps; nil where nothing was given back.
    static func read(_ ledger: LedgerReader) throws -> CountyQuotas? {
        try ledger.handedBack(HandBackHeader.Kind.quotas.rawValue).map {
            try JSONDecoder().decode(CountyQuotas.self, from: Data($0.payload))
        }
    }

    /// What it says of a year of a county; nil where it says nothing.
    func year(_ year: CountyYear) -> Year? {
        header.county == year.county ? years.first { $0.year == year.year } : nil
    }

    /// The first figure that cannot be; nil where all can.
    var impossible: String? {
        years.lazy.compactMap { year -> String? in
            if let seats = year.seats, seats.contains(where: { $0 < 0 }) { return "\(year.year) seats \(seats)" }
            return ImpossibleFigures.first(year.units) ?? ImpossibleFigures.first(year.people, in: year.year)
        }.first
    }
}
