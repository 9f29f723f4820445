import Codec
import Domain
import Foundation
import Ledger
import Registers
import Rules

/// `records-for-<C>.json`: what other counties' registers know of the county's people, units and places. Source: §11.
struct CountyGuests: Codable, Sendable {
    var header: HandBackHeader
    var people: [ExchangedRegisters.Sealed]
    var units: [ExchangedRegisters.Sealed]
    /// Rows about the county's own places.
    var places: [String]
    /// Visits of heads of its units in other counties.
    var headVisits: [HeadVisitElsewhere]
    /// Keys of its units with cadres in a county that sent no leader visits.
    var untoldUnits: [String]
    /// HMAC of accounts that people of several counties have.
    var sharedAccounts: [String]
    /// County registers of the province's other counties; nil in what an earlier version gave.
    var countyRegisters: [String]?
    /// Files in other counties' folders that speak of the county; nil in what an earlier version gave.
    var workbooks: [String]?
}

/// Those registers opened: what of them concerns people that the county's own files name.
struct GuestRegisters: Sendable {
    let county: CountyCode
    /// Other counties' files, by county and path.
    let files: [GuestFile]
    private let given: CountyGuests
    private let key: ProvinceKey

    /// What the ledger keeps; nil where the province gave nothing back.
    ///
    /// - Parameter own: the county's own files.
    init?(_ context: RunContext, _ ledger: LedgerReader, own: [RegisterSource]) throws {
        guard let file = try ledger.handedBack(HandBackHeader.Kind.records.rawValue),
            let key = try context.provinceKey(ledger)
        else { return nil }
        let given = try JSONDecoder().decode(CountyGuests.self, from: Data(file.payload))
        county = file.county
        self.given = given
        self.key = key
        var labels: [String: String] = [:]
        for id in GuestRegisters.people(own) { labels[key.person(id)] = id }
        var files: [GuestFile] = []
        func open(_ rows: String, _ label: String) throws {
            // Rows that are passed over are a record lost.
            guard let bytes = key.open(rows, for: label) else {
                throw RunFailure.refused(
                    HandBackClaims.damaged(HandBackHeader.fileName(.records, file.county)))
            }
            files += try [GuestFile](packed: bytes)
        }
        for sealed in given.people { if let id = labels[sealed.name] { try open(sealed.rows, id) } }
        for sealed in given.units { try open(sealed.rows, RegisterExport.unitLabel(sealed.name)) }
        for rows in given.places { try open(rows, RegisterExport.countyLabel(file.county)) }
        for rows in given.countyRegisters ?? [] { try open(rows, RegisterExport.countyRegisterLabel) }
        // A list in a folder that every county reads is there already.
        let paths = Set(own.map { "\($0.order.modified) \($0.order.path)" })
        self.files = GuestFile.joined(files).filter { !paths.contains("\($0.modified) \($0.path)") }
    }

    /// IDs that rows name.
    private static func people(_ sources: [RegisterSource]) -> Set<String> {
        var people: Set<String> = []
        for row in sources.lazy.flatMap(\.rows) {
            guard let field = row.fields[.residentID], !field.isNumber else { continue }
            switch ResidentID.read(field.asSent) {
            case .valid(let id), .upgraded(let id): people.insert(id.text)
            default: break
            }
        }
        return people
    }

    /// Whether somebody of another county has that account.
    func isShared(_ account: String) -> Bool { given.sharedAccounts.contains(key.account(account)) }

    /// With what the province told of heads of units.
    func settle(_ registers: Registers) -> Registers {
        var registers = registers
        registers.counties[county]?.headVisitsElsewhere = given.headVisits
        registers.counties[county]?.unitsWithUntoldVisits = given.untoldUnits
        return registers
    }
}
