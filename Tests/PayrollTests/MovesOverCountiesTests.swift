import Domain
import Registers
import Rules
import TestSupport
import Testing

/// Three counties for a year, people who move between them, and records filed wherever somebody happened to file them.
private struct MovingPeople {
    struct Post {
        var county: Int
        var village: String
        var first: CivilDate
        var last: CivilDate?

        func holds(_ day: CivilDate) -> Bool { first <= day && (last.map { day <= $0 } ?? true) }
    }
    /// A record of somebody, with its row.
    struct Filed {
        var person: Int
        var date: CivilDate
        /// Last day of a cover.
        var end: CivilDate?
        /// Of a training: 省 市 县; of an honour its level; of a check its result; of an assessment its grade.
        var word = ""
        /// Of a training: it was failed. Of an incident: it was on duty. Of a care event: it was visited.
        var flag = false
        var fen = 0
    }

    static let codes = ["630202", "630203", "630222"].compactMap { CountyCode($0) }
    static let year = 2019
    static let asOf = CivilDate(2019, 9, 30)!
    static let first = CivilDate(2018, 10, 1)!

    var posts: [[Post]] = []
    var trainings: [Filed] = []
    var covers: [Filed] = []
    var incidents: [Filed] = []
    var checks: [Filed] = []
    var honours: [Filed] = []
    var cares: [Filed] = []
    var grades: [Filed] = []
    private var random: SeededGenerator
    private var rows: [CountyCode: [FormRow]] = [:]

    init(seed: UInt64) {
        random = SeededGenerator(seed)
        for person in 0..<12 {
            var all: [Post] = []
            var day = Self.first.adding(days: Int.random(in: 0...120, using: &random))
            for number in 0..<Int.random(in: 1...3, using: &random) {
                let county = Int.random(in: 0..<3, using: &random)
                let isLast = number == 2 || Bool.random(using: &random)
                let last = day.adding(days: Int.random(in: 20...150, using: &random))
                all.append(
                    Post(
                        county: county, village: "村\(person)\(number)", first: day,
                        last: isLast && Bool.random(using: &random) ? nil : last))
                if isLast { break }
                // Rosters overlap where the old county ends a posting late.
                day = last.adding(days: Int.random(in: -9...9, using: &random))
            }
            posts.append(all)
            for post in all { file(roster(person, post), in: post.county) }
        }
        fileRecords()
    }

    private func id(_ person: Int) -> ResidentID { MonthFixture.id(person + 1) }

    private mutating func file(_ row: FormRow, in county: Int? = nil) {
        let county = county ?? Int.random(in: 0..<3, using: &random)
        rows[Self.codes[county], default: []].append(row)
    }

    private mutating func day() -> CivilDate {
        CivilDate(2019, 1, 1)!.adding(days: Int.random(in: 0...300, using: &random))
    }

    private mutating func fileRecords() {
        for person in 0..<posts.count {
            for number in 0..<Int.random(in: 0...2, using: &random) {
                let tier = ["省", "市", "县"].randomElement(using: &random) ?? "县"
                let isFailed = Int.random(in: 0...3, using: &random) == 0
                let record = Filed(person: person, date: day(), word: tier, flag: isFailed)
                trainings.append(record)
                file(
                    row(
                        .training, record,
                        [
                            .trainingClass: .text("班\(number)"), .level: .choice(tier),
                            .result: .choice(record.flag ? "不合格" : "合格"),
                        ], dateField: .startDate))
            }
            for number in 0..<Int.random(in: 0...2, using: &random) {
                var record = Filed(person: person, date: day().adding(days: -60))
                record.end = record.date.adding(days: Int.random(in: 10...200, using: &random))
                covers.append(record)
                file(
                    row(
                        .insurance, record,
                        [.policyNumber: .text("P\(person)-\(number)"), .sumInsured: .amount(.yuan(100_000))],
                        dateField: .startDate))
            }
            fileEvents(person)
        }
    }

    private mutating func fileEvents(_ person: Int) {
        if Bool.random(using: &random) {
            let record = Filed(
                person: person, date: day(), flag: Bool.random(using: &random),
                fen: Int.random(in: 100...90_000, using: &random))
            incidents.append(record)
            file(
                row(
                    .incidents, record,
                    [.kind: .choice("意外伤害"), .onDuty: .flag(record.flag), .totalCost: .amount(Fen(record.fen))]))
        }
        for _ in 0..<Int.random(in: 0...2, using: &random) {
            let record = Filed(
                person: person, date: day(), word: ["脱岗", "抽调", "在岗"].randomElement(using: &random) ?? "在岗")
            guard !checks.contains(where: { $0.person == person && $0.date == record.date }) else { continue }
            checks.append(record)
            file(row(.spotChecks, record, [.result: .choice(record.word)]))
        }
        if Bool.random(using: &random) {
            let record = Filed(
                person: person, date: day(), word: ["国家", "省", "市", "县"].randomElement(using: &random) ?? "县")
            honours.append(record)
            file(row(.honours, record, [.level: .choice(record.word), .honour: .text("先进个人")]))
        }
        if Bool.random(using: &random) {
            let record = Filed(person: person, date: day(), flag: Bool.random(using: &random))
            cares.append(record)
            var fields: [FieldID: FieldValue] = [.situation: .choice("家庭困难")]
            if record.flag { fields[.visitDate] = .date(record.date) }
            file(row(.careEvents, record, fields))
        }
        if Bool.random(using: &random) {
            let grade = ["优秀", "称职"].randomElement(using: &random) ?? "称职"
            grades.append(Filed(person: person, date: Self.asOf, word: grade))
            file(row(.assessment, grades[grades.count - 1], [.year: .count(2019), .grade: .choice(grade)]))
        }
    }

    // MARK: Rows

    private func roster(_ person: Int, _ post: Post) -> FormRow {
        let filed = Filed(person: person, date: post.first)
        var fields: [FieldID: FieldValue] = [
            .sendingUnit: .text("省农业农村厅"), .postingRole: .choice("工作队员"), .township: .text("洪水镇"),
            .village: .text(post.village),
        ]
        if let last = post.last { fields[.endDate] = .date(last) }
        return row(.roster, filed, fields, dateField: .startDate)
    }

    private func row(
        _ form: FormID, _ filed: Filed, _ more: [FieldID: FieldValue], dateField: FieldID = .date
    ) -> FormRow {
        var values = more
        values[.name] = .text("张某\(filed.person)")
        values[.residentID] = .text(id(filed.person).text)
        values[dateField] = .date(filed.date)
        if let end = filed.end { values[.endDate] = .date(end) }
        var fields = FieldMap<SubmittedField>()
        for (field, value) in values {
            var sent = ""
            if case .text(let text) = value { sent = text }
            if case .choice(let text) = value { sent = text }
            fields[field] = SubmittedField(value: value, cell: CellAddress(row: 3, column: 2), asSent: sent)
        }
        return FormRow(form: form, sheet: "S", cell: CellAddress(row: 3, column: 1), fields: fields)
    }

    // MARK: What the program says

    /// The results of every county, records having come in the folder of whichever.
    func results(_ policy: Policy) -> [YearResults] {
        let sources = rows.sorted { $0.key < $1.key }.enumerated().flatMap { number, entry in
            entry.value.enumerated().map { index, row in
                var row = row
                row.context = [ContextText(kind: .folder, field: nil, text: entry.key.text, cell: nil)]
                row.cell = CellAddress(row: index + 3, column: 1)
                return RegisterSource(
                    order: FileOrder(
                        modified: 1, path: "\(entry.key.text)/\(row.form.rawValue)\(index).xlsx",
                        arrival: number * 1000 + index), isCurrent: true, rows: [row])
            }
        }
        let regions = Self.codes.enumerated().map {
            CountyRecord(code: $0.element, name: "县\($0.offset)区", prefecture: "海东市", isDeepPoverty: false)
        }
        let registers = RegisterBuilder.build(sources, regions: regions, rules: RegisterRules(asOf: Self.asOf))
        return registers.counties.sorted { $0.key < $1.key }.map { _, records in
            // Who sent nothing has no rows at all; here everybody has sent every form.
            var records = records
            for form in FormID.allCases { records.receivedForms.insert(form) }
            return YearResults(YearInput(records: records, year: Self.year, asOf: Self.asOf, policy: policy))
        }
    }

    // MARK: The same, slowly, without counties

    var yearDays: [CivilDate] { (0...272).map { CivilDate(2019, 1, 1)!.adding(days: $0) } }

    func isPosted(_ person: Int, _ day: CivilDate) -> Bool { posts[person].contains { $0.holds(day) } }

    var people: Range<Int> { posts.indices }
}

@Suite("Records follow the person: three counties for a year against a slow computation without counties")
struct MovesOverCountiesTests {
    private static let policy = Policy(name: "样例", parameters: [])

    @Test("every rule about people counts each record once, whichever county it was filed in", arguments: 1...40)
    func everyRule(seed: Int) {
        let truth = MovingPeople(seed: UInt64(seed))
        let results = truth.results(Self.policy)
        training(truth, results)
        insurance(truth, results)
        events(truth, results)
    }

    private func training(_ truth: MovingPeople, _ results: [YearResults]) {
        let counts = results.compactMap(\.training?.counts)
        let inPost = truth.people.filter { truth.isPosted($0, MovingPeople.asOf) }
        #expect(counts.reduce(0) { $0 + $1.headcount } == inPost.count)
        let passed = truth.trainings.filter { $0.date <= MovingPeople.asOf && !$0.flag && inPost.contains($0.person) }
        for (tier, word) in ["省", "市", "县"].enumerated() {
            let people = Set(passed.filter { $0.word == word }.map(\.person))
            #expect(counts.reduce(0) { $0 + $1.trained[tier] } == people.count)
        }
        #expect(counts.reduce(0) { $0 + $1.trainedOverall } == Set(passed.map(\.person)).count)
    }

    private struct Gap: Hashable {
        var person: ResidentID
        var first, last: CivilDate
    }

    private func insurance(_ truth: MovingPeople, _ results: [YearResults]) {
        let rows = results.flatMap(\.insurance.rows)
        var gaps: [Gap] = []
        var uninsured: [Gap] = []
        for person in truth.people {
            let id = MonthFixture.id(person + 1)
            let posted = truth.yearDays.filter { truth.isPosted(person, $0) }
            guard let first = posted.first, let last = posted.last else { continue }
            let covers = truth.covers.filter { $0.person == person }
            func isCovered(_ day: CivilDate) -> Bool {
                covers.contains { $0.date <= day && day <= $0.end ?? $0.date }
            }
            if !posted.contains(where: isCovered) {
                uninsured.append(Gap(person: id, first: first, last: last))
                continue
            }
            var open: Gap?
            for day in posted where !isCovered(day) {
                if let gap = open, gap.last.adding(days: 1) == day {
                    open?.last = day
                } else {
                    gaps += open.map { [$0] } ?? []
                    open = Gap(person: id, first: day, last: day)
                }
            }
            gaps += open.map { [$0] } ?? []
        }
        func found(_ flag: InsuranceCover.Flag) -> [Gap] {
            rows.filter { $0.flag == flag }.map {
                Gap(person: $0.person.id, first: $0.days.start, last: $0.days.end)
            }
        }
        #expect(sorted(found(.uninsured)) == sorted(uninsured))
        #expect(sorted(found(.gap)) == sorted(gaps))
    }

    private func sorted(_ gaps: [Gap]) -> [Gap] {
        gaps.sorted { ($0.person, $0.first, $0.last) < ($1.person, $1.first, $1.last) }
    }

    private func keys(_ records: [MovingPeople.Filed]) -> [String] {
        records.map { "\(MonthFixture.id($0.person + 1).text) \($0.date.iso)" }.sorted()
    }

    private func key(_ person: PersonColumns, _ date: CivilDate) -> String { "\(person.id.text) \(date.iso)" }

    private func events(_ truth: MovingPeople, _ results: [YearResults]) {
        func counts(_ record: MovingPeople.Filed) -> Bool {
            record.date <= MovingPeople.asOf && truth.isPosted(record.person, record.date)
        }
        #expect(
            results.flatMap(\.medicalGaps.rows).map { key($0.person, $0.date) }.sorted()
                == keys(truth.incidents.filter { $0.flag && counts($0) }))
        #expect(
            results.flatMap(\.medicalGaps.rows).reduce(0) { $0 + $1.gap.amount }
                == truth.incidents.filter { $0.flag && counts($0) }.reduce(0) { $0 + $1.fen })
        #expect(
            results.flatMap(\.discipline.rows).filter { $0.subject == .person }
                .map { key($0.discipline.person, $0.discipline.date) }.sorted()
                == keys(truth.checks.filter { $0.word != "在岗" && counts($0) }))
        #expect(
            results.flatMap(\.careVisits.rows).filter { $0.status == .open }.map { key($0.person, $0.date) }.sorted()
                == keys(truth.cares.filter { !$0.flag && $0.date <= MovingPeople.asOf }))
        // Whoever has a posting on file is assessed and honoured once.
        #expect(
            results.flatMap(\.assessment.rows).map(\.person.id.text).sorted()
                == truth.grades.map { MonthFixture.id($0.person + 1).text }.sorted())
        #expect(
            results.flatMap(\.eligible.rows).map { key($0.person, $0.date ?? MovingPeople.first) }.sorted()
                == keys(truth.honours.filter { ["国家", "省"].contains($0.word) && $0.date <= MovingPeople.asOf }))
        let reasons = results.flatMap(\.accountability.rows).filter {
            $0.reason == .absence || $0.reason == .withdrawal
        }
        #expect(
            reasons.reduce(0) { $0 + $1.count }
                == truth.checks.filter { $0.word != "在岗" && counts($0) }.count)
    }
}
