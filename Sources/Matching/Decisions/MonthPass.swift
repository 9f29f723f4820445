import Domain
import Registers

/// A month gone through once under a plan of decisions.
struct MonthPass {
    var resolved: [ResolvedRow]
    var rows: [ResolvedRow]
    var versions: VersionedRows
    var outcomes: [RowOutcome]
    var questions: [Question]
}

extension MonthBuilder {
    /// The month with every decision that fits it carried out.
    ///
    /// A decision may bring out what another one is about (whose a row is, then which village): the month is gone
    /// through until none is left. Each pass settles at least one decision, so that it ends.
    func passes() -> (MonthPass, DecisionUse) {
        var use = DecisionUse(input.decisions)
        var twins = EvidenceTwins()
        var pass = pass(use.plan, &twins)
        while !use.decisions.isEmpty, use.take(pass.questions, pass.rows, roster: roster) {
            pass = self.pass(use.plan, &twins)
        }
        return (pass, use)
    }

    private func pass(_ plan: DecisionPlan, _ twins: inout EvidenceTwins) -> MonthPass {
        let resolved = resolveRows(plan)
        let versions = currentVersions(resolved)
        var rows = versions.inForce
        for index in rows.indices { rows[index].findings = rowFindings(rows[index]) }
        findOtherIDs(&rows)
        joinRows(&rows)
        checkTotals(&rows)
        // Nothing is compared with what newer sheets leave out; it waits for a decision as other held rows do.
        rows += versions.leftOut
        rows += visitorRows(beside: rows, from: resolved.count)
        carryOut(plan, &rows)
        var outcomes = rows.map(outcome)
        excludeDays(&rows, &outcomes, plan)
        dropIdleVisits(&rows, &outcomes)
        var questions = questions(rows, outcomes)
        twins.tellApart(&questions, rows)
        settle(&outcomes, rows, plan)
        shareTotals(&rows, &outcomes)
        return MonthPass(
            resolved: resolved, rows: rows, versions: versions, outcomes: outcomes, questions: questions)
    }

    /// Takes from rows what was decided to hold them no more.
    private func carryOut(_ plan: DecisionPlan, _ rows: inout [ResolvedRow]) {
        for index in rows.indices {
            let number = rows[index].number
            rows[index].isRefused = plan.refused.contains(number)
            rows[index].refusedDays = plan.refusedDays[number] ?? [:]
            guard let accepted = plan.accepted[number] else { continue }
            rows[index].findings.removeAll { accepted.contains($0.code) && $0.severity != .info }
            if accepted.contains(.duplicateRow) { rows[index].isHeldByTwin = false }
            if accepted.contains(.totalMismatch) { rows[index].isHeldByTotals = false }
            // Of a row without marks what is confirmed is its figure, or the days that were named.
            let hasFigure = rows[index].row.total?.halfDays != nil || plan.totals[number] != nil
            if !rows[index].hasDailyMarks || rows[index].isStatement, hasFigure,
                accepted.contains(.noDailyEvidence)
                    || accepted.contains(.totalMismatch) && !rows.contains(where: { beside($0, rows[index]) })
            {
                rows[index].isAccepted = !rows[index].repeatsTotal
            }
        }
        tellTwins(&rows)
    }

    /// Whether a row has daily marks that a totals row was checked against.
    private func beside(_ row: ResolvedRow, _ totals: ResolvedRow) -> Bool {
        row.hasDailyMarks && row.identity != nil && row.identity == totals.identity
    }

    /// Where the row that carried the finding of a contradiction is out, one that is still held carries it.
    private func tellTwins(_ rows: inout [ResolvedRow]) {
        let groups = Dictionary(grouping: rows.indices.filter { rows[$0].contradictionGroup != nil }) {
            rows[$0].contradictionGroup
        }
        for (_, indexes) in groups.sorted(by: { $0.value[0] < $1.value[0] }) {
            let standing = indexes.filter { !rows[$0].isRefused }
            guard standing.count < indexes.count, let last = standing.last, rows[last].isHeldByTwin,
                !standing.contains(where: { rows[$0].findings.contains { $0.reason == .duplicateRowConflict } }),
                let other = indexes.first(where: { $0 != last })
            else { continue }
            rows[last].isHeldByTwin = false
            rows[last].findings.append(
                Finding(.duplicateRowConflict, arguments: [place(rows[other], seenFrom: rows[last])]))
        }
    }

    /// 改为 a number of days: the first ones count, the rest of what the marks say does not.
    func cap(_ outcomes: inout [RowOutcome], _ rows: [ResolvedRow], _ plan: DecisionPlan) {
        for cap in plan.caps {
            let indexes = rows.indices.filter { cap.rows.contains(rows[$0].number) }
            var left = cap.halfDays.count
            let days = indexes.flatMap { row in outcomes[row].days.indices.map { (row: row, day: $0) } }
                .sorted {
                    (outcomes[$0.row].days[$0.day].date, $0.row, $0.day)
                        < (outcomes[$1.row].days[$1.day].date, $1.row, $1.day)
                }
            for (row, day) in days where outcomes[row].days[day].counted > .zero {
                let counted = min(left, outcomes[row].days[day].counted.count)
                left -= counted
                if counted < outcomes[row].days[day].counted.count { outcomes[row].days[day].exclusion = .decisionUsed }
                outcomes[row].days[day].counted = HalfDays(counted)
            }
        }
        for index in rows.indices {
            guard let dates = plan.refusedDays[rows[index].number] else { continue }
            for day in outcomes[index].days.indices where dates[outcomes[index].days[day].date] != nil {
                outcomes[index].days[day].counted = .zero
                outcomes[index].days[day].exclusion = .decisionUsed
            }
        }
        for index in rows.indices where rows[index].isRefused {
            for day in outcomes[index].days.indices where outcomes[index].days[day].counted > .zero {
                outcomes[index].days[day].counted = .zero
                outcomes[index].days[day].exclusion = .decisionUsed
            }
        }
    }

    /// `decision-used` at the place of each finding that was settled; who is paid nothing after it is told so.
    func usedFindings(_ settled: [DecidableFinding], _ outcomes: [RowOutcome]) -> [Finding] {
        settled.compactMap { entry in
            guard let decision = entry.decision else { return nil }
            var finding = entry.finding
            finding.reason = .decisionUsed
            let rows = outcomes.filter { row in
                entry.rows.contains(SourceCell(file: row.file, sheet: row.sheet, address: row.nameCell))
            }
            let isUnpaid =
                !rows.isEmpty
                && rows.allSatisfy { row in
                    !row.isHeld && (row.acceptedHalfDays ?? .zero) == .zero
                        && row.days.allSatisfy { $0.counted == .zero }
                }
            finding.arguments = [
                entry.finding.code.chinese, decision.chinese + (isUnpaid ? "；此行不计发生活补助" : ""),
            ]
            return finding
        }
    }
}
