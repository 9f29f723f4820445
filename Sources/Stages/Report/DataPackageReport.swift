import Domain
import Ledger
import Reports
import Tables

/// `output/datapackage.json`: says what every CSV of the output holds.
struct DataPackageReport: Sendable {
    let sources: ReportSources

    /// Of everything written, this run's files included.
    func job() -> ReportJob {
        let resources = sources.files.values.flatMap { $0 }.filter { $0.path.hasSuffix(".csv") }.sorted {
            $0.path < $1.path
        }.compactMap(resource)
        var print = Fingerprint()
        print.add(sources.common)
        for resource in resources { print.add("\(resource.path) \(resource.sha256 ?? "") \(resource.sizeBytes ?? 0)") }
        return ReportJob(key: "root/datapackage", inputs: print.value) { _, _ in
            guard !resources.isEmpty else { return [] }
            let text = DataPackage(version: ProgramVersion.text, resources: resources).text
            return [OutputBytes("datapackage.json", Array(text.utf8))]
        }
    }

    private func resource(_ file: OutputFileRecord) -> DataResource? {
        if file.path == ChangesReport.fileName {
            // It speaks of a way, not of a state: a digest here would make the package differ with the way too.
            return DataResource(path: file.path, schema: ChangesReport.schema, dialect: CSVDialect())
        }
        guard let (schema, dialect) = schema(file.path) else { return nil }
        return DataResource(
            path: file.path, schema: schema, dialect: dialect, sha256: file.sha256, sizeBytes: file.size)
    }

    static let yearly: [String: CSVSchema] = Dictionary(
        uniqueKeysWithValues: (YearTables.schemas + [TrainingCoverageReport.schema]).map { ($0.name, $0) })

    /// The schema of a file by its place and name.
    private func schema(_ path: String) -> (CSVSchema, CSVDialect)? {
        let parts = path.split(separator: "/").map(String.init)
        guard let name = parts.last else { return nil }
        if name == "findings.csv" { return (FindingsReport.schema, CSVDialect()) }
        if let period = parts.first.flatMap({ Period($0) }) {
            if name == "held-\(period).csv" { return (HeldReport.schema, CSVDialect()) }
            if name == UnpayableReport.fileName(period) { return (UnpayableReport.schema, CSVDialect()) }
            if name == SettlementReport.fileName(period) { return (SettlementReport.schema, CSVDialect()) }
            let code = parts.count > 1 ? CountyCode(prefixOf: parts[1]) : nil
            for profile in sources.profiles {
                guard let code, let county = sources.counties[code] else { continue }
                let names = [true, false].map {
                    profile.fileName(period: period, county: code, countyName: county.name, isClosed: $0)
                }
                if names.contains(name) {
                    return (PaymentsReport.schema(profile), profile.dialect)
                }
            }
            return nil
        }
        let stem = name.dropLast(4).split(separator: "-").dropLast().joined(separator: "-")
        return DataPackageReport.yearly[stem].map { ($0, CSVDialect()) }
    }
}
