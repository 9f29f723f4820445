import Domain
import Tables

/// Tables that stand beside each other under one line of headings: 日期 姓名 考勤 | 日期 姓名 考勤. Source: spec §5.4.
enum ColumnGroups {
    /// Ranges of columns, one a table, from left to right.
    static func ranges(_ frame: HeadingFrame, in sheet: AttendanceSheet) -> [ClosedRange<Int>] {
        let last = max(sheet.lastColumn, 0)
        let whole = [0...last]
        let names = columns(.name, frame, sheet)
        let dates = columns(.date, frame, sheet).filter { holdsDays($0, frame, sheet) }
        if names.count > 1 {
            let split = ranges(splitAt: names, frame, sheet, last)
            if split.allSatisfy({ isTable($0, frame, sheet, hasNames: true) }) { return split }
        } else if dates.count > 1, names.isEmpty, columns(.mark, frame, sheet).isEmpty, frame.lines.isEmpty,
            !hasHalves(frame, sheet)
        {
            // Days down, people across, twice: each 日期 heads its own half of the month.
            return zip(dates, Array(dates.dropFirst()) + [last + 1]).enumerated().map { place, ends in
                (place == 0 ? 0 : ends.0)...(ends.1 - 1)
            }
        }
        return whole
    }

    /// Columns headed exactly by a field, none of them a merged neighbour of the one before.
    private static func columns(_ field: FieldID, _ frame: HeadingFrame, _ sheet: AttendanceSheet) -> [Int] {
        var columns: Set<Int> = []
        for row in frame.rows { columns.formUnion(sheet.profile(row)?.columns(field) ?? []) }
        return columns.sorted()
    }

    /// Whether days stand under the heading; 时间 over 上午, 下午 heads none.
    private static func holdsDays(_ column: Int, _ frame: HeadingFrame, _ sheet: AttendanceSheet) -> Bool {
        (1...6).contains { step in
            sheet.view.row(frame.rows.upperBound + step)?.cell(column).flatMap { DayHeading.read($0.value, place: 0) }
                != nil
        }
    }

    private static func hasHalves(_ frame: HeadingFrame, _ sheet: AttendanceSheet) -> Bool {
        frame.rows.contains { row in
            sheet.view.row(row)?.cells.contains {
                if case .text(let text) = $0.value { HalfWord.read(text) != nil } else { false }
            } ?? false
        }
    }

    /// Each further table begins with the headings that stand before the first one's names.
    private static func ranges(
        splitAt names: [Int], _ frame: HeadingFrame, _ sheet: AttendanceSheet, _ last: Int
    ) -> [ClosedRange<Int>] {
        var before: Set<String> = []
        for column in 0..<names[0] {
            for row in frame.rows {
                if let text = sheet.view.text(row, column)?.text { before.insert(HeadingText.key(text)) }
            }
        }
        var starts = [0]
        for (place, name) in names.enumerated().dropFirst() {
            var start = name
            while start - 1 > names[place - 1],
                frame.rows.contains(where: { row in
                    sheet.view.text(row, start - 1).map { before.contains(HeadingText.key($0.text)) } ?? false
                })
            {
                start -= 1
            }
            starts.append(start)
        }
        return starts.enumerated().map { place, start in
            start...(place + 1 < starts.count ? starts[place + 1] - 1 : max(last, start))
        }
    }

    /// Whether a range has days, dates with marks, or figures of its own.
    private static func isTable(
        _ range: ClosedRange<Int>, _ frame: HeadingFrame, _ sheet: AttendanceSheet, hasNames: Bool
    ) -> Bool {
        let hasDays = frame.lines.contains { line in
            line.days.runs.contains { run in run.filter { range.contains($0.place) }.count >= 3 }
        }
        if hasDays { return true }
        var fields: Set<FieldID> = []
        var hasFigure = false
        for row in frame.rows {
            for hit in sheet.profile(row)?.hits ?? [] where range.contains(hit.column) { fields.insert(hit.field) }
            for cell in sheet.view.row(row)?.cells ?? [] where range.contains(cell.column) {
                if case .text(let text) = cell.value, FigureMeaning.read(text) != nil { hasFigure = true }
                if case .text(let text) = cell.value, HalfWord.read(text) != nil { fields.insert(.half) }
            }
        }
        if fields.contains(.date) { return fields.contains(.mark) || fields.contains(.half) || hasFigure }
        return frame.lines.isEmpty && (hasFigure || fields.contains(.leaveRanges))
    }
}
