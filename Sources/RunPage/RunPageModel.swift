import Domain

/// Everything the run page shows: counts, sums and paths. No person is named in it, no ID stands in it.
public struct RunPageModel: Hashable, Sendable {
    /// The day as of which everything was read.
    public var asOf: CivilDate
    /// 青组字〔2018〕231号.
    public var policyName: String
    public var programVersion: String
    /// Rate tables that the policy file marks as samples: the page says so. Empty where there are none.
    public var sampleRates: [String]
    /// Files of the inbox as they lie there now.
    public var filesReceived: Int
    /// Those of them that could not be read.
    public var filesRefused: Int
    /// By code.
    public var counties: [County]
    /// Findings without both a county and a period, by kind.
    public var rootFindings: [FindingCount]
    /// What holds or excludes something now, a line a cause, in the order in which it is to be done; of a single
    /// county alone: a province's page stays small.
    public var problems: [ProblemLine]
    /// Files at the top of the output, relative to it.
    public var rootFiles: [String]
    /// By year; empty where no yearly results are there.
    public var years: [YearFigures]
    /// What the operator's calendar expected and what did not come, a sentence each.
    public var expected: [String]
    /// What differs since the report before, a line each.
    public var changes: [String]

    public init(
        asOf: CivilDate, policyName: String, programVersion: String, sampleRates: [String] = [],
        filesReceived: Int = 0, filesRefused: Int = 0, counties: [County] = [], rootFindings: [FindingCount] = [],
        problems: [ProblemLine] = [], rootFiles: [String] = [], years: [YearFigures] = [], expected: [String] = [],
        changes: [String] = []
    ) {
        self.asOf = asOf
        self.policyName = policyName
        self.programVersion = programVersion
        self.sampleRates = sampleRates
        self.filesReceived = filesReceived
        self.filesRefused = filesRefused
        self.counties = counties
        self.rootFindings = rootFindings
        self.problems = problems
        self.rootFiles = rootFiles
        self.years = years
        self.expected = expected
        self.changes = changes
    }
}

extension RunPageModel {
    /// Findings of one cause: where they stand and what to do. Nobody is named.
    public struct ProblemLine: Hashable, Sendable {
        public var code: FindingCode
        public var effect: FindingEffect
        /// Nil for what belongs to no month.
        public var period: Period?
        /// Empty where none is known.
        public var township: String
        /// Relative to the inbox.
        public var file: String
        /// `11月!F2:AH2`; empty where a whole file is meant.
        public var place: String
        /// How many findings it gathers.
        public var count: Int
        /// What to do, in Chinese.
        public var advice: String

        public init(
            code: FindingCode, effect: FindingEffect, period: Period? = nil, township: String = "", file: String = "",
            place: String = "", count: Int = 1, advice: String
        ) {
            self.code = code
            self.effect = effect
            self.period = period
            self.township = township
            self.file = file
            self.place = place
            self.count = count
            self.advice = advice
        }
    }

    /// A county: its months, its townships' submissions, its files.
    public struct County: Hashable, Sendable {
        public var code: CountyCode
        public var name: String
        /// Empty where not known.
        public var prefecture: String
        /// By period.
        public var months: [Month]
        /// Files of its yearly folders, relative to the output, by path.
        public var yearFiles: [String]

        public init(
            code: CountyCode, name: String, prefecture: String, months: [Month] = [], yearFiles: [String] = []
        ) {
            self.code = code
            self.name = name
            self.prefecture = prefecture
            self.months = months
            self.yearFiles = yearFiles
        }
    }

    /// A county's month.
    public struct Month: Hashable, Sendable {
        public var period: Period
        /// The batch number; nil while the month is open.
        public var batch: String?
        /// Of a month that was passed over: the open month that what it owes goes into.
        public var passedTo: Period?
        /// People with a payment line.
        public var people: Int
        /// All lines, adjustments among them.
        public var paid: Fen
        /// Adjustment lines alone: above 0 paid later, below 0 taken back.
        public var adjusted: Fen
        /// Still to be taken back.
        public var outstanding: Fen
        public var heldRows: Int
        /// What the held rows would pay, as far as it can be said.
        public var pending: Fen
        /// By name.
        public var townships: [Township]
        /// By name.
        public var units: [UnitSum]
        public var findings: [FindingCount]
        /// Relative to the output, by path.
        public var files: [String]
        /// What became of its batch at the bank; nil while the month is open.
        public var bank: BankStanding?

        /// Whether it is open, and not passed over.
        var isToClose: Bool { batch == nil && passedTo == nil }

        public init(
            period: Period, batch: String? = nil, people: Int = 0, paid: Fen = .zero, adjusted: Fen = .zero,
            outstanding: Fen = .zero, heldRows: Int = 0, pending: Fen = .zero, townships: [Township] = [],
            units: [UnitSum] = [], findings: [FindingCount] = [], files: [String] = [], bank: BankStanding? = nil
        ) {
            self.bank = bank
            self.period = period
            self.batch = batch
            self.people = people
            self.paid = paid
            self.adjusted = adjusted
            self.outstanding = outstanding
            self.heldRows = heldRows
            self.pending = pending
            self.townships = townships
            self.units = units
            self.findings = findings
            self.files = files
        }
    }

    /// What a township sent for a month.
    public struct Township: Hashable, Sendable {
        public var name: String
        public var state: State
        /// Problems (findings of one cause are one) that hold or exclude something.
        public var standing: Int
        /// Problems that only warn.
        public var warnings: Int
        /// Its return workbook, relative to the output; nil where none was made.
        public var returnFile: String?

        public init(name: String, state: State, standing: Int = 0, warnings: Int = 0, returnFile: String? = nil) {
            self.name = name
            self.state = state
            self.standing = standing
            self.warnings = warnings
            self.returnFile = returnFile
        }
    }

    /// Whether a township's month is in.
    public enum State: String, Hashable, Sendable, CaseIterable {
        /// In, nothing found.
        case received
        /// In, with findings.
        case withFindings
        /// The month is over and nothing is in.
        case missing
        /// The month runs, or nobody of the county has sent it yet.
        case awaited
    }

    /// Sums of a sending unit in a county's month.
    public struct UnitSum: Hashable, Sendable {
        public var name: String
        public var paid: Fen
        public var adjusted: Fen
        public var heldRows: Int

        public init(name: String, paid: Fen, adjusted: Fen = .zero, heldRows: Int = 0) {
            self.name = name
            self.paid = paid
            self.adjusted = adjusted
            self.heldRows = heldRows
        }
    }

    /// How often a code was found with one severity and effect.
    public struct FindingCount: Hashable, Sendable {
        public var code: FindingCode
        public var severity: FindingSeverity
        public var effect: FindingEffect
        public var count: Int

        public init(code: FindingCode, severity: FindingSeverity, effect: FindingEffect, count: Int) {
            self.code = code
            self.severity = severity
            self.effect = effect
            self.count = count
        }
    }
}

extension RunPageModel {
    /// A calendar year's figures, where the yearly reports have been made.
    public struct YearFigures: Hashable, Sendable {
        public var year: Int
        /// Training coverage in the order of the province summary: province, prefectures, each with its counties.
        public var coverage: [Coverage]
        /// Insurance flags, by county code.
        public var insurance: [Insurance]
        /// The ten measures, by county code.
        public var measures: [Measures]
        /// Files of the year's province folder, relative to the output, by path.
        public var files: [String]

        public init(
            year: Int, coverage: [Coverage] = [], insurance: [Insurance] = [], measures: [Measures] = [],
            files: [String] = []
        ) {
            self.year = year
            self.coverage = coverage
            self.insurance = insurance
            self.measures = measures
            self.files = files
        }
    }

    /// M2: training coverage of a province, prefecture or county.
    public struct Coverage: Hashable, Sendable {
        /// 省, 市(州), 县(区): how deep the row is indented.
        public enum Level: Int, Hashable, Sendable, CaseIterable { case province, prefecture, county }

        /// A tier's plan and what is done.
        public struct Tier: Hashable, Sendable {
            /// 省级, 市级, 县级.
            public var name: String
            public var planned: Int
            public var done: Int

            public init(name: String, planned: Int, done: Int) {
                self.name = name
                self.planned = planned
                self.done = done
            }
        }

        public var level: Level
        public var name: String
        public var headcount: Int
        /// Distinct people trained, over all tiers.
        public var trained: Int
        public var tiers: [Tier]
        /// False for a county without data: 未报, not 0.
        public var isReported: Bool

        public init(
            level: Level, name: String, headcount: Int, trained: Int, tiers: [Tier] = [], isReported: Bool = true
        ) {
            self.level = level
            self.name = name
            self.headcount = headcount
            self.trained = trained
            self.tiers = tiers
            self.isReported = isReported
        }
    }

    /// M5: insurance flags of a county.
    public struct Insurance: Hashable, Sendable {
        /// A kind of flag and how many of it.
        public struct Flag: Hashable, Sendable {
            /// 未参保, 保障中断, 即将到期, 低于最低保额, 保额未提高.
            public var name: String
            public var count: Int

            public init(name: String, count: Int) {
                self.name = name
                self.count = count
            }
        }

        public var county: CountyCode
        public var countyName: String
        public var flags: [Flag]
        /// False where no insurance list came in: 未报, not 0.
        public var isReported: Bool

        public init(county: CountyCode, countyName: String, flags: [Flag], isReported: Bool = true) {
            self.county = county
            self.countyName = countyName
            self.flags = flags
            self.isReported = isReported
        }
    }
    /// How a county stands on each of the ten measures.
    public struct Measures: Hashable, Sendable {
        /// One measure.
        public struct Cell: Hashable, Sendable {
            /// Open cases; nil where nothing of the measure was reported.
            public var open: Int?
            /// Forms the measure rests on that nobody sent, as people call them.
            public var missing: [String]

            public init(open: Int?, missing: [String] = []) {
                self.open = open
                self.missing = missing
            }
        }

        public var county: CountyCode
        public var countyName: String
        /// Of measures 1…10.
        public var cells: [Cell]

        public init(county: CountyCode, countyName: String, cells: [Cell]) {
            precondition(cells.count == 10, "the document has ten measures")
            self.county = county
            self.countyName = countyName
            self.cells = cells
        }
    }
}
