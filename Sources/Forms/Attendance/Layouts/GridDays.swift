import Domain
import Tables

/// Day columns of grids, from their headings.
enum GridDays {
    /// A column for each day and part of one, in the order of the headings; those that a slip makes doubtful left out.
    static func columns(_ zone: HeadingZone) -> [DayColumn] {
        var days: [DayColumn] = []
        var run = -1
        var last: DayHeading?
        for (place, line) in zone.lines.enumerated() {
            for headings in line.days.runs {
                // The second line goes on where the first ends: one run in two lines.
                let goesOn =
                    last.map { before in
                        place > 0 && before.month == headings[0].month && headings[0].day > before.day
                    } ?? false
                if !goesOn { run += 1 }
                let above = headings.allSatisfy(\.hasMonth) ? .nothing : groupMonth(headings[0], line, zone)
                for heading in headings {
                    days.append(
                        DayColumn(
                            column: heading.place, line: place, run: run, year: heading.year ?? above.year,
                            month: heading.month ?? above.month, day: heading.day))
                }
                last = headings.last
            }
        }
        let doubtful = Set(zone.slips.map(\.cell.column))
        return (withSlots(days, zone) + statuses(zone)).filter { !doubtful.contains($0.column) }
    }

    /// Columns of leave beside those of the days, in the same run.
    private static func statuses(_ zone: HeadingZone) -> [DayColumn] {
        zone.statuses.flatMap { status, days in
            days.map { DayColumn(column: $0.place, line: 0, run: 0, day: $0.day, status: status) }
        }
    }

    /// The month that a heading merged over a run of days names: several months beside each other.
    private static func groupMonth(_ first: DayHeading, _ line: DayLine, _ zone: HeadingZone) -> MonthReading {
        guard line.days.runs.count > 1 else { return .nothing }
        for row in stride(from: zone.rows.upperBound, through: max(0, zone.rows.lowerBound - 1), by: -1) {
            guard let text = zone.sheet.view.text(row, first.place)?.text else { continue }
            let reading = MonthText.read(text)
            if reading.month != nil { return reading }
        }
        return .nothing
    }

    /// 上午 下午 晚上 under each day: the columns from its heading to the next one.
    private static func withSlots(_ days: [DayColumn], _ zone: HeadingZone) -> [DayColumn] {
        guard !zone.slots.isEmpty else { return days }
        let last = zone.slots.keys.max() ?? 0
        var result: [DayColumn] = []
        for (place, day) in days.enumerated() {
            let next =
                place + 1 < days.count && days[place + 1].line == day.line
                ? days[place + 1].column : max(last, day.column) + 1
            var parts: [DayColumn] = []
            for column in day.column..<max(next, day.column + 1) {
                guard let slot = zone.slots[column], !parts.contains(where: { $0.slot == slot }) else { continue }
                var part = day
                part.column = column
                part.slot = slot
                parts.append(part)
            }
            result += parts.isEmpty ? [day] : parts
        }
        return result
    }

    /// What the finding and `inspect` call the days of a grid.
    static func evidence(_ zone: HeadingZone, _ days: [DayColumn]) -> BilingualText {
        let count = Set(days.map { [$0.run, $0.day] }).count
        return BilingualText(
            zh: "“姓名”一栏之外有\(count)个日期栏", en: "a name column and \(count) day columns")
    }
}

/// The column beside the names that says what each row is, and what the sheet says of rows under one name.
struct GridLines {
    /// Where a word says it: 上午 下午, 出勤 请假.
    var column: Int?
    var slotCount = 0
    var statusCount = 0
    /// Names over two rows and more, merged.
    var mergedNames = 0
    /// Rows with marks and a word, and no name of their own.
    var continued = 0
    /// The sheet says somewhere that such rows are halves.
    var saysHalves = false
    /// Below each name stands one row without a name.
    var alternates = false
    /// People who stand in several rows of their own, with another word in each.
    var repeated = 0
    /// Words are merged over rows of several people: 出勤 over all of them, 加班 over all of them again.
    var isSpread = false
    /// Words of plans and of times beyond the day, once each.
    var passedOver: [SubmittedText] = []

    init(_ zone: HeadingZone, _ sheet: AttendanceSheet) {
        guard let name = zone.columns[.name], let firstDay = zone.dayRange?.lowerBound else { return }
        let body = sheet.bodyRows(after: zone.rows.upperBound)
        var kinds: [Int: [LineKind]] = [:]
        var filled: [Int: Int] = [:]
        var named = 0
        var unnamed = 0
        var isAlternating = true
        for row in body {
            let hasMarks = row.cells.contains { $0.column >= firstDay && $0.isFilled }
            if row.cell(name)?.isFilled ?? false {
                isAlternating = isAlternating && (named == unnamed || !hasMarks)
                if hasMarks { named += 1 }
            } else if hasMarks, zone.sheet.view.merge(row.index, name) == nil {
                unnamed += 1
            }
            for cell in row.cells
            where zone.range.contains(cell.column) && cell.column != name && cell.column < firstDay {
                guard case .text(let text) = cell.value, cell.isFilled else { continue }
                filled[cell.column, default: 0] += 1
                if let kind = LineWord.read(text) { kinds[cell.column, default: []].append(kind) }
            }
        }
        alternates = isAlternating && named == unnamed && named > 0
        let merges = sheet.view.grid.merges.filter {
            $0.left <= name && name <= $0.right && $0.top > zone.rows.upperBound && $0.bottom > $0.top
                && $0.top <= (body.last?.index ?? 0)
        }
        mergedNames = merges.count
        choose(kinds, filled, zone)
        if let column {
            continued =
                body.filter { row in
                    !(row.cell(name)?.isFilled ?? false) && (row.cell(column)?.isFilled ?? false)
                        && row.cells.contains { $0.column >= firstDay && $0.isFilled }
                }.count
        }
        if let column { findWordsOfPeople(column, name, body, sheet) }
        saysHalves = slotCount > 0 || GridLines.mentionsHalves(zone, sheet, body)
    }

    private mutating func findWordsOfPeople(_ column: Int, _ name: Int, _ body: [CellRow], _ sheet: AttendanceSheet) {
        var kindsOf: [String: Set<LineKind>] = [:]
        var peopleUnder: [CellAddress: Set<String>] = [:]
        for row in body {
            guard case .text(let text)? = row.cell(name)?.value, let word = sheet.view.text(row.index, column),
                let kind = LineWord.read(word.text), kind.slot == nil
            else { continue }
            let key = PersonName(text).key
            kindsOf[key, default: []].insert(kind)
            peopleUnder[word.cell, default: []].insert(key)
            if kind == .plan || kind == .note, !passedOver.contains(where: { $0.text == word.text }) {
                passedOver.append(word)
            }
        }
        repeated = kindsOf.values.count { $0.count > 1 }
        isSpread = peopleUnder.count > 1 && peopleUnder.values.contains { $0.count > 1 }
    }

    /// The column whose cells are words for rows, most of them.
    private mutating func choose(_ kinds: [Int: [LineKind]], _ filled: [Int: Int], _ zone: HeadingZone) {
        var best = 0
        for (found, words) in kinds.sorted(by: { $0.key < $1.key }) {
            let slots = words.filter { $0.slot != nil }.count
            let isOwn = zone.columns.contains {
                $0.value == found && $0.key != .half && $0.key != .mark && $0.key != .remark
            }
            if isOwn, slots < 2 { continue }
            guard words.count * 3 >= (filled[found] ?? 0) * 2, words.count > best else { continue }
            best = words.count
            column = found
            slotCount = slots
            statusCount = words.count - slots
        }
    }

    /// 上行为上午、下行为下午 in a heading or note, or a heading 上午/下午 over the column beside the names.
    private static func mentionsHalves(_ zone: HeadingZone, _ sheet: AttendanceSheet, _ body: [CellRow]) -> Bool {
        for profile in sheet.profiles where profile.index <= (body.last?.index ?? zone.rows.upperBound) + 6 {
            guard profile.index <= zone.rows.upperBound || profile.index > zone.rows.upperBound,
                let row = sheet.view.row(profile.index)
            else { continue }
            for cell in row.cells {
                guard case .text(let text) = cell.value, text.utf8.count >= 12, HalfWord.namesBoth(text) else {
                    continue
                }
                if zone.rows.contains(profile.index) || isAboutRows(text) { return true }
            }
        }
        return false
    }

    private static func isAboutRows(_ text: String) -> Bool {
        ["行", "上格", "下格", "上栏", "下栏", "上面", "下面"].contains { ByteText.contains(text, $0) }
    }
}
