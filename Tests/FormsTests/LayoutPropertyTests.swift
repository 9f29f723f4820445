import Domain
import Forms
import Tables
import Testing

/// A month of a village or two as it was, before anybody wrote it down.
struct Truth {
    struct Person {
        var name: String
        var id: String
        var village: String
        var unit: String
        /// By day from 1: morning and afternoon.
        var days: [(AttendanceStatus, AttendanceStatus)]
    }

    var period: Period
    var township: String
    var people: [Person]

    static func random(_ chance: inout SeededGenerator) -> Truth {
        let period = Period(
            year: Int.random(in: 2018...2022, using: &chance), month: Int.random(in: 1...12, using: &chance))!
        let surnames = ["潘", "乔", "蒋", "欧阳", "马", "韩", "祁", "冶", "鲁什", "星"]
        let given = ["映雪", "木森", "薇", "成福", "若水", "建军", "文海", "一诺", "晚晴", "田"]
        let tibetan = ["才让·扎西", "夏吾·冷智", "尕藏·尼玛", "央金·措毛", "多杰才旦", "拉毛"]
        let villages = ["大庄村", "柳湾村", "河滩寨村", "金麦坪", "洪水村"].shuffled(using: &chance)
        var people: [Person] = []
        var names: Set<String> = []
        let usual = Double.random(in: 0.5...0.95, using: &chance)
        for index in 0..<Int.random(in: 1...6, using: &chance) {
            let name =
                Bool.random(using: &chance)
                ? tibetan.randomElement(using: &chance)!
                : surnames.randomElement(using: &chance)! + given.randomElement(using: &chance)!
            guard names.insert(name).inserted else { continue }
            let statuses: [AttendanceStatus] = [
                .official, .training, .leave, .sick, .absent, .withdrawn, .rest, .blank, .blank,
            ]
            func half() -> AttendanceStatus {
                Double.random(in: 0..<1, using: &chance) < usual ? .present : statuses.randomElement(using: &chance)!
            }
            let days = (1...period.dayCount).map { _ -> (AttendanceStatus, AttendanceStatus) in
                let morning = half()
                guard Int.random(in: 0..<8, using: &chance) == 0 else { return (morning, morning) }
                let afternoon = half()
                // A half with a mark and a half with none has no common way of writing in one cell.
                return morning == .blank || afternoon == .blank ? (morning, morning) : (morning, afternoon)
            }
            let serial = 100 + Int.random(in: 0..<900, using: &chance)
            people.append(
                Person(
                    name: name, id: "63012119\(70 + index)0101\(serial)X", village: villages[min(index / 2, 2)],
                    unit: ["教育局", "水务局", "审计局"].randomElement(using: &chance)!, days: days))
        }
        return Truth(
            period: period, township: ["碾伯镇", "中岭乡", "高庙镇"].randomElement(using: &chance)!, people: people)
    }
}

/// Writes a truth down in one of the layouts, in a random manner.
struct Scribe {
    var chance: SeededGenerator
    let truth: Truth
    var marks: [AttendanceStatus: String] = [:]
    var legend: [String] = []
    var areWords = false
    var path = "考勤/收件.xlsx"
    var sheetName = "Sheet1"
    var isTextFile = false

    init(_ truth: Truth, seed: UInt64) {
        self.truth = truth
        chance = SeededGenerator(seed: seed)
        chooseMarks()
    }

    mutating func one<T>(_ choices: [T]) -> T { choices.randomElement(using: &chance)! }
    mutating func maybe(_ oneIn: Int = 2) -> Bool { Int.random(in: 0..<oneIn, using: &chance) == 0 }

    private mutating func chooseMarks() {
        if maybe(4) {
            // The table of the spec needs no legend.
            marks = [
                .present: one(["√", "✓", "✔", "出勤", "在岗", "1"]), .official: one(["公", "公差", "出差"]),
                .training: one(["培训", "学"]),
                .leave: one(["假", "事假", "年假"]), .sick: one(["病", "病假"]), .absent: one(["×", "x", "旷工", "✗"]),
                .withdrawn: one(["抽调", "借"]), .rest: one(["休", "-", "—"]),
            ]
            return
        }
        let shapes = ["√", "×", "△", "○", "□", "☆", "◇", "#", "※", "▲", "●", "◎", "＋"].shuffled(using: &chance)
        let words: [(AttendanceStatus, [String])] = [
            (.present, ["出勤", "到岗", "正常出勤", "在岗"]), (.official, ["公差", "因公外出", "开会"]), (.training, ["培训", "学习"]),
            (.leave, ["请假", "事假", "产假"]), (.sick, ["病假", "长期病假"]), (.absent, ["旷工", "脱岗", "缺勤"]),
            (.withdrawn, ["抽调", "借调"]),
            (.rest, ["休息", "轮休"]),
        ]
        let style = Int.random(in: 0..<8, using: &chance)
        for (place, (status, names)) in words.enumerated() {
            let mark = shapes[place]
            let word = one(names)
            marks[status] = mark
            switch style {
            case 0: legend.append(mark + word)
            case 1: legend.append(word + "：" + mark)
            case 2: legend.append(mark + "—" + word)
            case 3: legend.append("(" + mark + ")" + word)
            case 4: legend.append(word + mark)
            case 5: legend.append(mark + "：" + word)
            case 6: legend.append(mark + "=" + word)
            default: legend.append(mark + " " + word)
            }
        }
    }

    mutating func mark(_ status: AttendanceStatus) -> String {
        let mark = marks[status] ?? ""
        if mark == "√", maybe(5) { return one(["✓", "✔", " √", "√ "]) }
        if mark == "○", maybe(5) { return one(["〇", "О", "◯"]) }
        if mark == "×", maybe(5) { return one(["X", "x", "✕"]) }
        return mark
    }

    mutating func day(_ day: (AttendanceStatus, AttendanceStatus)) -> String {
        if day.0 == day.1 { return mark(day.0) }
        return mark(day.0) + one(["/", "／", "、", "\n"]) + mark(day.1)
    }

    mutating func value(_ text: String) -> CellValue {
        if text.isEmpty { return .empty }
        return text == "1" && maybe() ? .number(1) : .text(text)
    }

    // MARK: Title, month, legend

    mutating func monthText() -> String {
        let (year, month) = (truth.period.year, truth.period.month)
        let numerals = Array("〇一二三四五六七八九")
        let chineseYear = String(String(year).map { numerals[Int(String($0))!] })
        let chineseMonth = month < 10 ? String(numerals[month]) : month == 10 ? "十" : "十" + String(numerals[month - 10])
        let wide = String(
            String.UnicodeScalarView(
                "\(year)年\(month)月".unicodeScalars.map {
                    $0.value < 58 && $0.value > 47 ? Unicode.Scalar($0.value + 0xFEE0)! : $0
                }))
        return one([
            "\(year)年\(month)月", "\(year)年度\(month)月份", "\(year)年 \(month) 月", wide, "\(chineseYear)年\(chineseMonth)月",
            "\(year)-\(month < 10 ? "0" : "")\(month)", "\(year).\(month)", "\(year)\(month < 10 ? "0" : "")\(month)",
        ])
    }

    /// Puts title and month above `row`; returns the row after them.
    mutating func heading(_ picture: inout Picture, _ row: Int, _ left: Int, width: Int, village: String? = nil) -> Int
    {
        var next = row
        let place = truth.township + (village ?? "")
        let style = Int.random(in: 0..<6, using: &chance)
        let title = one(["驻村干部考勤表", "第一书记和驻村工作队考勤登记表", "驻村干部出勤情况统计表"])
        switch style {
        case 0, 1: picture.text(next, left, place + monthText() + title)
        case 2: picture.text(next, left, "青海省海东市乐都区" + place + title + "（" + monthText() + "）")
        case 3:
            picture.text(next, left, place + title)
            next += 1
            picture.text(next, left, "月份：" + monthText())
        case 4:
            picture.text(next, left, place + title)
            sheetName = "\(truth.period.month)月"
            path = "\(truth.period.year)/收件.xlsx"
        default:
            picture.text(next, left, place + title)
            path = "\(truth.period.description)/收件.xlsx"
        }
        if maybe() { picture.merge(row, left, row, left + max(2, width - 1)) }
        next += 1
        if maybe(3) { next += 1 }
        return next
    }

    mutating func legend(_ picture: inout Picture, _ row: Int, _ left: Int) -> Int {
        guard !legend.isEmpty else { return row }
        let opening = one(["注：", "说明：", "图例：", "备注:", "注: "])
        switch Int.random(in: 0..<4, using: &chance) {
        case 0:
            picture.text(row, left, opening + legend.joined(separator: one(["  ", "；", "，", "、", "　"])))
            return row + 1
        case 1:
            picture.text(row, left, opening)
            for (place, entry) in legend.enumerated() { picture.text(row, left + 1 + place, entry) }
            return row + 1
        case 2:
            picture.text(row, left, opening + legend.prefix(4).joined(separator: "；"))
            picture.text(row + 1, left, legend.dropFirst(4).joined(separator: "；"))
            return row + 2
        default:
            picture.text(row, left, opening + "1、" + legend.joined(separator: "；") + "。")
            return row + 1
        }
    }

    mutating func signature(_ picture: inout Picture, _ row: Int, _ left: Int) {
        guard maybe() else { return }
        picture.text(row, left, one(["填表人：", "制表人：          审核人：", "负责人（签字盖章）："]))
    }

    mutating func synonym(_ field: FieldID, without: Set<String> = []) -> String {
        let definition = TestForms.catalogue.definition(.attendance)!.field(field)!
        return one(
            ([definition.heading] + definition.synonyms).filter {
                !without.contains($0) && !$0.contains("\\") && !$0.contains("/")
            })
    }

    enum DayStyle: CaseIterable { case number, text, wide, withUnit, slash, point, chinese, date, weekday }

    mutating func dayHeading(_ day: Int, _ style: DayStyle) -> CellValue {
        let month = truth.period.month
        switch style {
        case .number: return .number(Double(day))
        case .text: return .text("\(day)")
        case .wide:
            return .text(
                String(String.UnicodeScalarView("\(day)".unicodeScalars.map { Unicode.Scalar($0.value + 0xFEE0)! })))
        case .withUnit: return .text("\(day)日")
        case .slash: return .text("\(month)/\(day)")
        case .point: return .number(Double("\(month).\(day)")!)
        case .chinese: return .text("\(month)月\(day)日")
        case .date: return .date(truth.period.date(day: day)!)
        case .weekday:
            return .text("\(day)\n\(["一", "二", "三", "四", "五", "六", "日"][truth.period.date(day: day)!.isoWeekday - 1])")
        }
    }

    // MARK: Grids (A, B, I; D and E as arrangements of A)

    enum GridKind { case whole, halfRows, halfColumns }

    mutating func grid(
        _ kind: GridKind, people: [Truth.Person], into picture: inout Picture, from start: Int, village: String?,
        legendBelow: Bool
    ) -> Int {
        let left = Int.random(in: 0...2, using: &chance)
        var row = heading(&picture, start, left, width: 36, village: village)
        if !legendBelow { row = legend(&picture, row, left) }
        let style = one(DayStyle.allCases)
        let isTall = kind == .halfColumns || maybe(3)
        var columns: [FieldID: Int] = [:]
        var column = left
        func head(_ field: FieldID, _ text: String) {
            picture.text(row, column, text)
            if isTall { picture.merge(row, column, row + 1, column) }
            columns[field] = column
            column += 1
        }
        if maybe() { head(.sequence, "序号") }
        head(.name, synonym(.name, without: ["人员"]))
        if maybe() { head(.residentID, synonym(.residentID)) }
        if maybe() { head(.sendingUnit, synonym(.sendingUnit)) }
        if village == nil { head(.village, synonym(.village)) }
        if kind == .halfRows, maybe() {
            head(.half, synonym(.half))
        } else if kind == .halfRows {
            columns[.half] = column; column += 1
        }
        let firstDay = column
        let step = kind == .halfColumns ? 2 : 1
        for day in 1...truth.period.dayCount {
            picture.set(row, column, dayHeading(day, style))
            if kind == .halfColumns {
                picture.text(row + 1, column, "上午")
                picture.text(row + 1, column + 1, "下午")
                if maybe(8) == false { picture.merge(row, column, row, column + 1) }
            } else if isTall {
                picture.text(
                    row + 1, column, ["一", "二", "三", "四", "五", "六", "日"][truth.period.date(day: day)!.isoWeekday - 1])
            }
            column += step
        }
        let hasTotal = maybe()
        if hasTotal { head(.attendanceDays, synonym(.attendanceDays)) }
        if maybe() { head(.remark, "备注") }
        let headingRow = row
        row += isTall ? 2 : 1
        var villageStart: Int?
        /// Half days stated since the last sum, and in all.
        var sinceSum = 0
        var inAll = 0
        for (place, person) in people.enumerated() {
            if let column = columns[.sequence] { picture.set(row, column, .number(Double(place + 1))) }
            picture.text(row, columns[.name]!, spaced(person.name))
            if let column = columns[.residentID] { picture.text(row, column, person.id) }
            if let column = columns[.sendingUnit] { picture.text(row, column, person.unit) }
            if let column = columns[.village] {
                let isSame = place > 0 && people[place - 1].village == person.village
                if isSame, let start = villageStart {
                    picture.merges.removeAll { $0.top == start && $0.left == column }
                    picture.merge(start, column, row + (kind == .halfRows ? 1 : 0), column)
                } else {
                    picture.text(row, column, person.village)
                    villageStart = row
                    if kind == .halfRows { picture.merge(row, column, row + 1, column) }
                }
            }
            for (index, day) in person.days.enumerated() {
                let at = firstDay + index * step
                switch kind {
                case .whole: picture.set(row, at, value(self.day(day)))
                case .halfRows:
                    picture.set(row, at, value(mark(day.0)))
                    picture.set(row + 1, at, value(mark(day.1)))
                case .halfColumns:
                    picture.set(row, at, value(mark(day.0)))
                    picture.set(row, at + 1, value(mark(day.1)))
                }
            }
            if let column = columns[.attendanceDays] {
                let halves = person.days.reduce(0) { $0 + ($1.0 == .present ? 1 : 0) + ($1.1 == .present ? 1 : 0) }
                sinceSum += halves
                inAll += halves
                picture.set(
                    row, column, maybe(4) ? .text("\(HalfDays(halves).daysText)天") : .number(Double(halves) / 2))
            }
            if kind == .halfRows {
                picture.text(row, columns[.half]!, "上午")
                picture.text(row + 1, columns[.half]!, "下午")
                picture.merge(row, columns[.name]!, row + 1, columns[.name]!)
                if let column = columns[.residentID] { picture.merge(row, column, row + 1, column) }
                row += 1
            }
            row += 1
            if kind == .whole, hasTotal, maybe(6) {
                picture.text(row, maybe() ? left : columns[.name]!, one(["小计", "小  计", "合计"]))
                picture.set(row, columns[.attendanceDays]!, .number(Double(sinceSum) / 2))
                sinceSum = 0
                villageStart = nil
                row += 1
                if place + 1 < people.count, let column = columns[.village], people[place + 1].village == person.village
                {
                    // The next person's village is written again after a subtotal.
                    _ = column
                }
            }
            if kind == .whole, place + 1 < people.count, villageStart != row - 1 || columns[.village] == nil, maybe(8) {
                // A printed page: headings again.
                row += 1
                for (column, cell) in picture.cells[headingRow] ?? [:] { picture.set(row, column, cell.value) }
                row += 1
                villageStart = nil
            }
            if villageStart != nil, place + 1 < people.count, people[place + 1].village == person.village {
                continue
            }
            villageStart = nil
            if maybe(6) { row += 1 }
        }
        if maybe(4), hasTotal {
            picture.text(row, left, "合  计")
            picture.set(row, columns[.attendanceDays]!, .number(Double(inAll) / 2))
            row += 1
        }
        if legendBelow { row = legend(&picture, row, left) }
        signature(&picture, row, left)
        return row + 2
    }

    mutating func spaced(_ name: String) -> String {
        if name.count == 2, maybe(4) { return "\(name.first!)　\(name.last!)" }
        return maybe(10) ? " \(name)" : name
    }

    // MARK: Log, person sheets, people across

    mutating func log(_ picture: inout Picture) {
        let left = Int.random(in: 0...1, using: &chance)
        var row = heading(&picture, Int.random(in: 0...2, using: &chance), left, width: 5)
        let isAbove = maybe()
        if isAbove { row = legend(&picture, row, left) }
        var order: [FieldID] = [.date, .name, .village, .mark]
        if maybe() { order.shuffle(using: &chance) }
        for (place, field) in order.enumerated() {
            picture.text(
                row, left + place, field == .date ? one(["日期", "考勤日期", "时间"]) : synonym(field, without: ["人员", "签到"]))
        }
        row += 1
        let style = Int.random(in: 0..<5, using: &chance)
        let byDay = maybe()
        var entries = truth.people.indices.flatMap { person in truth.people[person].days.indices.map { (person, $0) } }
        if byDay { entries.sort { ($0.1, $0.0) < ($1.1, $1.0) } }
        for (index, day) in entries {
            let person = truth.people[index]
            // Without a mark there may be no row at all, except where numbers need their neighbours.
            if person.days[day].0 == .blank, person.days[day].1 == .blank, style != 3, maybe() { continue }
            for (place, field) in order.enumerated() {
                let column = left + place
                switch field {
                case .date: picture.set(row, column, logDate(day + 1, style))
                case .name: picture.text(row, column, person.name)
                case .village: picture.text(row, column, person.village)
                default: picture.set(row, column, value(self.day(person.days[day])))
                }
            }
            row += 1
        }
        if !isAbove { row = legend(&picture, row, left) }
        signature(&picture, row, left)
    }

    mutating func logDate(_ day: Int, _ style: Int) -> CellValue {
        let period = truth.period
        switch style {
        case 0: return .date(period.date(day: day)!)
        case 1: return .text("\(period.year)年\(period.month)月\(day)日")
        case 2:
            return .text(
                one([
                    "\(period.year)-\(period.month)-\(day)", "\(period.month)月\(day)日",
                    "\(period.year)/\(period.month)/\(day)", "\(period.year).\(period.month).\(day)",
                ]))
        case 3: return .number(Double("\(period.month).\(day)")!)
        default: return .text("\(period.month)/\(day)")
        }
    }

    mutating func person(_ person: Truth.Person, into picture: inout Picture) {
        let left = Int.random(in: 0...1, using: &chance)
        var row = heading(&picture, Int.random(in: 0...2, using: &chance), left, width: 4)
        switch Int.random(in: 0..<3, using: &chance) {
        case 0:
            picture.text(row, left, "姓名：\(person.name)")
            picture.text(row, left + 1, "驻村：\(person.village)")
            picture.text(row + 1, left, "身份证号：\(person.id)")
            row += 2
        case 1:
            picture.text(row, left, "姓名：\(person.name)   身份证号：\(person.id)  村：\(person.village)")
            row += 1
        default:
            for (place, (label, value)) in [("姓名", person.name), ("身份证号", person.id), ("驻村", person.village)]
                .enumerated()
            {
                picture.text(row, left + place * 2, label)
                picture.text(row, left + place * 2 + 1, value)
            }
            row += 1
        }
        let isAbove = maybe()
        if isAbove { row = legend(&picture, row, left) }
        picture.text(row, left, "日期")
        let isHalved = maybe(3)
        picture.text(row, left + 1, isHalved ? "上午" : one(["考勤", "考勤情况", "出勤情况", "出勤"]))
        picture.text(row, left + 2, isHalved ? "下午" : "备注")
        row += 1
        let style = one([0, 1, 2, 3, 4, 5])
        for (index, day) in person.days.enumerated() {
            picture.set(row, left, style == 5 ? .number(Double(index + 1)) : logDate(index + 1, style))
            if isHalved {
                picture.set(row, left + 1, value(mark(day.0)))
                picture.set(row, left + 2, value(mark(day.1)))
            } else {
                picture.set(row, left + 1, value(self.day(day)))
            }
            row += 1
        }
        if !isAbove { row = legend(&picture, row, left) }
        signature(&picture, row, left)
    }

    mutating func across(_ picture: inout Picture, village: String, people: [Truth.Person]) {
        let left = Int.random(in: 0...1, using: &chance)
        var row = heading(&picture, Int.random(in: 0...2, using: &chance), left, width: 4, village: village)
        let isAbove = maybe()
        if isAbove { row = legend(&picture, row, left) }
        picture.text(row, left, one(["日期", "姓名", "日期\\姓名"]))
        for (place, person) in people.enumerated() { picture.text(row, left + 1 + place, person.name) }
        row += 1
        if maybe(3) {
            picture.text(row, left, "身份证号")
            for (place, person) in people.enumerated() { picture.text(row, left + 1 + place, person.id) }
            row += 1
        }
        let style = one([DayStyle.number, .withUnit, .date, .chinese, .text])
        for day in 1...truth.period.dayCount {
            picture.set(row, left, dayHeading(day, style))
            for (place, person) in people.enumerated() {
                picture.set(row, left + 1 + place, value(self.day(person.days[day - 1])))
            }
            row += 1
        }
        if maybe(3) {
            picture.text(row, left, "出勤天数")
            for place in people.indices { picture.set(row, left + 1 + place, .number(20)) }
            row += 1
        }
        if !isAbove { row = legend(&picture, row, left) }
        signature(&picture, row, left)
    }
}

@Suite("Every layout gives back the truth that was written in it")
struct LayoutPropertyTests {
    @Test("A random truth, randomly written, is read back exactly", arguments: WrittenLayout.allCases)
    func truthReturns(_ layout: WrittenLayout) {
        for seed in UInt64(1)...(layout.isRare ? 10 : 60) {
            let written = Written(layout, seed: seed)
            let reading = TestForms.reader.read(written.workbook, path: written.path)
            let problem = difference(reading, written.truth, layout) ?? Written.roleProblem(reading, written.workbook)
            #expect(
                problem == nil,
                "layout \(layout.rawValue) seed \(seed): \(problem ?? "")\n\(written.dump)"
            )
            if problem != nil { break }
        }
    }

    private func difference(_ reading: WorkbookReading, _ truth: Truth, _ layout: WrittenLayout) -> String? {
        let findings = TestForms.findings(reading)
        if let finding = findings.first {
            return "finding \(finding.message(.en)) at \(finding.sheet) \(finding.cell?.a1 ?? "")"
        }
        let blocks = reading.submitted.blocks
        if let other = blocks.first(where: { $0.period != truth.period }) {
            return "period \(other.period) for \(truth.period)"
        }
        var rows: [(AttendanceRow, AttendanceBlock)] = []
        for block in blocks { rows += block.rows.map { ($0, block) } }
        // Two logs beside each other give two rows a person, which matching joins.
        rows =
            layout != .groupedLog
            ? rows
            : rows.reduce(into: []) { joined, next in
                let key = PersonName(next.0.name.text).key
                if let place = joined.firstIndex(where: { PersonName($0.0.name.text).key == key }) {
                    joined[place].0.days += next.0.days
                } else {
                    joined.append(next)
                }
            }
        if rows.count != truth.people.count {
            return "people \(rows.map(\.0.name.text)), not \(truth.people.map(\.name)); layouts \(blocks.map(\.layout))"
        }
        for person in truth.people {
            guard
                let (row, block) = rows.first(where: { PersonName($0.0.name.text).key == PersonName(person.name).key })
            else {
                return "nobody is called \(person.name), only \(rows.map(\.0.name.text))"
            }
            if let id = row.residentID, id.text != person.id { return "ID \(id.text), not \(person.id)" }
            let context = block.context.filter { $0.kind == .label && $0.field == .village || $0.kind == .title }.map(
                \.text
            ).joined()
            if let village = row.village {
                if village.text != person.village {
                    return "\(person.name): village \(village.text), not \(person.village)"
                }
            } else if !context.contains(person.village), layout != .subheaded || person.village.hasSuffix("村") {
                return "\(person.name): village \(person.village) nowhere in \(context)"
            }
            var found = [(AttendanceStatus, AttendanceStatus)](
                repeating: (.blank, .blank), count: truth.period.dayCount)
            for day in row.days { found[day.date.day - 1] = (day.morning, day.afternoon) }
            for (index, expected) in person.days.enumerated() where found[index] != expected {
                return "\(person.name) day \(index + 1): \(found[index]), not \(expected); \(block.layout)"
            }
        }
        return nil
    }
}
