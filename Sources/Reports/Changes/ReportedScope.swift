import Domain

/// What a finished report told of a county's month, or of all that belongs to none, kept to be compared with the next.
///
/// Personal numbers are masked. Source: spec §9 (`changes.csv`).
public struct ReportedScope: Hashable, Sendable {
    /// The same problem on two nights: where a person is concerned it goes with them, else with its file.
    public struct Problem: Hashable, Comparable, Sendable {
        public var code: String
        public var period: String
        public var county: String
        public var township: String
        public var person: String
        public var personID: String
        /// Empty where a person is concerned.
        public var file: String

        var fields: [String] { [period, county, township, code, person, personID, file] }

        public static func < (left: Problem, right: Problem) -> Bool {
            left.fields.lexicographicallyPrecedes(right.fields)
        }
    }

    /// Where and what: `Sheet1!E5 △`.
    public struct Place: Hashable, Comparable, Sendable {
        public var file: String
        public var cell: String
        public var value: String

        /// As it is shown; the file has a column of its own.
        public var text: String { [cell, value].filter { !$0.isEmpty }.joined(separator: " ") }

        public static func < (left: Place, right: Place) -> Bool {
            [left.file, left.cell, left.value].lexicographicallyPrecedes([right.file, right.cell, right.value])
        }
    }

    /// Six digits; empty for what belongs to no county.
    public var county: String
    /// `yyyy-mm`; empty for what belongs to no month.
    public var period: String
    /// People with a payment line, and their sum.
    public var people: Int
    public var total: Fen
    /// Files it was read from, with their SHA-256.
    public var sources: [String: String]
    public var problems: [Problem: [Place]]

    public init(
        month: (county: CountyCode, period: Period)?, people: Int = 0, total: Fen = .zero, sources: [FileDigest] = [],
        findings: [Finding]
    ) {
        county = month?.county.text ?? ""
        period = month?.period.description ?? ""
        self.people = people
        self.total = total
        self.sources = Dictionary(sources.map { (IDMasking.masked($0.path), $0.sha256) }) { $1 }
        problems = [:]
        for finding in findings {
            let masked = FindingMasking.masked(finding)
            let isPerson = !masked.person.isEmpty || !masked.personID.isEmpty
            let problem = Problem(
                code: masked.code.rawValue, period: masked.period?.description ?? "", county: masked.county?.text ?? "",
                township: masked.township, person: masked.person, personID: masked.personID,
                file: isPerson ? "" : masked.file)
            let cell = [masked.sheet, masked.cell?.a1 ?? ""].filter { !$0.isEmpty }.joined(separator: "!")
            let place = Place(file: masked.file, cell: cell, value: masked.value)
            if problems[problem]?.contains(place) != true { problems[problem, default: []].append(place) }
        }
        for problem in problems.keys { problems[problem]?.sort() }
    }
}

/// Lines of fields, to be kept: the same scope gives the same bytes.
extension ReportedScope {
    private static let fieldMark: Character = "\u{1F}"

    /// What `init(packed:)` reads.
    public var packed: String {
        var lines = [["1", county, period, "\(people)", "\(total.amount)"]]
        for (path, digest) in sources.sorted(by: { $0.key < $1.key }) { lines.append(["s", path, digest]) }
        for (problem, places) in problems.sorted(by: { $0.key < $1.key }) {
            lines.append(["p"] + problem.fields)
            for place in places { lines.append([place.file, place.cell, place.value]) }
        }
        return lines.map { line in
            line.map(ReportedScope.plain).joined(separator: String(ReportedScope.fieldMark))
        }.joined(separator: "\n")
    }

    /// Nil where the text is none of `packed`.
    public init?(packed: String) {
        var lines = packed.split(separator: "\n", omittingEmptySubsequences: false).map {
            $0.split(separator: ReportedScope.fieldMark, omittingEmptySubsequences: false).map(String.init)
        }[...]
        guard let head = lines.popFirst(), head.count == 5, head[0] == "1", let people = Int(head[3]),
            let amount = Int(head[4])
        else { return nil }
        county = head[1]
        period = head[2]
        self.people = people
        total = Fen(amount)
        sources = [:]
        problems = [:]
        var current: Problem?
        for line in lines {
            if line.count == 3, line[0] == "s", current == nil {
                sources[line[1]] = line[2]
            } else if line.count == 8, line[0] == "p" {
                let problem = Problem(
                    code: line[4], period: line[1], county: line[2], township: line[3], person: line[5],
                    personID: line[6], file: line[7])
                problems[problem] = []
                current = problem
            } else if line.count == 3, let problem = current {
                problems[problem]?.append(Place(file: line[0], cell: line[1], value: line[2]))
            } else {
                return nil
            }
        }
    }

    /// Without the marks that divide lines and fields.
    private static func plain(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: { $0.value < 0x20 }) else { return text }
        var scalars = String.UnicodeScalarView()
        for scalar in text.unicodeScalars { scalars.append(scalar.value < 0x20 ? " " : scalar) }
        return String(scalars)
    }
}
