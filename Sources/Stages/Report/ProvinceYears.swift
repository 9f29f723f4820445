import Domain
import Foundation
import Ledger
import Reports
import Rules
import RunPage
import Settings
import Sheets
import Tables

/// The province's years, from extracts alone: the same whether one machine read every county or many did.
public struct ProvinceYears: Sendable {
    private let extracts: [CountyExtract]
    private let region: Region
    private let policy: Policy
    private let asOf: CivilDate
    private let country: Country
    private let unitsElsewhere: [CountyYear: [String: UnitStanding]]

    /// - Parameter country: names of provinces and counties beyond the region's, for a country.
    init(
        extracts: [CountyExtract], region: Region, policy: Policy, asOf: CivilDate, country: Country = Country()
    ) {
        self.country = country
        self.extracts = extracts.sorted { ($0.year, $0.county.code) < ($1.year, $1.county.code) }
        self.region = region
        self.policy = policy
        self.asOf = asOf
        unitsElsewhere = ProvinceYears.unitsElsewhere(self.extracts)
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

    /// Quotas by year and county.
    var quotas: [Int: [CountyCode: TrainingQuota.Quota]] {
        Dictionary(uniqueKeysWithValues: years.map { ($0, quotas($0)) })
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

    /// By code; the region file's own name before the country's.
    private var provinceNames: [String: String] {
        country.provinces.merging([region.province.code.text: region.province.name]) { $1 }
    }

    private func rows(_ year: Int) -> [TrainingCoverage.Row] {
        let shares = shares(year)
        guard !shares.isEmpty else { return [] }
        return TrainingCoverage.rows(
            year: year, counties: expectedCounties(year), extracts: training(year), shares: shares,
            provinceNames: provinceNames)
    }

    /// Counties that should report, the same in every year: those of which something ever came and those that a county
    /// register names; where something came of more than one, all of the province.
    private func expectedCounties(_ year: Int) -> [CountyRecord] {
        let known = extracts.map(\.county)
        var expected: [CountyCode: CountyRecord] = [:]
        let provinces = Set(known.map(\.code.provinceCode))
        let own = region.province.code.provinceCode
        let all = region.countyRecords + country.counties.filter { $0.code.provinceCode != own }
        let shipped =
            Set(known.map(\.code)).count > 1 ? all.filter { provinces.contains($0.code.provinceCode) } : []
        for county in shipped + extracts.flatMap(\.registered) + known { expected[county.code] = county }
        for county in extracts.filter({ $0.year == year }).map(\.county) { expected[county.code] = county }
        return expected.values.sorted { $0.code < $1.code }
    }

    // MARK: Over all counties

    /// How a county's sending units stand in the other counties together, by the unit's key.
    func unitsElsewhere(_ year: CountyYear) -> [String: UnitStanding] { unitsElsewhere[year] ?? [:] }

    private static func unitsElsewhere(_ extracts: [CountyExtract]) -> [CountyYear: [String: UnitStanding]] {
        var elsewhere: [CountyYear: [String: UnitStanding]] = [:]
        for (year, extracts) in Dictionary(grouping: extracts, by: \.year) {
            var places: [String: [UnitStanding.Place]] = [:]
            for extract in extracts {
                for standing in extract.units {
                    places[TextFolding.key(standing.unit), default: []].append((extract.county.code, standing))
                }
            }
            for (key, places) in places {
                for (county, standing) in UnitStanding.elsewhere(places) {
                    elsewhere[CountyYear(county: county, year: year), default: [:]][key] = standing
                }
            }
        }
        return elsewhere
    }

    /// What the organisers held, of the province and of each prefecture with data.
    private func organisers(_ year: Int) -> [(name: String, rows: [TrainingOrganisers.Row])] {
        let own = extracts.filter { $0.year == year && !$0.organisers.isEmpty }
        guard !own.isEmpty else { return [] }
        let provinces = Dictionary(grouping: own, by: \.county.code.provinceCode).sorted { $0.key < $1.key }
        if provinces.count > 1 {
            return [("全国", TrainingOrganisers.joined(own.map(\.organisers)))]
                + provinces.map { code, members in
                    (provinceNames[code] ?? code, TrainingOrganisers.joined(members.map(\.organisers)))
                }
        }
        let prefectures = Dictionary(grouping: own, by: \.county.code.prefectureCode).sorted { $0.key < $1.key }
        return [(region.province.name, TrainingOrganisers.joined(own.map(\.organisers)))]
            + prefectures.map { code, members in
                (members.first?.county.prefecture ?? code, TrainingOrganisers.joined(members.map(\.organisers)))
            }
    }

    private func promotion(_ year: Int) -> [PromotionShare.NodeRow] {
        let counties = expectedCounties(year).map(\.code)
        var within: [String: [CountyCode]] = [:]
        for county in counties {
            for code in Set([county.text, county.prefectureCode, county.provinceCode]) {
                within[code, default: []].append(county)
            }
        }
        let nodes = rows(year).map { row in
            (
                level: row.level, code: row.code, name: row.name,
                counties: row.level == .national ? counties : within[row.code] ?? []
            )
        }
        let extracts = Dictionary(
            extracts.filter { $0.year == year }.compactMap { extract in
                extract.promotion.map { (extract.county.code, $0) }
            }, uniquingKeysWith: { _, last in last })
        return PromotionShare.rows(nodes, extracts)
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
                level: level, name: row.name, headcount: row.told?.headcount ?? 0,
                trained: row.told?.trainedOverall ?? 0,
                tiers: zip(names, zip(row.plan ?? [], row.told?.trained ?? [])).map {
                    .init(name: $0, planned: $1.0, done: $1.1)
                }, isReported: row.told != nil)
        }
    }

    /// The county's own row of the coverage.
    func row(_ year: CountyYear) -> TrainingCoverage.Row? {
        rows(year.year).first { $0.level == .county && $0.code == year.county.text }
    }

    func files(_ year: Int) -> [File] {
        let place = "\(year)/province/"
        let funds = extracts.filter { $0.year == year }.flatMap(\.workFunds)
        var summary = ProvinceSummary(
            year: year, asOf: asOfDate(year), rows: rows(year), organisers: organisers(year),
            promotion: promotion(year), units: UnitStanding.joined(extracts.filter { $0.year == year }.map(\.units)))
        if policy.name != LegalSource.document { summary.clause = LegalSource(policy.name) }
        return [
            .workbook(
                place + ProvinceSummary.fileName(year),
                summary.workbook()),
            .table(place + "training-coverage-\(year).csv", TrainingCoverageReport.table(rows(year))),
            .table(place + "work-funds-\(year).csv", WorkFundsReport.table(funds)),
        ]
    }
}
