import ArgumentParser
import Domain
import Foundation
import Settings
import Sheets
import Tables

/// An invented province: real counties, invented townships, villages and people. The same size gives the same files.
struct Province {
    /// A county and its people.
    struct County {
        let code: String
        let name: String
        let townships: [Township]
    }

    struct Township {
        let name: String
        let villages: [String]
        let people: [Person]
    }

    struct Person {
        let name: String
        let id: String
        let village: String
        let unit: String
        let isFirstSecretary: Bool
    }

    let counties: [County]
    let months: [Period]

    init(_ size: ProvinceSize, regionFile: String) throws {
        let text = try String(contentsOfFile: regionFile, encoding: .utf8)
        let region = try RegionFile.region(from: text, file: regionFile)
        let places = region.prefectures.flatMap(\.counties).map(\.place)
        guard places.count >= size.counties else {
            throw ValidationError("the region file has \(places.count) counties only")
        }
        counties = places.prefix(size.counties).map { place in
            County(
                code: place.code.text, name: place.name,
                townships: (0..<size.townships).map { Province.township($0, of: place, people: size.people) })
        }
        months = (0..<size.months).map { Period(ordinal: 2019 * 12 + $0) }
    }

    private static let numerals = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十"]

    /// 1 → 一, 11 → 十一, 25 → 二十五, 130 → 一三十: only a name.
    private static func numeral(_ number: Int) -> String {
        if number <= 10 { return numerals[number - 1] }
        if number < 20 { return "十" + numerals[number - 11] }
        return (number / 10 > 10 ? numeral(number / 10) : numerals[number / 10 - 1]) + "十"
            + (number % 10 == 0 ? "" : numerals[number % 10 - 1])
    }

    private static func township(_ index: Int, of place: RegionPlace, people: Int) -> Township {
        let villages = (0..<max(1, (people + 2) / 3)).map { "样例\(numeral($0 + 1))村" }
        return Township(
            name: "样例\(numeral(index + 1))镇", villages: villages,
            people: (0..<people).map { number in
                let serial = index * people + number
                return Person(
                    name: name(serial), id: id(place.code.text, serial), village: villages[number / 3],
                    unit: "\(place.name)样例\(numeral(serial % 12 + 1))局", isFirstSecretary: number % 3 == 0)
            })
    }

    private static let surnames = Array("王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗")
    private static let given = Array("伟芳娜敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂英华玉兰红鹏飞春梅")

    private static func name(_ serial: Int) -> String {
        let first = surnames[serial % surnames.count]
        let second = given[serial / surnames.count % given.count]
        let third = given[(serial / (surnames.count * given.count) + serial * 7) % given.count]
        return String([first, second, third])
    }

    /// A fictional ID: day of birth = month of birth, sequence 900 and up, its check character right.
    private static func id(_ county: String, _ serial: Int) -> String {
        let month = serial % 12 + 1
        let sequence = 900 + serial / 12 % 100
        let year = 1958 + serial / 1200
        let body = county + "\(year)" + two(month) + two(month) + "\(sequence)"
        let check = "0123456789X".first { ResidentID(body + String($0)) != nil }
        return body + (check.map(String.init) ?? "")
    }

    private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

    /// Writes every workbook; how many.
    func write(to folder: String) throws -> Int {
        var files = 0
        for county in counties {
            let place = "\(folder)/\(county.code)-\(county.name)"
            try write(villageRegister(county), "\(place)/村名录.xlsx")
            try write(roster(county), "\(place)/驻村干部花名册.xlsx")
            files += 2
            for month in months {
                for (index, township) in county.townships.enumerated() {
                    let path = "\(place)/\(month)/\(township.name)考勤表.xlsx"
                    try write(attendance(county, township, month, seed: index), path)
                    files += 1
                }
            }
        }
        return files
    }

    /// A newer sheet of a county's township, with other marks.
    func writeCorrection(_ number: Int, to folder: String) throws {
        let county = counties[(number * 7) % counties.count]
        let month = months[(number * 5) % months.count]
        let township = county.townships[number % county.townships.count]
        try write(
            attendance(county, township, month, seed: 1000 + number),
            "\(folder)/\(county.code)-\(county.name)/\(month)/\(township.name)考勤表（更正\(number)）.xlsx")
    }

    private func write(_ sheet: ReportSheet, _ path: String) throws {
        let created = months.first?.firstDay ?? Period(ordinal: 2019 * 12).firstDay
        try XLSXWriter.write(ReportWorkbook(title: sheet.name, created: created, sheets: [sheet]), to: path)
    }

    private func sheet(_ name: String, title: String, headings: [String]) -> ReportSheet {
        var sheet = ReportSheet(name: name)
        sheet.putMerged(0, 0...(headings.count - 1), .text(title), ReportStyle(font: .hei, size: 16, isBold: true))
        for (column, heading) in headings.enumerated() {
            sheet.put(1, column, .text(heading), ReportStyle(isBold: true, border: .thin, horizontal: .center))
        }
        return sheet
    }

    private let cell = ReportStyle(border: .thin)

    private func villageRegister(_ county: County) -> ReportSheet {
        var sheet = sheet(
            "村名录", title: "\(county.name)村名录",
            headings: ["行政区划代码", "县(区)", "乡镇", "村", "贫困村", "深度贫困村", "薄弱村", "艰边类别", "乡镇补贴档次"])
        var row = 2
        for (index, township) in county.townships.enumerated() {
            for (number, village) in township.villages.enumerated() {
                let values = [
                    county.code + Province.two(index % 100) + "2" + Province.two(number % 100) + "0", county.name,
                    township.name, village, "是", number % 3 == 0 ? "是" : "否", number % 4 == 0 ? "是" : "否", "三类", "二档",
                ]
                for (column, value) in values.enumerated() { sheet.put(row, column, .text(value), cell) }
                row += 1
            }
        }
        return sheet
    }

    private func roster(_ county: County) -> ReportSheet {
        var sheet = sheet(
            "花名册", title: "\(county.name)驻村干部花名册",
            headings: [
                "姓名", "性别", "身份证号", "派出单位", "职级", "驻村职务", "县(区)", "乡镇", "村", "驻村开始日期", "驻村结束日期", "开户行",
                "银行账号",
            ])
        var row = 2
        let start = Period(ordinal: 2018 * 12 + 4).firstDay
        let end = Period(ordinal: 2021 * 12 + 11).lastDay
        for township in county.townships {
            for person in township.people {
                let values: [ReportValue] = [
                    .text(person.name), .text(row % 2 == 0 ? "男" : "女"), .text(person.id), .text(person.unit),
                    .text("科员"), .text(person.isFirstSecretary ? "第一书记" : "工作队员"), .text(county.name),
                    .text(township.name), .text(person.village), .date(start), .date(end), .text("样例银行"),
                    .text("6228" + String(person.id.prefix(15))),
                ]
                for (column, value) in values.enumerated() {
                    var style = cell
                    if case .date = value { style.numberFormat = .date }
                    sheet.put(row, column, value, style)
                }
                row += 1
            }
        }
        return sheet
    }

    private func attendance(_ county: County, _ township: Township, _ month: Period, seed: Int) -> ReportSheet {
        let days = month.dayCount
        var sheet = sheet(
            "考勤表", title: "\(county.name)\(township.name)\(month.chinese)驻村干部考勤表",
            headings: ["序号", "姓名", "身份证号", "派出单位", "村"] + (1...days).map(String.init) + ["出勤天数"])
        var marks = SplitMix(UInt64(month.ordinal) << 32 | UInt64(seed) << 16 | UInt64(county.code.hashedDigits))
        for (index, person) in township.people.enumerated() {
            let row = index + 2
            sheet.put(row, 0, .count(index + 1), cell)
            for (column, text) in [person.name, person.id, person.unit, person.village].enumerated() {
                sheet.put(row, column + 1, .text(text), cell)
            }
            var present = 0
            for day in 0..<days {
                let mark = marks.mark()
                if mark == "√" { present += 1 }
                sheet.put(row, day + 5, .text(mark), cell)
            }
            sheet.put(row, days + 5, .count(present), cell)
        }
        let below = township.people.count + 2
        sheet.put(below, 0, .text("注：√出勤 △事假 ○病假 ☆培训 □休息"), ReportStyle())
        sheet.put(below + 1, 0, .text("填表人：          审核人：          负责人："), ReportStyle())
        return sheet
    }
}

/// A small generator of the same numbers everywhere.
private struct SplitMix {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    mutating func mark() -> String {
        switch next() % 24 {
        case 0: "△"
        case 1: "○"
        case 2: "☆"
        case 3, 4: "□"
        default: "√"
        }
    }
}

extension String {
    /// Its digits as a number.
    fileprivate var hashedDigits: Int { utf8.reduce(0) { ($0 * 10 + Int($1 & 15)) % 65_536 } }
}
