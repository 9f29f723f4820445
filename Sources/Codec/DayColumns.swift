import Domain
import Matching

// The days of a row, column by column: a month of marks is a few runs of numbers and a byte a day. A province year has
// two million days, which are packed and unpacked twice on their way to pay.

/// Before the number of days where they stand in columns; what an earlier version kept begins with that number.
private let columnsMark = -1

extension PackWriter {
    /// Numbers as runs of one step: count, first, step.
    fileprivate mutating func write(runs count: Int, _ value: (Int) -> Int) {
        var start = 0
        while start < count {
            let first = value(start)
            let step = start + 1 < count ? value(start + 1) &- first : 0
            var end = start + 1
            while end < count, value(end) == first &+ step &* (end - start) { end += 1 }
            write(end - start)
            write(first)
            write(step)
            start = end
        }
    }

    /// Texts as a palette and a byte each, or one by one where there are too many.
    fileprivate mutating func write(texts count: Int, _ value: (Int) -> String) {
        var palette: [String] = []
        var indexes: [UInt8] = []
        indexes.reserveCapacity(count)
        for position in 0..<count {
            let text = value(position)
            if let known = palette.firstIndex(where: { Array.isSameBytes($0, text) }) {
                indexes.append(UInt8(known))
            } else if palette.count < 16 {
                indexes.append(UInt8(palette.count))
                palette.append(text)
            } else {
                write(-1)
                for position in 0..<count { write(value(position)) }
                return
            }
        }
        write(palette)
        for index in indexes { write(index) }
    }

    /// The cells of halves that have their own; nothing but a mark where none has.
    fileprivate mutating func write(cells count: Int, _ value: (Int) -> CellAddress?) {
        let own = (0..<count).filter { value($0) != nil }
        write(own.count)
        if own.isEmpty { return }
        write(runs: own.count) { own[$0] }
        write(runs: own.count) { value(own[$0])?.row ?? 0 }
        write(runs: own.count) { value(own[$0])?.column ?? 0 }
    }

    private mutating func write(
        halves count: Int, date: (Int) -> CivilDate, statuses: (Int) -> (AttendanceStatus, AttendanceStatus),
        cell: (Int) -> CellAddress
    ) {
        write(columnsMark)
        write(count)
        write(runs: count) { Int(date($0).dayNumber) }
        for position in 0..<count {
            let (morning, afternoon) = statuses(position)
            write(StatusCode.number(morning) << 4 | StatusCode.number(afternoon))
        }
        write(runs: count) { cell($0).row }
        write(runs: count) { cell($0).column }
    }

    mutating func write(columns days: [DayMark]) {
        guard days.count <= PackReader.columnDaysMax else { return write(days) }
        write(
            halves: days.count, date: { days[$0].date }, statuses: { (days[$0].morning, days[$0].afternoon) },
            cell: { days[$0].cell })
        write(texts: days.count) { days[$0].text }
        write(cells: days.count) { days[$0].afternoonCell }
        let unnamed = days.indices.filter { days[$0].isUnnamedHalf }
        write(unnamed.count)
        for index in unnamed { write(index) }
    }

    mutating func write(columns days: [DayOutcome]) {
        guard days.count <= PackReader.columnDaysMax else { return write(days) }
        write(
            halves: days.count, date: { days[$0].date }, statuses: { (days[$0].morning, days[$0].afternoon) },
            cell: { days[$0].cell })
        write(texts: days.count) { days[$0].text }
        write(cells: days.count) { days[$0].afternoonCell }
        write(runs: days.count) { days[$0].counted.count }
        write(texts: days.count) { days[$0].township }
        write(texts: days.count) { days[$0].village }
        let excluded = days.indices.filter { days[$0].exclusion != nil }
        write(excluded.count)
        for index in excluded {
            write(index)
            write(days[index].exclusion?.rawValue ?? "")
        }
    }
}

extension Array where Element == UInt8 {
    /// What was sent is kept as sent: texts that Unicode calls equal are two.
    fileprivate static func isSameBytes(_ left: String, _ right: String) -> Bool {
        var (left, right) = (left, right)
        return left.withUTF8 { left in right.withUTF8 { right in left.elementsEqual(right) } }
    }
}

extension PackReader {
    /// Rows of more days than this keep them one by one.
    static let columnDaysMax = 4096

    private mutating func runs(_ count: Int) throws(PackingError) -> [Int] {
        var values: [Int] = []
        values.reserveCapacity(count)
        while values.count < count {
            let length = try int()
            guard length > 0, length <= count - values.count else { throw PackingError(what: "run") }
            let first = try int()
            let step = try int()
            for index in 0..<length { values.append(first &+ step &* index) }
        }
        return values
    }

    private mutating func texts(_ count: Int) throws(PackingError) -> [String] {
        let size = try int()
        var values: [String] = []
        values.reserveCapacity(count)
        if size < 0 {
            for _ in 0..<count { values.append(try string()) }
            return values
        }
        guard size <= 16 else { throw PackingError(what: "palette") }
        var palette: [String] = []
        for _ in 0..<size { palette.append(try string()) }
        for _ in 0..<count {
            let index = Int(try byte())
            guard index < palette.count else { throw PackingError(what: "palette") }
            values.append(palette[index])
        }
        return values
    }

    private mutating func cells(_ count: Int) throws(PackingError) -> [Int: CellAddress] {
        let own = try int()
        guard own >= 0, own <= count else { throw PackingError(what: "cells") }
        if own == 0 { return [:] }
        let (positions, rows, columns) = (try runs(own), try runs(own), try runs(own))
        var cells: [Int: CellAddress] = [:]
        for index in 0..<own { cells[positions[index]] = CellAddress(row: rows[index], column: columns[index]) }
        return cells
    }

    private mutating func indexes(below count: Int) throws(PackingError) -> [Int] {
        let size = try int()
        guard size >= 0, size <= count else { throw PackingError(what: "indexes") }
        var indexes: [Int] = []
        for _ in 0..<size { indexes.append(try index(below: count)) }
        return indexes
    }

    private mutating func index(below count: Int) throws(PackingError) -> Int {
        let index = try int()
        guard index >= 0, index < count else { throw PackingError(what: "index") }
        return index
    }

    /// What days of marks and of outcomes have in common.
    private struct Halves {
        var count: Int
        var dates: [Int]
        var statuses: [UInt8]
        var rows: [Int]
        var columns: [Int]

        func date(_ index: Int) -> CivilDate { CivilDate(dayNumber: Int32(truncatingIfNeeded: dates[index])) }
        func morning(_ index: Int) throws(PackingError) -> AttendanceStatus {
            try StatusCode.status(statuses[index] >> 4)
        }
        func afternoon(_ index: Int) throws(PackingError) -> AttendanceStatus {
            try StatusCode.status(statuses[index] & 15)
        }
        func cell(_ index: Int) -> CellAddress { CellAddress(row: rows[index], column: columns[index]) }
    }

    private mutating func halves() throws(PackingError) -> Halves {
        let count = try int()
        guard count >= 0, count <= PackReader.columnDaysMax else { throw PackingError(what: "days") }
        let dates = try runs(count)
        var statuses: [UInt8] = []
        statuses.reserveCapacity(count)
        for _ in 0..<count { statuses.append(try byte()) }
        return Halves(count: count, dates: dates, statuses: statuses, rows: try runs(count), columns: try runs(count))
    }

    mutating func dayMarks() throws(PackingError) -> [DayMark] {
        let count = try int()
        guard count == columnsMark else { return try array(DayMark.self, count: count) }
        let halves = try halves()
        let texts = try texts(halves.count)
        let afternoons = try cells(halves.count)
        var days: [DayMark] = []
        days.reserveCapacity(halves.count)
        for index in 0..<halves.count {
            days.append(
                DayMark(
                    date: halves.date(index), morning: try halves.morning(index),
                    afternoon: try halves.afternoon(index), text: texts[index], cell: halves.cell(index),
                    afternoonCell: afternoons.isEmpty ? nil : afternoons[index]))
        }
        for index in try indexes(below: halves.count) { days[index].isUnnamedHalf = true }
        return days
    }

    mutating func dayOutcomes() throws(PackingError) -> [DayOutcome] {
        let count = try int()
        guard count == columnsMark else { return try array(DayOutcome.self, count: count) }
        let halves = try halves()
        let texts = try texts(halves.count)
        let afternoons = try cells(halves.count)
        let counted = try runs(halves.count)
        let townships = try self.texts(halves.count)
        let villages = try self.texts(halves.count)
        var days: [DayOutcome] = []
        days.reserveCapacity(halves.count)
        for index in 0..<halves.count {
            days.append(
                DayOutcome(
                    date: halves.date(index), morning: try halves.morning(index),
                    afternoon: try halves.afternoon(index), text: texts[index], cell: halves.cell(index),
                    afternoonCell: afternoons.isEmpty ? nil : afternoons[index], counted: HalfDays(counted[index]),
                    township: townships[index], village: villages[index]))
        }
        let excluded = try int()
        guard excluded >= 0, excluded <= halves.count else { throw PackingError(what: "exclusions") }
        for _ in 0..<excluded {
            let index = try index(below: halves.count)
            days[index].exclusion = try raw(FindingCode.self)
        }
        return days
    }
}
