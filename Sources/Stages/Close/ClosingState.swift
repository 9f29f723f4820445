import Codec
import Domain
import Foundation
import Ledger
import Matching
import Payroll
import Settings
import Sheets

/// What a closing keeps beside lines and workbooks, so that `verify` reads nothing of today. Source: spec §8.
struct ClosingState {
    private let context: RunContext
    private let month: CountyMonth
    private let county: CountyRecord
    private let papers: MonthPapers
    private let ledger: LedgerReader

    init(
        _ context: RunContext, _ month: CountyMonth, _ county: CountyRecord, _ papers: MonthPapers,
        _ ledger: LedgerReader
    ) {
        self.context = context
        self.month = month
        self.county = county
        self.papers = papers
        self.ledger = ledger
    }

    /// Keeps the bytes of the data files on the disk, and says which they are.
    func keep() throws -> BatchKept {
        let step = try PayStep(context, ledger, ledger.work())
        var carried: [CountyMonth] = []
        if case .carrying = step.standing(month) { carried = step.months(month.county).filter { $0 < month } }
        let forms = try FileManager.default.contentsOfDirectory(atPath: context.options.forms).sorted().filter {
            $0.hasSuffix(".yaml") && !$0.hasPrefix(".")
        }
        let desk = try CountyDesk(month.county, step, ledger)
        let inputs = MonthInputs(context: context, ledger: ledger)
        let authority = context.options.authority
        var kept = BatchKept(
            folder: OutputNames.folder(month.period, county),
            regions: try file(context.options.regions, name: "regions"),
            forms: try forms.map { try file(context.options.forms + "/" + $0, name: $0) },
            limits: context.options.limits,
            authority: [authority.decisions, authority.bankReturns, authority.deciders, authority.registers],
            foreign: try ([month] + carried).map { month in
                let allowances = desk.allowances(month)
                return BatchKept.Foreign(
                    period: month.period,
                    claims: try inputs.foreignClaims(
                        month, policy: step.policies.policy(of: month), asOf: step.policies.asOf(of: month)),
                    issued: try inputs.issuedElsewhere(month), settled: try desk.settled(month),
                    others: try inputs.issued(month).filter { $0.county != month.county },
                    allowances: allowances.isEmpty ? nil : allowances)
            }.filter { !$0.isEmpty },
            policies: carried.filter(step.policies.isOther).map {
                BatchKept.MonthPolicy(period: $0.period, sha256: step.policies.sha256(of: $0))
            },
            carried: carried.map(\.period), settlements: papers.settlements,
            issuers: Dictionary(
                papers.issuers.map { ($0.key.text, $0.value) }, uniquingKeysWith: { first, _ in first }),
            adoptions: papers.adoptions.count)
        kept.reckoning = Reckoning.current
        kept.hasSet = true
        try keepGuests(&kept)
        kept.readings = try keep(KeptReadings.bytes(papers.pay, carried: carried, ledger), name: "readings")
        return kept
    }

    /// What other counties' registers say, as it was opened: nobody needs the key to prove the batch.
    private func keepGuests(_ kept: inout BatchKept) throws {
        guard let guests = try GuestRegisters(context, ledger, own: RegisterStep(context, ledger).sources()) else {
            return
        }
        kept.guests = try keep(guests.files.packed, name: "guests")
        let accounts = try ledger.countyRecord(month.county)?.records.sharedAccounts.map(\.account) ?? []
        kept.sharedAccounts = Set(accounts.filter(guests.isShared)).sorted()
    }

    private func file(_ path: String, name: String) throws -> BatchKept.File {
        try keep(Array(try context.text(path).utf8), name: name)
    }

    private func keep(_ bytes: [UInt8], name: String) throws -> BatchKept.File {
        let sha256 = Fingerprint.sha256(bytes)
        // The same files month after month: on the disk since the first closing that kept them.
        if !context.originals.holds(sha256) { try context.originals.keep(bytes, sha256: sha256, isDurable: true) }
        return BatchKept.File(name: name, sha256: sha256)
    }
}
