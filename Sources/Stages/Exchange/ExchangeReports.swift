import Domain
import Foundation
import Ledger
import Logging
import Registers
import Rules

/// What counties hand to their province: an extract a year, and with a key the claims of its months.
struct ExchangeReports: Sendable {
    private let context: RunContext
    private let sources: ReportSources
    private let key: ProvinceKey?
    /// Months of each county, ascending.
    private let months: [CountyCode: [Period]]
    private let batches: String
    private let misfiled: MisfiledSheets?

    init(_ context: RunContext, _ sources: ReportSources, _ ledger: LedgerReader) throws {
        self.context = context
        self.sources = sources
        key = try context.provinceKey(ledger)
        months = Dictionary(grouping: sources.matched.sorted(), by: \.county).mapValues { $0.map(\.period) }
        batches = sources.batches.values.map(\.id).sorted().joined(separator: ",")
        guard key != nil || context.options.county != nil else {
            misfiled = nil
            return
        }
        let misfiled = try MisfiledSheets(
            ledger, CountyScope(county: nil, index: try ExchangeReports.index(context, sources, ledger)))
        self.misfiled = misfiled
        guard key == nil, let county = context.options.county else { return }
        for (path, counties) in misfiled.paths(in: county).sorted(by: { $0.key < $1.key }) {
            context.logger.error(
                "not used: the file lies in this county's folder and speaks of another one; --key hands it over",
                metadata: ExchangeReports.told(path, county, counties))
        }
    }

    func jobs() -> [ReportJob] {
        var years = sources.years
        if let county = context.options.county {
            years = years.filter { $0.county == county }
            // So that a county of which nothing came does not keep the others waiting.
            if years.isEmpty { years = [CountyYear(county: county, year: context.options.asOf.year)] }
        }
        return years.map { year in
            let own = months(year)
            let all = years.filter { $0.county == year.county }.map(\.year).sorted()
            return ReportJob(
                key: "extract/\(year.county.text)/\(year.year)",
                inputs: Fingerprint.of(
                    sources.common, ProgramVersion.handing, key?.fingerprint ?? "", "\(all)",
                    misfiled?.mark(year.county) ?? "", sources.work.output(.year(year)), batches,
                    sources.work.output(.register(year.county)), sources.work[.registers]?.inputs ?? "",
                    own.map { sources.work.output(.month(CountyMonth(county: year.county, period: $0))) }.joined())
            ) { ledger, _ in try files(year, all, own, ledger) }
        }
    }

    private func months(_ year: CountyYear) -> [Period] {
        (months[year.county] ?? []).filter { $0.year == year.year }
    }

    private func files(
        _ year: CountyYear, _ years: [Int], _ months: [Period], _ ledger: LedgerReader
    ) throws -> [OutputBytes] {
        var extract = try extract(year, ledger)
        let place = OutputNames.folder(year.year, extract.county) + "/"
        var files: [OutputBytes] = []
        if let key {
            let claims = try CountyClaims(key, context, ledger)
            var digests: [ClaimsDigest] = []
            for period in months {
                let bytes = try claims.bytes(
                    CountyMonth(county: year.county, period: period), countyName: extract.county.name)
                files.append(OutputBytes(place + ClaimsFile.name(period), bytes))
                digests.append(ClaimsDigest(period: "\(period)", sha256: Fingerprint.sha256(bytes)))
            }
            extract.stamp = try context.exchangeStamp(key)
            extract.claims = digests
            extract.people = try people(year, key, ledger)
            if year.year == context.options.asOf.year {
                extract.registers = try registers(extract.county, months, key, ledger)
            }
        }
        extract.years = years
        return files + [OutputBytes(place + "extract-\(year.year).json", try DigestedFile.json(extract))]
    }

    /// What another county may need of the registers.
    private func registers(
        _ county: CountyRecord, _ months: [Period], _ key: ProvinceKey, _ ledger: LedgerReader
    ) throws -> ExchangedRegisters {
        let index = try ExchangeReports.index(context, sources, ledger)
        let scope = CountyScope(county: county.code, index: index)
        let files = try RegisterStep(context, ledger).sources { scope.holds($0) }
        let texts = months.flatMap { period in
            sources.work[.units(CountyMonth(county: county.code, period: period))]?.uses ?? []
        }
        var export = RegisterExport(county, key, index, asOf: context.options.asOf)
        var made = export.make(files, try ledger.countyRecord(county.code)?.records, unitTexts: texts)
        let decided = export.misfiled.filter { scope.home($0.key) == county.code }
        made.workbooks = try workbooks(county, decided, key, ledger)
        return made
    }

    /// The files of the county's folder that speak of other counties, every version of them, sealed for these.
    ///
    /// - Parameter decided: those with decisions and bank returns, with the counties that they are about.
    private func workbooks(
        _ county: CountyRecord, _ decided: [String: Set<CountyCode>], _ key: ProvinceKey, _ ledger: LedgerReader
    ) throws -> [ExchangedRegisters.Sealed] {
        let paths = decided.merging(misfiled?.paths(in: county.code) ?? [:]) { $0.union($1) }
        var files: [CountyCode: [GuestWorkbook]] = [:]
        for (path, counties) in paths.sorted(by: { $0.key < $1.key }) {
            let versions = try ledger.versions(of: path).map {
                GuestWorkbook($0, try context.originals.bytes($0.record.sha256))
            }
            for other in counties { files[other, default: []] += versions }
            // Whoever looks for a file where it does not lie must find where it does.
            context.logger.warning(
                "handed over: the file lies in this county's folder and speaks of another county",
                metadata: ExchangeReports.told(path, county.code, counties))
        }
        return files.sorted { $0.key < $1.key }.map { other, files in
            ExchangedRegisters.Sealed(name: other.text, rows: key.seal(files.packed, for: GuestWorkbook.label(other)))
        }
    }

    private static func told(
        _ path: String, _ home: CountyCode, _ counties: Set<CountyCode>
    ) -> Logger.Metadata {
        [
            "file": "\(IDMasking.masked(path))", "folder of": "\(home.text)",
            "of": "\(counties.map(\.text).sorted().joined(separator: ","))",
        ]
    }

    /// Counties by code and name; those whose registers lie elsewhere go by the names of county registers.
    private static func index(
        _ context: RunContext, _ sources: ReportSources, _ ledger: LedgerReader
    ) throws -> CountyIndex {
        let region = try context.region()
        var index = CountyIndex(region.countyRecords, shortNames: region.countyShortNames)
        let named = try RegisteredCounties.read(ledger) + sources.counties.values.sorted { $0.code < $1.code }
        for record in named { index.insert(record) }
        return index
    }

    /// What the county's sheets say of everybody on its roster.
    private func people(_ year: CountyYear, _ key: ProvinceKey, _ ledger: LedgerReader) throws -> [PersonYear] {
        guard let records = try ledger.countyRecord(year.county)?.records,
            let attendance = try YearAttendance.kept(year, ledger)
        else { return [] }
        let input = YearInput(
            records: records, attendance: attendance, year: year.year, asOf: context.options.asOf,
            policy: context.policy)
        let counted = Set(input.counted.map(\.id))
        let absences = Dictionary(grouping: attendance.absences, by: \.person)
        return records.cadres.map { cadre in
            PersonYear(
                person: key.person(cadre.id.text), presentHalfDays: attendance.presentHalfDays[cadre.id]?.count ?? 0,
                absences: Set((absences[cadre.id] ?? []).map(\.date)).sorted(),
                countedFrom: counted.contains(cadre.id) ? input.postings(cadre).map(\.start).max() : nil)
        }.sorted { $0.person < $1.person }
    }

    /// As it was computed; of a county of which nothing came an empty one.
    private func extract(_ year: CountyYear, _ ledger: LedgerReader) throws -> CountyExtract {
        if let data = try ledger.yearExtract(year) { return try JSONDecoder().decode(CountyExtract.self, from: data) }
        var empty = CountyExtract(
            county: try context.shippedCounty(year.county), year: year.year, asOf: context.options.asOf, training: nil,
            workFunds: [])
        let wholeYear = Period(ordinal: year.year * 12 + 11).lastDay
        empty.asOf = min(Period(ordinal: year.year * 12).firstDay, context.options.asOf)
        empty.until = wholeYear
        empty.stamp = try context.exchangeStamp(nil)
        return empty
    }
}
