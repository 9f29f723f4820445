import Domain
import Matching
import Rules

/// What an answer to a finding pays. Source: spec §5.8 (认可将付, 不认可将付).
public enum DecisionAmounts {
    /// The stipend of what is at stake; nil where nothing can be said before a status or a person is named.
    public static func ifAccepted(_ finding: DecidableFinding, in period: Period, policy: Policy) -> Fen? {
        guard finding.choices.contains(DecisionAction.accept.chinese) else { return nil }
        switch finding.concern {
        case .unknown: return nil
        case .total(let stated): return LivingStipend.lowestAmount(ofTotal: stated, in: period, policy: policy)
        case .amount(let issued): return issued
        case .days(let days):
            let attended = days.map { day in
                AttendedDay(
                    date: day.date,
                    halfDays: LivingStipend.payable(halves: day.halfDays.count, on: day.date, policy: policy) ?? .zero)
            }
            return LivingStipend.compute(attended, in: period, policy: policy).amount
        }
    }

    /// What the finding concerns pays nothing then.
    public static func ifRefused(_ finding: DecidableFinding) -> Fen? {
        finding.choices.contains(DecisionAction.refuse.chinese) ? .zero : nil
    }

    /// What waits for the rows in question beside what the finding concerns. Allowances of the place of posting are
    /// paid with either answer, for they hang on the posting; of rows that contradict each other, those that are left
    /// go on holding them. Where a finding is about some days of a row, the others are paid with either answer too.
    ///
    /// - Parameter reckoning: the forms of batches of before `Reckoning.totals` say less.
    public static func beside(
        _ finding: DecidableFinding, in attendance: MonthAttendance, records: CountyRecords, policy: Policy,
        asOf: CivilDate, reckoning: Int = Reckoning.current
    ) -> (ifAccepted: Fen, ifRefused: Fen) {
        let isOfSomeDays = finding.finding.code == .issuedUnderOtherID && reckoning >= Reckoning.totals
        func freed(_ rows: [SourceCell]) -> Fen {
            waiting(for: Set(rows), attendance, records, policy, asOf, hasStipend: isOfSomeDays)
        }
        var all = freed(finding.rows)
        if isOfSomeDays {
            let concerned = ifAccepted(finding, in: attendance.period, policy: policy) ?? .zero
            all = max(.zero, all - concerned)
        }
        guard finding.finding.code == .duplicateRow else { return (all, all) }
        let own = finding.rows.filter {
            $0.address == finding.finding.cell && $0.sheet == finding.finding.sheet && $0.file == finding.finding.file
        }
        return (all, freed(own))
    }

    private static func waiting(
        for freed: Set<SourceCell>, _ attendance: MonthAttendance, _ records: CountyRecords, _ policy: Policy,
        _ asOf: CivilDate, hasStipend: Bool
    ) -> Fen {
        func isFreed(_ row: RowOutcome) -> Bool {
            freed.contains(SourceCell(file: row.file, sheet: row.sheet, address: row.nameCell))
        }
        let people = Set(attendance.rows.filter(isFreed).compactMap(\.cadre))
        guard !people.isEmpty else { return .zero }
        var month = attendance
        month.decisions = MonthDecisions()
        month.rows.removeAll { row in !(row.cadre.map(people.contains) ?? false) }
        var own = records
        own.cadres.removeAll { !people.contains($0.id) }
        func paid() -> Fen {
            EntitlementBuilder.build(month, records: own, policy: policy, asOf: asOf).lines.reduce(.zero) {
                $0 + (hasStipend ? $1.total : $1.total - $1.livingStipend)
            }
        }
        let before = paid()
        for index in month.rows.indices where isFreed(month.rows[index]) { month.rows[index].heldCodes = [] }
        return paid() - before
    }
}
