import Domain
import TestSupport

/// What was sent to two counties, as a clerk would remember it: the oracle reads this, never the program's records.
struct SequenceWorld {
    struct Place: Hashable {
        let county: Int
        let index: Int
    }

    struct Stay {
        let person: Int
        let place: Place
        let start: CivilDate
        var end: CivilDate?

        func covers(_ date: CivilDate) -> Bool { start <= date && (end.map { date <= $0 } ?? true) }
    }

    /// A person's row on a sheet.
    struct Row: Hashable {
        var marks: [Int: SequenceMark] = [:]
        /// Its 出勤天数 says three days more than its marks.
        var isMisstated = false
        /// Whole days that it states in place of marks.
        var total: Int?

        /// Whole days.
        static func days(_ days: some Sequence<Int>) -> Row {
            Row(marks: Dictionary(days.map { ($0, .whole) }, uniquingKeysWith: { first, _ in first }))
        }
    }

    /// A village's sheet of a month: rows by person.
    typealias Sheet = [Int: Row]

    /// What somebody decided about a row or a day, and what it said then.
    struct Answer {
        let isAccepted: Bool
        let about: String
        /// 改为: half-days that the row counts at most.
        var halves: Int?
    }

    struct RowKey: Hashable {
        let place: Place
        let month: Period
        let person: Int
    }

    struct DayKey: Hashable {
        let row: RowKey
        let date: CivilDate
    }

    static let counties = [CountyCode("630202")!, CountyCode("630222")!]
    static let months = (0..<5).map { Period(year: 2018, month: 10)!.advanced(by: $0) }
    static let names = ["张世安", "王明华", "李在场", "马移村", "赵跨县", "孙新来"]
    /// Posted in both counties at once; nobody moves him.
    static let shared = 1
    /// Fen a month of the only allowance: a day's share, and half of it, is a whole fen in every month.
    static let allowance = 26_040

    var countyNames = ["乐都区", "民和回族土族自治县"]
    var townships = [["碾伯镇", "雨润镇"], ["川口镇", "古鄯镇"]]
    var villages = [["大庄村", "上营村"], ["南庄村", "北滩村"]]
    var stays: [Stay] = []
    var accounts = Array(repeating: 0, count: names.count)
    /// Whose account somebody gave as his own.
    var sharedWith: [Int: Int] = [:]
    /// Of whom no account is known any more.
    var accountless: Set<Int> = []
    /// Answers about shared accounts, by county: each decides for itself.
    var accountAnswers: [Int: [Int: Answer]] = [:]
    /// People with a posting that was withdrawn.
    var withdrawn: Set<Int> = []
    /// Whether policy takes a stated total for evidence.
    var acceptsTotals = false
    /// The newest sheet of each village and month.
    var sheets: [Place: [Period: Sheet]] = [:]
    /// The file that each of them lies in, and the names of places on it.
    var sources: [Place: [Period: String]] = [:]
    var headings: [Place: [Period: String]] = [:]
    var rowAnswers: [RowKey: Answer] = [:]
    var dayAnswers: [DayKey: Answer] = [:]
    /// People with days in an older sheet whom the newest leaves out.
    var leftOut: [Place: [Period: Set<Int>]] = [:]
    /// What that older sheet said of them.
    var leftRows: [RowKey: Row] = [:]
    var leftAnswers: [RowKey: Answer] = [:]
    /// Days on which somebody was looked for and not found.
    var absent: [Int: Set<CivilDate>] = [:]
    /// Every day that a sheet of a county ever claimed.
    var everClaimed: [Int: [Int: Set<CivilDate>]] = [:]

    init() {
        let start = CivilDate(2018, 1, 1)!
        let places = [(0, 0), (0, 1), (0, 0), (1, 0), (1, 1), (0, 1)]
        stays = places.enumerated().map {
            Stay(person: $0.offset, place: Place(county: $0.element.0, index: $0.element.1), start: start)
        }
        stays.append(Stay(person: Self.shared, place: Place(county: 1, index: 0), start: start))
    }

    static func id(_ person: Int) -> ResidentID { MonthFixture.id(person + 1) }

    /// Empty where none is known.
    func account(_ person: Int) -> String {
        if accountless.contains(person) { return "" }
        let owner = sharedWith[person] ?? person
        return "62284800000000\(owner)\(accounts[owner])000"
    }

    /// Whether no bank may pay to a person's account for a county before somebody there decides.
    func isAccountOpen(_ person: Int, in county: Int) -> Bool {
        let own = account(person)
        let isShared = Self.names.indices.contains { other in
            other != person && account(other) == own && stays.contains { $0.person == other }
        }
        return own.isEmpty
            || isShared && accountAnswers[county]?[person].map { !$0.isAccepted || $0.about != own } ?? true
    }
    var places: [Place] { (0..<2).flatMap { county in (0..<2).map { Place(county: county, index: $0) } } }

    /// Who was ever posted to a place.
    func people(of place: Place) -> [Int] { Set(stays.filter { $0.place == place }.map(\.person)).sorted() }

    // MARK: What is due

    /// What a row says of the whole of itself, as far as people decide about it.
    func about(_ key: RowKey) -> String {
        let row = sheets[key.place]?[key.month]?[key.person]
        let marks = (row?.marks ?? [:]).sorted { $0.key < $1.key }.map { "\($0.key)\($0.value.rawValue)" }
        return
            "\(headings[key.place]?[key.month] ?? "") \(marks) \(row?.isMisstated == true) \(row?.total ?? 0)"
    }

    /// The days of a left-out row that wait: no sheet in force of the county marks them, nobody looked for him in vain.
    func leftDays(_ key: RowKey) -> [(day: Int, mark: SequenceMark)] {
        guard leftOut[key.place]?[key.month]?.contains(key.person) == true, let row = leftRows[key]
        else { return [] }
        let others = places.filter { $0.county == key.place.county }.compactMap {
            sheets[$0]?[key.month]?[key.person]
        }
        let days = row.marks.filter { day, _ in !others.contains { $0.marks[day] != nil } }.sorted {
            $0.key < $1.key
        }
        return days.map { ($0.key, $0.value) }
    }

    /// What a left-out row says, as far as people decide about it.
    func aboutLeft(_ key: RowKey) -> String {
        let days = leftDays(key).filter { day, _ in
            key.month.date(day: day).map { absent[key.person]?.contains($0) != true } ?? false
        }
        return "\(headings[key.place]?[key.month] ?? "") \(days.map { "\($0.day)\($0.mark.rawValue)" })"
    }

    /// What was decided about a left-out row, as far as it still speaks of it; nil where nothing was.
    func leftAnswer(_ key: RowKey) -> Bool? {
        leftAnswers[key].flatMap { $0.about == aboutLeft(key) ? $0.isAccepted : nil }
    }

    private func rowKeys(_ person: Int, _ month: Period, in county: Int) -> [RowKey] {
        places.filter { $0.county == county }.map { RowKey(place: $0, month: month, person: person) }
    }

    func hasStays(_ person: Int, in county: Int) -> Bool {
        stays.contains { $0.person == person && $0.place.county == county }
    }

    /// Whether how much is held or due hangs on more than is remembered here: days without names beside other rows,
    /// answers that count days over two counties.
    func isUnsure(_ person: Int, _ month: Period, in county: Int) -> Bool {
        let keys = (0..<2).flatMap { rowKeys(person, month, in: $0) }
        let isOfBoth = (0..<2).allSatisfy { hasStays(person, in: $0) }
        let isAnswered = keys.contains { rowAnswers[$0]?.halves != nil || leftAnswers[$0] != nil }
        let isLeft = keys.contains { leftOut[$0.place]?[$0.month]?.contains(person) == true }
        let totals = keys.filter { sheets[$0.place]?[$0.month]?[person]?.total != nil }
        if isOfBoth, isAnswered || isLeft || !totals.isEmpty { return true }
        guard let key = totals.first else { return false }
        return isLeft || keys.count { sheets[$0.place]?[$0.month]?[person] != nil } > 1
            || statedDays(key) == nil
    }

    /// The days that a stated total stands for: the first posted ones; nil where there are not as many.
    private func statedDays(_ key: RowKey) -> [Int]? {
        guard let total = sheets[key.place]?[key.month]?[key.person]?.total else { return nil }
        let posted = (1...key.month.dayCount).filter { day in
            key.month.date(day: day).map { date in
                stays.contains { $0.person == key.person && $0.place == key.place && $0.covers(date) }
            } ?? false
        }
        return posted.count < total ? nil : Array(posted.prefix(total))
    }

    /// What all sheets of a month say of a person whose closed line stands, and what was decided about them: the
    /// county's, and another one's where both know the person.
    func about(_ line: SequenceClosedLine) -> String {
        let isOfBoth = (0..<2).allSatisfy { hasStays(line.person, in: $0) }
        return places.filter { $0.county == line.county || isOfBoth }.map { place in
            let key = RowKey(place: place, month: line.month, person: line.person)
            let row = sheets[place]?[line.month]?[line.person]
            let marks = (row?.marks ?? [:]).sorted { $0.key < $1.key }.map { "\($0.key)\($0.value.rawValue)" }
            let isLeftOut = leftOut[place]?[line.month]?.contains(line.person) == true
            let stated = "\(row?.isMisstated == true) \(row?.total ?? 0)"
            let decided = answer(key).map { "\($0.isAccepted) \($0.halves ?? -1)" } ?? ""
            return "\(place) \(row == nil) \(marks) \(stated) \(isLeftOut) \(decided)"
        }.joined(separator: "|")
    }

    func hasRow(_ person: Int, _ month: Period, in county: Int) -> Bool {
        places.contains { $0.county == county && sheets[$0]?[month]?[person] != nil }
    }

    func about(_ key: DayKey) -> String {
        let mark = sheets[key.row.place]?[key.row.month]?[key.row.person]?.marks[key.date.day]
        return "\(headings[key.row.place]?[key.row.month] ?? "") \(mark?.rawValue ?? "")"
    }

    private func answer(_ key: RowKey) -> Answer? {
        rowAnswers[key].flatMap { $0.about == about(key) ? $0 : nil }
    }

    /// Whether a row is held: it states more days than it marks, or days alone, and nobody decided about it.
    func isHeld(_ key: RowKey) -> Bool {
        guard let row = sheets[key.place]?[key.month]?[key.person], answer(key) == nil else {
            return false
        }
        return row.isMisstated || row.total != nil && !acceptsTotals
    }

    /// Whether some row of a person in a county's month is held.
    func hasHeldRow(_ person: Int, _ month: Period, in county: Int) -> Bool {
        places.contains { place in
            let row = sheets[place]?[month]?[person]
            guard isHeld(RowKey(place: place, month: month, person: person)) else { return false }
            // What waits on another county's sheet waits here as well, where those days would be paid.
            return place.county == county
                || row?.marks.keys.compactMap { month.date(day: $0) }.contains {
                    isPosted(person, $0, in: county) && isVisiting(person, $0, on: place.county, paidBy: county)
                } == true
        }
    }

    /// Rows in force that say that a person was there on a day; a refused row says nothing.
    private func claims(_ person: Int, _ date: CivilDate) -> [(key: RowKey, mark: SequenceMark)] {
        places.compactMap { place in
            let key = RowKey(place: place, month: date.period, person: person)
            guard let row = sheets[place]?[date.period]?[person] else {
                // What a newer sheet leaves out says something once somebody took it for true.
                guard leftAnswer(key) == true else { return nil }
                return leftDays(key).first { $0.day == date.day }.map { (key, $0.mark) }
            }
            guard let mark = row.marks[date.day] else { return nil }
            return row.isMisstated && answer(key)?.isAccepted == false ? nil : (key, mark)
        }
    }

    /// Whether the total of a row stands for a day.
    private func stated(_ person: Int, _ date: CivilDate, by county: Int) -> SequenceHalves {
        let key = rowKeys(person, date.period, in: county).first {
            sheets[$0.place]?[$0.month]?[person]?.total != nil
        }
        guard let key, !isHeld(key), answer(key)?.isAccepted != false,
            statedDays(key)?.contains(date.day) == true
        else { return SequenceHalves() }
        return SequenceMark.whole.halves
    }

    /// What an answer leaves of the halves of a day: it counts so many half-days of the row, the first ones.
    private func left(of halves: SequenceHalves, _ key: RowKey, _ date: CivilDate, by county: Int)
        -> SequenceHalves
    {
        guard let most = answer(key)?.halves else { return halves }
        let days = sheets[key.place]?[key.month]?[key.person]?.marks.keys.sorted() ?? []
        let before = days.filter { $0 < date.day }.compactMap { key.month.date(day: $0) }
            .reduce(0) { $0 + uncapped(key.person, $1, by: county, of: key).count }
        let rest = max(0, most - before)
        if rest >= halves.count { return halves }
        return halves.count == 2 && rest == 1 ? SequenceHalves(either: 1) : SequenceHalves()
    }

    /// The halves of a day that a county owes a person, as far as sheets and roster say; other counties' batches apart.
    func owed(_ person: Int, _ date: CivilDate, by county: Int) -> SequenceHalves {
        let keys = Set(claims(person, date).map(\.key))
        return keys.reduce(stated(person, date, by: county)) { sum, key in
            sum + left(of: uncapped(person, date, by: county, of: key), key, date, by: county)
        }
    }

    /// The same of a row, before an answer says how many of its days count.
    private func uncapped(_ person: Int, _ date: CivilDate, by county: Int, of row: RowKey)
        -> SequenceHalves
    {
        let claims = claims(person, date)
        let all = claims.reduce(SequenceHalves()) { $0 + $1.mark.halves }
        guard all.count <= 2, all.morning <= 1, all.afternoon <= 1, isPosted(person, date, in: county) else {
            return SequenceHalves()
        }
        let isAbsent = absent[person]?.contains(date) == true
        return claims.filter { $0.key == row }.reduce(SequenceHalves()) { sum, claim in
            let sender = claim.key.place.county
            let day = DayKey(row: claim.key, date: date)
            let isConfirmed =
                sender == county && dayAnswers[day].map { $0.isAccepted && $0.about == about(day) } ?? false
            let counts = sender == county || isVisiting(person, date, on: sender, paidBy: county)
            return !counts || isHeld(claim.key) || (isAbsent && !isConfirmed) ? sum : sum + claim.mark.halves
        }
    }

    /// Whether the sheet of a county that knows the person, but has no posting that day, is paid by the posting's
    /// county: once anything of its own month stands.
    private func isVisiting(_ person: Int, _ date: CivilDate, on sender: Int, paidBy county: Int) -> Bool {
        stays.contains { $0.person == person && $0.place.county == sender } && hasSheets(date.period, in: county)
            && !isPosted(person, date, in: sender)
    }

    func isPosted(_ person: Int, _ date: CivilDate, in county: Int) -> Bool {
        stays.contains { $0.person == person && $0.place.county == county && $0.covers(date) }
    }

    /// Fen of the allowance for a calendar day that the county's postings carry; a day is shared among all postings.
    func allowance(_ person: Int, _ date: CivilDate, in county: Int) -> Int {
        let posted = stays.filter { $0.person == person && $0.covers(date) }
        guard !posted.isEmpty else { return 0 }
        let own = posted.count { $0.place.county == county }
        return SequenceWorld.allowance / date.period.dayCount * own / posted.count
    }

    /// Whether any sheet of a county's month came: without one the month owes nothing.
    func hasSheets(_ month: Period, in county: Int) -> Bool {
        places.contains { $0.county == county && sheets[$0]?[month] != nil }
    }

    /// Whether somebody decided about days that a county's newer sheet leaves out: all of them, and nothing since.
    func isLeftSettled(_ person: Int, _ month: Period, in county: Int) -> Bool {
        rowKeys(person, month, in: county).allSatisfy { key in
            leftDays(key).isEmpty && leftAnswers[key] == nil || leftAnswer(key) != nil
        }
    }

    /// Whether anything was decided about days that a county's newer sheets leave out.
    func hasLeftAnswer(_ person: Int, _ month: Period, in county: Int) -> Bool {
        rowKeys(person, month, in: county).contains { leftAnswers[$0] != nil }
    }

    /// Whether a county's newer sheet of a month leaves out somebody of whom an older one had days.
    func isLeftOut(_ person: Int, _ month: Period, in county: Int) -> Bool {
        places.contains { $0.county == county && leftOut[$0]?[month]?.contains(person) == true }
    }

    /// Whether the county's newest sheets of a month are silent about somebody, or leave some of his days out.
    func isSilent(_ person: Int, _ month: Period, in county: Int) -> Bool {
        isLeftOut(person, month, in: county)
            || !places.contains { $0.county == county && sheets[$0]?[month]?[person] != nil }
    }

    /// Remembers a newer sheet of a village and month.
    ///
    /// - Parameter path: the file that it lies in.
    mutating func take(_ place: Place, _ month: Period, _ sheet: Sheet, in path: String = "") {
        let old = sheets[place]?[month] ?? [:]
        let known = Set(old.filter { !$0.value.marks.isEmpty }.keys).union(leftOut[place]?[month] ?? [])
        leftOut[place, default: [:]][month] = known.subtracting(sheet.keys)
        for (person, row) in old where !row.marks.isEmpty {
            leftRows[RowKey(place: place, month: month, person: person)] = row
        }
        sheets[place, default: [:]][month] = sheet
        sources[place, default: [:]][month] = path
        headings[place, default: [:]][month] =
            countyNames[place.county] + townships[place.county][place.index] + villages[place.county][place.index]
        for (person, row) in sheet {
            everClaimed[place.county, default: [:]][person, default: []].formUnion(
                (row.total == nil ? Array(row.marks.keys) : Array(1...month.dayCount)).compactMap {
                    month.date(day: $0)
                })
        }
    }

    // MARK: What is sent

    /// Whether a sheet counts days and marks none.
    func isTotals(_ sheet: Sheet) -> Bool { sheet.values.contains { $0.total != nil } }

    func attendance(_ place: Place, _ month: Period, _ sheet: Sheet) -> [[String]] {
        let (county, township) = (countyNames[place.county], townships[place.county][place.index])
        let village = villages[place.county][place.index]
        if isTotals(sheet) {
            return [
                ["\(county)\(township)\(month.chinese)驻村干部考勤表"], ["序号", "姓名", "身份证号", "村", "出勤天数"],
            ]
                + sheet.sorted { $0.key < $1.key }.enumerated().map { number, row in
                    [
                        String(number + 1), Self.names[row.key], Self.id(row.key).text, village,
                        String(row.value.total ?? 0),
                    ]
                }
        }
        let days = Array(1...month.dayCount)
        return [
            ["\(county)\(township)\(month.chinese)驻村干部考勤表"],
            ["序号", "姓名", "身份证号", "村"] + days.map(String.init)
                + ["出勤天数"],
        ]
            + sheet.sorted { $0.key < $1.key }.enumerated().map { number, row in
                let halves = row.value.marks.values.reduce(0) { $0 + $1.halves.count }
                let stated = HalfDays(halves + 6).daysText
                return [
                    String(number + 1), Self.names[row.key], Self.id(row.key).text, village,
                ] + days.map { row.value.marks[$0]?.rawValue ?? "" } + [row.value.isMisstated ? stated : ""]
            }
    }

    /// - Parameters:
    ///   - clearing: whose account is emptied by it.
    ///   - reopening: whose last end date is.
    ///   - withdrawn: a posting that it takes back.
    func roster(_ county: Int, clearing: Int? = nil, reopening: Int? = nil, withdrawn: Stay? = nil)
        -> [[String]]
    {
        let last = reopening.flatMap { person in stays.lastIndex { $0.person == person } }
        func row(_ stay: Stay, end: String, account: String, isWithdrawn: Bool) -> [String] {
            [
                Self.names[stay.person], Self.id(stay.person).text, "省财政厅", "工作队员", countyNames[county],
                townships[county][stay.place.index], villages[county][stay.place.index], stay.start.iso,
                end, "农业银行",
                account, isWithdrawn ? "是" : "",
            ]
        }
        return [
            ["驻村干部花名册"],
            [
                "姓名", "身份证号", "派出单位", "驻村职务", "县(区)", "乡镇", "村", "驻村开始日期", "驻村结束日期", "开户行", "银行账号", "作废",
            ],
        ]
            + stays.indices.filter { stays[$0].place.county == county }.map { index in
                let stay = stays[index]
                return row(
                    stay, end: index == last ? "清空" : stay.end?.iso ?? "",
                    account: stay.person == clearing ? "清空" : account(stay.person), isWithdrawn: false)
            }
            + (withdrawn.map {
                $0.place.county == county ? [row($0, end: "", account: "", isWithdrawn: true)] : []
            }
                ?? [])
    }

    func villageRegister(_ county: Int) -> [[String]] {
        [["村名录"], ["行政区划代码", "县(区)", "乡镇", "村", "贫困村"]]
            + (0..<2).map { index in
                [
                    Self.counties[county].text + "10\(index)201", countyNames[county], townships[county][index],
                    villages[county][index], "是",
                ]
            }
    }

    func countyRegister() -> [[String]] {
        [["县区名录"], ["代码", "县(区)", "市(州)"]]
            + Self.counties.enumerated().map { [$0.element.text, countyNames[$0.offset], "海东市"] }
    }
}

extension Period {
    func advanced(by months: Int) -> Period { (0..<months).reduce(self) { period, _ in period.next } }
}

/// What a cell says of a day.
enum SequenceMark: String, CaseIterable {
    case whole = "√"
    case morning = "√/休"
    case afternoon = "休/√"
    case either = "半"

    var halves: SequenceHalves {
        switch self {
        case .whole: SequenceHalves(morning: 1, afternoon: 1)
        case .morning: SequenceHalves(morning: 1)
        case .afternoon: SequenceHalves(afternoon: 1)
        case .either: SequenceHalves(either: 1)
        }
    }
}

/// Halves of a day: mornings, afternoons, and those of which nobody said which.
struct SequenceHalves: Equatable {
    var morning = 0
    var afternoon = 0
    var either = 0

    var count: Int { morning + afternoon + either }

    static func + (left: SequenceHalves, right: SequenceHalves) -> SequenceHalves {
        SequenceHalves(
            morning: left.morning + right.morning, afternoon: left.afternoon + right.afternoon,
            either: left.either + right.either)
    }

    /// How many of them are still to be paid where others were issued: no half twice, and a day has two.
    func left(where issued: SequenceHalves) -> SequenceHalves {
        var free = max(0, 2 - issued.count)
        var left = SequenceHalves()
        left.morning = issued.morning > 0 ? 0 : min(morning, free)
        free -= left.morning
        left.afternoon = issued.afternoon > 0 ? 0 : min(afternoon, free)
        free -= left.afternoon
        left.either = min(either, free)
        return left
    }

    /// How many of them are not among `others`; a half of which nobody said which is any.
    func count(beside others: SequenceHalves) -> Int {
        let mornings = min(morning, others.morning)
        let afternoons = min(afternoon, others.afternoon)
        let same = min(either, others.either)
        let named = others.morning - mornings + others.afternoon - afternoons
        let unnamed = others.either - same
        let rest = morning - mornings + afternoon - afternoons
        return rest + either - same - min(unnamed, rest) - min(named, either - same)
    }
}
