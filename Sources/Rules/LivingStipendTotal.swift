import Domain

extension LivingStipend {
    /// What a stated total would pay at the rate of one day (layouts without daily marks); nil where no rate covers it.
    public static func amount(ofTotal total: HalfDays, on date: CivilDate, policy: Policy) -> Fen? {
        policy.money(.livingStipendPerDay, on: date).map { Fen(Rounding.halfUp($0.value.amount * total.count, 2)) }
    }
}
