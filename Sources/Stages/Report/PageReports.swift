import Domain
import Foundation
import Ledger
import Reports
import RunPage

/// The run page. Made last: it links the files that the other reports wrote.
struct PageReports: Sendable {
    private let context: RunContext
    private let sources: ReportSources
    private let general: GeneralFindings
    private let years: YearReports
    private let changes: [String]

    /// - Parameters:
    ///   - sources: as read after the other reports were written.
    ///   - years: what the page tells of each year.
    ///   - changes: what differs since the report before, a line each.
    init(
        _ context: RunContext, _ sources: ReportSources, _ general: GeneralFindings,
        years: YearReports, changes: [String]
    ) {
        self.context = context
        self.sources = sources
        self.general = general
        self.years = years
        self.changes = changes
    }

    static let key = "root/index"

    func jobs(_ ledger: LedgerReader) throws -> [ReportJob] {
        [
            ReportJob(key: PageReports.key, inputs: try inputs(ledger)) { ledger, _ in
                [OutputBytes(RunPage.fileName, RunPage.bytes(try model(ledger)))]
            }
        ]
    }

    /// Over everything that the model is made from, without making it.
    private func inputs(_ ledger: LedgerReader) throws -> String {
        var print = Fingerprint()
        print.add(sources.common)
        print.add(context.options.asOf.iso)
        print.add(years.figureInputs)
        print.add(changes.joined(separator: "\n"))
        for sentence in try expected(ledger) { print.add(sentence) }
        for month in sources.matched.union(sources.computed).union(sources.batches.keys).sorted() {
            let batch = sources.batches[month]?.id ?? ""
            print.add("\(month.county.text) \(month.period) \(sources.month(month))")
            print.add(batch)
        }
        for (county, record) in sources.counties.sorted(by: { $0.key < $1.key }) {
            print.add("\(record) \(sources.work.output(.register(county, for: .months)))")
        }
        print.add(sources.work[.files("root/findings")]?.inputs ?? "")
        for (report, files) in sources.files.sorted(by: { $0.key < $1.key }) where report != PageReports.key {
            for file in files { print.add(file.path) }
        }
        // What banks answered as paid changes nothing that is paid.
        for (county, standings) in try ledger.bankStandings().sorted(by: { $0.key < $1.key }) {
            print.add("\(county.text) \(standings)")
        }
        let inbox = try ledger.inboxCounts()
        print.add("\(inbox.present) \(inbox.refused)")
        return print.value
    }

    // MARK: The model

    private func model(_ ledger: LedgerReader) throws -> RunPageModel {
        let files = OutputPaths(sources.files)
        let months = try MonthFigures(ledger)
        let counties = Set(months.keys.map(\.county)).union(files.counties).sorted().map { code in
            let record = sources.counties[code]
            return RunPageModel.County(
                code: code, name: record?.name ?? code.text, prefecture: record?.prefecture ?? "",
                months: months.keys.filter { $0.county == code }.sorted().map { month in
                    months.month(month, asOf: context.options.asOf, files: files.months[month] ?? [])
                },
                yearFiles: files.years[code] ?? [])
        }
        let inbox = try ledger.inboxCounts()
        return RunPageModel(
            asOf: context.options.asOf, policyName: context.policy.name, programVersion: ProgramVersion.text,
            sampleRates: context.policy.rateTables.values.filter { $0.title.contains("样例") }.map(\.id.chinese).sorted(),
            filesReceived: inbox.present, filesRefused: inbox.refused, counties: counties,
            rootFindings: try rootFindings(ledger), problems: counties.count == 1 ? try problems(months, ledger) : [],
            rootFiles: files.root + [RunMetrics.fileName],
            years: yearFigures(files), expected: try expected(ledger), changes: changes)
    }

    /// What holds or excludes something: of months not closed, then of files and registers.
    private func problems(_ months: MonthFigures, _ ledger: LedgerReader) throws -> [RunPageModel.ProblemLine] {
        var standing: [Finding] = []
        for month in months.keys.sorted() where sources.batches[month] == nil {
            standing += Finding.told(try ledger.monthFindings(month), try ledger.payFindings(month))
        }
        standing += try RootReports(context, general).rootFindings(ledger)
        standing += general.months.sorted { $0.key < $1.key }.flatMap(\.value)
        let toDo = standing.filter { $0.stands || $0.code == .notAuthorised }
        let lines = Problem.grouped(toDo.map(FindingMasking.masked)).map { problem in
            let finding = problem.first
            return RunPageModel.ProblemLine(
                code: finding.code, effect: finding.effect, period: finding.period, township: finding.township,
                file: finding.file,
                place: [finding.sheet, problem.cellText].filter { !$0.isEmpty }.joined(separator: "!"),
                count: problem.count, advice: finding.advice(.zh))
        }
        // Held before excluded, files and registers before months, the latest month first.
        func rank(_ line: RunPageModel.ProblemLine, _ place: Int) -> (Int, Int, String, String, Int) {
            (line.effect == .held ? 0 : 1, line.period.map { -$0.ordinal } ?? .min, line.township, line.file, place)
        }
        return lines.enumerated().sorted { rank($0.element, $0.offset) < rank($1.element, $1.offset) }.map(\.element)
    }

    /// What the calendar expected and what did not come.
    private func expected(_ ledger: LedgerReader) throws -> [String] {
        try ledger.generalFindings(ExpectedArrivals.scope).map { $0.message(.zh) }
    }

    /// The figures of each year, with the files of its province folder.
    private func yearFigures(_ files: OutputPaths) -> [RunPageModel.YearFigures] {
        var figures = years.figures
        for year in files.provinces.keys where !figures.contains(where: { $0.year == year }) {
            figures.append(RunPageModel.YearFigures(year: year))
        }
        return figures.sorted { $0.year > $1.year }.map { year in
            var year = year
            year.files = files.provinces[year.year] ?? []
            return year
        }
    }

    /// What root's findings.csv lists: neither county nor period, or one of them only.
    private func rootFindings(_ ledger: LedgerReader) throws -> [RunPageModel.FindingCount] {
        FigureCounts.findings(try ledger.generalTally())
    }
}

/// Paths of the output by what they belong to. Source: spec §9.
struct OutputPaths {
    var root: [String] = []
    var months: [CountyMonth: [String]] = [:]
    var years: [CountyCode: [String]] = [:]
    var provinces: [Int: [String]] = [:]

    init(_ files: [String: [OutputFileRecord]]) {
        for path in files.filter({ $0.key != PageReports.key }).values.flatMap({ $0.map(\.path) }).sorted() {
            let parts = path.split(separator: "/", maxSplits: 2).map(String.init)
            if parts.count < 3 {
                root.append(path)
            } else if let county = CountyCode(prefixOf: parts[1]), let period = Period(parts[0]) {
                months[CountyMonth(county: county, period: period), default: []].append(path)
            } else if let county = CountyCode(prefixOf: parts[1]) {
                years[county, default: []].append(path)
            } else if let year = Int(parts[0]) {
                provinces[year, default: []].append(path)
            } else {
                root.append(path)
            }
        }
    }

    var counties: Set<CountyCode> { Set(years.keys).union(months.keys.map(\.county)) }
}
