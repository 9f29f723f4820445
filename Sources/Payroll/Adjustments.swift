import Domain
import Matching
import Rules

/// A closed month as it was issued, beside what it entitles people to now.
public struct ClosedMonth: Sendable {
    public var period: Period
    /// Everything issued for the month worked, over all batches.
    public var issued: [PaymentLine]
    public var entitlement: MonthEntitlement
    /// The days behind what was issued, as far as they are known.
    public var issuedDays: PaidDays
    /// What stays issued because another county's reading alone claims its days.
    public var settled: [PersonVillage: SettledPart] = [:]
    /// What the sheets say of people of whom issued lines stand against a newer reading, as sent.
    public var cells: [ResidentID: [String]] = [:]
    /// People whom some row of the present reading names, as sent: of those a silence is about the place.
    public var named: Set<String> = []
    /// Decisions about closed lines, by evidence.
    public var decisions: [String: Decision] = [:]
    /// Allowances that wait for what stands issued at another place for the same days.
    var withheld = WithheldAllowances()
    /// How its corrections are reckoned.
    public var reckoning = Reckoning.current
    /// No batch of its own: a later month was closed first, and what it owes goes into the next one.
    public var isPassedOver = false

    public init(
        period: Period, issued: [PaymentLine], issuedDays: PaidDays = [:], entitlement: MonthEntitlement
    ) {
        self.period = period
        self.issued = issued
        self.issuedDays = issuedDays
        self.entitlement = entitlement
    }

    /// Works out what stays issued because another county's reading alone claims its days.
    ///
    /// - Parameters:
    ///   - states: what stands issued, by person and village.
    ///   - attendance: the month's present reading.
    public mutating func settle(
        _ states: [PersonVillage: IssuedDays], elsewhere: [SettledElsewhere], _ attendance: MonthAttendance?,
        records: CountyRecords, policy: Policy
    ) {
        guard !elsewhere.isEmpty, let attendance else { return }
        var own: [ResidentID: IssuedHalves] = [:]
        for (key, halves) in IssuedStates.halves(attendance, entitlement, policy) {
            own[key.person] = own[key.person]?.adding(halves) ?? halves
        }
        var posted: [ResidentID: UInt32] = [:]
        for (key, days) in IssuedStates.posted(records, attendance, unpaid: entitlement.unpaidAllowances) {
            posted[key.person, default: 0] |= days
        }
        settled = SettledPart.all(
            states, elsewhere: elsewhere, issued: ClosedLines.sums(issued), entitlement, own: own,
            posted: posted, policy: policy, in: period)
    }
}

/// What one closed month owes or is owed beside what was issued for it.
public struct MonthCorrection: Sendable {
    /// New − issued, per person and village, as lines of the month that carries them.
    public var lines: [PaymentLine]
    /// `closed-line-changed` and `closed-line-held`, in the month worked.
    public var findings: [Finding]
    /// Issued lines that stand against the present reading: whether they are taken back is decided by people.
    public var decisions = MonthDecisions()
}

/// What corrections to closed months mean for the first open one. Source: spec §8.
public struct AdjustmentResult: Sendable {
    /// Adjustment lines of the open month, in statement order.
    public var lines: [PaymentLine]
    /// What cannot be taken back yet.
    public var outstanding: [OutstandingLine]
    /// `closed-line-changed` and `closed-line-held`, in the months worked.
    public var findings: [Finding] = []
}

// Spec §8: «A later correction to a closed period never rewrites it: the difference (new − already issued, per
// person and village) becomes an adjustment line, with its origin period, in the first month after the county's
// last closed one, once. If the new reading is held, nothing is clawed back. An adjustment row can be negative; a
// person's net in a county and period never is, over all villages, oldest origin first: what cannot be taken back
// is outstanding until the next period after that one is closed. A person whom a newer sheet leaves out is closed-
// line-held, not zero.»

/// Differences between what was issued and what is due, and how much of them the open month can carry.
public enum Adjustments {
    /// - Parameters:
    ///   - target: the first month after the county's last closed one.
    ///   - own: the lines of that month's own attendance.
    public static func compute(
        _ closed: [ClosedMonth], county: CountyCode, target: Period, own: [PaymentLine]
    ) -> AdjustmentResult {
        let corrections = closed.sorted { $0.period < $1.period }.map {
            correction($0, county: county, target: target)
        }
        var result = compute(corrections.flatMap(\.lines), own: own)
        result.findings = corrections.flatMap(\.findings)
        return result
    }

    /// - Parameters:
    ///   - differences: the corrections of every closed month, the earliest first.
    ///   - own: the lines of the carrying month's own attendance, and what comes again: out of all that a person gets
    ///     in the month is taken back what he owes.
    public static func compute(
        _ differences: [PaymentLine], own: [PaymentLine], reckoning: Int = Reckoning.current
    ) -> AdjustmentResult {
        var net = Funds(own: own, differences: differences)
        func rows(_ line: PaymentLine) -> [PaymentLine] { reckoning >= Reckoning.rows ? multiplied(line) : [line] }
        var lines = differences.filter { $0.total > .zero }.flatMap(rows)
        var outstanding: [OutstandingLine] = []
        let owed = differences.filter { $0.total < .zero }.sorted {
            ($0.originPeriod, $0.person, $0.township, $0.village) < (
                $1.originPeriod, $1.person, $1.township, $1.village
            )
        }
        for line in owed {
            let taken = net.take(-line.total, of: line)
            if taken > .zero {
                let part = partial(line, taking: taken, byRate: reckoning >= Reckoning.rows && isPlain(line))
                lines += rows(part)
            }
            let rest = -line.total - taken
            if rest > .zero {
                outstanding.append(
                    OutstandingLine(
                        person: line.person, name: line.name, sendingUnit: line.sendingUnit, township: line.township,
                        village: line.village, originPeriod: line.originPeriod, amount: rest))
            }
        }
        return AdjustmentResult(
            lines: lines.sorted(by: PaymentLine.inStatementOrder),
            outstanding: outstanding.sorted(by: OutstandingLine.inReportOrder))
    }

    /// What a person gets in the open month, out of which something can be taken back.
    ///
    /// What one village gets more for a month first covers what another village's line of that month loses: a day that
    /// changes its village is then never issued in both. All else is one purse.
    private struct Funds {
        private var free: [ResidentID: Fen] = [:]
        private var reserved: [ResidentID: [Period: Fen]] = [:]

        init(own: [PaymentLine], differences: [PaymentLine]) {
            for line in own { free[line.person, default: .zero] += line.total }
            var losses: [ResidentID: [Period: Fen]] = [:]
            for line in differences where line.total < .zero {
                losses[line.person, default: [:]][line.originPeriod, default: .zero] -= line.total
            }
            for line in differences where line.total > .zero {
                let already = reserved[line.person]?[line.originPeriod] ?? .zero
                let loss = losses[line.person]?[line.originPeriod] ?? .zero
                let kept = min(line.total, max(.zero, loss - already))
                if kept > .zero { reserved[line.person, default: [:]][line.originPeriod, default: .zero] += kept }
                free[line.person, default: .zero] += line.total - kept
            }
        }

        /// How much of `owed` there is; it is gone then.
        mutating func take(_ owed: Fen, of line: PaymentLine) -> Fen {
            let kept = min(owed, reserved[line.person]?[line.originPeriod] ?? .zero)
            if kept > .zero { reserved[line.person]?[line.originPeriod]? -= kept }
            let more = min(owed - kept, max(.zero, free[line.person] ?? .zero))
            free[line.person, default: .zero] -= more
            return kept + more
        }
    }

    /// Whether something issued for the month stands although the present reading says nothing that could be taken
    /// as its correction: what is held, and what a newer sheet is silent about.
    public static func hasFrozen(_ issued: [PaymentLine], _ entitlement: MonthEntitlement) -> Bool {
        issued.contains { isFrozen(PersonVillage($0), halfDays: $0.halfDays, entitlement) }
    }

    static func isFrozen(_ key: PersonVillage, halfDays: HalfDays, _ entitlement: MonthEntitlement) -> Bool {
        if entitlement.heldKeys.contains(key) { return true }
        return halfDays > .zero && (entitlement.leftOutKeys.contains(key) || !entitlement.coverage.contains(key))
    }

    /// New − issued of one closed month, per person and village, and what is said about it.
    ///
    /// - Parameter target: the first month after the county's last closed one.
    public static func correction(_ month: ClosedMonth, county: CountyCode, target: Period) -> MonthCorrection {
        ClosedLines(month, county: county, target: target).correction()
    }

    /// `left` ± `right`; what the line is called stays `left`'s. An allowance that neither has stays empty.
    static func sum(_ left: PaymentLine, _ right: PaymentLine, sign: Int) -> PaymentLine {
        func add(_ a: Fen?, _ b: Fen?) -> Fen? {
            a == nil && b == nil ? nil : Fen((a?.amount ?? 0) + sign * (b?.amount ?? 0))
        }
        var line = left
        line.halfDays = HalfDays(left.halfDays.count + sign * right.halfDays.count)
        line.livingStipend = Fen(left.livingStipend.amount + sign * right.livingStipend.amount)
        line.hardshipAllowance = add(left.hardshipAllowance, right.hardshipAllowance)
        line.qinghaiAllowance = add(left.qinghaiAllowance, right.qinghaiAllowance)
        line.townshipSubsidy = add(left.townshipSubsidy, right.townshipSubsidy)
        return line
    }

    static func negated(_ line: PaymentLine) -> PaymentLine {
        var result = line
        result.halfDays = HalfDays(-line.halfDays.count)
        result.livingStipend = -line.livingStipend
        result.hardshipAllowance = line.hardshipAllowance.map { -$0 }
        result.qinghaiAllowance = line.qinghaiAllowance.map { -$0 }
        result.townshipSubsidy = line.townshipSubsidy.map { -$0 }
        return result
    }

    /// The part of a negative line whose total is exactly `-taken`: stipend first, then the allowances in order.
    ///
    /// Days go with the stipend, rounded towards zero to half-days; the last part takes the rest.
    ///
    /// - Parameter byRate: half-days are worth half the rate; else each the same share of the line's stipend.
    static func partial(_ line: PaymentLine, taking taken: Fen, byRate: Bool = true) -> PaymentLine {
        if taken == -line.total { return line }
        let parts = [line.livingStipend, line.hardshipAllowance, line.qinghaiAllowance, line.townshipSubsidy]
        // What goes up goes up in full, so more of what goes down can be taken.
        var rest = taken.amount + parts.reduce(0) { $0 + max(0, $1?.amount ?? 0) }
        let reduced = parts.map { part -> Fen? in
            guard let part else { return nil }
            if part.amount >= 0 { return part }
            let share = min(rest, -part.amount)
            rest -= share
            return Fen(-share)
        }
        var result = line
        let stipend = reduced[0] ?? .zero
        if line.livingStipend != .zero, stipend != line.livingStipend {
            let count =
                byRate && line.dailyRate > .zero
                ? max(line.halfDays.count, 2 * stipend.amount / line.dailyRate.amount)
                : line.halfDays.count * stipend.amount / line.livingStipend.amount
            result.halfDays = HalfDays(count)
        }
        result.livingStipend = stipend
        result.hardshipAllowance = reduced[1]
        result.qinghaiAllowance = reduced[2]
        result.townshipSubsidy = reduced[3]
        result.note = line.note + "（部分扣回）"
        return result
    }

    // MARK: Rows that multiply out

    /// `；应发 …`: how a line says why its days times its rate are not its stipend.
    static let arithmetic = "；应发 "

    /// Whether a line's stipend is its days at its rate, but for what earlier parts took of less than half a day.
    static func isPlain(_ line: PaymentLine) -> Bool { !line.note.contains(arithmetic) }

    /// The line as rows of which each multiplies out: what is less than half a day's stipend stands in a row without
    /// days. Lines of two rates say their arithmetic instead.
    static func multiplied(_ line: PaymentLine) -> [PaymentLine] {
        guard line.hasDays, isPlain(line), line.dailyRate > .zero else { return [line] }
        let double = line.halfDays.count * line.dailyRate.amount
        // Half up to the fen, as the stipend itself.
        let stipend = Fen(double < 0 ? -((1 - double) / 2) : (double + 1) / 2)
        guard abs(2 * line.livingStipend.amount - double) > 1 else { return [line] }
        var (main, rest) = (line, line)
        main.livingStipend = stipend
        rest.halfDays = .zero
        rest.dailyRate = .zero
        rest.livingStipend = line.livingStipend - stipend
        (rest.hardshipAllowance, rest.qinghaiAllowance, rest.townshipSubsidy) = (nil, nil, nil)
        rest.note = line.note + "（不足半天的余额）"
        // What comes to nothing is no row.
        return [main, rest].filter { $0.total != .zero }
    }
}
