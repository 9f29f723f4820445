import Domain
import Ledger
import Registers
import Work

/// Years: what is kept of every county's year whose inputs are not as they were.
struct YearStep: Sendable {
    private let context: RunContext
    private let work: WorkTable
    private let months: [CountyCode: [Period]]
    private let registered: String
    private let regions: String

    init(_ context: RunContext, _ ledger: LedgerReader, _ work: WorkTable) throws {
        self.context = context
        self.work = work
        regions = Fingerprint.of(try context.text(context.options.regions))
        registered = Fingerprint.of(try ledger.setting(RegisteredCounties.setting) ?? "")
        months = Dictionary(grouping: try ledger.matchedMonths().sorted(), by: \.county).mapValues {
            $0.map(\.period)
        }
    }

    /// Years whose inputs changed, by county and year.
    func staleYears(_ ledger: LedgerReader) throws -> [CountyYear] {
        var known: [CountyCode: [Int]] = [:]
        // A run as of an earlier day knows nothing of the years after it.
        for year in try ledger.computedYears() where year.year <= context.options.asOf.year {
            known[year.county, default: []].append(year.year)
        }
        return Set(try ledger.recordedCounties()).union(months.keys).sorted().flatMap { county -> [CountyYear] in
            if let only = context.options.county, only != county { return [] }
            return Set(years(county) + (known[county] ?? [])).sorted().compactMap { year in
                let year = CountyYear(county: county, year: year)
                return work.holds(.year(year), inputs(year, work[.year(year)]?.uses.first)) ? nil : year
            }
        }
    }

    /// Of the measures.
    private static let firstYear = 2018

    /// Every year from the first of which something is on file up to that of as-of; none before the measures.
    ///
    /// A year in which nothing happened is one of them: who was posted all the year is counted in it, and a window goes
    /// on. Before the first posting or record nothing was reported.
    private func years(_ county: CountyCode) -> [Int] {
        let last = context.options.asOf.year
        let recorded = RecordedYears(text: work.output(.register(county, for: .years)))
        let known = Set((months[county] ?? []).map(\.year)).union(recorded.years)
        // Registers alone are data of today.
        guard let own = known.filter({ $0 <= last }).min() ?? (recorded.hasPlaces ? last : nil) else { return [] }
        let first = max(own, YearStep.firstYear)
        return first <= last ? Array(first...last) : []
    }

    /// While the year runs the days on which it stays as it is, or where none were kept the day; the day too where
    /// records of later days speak of it; then only that it is over. Source: spec §7, «as-of of a past year is its 31
    /// December».
    private func asOfMark(_ year: CountyYear, _ holds: String?) -> String {
        let asOf = context.options.asOf
        if asOf.year == year.year, let holds, CivilDateRange(iso: holds)?.contains(asOf) == true { return holds }
        let last = RecordedYears(text: work.output(.register(year.county, for: .years))).lastDayAsked
        return asOf.year > year.year && last.map { asOf >= $0 } ?? true ? "over" : asOf.iso
    }

    /// What a year is made of.
    private func inputs(_ year: CountyYear, _ holds: String?) -> Inputs {
        var inputs = Inputs()
        inputs.add("program", ProgramVersion.computing)
        inputs.add("policy", context.policySHA256)
        inputs.add("regions", regions)
        inputs.add("as of", asOfMark(year, holds))
        inputs.add("registered counties", registered)
        inputs.add(.register(year.county), work)
        for period in months[year.county] ?? [] where period.year == year.year {
            inputs.add(.month(CountyMonth(county: year.county, period: period)), work)
        }
        return inputs
    }

    /// Computes years on all cores and keeps them.
    func make(_ jobs: [CountyYear], _ ledger: LedgerWriter) throws {
        let computation = YearComputation(context: context)
        try OrderedParallel.forEach(
            jobs, jobs: context.options.jobs, window: 4, makeWorker: { try context.ledger.reader() },
            work: { reader, year in
                try reader.read { ledger in
                    let records =
                        try ledger.countyRecord(year.county)?.records
                        ?? CountyRecords(county: context.shippedCounty(year.county))
                    return try computation.compute(year, records: records, months: months[year.county] ?? [], ledger)
                }
            },
            take: { year, entry in
                context.made("year/\(entry.key.county.text)/\(entry.key.year)")
                try ledger.upsert(
                    entry.key, payload: entry.payload, province: entry.province, extract: entry.extract)
                try ledger.setGeneralFindings("year:\(entry.key.county.text):\(entry.key.year)", entry.findings)
                let holds = entry.holds.iso
                try ledger.set(
                    .year(year), WorkEntry(inputs: inputs(year, holds).digest, uses: [holds], output: entry.output))
            })
    }
}

/// Of which years a county's registers say anything, as a text that other results read.
struct RecordedYears {
    var years: [Int] = []
    /// Whether anybody could be posted.
    var hasPlaces = false
    var lastDayAsked: CivilDate?

    init(_ records: CountyRecords) {
        years = records.years.sorted()
        hasPlaces = !records.cadres.isEmpty || !records.villages.isEmpty
        lastDayAsked = records.lastDayAsked
    }

    /// `2018,2019|places|2019-06-08`; nothing where the text is none.
    init(text: String) {
        let parts = text.split(separator: "|", omittingEmptySubsequences: false)
        guard parts.count == 3 else { return }
        years = parts[0].split(separator: ",").compactMap { Int($0) }
        hasPlaces = !parts[1].isEmpty
        lastDayAsked = CivilDate(iso: String(parts[2]))
    }

    var text: String {
        [years.map(String.init).joined(separator: ","), hasPlaces ? "places" : "", lastDayAsked?.iso ?? ""]
            .joined(separator: "|")
    }
}
