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

    /// A village's sheet of a month: present days by person.
    typealias Sheet = [Int: Set<Int>]

    static let counties = [CountyCode("630202")!, CountyCode("630222")!]
    static let months = (0..<5).map { Period(year: 2018, month: 10)!.advanced(by: $0) }
    static let names = ["张世安", "王明华", "李在场", "马移村", "赵跨县", "孙新来"]

    var countyNames = ["乐都区", "民和回族土族自治县"]
    var townships = [["碾伯镇", "雨润镇"], ["川口镇", "古鄯镇"]]
    var villages = [["大庄村", "上营村"], ["南庄村", "北滩村"]]
    var stays: [Stay] = []
    var accounts = Array(repeating: 0, count: names.count)
    /// The newest sheet of each village and month.
    var sheets: [Place: [Period: Sheet]] = [:]
    /// People with days in an older sheet whom the newest leaves out.
    var leftOut: [Place: [Period: Set<Int>]] = [:]
    /// Days on which somebody was looked for and not found.
    var absent: [Int: Set<CivilDate>] = [:]
    /// Months of which a county ever sent anything.
    var opened: [Int: Set<Period>] = [:]
    /// Every day that a sheet of a county ever claimed.
    var everClaimed: [Int: [Int: Set<CivilDate>]] = [:]

    init() {
        let start = CivilDate(2018, 1, 1)!
        let places = [(0, 0), (0, 1), (0, 0), (1, 0), (1, 1), (0, 1)]
        stays = places.enumerated().map {
            Stay(person: $0.offset, place: Place(county: $0.element.0, index: $0.element.1), start: start)
        }
    }

    static func id(_ person: Int) -> ResidentID { MonthFixture.id(person + 1) }

    func account(_ person: Int) -> String { "62284800000000\(person)\(accounts[person])000" }

    var places: [Place] { (0..<2).flatMap { county in (0..<2).map { Place(county: county, index: $0) } } }

    /// Who was ever posted to a place.
    func people(of place: Place) -> [Int] { Set(stays.filter { $0.place == place }.map(\.person)).sorted() }

    // MARK: What is due

    /// Places whose sheets in force say that a person was there on a day.
    func claims(_ person: Int, _ date: CivilDate) -> [Place] {
        places.filter { sheets[$0]?[date.period]?[person]?.contains(date.day) == true }
    }

    /// Whether a county owes a person a day, as far as its own sheets and roster say; other counties' batches apart.
    func isClaimed(_ person: Int, _ date: CivilDate, by county: Int) -> Bool {
        let claims = claims(person, date)
        guard claims.count == 1, isPosted(person, date, in: county) else { return false }
        guard absent[person]?.contains(date) != true else { return false }
        let sender = claims[0].county
        if sender == county { return true }
        // The sheet of a county that knows the person, but has no posting that day: the posting's county pays it, once
        // anything of its own month came (a sheet that was mended to another month came).
        let isKnown = stays.contains { $0.person == person && $0.place.county == sender }
        let isOpen = opened[county]?.contains(date.period) == true
        return isKnown && isOpen && !isPosted(person, date, in: sender)
    }

    private func isPosted(_ person: Int, _ date: CivilDate, in county: Int) -> Bool {
        stays.contains { $0.person == person && $0.place.county == county && $0.covers(date) }
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
    mutating func take(_ place: Place, _ month: Period, _ sheet: Sheet) {
        let old = sheets[place]?[month] ?? [:]
        let known = Set(old.filter { !$0.value.isEmpty }.keys).union(leftOut[place]?[month] ?? [])
        leftOut[place, default: [:]][month] = known.subtracting(sheet.keys)
        sheets[place, default: [:]][month] = sheet
        opened[place.county, default: []].insert(month)
        for (person, days) in sheet {
            everClaimed[place.county, default: [:]][person, default: []].formUnion(
                days.compactMap { month.date(day: $0) })
        }
    }

    // MARK: What is sent

    func attendance(_ place: Place, _ month: Period, _ sheet: Sheet) -> [[String]] {
        let (county, township) = (countyNames[place.county], townships[place.county][place.index])
        let days = Array(1...month.dayCount)
        return [
            ["\(county)\(township)\(month.chinese)驻村干部考勤表"], ["序号", "姓名", "身份证号", "村"] + days.map(String.init),
        ]
            + sheet.sorted { $0.key < $1.key }.enumerated().map { number, row in
                [String(number + 1), Self.names[row.key], Self.id(row.key).text, villages[place.county][place.index]]
                    + days.map { row.value.contains($0) ? "√" : "" }
            }
    }

    func roster(_ county: Int) -> [[String]] {
        [
            ["驻村干部花名册"],
            ["姓名", "身份证号", "派出单位", "驻村职务", "县(区)", "乡镇", "村", "驻村开始日期", "驻村结束日期", "开户行", "银行账号"],
        ]
            + stays.filter { $0.place.county == county }.map { stay in
                [
                    Self.names[stay.person], Self.id(stay.person).text, "省财政厅", "工作队员", countyNames[county],
                    townships[county][stay.place.index], villages[county][stay.place.index], stay.start.iso,
                    stay.end?.iso ?? "", "农业银行", account(stay.person),
                ]
            }
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
