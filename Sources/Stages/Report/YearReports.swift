import Domain
import Foundation
import Ledger
import Reports
import Rules
import RunPage
import Settings
import Sheets
import Tables

/// The yearly files of every county, and those of the province made from the counties' extracts.
struct YearReports: Sendable {
    private let context: RunContext
    private let sources: ReportSources
    private let province: ProvinceYears
    private let paid: [CountyYear: [MonthPaid]]
    /// What compute kept of each county's year.
    private let kept: [CountyYear: YearForProvince]
    /// By year: changes whenever anything the province counts of its counties does.
    private let provinceMarks: [Int: String]
    /// Digest of the names of other provinces, where counties of others are told.
    private let country: String
    /// What the province gave back; nil where this ledger holds all there is.
    private let given: CountyQuotas?
    private let key: ProvinceKey?

    init(_ context: RunContext, _ sources: ReportSources, _ ledger: LedgerReader) throws {
        self.context = context
        self.sources = sources
        var kept: [CountyYear: YearForProvince] = [:]
        var counted: [Int: Fingerprint] = [:]
        for (year, known, digest) in try ledger.yearsForProvince(YearForProvince.self)
        where year.year <= context.options.asOf.year {
            kept[year] = known
            counted[year.year, default: Fingerprint()].add(digest)
        }
        self.kept = kept
        provinceMarks = counted.mapValues(\.value)
        let region = try context.region()
        let country = try Country(beside: context.options.regions, of: region, for: kept.keys.map(\.county))
        self.country = country.digest
        province = ProvinceYears(
            extracts: kept.values.map(\.extract), region: region, policy: context.policy,
            asOf: kept.values.map(\.extract.asOf).max() ?? context.options.asOf, country: country)
        paid = YearReports.paid(try ledger.monthTotals())
        given = try CountyQuotas.read(ledger)
        key = try given.flatMap { _ in try context.provinceKey(ledger) }
    }

    /// What each month paid; of a month that a later closing passed over, which month pays what it owes.
    private static func paid(_ totals: [MonthTotals]) -> [CountyYear: [MonthPaid]] {
        var lastClosed: [CountyCode: Period] = [:]
        for total in totals where total.batch != nil {
            lastClosed[total.month.county] = max(
                lastClosed[total.month.county] ?? total.month.period, total.month.period)
        }
        var paid: [CountyYear: [MonthPaid]] = [:]
        for total in totals {
            var month = MonthPaid(
                period: total.month.period, batch: total.batch, people: total.people, days: total.days,
                total: total.total, heldRows: total.held)
            if total.batch == nil, let last = lastClosed[total.month.county], total.month.period < last {
                month.passedTo = last.next
            }
            paid[CountyYear(county: total.month.county, year: total.month.period.year), default: []].append(month)
        }
        return paid
    }

    // MARK: Run page

    /// What the run page tells of each year, latest first.
    var figures: [RunPageModel.YearFigures] {
        province.years.reversed().map { year in
            let counties = sources.years.filter { $0.year == year }
            return RunPageModel.YearFigures(
                year: year, coverage: province.coverage(year), insurance: counties.map(insurance),
                measures: counties.compactMap(measures))
        }
    }

    /// Over all that `figures` are made from, beside the names of counties.
    var figureInputs: String {
        provinceMarks.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: "\n")
            + paid.sorted { $0.key < $1.key }.map { "\($0.key.county.text) \($0.value.map(\.inputs))" }.joined()
            + country + sources.years.map { "\($0.county.text) \($0.year)" }.joined(separator: "\n")
    }

    private func name(_ county: CountyCode) -> String { sources.counties[county]?.name ?? county.text }

    private func insurance(_ year: CountyYear) -> RunPageModel.Insurance {
        let flags = kept[year]?.insuranceFlags
        return RunPageModel.Insurance(
            county: year.county, countyName: name(year.county),
            flags: InsuranceCover.Flag.allCases.map { .init(name: $0.chinese, count: flags?[$0.rawValue] ?? 0) },
            isReported: flags != nil)
    }

    private func measures(_ year: CountyYear) -> RunPageModel.Measures? {
        guard let standings = kept[year]?.standings else { return nil }
        let held = (paid[year] ?? []).reduce(0) { $0 + $1.heldRows }
        return RunPageModel.Measures(
            county: year.county, countyName: name(year.county),
            cells: (1...10).map { measure in
                let own = standings.filter { $0.matter.measure == measure }
                let told = own.filter { !$0.isSilent }
                let open = told.reduce(measure == 5 ? held : 0) { $0 + $1.open }
                // A nought of what was told says nothing of what was not.
                let isOpen = open > 0 || !told.isEmpty && told.count == own.count
                return .init(
                    open: isOpen ? open : nil, missing: Set(own.flatMap(\.unreported)).map(\.chinese).sorted())
            })
    }

    // MARK: Files

    func jobs() -> [ReportJob] {
        var jobs: [ReportJob] = []
        let seats = province.quotas
        for year in sources.years {
            if let county = context.options.county, county != year.county { continue }
            guard let county = sources.counties[year.county] else { continue }
            let given = given?.year(year)
            let quota = given.map(\.seats) ?? seats[year.year]?[year.county]
            let months = paid[year] ?? []
            let units = given.map { YearReports.byKey($0.units) } ?? province.unitsElsewhere(year)
            let shared = (kept[year]?.sharedCounties ?? []).map { CountyYear(county: $0, year: year.year) }
            let elsewhere =
                (given?.people.map { "\($0)" } ?? [])
                + units.sorted { $0.key < $1.key }.map(\.value.inputs) + shared.map { sources.work.output(.year($0)) }
            let days = year.year == context.options.asOf.year ? ReportDays(asOf: context.options.asOf) : nil
            jobs.append(
                ReportJob(
                    key: "year/\(year.county.text)/\(year.year)",
                    inputs: Fingerprint.of(
                        sources.common, sources.work[.year(year)]?.inputs ?? "", "\(quota.map { "\($0)" } ?? "")",
                        months.map(\.inputs).joined(separator: "\n"),
                        sources.work.output(.register(year.county, for: .entries)),
                        elsewhere.joined(separator: "\n")),
                    days: days
                ) { ledger, folder in
                    try files(year, county, quota, months, units, shared, days, ledger, folder)
                })
        }
        if context.options.county == nil {
            for year in Set(sources.years.map(\.year)).sorted() {
                jobs.append(
                    ReportJob(
                        key: "province/\(year)",
                        inputs: Fingerprint.of(sources.common, provinceMarks[year] ?? "", country)
                    ) { _, folder in try province.files(year).map { try $0.output(folder) } })
            }
        }
        return jobs
    }

    private static func byKey(_ units: [UnitStanding]) -> [String: UnitStanding] {
        Dictionary(units.map { (TextFolding.key($0.unit), $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// The county's own row of the coverage, with the seats that the whole province leaves to it.
    private func coverage(_ year: CountyYear, _ seats: TrainingQuota.Quota?) -> TrainingCoverage.Row? {
        var row = province.row(year)
        if given?.year(year) != nil, row?.plan != nil { row?.plan = seats }
        return row
    }

    private func files(
        _ year: CountyYear, _ county: CountyRecord, _ quota: TrainingQuota.Quota?, _ months: [MonthPaid],
        _ units: [String: UnitStanding], _ shared: [CountyYear], _ days: ReportDays?, _ ledger: LedgerReader,
        _ folder: OutputFolder
    ) throws -> [OutputBytes] {
        guard let attendance = try YearAttendance.kept(year, ledger),
            let records = try ledger.countyRecord(year.county)?.records
        else { return [] }
        let input = YearInput(
            records: records, attendance: attendance, year: year.year, asOf: context.options.asOf,
            policy: context.policy, elsewhere: try elsewhere(year, records, shared, units, ledger))
        let results = YearResults(input)
        let nominations =
            quota.map { Nominations.compute(input, quota: $0) }
            ?? RuleResult(rows: [], findings: [], unreportedForms: [.roster], parameters: [])
        let place = OutputNames.folder(year.year, county) + "/"
        var files = try YearTables.all(results, nominations).map { table in
            OutputBytes(place + "\(table.schema.name)-\(year.year).csv", try CSVWriter.bytes(of: table))
        }
        let (inPost, standings, before) = (input.counted.count, results.standings(input), YearReports.before(input))
        days?.note(input.holds)
        // It names the first of the days on which the county stands so: tomorrow it is the same file.
        var book = AnnualLedger(
            county: county, year: year.year, asOf: input.stateOf, cadresInPost: inPost, results: results,
            standings: standings, before: before, coverage: coverage(year, quota), nominations: nominations,
            payments: months,
            cadres: records.cadres.filter { cadre in
                cadre.postings.contains { $0.start.year <= year.year && ($0.end?.year ?? year.year) >= year.year }
            }, entries: try ledger.registerEntries(year.county))
        book.document = context.policy.name
        files.append(OutputBytes(place + AnnualLedger.fileName(year.year), try folder.bytes(book.workbook())))
        return files
    }

    /// How the county stood on the last day of the month before as-of's; nil in January.
    private static func before(_ input: YearInput) -> AnnualLedger.Before? {
        guard let day = input.lastMonthEnd else { return nil }
        let earlier = input.seen(on: day)
        return AnnualLedger.Before(day: day, standings: YearResults(earlier).standings(earlier))
    }

    /// What the other counties' sheets say of the county's own people, and how its units stand there.
    private func elsewhere(
        _ own: CountyYear, _ records: CountyRecords, _ shared: [CountyYear], _ units: [String: UnitStanding],
        _ ledger: LedgerReader
    ) throws -> YearElsewhere {
        var elsewhere = YearElsewhere(units: units)
        let people = Set(records.postingsElsewhere.map(\.person))
        for year in shared {
            guard let attendance = try YearAttendance.kept(year, ledger) else { continue }
            elsewhere.absences += attendance.absences.filter { people.contains($0.person) }
            for (person, halfDays) in attendance.presentHalfDays where people.contains(person) {
                elsewhere.presentHalfDays[person, default: .zero] += halfDays
            }
        }
        guard let key, let given = given?.year(own) else { return elsewhere }
        let known = Dictionary(grouping: given.people, by: \.person)
        for person in people.sorted() {
            for entry in known[key.person(person.text)] ?? [] {
                elsewhere.presentHalfDays[person, default: .zero] += HalfDays(entry.presentHalfDays)
                elsewhere.absences += entry.absences.map { AttendanceFact(absent: person, on: $0) }
            }
        }
        return elsewhere
    }
}

// Spelled out: what describes itself by reflection costs a night more than what it describes.
extension MonthPaid {
    fileprivate var inputs: String {
        "\(period) \(batch ?? passedTo.map { "in \($0)" } ?? "") \(people) \(days.count) \(total.amount) \(heldRows)"
    }
}

extension UnitStanding {
    fileprivate var inputs: String {
        let numbers: [Int?] = [
            cadres, absences, withdrawals, recalls, excellent, uninsured, insuranceOpen, fundsOpen, headVisits, talks,
        ]
        return "\(unit) \(level?.rawValue ?? "") " + numbers.map { $0.map(String.init) ?? "-" }.joined(separator: " ")
    }
}
