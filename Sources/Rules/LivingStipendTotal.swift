import Domain

extension LivingStipend {
    /// What a stated total would pay at the rate of one day (layouts without daily marks); nil where no rate covers it.
    public static func amount(ofTotal total: HalfDays, on date: CivilDate, policy: Policy) -> Fen? {
        policy.money(.livingStipendPerDay, on: date).map { Fen(Rounding.halfUp($0.value.amount * total.count, 2)) }
    }

    /// What a stated total would pay at the lowest rate of a month: it has no days. Source: spec §7.
    public static func lowestAmount(ofTotal total: HalfDays, in period: Period, policy: Policy) -> Fen? {
        period.range.dates.compactMap { amount(ofTotal: total, on: $0, policy: policy) }.min()
    }
}
