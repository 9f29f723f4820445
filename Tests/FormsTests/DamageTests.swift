import Domain
import Foundation
import Tables
import Testing

@testable import Forms

/// What goes wrong with a sheet between the township and the county.
enum Damage: String, CaseIterable, Sendable {
    case blankDay, mistypedDay, shiftedDays, noName, signForName, mergedNames, movedLegend, prose, proseAbove
    case columnLeft, columnRight, columnAmong, secondTable, secondGroup, otherTitle, unknownMark, strayMark, dayCounts
    case wordOverMonth, misspeltName, hiddenRow
}

/// Random damage done to a sheet that was written well.
struct Vandal {
    var sheets: [Picture]
    var chance: SeededGenerator
    let truth: Truth
    let layout: WrittenLayout
    private(set) var done: [String] = []

    init(_ written: Written) {
        sheets = written.sheets
        chance = written.chance
        truth = written.truth
        layout = written.layout
    }

    mutating func one<T>(_ choices: [T]) -> T? { choices.randomElement(using: &chance) }
    private mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &chance) }

    // MARK: Where things are

    /// The row of most day headings of a sheet, with its columns in order.
    private func dayRow(_ sheet: Picture) -> (row: Int, columns: [Int])? {
        var best: (row: Int, columns: [Int])?
        // Figures that stand as marks head nothing.
        let people = Set(names(sheet).map(\.row))
        for (row, cells) in sheet.cells where !people.contains(row) {
            let columns = cells.values.filter { DayHeading.read($0.value, place: 0) != nil }.map(\.column).sorted()
            guard columns.count >= 7 else { continue }
            if best == nil || (columns.count, -row) > (best!.columns.count, -best!.row) { best = (row, columns) }
        }
        return best
    }

    /// Cells with a person's name and nothing else.
    private func names(_ sheet: Picture) -> [(row: Int, column: Int)] {
        let known = Set(truth.people.map { PersonName($0.name).key })
        return sheet.cells.keys.sorted().flatMap { row in
            (sheet.cells[row] ?? [:]).values.sorted { $0.column < $1.column }.compactMap { cell in
                guard case .text(let text) = cell.value, known.contains(PersonName(text).key) else { return nil }
                return (row, cell.column)
            }
        }
    }

    private func lastRow(_ sheet: Picture) -> Int { sheet.cells.keys.max() ?? 0 }
    private func lastColumn(_ sheet: Picture) -> Int {
        sheet.cells.values.flatMap { $0.values.map(\.column) }.max() ?? 0
    }

    // MARK: Doing it

    /// Does one damage to a sheet; nothing where the sheet has no place for it.
    mutating func hurt(_ damage: Damage) {
        guard !sheets.isEmpty else { return }
        let index = number(0...(sheets.count - 1))
        var sheet = sheets[index]
        guard let told = hurt(&sheet, damage) else { return }
        sheets[index] = sheet
        done.append("\(damage.rawValue) \(told)")
    }

    private mutating func hurt(_ sheet: inout Picture, _ damage: Damage) -> String? {
        switch damage {
        case .blankDay, .mistypedDay, .shiftedDays: return hurtDays(&sheet, damage)
        case .noName, .signForName, .mergedNames, .misspeltName, .hiddenRow: return hurtNames(&sheet, damage)
        case .movedLegend: return moveLegend(&sheet)
        case .prose, .proseAbove: return writeProse(&sheet, isAbove: damage == .proseAbove)
        case .columnLeft, .columnRight, .columnAmong: return addColumn(&sheet, damage)
        case .secondTable: return addTable(&sheet)
        case .secondGroup: return addGroup(&sheet)
        case .otherTitle: return retitle(&sheet)
        case .unknownMark, .strayMark, .wordOverMonth: return hurtMarks(&sheet, damage)
        case .dayCounts: return countDays(&sheet)
        }
    }

    private mutating func hurtDays(_ sheet: inout Picture, _ damage: Damage) -> String? {
        guard let (row, columns) = dayRow(sheet), let column = one(columns) else { return nil }
        let address = CellAddress(row: row, column: column).a1
        switch damage {
        case .blankDay: sheet.cells[row]?[column] = nil
        case .mistypedDay:
            let texts: [CellValue] = [
                .number(3), .number(33), .text("l2"), .text("日"), .text("2O"), .number(0), .text("√"),
            ]
            let text = one(texts)!
            sheet.set(row, column, text)
            return "\(address) \(text.display)"
        default:
            // The headings slip one column to the right against the marks.
            guard columns.count > 10, columns.last! - columns[0] == columns.count - 1 else { return nil }
            // Where nobody has a mark on the first day, nothing shows that they slipped.
            let isUsed = sheet.cells.contains { $0.key > row && $0.value[columns[0]]?.value.isBlank == false }
            guard isUsed, sheet.cells[row]?[columns.last! + 1] == nil else { return nil }
            let old = sheet.cells[row] ?? [:]
            sheet.cells[row]?[columns[0]] = nil
            for column in columns { if let cell = old[column] { sheet.set(row, column + 1, cell.value) } }
        }
        return address
    }

    private mutating func hurtNames(_ sheet: inout Picture, _ damage: Damage) -> String? {
        let found = names(sheet)
        guard let (row, column) = one(found) else { return nil }
        switch damage {
        case .noName: sheet.cells[row]?[column] = nil
        case .signForName: sheet.text(row, column, one(["√", "1", "——", "空缺"])!)
        case .misspeltName: sheet.text(row, column, "某某某")
        case .hiddenRow: sheet.hiddenRows.insert(row)
        default:
            guard found.contains(where: { $0 == (row + 1, column) }), layout != .c, layout != .groupedLog else {
                return nil
            }
            // Two villages under one name are what a sheet may say of somebody (§5.4): no damage that shows.
            let below = (sheet.cells[row + 1] ?? [:]).values.contains { cell in
                truth.people.contains { $0.village == cell.value.display }
            }
            if below { return nil }
            sheet.cells[row + 1]?[column] = nil
            sheet.merges.removeAll {
                $0.contains(row: row, column: column) || $0.contains(row: row + 1, column: column)
            }
            sheet.merge(row, column, row + 1, column)
        }
        return CellAddress(row: row, column: column).a1
    }

    private mutating func moveLegend(_ sheet: inout Picture) -> String? {
        let openings = ["注", "说明", "图例", "备注:"]
        guard
            let row = sheet.cells.keys.sorted().last(where: { row in
                (sheet.cells[row] ?? [:]).values.contains { cell in
                    if case .text(let text) = cell.value { openings.contains { text.hasPrefix($0) } } else { false }
                }
            }), let cells = sheet.cells[row], cells.values.allSatisfy({ $0.value.display.count > 1 })
        else { return nil }
        let target = lastRow(sheet) + number(2...4)
        let right = number(0...6)
        sheet.cells[row] = nil
        // The second line of a legend goes with the first.
        for cell in cells.values { sheet.set(target, cell.column + right, cell.value) }
        guard sheet.cells[row + 1]?.values.first.map({ $0.value.display.count > 8 }) ?? false else {
            return "\(target)"
        }
        let more = sheet.cells[row + 1] ?? [:]
        sheet.cells[row + 1] = nil
        for cell in more.values { sheet.set(target + 1, cell.column + right, cell.value) }
        return "\(target)"
    }

    private mutating func writeProse(_ sheet: inout Picture, isAbove: Bool) -> String? {
        let name = one(truth.people)!.name
        let texts = [
            "备注：\(name)同志本月因病请假3天，参加县委组织部培训2天。", "要求：1.请假1天以内由乡镇批准，3天以上报县委组织部批准；2.旷工1天通报批评，累计3天召回。",
            "一、驻村干部每月驻村不少于20天，缺勤1天扣发当日补助。", "请假制度：事假须提前1天向乡镇党委请假，病假附医院证明。", "出勤情况由村党支部每日登记，乡镇党委月底汇总。",
        ]
        if isAbove {
            guard let first = sheet.cells.keys.min(), first > 0 else { return nil }
            sheet.text(first - 1, 0, one(["附件2", "依据青组字〔2018〕231号文件要求，驻村干部每月出勤不少于20天。", "东组字〔2018〕131号"])!)
            return "\(first)"
        }
        let row = lastRow(sheet) + number(1...2)
        sheet.text(row, 0, one(texts)!)
        return "\(row + 1)"
    }

    /// Moves everything from a column on to the right, merges with it.
    private func insertColumn(_ sheet: inout Picture, at column: Int) {
        for (row, cells) in sheet.cells {
            var moved: [Int: Cell] = [:]
            for cell in cells.values {
                let place = cell.column + (cell.column >= column ? 1 : 0)
                moved[place] = Cell(
                    column: place, value: cell.value, isFormula: cell.isFormula,
                    isUncachedFormula: cell.isUncachedFormula)
            }
            sheet.cells[row] = moved
        }
        sheet.merges = sheet.merges.map { merge in
            CellRange(
                top: merge.top, left: merge.left + (merge.left >= column ? 1 : 0), bottom: merge.bottom,
                right: merge.right + (merge.right >= column ? 1 : 0))
        }
    }

    private mutating func addColumn(_ sheet: inout Picture, _ damage: Damage) -> String? {
        guard ![.personAcross, .calendar, .g, .halvesAcross, .f, .c, .groupedLog].contains(layout),
            let (row, columns) = dayRow(sheet)
        else { return nil }
        let people = names(sheet)
        switch damage {
        case .columnAmong:
            let column = columns[number(1...(columns.count - 1))]
            insertColumn(&sheet, at: column)
            let isSum = Bool.random(using: &chance)
            if isSum { sheet.text(row, column, one(["小计", "备注", "周小计"])!) }
            return CellAddress(row: row, column: column).a1
        case .columnLeft:
            let column = columns[0]
            insertColumn(&sheet, at: column)
            let (heading, values) = one([
                ("政治面貌", ["党员", "群众"]), ("职级", ["科员", "副科"]), ("联系电话", ["13900000001", "13900000002"]),
                ("学历", ["本科", "大专"]), ("驻村年限", ["1", "2"]), ("驻村天数要求", ["20", "22"]),
            ])!
            sheet.text(row, column, heading)
            for (row, _) in people { sheet.text(row, column, one(values)!) }
            return "\(CellAddress(row: row, column: column).a1) \(heading)"
        default:
            let column = lastColumn(sheet) + 1
            let (heading, values): (String, [CellValue]) = one([
                ("补助标准", [.number(60)]), ("签字", [.text("同意")]), ("备注说明", [.text("全月在村"), .text("11月起轮换")]),
                ("应出勤天数", [.number(22)]), ("累计出勤", [.number(120), .number(99)]), ("村干部确认", [.text("√")]),
                ("金额", [.number(1_200)]), ("考核", [.text("称职"), .text("优秀")]),
            ])!
            sheet.text(row, column, heading)
            for (row, _) in people { sheet.set(row, column, one(values)!) }
            return "\(CellAddress(row: row, column: column).a1) \(heading)"
        }
    }

    private mutating func addTable(_ sheet: inout Picture) -> String? {
        let start = lastRow(sheet) + number(2...3)
        let person = one(truth.people)!.name
        let tables: [[[String]]] = [
            [["请假登记"], ["序号", "姓名", "请假事由", "批准人"], ["1", person, "家中有事", "马镇长"]],
            [["村干部名单"], ["序号", "姓名", "职务"], ["1", "祁连山", "村主任"], ["2", "马家湾", "会计"]],
            [["出勤率统计"], ["村", "人数", "出勤率"], ["大庄村", "2", "95%"]],
            [["检查记录"], ["日期", "检查人", "结果"], ["11月5日", "县委组织部", "在岗"]],
        ]
        for (row, line) in one(tables)!.enumerated() {
            for (column, text) in line.enumerated() { sheet.text(start + row, column, text) }
        }
        return "\(start + 1)"
    }

    private mutating func addGroup(_ sheet: inout Picture) -> String? {
        guard let (row, _) = dayRow(sheet) else { return nil }
        let column = lastColumn(sheet) + 2
        let isHeaded = Bool.random(using: &chance)
        if isHeaded {
            sheet.text(row, column, "姓名")
            sheet.text(row, column + 1, "1")
            sheet.text(row, column + 2, "2")
        }
        for place in 1...2 {
            sheet.text(row + place, column, ["祁连山", "马家湾"][place - 1])
            sheet.text(row + place, column + 1, "√")
            sheet.text(row + place, column + 2, "√")
        }
        return CellAddress(row: row, column: column).a1
    }

    private mutating func retitle(_ sheet: inout Picture) -> String? {
        // Nothing but its title says what a calendar of weeks is of.
        if layout == .calendar { return nil }
        for row in sheet.cells.keys.sorted().prefix(3) {
            for cell in (sheet.cells[row] ?? [:]).values {
                guard case .text(let text) = cell.value, text.contains("考勤") || text.contains("出勤") else { continue }
                let title = one(["碾伯镇驻村干部值班安排表", "驻村工作队轮休计划", "钉钉打卡记录", "驻村干部花名册", "碾伯镇驻村干部保险台账"])!
                sheet.text(row, cell.column, title + "（\(truth.period.chinese)）")
                return title
            }
        }
        return nil
    }

    private mutating func hurtMarks(_ sheet: inout Picture, _ damage: Damage) -> String? {
        guard let (_, columns) = dayRow(sheet), let (row, _) = one(names(sheet)), row > 0 else { return nil }
        guard ![.g, .halvesAcross, .f, .personAcross, .calendar].contains(layout) else { return nil }
        switch damage {
        case .unknownMark:
            let column = one(columns)!
            sheet.text(row, column, one(["请示", "@", "√？", "？", "§", "在", "同上"])!)
            return CellAddress(row: row, column: column).a1
        case .strayMark:
            let column = lastColumn(sheet) + number(1...3)
            sheet.text(row, column, "√")
            return CellAddress(row: row, column: column).a1
        default:
            guard [.a, .e, .subheaded].contains(layout) else { return nil }
            for column in columns { sheet.cells[row]?[column] = nil }
            let word = one(["全勤", "满勤", "全月在岗", "出勤"])!
            sheet.text(row, columns[0], word)
            let isMerged = Bool.random(using: &chance)
            if isMerged { sheet.merge(row, columns[0], row, columns.last!) }
            return "\(CellAddress(row: row, column: columns[0]).a1) \(word) \(isMerged)"
        }
    }

    private mutating func countDays(_ sheet: inout Picture) -> String? {
        guard let (row, columns) = dayRow(sheet), let last = names(sheet).map(\.row).max(), last > row else {
            return nil
        }
        guard layout == .a || layout == .subheaded else { return nil }
        // Only where nothing stands below: a line of the table, not of the legend.
        let target = last + 1
        if sheet.cells[target]?.isEmpty ?? true {
            sheet.text(target, names(sheet)[0].column, one(["每日出勤人数", "在岗人数", "合计"])!)
            for column in columns { sheet.set(target, column, .number(Double(number(0...3)))) }
            return "\(target + 1)"
        }
        return nil
    }
}

@Suite("Damaged sheets: the truth comes back, or what holds names a cell")
struct DamageTests {
    /// Presence by person and half day: `2018-11-05 m`.
    private static func presence(_ truth: Truth) -> [String: Set<String>] {
        var result: [String: Set<String>] = [:]
        for person in truth.people {
            var halves: Set<String> = []
            for (index, day) in person.days.enumerated() {
                let date = truth.period.date(day: index + 1)!.iso
                if day.0 == .present { halves.insert(date + " m") }
                if day.1 == .present { halves.insert(date + " a") }
            }
            result[PersonName(person.name).key] = halves
        }
        return result
    }

    private static func presence(_ reading: WorkbookReading, _ truth: Truth) -> [String: Set<String>] {
        var result: [String: Set<String>] = [:]
        for block in reading.submitted.blocks where !block.findings.contains(where: { $0.effect == .held }) {
            for row in block.rows where !row.findings.contains(where: { $0.effect == .held }) {
                let name = PersonName(row.name.text).key
                // Whose name and number are two people's is held by matching.
                let isOther = row.residentID.map { id in
                    truth.people.contains { $0.id == id.text && PersonName($0.name).key != name }
                }
                for day in row.days {
                    let key = isOther ?? false ? name + "?" : name
                    if day.morning == .present { result[key, default: []].insert(day.date.iso + " m") }
                    if day.afternoon == .present { result[key, default: []].insert(day.date.iso + " a") }
                }
            }
        }
        return result
    }

    /// What is wrong with how a damaged sheet was read; nil where nothing is.
    static func problem(_ layout: WrittenLayout, seed: UInt64) -> String? {
        let written = Written(layout, seed: seed)
        var vandal = Vandal(written)
        let count = Int.random(in: 1...2, using: &vandal.chance)
        for _ in 0..<count { vandal.hurt(Damage.allCases.randomElement(using: &vandal.chance)!) }
        let workbook = Workbook(format: .xlsx, sheets: vandal.sheets.map(\.grid))
        let reading = TestForms.reader.read(workbook, path: written.path)
        var said = silent(written.truth, reading) ?? Written.roleProblem(reading, workbook)
        if said != nil {
            var copy = written
            copy.sheets = vandal.sheets
            let found = TestForms.findings(reading).map { "\($0.reason) \($0.sheet)!\($0.cell?.a1 ?? "")" }
            said! += "\n\(vandal.done)\n\(found)\n\(copy.dump)"
        }
        return said
    }

    private static func silent(_ truth: Truth, _ reading: WorkbookReading) -> String? {
        let wanted = presence(truth)
        let found = presence(reading, truth)
        let standing = TestForms.findings(reading).filter { $0.effect == .held || $0.effect == .excluded }
        // Whom the roster does not know is held by matching, and named.
        let hasStrangers = found.keys.contains { wanted[$0] == nil }
        for person in wanted.keys.sorted() {
            let want = wanted[person] ?? []
            let got = found[person] ?? []
            if let more = got.subtracting(want).sorted().first { return "\(person) is paid \(more)" }
            let lost = want.subtracting(got).sorted()
            if let first = lost.first, standing.isEmpty, !hasStrangers {
                return "\(person) loses \(lost.count) halves, \(first), in silence"
            }
        }
        return nil
    }

    /// Sheets of each layout; `ZHUCUN_DAMAGED` asks for more, `ZHUCUN_DAMAGED_FROM` for others.
    private static let count = ProcessInfo.processInfo.environment["ZHUCUN_DAMAGED"].flatMap { UInt64($0) } ?? 12

    private static let first = ProcessInfo.processInfo.environment["ZHUCUN_DAMAGED_FROM"].flatMap { UInt64($0) } ?? 1

    @Test(
        "no damage pays anybody for what was not written, or takes anything away in silence",
        arguments: WrittenLayout.allCases)
    func damaged(_ layout: WrittenLayout) {
        var failures = 0
        for seed in DamageTests.first..<(DamageTests.first + DamageTests.count) {
            guard let problem = DamageTests.problem(layout, seed: seed &+ 500_000) else { continue }
            Issue.record("layout \(layout.rawValue) seed \(seed): \(problem)")
            failures += 1
            if failures >= 5 { break }
        }
    }

    /// Sheets of long runs that were read wrongly once.
    private static let kept: [(WrittenLayout, [UInt64])] = [
        (.a, [31, 560, 2202, 2363, 200568]), (.b, [573, 606, 996, 1105, 2131, 2223, 2364]), (.c, [51]),
        (.d, [156, 240, 303, 396, 406, 417, 503, 100266, 300373]),
        (.e, [164, 248, 307, 375]),
        (.f, [156]), (.g, [46, 71, 142, 160, 222, 246]), (.i, [33, 438, 477, 556]),
        (.folded, [145, 197, 286, 1430, 1483, 2841, 2920, 2964, 100620]),
        (.personAcross, [27, 33, 42, 99, 109, 2217]), (.calendar, [26, 71, 80, 89, 102, 2939, 90060, 90220]),
        (.groupedLog, [2132]), (.subheaded, [1405, 3951]),
    ]

    @Test("sheets that were read wrongly once are read rightly", arguments: kept)
    func keptSeeds(_ layout: WrittenLayout, seeds: [UInt64]) {
        for seed in seeds {
            if let problem = DamageTests.problem(layout, seed: seed &+ 500_000) {
                Issue.record("layout \(layout.rawValue) seed \(seed): \(problem)")
            }
        }
    }
}
