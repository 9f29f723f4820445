import Domain
import Tables

/// Stated figures of a table: which one is what was worked, and whether the others agree with their own marks.
///
/// By meaning, place and arithmetic, never by the first word that fits. Source: spec §5.4.
struct Figures {
    /// Whether days are marked beside the figures.
    let hasMarks: Bool
    let file: String
    let sheet: String
    /// What else was weighed, for `inspect`.
    private(set) var weighed: [WeighedCandidate] = []
    /// The figure that was taken as worked: its column, or its row.
    private(set) var worked: FigureLine?
    /// Figures are there, none of which is what was worked.
    private(set) var lacksWorked: FigureLine?
    /// Columns of figures that stand behind a stretch of the days each.
    private var stretches: Set<Int> = []

    init(hasMarks: Bool, file: String, sheet: String) {
        self.hasMarks = hasMarks
        self.file = file
        self.sheet = sheet
    }

    /// Gives each person the worked figure and says which figures disagree.
    mutating func settle(_ people: inout [PersonReading], _ lines: [FigureLine]) {
        guard !lines.isEmpty || people.contains(where: { !$0.figures.isEmpty }) else { return }
        choose(people, lines)
        for index in people.indices {
            if let worked, let figure = people[index].figures.first(where: { Figures.isSame($0.line, worked) }) {
                people[index].row.total = figure.total
                if figure.isUncached {
                    people[index].row.findings.append(
                        finding(hasMarks ? .uncachedTotal : .uncachedFormula, figure, people[index]))
                }
            }
            for figure in people[index].figures
            where figure.isUncached && !(worked.map { Figures.isSame(figure.line, $0) } ?? false) {
                people[index].row.findings.append(
                    finding(.uncachedBeside, figure, people[index], [TextFolding.key(figure.line.heading.text)]))
            }
            check(&people[index])
        }
    }

    /// Whether a figure counts the days since the one of the same words before it.
    private func isStretch(_ line: FigureLine) -> Bool { stretches.contains(line.index) }

    /// The same column, or (on one person's sheet, where each has rows of its own) the same words.
    private static func isSame(_ left: FigureLine, _ right: FigureLine) -> Bool {
        left.index == right.index
            || (left.meaning == right.meaning
                && TextFolding.key(left.heading.text) == TextFolding.key(right.heading.text))
    }

    private func finding(
        _ reason: FindingReason, _ figure: FigureReading, _ person: PersonReading, _ arguments: [String] = []
    ) -> Finding {
        Finding(
            reason, file: file, sheet: sheet, cell: figure.cell, person: TextFolding.trimmed(person.row.name.text),
            value: figure.text, arguments: arguments)
    }

    // MARK: Which figure is worked

    private mutating func choose(_ people: [PersonReading], _ lines: [FigureLine]) {
        var all: [FigureLine] = []
        for line in lines + people.flatMap({ $0.figures.map(\.line) })
        where !line.isAmongDays && !all.contains(where: { Figures.isSame($0, line) }) {
            all.append(line)
        }
        func fits(_ line: FigureLine) -> Int {
            people.reduce(0) { count, person in
                guard let stated = person.figures.first(where: { Figures.isSame($0.line, line) })?.halfDays else {
                    return count
                }
                return count + (stated == person.sums.present || stated == person.sums.stationed ? 1 : 0)
            }
        }
        takeStretches(&all, lines.filter(\.isAmongDays))
        let worked = all.filter { $0.meaning == .worked }
        let sums = all.filter { $0.meaning == .sum }
        if !worked.isEmpty {
            self.worked = worked.count == 1 ? worked[0] : best(worked, fits)
        } else if hasMarks {
            if let found = sums.count == 1 ? sums[0] : best(sums, fits) {
                let isPlainSum = fits(found) == 0 && !people.isEmpty && people.allSatisfy { isPlain(found, $0) }
                self.worked = isPlainSum ? nil : found
            }
        } else if let found = sums.last {
            let others = all.contains { $0.meaning != .sum && $0.meaning != .other }
            let isPlainSum = others && people.contains { isSumOfOthers(found, $0) }
            self.worked = isPlainSum ? nil : found
        }
        if self.worked == nil, !hasMarks { lacksWorked = all.first }
        explain(all)
    }

    /// 小计 behind the last week as behind those before it, 出勤天数 behind each of two months: figures of their stretch.
    private mutating func takeStretches(_ all: inout [FigureLine], _ among: [FigureLine]) {
        for line in all where line.meaning == .worked || line.meaning == .sum {
            let twins = among.filter {
                $0.meaning == line.meaning && TextFolding.key($0.heading.text) == TextFolding.key(line.heading.text)
            }
            if !twins.isEmpty { stretches.formUnion((twins + [line]).map(\.index)) }
        }
        all.removeAll(where: isStretch)
    }

    /// The one that agrees with the marks in most rows; of equal ones the last.
    private func best(_ lines: [FigureLine], _ fits: (FigureLine) -> Int) -> FigureLine? {
        lines.max { (fits($0), $0.index) < (fits($1), $1.index) }
    }

    /// A sum of every kind of mark, or of the figures beside it.
    private func isPlain(_ line: FigureLine, _ person: PersonReading) -> Bool {
        guard let figure = person.figures.first(where: { Figures.isSame($0.line, line) }) else { return true }
        return agrees(figure, person)
    }

    private func isSumOfOthers(_ line: FigureLine, _ person: PersonReading) -> Bool {
        guard let stated = person.figures.first(where: { Figures.isSame($0.line, line) })?.halfDays, stated > .zero
        else { return false }
        let parts = person.figures.filter { figure in
            if case .status = figure.line.meaning { return true }
            return figure.line.meaning == .notWorked
        }.compactMap(\.halfDays)
        return parts.count > 0 && parts.reduce(.zero, +) == stated
    }

    private mutating func explain(_ all: [FigureLine]) {
        for line in all {
            let isTaken = worked.map { Figures.isSame($0, line) } ?? false
            weighed.append(
                WeighedCandidate(
                    subject: .total, what: BilingualText(zh: line.heading.text, en: line.heading.text),
                    cell: line.heading.cell,
                    reason: isTaken ? nil : line.meaning.notWorkedBecause))
        }
    }

    // MARK: Whether figures agree

    private func check(_ person: inout PersonReading) {
        // Words in place of marks are nothing that a figure could be checked against.
        guard hasMarks, !person.row.findings.contains(where: { $0.reason == .presenceStated }) else {
            checkWithoutMarks(&person)
            return
        }
        for figure in person.figures
        where !(worked.map { Figures.isSame($0, figure.line) } ?? false) && !figure.line.isAmongDays
            && !isStretch(figure.line)
        {
            guard let stated = figure.halfDays else { continue }
            if figure.line.meaning == .worked {
                guard stated != person.sums.present, stated != person.sums.stationed else { continue }
                person.row.findings.append(
                    finding(.totalMismatch, figure, person, [stated.daysText, person.sums.present.daysText, ""]))
            } else if !agrees(figure, person) {
                person.row.findings.append(
                    finding(
                        .figureMismatch, figure, person,
                        [TextFolding.key(figure.line.heading.text), stated.daysText, expectation(figure, person)]))
            }
        }
        checkWeeks(&person)
    }

    /// Two figures of what was worked that differ: neither can be believed.
    private func checkWithoutMarks(_ person: inout PersonReading) {
        guard let total = person.row.total?.halfDays else { return }
        for figure in person.figures where figure.line.meaning == .worked {
            guard let stated = figure.halfDays, stated != total else { continue }
            person.row.findings.append(finding(.totalMismatch, figure, person, [stated.daysText, total.daysText, ""]))
            person.row.total?.halfDays = nil
            return
        }
    }

    private func agrees(_ figure: FigureReading, _ person: PersonReading) -> Bool {
        guard let stated = figure.halfDays else { return true }
        let sums = person.sums
        let calendar = HalfDays.days(sums.days)
        switch figure.line.meaning {
        case .worked: return stated == sums.present || stated == sums.stationed
        case .other: return true
        case .running: return stated >= (person.row.total?.halfDays ?? sums.present)
        case .due: return stated >= sums.present && stated <= max(calendar, HalfDays.days(31))
        case .status(let status): return possible(status, person).contains(stated)
        case .notWorked: return possibleAbsences(person).contains(stated)
        case .sum:
            let parts = person.figures.filter {
                $0.line.meaning != .sum && $0.line.meaning != .due && $0.line.meaning != .running
                    && !$0.line.isAmongDays
            }
            let all = parts.compactMap(\.halfDays).reduce(.zero, +)
            let marked = sums.marked
            return [
                all, sums.present, sums.stationed, marked, HalfDays.days(sums.markedDays), HalfDays.days(sums.dueDays),
                calendar,
            ]
            .contains(stated) || person.figures.contains { $0.line.meaning == .due && $0.halfDays == stated }
        }
    }

    /// Sums of its own marks; kinds that no figure of their own counts may be in it.
    private func possible(_ status: AttendanceStatus, _ person: PersonReading) -> [HalfDays] {
        let sums = person.sums
        let relatives: [AttendanceStatus: [AttendanceStatus]] = [
            .leave: [.sick, .withdrawn], .official: [.training, .withdrawn], .absent: [.withdrawn], .rest: [.blank],
        ]
        var own = sums[status]
        var possible = [HalfDays(own)]
        for other in relatives[status] ?? []
        where !person.figures.contains(where: { $0.line.meaning == .status(other) }) {
            possible.append(HalfDays(sums[status] + sums[other]))
            own += sums[other]
            possible.append(HalfDays(own))
        }
        return status == .rest ? possible + [HalfDays(sums[.blank])] : possible
    }

    /// Due days not worked: due less worked where the sheet says what was due, else what its marks can mean by it.
    private func possibleAbsences(_ person: PersonReading) -> [HalfDays] {
        let sums = person.sums
        let due = person.figures.first { $0.line.meaning == .due }?.halfDays
        if let due { return [due - sums.present, due - sums.stationed] }
        let absences = HalfDays(sums[.leave] + sums[.sick] + sums[.absent] + sums[.withdrawn])
        return [
            absences, absences + HalfDays(sums[.official] + sums[.training]), HalfDays(sums[.absent]),
            HalfDays.days(sums.days) - sums.present, HalfDays.days(sums.dueDays) - sums.present, HalfDays(sums[.blank]),
            HalfDays.days(sums.dueDays) - sums.stationed,
        ]
    }

    private func expectation(_ figure: FigureReading, _ person: PersonReading) -> String {
        switch figure.line.meaning {
        case .status(let status): possible(status, person)[0].daysText
        case .notWorked: possibleAbsences(person)[0].daysText
        case .due: "不少于\(person.sums.present.daysText)"
        case .running: "不少于\(person.sums.present.daysText)"
        default: person.sums.present.daysText
        }
    }

    /// Sums among the days: each of the days since the sum before it.
    private func checkWeeks(_ person: inout PersonReading) {
        let weeks = person.figures.filter { $0.line.isAmongDays || isStretch($0.line) }.sorted {
            $0.line.index < $1.line.index
        }
        guard !weeks.isEmpty else { return }
        var start = 0
        for week in weeks {
            var sums = MarkSums()
            var sinceStart = MarkSums()
            for day in person.row.days where day.cell.column < week.line.index {
                sinceStart.add(day.morning, day.afternoon)
                if day.cell.column >= start { sums.add(day.morning, day.afternoon) }
            }
            start = week.line.index
            guard let stated = week.halfDays else { continue }
            let possible: [HalfDays] =
                if week.line.meaning == .worked, isStretch(week.line) {
                    [sums.present, sums.stationed, sinceStart.present, sinceStart.stationed]
                } else if case .status(let status) = week.line.meaning {
                    [HalfDays(sums[status]), HalfDays(sinceStart[status])]
                } else {
                    [
                        sums.present, sums.stationed, sums.marked, sinceStart.present, sinceStart.stationed,
                        sinceStart.marked,
                    ]
                }
            if possible.contains(stated) || week.line.meaning == .due || week.line.meaning == .other { continue }
            if week.line.meaning == .worked, isStretch(week.line) {
                person.row.findings.append(
                    finding(.totalMismatch, week, person, [stated.daysText, possible[0].daysText, ""]))
                continue
            }
            person.row.findings.append(
                finding(
                    .figureMismatch, week, person,
                    [TextFolding.key(week.line.heading.text), stated.daysText, possible[0].daysText]))
        }
    }
}

extension FigureMeaning {
    /// Why a figure is not what was worked, for `inspect`.
    fileprivate var notWorkedBecause: BilingualText {
        switch self {
        case .worked: BilingualText(zh: "另有一栏与逐日记录更一致", en: "another one agrees with the marks in more rows")
        case .due: BilingualText(zh: "应出勤天数不是出勤天数", en: "days due are not days worked")
        case .running: BilingualText(zh: "是累计数", en: "a running sum")
        case .notWorked: BilingualText(zh: "是缺勤天数", en: "due days not worked")
        case .status(let status): BilingualText(zh: "是\(status.chinese)天数", en: "counts \(status.rawValue)")
        case .sum:
            BilingualText(zh: "是各栏之和，或另有出勤天数栏", en: "a sum of the others, or a figure of days worked stands beside it")
        case .other: BilingualText(zh: "不是天数", en: "no days")
        }
    }
}
