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
    private let years: [CountyYear: String]
    private let province: ProvinceYears
    private let paid: [CountyYear: [MonthPaid]]
    /// Flags by kind; no entry where no insurance list was received.
    private let insuranceFlags: [CountyYear: [String: Int]]
    /// By year: changes whenever anything the province counts of its counties does.
    private let provinceMarks: [Int: String]

    init(_ context: RunContext, _ sources: ReportSources, _ ledger: LedgerReader) throws {
        self.context = context
        self.sources = sources
        years = try ledger.yearFingerprints()
        var extracts: [CountyExtract] = []
        var insurance: [CountyYear: [String: Int]] = [:]
        var counted: [Int: Fingerprint] = [:]
        let decoder = JSONDecoder()
        for (year, payload) in try ledger.yearsForProvince() {
            let entry = try decoder.decode(YearForProvince.self, from: payload)
            extracts.append(entry.extract)
            counted[year.year, default: Fingerprint()].add(String(decoding: payload, as: UTF8.self))
            insurance[year] = entry.insuranceFlags
        }
        insuranceFlags = insurance
        provinceMarks = counted.mapValues(\.value)
        province = ProvinceYears(
            extracts: extracts, region: try context.region(), policy: context.policy, asOf: context.options.asOf)
        var paid: [CountyYear: [MonthPaid]] = [:]
        for total in try ledger.monthTotals() {
            paid[CountyYear(county: total.month.county, year: total.month.period.year), default: []].append(
                MonthPaid(
                    period: total.month.period, batch: total.batch, people: total.people, days: total.days,
                    total: total.total, heldRows: total.held))
        }
        self.paid = paid
    }

    /// What the run page tells of each year, latest first.
    var figures: [RunPageModel.YearFigures] {
        province.years.reversed().map { year in
            let counties = years.keys.filter { $0.year == year }.sorted()
            return RunPageModel.YearFigures(
                year: year, coverage: province.coverage(year),
                insurance: counties.map { county in
                    let flags = insuranceFlags[county]
                    return RunPageModel.Insurance(
                        county: county.county, countyName: sources.counties[county.county]?.name ?? county.county.text,
                        flags: InsuranceCover.Flag.allCases.map {
                            .init(name: $0.chinese, count: flags?[$0.rawValue] ?? 0)
                        }, isReported: flags != nil)
                })
        }
    }

    func jobs() -> [ReportJob] {
        var jobs: [ReportJob] = []
        for (year, print) in years.sorted(by: { $0.key < $1.key }) {
            if let county = context.options.county, county != year.county { continue }
            guard let county = sources.counties[year.county] else { continue }
            let quota = province.quotas(year.year)[year.county]
            let months = paid[year] ?? []
            jobs.append(
                ReportJob(
                    key: "year/\(year.county.text)/\(year.year)",
                    fingerprint: Fingerprint.of(sources.common, print, "\(quota.map { "\($0)" } ?? "")", "\(months)")
                ) { ledger, folder in try files(year, county, quota, months, ledger, folder) })
        }
        if context.options.county == nil {
            for year in Set(years.keys.map(\.year)).sorted() {
                jobs.append(
                    ReportJob(
                        key: "province/\(year)",
                        fingerprint: Fingerprint.of(sources.common, provinceMarks[year] ?? "")
                    ) { _, folder in try province.files(year).map { try $0.output(folder) } })
            }
        }
        return jobs
    }

    private func files(
        _ year: CountyYear, _ county: CountyRecord, _ quota: TrainingQuota.Quota?, _ months: [MonthPaid],
        _ ledger: LedgerReader, _ folder: OutputFolder
    ) throws -> [OutputBytes] {
        guard let payload = try ledger.yearPayload(year), let records = try ledger.countyRecord(year.county)?.records
        else {
            return []
        }
        let attendance = try JSONDecoder().decode(YearAttendance.self, from: payload)
        let input = YearInput(
            records: records, attendance: attendance, year: year.year, asOf: context.options.asOf,
            policy: context.policy)
        let results = YearResults(input)
        let nominations =
            quota.map { Nominations.compute(input, quota: $0) }
            ?? RuleResult(rows: [], findings: [], unreportedForms: [.roster], parameters: [])
        let place = OutputNames.folder(year.year, county) + "/"
        let tables: [(String, CSVTable)] = [
            ("insurance", InsuranceReport.table(results.insurance.rows)),
            ("work-funds", WorkFundsReport.table(results.workFunds.rows)),
            ("discipline", DisciplineReport.table(results.discipline.rows)),
            ("staffing", StaffingReport.table(results.staffing.rows)),
            ("visits", VisitsReport.table(results.visits.rows)),
            ("care-visits", CareVisitsReport.table(results.careVisits.rows)),
            ("assessment", AssessmentReport.table(results.assessment.rows)),
            ("promotion", PromotionReport.table(results.promotion.rows)),
            ("promotion-eligible", PromotionEligibleReport.table(results.eligible.rows)),
            ("accountability", AccountabilityReport.table(results.accountability.rows)),
            ("award-candidates", AwardCandidatesReport.table(results.awards.rows)),
            ("nominations", NominationsReport.table(nominations.rows)),
            ("medical-gap", MedicalGapReport.table(results.medicalGaps.rows)),
        ]
        var files = try tables.map { name, table in
            OutputBytes(place + "\(name)-\(year.year).csv", try CSVWriter.bytes(of: table))
        }
        let book = AnnualLedger(
            county: county, year: year.year, asOf: input.asOf, cadresInPost: input.inPost.count,
            staffing: results.staffing, coverage: province.row(year), nominations: nominations,
            visits: results.visits, discipline: results.discipline, payments: months, workFunds: results.workFunds,
            insurance: results.insurance, medicalGaps: results.medicalGaps, assessment: results.assessment,
            promotion: results.promotion, eligible: results.eligible, accountability: results.accountability,
            careVisits: results.careVisits, awards: results.awards)
        files.append(OutputBytes(place + AnnualLedger.fileName(year.year), try folder.bytes(book.workbook())))
        if let extract = try ledger.yearExtract(year) {
            files.append(OutputBytes(place + "extract-\(year.year).json", [UInt8](extract)))
        }
        return files
    }
}

/// The province's years, from extracts alone: the same whether one machine read every county or many did.
public struct ProvinceYears: Sendable {
    private let extracts: [CountyExtract]
    private let region: Region
    private let policy: Policy
    private let asOf: CivilDate

    init(extracts: [CountyExtract], region: Region, policy: Policy, asOf: CivilDate) {
        self.extracts = extracts.sorted { ($0.year, $0.county.code) < ($1.year, $1.county.code) }
        self.region = region
        self.policy = policy
        self.asOf = asOf
    }

    /// A file that is a table or a workbook.
    enum File {
        case table(String, CSVTable)
        case workbook(String, ReportWorkbook)

        func output(_ folder: OutputFolder) throws -> OutputBytes {
            switch self {
            case .table(let path, let table): OutputBytes(path, try CSVWriter.bytes(of: table))
            case .workbook(let path, let workbook): OutputBytes(path, try folder.bytes(workbook))
            }
        }
    }

    var years: [Int] { Set(extracts.map(\.year)).sorted() }

    private func asOfDate(_ year: Int) -> CivilDate { min(asOf, Period(ordinal: year * 12 + 11).lastDay) }

    private func shares(_ year: Int) -> [Int] {
        policy.shares(.trainingTierShares, on: asOfDate(year))?.value ?? []
    }

    private func training(_ year: Int) -> [CountyTrainingExtract] {
        extracts.filter { $0.year == year }.compactMap(\.training)
    }

    /// Quotas of the year by county; none where the policy has no shares for it.
    func quotas(_ year: Int) -> [CountyCode: TrainingQuota.Quota] {
        let shares = shares(year)
        guard !shares.isEmpty else { return [:] }
        var counties: [CountyCode: TrainingQuota.Quota] = [:]
        for plan in TrainingCoverage.plans(training(year), shares: shares).values {
            counties.merge(plan.counties) { _, last in last }
        }
        return counties
    }

    private func rows(_ year: Int) -> [TrainingCoverage.Row] {
        let shares = shares(year)
        guard !shares.isEmpty else { return [] }
        return TrainingCoverage.rows(
            year: year, counties: expectedCounties(year), extracts: training(year), shares: shares,
            provinceNames: [region.province.code.text: region.province.name])
    }

    /// Counties that should report: a single county stands for itself, more than one for the province.
    private func expectedCounties(_ year: Int) -> [CountyRecord] {
        let known = Dictionary(
            extracts.filter { $0.year == year }.map { ($0.county.code, $0.county) },
            uniquingKeysWith: { _, last in last })
        guard known.count > 1 else { return Array(known.values) }
        return region.countyRecords.map { known[$0.code] ?? $0 }
    }

    /// The year's coverage as the run page shows it.
    func coverage(_ year: Int) -> [RunPageModel.Coverage] {
        let names = ["省级", "市级", "县级"]
        return rows(year).map { row in
            let level: RunPageModel.Coverage.Level =
                switch row.level {
                case .province, .national: .province
                case .prefecture: .prefecture
                case .county, .township: .county
                }
            return RunPageModel.Coverage(
                level: level, name: row.name, headcount: row.counts?.headcount ?? 0,
                trained: row.counts?.trainedOverall ?? 0,
                tiers: zip(names, zip(row.plan ?? [], row.counts?.trained ?? [])).map {
                    .init(name: $0, planned: $1.0, done: $1.1)
                }, isReported: row.counts != nil)
        }
    }

    /// The county's own row of the coverage.
    func row(_ year: CountyYear) -> TrainingCoverage.Row? {
        rows(year.year).first { $0.level == .county && $0.code == year.county.text }
    }

    /// Double presence across counties: only who merges extracts must look for it, a ledger finds it by itself.
    func doublePresence(_ year: Int) -> File {
        let masks = extracts.filter { $0.year == year }.flatMap(\.presence)
        return .table("\(year)/province/double-presence-\(year).csv", DoublePresenceReport.table(masks))
    }

    func files(_ year: Int) -> [File] {
        let place = "\(year)/province/"
        let funds = extracts.filter { $0.year == year }.flatMap(\.workFunds)
        return [
            .workbook(
                place + ProvinceSummary.fileName(year),
                ProvinceSummary(year: year, asOf: asOfDate(year), rows: rows(year)).workbook()),
            .table(place + "training-coverage-\(year).csv", TrainingCoverageReport.table(rows(year))),
            .table(place + "work-funds-\(year).csv", WorkFundsReport.table(funds)),
        ]
    }
}
