import Domain
import Tables

/// Decides the months of a table from everything that names one. Source: spec §5.1, §5.4.
///
/// Title, month cell, dates of the days, sheet name, file name, folders, in this order; a month without a year takes it
/// from the next. Runs of days without a month of their own go to the months that ranges or arithmetic give them.
struct MonthPlan {
    /// In order.
    let sources: [MonthSource]
    let runs: [DayRun]

    init(_ sources: [MonthSource], runs: [DayRun]) {
        self.runs = runs
        var all = sources
        let dated = MonthPlan.dated(runs)
        if dated.count == 1 {
            let place = all.firstIndex { $0.kind > .dates } ?? all.count
            all.insert(
                MonthSource(kind: .dates, reading: MonthReading(year: dated[0].year, month: dated[0].month), cell: nil),
                at: place)
        }
        self.sources = all
    }

    /// Months that days name themselves, none twice, ascending.
    private static func dated(_ runs: [DayRun]) -> [NamedMonth] {
        var months: [NamedMonth] = []
        for run in runs {
            guard let month = run.month else { continue }
            if let place = months.firstIndex(where: {
                $0.month == month && ($0.year == run.year || run.year == nil || $0.year == nil)
            }) {
                months[place].year = months[place].year ?? run.year
            } else {
                months.append(NamedMonth(year: run.year, month: month))
            }
        }
        return months.sorted { ($0.year ?? 0, $0.month) < ($1.year ?? 0, $1.month) }
    }

    func months() -> BlockMonths {
        var found = BlockMonths()
        let titles = sources.filter { $0.kind == .title || $0.kind == .cell }
        found.title =
            titles.first { !$0.reading.months.isEmpty }?.reading ?? titles.first { $0.reading.year != nil }?.reading
        found.span = span()
        let dated = MonthPlan.dated(runs)
        guard let chosen = sources.first(where: { isUsable($0.reading) }) else {
            if dated.count > 1 { return ownMonths(dated, found) }
            found.refusal = sources.first { !$0.reading.months.isEmpty }.map { .several($0.reading) } ?? .unknown
            return found
        }
        if chosen.kind >= .dates, dated.count > 1 { return ownMonths(dated, found) }
        found.source = chosen
        guard let main = main(chosen) else {
            found.refusal = .noYear(chosen.reading.months.last?.month ?? 1)
            return found
        }
        assign(main, chosen, dated, &found)
        if found.refusal == nil { found.conflict = conflict(chosen, found) }
        return found
    }

    /// Days that all name their months and no title that names one: each is a month of its own.
    private func ownMonths(_ dated: [NamedMonth], _ found: BlockMonths) -> BlockMonths {
        var found = found
        let year = sources.lazy.compactMap(\.reading.year).first
        found.periods = dated.compactMap { $0.with(year: year).period }.sorted()
        found.source = MonthSource(kind: .dates, reading: .nothing, cell: nil)
        if found.periods.isEmpty { found.refusal = .noYear(dated[0].month) }
        return found
    }

    // MARK: Which source

    /// Whether what a source says is enough: one month, or several that the runs of days can be shared among.
    private func isUsable(_ reading: MonthReading) -> Bool {
        if reading.months.count == 1 { return true }
        guard reading.months.count > 1 else { return false }
        let bare = runs.filter { $0.month == nil }
        if bare.isEmpty {
            let dated = MonthPlan.dated(runs)
            return dated.count > 1 && dated.contains { month in reading.months.contains { $0.month == month.month } }
        }
        return bare.count == reading.months.count
    }

    /// The month that a source is about, with its year: the only one, of several the last.
    private func main(_ chosen: MonthSource) -> NamedMonth? {
        guard let month = chosen.reading.months.last else { return nil }
        let place = sources.firstIndex { $0.kind == chosen.kind && $0.cell == chosen.cell } ?? 0
        let year =
            month.year ?? chosen.reading.year ?? sources[place...].lazy.compactMap(\.reading.year).first
            ?? sources[..<place].reversed().lazy.compactMap(\.reading.year).first
        return year.map { NamedMonth(year: $0, month: month.month) }
    }

    // MARK: Which days

    private func assign(_ main: NamedMonth, _ chosen: MonthSource, _ dated: [NamedMonth], _ found: inout BlockMonths) {
        guard let period = main.period else { return }
        var named = chosen.reading.months.map { month -> NamedMonth in
            if month.year != nil { return month }
            // 12月26日—1月25日 of January 2019 began the year before.
            return NamedMonth(year: month.month > main.month ? (main.year ?? 0) - 1 : main.year, month: month.month)
        }.compactMap(\.period)
        if named.isEmpty { named = [period] }
        let bare = runs.filter { $0.month == nil }
        let isStrong = chosen.kind < .dates || chosen.kind == .inherited
        let ownDates = dated.map { $0.with(year: year(of: $0, near: period)) }.compactMap(\.period)
        if isStrong, !ownDates.isEmpty, bare.isEmpty, Set(ownDates).isDisjoint(with: named) {
            found.refusal = .dates(MonthReading(year: ownDates[0].year, month: ownDates[0].month))
            return
        }
        var periods = named.filter { named.count == 1 || ownDates.isEmpty || ownDates.contains($0) || !bare.isEmpty }
        for other in ownDates where !periods.contains(other) && isCycle(other, with: periods) { periods.append(other) }
        for (run, month) in months(ofBare: bare, named, period) {
            if let month {
                found.ofRun[run] = month
                if !periods.contains(month) { periods.append(month) }
            } else {
                found.ambiguousRuns.append(run)
            }
        }
        if periods.count > 1, !bare.isEmpty {
            // Months that no run of days belongs to are none of the table's.
            let used = Set(found.ofRun.values).union(ownDates)
            periods = periods.filter(used.contains)
        }
        if periods.isEmpty { periods = [period] }
        found.periods = periods.sorted()
    }

    private func year(of month: NamedMonth, near period: Period) -> Int {
        if month.month == 12, period.month == 1 { return period.year - 1 }
        if month.month == 1, period.month == 12 { return period.year + 1 }
        return period.year
    }

    /// Whether days of another month complete the named month's: from the 26th on before it, to the 25th after it.
    private func isCycle(_ other: Period, with named: [Period]) -> Bool {
        func days(_ period: Period) -> (first: Int, last: Int)? {
            let own = runs.filter { $0.month == period.month && ($0.year == nil || $0.year == period.year) }
            guard let first = own.map(\.first).min(), let last = own.map(\.last).max() else { return nil }
            return (first, last)
        }
        return named.contains { period in
            guard let mine = days(period), let others = days(other) else { return false }
            if other.next == period { return others.first >= 16 && mine.last < others.first }
            if period.next == other { return mine.first >= 16 && others.last < mine.first }
            return false
        }
    }

    /// Months of runs that name none; nil where nothing tells.
    private func months(ofBare bare: [DayRun], _ named: [Period], _ period: Period) -> [(run: Int, month: Period?)] {
        if bare.isEmpty { return [] }
        if bare.count == 1 { return [(bare[0].id, bare[0].month == nil && named.count == 1 ? named[0] : nil)] }
        if named.count == bare.count, zip(named, bare).allSatisfy({ $0.dayCount >= $1.last }) {
            return zip(named, bare).map { ($1.id, $0) }
        }
        guard bare.count == 2, bare[0].first > bare[1].last else { return bare.map { ($0.id, nil) } }
        // 26…31, 1…25: the first part ends with its month.
        let spans = sources.compactMap(\.reading.span)
        if let last = spans.lazy.compactMap(\.lastMonth).first, let first = spans.lazy.compactMap(\.firstMonth).first,
            first.month != last.month
        {
            let end = last.month == period.month ? period : last.month == period.next.month ? period.next : nil
            if let end, end.previous.month == first.month { return [(bare[0].id, end.previous), (bare[1].id, end)] }
        }
        if spans.contains(where: \.beginsInMonthBefore) {
            return [(bare[0].id, period.previous), (bare[1].id, period)]
        }
        // Where both months would end so, only the township knows.
        let endsBefore = bare[0].last == period.previous.dayCount && bare[0].last != period.dayCount
        if endsBefore { return [(bare[0].id, period.previous), (bare[1].id, period)] }
        return bare.map { ($0.id, nil) }
    }

    // MARK: Disagreement

    private func conflict(_ chosen: MonthSource, _ found: BlockMonths) -> MonthSource? {
        guard let place = sources.firstIndex(where: { $0.kind == chosen.kind && $0.cell == chosen.cell }) else {
            return nil
        }
        return sources[(place + 1)...].first { other in
            guard other.kind != .inherited, let month = other.reading.month else { return false }
            let named = other.reading.months[0]
            return !found.periods.contains { $0.month == month && (named.year == nil || $0.year == named.year) }
        }
    }

    /// Days that title or names speak of, where they name a part of the month in days or words.
    private func span() -> ClosedRange<Int>? {
        let told = sources.filter { $0.kind != .folder && $0.kind != .dates }
        guard let span = told.lazy.compactMap(\.reading.span).first, span.firstMonth == span.lastMonth,
            !span.beginsInMonthBefore, span.first <= span.last
        else { return nil }
        return span.first...span.last
    }
}
