import Domain
import Tables

/// Where a month may be told, the nearest first. Source: spec §5.1.
enum MonthSourceKind: Int, Comparable {
    case title, cell, dates, inherited, sheetName, fileName, folder

    static func < (left: MonthSourceKind, right: MonthSourceKind) -> Bool { left.rawValue < right.rawValue }

    var name: BilingualText {
        switch self {
        case .title: BilingualText(zh: "标题", en: "title")
        case .cell: BilingualText(zh: "月份栏", en: "month cell")
        case .dates: BilingualText(zh: "日期栏", en: "dates")
        case .inherited: BilingualText(zh: "表首标题", en: "title of the sheet")
        case .sheetName: BilingualText(zh: "工作表名", en: "sheet name")
        case .fileName: BilingualText(zh: "文件名", en: "file name")
        case .folder: BilingualText(zh: "文件夹", en: "folder")
        }
    }
}

/// What one place says of the month.
struct MonthSource {
    var kind: MonthSourceKind
    var reading: MonthReading
    var cell: CellAddress?
}

/// The months of a table, and to which of them its days belong.
struct BlockMonths {
    /// Ascending; empty where none is known.
    var periods: [Period] = []
    /// Months of runs of days whose headings name none.
    var ofRun: [Int: Period] = [:]
    /// Runs of which nothing tells the month.
    var ambiguousRuns: [Int] = []
    /// Where the month was read.
    var source: MonthSource?
    /// What title and month cell say, for blocks below that say nothing.
    var title: MonthReading?
    var refusal: Refusal?
    /// Another source that disagrees.
    var conflict: MonthSource?
    /// Days of the month that title or name speak of; nil for all.
    var span: ClosedRange<Int>?

    enum Refusal {
        case unknown
        /// A month, and nowhere a year.
        case noYear(Int)
        /// Several months are named and nothing says which days are whose.
        case several(MonthReading)
        /// The dates of the days are of other months than the title.
        case dates(MonthReading)
    }

    var period: Period? { periods.first }

    /// Title or month cell alone tell it.
    var isNamedInSheet: Bool {
        guard let source, source.kind <= .cell, refusal == nil, periods.count == 1 else { return false }
        return (source.reading.months.last?.year ?? source.reading.year) != nil && ambiguousRuns.isEmpty
            && ofRun.count <= 1
    }
}

extension BlockInput {
    /// Where a day belongs.
    enum Place {
        case date(CivilDate)
        /// A day that its month does not have, or of a month that the table has nothing to do with.
        case impossible(Period)
        /// Nothing tells its month; said once for the table.
        case ambiguous
    }

    /// The place of a day whose heading or cell may name its own month and year.
    func place(year: Int?, month: Int?, day: Int, run: Int?) -> Place {
        let period: Period
        if let month {
            guard let found = months.periods.first(where: { $0.month == month && (year == nil || $0.year == year) })
            else { return months.periods.last.map(Place.impossible) ?? .ambiguous }
            period = found
        } else if let run, months.ambiguousRuns.contains(run) {
            return .ambiguous
        } else if let found = run.flatMap({ months.ofRun[$0] }) ?? (months.periods.count == 1 ? months.periods[0] : nil)
        {
            period = found
        } else {
            return .ambiguous
        }
        return period.date(day: day).map(Place.date) ?? .impossible(period)
    }
}
