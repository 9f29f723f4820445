/// What stands of states of issued days that batches left behind. Pure. Source: spec §8.
public enum IssuedHistory {
    private struct Key: Hashable {
        let county: CountyCode
        let period: Period
        let person: ResidentID
        let township: String
        let village: String

        init(_ days: IssuedDays) {
            county = days.county
            period = days.period
            person = days.person
            township = days.township
            village = days.village
        }
    }

    /// The latest state of each person and village, by county, period, person, place.
    ///
    /// - Parameter rows: in any order; of one county, batch numbers are in the order of closing.
    public static func current(_ rows: [IssuedDays]) -> [IssuedDays] {
        var latest: [Key: IssuedDays] = [:]
        for row in rows.sorted(by: { $0.batch < $1.batch }) { latest[Key(row)] = row }
        return latest.values.filter { !$0.halves.isEmpty || $0.posted != 0 }.sorted {
            ($0.county, $0.period, $0.person, $0.township, $0.village)
                < ($1.county, $1.period, $1.person, $1.township, $1.village)
        }
    }

    /// What stands issued, once for each name and account that any batch of it went to: whoever asks for one finds all
    /// of it, and what was taken back for none.
    ///
    /// - Parameter rows: every state of the people asked about.
    public static func byPayee(_ rows: [IssuedDays]) -> [IssuedDays] {
        var known: [Key: [Payee: IssuedDays]] = [:]
        for row in rows.sorted(by: { $0.batch < $1.batch }) {
            if let payee = row.payee { known[Key(row), default: [:]][payee] = row }
        }
        return current(rows).filter { !$0.halves.isEmpty }.flatMap { state in
            (known[Key(state)] ?? [:]).sorted { $0.key < $1.key }.map { _, row in
                var told = state
                told.name = row.name
                told.account = row.account
                return told
            }
        }
    }

    /// By county, month, person, place, then account.
    public static func inOrder(_ left: IssuedDays, _ right: IssuedDays) -> Bool {
        if left.county != right.county { return left.county < right.county }
        return (left.period, left.person, left.township, left.village, left.account)
            < (right.period, right.person, right.township, right.village, right.account)
    }

    /// What counties other than one issued and did not take back, by day; each with the batch since which it stands.
    public static func elsewhere(_ rows: [IssuedDays], than county: CountyCode) -> [IssuedElsewhere] {
        var since: [Key: [Int: String]] = [:]
        for row in rows.sorted(by: { $0.batch < $1.batch }) where row.county != county {
            let known = since[Key(row)] ?? [:]
            since[Key(row)] = Dictionary(
                row.halves.days.map { ($0, known[$0] ?? row.batch) }, uniquingKeysWith: { first, _ in first })
        }
        return current(rows).filter { $0.county != county }.flatMap { state in
            state.halves.days.compactMap { day in
                state.period.date(day: day).map {
                    IssuedElsewhere(
                        person: state.person, county: state.county,
                        batch: since[Key(state)]?[day] ?? state.batch, date: $0, halves: state.halves[day])
                }
            }
        }
    }

    /// Days whose allowances counties other than one issued and did not take back.
    public static func allowances(_ rows: [IssuedDays], than county: CountyCode) -> [AllowancesElsewhere] {
        current(rows).filter { $0.county != county && $0.posted != 0 }.map {
            AllowancesElsewhere(
                person: $0.person, county: $0.county, batch: $0.batch, days: $0.posted, parts: $0.parts)
        }
    }
}
