import Domain
import Foundation
import TestSupport

/// A small random province: counties that share people, units and lists, as counties do. The same seed, the same files.
struct SmallProvince {
    struct County {
        let code: String
        let name: String
        var folder: String { "\(code)-\(name)" }
    }

    struct Place: Hashable {
        let county: Int
        let township: String
        let village: String
    }

    struct Term {
        var place: Place
        var start: String
        var end: String
    }

    struct Person {
        let name: String
        let id: String
        let unit: String
        let account: String
        var terms: [Term]
    }

    static let names = [
        County(code: "630202", name: "乐都区"), County(code: "630203", name: "平安区"),
        County(code: "630121", name: "大通回族土族自治县"), County(code: "632221", name: "门源回族自治县"),
    ]
    static let months = ["2018-10", "2018-11"].compactMap { Period($0) }

    let counties: [County]
    private(set) var people: [Person] = []
    private var random: SeededGenerator
    private let sharesRegisters: Bool

    /// - Parameter sharesRegisters: whether registers and lists name people of other counties too, not sheets alone.
    init(seed: UInt64, counties count: Int = 3, sharesRegisters: Bool = true) {
        self.sharesRegisters = sharesRegisters
        counties = Array(SmallProvince.names.prefix(count))
        random = SeededGenerator(seed)
        for county in 0..<count {
            for number in 0..<(4 + chance(4)) { people.append(person(county, number)) }
        }
    }

    private mutating func chance(_ count: Int) -> Int { Int.random(in: 0..<count, using: &random) }

    private mutating func place(_ county: Int) -> Place {
        // The same names in every county.
        let township = ["川口镇", "河湟镇"][chance(2)]
        return Place(county: county, township: township, village: ["上村", "下村", "东村"][chance(3)])
    }

    private mutating func person(_ county: Int, _ number: Int) -> Person {
        let index = county * 100 + number
        let home = counties[county]
        // Some counties share a unit of the prefecture.
        let unit = sharesRegisters && chance(3) == 0 ? "青海省财政厅" : "\(home.name)\(["财政局", "教育局"][chance(2)])"
        var terms = [Term(place: place(county), start: "2018-0\(1 + chance(6))-01", end: "")]
        if sharesRegisters, chance(3) == 0 {
            let other = (county + 1 + chance(counties.count - 1)) % counties.count
            switch chance(3) {
            case 0:
                // Moved in the middle of a month.
                terms[0].end = "2018-11-\(10 + chance(5))"
                terms.append(Term(place: place(other), start: "2018-11-\(15 + chance(5))", end: ""))
            case 1:
                // Nobody ended the old posting.
                terms.append(Term(place: place(other), start: "2018-10-\(10 + chance(15))", end: ""))
            default:
                terms[0].end = "2018-09-30"
                terms.append(Term(place: place(other), start: "2018-10-01", end: "2018-11-20"))
            }
        }
        return Person(
            name: "王\(["伟", "芳", "军", "静"][chance(4)])\(["山", "川", "河", "海"][number % 4])",
            id: TestID.make(index).text, unit: unit, account: "62284800000\(String(10_000_000 + index))", terms: terms)
    }

    // MARK: Writing

    /// Writes every file, received at one time each.
    mutating func write(to inbox: String) throws {
        for (number, county) in counties.enumerated() {
            let folder = "\(inbox)/\(county.folder)"
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            try writeRegisters(number, folder)
            for month in SmallProvince.months {
                for township in ["川口镇", "河湟镇"] {
                    let rows = rows(number, township, month)
                    try TestCounty(code: county.code, name: county.name, postings: []).writeAttendance(
                        month, township: township, rows, to: "\(folder)/\(month)-\(township).xlsx")
                }
            }
            try writeLists(number, folder)
        }
        for path in FileTree(inbox).files.keys.sorted() {
            FileTree.setModified(inbox + "/" + path, 1_541_000_000 + chance(3_000_000))
        }
    }

    private mutating func writeRegisters(_ number: Int, _ folder: String) throws {
        let county = counties[number]
        var villages: [[TestWorkbook.Value]] = [["村名录"], ["行政区划代码", "县(区)", "乡镇", "村", "贫困村", "薄弱村"]]
        for (index, place) in ["川口镇", "河湟镇"].flatMap({ township in
            ["上村", "下村", "东村"].map { (township, $0) }
        }).enumerated() {
            villages.append([
                .text("\(county.code)\(100_000 + index)"), .text(county.name), .text(place.0), .text(place.1), "是",
                .text(chance(3) == 0 ? "是" : "否"),
            ])
        }
        try TestWorkbook.write([("村", villages)], to: "\(folder)/村名录.xlsx")
        var units: [[TestWorkbook.Value]] = [["派出单位名录"], ["单位编码", "单位", "层级"]]
        for name in ["财政局", "教育局"] {
            units.append([.text("D\(number)\(name == "财政局" ? 1 : 2)"), .text(county.name + name), "县"])
        }
        if number == 0 { units.append(["S1", "青海省财政厅", "省"]) }
        try TestWorkbook.write([("单位", units)], to: "\(folder)/派出单位名录.xlsx")
        var roster: [[TestWorkbook.Value]] = [
            ["驻村干部花名册"],
            [
                "姓名", "身份证号", "派出单位", "职级", "驻村职务", "县(区)", "乡镇", "村", "驻村开始日期", "驻村结束日期", "开户行", "银行账号",
            ],
        ]
        for person in people {
            for term in person.terms where term.place.county == number {
                roster.append([
                    .text(person.name), .text(person.id), .text(person.unit), "科员", "工作队员", .text(county.name),
                    .text(term.place.township), .text(term.place.village), .text(term.start), .init(term.end), "农业银行",
                    .text(person.account),
                ])
            }
        }
        try TestWorkbook.write([("花名册", roster)], to: "\(folder)/驻村干部花名册.xlsx")
    }

    /// Rows of a township's sheet: whoever is posted there, and now and then a guest from another county.
    private mutating func rows(_ number: Int, _ township: String, _ month: Period) -> [TestCounty.Row] {
        var rows: [TestCounty.Row] = []
        for person in people {
            let term = person.terms.first { $0.place.county == number && $0.place.township == township }
            if let term {
                // Whom two counties post stands on both sheets, and neither asks the other.
                rows.append(
                    TestCounty.Row(person.name, person.id, village: term.place.village, marks: marks(month)))
            } else if chance(12) == 0, !person.terms.contains(where: { $0.place.county == number }) {
                rows.append(TestCounty.Row(person.name, person.id, village: "上村", marks: [3 + chance(20): "√"]))
            }
        }
        return rows
    }

    /// A sheet that a township sends once more, with other marks.
    mutating func supplement(_ county: Int) -> [TestCounty.Row] {
        people.filter { $0.terms[0].place.county == county && $0.terms[0].place.township == "川口镇" }.map {
            TestCounty.Row($0.name, $0.id, village: $0.terms[0].place.village, marks: [1: "√", 2: "√", 30: "√"])
        }
    }

    private mutating func marks(_ month: Period) -> [Int: String] {
        var marks: [Int: String] = [:]
        for day in 1...month.dayCount {
            switch chance(10) {
            case 0: marks[day] = "△"
            case 1: marks[day] = "旷"
            case 2: marks[day] = "半"
            case 3: marks[day] = "√/事"
            case 4, 5: break
            default: marks[day] = "√"
            }
        }
        return marks
    }

    /// Lists that name people of any county, wherever they are filed.
    private mutating func writeLists(_ number: Int, _ folder: String) throws {
        var training: [[TestWorkbook.Value]] = [
            ["培训名单"], ["培训班", "主办单位", "级别", "类型", "开始日期", "结束日期", "姓名", "身份证号", "结果"],
        ]
        var insurance: [[TestWorkbook.Value]] = [["人身保险"], ["姓名", "身份证号", "保险公司", "保单号", "保额", "起保日期", "终保日期"]]
        var checks: [[TestWorkbook.Value]] = [["抽查记录"], ["日期", "方式", "姓名", "身份证号", "村", "结果", "检查单位"]]
        var grades: [[TestWorkbook.Value]] = [["年度考核结果"], ["年度", "姓名", "身份证号", "等次", "召回日期"]]
        for person in people {
            let isOwn = person.terms.contains { $0.place.county == number }
            guard isOwn ? chance(2) == 0 : sharesRegisters && chance(10) == 0 else { continue }
            training.append([
                .text("\(number + 1)期班"), "县委组织部", .text(["省", "市", "县"][chance(3)]), "轮训", "2018-10-0\(1 + chance(9))",
                "2018-10-20", .text(person.name), .text(person.id), "合格",
            ])
            insurance.append([
                .text(person.name), .text(person.id), "人保", .text("P\(number)\(person.id.suffix(6))"), "50万元",
                "2018-01-01",
                "2018-12-31",
            ])
            if chance(3) == 0 {
                checks.append([
                    "2018-11-\(10 + chance(18))", "实地", .text(person.name), .text(person.id), "上村",
                    .text(["脱岗", "在岗", "抽调"][chance(3)]), "县委组织部",
                ])
            }
            if isOwn {
                grades.append(["2018", .text(person.name), .text(person.id), .text(["优秀", "称职"][chance(2)]), ""])
            }
        }
        for (name, rows) in [("培训", training), ("保险", insurance), ("抽查", checks), ("考核结果", grades)] where rows.count > 2
        {
            try TestWorkbook.write([(name, rows)], to: "\(folder)/\(name).xlsx")
        }
    }
}

extension TestWorkbook.Value: ExpressibleByStringInterpolation {}
