import Domain
import Tables

/// B: two rows a person, 上午 above 下午.
struct HalfRowGridLayout: AttendanceLayout {
    let id = AttendanceLayoutID.halfRowGrid

    func recognise(_ sheet: AttendanceSheet, headingAt row: RowProfile, zone: HeadingZone?) -> RecognisedBlock? {
        guard let zone, let nameColumn = zone.columns[.name], !zone.dayRuns.isEmpty,
            let firstDay = zone.dayRuns.first?.first?.place
        else { return nil }
        // A column left of the days whose cells say 上午 and 下午, headed or not.
        var counts: [Int: (morning: Int, afternoon: Int)] = [:]
        var seen = 0
        for profile in sheet.profiles where profile.index > zone.rows.upperBound {
            if profile.column(.name) != nil { break }
            guard seen < 24, let row = sheet.view.row(profile.index) else { break }
            seen += 1
            for cell in row.cells where cell.column < firstDay && cell.column != nameColumn {
                guard case .text(let text) = cell.value, let half = HalfWord.read(text) else { continue }
                if half == .morning {
                    counts[cell.column, default: (0, 0)].morning += 1
                } else {
                    counts[cell.column, default: (0, 0)].afternoon += 1
                }
            }
        }
        let found = counts.filter { $0.value.morning > 0 && $0.value.afternoon > 0 }.max {
            ($0.value.morning + $0.value.afternoon, $1.key) < ($1.value.morning + $1.value.afternoon, $0.key)
        }
        var columns = zone.columns
        var evidence: BilingualText
        if let found {
            columns[.half] = found.key
            evidence = BilingualText(
                zh: "每人两行，\(CellAddress.columnName(found.key))栏为上午、下午",
                en: "two rows a person, halves named in column \(CellAddress.columnName(found.key))")
        } else {
            // Names merged over two rows, each of which holds marks.
            let next =
                sheet.profiles.first { $0.index > zone.rows.upperBound && $0.column(.name) != nil }?.index ?? Int.max
            let merged = sheet.view.grid.merges.filter {
                $0.left == nameColumn && $0.top > zone.rows.upperBound && $0.top < next && $0.bottom - $0.top == 1
            }
            let both = merged.filter { merge in
                [merge.top, merge.bottom].allSatisfy { row in
                    sheet.view.row(row)?.cells.contains { $0.column >= firstDay && !$0.value.isBlank } ?? false
                }
            }
            guard !both.isEmpty, both.count * 2 >= merged.count else { return nil }
            evidence = BilingualText(
                zh: "姓名合并两行，上行为上午、下行为下午", en: "names merged over two rows, morning above afternoon")
        }
        let days = GridColumns.wholeDays(zone, in: sheet)
        return RecognisedBlock(
            layout: self, score: 80, evidence: [evidence], headingRows: zone.rows, columns: columns,
            headings: zone.headings, days: days)
    }

    func read(_ input: BlockInput, marks: inout MarkReader) -> [AttendanceRow] {
        let people = PersonRow(input: input)
        let view = input.sheet.view
        let dates = GridColumns.dates(input)
        let halfColumn = input.block.columns[.half]
        var rows: [AttendanceRow] = []
        var done: Set<Int> = []
        let body = GridColumns.bodyRows(input)
        func half(_ row: Int) -> DayHalf? {
            halfColumn.flatMap { view.text(row, $0) }.flatMap { HalfWord.read($0.text) }
        }
        for index in body where !done.contains(index) {
            guard let name = people.name(at: index), !rows.contains(where: { $0.name.cell == name.cell }) else {
                continue
            }
            let top = name.cell.row
            // The row of the other half: under the merged name, or next to it without a name or with the same.
            var second: Int?
            if let merge = view.merge(top, name.cell.column), merge.bottom > merge.top {
                second = top + 1
            } else if let next = view.row(top + 1), input.body.contains(top + 1), half(top) != nil,
                half(top + 1) != nil,
                half(top) != half(top + 1)
            {
                let other = next.cell(name.cell.column)
                if other == nil || other!.value.isBlank
                    || PersonName(other!.value.display).key == PersonName(name.text).key
                {
                    second = top + 1
                }
            }
            var person = people.start(name, at: top)
            done.insert(top)
            if let second { done.insert(second) }
            if let second, view.row(second)?.isHidden ?? false { people.hide(&person) }
            let isReversed = half(top) == .afternoon || (half(top) == nil && second.flatMap(half) == .morning)
            let morningRow = isReversed ? second : top
            let afternoonRow = isReversed ? top : second
            for (day, date) in dates {
                func at(_ row: Int?) -> (cell: Cell?, address: CellAddress) {
                    guard let row else { return (nil, CellAddress(row: top, column: day.column)) }
                    if let found = view.cell(row, day.column) { return (found.cell, found.address) }
                    return (nil, CellAddress(row: row, column: day.column))
                }
                let morning = at(morningRow)
                let afternoon = at(afternoonRow)
                if let date {
                    people.add(
                        morning: marks.readHalf(morning.cell), morning, afternoon: marks.readHalf(afternoon.cell),
                        afternoon,
                        date: date, person: &person)
                } else {
                    let text = [morning, afternoon].compactMap { $0.cell?.value.display }.first ?? ""
                    people.impossible(
                        text, day: "\(day.day)", at: morning.cell == nil ? afternoon.address : morning.address,
                        person: &person)
                }
            }
            rows.append(person)
        }
        return rows
    }
}
