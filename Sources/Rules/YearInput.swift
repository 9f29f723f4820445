import Domain

/// What every rule of the year reads: a county's records and attendance, the year, the day it is seen from, the policy.
///
/// It remembers what it was asked: an input belongs to one thread.
public struct YearInput {
    public let records: CountyRecords
    public let attendance: YearAttendance
    public let year: Int
    private let runDay: CivilDate
    private let day: CivilDate
    public let policy: Policy
    /// What other counties know of the same people and units.
    public let elsewhere: YearElsewhere

    private let cadres: [ResidentID: Cadre]
    private let unitsByKey: [String: UnitRecord]
    private let postingsElsewhere: [ResidentID: [PostingElsewhere]]
    private let kept: YearMemo

    public init(
        records: CountyRecords, attendance: YearAttendance = YearAttendance(), year: Int, asOf: CivilDate,
        policy: Policy, elsewhere: YearElsewhere = .nothing
    ) {
        self.records = records
        self.attendance = attendance
        self.elsewhere = elsewhere
        self.year = year
        runDay = asOf
        day = min(asOf, YearInput.day(year, 12, 31))
        kept = YearMemo(YearInput.day(year, 1, 1), YearInput.day(year, 12, 31))
        self.policy = policy
        cadres = Dictionary(records.cadres.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        unitsByKey = Dictionary(
            records.units.map { (TextFolding.key($0.name), $0) }, uniquingKeysWith: { first, _ in first })
        postingsElsewhere = Dictionary(grouping: records.postingsElsewhere, by: \.person)
    }

    /// The same county as it stood on another day of the year, by the dates of what is known today.
    public func seen(on date: CivilDate) -> YearInput {
        YearInput(
            records: records, attendance: attendance, year: year, asOf: date, policy: policy, elsewhere: elsewhere)
    }

    // MARK: The day

    /// The as-of date within the year: that of the run, 31 December for a past year. What reads the day itself holds
    /// for this day alone (`holds`); what asks less, as `hasCome`, `postings`, `posting`, holds longer.
    public var asOf: CivilDate {
        note(day)
        note(day.adding(days: 1))
        return day
    }

    /// The run's as-of date; who reads it, as for `asOf`.
    public var runDate: CivilDate {
        note(day)
        note(day.adding(days: 1))
        return runDay
    }

    /// The days of the year on which all that was asked so far comes out as on this one: the results of one of them are
    /// those of all. Of a past year its days.
    public var holds: CivilDateRange { kept.span }

    /// The day that a report of these results names: their first. A past year's is its 31 December.
    public var stateOf: CivilDate { isOver ? day : holds.start }

    /// A day on which the answer to a question becomes another. Of a past year the run's day decides nothing more.
    private func note(_ change: CivilDate) { if !isOver { kept.note(change, today: day) } }

    /// Whether the year is over on the run's date.
    var isOver: Bool { runDay > wholeYear.end }

    /// The year of the run's date.
    var runYear: Int { runDay.year }

    /// Whether a day has come by as-of.
    func hasCome(_ date: CivilDate) -> Bool {
        note(date)
        return date <= day
    }

    /// Whether a day has come by the run's date, be it after a past year.
    func hasComeByRun(_ date: CivilDate) -> Bool { isOver ? date <= runDay : hasCome(date) }

    /// The day by which parameters are asked.
    var policyDay: CivilDate {
        for change in (once { policy.changes }) { note(change) }
        return day
    }

    /// The cadre's postings in force on as-of.
    public func postings(_ cadre: Cadre) -> [Posting] {
        note(cadre)
        return cadre.postings(on: day)
    }

    /// The posting that a report names.
    func posting(_ cadre: Cadre) -> Posting? {
        note(cadre)
        return cadre.posting(asOf: day)
    }

    /// The cadre in that posting.
    func person(_ cadre: Cadre) -> PersonColumns { PersonColumns(cadre, in: posting(cadre)) }

    /// Whether this county counts the cadre, and not another in which he is posted too.
    func isCounted(_ cadre: Cadre) -> Bool {
        note(cadre)
        for other in postingsElsewhere[cadre.id] ?? [] { note(other.start, other.end) }
        return isCounted(cadre, on: day)
    }

    /// Whether any day of a posting lies in the year and not after as-of.
    func wasPosted(_ posting: Posting) -> Bool {
        posting.days(within: wholeYear).map { hasCome($0.start) } ?? false
    }

    /// Whether the cadre was posted on a day of the year up to as-of, in whichever county.
    func wasPosted(_ cadre: Cadre) -> Bool {
        for other in postingsElsewhere[cadre.id] ?? [] { note(other.start, other.end) }
        note(cadre)
        return !posted(cadre, by: day).isEmpty
    }

    /// Days of a range up to as-of, for questions about postings alone.
    func elapsed(of range: CivilDateRange) -> CivilDateRange? {
        guard hasCome(range.start), !hasCome(range.end.adding(days: 1)) else {
            return CivilDateRange(wholeYear.start, day)?.intersection(range)
        }
        for cadre in records.cadres { _ = isCounted(cadre) }
        return CivilDateRange(wholeYear.start, day)?.intersection(range)
    }

    private func note(_ cadre: Cadre) { for posting in cadre.postings { note(posting.start, posting.end) } }

    private func note(_ start: CivilDate, _ end: CivilDate?) {
        note(start)
        if let end { note(end.adding(days: 1)) }
    }

    /// The last day of the month before that of as-of; nil in January.
    public var lastMonthEnd: CivilDate? {
        note(day.period.firstDay)
        note(day.period.next.firstDay)
        let last = day.period.previous.lastDay
        return last.year == year ? last : nil
    }

    /// The day from which the measures are in force; nil where the policy names none.
    public var inForceFrom: CivilDate? { policy.parameters[.livingStipendPerDay]?.values.first?.from }

    /// The calendar year.
    public var wholeYear: CivilDateRange {
        let first = YearInput.day(year, 1, 1)
        return CivilDateRange(first, YearInput.day(year, 12, 31)) ?? Period(ordinal: year * 12).range
    }

    /// 1 January to as-of; nil for a year that has not begun.
    public var elapsed: CivilDateRange? { CivilDateRange(wholeYear.start, asOf) }

    /// Whether a day lies in the year and not after as-of.
    public func hasElapsed(_ date: CivilDate) -> Bool { wholeYear.contains(date) && hasCome(date) }

    /// The cadre with that ID.
    public func cadre(_ id: ResidentID) -> Cadre? { cadres[id] }

    /// What several rules read, computed by the first of them. `rule`: where it is computed, one value a function.
    func once<Value>(_ rule: String = #fileID, _ name: String = #function, _ compute: () -> Value) -> Value {
        kept.value(rule + name, compute)
    }

    /// Cadres with a posting in force on as-of, by ID.
    public var inPost: [Cadre] {
        once { records.cadres.filter { !postings($0).isEmpty }.sorted { $0.id < $1.id } }
    }

    /// Cadres with a posting in force on as-of whom this county counts, by ID.
    public var counted: [Cadre] { once { inPost.filter { isCounted($0) } } }

    /// Whether this county counts the cadre, and not another in which he is posted too.
    ///
    /// The latest posting decides: of those in force on the day, else of those that began by it, the one that began
    /// last; of two that began on one day, that of the lower county code. Source: spec §5.3.
    public func isCounted(_ cadre: Cadre, on date: CivilDate) -> Bool {
        guard let others = postingsElsewhere[cadre.id] else { return true }
        func rank(_ isInForce: Bool, _ start: CivilDate) -> (Int, Int32) { (isInForce ? 1 : 0, start.dayNumber) }
        let own = cadre.postings.filter { $0.start <= date }.map { rank($0.isInForce(on: date), $0.start) }
        guard let best = own.max(by: { $0 < $1 }) else { return others.allSatisfy { $0.start > date } }
        return others.filter { $0.start <= date }.allSatisfy { other in
            let rank = rank(other.isInForce(on: date), other.start)
            return rank == best ? records.county.code < other.county : rank < best
        }
    }

    /// The day of the cadre's first posting, in whichever county; nil without one.
    func firstPosted(_ cadre: Cadre) -> CivilDate? {
        (cadre.postings.map(\.start) + (postingsElsewhere[cadre.id] ?? []).map(\.start)).min()
    }

    /// Sending unit of the posting that a report of that day names; empty for an unknown person.
    func unit(of person: ResidentID, on date: CivilDate) -> String {
        cadre(person)?.posting(asOf: date)?.sendingUnit ?? ""
    }

    /// Days on which the cadre was posted in the year, up to as-of, in whichever county.
    func postedDays(_ cadre: Cadre) -> DayIntervals { posted(cadre, by: asOf) }

    private func posted(_ cadre: Cadre, by day: CivilDate) -> DayIntervals {
        guard let elapsed = CivilDateRange(wholeYear.start, day) else { return DayIntervals([]) }
        let others = (postingsElsewhere[cadre.id] ?? []).compactMap { $0.days(within: elapsed) }
        return DayIntervals(cadre.postings.compactMap { $0.days(within: elapsed) } + others)
    }

    /// Whether the cadre was posted in another county on a day.
    func isPostedElsewhere(_ person: ResidentID, on date: CivilDate) -> Bool {
        (postingsElsewhere[person] ?? []).contains { $0.isInForce(on: date) }
    }

    /// Whether the person was posted on a day, in whichever county; of whom no roster knows nobody can say, so yes.
    func wasInPost(_ person: ResidentID, on date: CivilDate) -> Bool {
        guard let cadre = cadre(person) else { return true }
        return !cadre.postings(on: date).isEmpty || isPostedElsewhere(person, on: date)
    }

    /// The register's unit of that name.
    func unit(named name: String) -> UnitRecord? { unitsByKey[TextFolding.key(name)] }

    /// Cadres in post by sending unit, the unit by its key: those this county counts.
    var countedByUnit: [String: [Cadre]] {
        once { Dictionary(grouping: counted) { TextFolding.key(posting($0)?.sendingUnit ?? "") } }
    }

    /// A finding about a record that names no person.
    func finding(
        _ reason: FindingReason, township: String = "", person: String = "", at source: SourceCell, value: String = "",
        arguments: [String]
    ) -> Finding {
        Finding(
            reason, county: records.county.code, township: township, file: source.file,
            sheet: source.isElsewhere ? "" : source.sheet, cell: source.isElsewhere ? nil : source.address,
            person: person, value: value, arguments: arguments)
    }

    /// Whether a record's date lies after the run's date, and this year is the one to say so: that of the run.
    func isFuture(_ date: CivilDate) -> Bool { date > runDate && year == runDate.year }

    /// Those of the parameters that have a value on as-of.
    func used(_ ids: ParameterID...) -> [UsedParameter] {
        ids.compactMap { id in policy.value(id, on: policyDay).map { UsedParameter(id: id, value: $0) } }
    }

    /// Whether a form that speaks of the year was sent for the county: the one place that knows.
    public func isSent(_ form: FormID) -> Bool {
        switch form {
        // Attendance is kept by month, and units belong to no county: neither is among a county's registers.
        case .attendance: attendance.isReported
        case .unitRegister: !records.units.isEmpty
        case .roster where !records.cadres.isEmpty, .villageRegister where !records.villages.isEmpty: true
        default: records.receivedForms.speaks(form, of: year)
        }
    }

    /// The forms among those that nobody has sent.
    func unreported(_ forms: [FormID]) -> [FormID] { forms.filter { !isSent($0) } }

    /// What a rule found; without one of the forms that it `needs` no row of it stands: nobody is accused, counted as
    /// zero or proposed for what nobody sent. `forms`: all it rests on, to be named where they were not sent.
    func result<Row>(
        _ rows: [Row], findings: [Finding] = [], of forms: [FormID], needs: [FormID],
        parameters: [UsedParameter] = []
    ) -> RuleResult<Row> {
        let isTold = needs.allSatisfy(isSent)
        return RuleResult(
            rows: isTold ? rows : [], findings: findings.sorted(by: Finding.inReportOrder),
            unreportedForms: unreported(forms), parameters: parameters)
    }

    /// A finding about a record of a person: at its cell, in the county of these records.
    func finding(
        _ reason: FindingReason, about person: ResidentID, at source: SourceCell, value: String = "",
        arguments: [String]
    ) -> Finding {
        let cadre = cadre(person)
        return Finding(
            reason, county: records.county.code, township: cadre.flatMap(posting)?.township ?? "",
            file: source.file, sheet: source.isElsewhere ? "" : source.sheet,
            cell: source.isElsewhere ? nil : source.address, person: cadre?.name.display ?? "",
            personID: person.text, value: value, arguments: arguments)
    }

    /// A finding that a parameter has no value on a day.
    func parameterMissing(_ id: ParameterID, on date: CivilDate) -> Finding {
        let title = policy.parameters[id]?.values.first?.title ?? id.rawValue
        return Finding(
            .parameterMissing, county: records.county.code, value: id.rawValue, arguments: [title, date.iso])
    }

    private static func day(_ year: Int, _ month: Int, _ day: Int) -> CivilDate {
        guard let date = CivilDate(year, month, day) else { preconditionFailure("a year is 1…9999") }
        return date
    }
}

/// Results of one input that several rules read, and the days on which what was asked of it comes out the same.
private final class YearMemo {
    private var values: [String: Any] = [:]
    private var first: CivilDate
    private var last: CivilDate

    init(_ first: CivilDate, _ last: CivilDate) { (self.first, self.last) = (first, last) }

    var span: CivilDateRange {
        guard let span = CivilDateRange(first, last) else { preconditionFailure("the day itself lies in the span") }
        return span
    }

    func note(_ change: CivilDate, today: CivilDate) {
        if change <= today { first = max(first, change) } else { last = min(last, change.adding(days: -1)) }
    }

    func value<Value>(_ key: String, _ compute: () -> Value) -> Value {
        if let known = values[key] as? Value { return known }
        let value = compute()
        values[key] = value
        return value
    }
}

/// What a rule of the year returns.
public struct RuleResult<Row: Sendable>: Sendable {
    /// In report order.
    public var rows: [Row]
    public var findings: [Finding]
    /// Forms the rule rests on that nobody has sent: its sheet says 未报送, never «no problems».
    public var unreportedForms: [FormID]
    /// The parameters the rule used, with validity and clause: the trace of its figures.
    public var parameters: [UsedParameter]

    public init(
        rows: [Row], findings: [Finding] = [], unreportedForms: [FormID] = [], parameters: [UsedParameter] = []
    ) {
        self.rows = rows
        self.findings = findings
        self.unreportedForms = unreportedForms
        self.parameters = parameters
    }

    /// Whether every form the rule rests on was received.
    public var isReported: Bool { unreportedForms.isEmpty }
}

/// A parameter a rule used, as it held on the day the rule asked for.
public struct UsedParameter: Hashable, Sendable, Codable {
    public var id: ParameterID
    public var value: DatedValue<ParameterValue>
}

/// The person columns of a yearly row.
public struct PersonColumns: Hashable, Comparable, Sendable, Codable {
    public var name: String
    public var id: ResidentID
    public var sendingUnit: String
    public var township: String
    public var village: String

    /// The cadre in the posting that a report of that day names.
    init(_ cadre: Cadre, on date: CivilDate) { self.init(cadre, in: cadre.posting(asOf: date)) }

    /// The cadre in that posting.
    init(_ cadre: Cadre, in posting: Posting?) {
        name = cadre.name.display
        id = cadre.id
        sendingUnit = posting?.sendingUnit ?? ""
        township = posting?.township ?? ""
        village = posting?.village ?? ""
    }

    /// By township, village, name, ID.
    public static func < (left: PersonColumns, right: PersonColumns) -> Bool {
        (left.township, left.village, left.name, left.id) < (right.township, right.village, right.name, right.id)
    }
}
