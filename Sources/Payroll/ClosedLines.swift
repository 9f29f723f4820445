import Domain
import Matching

// Spec §8: «If the new reading is held, nothing is clawed back: closed-line-held … A person whom a newer sheet leaves
// out is closed-line-held, not zero: nothing is clawed back on silence.» §5.8: «不认可 what the finding concerns pays
// nothing, in a closed period it is taken back.»

/// The lines of one closed month against its present reading, person by person and village by village.
struct ClosedLines {
    private let month: ClosedMonth
    private let county: CountyCode
    private let target: Period
    /// Everything issued, by person and village.
    let issued: [PersonVillage: PaymentLine]
    /// What is due by the present reading.
    private let present: [PersonVillage: PaymentLine]

    init(_ month: ClosedMonth, county: CountyCode, target: Period) {
        self.month = month
        self.county = county
        self.target = target
        issued = ClosedLines.sums(month.issued)
        present = Dictionary(
            month.entitlement.lines.map { (PersonVillage($0), $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// What is due of a key by the present reading: where the days that a newer sheet leaves out were refused, the
    /// allowances that waited for them, for they hang on the posting.
    func present(_ key: PersonVillage) -> PaymentLine? {
        if let line = present[key] { return line }
        guard let waiting = month.entitlement.waiting[key], case .refused = standing(key) else { return nil }
        return waiting
    }

    /// The same with what stays issued for another county's sake.
    private func due(_ key: PersonVillage) -> PaymentLine? {
        guard let part = month.settled[key], let old = issued[key] else { return present(key) }
        let kept = part.line(old)
        return present(key).map { Adjustments.sum($0, kept, sign: 1) } ?? kept
    }

    /// Everything issued, due or kept, in order.
    private var keys: [PersonVillage] { Set(issued.keys).union(present.keys).sorted() }

    /// Lines of several batches summed by person and village.
    static func sums(_ lines: [PaymentLine]) -> [PersonVillage: PaymentLine] {
        var sums: [PersonVillage: PaymentLine] = [:]
        for line in lines {
            let key = PersonVillage(line)
            sums[key] = sums[key].map { Adjustments.sum($0, line, sign: 1) } ?? line
        }
        return sums
    }

    // MARK: What stands

    /// What becomes of an issued line that the present reading does not correct.
    enum Standing {
        /// The present reading corrects it.
        case corrected
        /// It stands until somebody decides.
        case open(String)
        /// Somebody decided that it stands.
        case confirmed(Decision)
        /// Somebody decided that it is taken back.
        case refused(Decision)
    }

    /// Keys that were issued days and are not corrected, in order.
    var frozen: [PersonVillage] {
        issued.keys.filter { key in
            guard (issued[key]?.halfDays ?? .zero) > .zero else { return false }
            if case .corrected = standing(key) { return false }
            if case .refused = standing(key) { return false }
            return true
        }.sorted()
    }

    /// Whether an issued line stands against the present reading, days or allowances.
    func stands(_ key: PersonVillage) -> Bool {
        switch standing(key) {
        case .open, .confirmed: issued[key].map { $0.total != .zero } ?? false
        case .corrected, .refused: false
        }
    }

    func standing(_ key: PersonVillage) -> Standing {
        let old = issued[key]
        guard Adjustments.isFrozen(key, halfDays: old?.halfDays ?? .zero, month.entitlement) else { return .corrected }
        let evidence = evidence(key)
        guard old != nil, let decision = month.decisions[evidence], decision.code == .closedLineHeld,
            PersonName(decision.decider).key != PersonName(old?.name ?? "").key
        else { return .open(evidence) }
        switch decision.action {
        case .accept: return .confirmed(decision)
        case .refuse: return .refused(decision)
        case .change, .withdraw: return .open(evidence)
        }
    }

    /// Of the present reading's cells, not of what was issued: what is taken back in part stays decided.
    private func evidence(_ key: PersonVillage) -> String {
        DecisionEvidence.digest(
            code: .closedLineHeld, period: month.period, person: key.person.text,
            village: VillageKey(township: key.township, village: key.village),
            cells: [reading(of: key)] + (month.cells[key.person] ?? []))
    }

    /// What the present reading does to an issued line that stands all the same.
    private func reading(of key: PersonVillage) -> String {
        if month.entitlement.leftOutKeys.contains(key) { return "漏列此人或其部分日期" }
        return month.entitlement.heldKeys.contains(key) ? "被暂缓" : ClosedLines.silence
    }

    private static let silence = "中没有此人"

    /// The villages of a person whose issued days stand unchanged, and with them a village that now claims one of
    /// those days: who was paid for a day is not paid for it again elsewhere.
    private func clash(_ key: PersonVillage, with frozen: [PersonVillage]) -> PersonVillage? {
        guard let days = month.entitlement.paidDays[key], !days.isEmpty else { return nil }
        return frozen.first { other in
            guard other.person == key.person, other != key else { return false }
            guard let issued = month.issuedDays[other] else { return true }
            return days.contains { date, halves in halves + (issued[date] ?? .zero) > HalfDays(2) }
        }
    }

    /// Whether what is due of a key stands beside days that were issued elsewhere and stand.
    func isDueTwice(_ key: PersonVillage) -> Bool { clash(key, with: frozen) != nil }

    /// What the correction of a key takes or gives; nil where there is none.
    func difference(_ key: PersonVillage) -> PaymentLine? {
        guard let old = issued[key] else { return due(key) }
        return charged(due(key).map { Adjustments.sum($0, old, sign: -1) } ?? Adjustments.negated(old), key)
    }

    /// What is taken back goes back to the unit whose funds paid it, whatever unit the person is of by now.
    private func charged(_ line: PaymentLine, _ key: PersonVillage) -> PaymentLine {
        guard month.reckoning >= Reckoning.rows, line.total < .zero,
            let paid = month.issued.last(where: { PersonVillage($0) == key && $0.total > .zero })
        else { return line }
        var line = line
        (line.unitCode, line.sendingUnit) = (paid.unitCode, paid.sendingUnit)
        return line
    }

    /// Whether the stipend of a correction is its days at its rate, but for what rows without days took before.
    func isPlain(_ key: PersonVillage, _ line: PaymentLine) -> Bool {
        let rests =
            month.reckoning < Reckoning.rows
            ? 0
            : month.issued.filter { $0.isRemainder && PersonVillage($0) == key }
                .reduce(0) { $0 + $1.livingStipend.amount }
        return abs(2 * (line.livingStipend.amount + rests) - line.halfDays.count * line.dailyRate.amount)
            <= (month.reckoning < Reckoning.rows ? 0 : 1)
    }

    /// Keys whose issued days change to what is due now, in order.
    var corrected: [PersonVillage] {
        let frozen = frozen
        return keys.filter { key in
            switch standing(key) {
            case .corrected: clash(key, with: frozen) == nil
            case .refused: true
            case .open, .confirmed: false
            }
        }
    }

    // MARK: The correction

    func correction() -> MonthCorrection {
        var result = MonthCorrection(lines: [], findings: [])
        let frozen = frozen
        for key in keys {
            let old = issued[key]
            switch standing(key) {
            case .corrected:
                if clash(key, with: frozen) == nil, let waits = withheld(key) { result.findings.append(waits) }
                guard let line = difference(key), line.total != .zero else { continue }
                if let other = clash(key, with: frozen) {
                    result.findings.append(
                        finding(
                            .closedDaysElsewhere, line,
                            [
                                month.period.chinese, other.township + other.village, key.township + key.village,
                                line.total.yuanText,
                            ]))
                    continue
                }
                carry(line, title(line) + arithmetic(key, line) + decided(key), &result)
            case .open(let evidence):
                guard let old, old.total != .zero || old.halfDays != .zero else { continue }
                let held = held(key, old)
                result.findings.append(held)
                result.decisions.open.append(
                    DecidableFinding(
                        finding: held, evidence: evidence, choices: ["认可", "不认可"], concern: .amount(old.total)))
            case .confirmed(let decision): settle(key, decision, &result)
            case .refused(let decision):
                settle(key, decision, &result)
                guard let old, old.total != .zero else { continue }
                let line = clash(key, with: frozen) == nil ? difference(key) : nil
                let taken = line ?? Adjustments.negated(old)
                guard taken.total != .zero else { continue }
                let shown = month.reckoning >= Reckoning.rows ? arithmetic(key, taken) : ""
                carry(taken, "\(title(taken))\(shown)；\(decision.chinese)", &result)
            }
        }
        return result
    }

    /// `；应发 16×60.00＋5×70.00＝1310.00 元，已发 960.00 元` where days × 日标准 is not the stipend of the line.
    private func arithmetic(_ key: PersonVillage, _ line: PaymentLine) -> String {
        if isPlain(key, line) { return "" }
        let now = due(key)
        let rates = now.map(\.note).flatMap { note in note.split(separator: "；").first { $0.contains("×") } }
        let sum = rates.map { "\($0)＝" } ?? now.map { "\($0.halfDays.daysText)天×\($0.dailyRate.yuanText)＝" } ?? ""
        let old = issued[key]?.livingStipend ?? .zero
        return "\(Adjustments.arithmetic)\(sum)\((now?.livingStipend ?? .zero).yuanText) 元，已发 \(old.yuanText) 元"
    }

    /// What was decided of the person's rows there and is not said by what was issued: the correction rests on it.
    private func decided(_ key: PersonVillage) -> String {
        let told = month.issued.filter { PersonVillage($0) == key }.map(\.note)
        return (month.entitlement.decided[key] ?? []).filter { text in !told.contains { $0.contains(text) } }
            .map { "；\($0)" }.joined()
    }

    /// How the row of a correction begins: a month that was never closed by itself is not corrected, it is paid.
    private func title(_ line: PaymentLine) -> String {
        guard month.isPassedOver, month.reckoning >= Reckoning.totals else { return "\(month.period) 更正" }
        return "\(month.period) \(line.total > .zero ? "补发" : "扣回")（该月未单独关账）"
    }

    private func carry(_ line: PaymentLine, _ note: String, _ result: inout MonthCorrection) {
        var adjustment = line
        adjustment.period = target
        adjustment.originPeriod = month.period
        adjustment.batch = nil
        adjustment.note = note
        result.lines.append(adjustment)
        result.findings.append(
            finding(
                month.isPassedOver ? .passedMonthPaid : .closedLineChanged, adjustment,
                [
                    month.period.chinese, adjustment.total.yuanText, adjustment.halfDays.daysText, target.chinese,
                ]))
    }

    /// Allowances of days that stand issued at another place are told where they wait.
    private func withheld(_ key: PersonVillage) -> Finding? {
        guard let part = month.withheld.parts[key], part.amount != .zero,
            var line = month.withheld.lines[key] ?? present[key]
        else { return nil }
        line.livingStipend = part.amount
        (line.hardshipAllowance, line.qinghaiAllowance, line.townshipSubsidy) = (nil, nil, nil)
        return finding(
            .closedAllowancesElsewhere, line,
            [
                month.period.chinese, part.beside.township + part.beside.village, key.township + key.village,
                part.amount.yuanText,
            ])
    }

    private func held(_ key: PersonVillage, _ old: PaymentLine) -> Finding {
        let reading = reading(of: key)
        let isNamed = reading == ClosedLines.silence && month.named.contains(key.person.text)
        return finding(
            .closedLineHeld, old,
            [month.period.chinese, old.total.yuanText, isNamed ? "中此人不在\(key.township)\(key.village)" : reading])
    }

    /// A question that somebody decided: told at the line, and no longer asked.
    private func settle(_ key: PersonVillage, _ decision: Decision, _ result: inout MonthCorrection) {
        guard let old = issued[key], old.total != .zero || old.halfDays != .zero else { return }
        let held = held(key, old)
        result.decisions.settled.append(
            DecidableFinding(
                finding: held, evidence: decision.evidence, choices: ["认可", "不认可"], concern: .amount(old.total),
                decision: decision))
        result.decisions.evidence.append(decision.evidence)
        var used = held
        used.reason = .decisionUsed
        used.arguments = [FindingCode.closedLineHeld.chinese, decision.chinese]
        result.findings.append(used)
    }

    private func finding(_ reason: FindingReason, _ line: PaymentLine, _ arguments: [String]) -> Finding {
        Finding(
            reason, period: month.period, county: county, township: line.township, person: line.name,
            personID: line.person.text, value: line.total.yuanText, arguments: arguments)
    }
}
