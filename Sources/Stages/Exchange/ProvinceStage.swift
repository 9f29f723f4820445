import Domain
import Foundation
import Ledger
import Reports
import Rules
import Settings
import Sheets

/// The province's outputs from counties' extracts, wherever those were computed, and what it gives back to each county.
///
/// Source: spec §11.
public struct ProvinceStage {
    /// What it did.
    public struct Summary: Sendable {
        /// Paths written, relative to the output folder.
        public var written: [String] = []
        /// Whether people were named, so that whoever stands in two counties was looked for.
        public var looksOverCounties = false
        /// Counties of which files in other counties' folders speak and that are not among those merged.
        public var absent: [(county: CountyCode, folders: [CountyCode])] = []
    }

    private let options: RunOptions
    private let region: Region
    private let country: Country
    private let policy: Policy
    private var extracts: [CountyYear: CountyExtract] = [:]
    private var spans: [Int: (from: (day: CivilDate, name: String), until: (day: CivilDate, name: String))] = [:]
    private var claims: [ClaimsSource] = []
    private var claimsMerge = ClaimsMerge()
    private var people = PeopleMerge()
    private var records: [Int: RecordsMerge] = [:]
    private var paths: [CountyYear: String] = [:]
    private var stamp: ExchangeStamp
    private var isFirst = true

    /// Reads extracts and writes the province's files for every year in them.
    ///
    /// - Parameter expected: counties of which an extract of the latest year must be there.
    /// - Throws: `RunFailure.refused` for a file that is no extract, one that does not fit the others, a county that is
    ///   missing.
    public static func run(_ paths: [String], expected: [CountyCode] = [], options: RunOptions) throws -> Summary {
        var stage = try ProvinceStage(options)
        for path in paths { try stage.take(path) }
        try stage.check(expected)
        return try stage.write()
    }

    private init(_ options: RunOptions) throws {
        self.options = options
        guard let regionText = try? String(contentsOfFile: options.regions, encoding: .utf8) else {
            throw RunFailure.noSuchFile(options.regions)
        }
        guard let policyText = try? String(contentsOfFile: options.policy, encoding: .utf8) else {
            throw RunFailure.noSuchFile(options.policy)
        }
        region = try RegionFile.region(from: regionText, file: options.regions)
        country = try Country(beside: options.regions)
        policy = try PolicyFile.policy(from: policyText, file: options.policy)
        stamp = ExchangeStamp(
            program: ProgramVersion.exchange, policy: Fingerprint.sha256(Array(policyText.utf8)),
            regions: Fingerprint.of(regionText), key: nil)
    }

    // MARK: Taking in

    /// Reads one extract; what is kept of it are counts.
    private mutating func take(_ path: String) throws {
        let file = try ExtractFile(path: path)
        let county = file.extract.county
        if isFirst { stamp.key = file.stamp.key }
        isFirst = false
        try file.stamp.check(BilingualText(zh: file.name, en: file.name), against: stamp)
        if let other = paths[file.key] {
            if try ExtractFile(path: other).extract == file.extract { return }
            throw refused(
                "\(county.name) \(file.key.year) 有两份不同的提取文件。",
                "there are two different extracts of \(county.name) \(file.key.year).")
        }
        try noteSpan(file)
        claims += file.claims
        people.note(file.extract.people ?? [], file.key)
        claimsMerge.note(file.extract.people ?? [], file.key)
        paths[file.key] = path
        // What is kept are counts.
        var counts = file.extract
        counts.people = nil
        counts.registers = nil
        if let registers = file.extract.registers {
            records[file.key.year, default: RecordsMerge()].note(registers, county.code, path)
            claimsMerge.note(payees: registers.payees ?? [], county.code)
        }
        extracts[file.key] = counts
    }

    /// Every extract of a year must hold on one common day.
    private mutating func noteSpan(_ file: ExtractFile) throws {
        let own = (from: (file.extract.asOf, file.name), until: (file.until, file.name))
        guard var span = spans[file.key.year] else {
            spans[file.key.year] = own
            return
        }
        if span.from.day < own.from.0 { span.from = own.from }
        if own.until.0 < span.until.day { span.until = own.until }
        guard span.from.day <= span.until.day else {
            throw refused(
                "\(span.until.name) 只适用到 \(span.until.day.iso)，\(span.from.name) 从 \(span.from.day.iso) 起：请先重新运行前者。",
                "\(span.until.name) holds until \(span.until.day.iso), \(span.from.name) from \(span.from.day.iso): "
                    + "run the former again first.")
        }
        spans[file.key.year] = span
    }

    private func check(_ expected: [CountyCode]) throws {
        guard let last = extracts.keys.map(\.year).max() else {
            throw refused("没有提取文件。", "there is no extract.")
        }
        let names = Dictionary(region.countyRecords.map { ($0.code, $0.name) }, uniquingKeysWith: { first, _ in first })
        let wanted = Set(expected).union(extracts.keys.map(\.county))
        let missing = wanted.filter { extracts[CountyYear(county: $0, year: last)] == nil }.sorted()
        guard missing.isEmpty else {
            let list = missing.map { "\($0.text) \(names[$0] ?? "")" }.joined(separator: "、")
            throw refused(
                "缺少 \(last) 年的提取文件：\(list)。什么都没有写。", "extracts of \(last) are missing: \(list). Nothing was written.")
        }
        try checkYears(names, ofAll: !expected.isEmpty || stamp.key != nil)
    }

    /// Every year that a county says it handed over must be there.
    ///
    /// - Parameter ofAll: years too that nobody gave: what is handed back speaks of all of them. Tables of one year are
    ///   made from the extracts of that year alone.
    private func checkYears(_ names: [CountyCode: String], ofAll: Bool) throws {
        let given = Set(extracts.keys.map(\.year))
        var told: [CountyCode: Set<Int>] = [:]
        for (key, extract) in extracts { told[key.county, default: []].formUnion(extract.years ?? []) }
        let missing = told.sorted { $0.key < $1.key }.flatMap { county, years in
            years.sorted().filter {
                (ofAll || given.contains($0)) && extracts[CountyYear(county: county, year: $0)] == nil
            }.map { "\(county.text) \(names[county] ?? "") \($0)" }
        }
        guard missing.isEmpty else {
            let list = missing.joined(separator: "、")
            throw refused(
                "这些县区的部分年度没有提取文件：\(list)。什么都没有写。",
                "extracts of some years of a county are missing: \(list). Nothing was written.")
        }
    }

    private func refused(_ zh: String, _ en: String) -> RunFailure { .refused(BilingualText(zh: zh, en: en)) }

    // MARK: Writing

    /// All of it or nothing: whoever is given back something of this merge has nothing of another one beside it.
    private func write() throws -> Summary {
        var made = MergedFiles(root: options.output, isHandedBack: stamp.key != nil)
        do {
            let looks = try make(&made)
            var summary = Summary()
            summary.looksOverCounties = looks
            summary.written = try made.commit()
            summary.absent = records.max { $0.key < $1.key }?.value.absent ?? []
            return summary
        } catch {
            made.cancel()
            throw error
        }
    }

    /// Makes every file; returns whether people were looked for over counties.
    private func make(_ made: inout MergedFiles) throws -> Bool {
        var merge = claimsMerge
        if stamp.key != nil { try merge.merge(claims) }
        let province = ProvinceYears(
            extracts: Array(extracts.values), region: region, policy: policy,
            asOf: extracts.values.map(\.asOf).max() ?? options.asOf, country: country)
        let folder = OutputFolder(root: options.output)
        for year in province.years {
            for file in province.files(year) {
                let output = try file.output(folder)
                try made.put(output.path, output.bytes)
            }
            guard stamp.key != nil else { continue }
            try made.put(
                "\(year)/province/double-presence-\(year).csv",
                try CSVWriter.bytes(of: DoublePresenceReport.table(merge.presence[year] ?? [])))
        }
        guard stamp.key != nil else { return false }
        var latest = records.max { $0.key < $1.key }?.value
        let given = try latest?.give { try header(.records, $0) }
        let quotas = try QuotasBack(extracts, people, paths: paths, region: region, policy: policy)
        for county in Set(extracts.keys.map(\.county)).sorted() {
            var beside: [String: String] = [:]
            func put(_ kind: HandBackHeader.Kind, _ bytes: [UInt8]) throws {
                try made.put(ProvinceStage.folder + HandBackHeader.fileName(kind, county), bytes)
                beside[kind.rawValue] = Fingerprint.sha256(bytes)
            }
            try put(.quotas, try DigestedFile.json(quotas.quotas(header(.quotas, county))))
            if var guests = given?[county] {
                guests.workbooks = try latest?.workbooks(for: county) ?? []
                try put(.records, try DigestedFile.json(guests))
            }
            try put(.claims, try claims(for: county, merge.given[county] ?? [], beside))
        }
        return true
    }

    /// Where what is given back lies, below the output folder.
    static let folder = "for-counties/"

    private func header(_ kind: HandBackHeader.Kind, _ county: CountyCode) throws -> HandBackHeader {
        guard let last = spans.keys.max(), let span = spans[last] else {
            preconditionFailure("whoever gives back has read an extract")
        }
        return HandBackHeader(
            kind: kind, county: county, stamp: stamp, asOf: span.from.day, until: span.until.day,
            merged: extracts.filter { $0.key.county == county }.sorted { $0.key < $1.key }.flatMap {
                $0.value.claims ?? []
            })
    }

    private func claims(
        for county: CountyCode, _ given: [(period: Period, line: ClaimLine)], _ beside: [String: String]
    ) throws -> [UInt8] {
        var header = try header(.claims, county)
        header.beside = beside
        header.lines = given.count
        let headings = "period," + ClaimLine.schema.columns.map(\.name).joined(separator: ",")
        return try DigestedFile.lines(
            header, [headings] + given.map { "\($0.period)," + ClaimsFile.line($0.line.cells) })
    }
}
