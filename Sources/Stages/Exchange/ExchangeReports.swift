import Domain
import Foundation
import Ledger
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

    init(_ context: RunContext, _ sources: ReportSources, _ ledger: LedgerReader) throws {
        self.context = context
        self.sources = sources
        key = try context.provinceKey(ledger)
        months = Dictionary(grouping: sources.matched.sorted(), by: \.county).mapValues { $0.map(\.period) }
        batches = sources.batches.values.map(\.id).sorted().joined(separator: ",")
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
                    sources.common, key?.fingerprint ?? "", "\(all)", sources.work.output(.year(year)), batches,
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
        let region = try context.region()
        var index = CountyIndex(region.countyRecords, shortNames: region.countyShortNames)
        // Counties whose registers lie elsewhere go by the names of county registers.
        let named = try RegisteredCounties.read(ledger) + sources.counties.values.sorted { $0.code < $1.code }
        for record in named { index.insert(record) }
        let scope = CountyScope(county: county.code, index: index)
        let files = try RegisterStep(context, ledger).sources { scope.holds($0) }
        let texts = months.flatMap { period in
            sources.work[.units(CountyMonth(county: county.code, period: period))]?.uses ?? []
        }
        var export = RegisterExport(county, key, index)
        return export.make(files, try ledger.countyRecord(county.code)?.records, unitTexts: texts)
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
