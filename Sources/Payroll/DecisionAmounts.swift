import Domain
import Rules

/// What an answer to a finding pays. Source: spec §5.8 (认可将付, 不认可将付).
public enum DecisionAmounts {
    /// The stipend of what is at stake; nil where nothing can be said before a status or a person is named.
    ///
    /// Allowances of the place of posting hang on the posting, not on the answer: they are in neither amount.
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
}
