import Domain
import Matching
import Rules

/// For which days the sums of a batch stand: what a closing keeps, so that no county pays them again. Source: spec §8.
public enum IssuedStates {
    /// Of the month's own lines.
    public static func own(
        _ attendance: MonthAttendance, _ entitlement: MonthEntitlement, records: CountyRecords, policy: Policy,
        batch: String
    ) -> [IssuedDays] {
        let halves = halves(attendance, entitlement, policy)
        let posted = posted(records, attendance, unpaid: entitlement.unpaidAllowances)
        let shared = sharedElsewhere(records, in: attendance.period)
        return entitlement.lines.map { line in
            let key = PersonVillage(line)
            let days = line.hasAllowances ? posted[key] ?? 0 : 0
            return IssuedDays(
                batch: batch, county: attendance.county, period: attendance.period, person: line.person,
                name: line.name, township: line.township, village: line.village, account: line.bankAccount ?? "",
                halves: halves[key] ?? IssuedHalves(), posted: days, parts: days & (shared[line.person] ?? 0))
        }
    }

    /// Of a month before, after its corrections were carried as far as they could be.
    ///
    /// - Parameters:
    ///   - states: as they stood before.
    ///   - attendance: the month's present reading.
    ///   - outstanding: what cannot be taken back yet, of the month that carries it.
    /// - Returns: states that changed, those of places called otherwise by now emptied.
    public static func after(
        _ month: ClosedMonth, states: [IssuedDays], attendance: MonthAttendance?, records: CountyRecords,
        policy: Policy, outstanding: [OutstandingLine], carriedBy period: Period, batch: String,
        today: (String, String) -> (township: String, village: String)
    ) -> [IssuedDays] {
        let county = records.county.code
        let lines = ClosedLines(month, county: county, target: period)
        let halves = attendance.map { self.halves($0, month.entitlement, policy) } ?? [:]
        let unpaid = month.entitlement.unpaidAllowances.merging(month.withheld.days) { $0 | $1 }
        let posted = attendance.map { self.posted(records, $0, unpaid: unpaid) } ?? [:]
        let shared = sharedElsewhere(records, in: month.period)
        let before = byPlace(states, today)
        var after: [IssuedDays] = []
        for key in lines.corrected {
            let old = before[key]
            let due = lines.present(key)
            var now = halves[key] ?? IssuedHalves()
            if case .refused = lines.standing(key), lines.isDueTwice(key) { now = IssuedHalves() }
            if let kept = month.settled[key] { now = now.adding(kept.halves) }
            let owed = outstanding.filter {
                $0.originPeriod == month.period && $0.person == key.person
                    && today($0.township, $0.village) == (key.township, key.village)
            }.reduce(Fen.zero) { $0 + $1.amount }
            let difference = lines.difference(key)
            let byRate = month.reckoning >= Reckoning.rows && difference.map { lines.isPlain(key, $0) } ?? false
            let carried = Carried(difference, owed: owed, byRate: byRate)
            var days = due?.hasAllowances == true ? posted[key] ?? 0 : 0
            if let kept = month.settled[key] { days |= (old?.posted ?? 0) & kept.halves.mask }
            if carried.halvesShort > .zero, let old {
                let moved = month.entitlement.paidDays.filter { $0.key.person == key.person && $0.key != key }
                now = stillIssued(
                    old.halves, now, carried.halvesShort, month.period, policy,
                    moved: Set(moved.flatMap(\.value.keys).map(\.day)))
            } else if carried.halvesShort < .zero {
                // What would go up waits for what cannot be taken back.
                now = old?.halves ?? IssuedHalves()
            }
            if carried.isNothing {
                days = old?.posted ?? 0
            } else if let old {
                days |= carried.stillPosted(old.posted & ~days)
            }
            let parts = parts(
                of: days, sharing: shared[key.person] ?? 0, old, carried, kept: month.settled[key]?.halves.mask ?? 0)
            // What an earlier version kept says nothing of parts: that alone is no news.
            if old?.halves == now, old?.posted == days, old?.parts == nil || old?.parts == parts { continue }
            guard old != nil || !now.isEmpty || days != 0 else { continue }
            let line = due ?? lines.issued[key]
            after.append(
                IssuedDays(
                    batch: batch, county: county, period: month.period, person: key.person,
                    name: line?.name ?? old?.name ?? "", township: key.township, village: key.village,
                    account: line?.bankAccount ?? old?.account ?? "", halves: now, posted: days, parts: parts))
        }
        let renamed = states.filter { state in
            let place = today(state.township, state.village)
            return place != (state.township, state.village)
                && after.contains {
                    $0.person == state.person && ($0.township, $0.village) == place
                }
        }
        let emptied = renamed.map { state in
            var state = state
            state.batch = batch
            state.halves = IssuedHalves()
            state.posted = 0
            state.parts = 0
            return state
        }
        return after + emptied
    }

    /// States by person and place, places as they are called today.
    public static func byPlace(
        _ states: [IssuedDays], _ today: (String, String) -> (township: String, village: String)
    ) -> [PersonVillage: IssuedDays] {
        var result: [PersonVillage: IssuedDays] = [:]
        for state in states {
            let place = today(state.township, state.village)
            let key = PersonVillage(person: state.person, township: place.township, village: place.village)
            guard var known = result[key] else {
                result[key] = state
                continue
            }
            known.halves = known.halves.adding(state.halves)
            known.posted |= state.posted
            known.parts = known.parts.flatMap { parts in state.parts.map { parts | $0 } }
            result[key] = known
        }
        return result
    }

    /// Of days whose allowances stand issued those of which a part stands: the others stand whole, and nobody else is
    /// to pay anything of them.
    ///
    /// - Parameters:
    ///   - shared: days that postings of other counties share.
    ///   - kept: days that stand as they were, because another county leaves them unpaid.
    private static func parts(
        of days: UInt32, sharing shared: UInt32, _ old: IssuedDays?, _ carried: Carried, kept: UInt32
    ) -> UInt32? {
        guard let old else { return days & shared }
        if carried.isNothing { return old.parts }
        let before = old.parts ?? old.posted
        // Days that were issued whole, and of which the rest is not taken back yet.
        let open = carried.stillPosted(shared & days & old.posted & ~before)
        return days & (shared & ~open & ~kept | before & kept)
    }

    /// Days of a month on which a person of the county is posted in other counties too.
    private static func sharedElsewhere(_ records: CountyRecords, in period: Period) -> [ResidentID: UInt32] {
        records.postingsElsewhere.reduce(into: [:]) { result, other in
            guard other.place != nil, let days = other.days(within: period.range) else { return }
            result[other.person, default: 0] |= days.dayMask
        }
    }

    /// «An amount whose taking back is outstanding is still issued, its latest days first.»
    ///
    /// - Parameters:
    ///   - open: how many days lines are still issued for beside what is due.
    ///   - moved: days that another village has now; what it gains was taken from this one first.
    private static func stillIssued(
        _ old: IssuedHalves, _ now: IssuedHalves, _ open: HalfDays, _ period: Period, _ policy: Policy, moved: Set<Int>
    ) -> IssuedHalves {
        var result = now
        var rest = open
        let days = old.days.reversed()
        for day in days.filter({ !moved.contains($0) }) + days.filter(moved.contains) where rest > .zero {
            guard let date = period.date(day: day) else { continue }
            func payable() -> HalfDays {
                LivingStipend.payable(halves: result.count(on: day), on: date, policy: policy) ?? .zero
            }
            // The afternoon is the later half.
            for half in old.beside(now, on: day).latestFirst(on: day) where rest > .zero && result.count(on: day) < 2 {
                let before = payable()
                result.add(half, on: day)
                rest = rest - (payable() - before)
            }
        }
        return result
    }

    /// The halves behind every line; where days stand behind it that no mark names, both halves.
    static func halves(
        _ attendance: MonthAttendance, _ entitlement: MonthEntitlement, _ policy: Policy
    ) -> [PersonVillage: IssuedHalves] {
        var result = halves(attendance, policy)
        for (key, days) in entitlement.paidDays {
            for (date, paid) in days where paid > .zero {
                guard result[key]?.count(on: date.day) ?? 0 == 0 else { continue }
                result[key, default: IssuedHalves()].add(
                    .day(date.day, morning: true, afternoon: paid.count > 1, isUnnamed: paid.count == 1),
                    on: date.day)
            }
        }
        return result
    }

    /// The halves that marks and stated totals of rows in force are paid for.
    public static func halves(_ attendance: MonthAttendance, _ policy: Policy) -> [PersonVillage: IssuedHalves] {
        var result: [PersonVillage: IssuedHalves] = [:]
        for row in attendance.rows where !row.isHeld {
            guard let person = row.cadre else { continue }
            for day in row.days where day.counted > .zero {
                let key = PersonVillage(person: person, township: day.township, village: day.village)
                let statuses = policy.statuses(.payableStatuses, on: day.date)?.value ?? []
                result[key, default: IssuedHalves()].add(
                    halves(of: day, count: day.counted, statuses), on: day.date.day)
            }
        }
        // Totals after all marks: a half of which nobody said which is the one that is left.
        for row in attendance.rows where !row.isHeld {
            guard let person = row.cadre, let laid = row.acceptedHalves else { continue }
            let key = PersonVillage(person: person, township: row.township, village: row.village)
            result[key] = result[key]?.adding(laid) ?? laid
        }
        return result
    }

    /// So many halves of a day, named where its mark names them.
    static func halves(of day: DayOutcome, count: HalfDays, _ statuses: [AttendanceStatus]) -> IssuedHalves {
        let isMorning = statuses.contains(day.morning)
        let isWhole = count >= HalfDays(2)
        let namesHalf = day.afternoonCell != nil || day.text.contains("/")
        return .day(
            day.date.day, morning: isWhole || isMorning, afternoon: isWhole || !isMorning,
            isUnnamed: !isWhole && !namesHalf)
    }

    /// Calendar days of posting that carry allowances, those left out whose stipend another county's batch issued.
    ///
    /// - Parameter unpaid: days whose allowances stand issued elsewhere.
    public static func posted(
        _ records: CountyRecords, _ attendance: MonthAttendance, unpaid: [ResidentID: UInt32]
    ) -> [PersonVillage: UInt32] {
        var elsewhere = unpaid
        for row in attendance.rows {
            guard let person = row.cadre else { continue }
            for day in row.days where day.exclusion == .alreadyIssued {
                elsewhere[person, default: 0] |= IssuedHalves.bit(day.date.day)
            }
        }
        var result: [PersonVillage: UInt32] = [:]
        for cadre in records.cadres {
            for posting in cadre.postings {
                guard let days = posting.days(within: attendance.period.range) else { continue }
                let key = PersonVillage(cadre.id, posting)
                let paid = days.dayMask & ~(elsewhere[cadre.id] ?? 0)
                if paid != 0 { result[key, default: 0] |= paid }
            }
        }
        return result
    }
}

extension PaymentLine {
    /// Whether any allowance of the place stands in it.
    fileprivate var hasAllowances: Bool {
        hardshipAllowance != nil || qinghaiAllowance != nil || townshipSubsidy != nil
    }
}

/// What of a correction a batch carried, and what of it stays issued because it cannot be taken back yet.
private struct Carried {
    /// Nil where there is nothing to correct.
    private let difference: PaymentLine?
    private let line: PaymentLine?

    /// - Parameter owed: of the correction, what is outstanding.
    init(_ difference: PaymentLine?, owed: Fen, byRate: Bool) {
        self.difference = difference
        guard owed > .zero, let difference else {
            line = difference
            return
        }
        let taken = -difference.total - owed
        line = taken == .zero ? nil : Adjustments.partial(difference, taking: taken, byRate: byRate)
    }

    /// Nothing of it was carried.
    var isNothing: Bool { difference != nil && line == nil }

    /// Days that lines are still issued for beside what is due; negative where what would go up was not issued.
    var halvesShort: HalfDays { (line?.halfDays ?? .zero) - (difference?.halfDays ?? .zero) }

    /// Of calendar days whose allowances are lost those that are not taken back yet, the latest first.
    func stillPosted(_ lost: UInt32) -> UInt32 {
        let all = Carried.allowancesLost(difference)
        let open = all - Carried.allowancesLost(line)
        guard open > .zero else { return 0 }
        let count = lost.nonzeroBitCount
        var left = (open.amount * count + all.amount - 1) / all.amount
        var days: UInt32 = 0
        for day in (0..<31).reversed() where left > 0 && lost & (1 << UInt32(day)) != 0 {
            days |= 1 << UInt32(day)
            left -= 1
        }
        return days
    }

    private static func allowancesLost(_ line: PaymentLine?) -> Fen {
        [line?.hardshipAllowance, line?.qinghaiAllowance, line?.townshipSubsidy].compactMap { $0 }
            .filter { $0 < .zero }.reduce(Fen.zero) { $0 - $1 }
    }
}
