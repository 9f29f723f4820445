import Domain
import Ledger
import Matching
import Work

/// What the operator's calendar expects and what did not come, kept as findings. Source: spec §10.
struct ExpectedArrivals: Sendable {
    static let scope = "expectations"
    private let context: RunContext

    init(_ context: RunContext) { self.context = context }

    /// Looks at registers and months again only where one of them, the calendar or the days that are past changed.
    func update() throws {
        let inputs = try context.ledger.read { ledger in
            let work = try ledger.work()
            let inputs = try self.inputs(ledger, work)
            return work.holds(.expectations, inputs) ? nil : inputs
        }
        guard let inputs else { return }
        try context.ledger.write { ledger in
            let findings = try findings(ledger.reader)
            if findings.isEmpty {
                try ledger.deleteGeneralFindings(ExpectedArrivals.scope)
            } else {
                try ledger.setGeneralFindings(ExpectedArrivals.scope, findings)
            }
            try ledger.set(.expectations, WorkEntry(inputs: inputs.digest, output: ""))
        }
    }

    /// Registers and months of the counties that take part, the calendar, the days that are past.
    private func inputs(_ ledger: LedgerReader, _ work: WorkTable) throws -> Inputs {
        var inputs = Inputs()
        guard let expectations = context.options.expectations else { return inputs }
        let hasBegun = context.options.asOf >= expectations.from.firstDay
        inputs.add("calendar", "\(expectations.from) \(expectations.day) \(hasBegun)")
        inputs.add("overdue", expectations.overdue(asOf: context.options.asOf).last?.description ?? "")
        let counties = Set(expectations.counties)
        for county in expectations.counties {
            inputs.add("county", county.text)
            inputs.add(.register(county), work)
        }
        for month in try ledger.matchedMonths() where counties.contains(month.county) {
            inputs.add(.month(month), work)
        }
        return inputs
    }

    private func findings(_ ledger: LedgerReader) throws -> [Finding] {
        guard let expectations = context.options.expectations else { return [] }
        var arrivals: [CountyCode: CountyArrivals] = [:]
        var names: [CountyCode: String] = [:]
        for county in expectations.counties {
            var arrived = CountyArrivals()
            for (month, summary) in try ledger.monthSummaries(county) where !summary.sentTownships.isEmpty {
                arrived.sent.insert(month.period)
            }
            let entry = try ledger.countyRecord(county)
            for posting in (entry?.records.cadres ?? []).lazy.flatMap(\.postings) where posting.county == county {
                let end = posting.end ?? max(posting.start, context.options.asOf)
                if let range = CivilDateRange(posting.start, end) { arrived.postings.append(range) }
            }
            arrivals[county] = arrived
            names[county] = try entry?.records.county.name ?? context.shippedCounty(county).name
        }
        return expectations.findings(arrivals, names: names, asOf: context.options.asOf)
    }
}
