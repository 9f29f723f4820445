import Domain

/// What is known of a county that is expected to send: enough to tell what did not come.
public struct CountyArrivals: Hashable, Sendable {
    /// Posted spans of its roster; empty where no roster came.
    public var postings: [CivilDateRange]
    /// Months of which any township sent attendance.
    public var sent: Set<Period>

    public init(postings: [CivilDateRange] = [], sent: Set<Period> = []) {
        self.postings = postings
        self.sent = sent
    }
}

extension Expectations {
    /// `missing-county` and `missing-month`: what the calendar says should have come, and did not. Source: spec §10.
    ///
    /// A county without registers is told once, from the first day on, not once a month; a month is told once its day
    /// is past, where anybody was posted in it.
    public func findings(_ arrivals: [CountyCode: CountyArrivals], names: [CountyCode: String], asOf: CivilDate)
        -> [Finding]
    {
        guard asOf >= from.firstDay else { return [] }
        let overdue = overdue(asOf: asOf)
        var findings: [Finding] = []
        for county in counties {
            let name = names[county] ?? county.text
            let arrived = arrivals[county] ?? CountyArrivals()
            if arrived.postings.isEmpty {
                findings.append(Finding(.missingCounty, county: county, arguments: [name]))
                continue
            }
            for period in overdue where !arrived.sent.contains(period) {
                guard arrived.postings.contains(where: { $0.intersection(period.range) != nil }) else { continue }
                findings.append(
                    Finding(
                        .missingMonth, period: period, county: county,
                        arguments: [name, period.chinese, due(period).iso]))
            }
        }
        return findings
    }
}
