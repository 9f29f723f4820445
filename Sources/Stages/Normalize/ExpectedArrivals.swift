import Domain
import Ledger
import Matching

/// What the operator's calendar expects and what did not come, kept as findings. Source: spec §10.
struct ExpectedArrivals: Sendable {
    static let scope = "expectations"
    private let context: RunContext

    init(_ context: RunContext) { self.context = context }

    /// Looks at registers and months again only where one of them, the calendar or the days that are past changed.
    func update() throws {
        let plan = try context.ledger.read { ledger in
            (fingerprint: try fingerprint(ledger), stored: try ledger.setting(ExpectedArrivals.scope) ?? "")
        }
        guard plan.fingerprint != plan.stored else { return }
        try context.ledger.write { ledger in
            let findings = try findings(ledger.reader)
            if findings.isEmpty {
                try ledger.deleteGeneralFindings(ExpectedArrivals.scope)
            } else {
                try ledger.setGeneralFindings(ExpectedArrivals.scope, findings)
            }
            try ledger.setSetting(ExpectedArrivals.scope, plan.fingerprint)
        }
    }

    /// Empty where nothing is expected.
    private func fingerprint(_ ledger: LedgerReader) throws -> String {
        guard let expectations = context.options.expectations else { return "" }
        var print = Fingerprint()
        print.add("\(expectations.from) \(expectations.day) \(context.options.asOf >= expectations.from.firstDay)")
        print.add(expectations.overdue(asOf: context.options.asOf).last?.description ?? "")
        let counties = Set(expectations.counties)
        for county in expectations.counties { print.add(county.text) }
        for (county, record) in try ledger.countyFingerprints().sorted(by: { $0.key < $1.key })
        where counties.contains(county) { print.add(county.text + record) }
        for (month, value) in try ledger.monthFingerprints().sorted(by: { $0.key < $1.key })
        where counties.contains(month.county) { print.add("\(month.county.text) \(month.period) \(value)") }
        return print.value
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
