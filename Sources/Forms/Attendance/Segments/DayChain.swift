/// Day headings of one line, settled by their places: runs that follow each other, and what fits no run.
///
/// The longest chain of days that can stand so wins; of equal ones that in which days step with their places. What it
/// leaves out is a slip of the hand: nobody knows which day it means. Source: spec §5.7.
struct DayChain {
    /// Runs of ascending days; a new run begins where the days begin anew or another month does.
    var runs: [[DayHeading]] = []
    /// Headings that no run holds.
    var slips: [DayHeading] = []

    init(_ headings: [DayHeading]) {
        if let whole = DayChain.plain(headings) {
            runs = whole.isEmpty ? [] : [whole]
            return
        }
        let chosen = DayChain.longest(headings)
        var place = 0
        for (index, heading) in headings.enumerated() {
            guard place < chosen.count, chosen[place].index == index else {
                slips.append(heading)
                continue
            }
            var settled = heading
            settled.days = [heading.days[chosen[place].option]]
            if place > 0, !chosen[place].begins, let last = runs.last?.last {
                settled.month = settled.month ?? last.month
                settled.year = settled.year ?? last.year
                runs[runs.count - 1].append(settled)
            } else {
                runs.append([settled])
            }
            place += 1
        }
        dropStrays()
    }

    /// Of headings that count down from the month's last day (31 30 … 1): the days as they ascend; nil for all others.
    static func turned(_ headings: [DayHeading]) -> DayChain? {
        guard headings.count >= countedDownMin, headings[0].days[0] > headings[1].days[0],
            zip(headings, headings.dropFirst()).allSatisfy({ left, right in
                left.days[0] == right.days[0] + 1 && left.month == right.month && left.year == right.year
            })
        else { return nil }
        return DayChain(headings.reversed())
    }

    /// Fewer figures that descend are no days.
    private static let countedDownMin = 10

    /// A day or two without a month at the end of a long run name no month of their own.
    private mutating func dropStrays() {
        guard let longest = runs.map(\.count).max(), longest >= 5 else { return }
        var kept: [[DayHeading]] = []
        for (place, run) in runs.enumerated() {
            let isStray = run.count < 3 && place > 0 && !run.contains(where: \.hasMonth)
            if isStray { slips += run } else { kept.append(run) }
        }
        runs = kept
        slips.sort { $0.place < $1.place }
    }

    /// The headings as they stand where each follows the one before it: nearly all sheets.
    private static func plain(_ headings: [DayHeading]) -> [DayHeading]? {
        var run: [DayHeading] = []
        run.reserveCapacity(headings.count)
        for heading in headings {
            var settled = heading
            if let last = run.last {
                guard heading.month == last.month || heading.month == nil,
                    heading.year == last.year || heading.year == nil
                else { return nil }
                guard let day = heading.days.first(where: { $0 > last.day }) else { return nil }
                settled.days = [day]
                settled.month = last.month
                settled.year = last.year
            } else {
                settled.days = [heading.days[0]]
            }
            run.append(settled)
        }
        return run
    }

    private struct Link {
        var index: Int
        var option: Int
        /// Whether a new run begins here.
        var begins: Bool
    }

    private struct State {
        var score: Int
        var before: Int?
        var begins: Bool
    }

    private static func longest(_ headings: [DayHeading]) -> [Link] {
        var nodes: [(index: Int, option: Int)] = []
        for (index, heading) in headings.enumerated() {
            for option in heading.days.indices { nodes.append((index, option)) }
        }
        var states: [State] = []
        for (place, node) in nodes.enumerated() {
            var best = State(score: 20, before: nil, begins: true)
            for earlier in 0..<place where nodes[earlier].index < node.index {
                let left = headings[nodes[earlier].index]
                let right = headings[node.index]
                let (gain, begins) = step(
                    left, left.days[nodes[earlier].option], right, right.days[node.option],
                    apart: node.index - nodes[earlier].index)
                let score = states[earlier].score + 20 + gain
                if score > best.score { best = State(score: score, before: earlier, begins: begins) }
            }
            states.append(best)
        }
        guard var place = states.indices.max(by: { states[$0].score < states[$1].score }) else { return [] }
        var links: [Link] = []
        while true {
            links.append(Link(index: nodes[place].index, option: nodes[place].option, begins: states[place].begins))
            guard let before = states[place].before else { break }
            place = before
        }
        return links.reversed()
    }

    /// What it costs (or gains) that one heading follows another, and whether it begins a new run.
    private static func step(
        _ left: DayHeading, _ day: Int, _ right: DayHeading, _ next: Int, apart: Int
    ) -> (gain: Int, begins: Bool) {
        let inStep = next - day == apart ? 3 : 0
        if let month = right.month, let before = left.month {
            if month == before, right.year == left.year || right.year == nil || left.year == nil {
                return next > day ? (inStep, false) : (-60, true)
            }
            let isLater =
                (right.year ?? left.year ?? 0, month) > (left.year ?? right.year ?? 0, before)
                || (month == 1 && before == 12)
            return isLater ? (day >= 28 && next == 1 && apart == 1 ? 3 : -10, true) : (-60, true)
        }
        if right.month == nil || left.month == nil, next > day {
            return (inStep, right.month != nil && left.month == nil)
        }
        return (next == 1 && day >= 28 ? -5 : -50, true)
    }
}
