/// Days of a month side by side, as people write them.
enum DayRuns {
    /// `1–3`, `5`: each run of days, which are ascending.
    static func texts(_ days: some Sequence<Int>) -> [String] {
        var runs: [ClosedRange<Int>] = []
        for day in days {
            if let last = runs.last, last.upperBound + 1 >= day {
                runs[runs.count - 1] = last.lowerBound...max(last.upperBound, day)
            } else {
                runs.append(day...day)
            }
        }
        return runs.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)–\($0.upperBound)" }
    }
}
